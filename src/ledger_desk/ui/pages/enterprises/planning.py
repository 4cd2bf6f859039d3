"""编入走访计划: the marked firms, or all that the list shows, are handed over to 走访."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Entry, MenuButton
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource

_MOST_WORDS = 30


class Planning(QObject):
    """The button and the menu entries; they know how many firms they would take.

    Signals:
        wanted: (ids of firms, what they are in words, whether they go into a plan that is there).
    """

    wanted = Signal(list, str, bool)

    def __init__(
        self, ledger: Ledger, jobs: Jobs, window: MainWindow, source: EnterpriseSource
    ) -> None:
        """Take firms from a list."""
        super().__init__(window)
        self._ledger, self._jobs, self._window, self._source = ledger, jobs, window, source
        self._marked: list[str] = []
        self._words = ""
        self.button = MenuButton("编入走访计划", self.entries(), icon="walk")

    def entries(self) -> list[Entry]:
        """The two ways."""
        return [
            ("编一个新计划…", partial(self.take, False), "plus"),
            ("加进已有的计划…", partial(self.take, True), "list-details"),
        ]

    def tell(self, marked: list[str], shown: int, capped: bool, words: str) -> None:
        """Say how many it would take: the marked ones, or all that are shown.

        Args:
            marked: Ids of those that are marked.
            shown: How many the list shows.
            capped: There are more than were counted.
            words: What the list is narrowed to, '' where it shows all.
        """
        self._marked = marked
        many = f"{len(marked) or shown:,} 户"
        if words and len(words) > _MOST_WORDS:
            words = f"{words[: _MOST_WORDS - 1]}…"
        self._words = f"筛出的 {many}：{words}" if words else f"全部 {many}"
        if capped and not marked:
            many, self._words = "筛出的", f"筛出的：{words}"
        if marked or shown:
            self.button.allow(f"编入走访计划 {many}")
        else:
            self.button.block("编入走访计划 0 户")

    def take(self, into: bool) -> None:
        """Hand them over; those that are shown are read beside the window."""
        if self._marked:
            self.wanted.emit(list(self._marked), "", into)
            return
        self._jobs.read(
            partial(_ids, self._ledger, self._source.query(), self._words, into),
            succeeded=self._read, failed=self._failed,
        )  # fmt: skip

    def _read(self, found: tuple[list[str], str, bool]) -> None:
        firms, words, into = found
        if firms:
            self.wanted.emit(firms, words, into)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error)


def _ids(
    ledger: Ledger, query: Query[Enterprise], words: str, into: bool, progress: Progress
) -> tuple[list[str], str, bool]:
    progress(0, 0, "")
    with ledger.read() as rows:
        return rows.ids(query), words, into
