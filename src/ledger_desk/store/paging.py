"""A long list in the order of an index: nothing is put in order, a page is read where it stands.

Whether the engine can walk an index in the order that is asked for, without a look at the records, it
says itself (EXPLAIN QUERY PLAN). Then the whole order of 1,000,000 visits need not be known: their count
and the page are found in the index, from its nearer end. All else is worked out by `orders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ledger_desk.model.fields import Record
from ledger_desk.store import orders
from ledger_desk.store.interrupting import Stop, stoppable
from ledger_desk.store.lineage import fetch

if TYPE_CHECKING:
    from ledger_desk.store.queries import Query, Rows

R = TypeVar("R", bound=Record)
_AT_ONCE = 500
_Spot = tuple[Any, int]  # value of the key and row number


@dataclass(frozen=True)
class Paged(Generic[R]):
    """All rows of a query in the order of an index; asked as `orders.Ordering` is.

    Attributes:
        cls: Record class.
        query: What is listed; it has one key.
        count: How many there are.
        index: That index.
    """

    cls: type[R]
    query: Query[R]
    count: int
    index: str

    def __len__(self) -> int:
        """How many rows there are."""
        return self.count

    def numbers(self, rows: Rows, offset: int, limit: int) -> list[int]:
        """Row numbers of one page, read from the nearer end."""
        limit = max(min(limit, self.count - offset), 0)
        back = self.count - offset - limit
        source, values = self._source(rows)
        order = _order(self.query, backwards=back < offset)
        sql = f"SELECT {self.cls.TABLE}.rowid FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
        found = fetch(rows.connection, sql, (*values, limit, min(offset, back)))
        numbers = [row[0] for row in found]
        return numbers[::-1] if back < offset else numbers

    def records(self, rows: Rows, offset: int, limit: int) -> list[R | None]:
        """One page; None stands for what is not there any more."""
        wanted = self.numbers(rows, offset, limit)
        found = rows.by_number(self.cls, wanted)
        page = [found.get(number) for number in wanted]
        missing = max(min(limit, self.count - offset), 0) - len(page)
        return [*page, *[None] * missing]

    def ids(self, rows: Rows, offset: int = 0, limit: int = -1) -> list[str]:
        """Ids in order."""
        return rows.ids(self.query, limit, offset)

    def place(self, rows: Rows, record: str) -> int | None:
        """Place of a record, from 0; None when it is not among them."""
        return self.places(rows, [record]).get(record)

    def places(self, rows: Rows, records: Sequence[str]) -> dict[str, int]:
        """Places of several records; those that are not among them are left out.

        What stands before each is counted from the one before, so that all of them cost one walk.
        """
        table, (key,) = self.cls.TABLE, orders.terms(self.query)
        source, values = self._source(rows)
        by_id = source.replace(f"BY {self.index}", f"BY sqlite_autoindex_{table}_1", 1)
        spots: list[tuple[str, _Spot]] = []
        for start in range(0, len(records), _AT_ONCE):
            some = list(records[start : start + _AT_ONCE])
            marks = ",".join("?" * len(some))
            sql = f"SELECT {table}.id, {key.column.sql}, {table}.rowid FROM {by_id} AND {table}.id IN ({marks})"
            found = fetch(rows.connection, sql, (*values, *some))
            spots += [(record, (value, number)) for record, value, number in found]
        falling = key.descending
        # Empty values stand last in both directions; what is equal goes by row number.
        spots.sort(key=lambda each: each[1][1], reverse=falling)
        filled = [each for each in spots if each[1][0] is not None]
        filled.sort(key=lambda each: each[1][0], reverse=falling)
        placed: dict[str, int] = {}
        place, last = 0, None
        for record, spot in [*filled, *(each for each in spots if each[1][0] is None)]:
            place += self._between(rows, source, values, last, spot)
            placed[record], last = place, spot
        return placed

    def _source(self, rows: Rows) -> tuple[str, list[Any]]:
        """What comes after FROM, the index said outright: of a part of it another looks as good."""
        source, values = rows._source(self.query)
        table = self.cls.TABLE
        return source.replace(table, f"{table} INDEXED BY {self.index}", 1), values

    def _between(
        self, rows: Rows, source: str, values: list[Any], first: _Spot | None, end: _Spot
    ) -> int:
        """How many stand from one spot, itself counted, or from the beginning, up to before another."""
        (key,) = orders.terms(self.query)
        name, number = key.column.sql, f"{self.cls.TABLE}.rowid"
        before, behind = (">", "<") if key.descending else ("<", ">")
        parts: list[tuple[str, list[Any]]] = []
        if first is not None and first[0] == end[0]:
            test = f"{name} IS ? AND {number} {behind}= ? AND {number} {before} ?"
            parts.append((test, [end[0], first[1], end[1]]))
        else:
            parts.append((f"{name} IS ? AND {number} {before} ?", [end[0], end[1]]))
            tests, bound = [f"{name} IS NOT NULL"], []
            if first is not None:
                parts.append((f"{name} IS ? AND {number} {behind}= ?", [first[0], first[1]]))
                tests.append(f"{name} {behind} ?")
                bound.append(first[0])
            if end[0] is not None:
                tests.append(f"{name} {before} ?")
                bound.append(end[0])
            parts.append((" AND ".join(tests), bound))
        return sum(
            fetch(rows.connection, f"SELECT count(*) FROM {source} AND {test}", (*values, *bound))[0][0]
            for test, bound in parts
        )  # fmt: skip


def paged(rows: Rows, query: Query[R], stop: Stop | None = None) -> Paged[R] | None:
    """Give the rows of a query by an index that has them in this order; None where none has.

    Raises:
        Cancelled: ``stop()`` said so.
        KeyError: An unknown field.
    """
    keys = orders.terms(query)
    if len(keys) != 1 or query.text.strip() or query.removed:
        return None
    if keys[0].column.joins or keys[0].is_worded:
        return None
    indexes = {_walked(rows, query, backwards=backwards) for backwards in (False, True)}
    index = indexes.pop()
    if indexes or not index:
        return None
    source, values = rows._source(query, reads=False)
    with stoppable(rows.connection, stop):
        found = fetch(rows.connection, f"SELECT count(*) FROM {source}", values)[0][0]
    return Paged(query.cls, query, int(found), index)


def _walked(rows: Rows, query: Query[Any], *, backwards: bool) -> str:
    """The index that the engine walks, which holds all that is asked; '' where it sorts or reads records."""
    source, values = rows._source(query)
    table, order = query.cls.TABLE, _order(query, backwards=backwards)
    if fetch(rows.connection, "SELECT 1 FROM temp.sqlite_master WHERE name = ?", (table,)):
        return ""  # the past is a view
    sql = f"EXPLAIN QUERY PLAN SELECT {table}.rowid FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
    plan = [str(row[3]) for row in fetch(rows.connection, sql, (*values, 1, 0))]
    walked = [line for line in plan if line.split()[1:2] == [table]]
    if len(walked) != 1 or any("TEMP B-TREE" in line for line in plan):
        return ""
    _, covering, rest = walked[0].partition("USING COVERING INDEX ")
    return rest.split()[0] if covering else ""


def _order(query: Query[Any], *, backwards: bool) -> str:
    """ORDER BY of a query of one key, or its very reverse."""
    (key,) = orders.terms(query)
    if not backwards:
        return orders.order_by(query)
    number = f"{query.cls.TABLE}.rowid"
    if key.descending:
        return f"{key.value} ASC, {number} ASC"
    return f"{key.value} DESC NULLS FIRST, {number} DESC"
