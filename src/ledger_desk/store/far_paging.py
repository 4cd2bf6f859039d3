"""A long list in the order of the records that it refers to, read by the page: visits by their firms.

The firms stand in a kept order (`word_orders`), and an index knows how many visits each has. So the place
of each firm's first visit is a sum, and a page is the visits of a few firms: 1,000,000 visits are not put
in order. The order is that of `far_orders.along`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import far_orders, orders
from ledger_desk.store.interrupting import Stop, stoppable
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.packed import unpacked
from ledger_desk.store.word_orders import empties, give_way

if TYPE_CHECKING:
    from ledger_desk.store.queries import Query, Rows

R = TypeVar("R", bound=Record)
_AT_ONCE = 5_000  # firms that are looked at without a break
_LONG = 100_000  # records from which on it is worth while
_MOST = 2_000  # rows of a page; more are put in order as a whole


@dataclass(frozen=True)
class FarPaged(Generic[R]):
    """All live records of a class by the title of what they refer to; asked as `orders.Ordering` is.

    Attributes:
        cls: Record class.
        query: What is listed.
        link: Its field that is sorted by.
        far: Table of the records referred to.
        ends: How many rows there are up to the end of each group; a group is what has one title.
        groups: Row numbers of the records referred to, group by group.
        starts: Place of each group's first one in ``groups``, and the end of them all.
        group_of: Row number of a record referred to → its group.
    """

    cls: type[R]
    query: Query[R]
    link: str
    far: str
    ends: array[int]
    groups: array[int]
    starts: array[int]
    group_of: Mapping[int, int]

    def __len__(self) -> int:
        """How many rows there are."""
        return self.ends[-1] if self.ends else 0

    @property
    def _falling(self) -> bool:
        return self.query.sort[0][1]

    def numbers(self, rows: Rows, offset: int, limit: int) -> list[int]:
        """Row numbers of one page."""
        limit = max(min(limit, len(self) - offset), 0)
        if not limit:
            return []
        if limit > _MOST:
            return list(orders.order(rows, self.query).numbers[offset : offset + limit])
        first = bisect_right(self.ends, offset)
        last = bisect_right(self.ends, offset + limit - 1)
        before = self.ends[first - 1] if first else 0
        listed = [
            number for some in self._rows(rows, range(first, last + 1)).values() for number in some
        ]
        return listed[offset - before : offset - before + limit]

    def records(self, rows: Rows, offset: int, limit: int) -> list[R | None]:
        """One page; None stands for what is not there any more."""
        wanted = self.numbers(rows, offset, limit)
        found = rows.by_number(self.cls, wanted)
        page = [found.get(number) for number in wanted]
        missing = max(min(limit, len(self) - offset), 0) - len(page)
        return [*page, *[None] * missing]

    def ids(self, rows: Rows, offset: int = 0, limit: int = -1) -> list[str]:
        """Ids in order."""
        limit = len(self) if limit < 0 else limit
        made = orders.Ordering(self.cls, array("q", self.numbers(rows, offset, limit)))
        return made.ids(rows)

    def place(self, rows: Rows, record: str) -> int | None:
        """Place of a record, from 0; None when it is not among them."""
        return self.places(rows, [record]).get(record)

    def places(self, rows: Rows, records: Sequence[str]) -> dict[str, int]:
        """Places of several records; those that are not among them are left out."""
        table, spots = self.cls.TABLE, list[tuple[str, int, int]]()
        for some in chunks(list(records)):
            marks = ",".join("?" * len(some))
            sql = (
                f"SELECT t.id, t.rowid, f.rowid FROM {table} AS t JOIN {self.far} AS f ON f.id = t.{self.link}"
                f" WHERE t.removed = 0 AND t.id IN ({marks})"
            )
            spots += fetch(rows.connection, sql, some)
        groups = {self.group_of[far] for _, _, far in spots if far in self.group_of}
        there = self._rows(rows, sorted(groups))
        found: dict[str, int] = {}
        for record, number, far in spots:
            group = self.group_of.get(far)
            if group is not None and number in there[group]:
                before = self.ends[group - 1] if group else 0
                found[record] = before + there[group].index(number)
        return found

    def _rows(self, rows: Rows, wanted: Sequence[int]) -> dict[int, list[int]]:
        """Row numbers of the records of some groups, in their order."""
        table = self.cls.TABLE
        found: dict[int, list[int]] = {group: [] for group in wanted}
        members = [n for g in wanted for n in self.groups[self.starts[g] : self.starts[g + 1]]]
        for some in chunks(members):
            marks = ",".join("?" * len(some))
            sql = (
                f"SELECT f.rowid, t.rowid FROM {self.far} AS f CROSS JOIN {table} AS t"
                f" ON t.{self.link} = f.id AND t.removed = 0 WHERE f.rowid IN ({marks})"
            )
            for far, number in fetch(rows.connection, sql, some):
                found[self.group_of[far]].append(number)
        for each in found.values():
            each.sort(reverse=self._falling)
        return found


def far_paged(rows: Rows, query: Query[R], stop: Stop | None = None) -> FarPaged[R] | None:
    """Give all live records of a class by what they refer to; None where that is not so quick.

    Raises:
        Cancelled: ``stop()`` said so.
    """
    if len(query.sort) != 1 or query.where or query.text.strip() or query.removed:
        return None
    (name, falling), cls = query.sort[0], query.cls
    spec = field_map(cls).get(name)
    far = BY_TABLE.get(spec.ref) if spec is not None else None
    if far is None or rows.words is None or rows.is_short(cls, _LONG):
        return None
    counted = f"SELECT {name} AS f, count(*) AS n FROM {cls.TABLE} WHERE removed = 0 AND {name} IS NOT NULL GROUP BY {name}"
    plan = " ".join(str(row[3]) for row in fetch(rows.connection, f"EXPLAIN QUERY PLAN {counted}"))
    column = (far.TABLE, far.TITLE)
    if f"COVERING INDEX {cls.TABLE}_{name}" not in plan or "B-TREE" in plan:
        return None
    if not rows.words.has(column) and far_orders.few_words(rows, column, by="id"):
        return None  # of few firms each has thousands
    with stoppable(rows.connection, stop):
        packed = "group_concat(format('%016x%016x', e.rowid, n), '')"
        sql = f"SELECT {packed} FROM ({counted}) JOIN {far.TABLE} AS e ON e.id = f"
        pairs = unpacked(fetch(rows.connection, sql)[0][0])
        found = orders._kept(rows, far, column, stop)
        filled = found[empties(rows.connection, column, found) :]
        live = f"{far.TABLE} WHERE removed = 0"
        sizes = [
            fetch(rows.connection, f"SELECT count(*) FROM {each}") for each in (live, far.TABLE)
        ]
        every = live if sizes[0] == sizes[1] else f"{far.TABLE} NOT INDEXED WHERE 1"
        alike = (
            f"SELECT rowid, {far.TITLE} FROM {every} AND {far.TITLE} IN"
            f" (SELECT {far.TITLE} FROM {every} GROUP BY 1 HAVING count(*) > 1)"
        )
        twins = dict(fetch(rows.connection, alike))
    many = dict(zip(pairs[::2], pairs[1::2], strict=True))
    made = _grouped(filled[::-1] if falling else filled, many, twins, stop)
    listed = FarPaged(cls, query, name, far.TABLE, *made)
    # Those that refer to none, or to one without a title, stand last: `far_orders` knows how.
    return listed if len(listed) == rows.count(query) else None


def _grouped(
    order: Sequence[int], many: Mapping[int, int], twins: Mapping[int, str], stop: Stop | None
) -> tuple[array[int], array[int], array[int], dict[int, int]]:
    """Ends, members, starts of the groups, and the group of each member."""
    ends, members, starts = array("q"), array("q"), array("q", [0])
    group_of: dict[int, int] = {}
    total, title = 0, None
    for start in range(0, len(order), _AT_ONCE):
        give_way(stop)
        for number in order[start : start + _AT_ONCE]:
            count = many.get(number)
            if not count:
                continue
            total += count
            own = twins.get(number)
            if own is not None and own == title:
                ends[-1] = total
                starts[-1] += 1
            else:
                ends.append(total)
                starts.append(len(members) + 1)
            title = own
            members.append(number)
            group_of[number] = len(ends) - 1
    return ends, members, starts, group_of
