"""Older rows in front of a ledger's own, in one connection: the tables and views of a past.

The journal itself is cut off at the step. For each table with changes since, ``past_<table>_seen`` names
each record touched since, and ``past_<table>`` holds those that were there, as they were. A view
under the table's own name shows these and, of the table itself, all that are not named. The computed index is made for the older rows by the same code that makes
it for new ones, since that reads and writes by the tables' names too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE, Enterprise
from ledger_desk.store import derived, lineage, rowing, schema
from ledger_desk.store.lineage import Change, chunks, fetch

APART = 2**24  # more than can have gone away between two rows that are still there
_INDEX = "enterprise_index"
_DAMAGED = "修改记录和账里的内容对不上，账套可能已损坏。请先做“体检”，再用最近的备份还原。"


@dataclass(frozen=True)
class Differences:
    """What became of the live records of one class since then, by id.

    Attributes:
        added: Live now, not then.
        gone: Live then; in the recycle bin or not there at all now.
        changed: Live then and now; names of the fields that differ.
    """

    added: frozenset[str]
    gone: frozenset[str]
    changed: dict[str, tuple[str, ...]]


class Overlay:
    """What was changed after one change of the journal, kept up as more is changed."""

    def __init__(self, connection: Connection, last: int, step: int) -> None:
        """Begin inside an open transaction of a connection that is for this alone.

        Args:
            connection: A reader's.
            last: Id of the last change that counts.
            step: Number of the last step that counts.
        """
        self._connection, self._last = connection, last
        run = connection.exec_driver_sql
        with _Writing(connection):
            run("CREATE TEMP TABLE past_seen (change INTEGER NOT NULL)")
            run("INSERT INTO past_seen VALUES (?)", (last,))
            run(f"CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE id <= {int(last)}")
            run(f"CREATE TEMP VIEW step AS SELECT * FROM main.step WHERE id <= {int(step)}")

    def renew(self) -> None:
        """Lay over what was changed since the last time; inside an open transaction."""
        seen = int(self._one("SELECT change FROM temp.past_seen") or 0)
        newest = int(self._one("SELECT max(id) FROM main.change") or 0)
        if newest == seen:
            return
        with _Writing(self._connection):
            tables = self._column(
                "SELECT DISTINCT record_table FROM main.change WHERE id > ?", (seen,)
            )
            if not BY_TABLE.keys() >= set(tables):
                raise UserError(_DAMAGED)
            touched = {table: self._lay(BY_TABLE[table], seen) for table in tables}
            stale: set[str] = set()
            for table, records in touched.items():  # once everything lies where it was
                stale |= self._firms(BY_TABLE[table], records)
            if stale:
                self._compute(stale)
            self._connection.exec_driver_sql("UPDATE past_seen SET change = ?", (newest,))

    def differences(self, cls: type[Record]) -> Differences:
        """Compare the live records of a class with those in the ledger now."""
        name = f"past_{cls.TABLE}"
        if not self._has(name):
            return Differences(frozenset(), frozenset(), {})
        was, is_ = "coalesce(NOT p.removed, 0)", "coalesce(NOT n.removed, 0)"
        joined = (
            f"FROM temp.{name}_seen s LEFT JOIN temp.{name} p ON p.id = s.id"
            f" LEFT JOIN main.{cls.TABLE} n ON n.id = s.id WHERE"
        )
        added = frozenset(self._column(f"SELECT s.id {joined} NOT {was} AND {is_}"))
        gone = frozenset(self._column(f"SELECT s.id {joined} {was} AND NOT {is_}"))
        names = rowing.columns(cls)[2:]
        differs = ",".join(f"p.{field} IS NOT n.{field}" for field in names)
        changed = {
            row[0]: tuple(field for field, odd in zip(names, row[1:], strict=True) if odd)
            for row in fetch(self._connection, f"SELECT s.id,{differs} {joined} {was} AND {is_}")
        }
        return Differences(added, gone, {record: odd for record, odd in changed.items() if odd})

    # -- laying over -----------------------------------------------------------------------------

    def _lay(self, cls: type[Record], seen: int) -> list[str]:
        """Lay over one table what was changed in it after ``seen``; gives the records concerned."""
        table, name = cls.TABLE, f"past_{cls.TABLE}"
        if not self._has(name):
            self._make(cls)
        # The first change since says whether a record was there: later ones of it are passed over.
        sql = (
            f"INSERT OR IGNORE INTO temp.{name}_seen (id, here) SELECT record, before IS NOT NULL"
            " FROM main.change WHERE id > ? AND record_table = ? ORDER BY id"
        )
        self._connection.exec_driver_sql(sql, (seen, table))
        todo = self._column(
            f"SELECT id FROM temp.{name}_seen WHERE here AND id NOT IN (SELECT id FROM temp.{name})"
        )
        lost = [record for some in chunks(todo) for record in self._older(cls, some)]
        if lost:
            self._place(table, lost)
        self._show(table, rowing.columns(cls), *self._number(table))
        sql = "SELECT DISTINCT record FROM main.change WHERE id > ? AND record_table = ?"
        return self._column(sql, (seen, table))

    def _firms(self, cls: type[Record], records: Sequence[str]) -> set[str]:
        """Enterprises that records belonged or belong to: something computed may follow from them."""
        if cls is Enterprise:
            return set(records)
        link = derived.LEADS.get(cls.TABLE)
        if link is None:
            return set()
        linked: set[str] = set()
        tables = [f"main.{cls.TABLE}", *[f"temp.past_{cls.TABLE}"] * self.lies_over(cls.TABLE)]
        for some in chunks(records):
            marks = ",".join("?" * len(some))
            for table in tables:
                sql = f"SELECT {link} FROM {table} WHERE id IN ({marks})"
                linked.update(each for each in self._column(sql, tuple(some)) if each)
        return self._firms(BY_TABLE[field_map(cls)[link].ref], sorted(linked))

    def _make(self, cls: type[Record]) -> None:
        name, known = f"past_{cls.TABLE}", field_map(cls)
        typed = ",".join(f"{n} {known[n].kind.storage}" for n in rowing.columns(cls)[2:])
        run = self._connection.exec_driver_sql
        run(f"CREATE TEMP TABLE {name}_seen (id TEXT PRIMARY KEY, here INTEGER) WITHOUT ROWID")
        run(
            f"CREATE TEMP TABLE {name} (id TEXT PRIMARY KEY, made INTEGER, spot INTEGER,"
            f" nth INTEGER NOT NULL DEFAULT 0, removed INTEGER, {typed})"
        )
        run(f"CREATE INDEX temp.{name}_number ON {name} (spot * {APART} + nth)")
        run(f"CREATE INDEX temp.{name}_single ON {name} (spot * 1 + nth)")

    def _number(self, table: str) -> tuple[str, str]:
        """Expressions of the row number of the table's own rows, and of the older ones.

        Rows lie in a table in the order in which they were made. Where rows went away since, the
        numbers are drawn apart, and those rows stand between their neighbours again.
        """
        if self.drawn_apart(table):
            return f"rowid * {APART}", f"spot * {APART} + nth"
        return "rowid", "spot"

    def lies_over(self, table: str) -> bool:
        """Whether anything lies over a table."""
        return self._has(f"past_{table}")

    def drawn_apart(self, table: str) -> bool:
        """Whether row numbers of a table are multiples of `APART`, with others between them."""
        return self._one(f"SELECT 1 FROM temp.past_{table} WHERE nth > 0") is not None

    def _show(self, table: str, columns: Sequence[str], own: str, older: str) -> None:
        """Put a view in front of a table: older rows, and all others of the table."""
        names, laid = ",".join(columns), f"temp.past_{table}"
        run = self._connection.exec_driver_sql
        run(f"DROP VIEW IF EXISTS temp.{table}")
        run(
            f"CREATE TEMP VIEW {table} AS SELECT {own} AS rowid,{names} FROM main.{table}"
            f" WHERE id NOT IN (SELECT id FROM {laid}_seen)"
            f" UNION ALL SELECT {older},{names} FROM {laid}"
        )

    def _older(self, cls: type[Record], records: Sequence[str]) -> list[str]:
        """Fill in some records as they were; gives those whose row went away since."""
        names = rowing.columns(cls)
        marks = ",".join("?" * len(records))
        sql = f"SELECT rowid,{','.join(names)} FROM main.{cls.TABLE} WHERE id IN ({marks})"
        now = {row[1]: row for row in fetch(self._connection, sql, records)}
        sql = (
            f"SELECT {lineage.COLUMNS} FROM main.change WHERE record IN ({marks}) AND id > ?"
            " ORDER BY id"
        )
        since: dict[str, list[Change]] = {}
        for row in fetch(self._connection, sql, (*records, self._last)):
            since.setdefault(row[3], []).append(lineage.to_change(row))
        rows, lost = [], []
        for record in records:
            values, whole = values_before(since[record])
            if whole:
                lost.append(record)
                number, held = 0, {"id": record, "removed": 0, **values}
            elif record in now:
                number, held = now[record][0], dict(zip(names, now[record][1:], strict=True))
                held.update(values)
            else:
                raise UserError(_DAMAGED)
            rows.append({"spot": number, **held})
        # Only what somebody filled: the driver takes its time over every empty value.
        filled = list({name for row in rows for name, value in row.items() if value is not None})
        marks = ",".join("?" * len(filled))
        self._connection.exec_driver_sql(
            f"INSERT INTO temp.past_{cls.TABLE} ({','.join(filled)}) VALUES ({marks})",
            [tuple(map(row.get, filled)) for row in rows],
        )
        return lost

    def _place(self, table: str, lost: Sequence[str]) -> None:
        """Give rows that went away since their places: after those that were made before them."""
        run, older = self._connection.exec_driver_sql, f"temp.past_{table}"
        run("CREATE TEMP TABLE past_place (id TEXT PRIMARY KEY, made, number, nth)")
        run(
            "INSERT INTO past_place (id, made) SELECT c.record, max(c.id) FROM json_each(?) j CROSS JOIN"
            " main.change c ON c.record = j.value AND c.before IS NULL AND c.id <= ? GROUP BY c.record",
            (json.dumps(list(lost)), self._last),
        )  # fmt: skip
        run(
            f"INSERT INTO past_place (id, made) SELECT id, made FROM {older} WHERE made IS NOT NULL"
        )
        number, until, nth = 0, 0, 0
        places = []
        for record, made in fetch(
            self._connection, "SELECT id, made FROM past_place ORDER BY made"
        ):
            if made > until:
                number, until = self._neighbours(table, made)
                nth = 0
            nth += 1
            places.append((number, nth, record))
        run("UPDATE past_place SET number=?, nth=? WHERE id=?", places)
        run(
            f"UPDATE {older} SET made = p.made, spot = p.number, nth = p.nth"
            f" FROM past_place p WHERE p.id = past_{table}.id"
        )
        run("DROP TABLE temp.past_place")

    def _neighbours(self, table: str, made: int) -> tuple[int, int]:
        """Row of the newest record made before a change, and when the one behind it was made."""
        sql = (
            f"SELECT rowid, (SELECT max(c.id) FROM main.change c WHERE c.record = t.id"
            f" AND c.before IS NULL) FROM main.{table} t WHERE rowid >= ? ORDER BY rowid LIMIT 1"
        )
        low, until = 0, 2**62  # low: a row made before, or none; until: when the next was made
        high = int(self._one(f"SELECT max(rowid) FROM main.{table}") or 0) + 1
        while low + 1 < high:
            middle = (low + high) // 2
            found = self._connection.exec_driver_sql(sql, (middle,)).first()
            if found is None or found[0] >= high:
                high = middle
            elif (found[1] or 0) > made:
                high, until = middle, found[1]
            else:
                low = found[0]
        return low, until

    def _compute(self, records: Iterable[str]) -> None:
        """Compute the index rows of enterprises as they were, through the views."""
        columns = [column.name for column in schema.table(_INDEX).columns]
        names, older = ",".join(columns), f"temp.past_{_INDEX}"
        run = self._connection.exec_driver_sql
        run(f"DROP VIEW IF EXISTS temp.{_INDEX}")
        if not self._has(f"past_{_INDEX}"):
            rest = ",".join(columns[1:])
            run(f"CREATE TEMP TABLE past_{_INDEX}_seen (id TEXT PRIMARY KEY) WITHOUT ROWID")
            run(f"CREATE TEMP TABLE past_{_INDEX} (id TEXT PRIMARY KEY, {rest})")
        run(f"CREATE TEMP TABLE {_INDEX} ({names}, PRIMARY KEY (id))")
        derived.refresh(self._connection, records)
        said = json.dumps(list(records))
        run(f"INSERT OR IGNORE INTO {older}_seen SELECT value FROM json_each(?)", (said,))
        run(f"INSERT OR REPLACE INTO {older} ({names}) SELECT {names} FROM temp.{_INDEX}")
        run(f"DROP TABLE temp.{_INDEX}")
        self._show(_INDEX, columns, "rowid", "rowid")

    # -- small reads -----------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        sql = "SELECT 1 FROM temp.sqlite_master WHERE name = ?"
        return self._one(sql, (name,)) is not None

    def _one(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        return self._connection.exec_driver_sql(sql, values).scalar()

    def _column(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return [row[0] for row in fetch(self._connection, sql, values)]


def values_before(since: Sequence[Change]) -> tuple[dict[str, Any], bool]:
    """Stored values that a record had before its changes since, oldest first.

    Returns:
        Values of the fields that were touched; or, where the record went away, all that it had.
    """
    values: dict[str, Any] = {}
    for change in since:
        values = {**(change.before or {}), **values}
        if change.after is None:
            return values, True
    return values, False


class _Writing:
    """Lets a reader's connection write its own memory for a moment; the ledger stays as it is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.exec_driver_sql("PRAGMA query_only = OFF")

    def __exit__(self, *_: object) -> None:
        self._connection.exec_driver_sql("PRAGMA query_only = ON")
