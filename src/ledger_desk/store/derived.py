"""What hangs on the door: what is computed of every enterprise that a step touched.

Search text, 划型, completeness, and the keys by which firms are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model import size
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store import likeness, rowing, search
from ledger_desk.store.lineage import chunks, fetch

_REQUIRED = frozenset(spec.name for spec in fields_of(Enterprise) if spec.required)


def completeness(values: Mapping[str, Any]) -> int:
    """Per cent of the required fields that are filled (建档完整度), rounded down: 100 means all."""
    filled = sum([values.get(name) not in (None, "") for name in _REQUIRED])
    return 100 * filled // len(_REQUIRED)


def grade(values: Mapping[str, Any]) -> str:
    """划型 that counts: the person's own where one is set, else computed; empty when not known yet."""
    get = values.get
    own = get("size_set")
    return (
        str(own)
        if own
        else size.grade_of(get("industry"), get("staff"), get("revenue"), get("assets"))
    )


def _row(record: str, values: Mapping[str, Any]) -> tuple[str, str, str, int, str, str]:
    finger, contact = likeness.keys(values)
    return record, search.search_text(values), grade(values), completeness(values), finger, contact


_COLUMNS = "id, text, size, complete, finger, contact"
_PUT = f"INSERT OR REPLACE INTO enterprise_index ({_COLUMNS}) VALUES (?,?,?,?,?,?)"
# Kept in the ledger's particulars: which way of computing its index follows.
KEY, VERSION = "derived", likeness.VERSION


def add(connection: Connection, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Index newly made enterprises given as (id, stored values)."""
    connection.exec_driver_sql(_PUT, [_row(record, values) for record, values in rows])


def refresh(connection: Connection, records: Iterable[str]) -> None:
    """Make the index agree with the rows of the given enterprises; vanished ones leave it."""
    names = rowing.columns(Enterprise)
    for some in chunks(sorted(records)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT {','.join(names)} FROM enterprise WHERE id IN ({marks})"
        found = [
            _row(row[0], dict(zip(names, row, strict=True))) for row in fetch(connection, sql, some)
        ]
        if len(found) < len(some):
            connection.exec_driver_sql(
                f"DELETE FROM enterprise_index WHERE id IN ({marks})", tuple(some)
            )
        if found:
            connection.exec_driver_sql(_PUT, found)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew: after a migration, or when a way of computing it has changed."""
    connection.exec_driver_sql("DELETE FROM enterprise_index")
    found = connection.exec_driver_sql("SELECT id FROM enterprise").all()
    refresh(connection, [row[0] for row in found])


def check(connection: Connection) -> int:
    """Count enterprises whose computed row is missing, left over or not what it should be."""
    names = rowing.columns(Enterprise)
    kept = {
        row[0]: tuple(row) for row in fetch(connection, f"SELECT {_COLUMNS} FROM enterprise_index")
    }
    wrong = 0
    for row in fetch(connection, f"SELECT {','.join(names)} FROM enterprise"):
        wrong += kept.pop(row[0], None) != _row(row[0], dict(zip(names, row, strict=True)))
    return wrong + len(kept)
