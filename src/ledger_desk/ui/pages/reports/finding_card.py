"""One finding of the checks: what it is, where to go, and the explanation typed in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.findings import Finding
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark

_OFFERED = 18  # characters of an earlier explanation on its button


class FindingCard(QWidget):
    """A card in the pane of the page.

    Signals:
        cell_wanted: Tab, row and column of the cell that it is about.
        record_wanted: Table and id of the record to open for mending.
        explained: Findings (a list) and the words for them.
        next_wanted: Enter in the field: on to the next one.
    """

    cell_wanted = Signal(str, int, int)
    record_wanted = Signal(str, str)
    explained = Signal(object, str)
    next_wanted = Signal()

    def __init__(
        self, finding: Finding, alike: Sequence[Finding], text: str, offer: str, *, fixed: bool,
        several: bool = False,
    ) -> None:  # fmt: skip
        """Show a finding.

        Args:
            finding: The finding.
            alike: Others of the same rule that have no explanation yet.
            text: Its explanation, empty for none.
            offer: What was written in an earlier period.
            fixed: Of a closed period: nothing can be written.
            several: Whether the form has several sheets: the title then begins with the tab.
        """
        super().__init__()
        self.finding, self._offer = finding, offer
        self._alike: list[Finding] = []
        self.field: TextField | None = None
        self._mark = Mark(finding.grade)
        outer = Row(self, gap=8)
        holder = Column(margins=(0, 3, 0, 0), gap=0)
        holder.add(self._mark)
        outer.add(holder)
        outer.setAlignment(holder, Qt.AlignmentFlag.AlignTop)
        tab = f"{finding.sheet}：" if several and finding.sheet else ""
        words = Column(gap=4).add(label(f"{tab}{finding.title}", "bold", wrap=True))
        words.add(label(finding.sentence, "body", wrap=True))
        if finding.remedy:
            words.add(label(finding.remedy, "dim", wrap=True))
        if finding.grade == "explain":
            self._explanation(words, text, fixed)
        buttons = Row(gap=6)
        if finding.row:
            place = (finding.sheet, finding.row, finding.column)
            go = Button("去看", partial(self.cell_wanted.emit, *place))
            go.setAccessibleName(f"去看{finding.title}")
            buttons.add(go)
        if finding.records:
            ref = finding.records[0]
            mend = Button(
                "去改", partial(self.record_wanted.emit, ref.table, ref.record), kind="words"
            )
            mend.setAccessibleName(f"去改{finding.title}")
            buttons.add(mend)
        if finding.row or finding.records:
            words.add(buttons.push())
        outer.add(words, stretch=1)
        self.refresh(text, alike)

    def refresh(self, text: str, alike: Sequence[Finding]) -> None:
        """Show an explanation that was just written, here or for others of its kind."""
        self._alike = list(alike)
        self._mark.set_mark(
            "done" if self.finding.grade == "explain" and text else self.finding.grade
        )
        if self.field is None:
            return
        if self.field.saved_text() != text and not self.field.hasFocus():
            self.field.set_text(text)
        self._earlier.setVisible(bool(self._offer) and not text)
        self._many.setVisible(bool(text and alike))
        self._many.set_text(f"同类 {len(alike)} 处也这样写")

    def _explanation(self, words: Column, text: str, fixed: bool) -> None:
        if fixed:
            words.add(label(f"说明：{text or '（没有写）'}", "bold", wrap=True))
            return
        offer = self._offer
        self.field = TextField(text, "写明原因，就能结账")
        self.field.setAccessibleName(f"{self.finding.title}的说明")
        self.field.committed.connect(self._write)
        self.field.returnPressed.connect(self.next_wanted)
        words.add(self.field)
        short = offer if len(offer) <= _OFFERED else f"{offer[: _OFFERED - 1]}…"
        self._earlier = Button(f"用上次的：{short}", self._take, kind="words")
        self._earlier.setToolTip(offer)
        self._many = Button("同类也这样写", self._all, kind="words")
        words.add(Row(gap=6).add(self._earlier, self._many).push())

    def _write(self, text: str) -> None:
        self.explained.emit([self.finding], text)

    def _take(self) -> None:
        if self.field is not None:
            self.field.set_text(self._offer)
        self.explained.emit([self.finding], self._offer)

    def _all(self) -> None:
        if self.field is not None:
            self.explained.emit(self._alike, self.field.text())
