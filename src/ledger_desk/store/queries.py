"""Finding records: get, find, count, page. A page costs a page, whatever the size of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import columns, computed, orders, rowing, walking
from ledger_desk.store.computed import Many
from ledger_desk.store.conditions import Where, condition
from ledger_desk.store.interrupting import Stop, stoppable
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.searching.scanning import scan
from ledger_desk.store.searching.searcher import Searcher
from ledger_desk.store.searching.wanted import packed, wanted
from ledger_desk.store.word_orders import WordOrders

R = TypeVar("R", bound=Record)
# Names of what is computed of enterprises: 划型, completeness per cent and so on.
COMPUTED = tuple(computed.COMPUTED["enterprise"])
CAP = 10_000  # hits of a search that are counted and sorted; more are only "more than that"


@dataclass(frozen=True)
class Query(Generic[R]):
    """What to find: records of one class, conditions, search text, order.

    Attributes:
        cls: Record class.
        where: Conditions, all of which must hold.
        text: Search text, see `searching`; every blank-separated piece must be found (enterprises
            only). What was touched last comes first where no other order is asked for.
        sort: (field, descending) pairs, see `orders`: empty values last, words by pinyin, ties by
            row number, so that pages never overlap. Computed names and ``reference.field`` too.
        removed: Look into the recycle bin instead of the live records.
    """

    cls: type[R]
    where: tuple[Where, ...] = ()
    text: str = ""
    sort: tuple[tuple[str, bool], ...] = field(default=())
    removed: bool = False


class Rows:
    """Reads through one connection: a consistent picture of the ledger at one moment."""

    _searcher: Searcher | None = None  # without one every firm is looked at

    def __init__(self, connection: Connection, searcher: Searcher | None = None) -> None:
        """Read through ``connection``; the caller owns it, and the ``searcher`` of its ledger."""
        self.connection = connection
        self._searcher = searcher

    @property
    def words(self) -> WordOrders | None:
        """Orders of words that are kept; None inside a step, whose own writes they do not know."""
        return None if self._searcher is None else self._searcher.words

    def search_is_quick(self) -> bool:
        """Whether a search text is answered from memory, in milliseconds."""
        return self._searcher is not None and self._searcher.catch_up(self.connection)

    def get(self, cls: type[R], record: str | None) -> R | None:
        """Find one record by its id, removed or not."""
        return self.many(cls, [record]).get(record) if record else None

    def many(self, cls: type[R], records: Sequence[str]) -> dict[str, R]:
        """Find records by id; unknown ids are left out."""
        names = ",".join(rowing.columns(cls))
        found: dict[str, R] = {}
        for some in chunks(list(records)):
            marks = ",".join("?" * len(some))
            sql = f"SELECT {names} FROM {cls.TABLE} WHERE id IN ({marks})"
            for row in fetch(self.connection, sql, some):
                found[row[0]] = rowing.to_record(cls, row)
        return found

    def stored(self, cls: type[Record], records: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Stored values by id, as the journal writes them."""
        names = rowing.columns(cls)
        found: dict[str, dict[str, Any]] = {}
        for some in chunks(list(dict.fromkeys(records))):
            marks = ",".join("?" * len(some))
            sql = f"SELECT {','.join(names)} FROM {cls.TABLE} WHERE id IN ({marks})"
            for row in fetch(self.connection, sql, some):
                found[row[0]] = dict(zip(names, row, strict=True))
        return found

    def find(self, query: Query[R], limit: int | None = None) -> list[R]:
        """Find all records of a query, or the first ``limit``."""
        return self.page(query, 0, -1 if limit is None else limit)

    def page(self, query: Query[R], offset: int, limit: int) -> list[R]:
        """Find one page: rows are numbered first, then those of the page are read.

        A list that is turned over page by page keeps its `orders.Ordering` instead.
        """
        numbers = self._numbers(query, offset, limit)
        found = self.by_number(query.cls, numbers)
        return [found[number] for number in numbers]

    def look(self, query: Query[R], limit: int, names: Sequence[str]) -> list[R]:
        """Find the first records of a query with some of their fields; all others stay empty.

        A list of fifty firms shows five fields of more than seventy: the others cost more than it.
        """
        numbers = self._numbers(query, 0, limit)
        sql = f"SELECT rowid, id, {','.join(names)} FROM {query.cls.TABLE} WHERE rowid IN"
        found: dict[int, R] = {}
        for some in chunks(numbers):
            rows = fetch(self.connection, f"{sql} ({','.join('?' * len(some))})", some)
            found |= rowing.to_parts(query.cls, names, query.removed, rows)
        return [found[number] for number in numbers]

    def by_number(self, cls: type[R], numbers: Sequence[int]) -> dict[int, R]:
        """Find records by their row numbers; unknown ones are left out."""
        names = ",".join(rowing.columns(cls))
        found: dict[int, R] = {}
        for some in chunks(numbers):
            marks = ",".join("?" * len(some))
            sql = f"SELECT {names}, rowid FROM {cls.TABLE} WHERE rowid IN ({marks})"
            for row in fetch(self.connection, sql, some):
                found[row[-1]] = rowing.to_record(cls, row)
        return found

    def ids(self, query: Query[R], limit: int = -1, offset: int = 0) -> list[str]:
        """Ids of a query in its order."""
        if self._is_worded(query):
            return orders.order(self, query).ids(self, offset, limit)
        source, values = self._source(query)
        order = orders.order_by(query)
        sql = f"SELECT {query.cls.TABLE}.id FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
        return [row[0] for row in fetch(self.connection, sql, (*values, limit, offset))]

    def count(self, query: Query[R]) -> int:
        """Count the records of a query; hits of a search text are counted up to `CAP` + 1."""
        if query.removed and not query.where and not query.text.strip():
            # No index knows the recycle bin; two that count are quicker than a walk over all rows.
            whole = fetch(self.connection, f"SELECT count(*) FROM {query.cls.TABLE}")[0][0]
            return int(whole) - self.count(Query(query.cls))
        if not query.where and self._is_search(query):
            return self._hit_count(query)
        source, values = self._source(query, reads=False)
        return int(fetch(self.connection, f"SELECT count(*) FROM {source}", values)[0][0])

    def total(self, query: Query[R], name: str) -> int:
        """Sum a whole-number field (fen, persons) over a query; empty counts as nothing."""
        return self.sums(query, [name])[1][name]

    def sums(
        self, query: Query[R], names: Sequence[str], stop: Stop | None = None, many: int = 0
    ) -> tuple[int, dict[str, int]]:
        """Count a query and sum whole-number fields over it, all in one walk; ``many``: known count.

        Raises:
            Cancelled: ``stop()`` said so.
        """
        found = [columns.column(query.cls, name) for name in names]
        reads = bool(found) and not walking.is_covered(query, names)
        source, values = self._source(query, *found, reads=reads)
        source = walking.past_indexes(source, query.cls.TABLE, many)
        sums = "".join(f", coalesce(sum({column.sql}), 0)" for column in found)
        with stoppable(self.connection, stop):
            row = fetch(self.connection, f"SELECT count(*){sums} FROM {source}", values)[0]
        return int(row[0]), dict(zip(names, row[1:], strict=True))

    def values(
        self, query: Query[R], name: str, limit: int = 1000, stop: Stop | None = None
    ) -> list[tuple[Any, int]]:
        """List what a column holds, each value with its count, the commonest first.

        None stands for all that are blank; references are given as ids (see `titles`).

        Raises:
            Cancelled: ``stop()`` said so.
        """
        found = columns.column(query.cls, name)
        if found.many is not None:
            return self._several(query, found, found.many, limit, stop)
        alone = name in walking.leading(query.cls.TABLE, live=True)
        source, values = self._source(query, found, reads=not alone)
        value = f"NULLIF({found.sql}, '')" if found.kind.storage == "TEXT" else found.sql
        sql = f"SELECT {value} AS v, count(*) AS c FROM {source} GROUP BY v ORDER BY c DESC, v LIMIT ?"
        with stoppable(self.connection, stop):
            rows = fetch(self.connection, sql, (*values, limit))
        return [(None if v is None else found.kind.load(v), count) for v, count in rows]

    def _several(
        self, query: Query[R], found: columns.Column, many: Many, limit: int, stop: Stop | None
    ) -> list[tuple[Any, int]]:
        """`values` of a column of which a record may have several: how many records have each."""
        link = (
            f"LEFT JOIN {many.table} AS each_one ON each_one.{many.link} = {found.alias}.id"
            f" AND each_one.removed = 0 AND each_one.{many.field} <> ''"
        )
        source, values = self._source(query, replace(found, joins=(*found.joins, link)))
        sql = (
            f"SELECT each_one.{many.field} AS v, count(DISTINCT {query.cls.TABLE}.rowid) AS c"
            f" FROM {source} GROUP BY v ORDER BY c DESC, v LIMIT ?"
        )
        with stoppable(self.connection, stop):
            rows = fetch(self.connection, sql, (*values, limit))
        return [(None if v is None else found.kind.load(v), count) for v, count in rows]

    def titles(self, table: str, records: Sequence[str]) -> dict[str, str]:
        """What records referred to are called, by id; unknown ones are left out."""
        cls = BY_TABLE[table]
        kind = field_map(cls)[cls.TITLE].kind
        found: dict[str, str] = {}
        for some in chunks(list(dict.fromkeys(records))):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, {cls.TITLE} FROM {table} WHERE id IN ({marks})"
            for record, value in fetch(self.connection, sql, some):
                blank = value is None or value == ""
                found[record] = f"未命名{cls.LABEL}" if blank else kind.show(kind.load(value))
        return found

    def beside(self, cls: type[Record], records: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Computed values of records by id, then by name; empty for classes without any."""
        known = computed.COMPUTED.get(cls.TABLE, {})
        source = computed.INDEX if cls.TABLE == "enterprise" else cls.TABLE
        made = [
            f"({each.sql.format(row=source)})" if each.sql else name for name, each in known.items()
        ]
        found: dict[str, dict[str, Any]] = {}
        for some in chunks(list(records)) if known else ():
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, {','.join(made)} FROM {source} WHERE id IN ({marks})"
            for row in fetch(self.connection, sql, some):
                found[row[0]] = {
                    name: value if value is None or value == "" else each.kind.load(value)
                    for (name, each), value in zip(known.items(), row[1:], strict=True)
                }
        return found

    def size(self, cls: type[Record]) -> int:
        """Count the records of a class, those in the recycle bin too; costs next to nothing."""
        return int(fetch(self.connection, f"SELECT count(*) FROM {cls.TABLE}")[0][0])

    def is_short(self, cls: type[Record], most: int) -> bool:
        """Whether a class has no more records than so many; costs as little, whatever it has."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {cls.TABLE} LIMIT ?)"
        return bool(fetch(self.connection, sql, (most + 1,))[0][0] <= most)

    def arrival(self, cls: type[Record], record: str) -> int | None:
        """Place of a live record in the order in which they came; None when it is not live."""
        table = cls.TABLE
        sql = f"SELECT rowid FROM {table} WHERE id = ? AND removed = 0"
        found = fetch(self.connection, sql, (record,))
        if not found:
            return None
        before = f"SELECT count(*) FROM {table} WHERE removed = 0 AND rowid < ?"
        return int(fetch(self.connection, before, found[0])[0][0])

    def computed(self, records: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Computed (划型, completeness per cent) of enterprises by id."""
        found: dict[str, tuple[str, int]] = {}
        for some in chunks(list(records)):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, size, complete FROM enterprise_index WHERE id IN ({marks})"
            found.update({r[0]: (r[1], r[2]) for r in fetch(self.connection, sql, some)})
        return found

    def _source(
        self, query: Query[Any], *also: columns.Column, reads: bool | None = None
    ) -> tuple[str, list[Any]]:
        """What comes after FROM, with its bound values: tables, joins and conditions.

        ``also`` are columns, besides those of conditions and order, whose joins are needed.
        ``reads``: all records are wanted, and more of each than its conditions and its order, or
        not (see `walking.hint`); None: a first page of them.
        """
        table = query.cls.TABLE
        # Written out, not bound: only so does the engine see that the indexes of live records fit.
        tests = [f"{table}.removed = {int(query.removed)}"]
        joins = [link for term in orders.terms(query) for link in term.column.joins]
        joins += [link for each in also for link in each.joins]
        bound: list[Any] = []
        for where in query.where:
            test, values, links = condition(query.cls, where)
            tests.append(test)
            bound += values
            joins += links
        walk = "" if reads is None else walking.hint(query, reads=reads)
        source = " ".join([table + walk, *dict.fromkeys(joins)])
        hits = self._hits(query)
        if hits is not None:
            bound = [packed(hits), *bound]
            source = f"json_each(?) AS hit CROSS JOIN {source}"
            tests.append(f"{table}.rowid = hit.value")
        return f"{source} WHERE {' AND '.join(tests)}", bound

    @staticmethod
    def _is_search(query: Query[Any]) -> bool:
        return query.cls.TABLE == "enterprise" and bool(query.text.strip())

    def _hits(
        self, query: Query[Any], offset: int = 0, limit: int | None = None
    ) -> list[int] | None:
        """Row numbers that the search text finds, the most recently touched first; None: no text.

        Without other conditions of `CAP` + 1 at most.
        """
        if not self._is_search(query):
            return None
        most = None if query.where else CAP + 1
        if self._searcher is None:
            found = scan(self.connection, wanted(query.text), query.removed, most)
            return found[offset:] if limit is None else found[offset : offset + limit]
        return self._searcher.find(
            self.connection, query.text, query.removed, most, offset=offset, limit=limit
        )

    def _hit_count(self, query: Query[Any]) -> int:
        if self._searcher is None:
            return len(self._hits(query) or ())
        return self._searcher.count(self.connection, query.text, query.removed, CAP + 1)

    def _numbers(self, query: Query[Any], offset: int, limit: int) -> Sequence[int]:
        if not query.where and not query.sort:
            hits = self._hits(query, offset, None if limit < 0 else limit)
            if hits is not None:
                return hits
        if self._is_worded(query):
            found = orders.order(self, query).numbers
            return found[offset:] if limit < 0 else found[offset : offset + limit]
        source, values = self._source(query)
        order = orders.order_by(query)
        sql = f"SELECT {query.cls.TABLE}.rowid FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
        return [row[0] for row in fetch(self.connection, sql, (*values, limit, offset))]

    @staticmethod
    def _is_worded(query: Query[Any]) -> bool:
        return any(term.is_worded for term in orders.terms(query))


__all__ = ["CAP", "COMPUTED", "Query", "Rows", "Where"]
