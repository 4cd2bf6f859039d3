"""What stands in the list while there is nothing in it: ways to begin, or why nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Query
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.lists.wording import Wording
from ledger_desk.ui.pages.enterprises.views import ALL, NOTHING
from ledger_desk.ui.records.scrolling import Scrolling

Slot = Callable[[], object]


def first_state(
    choose_file: Slot, paste: Slot, begin: Slot, try_out: Slot, *, practice: bool
) -> QWidget:
    """The first minute of a ledger: three ways to put firms into it; ``practice`` offers a fourth."""
    foot = ("只想试试？", "练习账套里都是编造的企业，不会和真账混在一起。", "打开练习账套", try_out)
    return Scrolling(EmptyState(
        "这本账还没有经营主体",
        "先放进一份名单，走访、申报、报表都从它开始。三种办法，选一种：",
        [
            NextStep(
                "file-import", "装入市场监管名录", "Excel、WPS、CSV 都行，拖到这里也行；先看将要发生什么，再写入",
                "选文件…", choose_file, pri=True,
            ),
            NextStep("copy", "从 Excel 复制，到这里粘贴", "连标题行一起复制几列，列会自动对上", "粘贴", paste, key="Ctrl+V"),
            NextStep("plus", "手工登一户", "只要名称就能登，其余以后再补", "登一户", begin),
        ],
        foot if practice else None,
    ))  # fmt: skip


def wording_of(
    view: str, text: str, words: Mapping[str, str], query: Callable[..., Query[Any]]
) -> Wording:
    """Make what is said where the list of firms is empty: see `Wording`."""
    hint = "可以输名称里的几个字、代码、拼音首字母，用空格隔开几样。"
    said = NOTHING.get(view, "")
    return Wording(Enterprise.LABEL, "户", view == ALL, said, hint, text, words, query)
