"""The page 活动信息: books, and who has sent and received and who has not."""

from __future__ import annotations

from datetime import date
from functools import partial

from ledger_desk.model.money import show_wan
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.panels import PanelPage, PanelTab
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.activities.books import books
from ledger_desk.ui.pages.activities.duties import Receptions, Reports
from ledger_desk.ui.plots.room import has_room
from ledger_desk.work import reporting_duties


class ActivitiesPage(PanelPage):
    """Activities of all kinds."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the activities of a ledger."""
        self.fairs = Notice("hint", "")
        self.fairs.hide()
        super().__init__(
            "活动信息", ledger, jobs, window, books(ledger),
            (
                PanelTab("sent", "谁报了谁没报", partial(Reports, ledger, window)),
                PanelTab("days", "接待日", partial(Receptions, ledger, window)),
            ),
        )  # fmt: skip

    def make_view(self, book: Book) -> BookView:
        """Over the activities stands whether this year's fair was held."""
        made = super().make_view(book)
        if book.key == "activities":
            made.above.add(self.fairs)
            made.counted.connect(self._tell_fairs)
        return made

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The line gives way where room is short."""
        super().set_mode(mode, very_short=very_short)
        self._tell_fairs()

    def _tell_fairs(self, count: int = 0) -> None:
        year = date.today().year
        with self.ledger.read() as rows:
            found = reporting_duties.fairs_of(rows, year)
        if not found.held:
            self.fairs.set("explain", f"{year} 年还没有开首贷专场对接会；以县为单位一年至少一次。")
        else:
            signed = (
                f"，签约 {found.signed:,} 户、{show_wan(found.amount)} 万元" if found.signed else ""
            )
            self.fairs.set(
                "done",
                f"{year} 年开了 {found.held:,} 次首贷专场对接会，参加 {found.firms:,} 户次{signed}。",
            )
        view = self._views.get("activities")
        whole = view.counts.numbers.get("all", 0) if view is not None else 0
        self.fairs.setVisible(bool(whole) and has_room(self.main_window, self.mode))
