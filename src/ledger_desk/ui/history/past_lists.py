"""Which lists can be looked at as they were (时光机): any book; the list of firms has its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from ledger_desk.model.fields import Record
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.overlay import Differences
from ledger_desk.store.past import Past
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.book import Book, ask
from ledger_desk.ui.books.searching import search_wheres
from ledger_desk.ui.books.source import BookPool, BookSource
from ledger_desk.ui.history.past_rows import Marking, PastBookSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.record_conditions import RecordConditions
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.lists.tools import Pool

Without = Callable[[str], Query[Any]]
Names = Callable[[], Sequence[str]]


class PastList(Protocol):
    """A list as the time machine needs it.

    Attributes:
        cls: Record class.
        title: What the page is called.
        called: What one of its records is called.
        noun: Measure word.
        key: Name of the list of the past in what is remembered.
    """

    @property
    def cls(self) -> type[Record]: ...  # noqa: D102 - above

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def called(self) -> str: ...  # noqa: D102

    @property
    def noun(self) -> str: ...  # noqa: D102

    @property
    def key(self) -> str: ...  # noqa: D102

    def then(self, past: Past, ledger: Ledger, found: Differences, jobs: Jobs) -> Marking:
        """Rows of the past, marked where they are different now."""
        ...

    def now(self, ledger: Ledger, jobs: Jobs) -> RecordSource[Any]:
        """Rows of the present."""
        ...

    def conditions(
        self, past: Past, jobs: Jobs, without: Without, names: Names
    ) -> RecordConditions:
        """Chips over the past."""
        ...

    def pool(self, source: Any, reload: Callable[[], object]) -> Pool:
        """Columns that can be chosen."""
        ...

    def choice(
        self, ledger: Ledger | Past, text: str, wheres: Wheres, among: frozenset[str] | None
    ) -> Choice:
        """What is asked of one of the two ledgers."""
        ...

    def exported(self, names: Sequence[str]) -> list[str]:
        """Columns that can be written into a file."""
        ...

    def part(self, past: Past, ledger: Ledger, found: Differences) -> Differences:
        """What became of those of the class that the list shows."""
        ...


@dataclass(frozen=True)
class PastBook:
    """A book as it was; see `PastList`.

    Attributes:
        book: The book.
        names: Columns that it shows in the present.
    """

    book: Book
    names: tuple[str, ...]

    @property
    def cls(self) -> type[Record]:
        """Class of its records."""
        return self.book.cls

    @property
    def title(self) -> str:
        """Words on its tab."""
        return self.book.title

    @property
    def called(self) -> str:
        """What one of its records is called."""
        return self.book.called

    @property
    def noun(self) -> str:
        """Measure word."""
        return self.book.noun

    @property
    def key(self) -> str:
        """Name in what is remembered."""
        return f"book-{self.book.key}-past"

    def then(self, past: Past, ledger: Ledger, found: Differences, jobs: Jobs) -> Marking:
        """Rows of the past, marked where they are different now."""
        made = PastBookSource(past, ledger, found, self.book, jobs)
        made.show_columns(self.names)
        return made

    def now(self, ledger: Ledger, jobs: Jobs) -> RecordSource[Any]:
        """Rows of the present."""
        made = BookSource(ledger, self.book, jobs)
        made.show_columns(self.names)
        return made

    def conditions(
        self, past: Past, jobs: Jobs, without: Without, names: Names
    ) -> RecordConditions:
        """Chips over the past; extras cannot be asked."""
        extras = {extra.key for extra in self.book.extras}
        return RecordConditions(
            cast("Ledger", past), jobs, self.cls, without,
            lambda: [name for name in names() if name not in extras], first=self.book.conditions,
        )  # fmt: skip

    def pool(self, source: Any, reload: Callable[[], object]) -> Pool:
        """Columns that can be chosen."""
        return BookPool(self.book, source, reload)

    def choice(
        self, ledger: Ledger | Past, text: str, wheres: Wheres, among: frozenset[str] | None
    ) -> Choice:
        """What is asked of one of the two ledgers: the book's own part of its class."""
        wheres = (*ask(self.book.where), *wheres)
        if self.cls is Enterprise:
            return Choice(text, wheres, among=among)
        if text.strip():
            with ledger.read() as rows:
                wheres = (*wheres, *search_wheres(rows, self.cls, text, self.book.search))
        return Choice("", wheres, among=among)

    def exported(self, names: Sequence[str]) -> list[str]:
        """Columns that can be written into a file: those that Python works out cannot."""
        extras = {extra.key for extra in self.book.extras}
        return [name for name in names if name not in extras]

    def part(self, past: Past, ledger: Ledger, found: Differences) -> Differences:
        """What became of those of the class that the book shows, then or now."""
        wheres = ask(self.book.where)
        if not wheres:
            return found
        query: Query[Any] = Query(self.cls, wheres)
        with past.read() as rows:
            then = frozenset(rows.ids(query))
        with ledger.read() as rows:
            now = frozenset(rows.ids(query))
        changed = {r: names for r, names in found.changed.items() if r in then & now}
        return Differences(now - then, then - now, changed)
