"""What stands in the list while there is nothing in it: ways to begin, or why nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.lists.choice import Choice
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


@dataclass(frozen=True)
class Wording:
    """Why nothing was found, and which condition to take away.

    Attributes:
        view: Key of the view.
        text: Search text.
        words: Each condition in words, by field.
        choice: Gives what is shown, or what would be without the text or one of the conditions.
    """

    view: str
    text: str
    words: Mapping[str, str]
    choice: Callable[..., Choice]

    def sentence(self, ledger: Ledger) -> str:
        """Say why; looks how many there would be without each of the conditions."""
        if not self.words:
            return self.first_words()
        counts = [
            (ledger.count(self.choice(without=field).query(Enterprise)), said)
            for field, said in self.words.items()
        ]
        if self.text:
            counts.append((ledger.count(self.choice(text=False).query(Enterprise)), self.text))
        most, said = max(counts)
        return self.first_words() + (f"去掉“{said}”有 {most:,} 户。" if most else "")

    def first_words(self) -> str:
        """Say what can be said without a look."""
        said = [*self.words.values(), *([self.text] if self.text else [])]
        if not said:
            return NOTHING.get(self.view, "这个视图里没有经营主体。")
        if not self.words:
            return (
                f"没有找到“{self.text}”。可以输名称里的几个字、代码、拼音首字母，用空格隔开几样。"
            )
        if len(said) > 1:
            return f"没有同时符合这 {len(said)} 个条件的经营主体。"
        return f"{'' if self.view == ALL else '这个视图里'}没有“{said[0]}”的经营主体。"
