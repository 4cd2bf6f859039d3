"""The page 问题台账."""

from __future__ import annotations

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.tickets.books import MENDINGS, TICKETS
from ledger_desk.ui.pages.tickets.registers import (
    COMPLAINTS,
    DUTY_CASES,
    INSPECTIONS,
    INTERMEDIARIES,
)

BOOKS = (TICKETS, MENDINGS, INSPECTIONS, COMPLAINTS, INTERMEDIARIES, DUTY_CASES)


class TicketPage(BookPage):
    """批分单, 问题整改, 明察暗访, 收费投诉, 异常中介, 尽职免责."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the six books of a ledger."""
        super().__init__("问题台账", ledger, jobs, window, BOOKS)
