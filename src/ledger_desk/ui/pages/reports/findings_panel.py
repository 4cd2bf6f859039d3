"""What the checks found: three grades as tabs, each finding with its cause, its cell, its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ledger_desk.reports.checks import Checks
from ledger_desk.reports.findings import GRADES, Finding, Grade
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs

_MOST = 40
_NONE: dict[Grade, str] = {
    "must": "没有必改。这一期可以报出。",
    "explain": "没有要说明的。",
    "hint": "没有别的提示。",
}
_FOOT: dict[str, str] = {
    "must": "还有 {n} 处必改。导出和打印照样可以，报出前请先改好。",
    "explain": "没有必改；{n} 处须说明，报出时请一并写明原因。",
    "clean": "没有必改，也没有须说明的。",
}


class FindingsPanel(QWidget):
    """Findings of one report.

    Signals:
        cell_wanted: Row and column of the cell that a finding is about.
        record_wanted: Table and id of the record to open for mending.
    """

    cell_wanted = Signal(int, int)
    record_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start without findings."""
        super().__init__()
        self._checks = Checks(())
        self._cards: list[tuple[Finding, QWidget]] = []
        self.tabs = Tabs([Tab(grade, word, 0, grade) for grade, word in GRADES.items()], "审核结果")
        self.tabs.chosen.connect(self._fill)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = MarkLabel("done", "", "dim", wrap=True)
        column = Column(self, margins=(0, 8, 0, 0), gap=0)
        column.add(Row(margins=(8, 0, 8, 0)).add(self.tabs), frame("rule"))
        column.add(self.area, stretch=1).add(frame("rule"))
        column.add(Row(margins=(16, 8, 12, 8)).add(self._foot, stretch=1))
        self.set_checks(self._checks)

    def set_checks(self, checks: Checks) -> None:
        """Show the findings of another report; the gravest grade that has any comes to the front."""
        self._checks = checks
        counts: dict[str, int] = {str(grade): count for grade, count in checks.counts.items()}
        for grade, count in counts.items():
            self.tabs.set_count(grade, count)
        if not counts.get(self._grade(), 0):
            self.tabs.choose(next((grade for grade, count in counts.items() if count), "must"))
        worst = next((grade for grade in ("must", "explain") if counts[grade]), "clean")
        number = counts.get(worst, 0)
        self._foot.set("done" if worst == "clean" else worst, _FOOT[worst].format(n=number))
        self._fill()

    def worst_text(self) -> str:
        """Count of the gravest grade that has any: 必改 1."""
        counts = self._checks.counts
        return next(
            (f"{word} {counts[grade]}" for grade, word in GRADES.items() if counts[grade]), ""
        )

    def next_finding(self) -> None:
        """Go to the next 必改 or 须说明 after the one with the focus, going round (F8)."""
        wanted = [f for f in self._checks.findings if f.grade in ("must", "explain")]
        if not wanted:
            return
        here = QApplication.focusWidget()
        now = next(
            (f for f, card in self._cards if here is not None and card.isAncestorOf(here)), None
        )
        place = wanted.index(now) + 1 if now in wanted else 0
        finding = wanted[place % len(wanted)]
        if finding.grade != self._grade():
            self.tabs.choose(finding.grade)
        for each, card in self._cards:
            if each == finding:
                self.area.ensureWidgetVisible(card, 0, 8)
                button = card.findChild(Button)
                if button is not None:
                    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if finding.row:
            self.cell_wanted.emit(finding.row, finding.column)

    def _grade(self) -> str:
        return self.tabs.chosen_key()

    def _fill(self, _key: str = "") -> None:
        self._cards = []
        inner = frame("bare")
        column = Column(inner, margins=(16, 12, 12, 12), gap=10)
        grade = self._grade()
        found: Sequence[Finding] = [f for f in self._checks.findings if f.grade == grade]
        for number, finding in enumerate(found[:_MOST]):
            if number:
                column.add(frame("rule"))
            card = self._card(finding)
            self._cards.append((finding, card))
            column.add(card)
        if not found:
            column.add(MarkLabel("done", _NONE[grade], "dim", wrap=True))  # type: ignore[index]
        elif len(found) > _MOST:
            rest = len(found) - _MOST
            column.add(label(f"还有 {rest} 条没有列出来，改好上面这些再看。", "dim", wrap=True))
        column.push()
        before = self.area.takeWidget()
        if before is not None:
            before.deleteLater()
        self.area.setWidget(inner)

    def _card(self, finding: Finding) -> QWidget:
        card = QWidget()
        outer = Row(card, gap=8)
        holder = Column(margins=(0, 3, 0, 0), gap=0).add(Mark(finding.grade))
        outer.add(holder)
        outer.setAlignment(holder, Qt.AlignmentFlag.AlignTop)
        words = Column(gap=4).add(label(finding.title, "bold", wrap=True))
        words.add(label(finding.sentence, "body", wrap=True))
        if finding.remedy:
            words.add(label(finding.remedy, "dim", wrap=True))
        buttons = Row(gap=6)
        if finding.row:
            go = Button("去看", partial(self.cell_wanted.emit, finding.row, finding.column))
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
        return card
