"""The tab 填报数: the list of reported numbers as one of the tabs of the page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Figure
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.panels import Panel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.targets.figure_list import FiguresView


class FiguresPanel(Panel):
    """Numbers that banks and offices report, with their source."""

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Show the reported numbers of a ledger."""
        super().__init__()
        self._ledger = ledger
        self.list = FiguresView(ledger, window)
        self.list.changed.connect(self.changed)
        self.list.changed.connect(self.told)
        Column(self, gap=0).add(self.list, stretch=1)

    def refresh(self) -> None:
        """Read them again."""
        self.list.reload()

    def words(self) -> tuple[str, str]:
        """How many there are."""
        many = f"共 {self._ledger.count(Query(Figure)):,} 个"
        return many, many

    def open_record(self, record: str) -> None:
        """Show one, for instance the one behind a cell of a report."""
        self.list.panel.grid.go_to(record)
        self.list.open(record)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list.panel.grid
