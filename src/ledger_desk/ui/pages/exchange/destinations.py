"""The tab 去向: who gets tables from this office, and how each wants its fields written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Destination
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.record_list import RecordList

_FIELDS = ("name", "private", "codes", "money", "days", "tokens", "contact")


class DestinationsView(RecordList):
    """New, edit, remove; everything is one step and can be taken back."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """List them."""
        super().__init__(
            ledger, window, Destination, _FIELDS, noun="个",
            hint="表送给谁，那边要怎么写：号码、金额、日期、个人信息。账里只存一份，导出时各按各的写法。",
            widths={"name": 240, "contact": 110, "tokens": 110}, jobs=jobs,
        )  # fmt: skip
        self.nothing = "还没有登记去向。常送的单位登一次，以后导出就按它要的写法，不用每次改。"
        self.panel.say_nothing(self.nothing)

    def open_record(self, record: str) -> None:
        """Open the sheet of one."""
        self.panel.grid.go_to(record)
        self.open(record)

    def first_focus(self) -> QWidget | None:
        """The list, or the button for the first one."""
        return self.panel.grid if self.panel.grid.lazy_model().rowCount() else self._new
