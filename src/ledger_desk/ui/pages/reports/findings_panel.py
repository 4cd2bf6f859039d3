"""What the checks found: three grades as tabs, each finding with its cause, its cell, its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ledger_desk.reports.checks import Checks
from ledger_desk.reports.findings import GRADES, Finding, Grade
from ledger_desk.reports.periods.closing import obstacles
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.reports.finding_card import FindingCard
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs

_MOST = 40
_NONE: dict[Grade, str] = {
    "must": "没有必改。这一期可以报出。",
    "explain": "没有要说明的。",
    "hint": "没有别的提示。",
}
_READY = "没有必改，须说明的都写明了，可以结账。"


class FindingsPanel(QWidget):
    """Findings of one report.

    Signals:
        cell_wanted: Tab, row and column of the cell that a finding is about.
        record_wanted: Table and id of the record to open for mending.
        explained: Findings (a list) and the words that explain them.
    """

    cell_wanted = Signal(str, int, int)
    record_wanted = Signal(str, str)
    explained = Signal(object, str)

    def __init__(self) -> None:
        """Start without findings."""
        super().__init__()
        self._checks = Checks(())
        self._cards: list[tuple[Finding, FindingCard]] = []
        self._texts: dict[str, str] = {}
        self._offers: dict[str, str] = {}
        self._closed, self._several = "", False
        self._at: Finding | None = None  # where F8 went last
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

    def set_checks(
        self, checks: Checks, texts: Mapping[str, str] | None = None,
        offers: Mapping[str, str] | None = None, closed: str = "", *, several: bool = False,
    ) -> None:  # fmt: skip
        """Show the findings of another report; the gravest grade that has any comes to the front.

        Args:
            checks: The findings.
            texts: Explanations by key of their finding.
            offers: Those of earlier periods.
            closed: How a closed period stands, in words; nothing can be written then.
            several: Whether the form has several sheets: each finding then names its own.
        """
        self._checks, self._closed, self._several = checks, closed, several
        self._texts, self._offers = dict(texts or {}), dict(offers or {})
        counts: dict[str, int] = {str(grade): count for grade, count in checks.counts.items()}
        for grade, count in counts.items():
            self.tabs.set_count(grade, count)
        if not counts.get(self._grade(), 0):
            self.tabs.choose(next((grade for grade, count in counts.items() if count), "must"))
        self._tell()
        self._fill()

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Take explanations that were just written; the cards stay, so that typing goes on."""
        self._texts = dict(texts)
        self._tell()
        for finding, card in self._cards:
            card.refresh(self._texts.get(finding.key, ""), self._alike(finding))

    def _alike(self, finding: Finding) -> list[Finding]:
        """Others of the same rule that are not explained yet."""
        return [
            f for f in self._checks.findings
            if f.rule == finding.rule and f.key != finding.key and not self._texts.get(f.key)
        ]  # fmt: skip

    def _tell(self) -> None:
        """Say below what is missing before the period can be closed."""
        if self._closed:
            self._foot.set("done", self._closed)
            return
        wrong = obstacles(self._checks.findings, self._texts)
        mark = "must" if wrong.must else "explain" if wrong.explain else "done"
        self._foot.set(mark, f"{wrong.words}。" if wrong else _READY)

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
            (f for f, card in self._cards if here is not None and card.isAncestorOf(here)), self._at
        )
        place = wanted.index(now) + 1 if now in wanted else 0
        finding = self._at = wanted[place % len(wanted)]
        if finding.grade != self._grade():
            self.tabs.choose(finding.grade)
        if finding.row:
            self.cell_wanted.emit(finding.sheet, finding.row, finding.column)
        for each, card in self._cards:
            if each == finding:
                self.area.ensureWidgetVisible(card, 0, 8)
                goal = card.field or (None if finding.row else card.findChild(Button))
                if goal is not None:  # else the cell itself has the focus now
                    goal.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
            key = finding.key
            card = FindingCard(
                finding, self._alike(finding), self._texts.get(key, ""), self._offers.get(key, ""),
                fixed=bool(self._closed), several=self._several,
            )  # fmt: skip
            card.cell_wanted.connect(self.cell_wanted)
            card.record_wanted.connect(self.record_wanted)
            card.explained.connect(self.explained)
            card.next_wanted.connect(self.next_finding)
            self._cards.append((finding, card))
            column.add(card)
        if not found:
            none = self._closed or _NONE[grade]  # type: ignore[index]
            column.add(MarkLabel("done", none, "dim", wrap=True))
        elif len(found) > _MOST:
            rest = len(found) - _MOST
            column.add(label(f"还有 {rest} 条没有列出来，改好上面这些再看。", "dim", wrap=True))
        column.push()
        before = self.area.takeWidget()
        if before is not None:
            before.deleteLater()
        self.area.setWidget(inner)
