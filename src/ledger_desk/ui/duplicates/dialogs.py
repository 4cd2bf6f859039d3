"""What is asked before something is done to look-alikes; Esc never does anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.duplicates.finding import Group
from ledger_desk.exchange.duplicates.splitting import SplitPlan
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.rules import frame

_EXAMPLES = 5


class ApartDialog(Dialog):
    """Firms that only look alike; `given` carries the reason, which may be empty."""

    given = Signal(str)

    def __init__(self, parent: QWidget, titles: Sequence[str]) -> None:
        """Name the firms."""
        super().__init__(parent, "不是同一户")
        self.body.add(label("\n".join(titles), "bold", wrap=True))
        self.body.add(
            label("记下以后，查重和装入表格都不再问这几户。两边的内容都不动。", "body", wrap=True)
        )
        self.reason = TextField("", "例：老板是两兄弟，各开一家店")
        self.body.add(Field("为什么（可以不写）", self.reason))
        self.add_close("不记了")
        self.go = self.add_button(Button("记下：不是同一户", self._go, kind="pri"))
        self.reason.setFocus()

    def _go(self) -> None:
        self.accept()
        self.given.emit(self.reason.text().strip())


class ManyDialog(Dialog):
    """Says exactly how many are merged at once, before it is done; `agreed` when it shall be."""

    agreed = Signal()

    def __init__(self, parent: QWidget, groups: Sequence[Group], skipped: int) -> None:
        """Count them."""
        firms = sum(len(group.ids) for group in groups)
        many, gone = len(groups), firms - len(groups)
        super().__init__(parent, f"一起合并 {many:,} 组", width=600)
        self.body.add(
            label(f"{many:,} 组里共 {firms:,} 户，合并成 {many:,} 户，并掉 {gone:,} 户。", "bold", wrap=True),
            label(
                "每一组都留下有信用代码的、名下记录多的那一户；另一户的走访、对接、贷款都转过来，它填了而"
                "留下的没填的也补上。", "body", wrap=True,
            ),
            label(
                "这算一步：不对就按撤销，全部退回；以后也能在“合并过的”里一户一户拆开。", "body", wrap=True
            ),
        )  # fmt: skip
        if skipped:
            self.body.add(MarkLabel("none", f"你跳过的 {skipped:,} 组不动", "body"))
        self.body.add(frame("rule"))
        for group in groups[:_EXAMPLES]:
            self.body.add(label("　＋　".join(group.titles), "dim", wrap=True))
        if many > _EXAMPLES:
            self.body.add(label(f"……还有 {many - _EXAMPLES:,} 组", "dim"))
        self.add_close("不合并")
        self.go = self.add_button(Button(f"合并 {many:,} 组", self._go, kind="pri"))
        self.go.setFocus()

    def _go(self) -> None:
        self.accept()
        self.agreed.emit()


class SplitDialog(Dialog):
    """What returns and what stays when a merge is taken apart; `agreed`: whether also 不是同一户."""

    agreed = Signal(bool)

    def __init__(self, parent: QWidget, plan: SplitPlan, told: str) -> None:
        """Show a plan; ``told`` says when the merge was and by whom."""
        super().__init__(parent, f"拆开“{plan.title}”", width=620)
        self.body.add(label(f"它{told}并入了“{plan.survivor_title}”。", "body", wrap=True))
        for mark, title, sentences in (
            ("done", "会回来的", plan.returns), ("none", "留着不动的", plan.stays),
        ):  # fmt: skip
            if sentences:
                self.body.add(frame("rule"), label(title, "bold"))
                self.body.add(*(MarkLabel(mark, each, wrap=True) for each in sentences))
        self.body.add(frame("rule"))
        self.different = CheckBox("同时记下：不是同一户，以后不再问")
        self.different.setChecked(True)
        self.body.add(self.different)
        self.body.add(label("拆开也是一步，能撤销。", "dim"))
        self.add_close("不拆")
        self.go = self.add_button(Button("拆开", self._go, kind="pri"))
        self.go.setFocus()

    def _go(self) -> None:
        self.accept()
        self.agreed.emit(self.different.isChecked())
