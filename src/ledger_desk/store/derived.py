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
from ledger_desk.store import bulk, likeness, rowing, search
from ledger_desk.store.lineage import chunks, fetch

_REQUIRED = frozenset(spec.name for spec in fields_of(Enterprise) if spec.required)
_NAMES = ("id", "text", "size", "complete", "finger", "contact")
Row = tuple[str, str, str, int, str, str]  # in the order of _NAMES
# Kept in the ledger's particulars: which way of computing its index follows.
KEY, VERSION = "derived", likeness.VERSION


def computed(records: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Compute the index rows of enterprises given by column.

    划型 is the person's own where one is set, else what follows from the figures; '' when not known
    yet. Completeness (建档完整度) is the per cent of the required fields that are filled, rounded
    down: 100 means all.

    Args:
        records: Their ids.
        columns: Field → stored values; fields that nobody fills may be left out.
    """
    empty = [None] * len(records)

    def get(name: str) -> Sequence[Any]:
        return columns.get(name, empty)

    texts = search.search_texts(columns, len(records))
    figures = zip(*map(get, ("size_set", "industry", "staff", "revenue", "assets")), strict=True)
    sizes = [str(own) if own else size.grade_of(*rest) for own, *rest in figures]
    filled = [[value not in (None, "") for value in get(name)] for name in _REQUIRED]
    complete = [100 * sum(row) // len(_REQUIRED) for row in zip(*filled, strict=True)]
    fingers = [likeness.finger(name or "") for name in get("name")]
    contacts = [
        likeness.contact(person or "", phone or "")
        for person, phone in zip(get("person"), get("phone"), strict=True)
    ]
    return list(zip(records, texts, sizes, complete, fingers, contacts, strict=True))


def _computed(rows: Sequence[tuple[Any, ...]]) -> list[Row]:
    """Compute the index rows of stored rows in the order of `rowing.columns`."""
    if not rows:
        return []
    columns = dict(zip(rowing.columns(Enterprise), zip(*rows, strict=True), strict=True))
    return computed(columns["id"], columns)


def put(connection: Connection, rows: Sequence[Row]) -> None:
    """Write computed rows in place of those of the same enterprises."""
    bulk.insert(connection, "enterprise_index", _NAMES, iter(rows), word="INSERT OR REPLACE")


def refresh(connection: Connection, records: Iterable[str]) -> None:
    """Make the index agree with the rows of the given enterprises; vanished ones leave it."""
    names = rowing.columns(Enterprise)
    for some in chunks(sorted(records)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT {','.join(names)} FROM enterprise WHERE id IN ({marks})"
        found = _computed(fetch(connection, sql, some))
        if len(found) < len(some):
            connection.exec_driver_sql(
                f"DELETE FROM enterprise_index WHERE id IN ({marks})", tuple(some)
            )
        put(connection, found)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew: after a migration, or when a way of computing it has changed."""
    connection.exec_driver_sql("DELETE FROM enterprise_index")
    found = connection.exec_driver_sql("SELECT id FROM enterprise").all()
    refresh(connection, [row[0] for row in found])


def check(connection: Connection) -> int:
    """Count enterprises whose computed row is missing, left over or not what it should be."""
    kept = {
        row[0]: tuple(row)
        for row in fetch(connection, f"SELECT {','.join(_NAMES)} FROM enterprise_index")
    }
    names = ",".join(rowing.columns(Enterprise))
    wrong = 0
    for some in chunks(fetch(connection, f"SELECT {names} FROM enterprise")):
        wrong += sum([kept.pop(row[0], None) != row for row in _computed(some)])
    return wrong + len(kept)
