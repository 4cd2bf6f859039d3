"""The page 申报与审核: four books, and over them the entry sheet and the review desk."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.applications.books import books
from ledger_desk.ui.pages.applications.entry_page import ApplicationEntryPage
from ledger_desk.ui.pages.applications.review_page import ReviewPage


class ApplicationPage(BookPage):
    """申报清单, 推荐清单, 审核意见, 部门核查."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the books of a ledger."""
        self._entry: ApplicationEntryPage | None = None
        self._review: ReviewPage | None = None
        super().__init__("申报与审核", ledger, jobs, window, books(ledger))

    def open_entry(self, record: str = "", **given: object) -> ApplicationEntryPage:
        """Key in an application: a new one, with what is given, or one that may still be changed."""
        if self._entry is None:
            self._entry = ApplicationEntryPage(self.ledger, self.main_window)
            self._entry.closed.connect(self._back)
            self._entry.saved.connect(self._stored)
        self._entry.load(record) if record else self._entry.begin(**given)
        self.cover(self._entry)
        return self._entry

    def open_review(self, ids: Sequence[str]) -> ReviewPage:
        """Go through applications one after another."""
        if self._review is None:
            self._review = ReviewPage(self.ledger, self.main_window)
            self._review.closed.connect(self._back)
            self._review.said.connect(self._stored)
            self._review.firm_wanted.connect(self._go_to_firm)
            self._review.edit_wanted.connect(self.open_entry)
        self._review.take(ids)
        self.cover(self._review)
        return self._review

    def _go_to_firm(self, firm: str) -> None:
        self.elsewhere_wanted.emit("enterprise", firm)

    def _stored(self, record: str) -> None:
        self.view().wrote(record)

    def _back(self) -> None:
        self.uncover()
        self.view().panel.grid.setFocus()
