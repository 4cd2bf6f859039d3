"""Papers of the page: sheets, letters and lists, looked at, printed or saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from ledger_desk.errors import UserError
from ledger_desk.exchange.ways import IN_FULL, MASKED
from ledger_desk.model.records import Rectification, Ticket
from ledger_desk.reports.tickets import LETTERS, MENDING_LIST, SHEETS, TICKET_LIST, draw_apart
from ledger_desk.ui.books.book import Deed
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.printing.papers import Drawn, Papers

MOST = 500  # sheets in one job
MOST_ROWS = 3_000


class TicketPapers(Papers):
    """Draws papers of chosen records in a child process and shows them."""

    def __init__(self, view: BookView, what: str, parent: QObject) -> None:
        """Print from a view."""
        super().__init__(view.ledger, view.jobs, view.main_window, parent)
        self._what, self._private = what, IN_FULL if what == SHEETS else MASKED

    def begin(self, ids: list[str], name: str, noun: str) -> None:
        """Have them drawn."""
        most = MOST if self._what in (SHEETS, LETTERS) else MOST_ROWS
        if len(ids) > most:
            error = UserError(
                f"一次最多打印 {most:,} {noun}，现在有 {len(ids):,} {noun}。请先筛选，分几次印。"
            )
            show_error(self._window, error, "没有打印")
            return
        self._name = name
        self._jobs.start_apart(
            draw_apart, str(self._ledger.path), self._ledger.key, ids, self._what, self._private,
            title=f"正在生成{self._what} {len(ids):,} {noun}", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, int, str]) -> None:
        pdf, many, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, many, pages, missing, self._what, self._name, self._private))


def print_chosen(what: str, view: BookView, ids: list[str]) -> None:
    """Sheets or letters of the chosen records."""
    name = f"{len(ids):,} {view.book.noun}"
    if len(ids) == 1:
        one = view.ledger.get(view.book.cls, ids[0])
        name = str(one.no or name) if isinstance(one, Ticket | Rectification) else name
    TicketPapers(view, what, view).begin(ids, name, view.book.noun)


def print_register(what: str, view: BookView, ids: list[str]) -> None:
    """The list as it is filtered and sorted; of the chosen records where several are chosen."""
    wanted = ids if len(ids) > 1 else view.source.ids(0, view.count())
    if wanted:
        noun = view.book.noun
        TicketPapers(view, what, view).begin(list(wanted), f"{len(wanted):,} {noun}", noun)


def _ordered(record: Rectification) -> str:
    return "" if record.order_no else "还没有下发交办函"


TICKET_DEEDS = (
    Deed("sheets", "打印批分单", partial(print_chosen, SHEETS), icon="printer", reads=True, pri=True),
    Deed("register", "打印批分单台账", partial(print_register, TICKET_LIST), icon="table", free=True,
         reads=True),
)  # fmt: skip
MENDING_DEEDS = (
    Deed("letters", "打印交办函", partial(print_chosen, LETTERS), icon="printer", can=_ordered,
         why="还没有下发交办函", reads=True, pri=True),
    Deed("register", "打印问题整改台账", partial(print_register, MENDING_LIST), icon="table", free=True,
         reads=True),
)  # fmt: skip
