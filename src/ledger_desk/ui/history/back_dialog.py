"""What going back to a step, or taking one back, would do: said before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import BY_TABLE, NOTED
from ledger_desk.store.going_back import BackPlan
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import Kept
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.history.words import field_label, record_words
from ledger_desk.ui.labels import label
from ledger_desk.ui.rules import frame

_MOST_KEPT = 8


class BackDialog(Dialog):
    """Shows a plan of going back; ``wanted`` when the person agrees."""

    wanted = Signal()

    def __init__(self, parent: QWidget, ledger: Ledger, plan: BackPlan) -> None:
        """Say what the plan does."""
        super().__init__(parent, f"回到第 {plan.plan.step:,} 步之后", width=620)
        told = plan.plan
        self.body.add(label(told.name, "heading", wrap=True))
        self.body.add(label(
            f"这以后的 {plan.steps:,} 步会一起退回。退回也是一步，随时能再撤回来。", "body", wrap=True))  # fmt: skip
        for part in plan.parts:
            words = [f"改回 {part.changed:,} 条"] * bool(part.changed)
            words += [f"恢复 {part.returned:,} 条"] * bool(part.returned)
            words += [f"收回后来新增的 {part.gone:,} 条"] * bool(part.gone)
            self.body.add(label(f"{part.label}：{'，'.join(words)}", "body", wrap=True))
        kept = [item for item in told.kept if item.table not in NOTED]
        if kept:
            self.body.add(frame("rule"))
            self.body.add(label(f"有 {len(kept):,} 条留着现在的样子：", "explain", wrap=True))
            for line in kept_lines(ledger, kept):
                self.body.add(label(line, "dim", wrap=True))
        self.add_close("不退了")
        self.go = self.add_button(Button("", self._go, kind="pri"))
        if told.restored:
            self.go.allow(f"退回 {told.restored:,} 条")
        else:
            self.go.block("没有要退回的")

    def _go(self) -> None:
        self.accept()
        self.wanted.emit()


def kept_lines(ledger: Ledger, kept: Sequence[Kept]) -> list[str]:
    """Name what is kept, each with its reason; of many the first ones, and how many more."""
    lines = []
    with ledger.read() as rows:
        for item in kept[:_MOST_KEPT]:
            cls = BY_TABLE[item.table]
            found = rows.get(cls, item.record)
            title = record_words(rows, found) if found is not None else cls.LABEL
            fields = "、".join(field_label(cls, field) for field in item.fields)
            lines.append(f"{cls.LABEL} {title}：{f'{fields}，' if fields else ''}{item.why}")
    rest = Counter(BY_TABLE[item.table].LABEL for item in kept[_MOST_KEPT:])
    if rest:
        lines.append("另有" + "、".join(f"{word} {many:,} 条" for word, many in rest.items()))
    return lines
