"""看变化: tabs by fate with exact counts, a filter, the lines, the present row from near, decisions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.importing.decision_bar import DecisionBar
from ledger_desk.ui.importing.result_rows import (
    MARKS,
    FateSource,
    ResultRows,
    place_of,
    tabs_of,
)
from ledger_desk.ui.importing.row_card import RowCard
from ledger_desk.ui.importing.row_sheet import RowSheet
from ledger_desk.ui.importing.side import Side
from ledger_desk.ui.importing.work import Decisions, Place, Seen
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.tabs import Tabs

_NOTHING = {
    "new": "没有要新增的行。",
    "changed": "没有要改的内容。",
    "same": "没有和账里完全相同的行。",
    "doubtful": "没有存疑的行，都认得出是哪一户。",
    "wrong": "没有填错的行。",
    "left_out": "没有略过的行，每一行都是数据。",
}


class ResultView(QWidget):
    """Shows what comes of a reading in.

    Signals:
        decided: (places, decision or None): doubtful rows were decided.
        open_wanted: (table, record): a record of the ledger is to be shown.
    """

    decided = Signal(object, object)
    open_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._seen: Seen | None = None
        self._rows = ResultRows((), {})
        self._decisions: Decisions = {}
        self._done = self._narrow = False
        self._sheet: RowSheet | None = None
        self.tabs = Tabs([], "行的去向")
        self.filter = TextField("", "筛选几个字")
        self.filter.setAccessibleName("筛选行")
        self.panel = GridPanel(FateSource(self._rows, "new"), noun="行", name="将要发生什么")
        self.note = MarkLabel("hint", "", "dim", wrap=True)
        self.bar = DecisionBar()
        main = QWidget()
        column = Column(main, gap=6)
        tools = Row(gap=10).add(self.tabs, stretch=1).add(self.filter)
        column.add(tools).add(self.panel, stretch=1).add(self.note, self.bar)
        self.side = Side(self.choose)
        Row(self, gap=12).add(main, stretch=1).add(self.side)
        self.tabs.chosen.connect(lambda _: self._fill())
        self.filter.textChanged.connect(lambda _: self._fill())
        self.panel.grid.current_changed.connect(lambda _: self._tell_row())
        self.panel.grid.opened.connect(lambda _: self.open_row())
        self.bar.decided.connect(self.decided)
        self.side.card.decided.connect(self.decided)
        self.side.card.open_wanted.connect(self.open_wanted)
        self.note.hide()

    def show_seen(
        self, seen: Seen, decisions: Decisions, *, done: bool, keep_tab: bool = False
    ) -> None:
        """Show results.

        Args:
            seen: Of the dry run, or of the real one.
            decisions: Made about doubtful rows so far.
            done: It has been written.
            keep_tab: Stay on the tab that is shown.
        """
        self._seen, self._decisions, self._done = seen, decisions, done
        self._rows = ResultRows(seen.results, seen.candidates, seen.tables)
        self.tabs.set_tabs(tabs_of(seen.counts))
        if not keep_tab or not seen.count(self.tabs.chosen_key()):
            order = ("changed", "new", "doubtful", "wrong", "same", "left_out")
            self.tabs.choose(next((fate for fate in order if seen.count(fate)), "new"))
        self._fill()
        self.side.tell(seen, done=done)

    def rows(self) -> ResultRows:
        """The rows shown."""
        return self._rows

    def choose(self, fate: str) -> None:
        """Show the rows of one fate."""
        self.tabs.choose(fate)
        self.panel.grid.setFocus()

    def set_mode(self, mode: Mode) -> None:
        """The cards at the side give way first, then the filter; Enter opens a row anywhere."""
        self.side.setVisible(mode == "full")
        self._narrow = mode in ("narrow", "single")
        self.filter.setVisible(mode != "single")
        self._tell_row()

    def set_decisions(self, decisions: Decisions) -> None:
        """Show what has been decided."""
        self._decisions = decisions
        self._fill()

    def current(self) -> Place | None:
        """Table and row of the present line."""
        place = place_of(self.panel.grid.current_id() or "")
        return place if place in self._rows.fates else None

    def open_row(self) -> None:
        """Show the present row in a sheet."""
        place = self.current()
        if place is None or self._seen is None:
            return
        self._sheet = RowSheet(self.window(), f"第 {place[1]:,} 行")
        self._fill_card(self._sheet.card, place)
        self._sheet.card.decided.connect(self.decided)
        self._sheet.card.open_wanted.connect(self.open_wanted)
        self._sheet.fit_height()
        self._sheet.open()

    def _fill(self) -> None:
        if self._seen is None:
            return
        fate, text = self.tabs.chosen_key() or "new", self.filter.text().strip()
        grid = self.panel.grid
        here = grid.current_id()
        self.panel.set_source(FateSource(self._rows, fate, text, self._decisions))
        self.panel.say_nothing(f"这一类里没有含“{text}”的行。" if text else _NOTHING[fate])
        if not (here and grid.go_to(here)) and grid.lazy_model().rowCount():
            grid.setCurrentIndex(grid.lazy_model().index(0, 0))
        self._tell_row()

    def _fill_card(self, card: RowCard, place: Place | None) -> None:
        assert self._seen is not None
        card.show_row(self._rows, self._seen.tables, place, self._decisions, done=self._done)

    def _tell_row(self) -> None:
        """Show the present row from near, say its sentence in full, offer what can be decided."""
        if self._seen is None:
            return
        place = self.current()
        if not self.side.isHidden():
            self._fill_card(self.side.card, place)
        fate = self._rows.fates[place] if place is not None else None
        said = fate.reason if fate is not None and fate.fate in ("doubtful", "wrong") else ""
        self.note.setVisible(bool(said) and self.side.isHidden() and not self._narrow)
        if fate is not None and said:
            self.note.set(MARKS[fate.fate], f"第 {fate.row:,} 行：{said}")
        if place is not None and fate is not None and fate.fate == "doubtful" and not self._done:
            self.bar.offer(self._rows, place, self._decisions, narrow=self._narrow)
        else:
            self.bar.hide()
