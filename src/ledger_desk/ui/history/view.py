"""修改记录: every step of the ledger, what it changed, and the ways back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import StepFilter
from ledger_desk.ui import theme
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.history.deeds import HistoryDeeds
from ledger_desk.ui.history.details import StepDetails
from ledger_desk.ui.history.filters import FilterBar
from ledger_desk.ui.history.step_rows import StepSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import mode_of

_WAIT_MS = 90


class HistoryView(QWidget):
    """The list at the left, the chosen step at the right; one at a time where room is short.

    Signals:
        changed: The ledger was changed from here.
        past_wanted: (table, step): a list as it was after a step.
    """

    changed = Signal()
    past_wanted = Signal(str, int)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """List the steps of a ledger."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.source = StepSource(ledger)
        self.filters = FilterBar(ledger)
        self.panel = GridPanel(self.source, noun="步", name="修改记录")
        self.deeds = HistoryDeeds(ledger, jobs, window, self)
        self.details = StepDetails(ledger, self.deeds)
        self._narrow = self._looking = False
        self._list = QWidget()
        Column(self._list, gap=8).add(self.filters).add(self.panel, stretch=1)
        Row(self, gap=12).add(self._list, stretch=4).add(self.details, stretch=3)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._show_in_sight)
        self.panel.grid.current_changed.connect(lambda _: self._timer.start())
        self.panel.grid.opened.connect(lambda _: self.open_current())
        self.filters.changed.connect(self._filter)
        self.deeds.changed.connect(self._changed)
        self.details.record_wanted.connect(self.show_record)
        self.details.past_wanted.connect(self.past_wanted)
        self.details.closed.connect(self.close_details)
        theme.follow(self._fit)
        self.reload()

    def reload(self) -> None:
        """Read again and show the newest step, or the one that was shown."""
        here = self.panel.grid.current_id()
        self.filters.renew()
        self.panel.reload()
        self._choose(here)

    def show_record(self, record: str, title: str) -> None:
        """List the steps of one record only."""
        self.filters.show_record(record, title)

    def current(self) -> StepInfo | None:
        """The chosen step."""
        here = self.panel.grid.current_id()
        found = self._ledger.infos([int(here)]) if here else []
        return found[0] if found else None

    def ask_undo(self) -> None:
        """Take the chosen step back, after saying what that does."""
        step = self.current()
        self.details.show_step(step)
        if step is not None and self.details.can_undo():
            self.deeds.ask_undo(step)

    def show_current(self) -> None:
        """Show what the chosen step changed."""
        self.details.show_step(self.current())

    def _show_in_sight(self) -> None:
        if self.isVisible():  # a tab that comes to the front reads again anyway
            self.show_current()

    def open_current(self) -> None:
        """Go to what the chosen step changed."""
        self._looking = True
        self.show_current()
        self._fit()
        self.details.panel.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def close_details(self) -> None:
        """Go back to the list."""
        self._looking = False
        self._fit()
        self.panel.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self._looking:
            self.close_details()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One or two parts, as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _filter(self) -> None:
        here = self.panel.grid.current_id()
        self.source.chosen = self.filters.chosen
        self.panel.reload()
        shown = self.panel.grid.lazy_model().rowCount()
        narrowed = self.source.chosen != StepFilter()
        self.panel.say_nothing("没有这样的步骤。" if narrowed and not shown else "")
        self._choose(here)

    def _choose(self, here: str) -> None:
        grid = self.panel.grid
        if grid.lazy_model().rowCount() and not (here and grid.go_to(here)):
            grid.setCurrentIndex(grid.lazy_model().index(0, 0))
        self._timer.start()

    def _changed(self) -> None:
        self.reload()
        self.changed.emit()

    def _fit(self) -> None:
        factor = theme.look().factor
        self._narrow = mode_of(self._window.width(), factor) in ("narrow", "single")
        self.details.set_alone(self._narrow)
        self._list.setVisible(not (self._narrow and self._looking))
        self.details.setVisible(not self._narrow or self._looking)
        if self.parentWidget() is not None:  # a tab that is not in front does not tell it by itself
            self.parentWidget().updateGeometry()
