"""The page 续贷: what fell due month by month, and the books below it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.renewals import deeds
from ledger_desk.ui.pages.renewals.books import books
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.card import PlotCard
from ledger_desk.ui.plots.columns import ColumnPlot
from ledger_desk.ui.plots.room import has_room
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.work import renewing

_MONTHS, _BACK = 12, 6  # half of them behind the present one
_TABLE = (
    GridColumn("month", "到期月份", "text", 130, essential=True, stretch=True),
    GridColumn("due", "到期(笔)", "number", 110, essential=True),
    GridColumn("ended", "有结果(笔)", "number", 120),
    GridColumn("renewed", "无还本续贷(笔)", "number", 150),
    GridColumn("open", "还没结果(笔)", "number", 130),
)


class RenewalView(BookView):
    """The book of renewals; while it is empty it offers to look through the loans first."""

    def empty_state(self) -> QWidget | None:
        """What the book is for, and the two ways to begin."""
        if self.ledger.read_only:
            return None
        steps = [
            NextStep(
                "refresh", "从贷款里摸排", "快到期又没结清的贷款，一次列进来；同一笔不会列两遍",
                "摸排到期贷款", partial(deeds.propose_due, self, []), pri=True,
            ),
            NextStep(
                "plus", "手工登一笔", "账里没有这笔贷款时，写企业、银行、到期日期和金额",
                self.begin_words(), self.begin,
            ),
        ]  # fmt: skip
        return Scrolling(EmptyState("还没有续贷", self.book.hint, steps))


class RenewalsPage(BookPage):
    """Loans falling due."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the renewals of a ledger."""
        self.plot = PlotCard("按到期月份", ColumnPlot("每月到期和办结的笔数"), _TABLE)
        self.plot.hide()
        super().__init__("续贷", ledger, jobs, window, books(ledger))
        self.plot.plot.opened.connect(self._month)

    def make_view(self, book: Book) -> BookView:
        """The plot stands over the renewals."""
        if book.key != "renewals":
            return super().make_view(book)
        made = RenewalView(book, self.ledger, self.jobs, self.main_window)
        made.above.add(self.plot)
        made.counted.connect(self._draw)
        return made

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The plot gives way where room is short."""
        super().set_mode(mode, very_short=very_short)
        self._draw()

    def _draw(self, _count: int = 0) -> None:
        today = date.today()
        months = today.year * 12 + today.month - 1 - _BACK
        with self.ledger.read() as rows:
            found = renewing.months_of(rows, date(months // 12, months % 12 + 1, 1), _MONTHS)
        bars = []
        for first, due, ended, renewed in found:
            late = due > ended and (first.year, first.month) < (today.year, today.month)
            name = f"{first.year}年{first.month}月"
            numbers = (due, ended, renewed, due - ended)
            cells: tuple[CellLike, ...] = (name, *(Cell(f"{n:,}", value=n) for n in numbers))
            words = f"{ended}/{due}" if due else ""
            short = f"{first.month}月" if first.month > 1 else f"{first.year}年"
            bars.append(Bar(first.isoformat(), short, ended, due, None, words, late, cells))
        due = sum(each[1] for each in found)
        open_ = due - sum(each[2] for each in found)
        self.plot.show_bars(
            bars,
            f"框是到期 {due:,} 笔，实心是已有结果的；还有 {open_:,} 笔没有结果。红的是过了月还没办完。",
            "框是到期，实心是已有结果的",
        )
        view = self._views.get("renewals")
        whole = view.counts.numbers.get("all", 0) if view is not None else 0
        self.plot.setVisible(bool(whole) and has_room(self.main_window, self.mode))

    def _month(self, key: str) -> None:
        first = date.fromisoformat(key)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        view = self.show_book("renewals", "all")
        words = f"{first.year}年{first.month}月到期"
        view.narrow((Where("due_on", "between", (first, last)),), words)
        view.panel.grid.setFocus()
