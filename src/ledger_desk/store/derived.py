"""What hangs on the door: what is computed of every enterprise that a step touched.

Search text, 划型, completeness, the keys by which firms are compared, first-loan standing, lenders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model import completeness
from ledger_desk.model.lending import YEARS
from ledger_desk.model.records import (
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Repayment,
    Setting,
)
from ledger_desk.store import bulk, lending, likeness, rowing
from ledger_desk.store.firm_rows import NAMES, Row, computed
from ledger_desk.store.lineage import chunks, fetch

# What follows from records that hang on a firm: the field by which each leads to it.
LEADS = {
    Loan.TABLE: "enterprise",
    Cultivation.TABLE: "enterprise",
    Drawdown.TABLE: "loan",
    Repayment.TABLE: "loan",
}
# Kept in the ledger's particulars: which way of computing its index follows.
KEY, VERSION = "derived", f"{likeness.VERSION}.3"


def required(connection: Connection) -> tuple[str, ...]:
    """Give the fields that the office marks as required."""
    sql = "SELECT value FROM setting WHERE removed = 0 AND name = ?"
    row = connection.exec_driver_sql(sql, (completeness.SETTING,)).first()
    return completeness.marked(row[0] if row is not None else None)


def _computed(
    connection: Connection, rows: Sequence[tuple[Any, ...]], asked: Sequence[str]
) -> list[Row]:
    """Compute the index rows of stored rows in the order of `rowing.columns`."""
    if not rows:
        return []
    columns = dict(zip(rowing.columns(Enterprise), zip(*rows, strict=True), strict=True))
    ids = columns["id"]
    return computed(ids, columns, asked, lending.read(connection, ids))


def concerned(connection: Connection, step: int, touched: Mapping[str, Iterable[str]]) -> set[str]:
    """Find the firms of which something computed follows from other records that a step touched.

    Those of the records as they are, and those that they belonged to before.

    Args:
        connection: The writer's, with everything of the step in it.
        step: Number of the step.
        touched: Table → ids of the records touched.
    """
    firms: set[str] = set()
    loans: set[str] = set()
    for table, link in LEADS.items():
        if not touched.get(table):
            continue
        into = firms if link == "enterprise" else loans
        for some in chunks(list(touched[table])):
            marks = ",".join("?" * len(some))
            sql = f"SELECT DISTINCT {link} FROM {table} WHERE id IN ({marks})"
            into.update(row[0] for row in fetch(connection, sql, some) if row[0])
        sql = (
            f"SELECT DISTINCT json_extract(before, '$.{link}') FROM change"
            " WHERE step = ? AND record_table = ? AND before IS NOT NULL"
        )
        into.update(row[0] for row in fetch(connection, sql, (step, table)) if row[0])
    for some in chunks(sorted(loans)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT DISTINCT enterprise FROM loan WHERE id IN ({marks})"
        firms.update(row[0] for row in fetch(connection, sql, some) if row[0])
    return firms


def marks_touched(connection: Connection, touched: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether a step touched what all files follow: the required fields, the years of 首贷."""
    some = list(touched.get(Setting.TABLE, ()))
    if not some:
        return False
    marks = ",".join("?" * len(some))
    sql = f"SELECT 1 FROM setting WHERE name IN (?, ?) AND id IN ({marks})"
    followed = (completeness.SETTING, YEARS.name)
    found = connection.exec_driver_sql(sql, (*followed, *some)).first()
    return found is not None or _setting_went(connection, some)


def _setting_went(connection: Connection, some: Sequence[str]) -> bool:
    """Tell whether one of some settings is gone altogether: undone, it may have been any."""
    marks = ",".join("?" * len(some))
    sql = f"SELECT count(*) FROM setting WHERE id IN ({marks})"
    return int(connection.exec_driver_sql(sql, tuple(some)).scalar() or 0) < len(some)


def put(connection: Connection, rows: Sequence[Row]) -> None:
    """Write computed rows in place of those of the same enterprises."""
    bulk.insert(connection, "enterprise_index", NAMES, iter(rows), word="INSERT OR REPLACE")


def put_new(connection: Connection, rows: Sequence[Row], together: int) -> None:
    """Write computed rows of new enterprises, at least one; ``together``: see `bulk.insert`."""
    columns = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    bulk.insert_columns(connection, "enterprise_index", columns, together)


def refresh(connection: Connection, records: Iterable[str]) -> None:
    """Make the index agree with the rows of the given enterprises; vanished ones leave it."""
    names, asked = rowing.columns(Enterprise), required(connection)
    for some in chunks(sorted(records)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT {','.join(names)} FROM enterprise WHERE id IN ({marks})"
        found = _computed(connection, fetch(connection, sql, some), asked)
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
        for row in fetch(connection, f"SELECT {','.join(NAMES)} FROM enterprise_index")
    }
    names, asked = ",".join(rowing.columns(Enterprise)), required(connection)
    wrong = 0
    for some in chunks(fetch(connection, f"SELECT {names} FROM enterprise")):
        wrong += sum([kept.pop(row[0], None) != row for row in _computed(connection, some, asked)])
    return wrong + len(kept)
