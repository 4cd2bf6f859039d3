"""The page 推送与银行."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ledger_desk.model.records import PushBatch, Referral
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.pushing.answer_page import AnswerPage
from ledger_desk.ui.pages.pushing.bank_strip import BankStrip, GuaranteeStrip
from ledger_desk.ui.pages.pushing.books import BOOKS, GUARANTEES, REFERRALS
from ledger_desk.ui.pages.pushing.read_page import ReadPage
from ledger_desk.work.bank_progress import (
    BankProgress,
    GuaranteeSums,
    bank_progress,
    guarantee_sums,
)


class PushingPage(BookPage):
    """Pushed lists and what banks answer; keying in and reading back lie over the lists."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the books of a ledger."""
        self.strip, self.sums = BankStrip(), GuaranteeStrip()
        self._answer: AnswerPage | None = None
        self._read_page: ReadPage | None = None
        self._slots: tuple[Callable[[Any], object], Callable[[Any], object]] | None = None
        super().__init__("推送与银行", ledger, jobs, window, BOOKS)
        self.strip.chosen.connect(self._narrow)
        if not self._summed:  # until the book of guarantees is opened
            self.sums.setParent(self)
            self.sums.hide()

    def make_view(self, book: Book) -> BookView:
        """Put the strips over two of the books."""
        view = super().make_view(book)
        if book is REFERRALS:
            view.above.add(self.strip)
            view.narrowed_away.connect(partial(self.strip.choose, ""))
        elif book is GUARANTEES:
            view.above.add(self.sums)
            self._summed = True
            self.sums.setVisible(not self._short)
        return view

    # What the deeds call

    def key_in(self, ids: list[str], at: str) -> None:
        """Key in what banks told, one referral after another."""
        if not ids or self.ledger.read_only:
            return
        page = self._answer
        if page is None:
            page = self._answer = AnswerPage(self.ledger)
            page.closed.connect(self._leave)
            page.saved.connect(self._stored)
            page.told.connect(self.main_window.status.say)
        page.begin(ids, at)
        self.cover(page)

    def read_back(self, paths: Sequence[Path] = ()) -> ReadPage:
        """Read what banks sent back; with files at once."""
        page = self._read_page = ReadPage(self.ledger, self.jobs, self.main_window)
        page.closed.connect(self._leave)
        page.wrote.connect(self._stored)
        page.referral_wanted.connect(self._look_at)
        self.cover(page)
        if paths:
            page.read_files(paths)
        return page

    def show_batch(self, batch: str) -> None:
        """Show the referrals of a batch."""
        found = self.ledger.get(PushBatch, batch)
        view = self.show_book(REFERRALS.key, "all")
        view.narrow((Where("batch", "=", batch),), f"批次 {found.title if found else ''}")

    def keep_slots(self, done: Callable[[Any], object], failed: Callable[[Any], object]) -> None:
        """Keep what is to be said when a job of a deed ends."""
        self._slots = (done, failed)

    def job_done(self, result: object) -> None:
        """A job of a deed ended well."""
        if self._slots is not None:
            self._slots[0](result)

    def job_failed(self, error: object) -> None:
        """A job of a deed failed."""
        if self._slots is not None:
            self._slots[1](error)

    def show_record(self, table: str, record: str) -> None:
        """Go to a record; what lies over the lists is put away."""
        self.uncover()
        super().show_record(table, record)

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The strip of banks goes where height is short."""
        super().set_mode(mode, very_short=very_short)
        self._short = very_short or mode == "single"
        self._show_strips()

    _short = False
    _summed = False
    _banks: Sequence[BankProgress] = ()

    # Inner

    def _read(self) -> None:
        before = self._heads.get(self._here)
        super()._read()
        if before != self._heads.get(self._here):
            self._count()

    def _changed(self) -> None:
        super()._changed()
        self._count()

    def _count(self) -> None:
        self.jobs.read(
            partial(_sums, self.ledger), succeeded=self._show_sums, failed=self._not_counted
        )

    def _show_sums(self, found: tuple[list[BankProgress], GuaranteeSums]) -> None:
        self._banks = found[0]
        self.strip.show_banks(found[0])
        self.sums.show_sums(found[1])
        self._show_strips()

    def _show_strips(self) -> None:
        self.strip.setVisible(bool(self._banks) and not self._short)
        self.sums.setVisible(self._summed and not self._short)

    def _not_counted(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self.main_window, error)

    def _narrow(self, bank: str, name: str) -> None:
        view = self.book(REFERRALS.key)
        view.narrow((Where("bank", "=", bank),) if bank else (), name)

    def _leave(self) -> None:
        self.uncover()
        self._read_page = None
        self._read()
        self._tell()

    def _stored(self, _record: str = "") -> None:
        self.changed.emit()

    def _look_at(self, referral: str) -> None:
        self.show_record(Referral.TABLE, referral)


def _sums(ledger: Ledger, progress: Progress) -> tuple[list[BankProgress], GuaranteeSums]:
    progress(0, 0, "")
    with ledger.read() as rows:
        return bank_progress(rows), guarantee_sums(rows)
