"""One row of the file from near: old → new by field, what is wrong, or row and record side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.exchange.comparing_rows import NEW, SKIP
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.results import RowFate
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.importing.candidates import Candidate, Told, compared, row_told, table_of
from ledger_desk.ui.importing.column_words import short_heading
from ledger_desk.ui.importing.result_rows import MARKS, WORDS, ResultRows, shown
from ledger_desk.ui.importing.work import Decisions, Place
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row

_MOST_CANDIDATES = 3
_LONG = re.compile(r"[!-~]{12,}")


class RowCard(QWidget):
    """Shows a row; `decided` carries (places, decision), `open_wanted` (table, record)."""

    decided = Signal(object, object)
    open_wanted = Signal(str, str)

    def __init__(self, *, narrow: bool = False) -> None:
        """Start empty; ``narrow`` puts what is compared below one another."""
        super().__init__()
        self._narrow = narrow
        self._column = Column(self, gap=10)
        self._host: QWidget | None = None

    def show_row(
        self,
        rows: ResultRows,
        tables: Sequence[Prepared],
        place: Place | None,
        decisions: Decisions,
        *,
        done: bool,
    ) -> None:
        """Show the row at a place, or nothing; ``done``: nothing can be decided any more."""
        if self._host is not None:
            self._host.hide()
            self._column.removeWidget(self._host)
            self._host.deleteLater()
            self._host = None
        if place is None or place not in rows.fates:
            return
        self._host = QWidget(self)
        column = Column(self._host, gap=10)
        fate, prepared = rows.fates[place], tables[place[0]]
        told = row_told(prepared, place[1])
        column.add(self._first(rows, fate, prepared, place, told, decisions, done))
        known = [rows.candidates[each] for each in fate.candidates if each in rows.candidates]
        for candidate in known[:_MOST_CANDIDATES]:
            column.add(self._beside(candidate, told, place, done or fate.fate != "doubtful"))
        self._column.add(self._host)

    def _first(
        self,
        rows: ResultRows,
        fate: RowFate,
        prepared: Prepared,
        place: Place,
        told: Sequence[Told],
        decisions: Decisions,
        done: bool,
    ) -> Card:
        card = Card(f"第 {place[1]:,} 行　{WORDS[fate.fate]}", mark=MARKS[fate.fate])
        card.body.set_gap(6)
        if fate.title:
            card.body.add(label(fate.title, "bold", wrap=True))
        if fate.changes and (fate.fate == "changed" or not fate.candidates):
            lines = [
                (c.label, shown(c, c.old) or "（空）", shown(c, c.new) or "（空）", True)
                for c in fate.changes
            ]
            card.body.add(self._compare("账里现在", "装入以后", lines))
        for problem in rows.problems.get(place, ()):
            kind = problem.grade if problem.grade in ("must", "explain") else "hint"
            where = f"{short_heading(problem.label)}：" if problem.label else ""
            card.body.add(label(_breaking(f"{where}{problem.why}"), kind, wrap=True))
        said = any(problem.why == fate.reason for problem in rows.problems.get(place, ()))
        if fate.reason and not said:
            kind = "explain" if fate.fate == "doubtful" else "dim"
            card.body.add(label(_breaking(fate.reason), kind, wrap=True))
        if fate.fate in ("new", "wrong") or (fate.fate == "doubtful" and not fate.candidates):
            card.body.add(_table(("", "来表写的"), [(t.label, t.text) for t in told if t.text]))
        decided = rows.decided_words(decisions.get(place))
        if decided and not done:
            again = Button("重新定", lambda: self.decided.emit((place,), None), kind="words")
            card.body.add(Row(gap=6).add(label(f"你定的：{decided}", "ok", wrap=True), stretch=1).add(again))  # fmt: skip
        if fate.record and fate.fate in ("changed", "same"):
            table, record = table_of(prepared), fate.record
            card.body.add(_opener(lambda: self.open_wanted.emit(table, record)))
        if fate.fate == "doubtful" and not done and not self._narrow:  # else they stand in the bar
            new = Button("算新增一户", lambda: self.decided.emit((place,), NEW))
            skip = Button("不装这一行", lambda: self.decided.emit((place,), SKIP))
            card.body.add(Row(gap=8).add(new, skip).push())
        return card

    def _beside(self, candidate: Candidate, told: Sequence[Told], place: Place, done: bool) -> Card:
        card = Card("账上可能是这一户")
        card.body.set_gap(6)
        lines = [
            (name, row.text or "（空）", record.text or "（空）", differ)
            for name, row, record, differ in compared(told, candidate)
        ]
        card.body.add(self._compare("来表", "账上", lines))
        if not done:
            take = Button(
                "就是这一户", lambda: self.decided.emit((place,), candidate.id), icon="check"
            )
            take.setAccessibleName(f"就是“{candidate.title}”")
            card.body.add(Row().add(take).push())
        card.body.add(_opener(lambda: self.open_wanted.emit(candidate.table, candidate.id)))
        return card

    def _compare(
        self, left: str, right: str, lines: Sequence[tuple[str, str, str, bool]]
    ) -> QWidget:
        """What two sides say, line by line; the last of each line: whether they differ."""
        if not self._narrow:
            return _table(("", left, right), lines)
        stacked: list[Sequence[object]] = []
        for name, one, other, differ in lines:
            stacked += [(name,), (left, one), (right, other, differ)]
        return _stack(stacked)


def _opener(on: object) -> Row:
    assert callable(on)
    return Row().add(Button("打开账上这一条", on, kind="words", icon="folder-open")).push()


def _table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> QWidget:
    """A small table of words; a fourth element that is true marks the line as different."""
    host = QWidget()
    grid = QGridLayout(host)
    px = theme.look().px
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(8))
    grid.setVerticalSpacing(px(4))
    top = Qt.AlignmentFlag.AlignTop
    for at, head in enumerate(heads):
        if head:
            grid.addWidget(label(head, "faint"), 0, at, top)
        grid.setColumnStretch(at, 2 if at else 1)
    for number, line in enumerate(lines, 1):
        differ = len(line) > 3 and bool(line[3])
        for at, text in enumerate(line[: len(heads)]):
            kind = "dim" if at == 0 else "explain" if differ and at == len(heads) - 1 else "body"
            grid.addWidget(label(_breaking(str(text)), kind, wrap=True), number, at, top)
    return host


def _stack(lines: Sequence[Sequence[object]]) -> QWidget:
    """Heads over the whole width, below each (side, text[, differs])."""
    host = QWidget()
    grid = QGridLayout(host)
    px = theme.look().px
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(8))
    grid.setVerticalSpacing(px(2))
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for number, line in enumerate(lines):
        if len(line) == 1:
            grid.addWidget(label(str(line[0]), "dimbold", wrap=True), number, 0, 1, 2)
            continue
        kind = "explain" if len(line) > 2 and line[2] else "body"
        grid.addWidget(label(str(line[0]), "faint"), number, 0, top)
        grid.addWidget(label(_breaking(str(line[1])), kind, wrap=True), number, 1, top)
    return host


def _breaking(text: str) -> str:
    """Let long codes break into two lines where the place is narrow."""
    return _LONG.sub(lambda found: "\u200b".join(re.findall(".{1,9}", found[0])), text)
