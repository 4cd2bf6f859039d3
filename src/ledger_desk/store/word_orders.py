"""Orders of words that are kept: all records of a table by the pinyin of one of their columns.

Making the keys of 100,000 names costs half a second, so it is done once. Whoever sorts later takes the
order as it is and picks the rows asked for; what was touched since is taken out and put in its place.
Eight bytes a record and column are kept, no words: a place is found by looking into the ledger.
"""

from __future__ import annotations

import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import compress

from sqlalchemy.engine import Connection

from ledger_desk.store import collating
from ledger_desk.store.interrupting import Stop, check
from ledger_desk.store.lineage import fetch

_KEPT = 12  # orders, the latest used
# Row numbers that are looked at without a break, about a millisecond, and the break.
_AT_ONCE = 10_000
_BREAK_SECONDS = 0.001
_FEW = 200  # records touched since, up to which an order is mended

Column = tuple[str, str]  # table and column
Make = Callable[[], Sequence[int]]


class WordOrders:
    """Orders of one ledger, from any thread."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._turn = threading.Lock()
        self._orders: dict[Column, tuple[int, array[int]]] = {}

    def has(self, column: Column) -> bool:
        """Whether an order is kept."""
        return column in self._orders

    def order(self, connection: Connection, column: Column, make: Make) -> array[int]:
        """Give the row numbers of all records of a table in the order of a column, rising.

        Those whose column is empty come first, those of the recycle bin are among them.

        Args:
            connection: A reading; what it sees is what is ordered.
            column: What is compared.
            make: Works the whole order out, in the same reading.
        """
        now = int(fetch(connection, "SELECT max(id) FROM step")[0][0] or 0)
        with self._turn:
            known = self._orders.get(column)
        if known is not None and known[0] <= now:
            mended = known[1] if known[0] == now else _mended(connection, column, *known)
        else:
            mended = None
        if mended is None:
            mended = array("q", make())
        with self._turn:
            latest = self._orders.pop(column, None)
            newer = latest is not None and latest[0] > now
            self._orders[column] = latest if newer and latest is not None else (now, mended)
            while len(self._orders) > _KEPT:
                del self._orders[next(iter(self._orders))]
        return mended


def picked(order: array[int], numbers: Sequence[int], stop: Stop | None = None) -> array[int]:
    """Of an order those row numbers that are asked for.

    Raises:
        Cancelled: ``stop()`` said so.
    """
    found = array("q")
    flags = bytearray(1 + max(_largest(order), _largest(numbers)))
    for start in range(0, len(numbers), _AT_ONCE):
        give_way(stop)
        for number in numbers[start : start + _AT_ONCE]:
            flags[number] = 1
    for start in range(0, len(order), _AT_ONCE):
        give_way(stop)
        some = order[start : start + _AT_ONCE]
        found.extend(compress(some, map(flags.__getitem__, some)))
    return found


def _largest(numbers: Sequence[int]) -> int:
    """The largest row number, 0 of none."""
    starts = range(0, len(numbers), _AT_ONCE)
    return max((max(numbers[start : start + _AT_ONCE]) for start in starts), default=0)


def give_way(stop: Stop | None) -> None:
    """Beside a window, which waits for the interpreter's lock, let go of it for a moment.

    Raises:
        Cancelled: ``stop()`` said so.
    """
    if stop is not None:
        check(stop)
        time.sleep(_BREAK_SECONDS)


def empties(connection: Connection, column: Column, order: array[int]) -> int:
    """How many of an order, in front, have nothing in their column."""
    table, name = column
    sql = f"SELECT coalesce({name}, '') <> '' FROM {table} WHERE rowid = ?"
    return bisect_left(order, 1, key=lambda number: int(fetch(connection, sql, (number,))[0][0]))


def _mended(
    connection: Connection, column: Column, step: int, order: array[int]
) -> array[int] | None:
    """Take in what was done after a step; None where that is much, or a record is gone altogether."""
    table, name = column
    touched = fetch(
        connection,
        "SELECT DISTINCT record FROM change WHERE step > ? AND record_table = ? LIMIT ?",
        (step, table, _FEW + 1),
    )
    if len(touched) > _FEW:
        return None
    marks = ",".join("?" * len(touched))
    sql = f"SELECT rowid, {name} FROM {table} WHERE id IN ({marks})"
    there = {row[0]: row[1] or "" for row in fetch(connection, sql, [row[0] for row in touched])}
    if len(there) < len(touched):
        return None  # the row number of one that is gone may be another's by now
    left = array("q", [number for number in order if number not in there]) if there else order

    def key(number: int) -> tuple[str, int]:
        found = fetch(connection, f"SELECT {name} FROM {table} WHERE rowid = ?", (number,))
        return collating.key(found[0][0] or ""), number

    for number, word in sorted(there.items()):
        left.insert(bisect_left(left, (collating.key(word), number), key=key), number)
    return left
