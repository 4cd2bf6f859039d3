"""The tab 装入记录: every reading in ever, and the way to take any of them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.store.intakes import Reading
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.local_bench import LocalBench
from ledger_desk.ui.lists.rich_list import RichList
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.exchange.intake_details import IntakeDetails
from ledger_desk.ui.pages.exchange.intake_rows import ReadingSource
from ledger_desk.ui.pages.exchange.taking_back import TakingBack
from ledger_desk.ui.rules import frame

if TYPE_CHECKING:
    from ledger_desk.ui.importing.hosting import ImportingPage

_WAIT_MS = 90
_NOTHING = "这本账还没有装入过表格。按“装入表格”，或者把文件拖到这里；装错了，随时能整批撤销。"
_DETAILS = 320  # width at 100 %


class IntakesView(QWidget):
    """The list at the left, the chosen reading in at the right."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, page: ImportingPage) -> None:
        """List the readings in of a ledger."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self._mode: Mode = "full"
        self.taking_back = TakingBack(ledger, jobs, window, page)
        self.source = ReadingSource(ledger)
        self.panel = GridPanel(self.source, noun="次", name="装入记录", frozen=2)
        self.rich = RichList(
            self.panel,
            lambda tabs: LocalBench(
                ledger, jobs, self.source, self.panel, tabs, "exchange-intakes"
            ),
            "装入记录",
        )
        self.panel.say_nothing(_NOTHING)
        self.details = IntakeDetails(ledger)
        self._side = frame("box")
        Column(self._side, margins=1, gap=0).add(self.details)
        self._below = Button("撤销这次装入", self.open_current, icon="arrow-back-up", key="Enter")
        left = QWidget()
        Column(left, gap=8).add(self.rich, stretch=1).add(self._below)
        Row(self, gap=12).add(left, stretch=1).add(self._side)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._show)
        grid = self.panel.grid
        grid.current_changed.connect(lambda _: self._timer.start())
        grid.opened.connect(lambda _: self.open_current())
        grid.note_changed.connect(window.status.say)
        self.details.wanted.connect(self.open_current)
        self.taking_back.changed.connect(self._changed)
        self.rich.filtered.connect(self._narrow)
        self.rich.changed.connect(self.changed)
        self.rich.said.connect(window.status.say)
        theme.follow(self._fit)

    def reload(self) -> None:
        """Read again and stay where one was, or begin with the newest."""
        self.rich.refresh()
        self.source.load()
        self.panel.reload()
        self._fit()  # an empty list has nothing to stand beside it
        self._timer.start()

    def current(self) -> Reading | None:
        """The chosen reading in."""
        here = self.panel.grid.current_id()
        found = self._ledger.imports(1, int(here) + 1) if here else []
        return found[0] if found else None

    def open_current(self) -> None:
        """Look at what taking it back, or putting it in again, would do."""
        reading = self.current()
        if reading is not None and not self._ledger.read_only:
            self.taking_back.look(reading)

    def first_focus(self) -> QWidget | None:
        """The list, when there is something in it."""
        return self.panel.grid if self.panel.grid.lazy_model().rowCount() else None

    def set_mode(self, mode: Mode) -> None:
        """Details stand beside the list in the widest layouts only."""
        self._mode = mode
        self.rich.set_mode(mode)
        self._fit()

    def _show(self) -> None:
        reading = self.current()
        self.details.show_reading(reading)
        undone = reading is not None and reading.step.undone
        self._below.set_text("恢复装入" if undone else "撤销这次装入")
        self._below.setEnabled(reading is not None and not self._ledger.read_only)

    def _changed(self) -> None:
        self.reload()
        self.changed.emit()

    def _narrow(self) -> None:
        self.source.choose(self.rich.wheres())
        self.panel.grid.set_filtered(self.rich.fields())
        self.panel.reload()
        nothing = "没有符合这些条件的。去掉上面的条件就都回来了。"
        self.panel.say_nothing(nothing if self.rich.fields() else _NOTHING)
        self._timer.start()

    def _fit(self) -> None:
        some = self.panel.grid.lazy_model().rowCount() > 0
        beside = self._mode in ("full", "drawer")
        self._side.setVisible(beside and some)
        self._side.setFixedWidth(theme.look().px(_DETAILS))
        self._below.setVisible(some and not beside)
