"""What stands in the list while there is nothing in it: ways to begin, or why nothing was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.pages.enterprises.conditions import ConditionBar
from ledger_desk.ui.pages.enterprises.source import Choice, EnterpriseSource
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


def why_nothing(
    ledger: Ledger, view: str, text: str, conditions: ConditionBar, choice: Callable[..., Choice]
) -> str:
    """Say why nothing was found, and which condition to take away."""
    words = conditions.words()
    if not text and not words:
        return NOTHING.get(view, "这个视图里没有经营主体。")
    if not words:
        return f"没有找到“{text}”。可以输名称里的几个字、代码、拼音首字母，用空格隔开几样。"
    without = [(_count(ledger, choice(without=field)), said) for field, said in words.items()]
    if text:
        without.append((_count(ledger, choice(text=False)), text))
    most, said = max(without)
    if len(without) > 1:
        head = f"没有同时符合这 {len(without)} 个条件的经营主体。"
    else:
        head = f"{'' if view == ALL else '这个视图里'}没有“{said}”的经营主体。"
    return head + (f"去掉“{said}”有 {most:,} 户。" if most else "")


def _count(ledger: Ledger, choice: Choice) -> int:
    source = EnterpriseSource(ledger)
    source.choose(choice)
    return source.count()
