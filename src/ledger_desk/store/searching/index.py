"""The index in memory: segments of firms, the most recently touched first, as of a step of the journal."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection

from ledger_desk.errors import Cancelled
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.searching.found import Found
from ledger_desk.store.searching.places import SIZE
from ledger_desk.store.searching.segment import Firm, Segment
from ledger_desk.store.searching.wanted import Wanted, packed

FEW = 500  # firms touched since, up to which a search takes them in by itself
_MOST_CHANGES = 5_000  # changes of all kinds that are looked through for them
_SMALL = 20_000  # firms of an index that is compared with the ledger firm by firm
_READ = 500  # firms read at once
_FRESH = 500  # firms of the newest segment, which is made anew with each that is touched

Breath = Callable[[], None]


def step_now(connection: Connection) -> int:
    """Newest step that a reading sees."""
    return int(fetch(connection, "SELECT max(id) FROM step")[0][0] or 0)


class Index:
    """What a search looks into.

    Attributes:
        step: The newest step that it knows.
        count: How many firms it holds, those of the recycle bin among them.
    """

    def __init__(self) -> None:
        """Start empty, before the first step."""
        self.step = self.count = 0
        self._change = self._gone = 0
        self._segments: list[Segment] = []  # the newest first
        self._fresh: list[Firm] = []  # what the newest one is made of

    # -- reading -------------------------------------------------------------------------------

    @classmethod
    def load(cls, connection: Connection, breath: Breath, stop: Callable[[], bool]) -> Index:
        """Read a whole ledger.

        Args:
            connection: A reading, which sees the same all the time.
            breath: Called often: lets other threads have their turn.
            stop: Asked often.

        Raises:
            Cancelled: ``stop()`` said so.
        """
        made = cls()
        made.step = step_now(connection)
        made._change = int(fetch(connection, "SELECT max(id) FROM change")[0][0] or 0)
        rowids = array("q")
        # By two narrow indexes: neither firms nor changes are read for this.
        cursor = connection.exec_driver_sql(
            "SELECT e.rowid, coalesce(max(c.id), 0) AS touched FROM enterprise e"
            " LEFT JOIN change c ON c.record = e.id GROUP BY e.id ORDER BY touched DESC, e.rowid DESC"
        )
        while some := cursor.fetchmany(_READ):
            rowids.extend([row[0] for row in some])
            breath()
            if stop():
                raise Cancelled
        for numbers in chunks(rowids, SIZE):
            firms: list[Firm] = []
            for part in chunks(numbers, _READ):
                firms += _firms(connection, "e.rowid", packed(list(part)))
                breath()
                if stop():
                    raise Cancelled
            made._segments.append(Segment(firms, breath))
            made.count += len(firms)
        return made

    def catch_up(self, connection: Connection) -> bool:
        """Take in what was done after the step that it knows.

        Returns:
            False when that is too much to be done in passing; the index is as it was then.
        """
        newest = step_now(connection)
        many = "SELECT coalesce(sum(count), 0) FROM step WHERE id > ?"
        if fetch(connection, many, (self.step,))[0][0] > _MOST_CHANGES:
            return False
        touched = fetch(
            connection,
            "SELECT record, max(id) AS touched, max(after IS NULL) FROM change"
            " WHERE id > ? AND record_table = 'enterprise' GROUP BY record ORDER BY touched DESC",
            (self._change,),
        )
        vanished = any(row[2] for row in touched)
        if len(touched) > FEW or (vanished and self.count > _SMALL) or self._gone * 2 > self.count:
            return False
        firms = _firms(connection, "e.id", json_texts([row[0] for row in touched]))
        if vanished:  # a row number may be somebody else's by now
            there = fetch(connection, "SELECT rowid FROM enterprise")
            self._keep(frozenset([row[0] for row in there]))
        self._drop(frozenset([firm[0] for firm in firms]))
        if firms:
            self._put_in_front(firms)
        last = fetch(connection, "SELECT max(id) FROM change")[0][0]
        self.step, self._change = newest, int(last or 0)
        return True

    def _put_in_front(self, firms: list[Firm]) -> None:
        """Put firms before all others, the latest first; a small newest segment is made anew."""
        if self._fresh:
            del self._segments[0]
        if len(self._fresh) >= _FRESH:
            self._segments.insert(0, Segment(self._fresh, _no_breath))
            self._fresh = []
        touched = {firm[0] for firm in firms}
        self._fresh = firms + [firm for firm in self._fresh if firm[0] not in touched]
        self._segments.insert(0, Segment(self._fresh, _no_breath))
        self.count += len(firms)

    def _drop(self, rowids: frozenset[int]) -> None:
        gone = sum([segment.drop(rowids) for segment in self._segments])
        self._gone += gone
        self.count -= gone
        self._fresh = [firm for firm in self._fresh if firm[0] not in rowids]

    def _keep(self, rowids: frozenset[int]) -> None:
        for segment in self._segments:
            self._drop(segment.firms() - rowids)

    # -- finding -------------------------------------------------------------------------------

    def find(self, wanted: Wanted, removed: bool, limit: int | None) -> Found:
        """Find the firms that match, the most recent first, at most ``limit``.

        What it gives is looked up on demand, and holds until the index catches up.
        """
        looks = [partial(segment.look, wanted, removed) for segment in self._segments]
        return Found(looks, limit)


def _no_breath() -> None:
    """What is done in passing is short."""


def json_texts(ids: list[str]) -> str:
    """Write ids as one bound value for the engine's ``json_each``."""
    return '["' + '","'.join(ids) + '"]' if ids else "[]"


def _firms(connection: Connection, key: str, values: str) -> list[Firm]:
    """Read firms in the order of the given row numbers or ids; unknown ones are left out."""
    sql = (
        "SELECT e.rowid, e.removed, i.text FROM json_each(?) AS h"
        f" CROSS JOIN enterprise e ON {key} = h.value"
        " CROSS JOIN enterprise_index i ON i.id = e.id ORDER BY h.key"
    )
    return [(row[0], bool(row[1]), row[2]) for row in fetch(connection, sql, (values,))]
