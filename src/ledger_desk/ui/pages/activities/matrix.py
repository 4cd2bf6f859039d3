"""A matrix of who has done it and who has not: rows owe, columns are months or weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Activity
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.panels import Panel
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.work.reporting_duties import Duty, Span, Spot

_WORDS = {
    "done": "✓", "half": "写了没报", "missing": "没有", "running": "还没有", "later": "", "free": "不要求",
}  # fmt: skip
_STATES: Mapping[str, Any] = {
    "half": "explain",
    "missing": "must",
    "free": "readonly",
    "later": "readonly",
}


class Matrix(Panel):
    """Shows duties; Enter on a cell goes to what stands behind it, or begins it."""

    def __init__(self, ledger: Ledger, window: MainWindow, clause: str, who: str) -> None:
        """Show nothing before `refresh`; ``clause`` says what is owed, ``who`` heads the rows."""
        super().__init__()
        self._ledger, self._window, self._who = ledger, window, who
        self._duties: dict[str, Duty] = {}
        self._spans: tuple[Span, ...] = ()
        self._text = ""
        self.before = Button("更早", self._earlier, icon="chevron-left")
        self.after = Button("更晚", self._later, icon="chevron-right")
        self.back = 0
        self._missing = label("", "body", wrap=True)
        self.panel = GridPanel(ListSource((), ()), noun="家", name=who)
        self.panel.grid.opened.connect(self._open)
        self.panel.grid.note_changed.connect(window.status.say)
        head = Row(gap=8).add(label(clause, "clause", wrap=True), stretch=1)
        head.add(self.before, self.after)
        Column(self, gap=8).add(head, self._missing).add(self.panel, stretch=1)

    # What a matrix says of itself

    def read(self, back: int) -> tuple[Sequence[Span], Sequence[Duty]]:
        """Read spans, ``back`` pages before the present one, and duties."""
        raise NotImplementedError

    def preset(self, duty: Duty, span: Span) -> Mapping[str, Any]:
        """Values of a record begun in a cell."""
        raise NotImplementedError

    def missing_words(self, duties: Sequence[Duty], span: Span) -> str:
        """What is said of those who have missed the last whole span."""
        raise NotImplementedError

    # Panel

    def refresh(self) -> None:
        """Read everything again."""
        spans, duties = self.read(self.back)
        self._spans = tuple(spans)
        self._duties = {duty.unit: duty for duty in duties if self._text in duty.name}
        columns = [GridColumn("name", self._who, "text", 200, essential=True, stretch=True)]
        columns += [GridColumn(f"s{n}", span.text, "text", 122) for n, span in enumerate(spans)]
        columns.append(GridColumn("missed", "缺了几次", "number", 100, essential=True))
        rows = [
            GridRow(
                duty.unit,
                [
                    duty.name, *(_cell(spot) for spot in duty.spots),
                    Cell(str(duty.missed), "must" if duty.missed else "", value=duty.missed),
                ],
            )
            for duty in self._duties.values()
        ]  # fmt: skip
        before = self.panel.grid.currentIndex()
        self.panel.set_source(ListSource(columns, rows))
        self.panel.say_nothing("" if rows else f"还没有登记{self._who}，先到“设置与备份”里登记。")
        model = self.panel.grid.lazy_model()
        row, column = max(before.row(), 0), before.column() if before.column() > 0 else len(spans)
        if rows:
            self.panel.grid.setCurrentIndex(model.index(min(row, len(rows) - 1), column))
        said = self.missing_words(duties, self._asked_span())
        self._missing.setText(said)
        self._missing.setVisible(bool(said))
        self.after.setEnabled(self.back > 0)
        self.told.emit()

    def words(self) -> tuple[str, str]:
        """How many there are."""
        many = f"{len(self._duties):,} 家"
        return f"共 {many}", many

    def first_focus(self) -> QWidget:
        """The list."""
        return self.panel.grid

    def search(self, text: str) -> None:
        """Show those whose name has a text."""
        if text.strip() != self._text:
            self._text = text.strip()
            self.refresh()

    # Inner

    def _asked_span(self) -> Span:
        """The last span that is over."""
        return self._spans[-2] if self.back == 0 and len(self._spans) > 1 else self._spans[-1]

    def _earlier(self) -> None:
        self.back += 1
        self.refresh()

    def _later(self) -> None:
        self.back = max(self.back - 1, 0)
        self.refresh()

    def _open(self, unit: str) -> None:
        duty = self._duties[unit]
        place = self.panel.grid.currentIndex().column() - 1
        if not 0 <= place < len(self._spans):
            return
        spot = duty.spots[place]
        if spot.records:
            self.elsewhere_wanted.emit(Activity.TABLE, spot.records[0])
        elif not self._ledger.read_only and spot.state != "later":
            self._begin(self.preset(duty, self._spans[place]))

    def _begin(self, values: Mapping[str, Any]) -> None:
        dialog = RecordDialog(
            self._window, self._ledger, Activity, preset=values, noun="次", title="登记活动"
        )
        dialog.saved.connect(self._saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _saved(self, _record: str) -> None:
        self.refresh()
        self.changed.emit()


def _cell(spot: Spot) -> Cell:
    words = _WORDS[spot.state]
    if spot.state in ("done", "half") and spot.count > 1:
        words = f"{words} {spot.count}"
    notes = {
        "done": "已经有了，按回车去看。", "half": "写了还没有登报送日期，按回车去登。",
        "missing": "这一段没有，按回车补登。", "running": "还没到头，按回车登记。",
        "free": "没有工作日，或者那时还没开始，不要求。",
    }  # fmt: skip
    return Cell(words, _STATES.get(spot.state, ""), note=notes.get(spot.state, ""))
