"""What the search for duplicates asks of a ledger: slim rows, verdicts and aliases.

Plain statements over indexed columns; whole records are never made of 100,000 firms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ledger_desk.model.vocabulary import VERDICTS
from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Rows

SAME, DIFFERENT = VERDICTS
_AT_ONCE = 2000


class Slim(NamedTuple):
    """What tells firms apart, as stored; ``number`` is the row's number in this file."""

    number: int
    id: str
    name: str | None = None
    code: str | None = None
    regno: str | None = None
    internal_no: str | None = None
    kind: str | None = None
    person: str | None = None
    person_id: str | None = None
    phone: str | None = None
    address: str | None = None
    place: str | None = None
    township: str | None = None
    village: str | None = None
    founded: str | None = None
    org_code: str | None = None
    taxpayer_no: str | None = None


_COLUMNS = ",".join(f"e.{name}" for name in Slim._fields[1:])
_SLIM = f"SELECT e.rowid, {_COLUMNS} FROM enterprise e"


def count(rows: Rows) -> int:
    """Count the live firms."""
    sql = "SELECT count(*) FROM enterprise WHERE removed = 0"
    return int(rows.connection.exec_driver_sql(sql).scalar() or 0)


def scan(rows: Rows) -> Iterator[list[Slim]]:
    """Give all live firms, some at a time."""
    cursor = rows.connection.exec_driver_sql(f"{_SLIM} WHERE e.removed = 0").cursor
    while cursor is not None and (some := cursor.fetchmany(_AT_ONCE)):
        yield [Slim._make(row) for row in some]


def numbered(rows: Rows, numbers: Iterable[int]) -> dict[int, Slim]:
    """Give firms by the number of their row."""
    sql = f"{_SLIM} WHERE e.rowid IN (SELECT value FROM json_each(?))"
    found = fetch(rows.connection, sql, (json.dumps(list(numbers)),))
    return {row[0]: Slim._make(row) for row in found}


def slim(rows: Rows, records: Iterable[str]) -> list[Slim]:
    """Give firms by id, in the order of the ids; unknown ones are left out."""
    wanted = list(records)
    sql = f"{_SLIM} WHERE e.id IN (SELECT value FROM json_each(?))"
    found = {row[1]: Slim._make(row) for row in fetch(rows.connection, sql, (json.dumps(wanted),))}
    return [found[record] for record in wanted if record in found]


def held(rows: Rows, field: str, values: Iterable[str]) -> set[str]:
    """Give those of ``values`` that are the field of a live firm; ``field``: one with an index."""
    wanted = list(values)
    if not wanted:
        return set()
    sql = (
        f"SELECT {field} FROM enterprise WHERE removed = 0"
        f" AND {field} IN (SELECT value FROM json_each(?))"
    )
    given = json.dumps(wanted, ensure_ascii=False)
    return {row[0] for row in fetch(rows.connection, sql, (given,))}


def has_any(rows: Rows) -> bool:
    """Tell whether there is any live firm."""
    sql = "SELECT 1 FROM enterprise WHERE removed = 0 LIMIT 1"
    return rows.connection.exec_driver_sql(sql).first() is not None


def has_uncoded(rows: Rows) -> bool:
    """Tell whether any live firm lacks a credit code; answered by the index alone."""
    sql = "SELECT 1 FROM enterprise WHERE removed = 0 AND code IS NULL LIMIT 1"
    return rows.connection.exec_driver_sql(sql).first() is not None


def by_keys(
    rows: Rows, fingers: Iterable[str], contacts: Iterable[str]
) -> list[tuple[str, str, Slim]]:
    """Give live firms with one of the fingerprints or contacts, as (fingerprint, contact, firm)."""
    found = []
    for column, wanted in (("finger", set(fingers)), ("contact", set(contacts))):
        wanted.discard("")
        if not wanted:
            continue
        sql = (
            f"SELECT i.finger, i.contact, e.rowid, {_COLUMNS} FROM json_each(?) AS wanted"
            f" CROSS JOIN enterprise_index i ON i.{column} = wanted.value AND i.{column} <> ''"
            " CROSS JOIN enterprise e ON e.id = i.id AND e.removed = 0"
        )
        given = json.dumps(sorted(wanted), ensure_ascii=False)
        for row in fetch(rows.connection, sql, (given,)):
            found.append((row[0], row[1], Slim._make(row[2:])))
    return found


# -- what people have decided ---------------------------------------------------------------------


def _verdicts(rows: Rows, verdict: str) -> list[tuple[Any, ...]]:
    sql = "SELECT one, other, id FROM verdict WHERE verdict = ? AND removed = 0"
    return fetch(rows.connection, sql, (verdict,))


def aliases(rows: Rows) -> dict[str, str]:
    """Give absorbed firm → the firm that stands for it now, through any number of mergers."""
    direct = {other: one for one, other, _ in _verdicts(rows, SAME)}
    found = {}
    for record in direct:
        end, seen = record, {record}
        while end in direct and direct[end] not in seen:
            end = direct[end]
            seen.add(end)
        found[record] = end
    return found


def apart(rows: Rows) -> set[tuple[str, str]]:
    """Give pairs judged 不是同一户, of the firms that stand for them now; the smaller id first."""
    known = aliases(rows)
    found = set()
    for one, other, _ in _verdicts(rows, DIFFERENT):
        a, b = known.get(one, one), known.get(other, other)
        if a != b:
            found.add((min(a, b), max(a, b)))
    return found


def verdicts_between(
    rows: Rows, records: Sequence[str], verdict: str
) -> list[tuple[str, str, str]]:
    """Give the verdicts (one, other, id) both of whose firms are among ``records``."""
    sql = (
        "SELECT one, other, id FROM verdict WHERE verdict = ? AND removed = 0"
        " AND one IN (SELECT value FROM json_each(?)) AND other IN (SELECT value FROM json_each(?))"
    )
    ids = json.dumps(list(records))
    found = fetch(rows.connection, sql, (verdict, ids, ids))
    return [(row[0], row[1], row[2]) for row in found]


def absorbed(rows: Rows) -> list[Slim]:
    """Give the firms in the recycle bin that a verdict made part of another."""
    sql = (
        f"{_SLIM} WHERE e.removed = 1 AND e.id IN"
        " (SELECT other FROM verdict WHERE verdict = ? AND removed = 0)"
    )
    return [Slim._make(row) for row in fetch(rows.connection, sql, (SAME,))]


def home(rows: Rows) -> str:
    """Give the division of the ledger's own office, '' if it has none."""
    sql = "SELECT o.division FROM meta m JOIN office o ON o.id = m.value WHERE m.key = 'office'"
    return str(rows.connection.exec_driver_sql(sql).scalar() or "")
