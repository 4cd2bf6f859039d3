"""What stands around the list of a book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.searching import search_wheres
from ledger_desk.ui.books.source import BookPool
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.bench import ListBench, is_field
from ledger_desk.ui.lists.record_conditions import RecordConditions

if TYPE_CHECKING:
    from ledger_desk.ui.books.source import BookSource
    from ledger_desk.ui.grid_panel import GridPanel
    from ledger_desk.ui.tabs import Tabs


class Host(Protocol):
    """What shows a book: `BookList`, or `Around` for a list that is no book's page."""

    ledger: Ledger
    jobs: Jobs
    source: BookSource
    panel: GridPanel
    tabs: Tabs


@dataclass
class Around:
    """A list of the records of a book without a book's page around it."""

    ledger: Ledger
    jobs: Jobs
    source: BookSource
    panel: GridPanel
    tabs: Tabs


class BookBench(ListBench):
    """`ListBench` with the columns, usual conditions and search of a book."""

    def __init__(self, host: Host, book: Book) -> None:
        """Stand around the list of ``host``."""
        self._book = book
        pool = BookPool(book, host.source, host.panel.reload)
        super().__init__(
            host.ledger, host.jobs, host.source, host.panel, host.tabs, key=f"book-{book.key}",
            pool=pool, known=self._is_known,
        )  # fmt: skip

    def make_conditions(self, ledger: Ledger, jobs: Jobs) -> RecordConditions:
        """Make the chips, the usual fields of the book first; extras cannot be asked."""
        extras = {extra.key for extra in self._book.extras}
        return RecordConditions(
            ledger, jobs, self._book.cls, self.query_without,
            lambda: [name for name in self._source.names if name not in extras],
            first=self._book.conditions,
        )  # fmt: skip

    def searched(self, text: str) -> Query[Any]:
        """What the list shows, narrowed by a search text."""
        query = replace(self._source.query(), sort=())
        with self._ledger.read() as rows:
            found = search_wheres(rows, self._book.cls, text, self._book.search)
        return replace(query, where=(*query.where, *found))

    def _is_known(self, name: str) -> bool:
        return any(name == extra.key for extra in self._book.extras) or is_field(
            self._book.cls, name
        )
