"""Search in a ledger: the index once it is there, a look at every firm until then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.store.searching.found import Found
from ledger_desk.store.searching.index import Index, step_now
from ledger_desk.store.searching.scanning import scan, whole_first
from ledger_desk.store.searching.wanted import wanted
from ledger_desk.store.turns import Turns
from ledger_desk.store.word_orders import WordOrders

if TYPE_CHECKING:
    from ledger_desk.store.queries import Rows

_PAUSE = 0.0003  # seconds between two small parts of the loading: other threads come in between
_PART = 0.001  # seconds of such a part

Asked = tuple[str, bool, int | None]


class Searcher:
    """Finds firms of one ledger, from any thread; always right, quick once `warm` has done its work."""

    def __init__(self, read: Callable[[], AbstractContextManager[Rows]]) -> None:
        """Take the way to read the ledger; nothing is loaded yet."""
        self._read = read
        self.words = WordOrders()
        self.turns = Turns()
        self._turn = threading.Lock()
        self._index: Index | None = None
        self._loader: threading.Thread | None = None
        self._closed = threading.Event()
        self._last: tuple[Asked, Found] | None = None  # what was asked last, for its count

    @property
    def is_ready(self) -> bool:
        """Whether searches are answered from memory."""
        return self._index is not None

    @property
    def is_loading(self) -> bool:
        """Whether the index is being loaded."""
        return self._loader is not None and self._loader.is_alive()

    def warm(self) -> None:
        """Load the index in the background, unless it is there or on its way."""
        with self._turn:
            self._start()

    def _start(self) -> None:
        if self._index is None and not self.is_loading and not self._closed.is_set():
            self._loader = threading.Thread(
                target=self._load_behind, name="ledger-search", daemon=True
            )
            self._loader.start()

    def load(self) -> None:
        """Load the index now, and wait for it."""
        with self._read() as rows:
            made = Index.load(rows.connection, _no_breath, self._closed.is_set)
        with self._turn:
            self._index, self._last = made, None

    def close(self) -> None:
        """Stop loading and forget everything; searches go on without the index."""
        self._closed.set()
        if self._loader is not None:
            self._loader.join()
        with self._turn:
            self._index = self._last = None

    def find(
        self,
        connection: Connection,
        text: str,
        removed: bool = False,
        most: int | None = None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[int]:
        """Give the row numbers of firms that match, the most recently touched first.

        Args:
            connection: A reading; what it sees is what is found.
            text: What was typed; nothing typed finds nothing.
            removed: In the recycle bin instead of among the live ones.
            most: Most row numbers that there are to be; None: no limit.
            offset: How many of these are left out in front.
            limit: Most row numbers to give; None: all that follow.
        """
        asked = wanted(text)
        if not asked.pieces:
            return []
        with self._turn:
            if (index := self._level(connection)) is not None:
                found = self._found(index, text, removed, most)
                if not asked.code:
                    return found.first(limit, offset)
                written = index.find(asked.as_written(), removed, None).first(None)
                numbers = whole_first(connection, asked, found.first(None), written)
            else:
                numbers = None
        if numbers is None:
            numbers = scan(connection, asked, removed, most)
        return numbers[offset:] if limit is None else numbers[offset : offset + limit]

    def count(
        self, connection: Connection, text: str, removed: bool = False, most: int | None = None
    ) -> int:
        """Count the firms that match, as `find` gives them."""
        with self._turn:
            if (index := self._level(connection)) is not None:
                return len(self._found(index, text, removed, most))
        return len(self.find(connection, text, removed, most))

    def catch_up(self, connection: Connection) -> bool:
        """Take in what was done since; False when what this reading sees is not in memory."""
        with self._turn:
            return self._level(connection) is not None

    def _level(self, connection: Connection) -> Index | None:
        """Give the index if it knows just what a reading sees; too much that is new is loaded behind."""
        if self._index is None:
            return None
        now = step_now(connection)
        if now > self._index.step:
            self._last = None
            if not self._index.catch_up(connection):
                self._index = None
                self._start()
                return None
        return self._index if now == self._index.step else None

    def _found(self, index: Index, text: str, removed: bool, most: int | None) -> Found:
        asked = text, removed, most
        if self._last is None or self._last[0] != asked:
            self._last = asked, index.find(wanted(text), removed, most)
        return self._last[1]

    def _load_behind(self) -> None:
        try:
            with self._read() as rows:
                made = Index.load(rows.connection, _breather(self.turns), self._closed.is_set)
                with self._turn:
                    if not self._closed.is_set():
                        self._index, self._last = made, None
                _order_names(rows, self._closed.is_set)
        except (Cancelled, UserError):
            return  # closed meanwhile, or unreadable: whoever searches is told


def _order_names(rows: Rows, stop: Callable[[], bool]) -> None:
    """Have the order ready that is asked for most."""
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store import orders
    from ledger_desk.store.queries import Query

    orders.order(rows, Query(Enterprise, sort=(("name", False),)), stop)


def _breather(turns: Turns) -> Callable[[], None]:
    """Give what rests a moment after each part, however often it is called, or longer for the window."""
    rested = time.perf_counter()

    def breath() -> None:
        nonlocal rested
        if time.perf_counter() - rested >= _PART:
            time.sleep(_PAUSE)
            turns.wait()
            rested = time.perf_counter()

    return breath


def _no_breath() -> None:
    """Nobody else wants a turn."""
