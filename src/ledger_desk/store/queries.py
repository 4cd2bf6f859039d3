"""Finding records: get, find, count, page. A page costs a page, whatever the size of the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import same
from ledger_desk.store import rowing, search
from ledger_desk.store.lineage import chunks, fetch

R = TypeVar("R", bound=Record)
_OPERATORS = {"=", "!=", "<", "<=", ">", ">="}
COMPUTED = ("size", "complete")  # 划型 and completeness per cent, of enterprises only
CAP = 10_000  # hits of a search that are counted and sorted; more are only "more than that"
_ESCAPE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


@dataclass(frozen=True)
class Where:
    """One condition: a field, an operator (= != < <= > >= in like null notnull), a value.

    Enterprises have ``size`` and ``complete`` besides their fields.
    """

    field: str
    op: str
    value: Any = None


@dataclass(frozen=True)
class Query(Generic[R]):
    """What to find: records of one class, conditions, search text, order.

    Attributes:
        cls: Record class.
        where: Conditions, all of which must hold.
        text: Search text; every blank-separated piece must be found (enterprises only).
        sort: (field, descending) pairs; the id breaks ties, so that pages never overlap. For
            enterprises ``size`` and ``complete`` sort by the computed values.
        removed: Look into the recycle bin instead of the live records.
    """

    cls: type[R]
    where: tuple[Where, ...] = ()
    text: str = ""
    sort: tuple[tuple[str, bool], ...] = field(default=())
    removed: bool = False


class Rows:
    """Reads through one connection: a consistent picture of the ledger at one moment."""

    def __init__(self, connection: Connection) -> None:
        """Read through ``connection``; the caller owns it."""
        self.connection = connection

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
        """Find one page: rows are numbered first by the narrow index, then read."""
        source, values = self._source(query)
        order = self._order(query)
        table = query.cls.TABLE
        names = ",".join(f"{table}.{name}" for name in rowing.columns(query.cls))
        # The sort carries numbers only; whole rows are read for the page alone, and put in its order.
        page = f"SELECT {table}.rowid FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
        numbers = [row[0] for row in fetch(self.connection, page, (*values, limit, offset))]
        found: dict[int, R] = {}
        for some in chunks(numbers):
            marks = ",".join("?" * len(some))
            sql = f"SELECT {names}, {table}.rowid FROM {table} WHERE rowid IN ({marks})"
            for row in fetch(self.connection, sql, some):
                found[row[-1]] = rowing.to_record(query.cls, row)
        return [found[number] for number in numbers]

    def ids(self, query: Query[R], limit: int = -1, offset: int = 0) -> list[str]:
        """Ids of a query in its order."""
        source, values = self._source(query)
        sql = f"SELECT {query.cls.TABLE}.id FROM {source} ORDER BY {self._order(query)} LIMIT ? OFFSET ?"
        return [row[0] for row in fetch(self.connection, sql, (*values, limit, offset))]

    def count(self, query: Query[R]) -> int:
        """Count the records of a query; hits of a search text are counted up to `CAP` + 1."""
        source, values = self._source(query)
        return int(
            self.connection.exec_driver_sql(
                f"SELECT count(*) FROM {source}", tuple(values)
            ).scalar()
            or 0
        )

    def total(self, query: Query[R], name: str) -> int:
        """Sum a whole-number field (fen, persons) over a query; empty counts as nothing."""
        field_map(query.cls)[name]
        source, values = self._source(query)
        sql = f"SELECT coalesce(sum({query.cls.TABLE}.{name}), 0) FROM {source}"
        return int(self.connection.exec_driver_sql(sql, tuple(values)).scalar() or 0)

    def computed(self, records: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Computed (划型, completeness per cent) of enterprises by id."""
        found: dict[str, tuple[str, int]] = {}
        for some in chunks(list(records)):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, size, complete FROM enterprise_index WHERE id IN ({marks})"
            found.update({r[0]: (r[1], r[2]) for r in fetch(self.connection, sql, some)})
        return found

    def _source(self, query: Query[R]) -> tuple[str, list[Any]]:
        table = query.cls.TABLE
        known = field_map(query.cls)
        # Written out, not bound: only so does the engine see that the indexes of live records fit.
        tests = [f"{table}.removed = {int(query.removed)}"]
        values: list[Any] = []
        source = table
        named = [*(name for name, _ in query.sort), *(test.field for test in query.where)]
        if table == "enterprise" and any(name in COMPUTED for name in named):
            source += f" JOIN enterprise_index ON enterprise_index.id = {table}.id"
        pieces = search.pieces(query.text)
        if pieces:
            found = " AND ".join(["instr(text, ?) > 0"] * len(pieces))
            values += pieces
            cap = "" if query.where or query.removed else f" LIMIT {CAP + 1}"
            hits = f"SELECT id FROM enterprise_index WHERE {found}{cap}"
            source = f"({hits}) AS hit CROSS JOIN {source}"
            tests.append(f"{table}.id = hit.id")
        for test in query.where:
            save: Callable[[Any], Any]
            if test.field in COMPUTED and table == "enterprise":
                name, save = f"enterprise_index.{test.field}", same
            elif test.field == "id":
                name, save = f"{table}.id", same
            else:  # an unknown field is a bug, and would be a hole: KeyError
                name, save = f"{table}.{test.field}", known[test.field].kind.save
            if test.op in _OPERATORS:
                tests.append(f"{name} {test.op} ?")
                values.append(save(test.value))
            elif test.op == "in":
                # One bound text for any number of values; the engine takes 32,766 marks at the most.
                tests.append(f"{name} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps([save(v) for v in test.value]))
            elif test.op == "like":
                tests.append(f"{name} LIKE ? ESCAPE '\\'")
                values.append(f"%{str(test.value).translate(_ESCAPE)}%")
            elif test.op in ("null", "notnull"):
                tests.append(f"{name} IS {'NOT ' if test.op == 'notnull' else ''}NULL")
            else:
                raise ValueError(f"unknown operator {test.op!r}")
        return f"{source} WHERE {' AND '.join(tests)}", values

    def _order(self, query: Query[R]) -> str:
        table, known = query.cls.TABLE, field_map(query.cls)
        parts = []
        for name, descending in query.sort:
            if name in COMPUTED and query.cls.TABLE == "enterprise":
                column = f"enterprise_index.{name}"
            else:
                known[name]
                column = f"{table}.{name}"
            parts.append(f"{column} {'DESC' if descending else 'ASC'}")
        last = query.sort[-1][1] if query.sort else False  # the tie goes the way of the index
        return ", ".join([*parts, f"{table}.rowid {'DESC' if last else 'ASC'}"])
