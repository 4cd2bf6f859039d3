"""What hangs on a firm, and what a merge did to it: asked of the journal when one is taken apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger_desk.model.exchanging import Verdict
from ledger_desk.store import schema
from ledger_desk.store.lineage import (
    ALL,
    COLUMNS,
    Change,
    Lineage,
    Names,
    changes_of,
    fetch,
    fold,
    to_change,
)
from ledger_desk.store.queries import Rows

MERGE, SPLIT = "merge", "split"  # kinds of steps


def children(
    rows: Rows, records: Sequence[str], *, removed: bool = True
) -> dict[str, list[tuple[str, str, str]]]:
    """Give what refers to the given firms: firm → [(table, field, id)]; verdicts are not among it.

    ``removed`` takes what lies in the recycle bin, too.
    """
    found: dict[str, list[tuple[str, str, str]]] = {record: [] for record in records}
    ids = json.dumps(list(records))
    live = "" if removed else " AND removed = 0"
    for table, field in schema.references()["enterprise"]:
        if table == Verdict.TABLE:
            continue
        sql = (
            f"SELECT {field}, id FROM {table}"
            f" WHERE {field} IN (SELECT value FROM json_each(?)){live} ORDER BY rowid"
        )
        for firm, child in fetch(rows.connection, sql, (ids,)):
            found[firm].append((table, field, child))
    return found


def first_steps(rows: Rows, records: Sequence[str]) -> dict[str, int]:
    """Give the step that first made each record."""
    sql = (
        "SELECT record, min(step) FROM change"
        " WHERE record IN (SELECT value FROM json_each(?)) GROUP BY record"
    )
    return dict(fetch(rows.connection, sql, (json.dumps(list(records)),)))


def merge_of(rows: Rows, verdict: str) -> tuple[int, int] | None:
    """Give the step that wrote a verdict, and the step whose values those are.

    The two differ where a merge was taken back and done again: the second is the first merge.
    """
    sql = (
        "SELECT step, owners FROM change WHERE record = ? AND before IS NULL"
        " ORDER BY id DESC LIMIT 1"
    )
    row = rows.connection.exec_driver_sql(sql, (verdict,)).first()
    if row is None:
        return None
    return int(row[0]), Names(rows.connection).unpack(row[1]).get(ALL, int(row[0]))


def moved(rows: Rows, step: int, absorbed: str) -> list[tuple[str, str, str]]:
    """Give what a merge moved away from one firm: (table, field, id)."""
    found = []
    own = {pair for pair in schema.references()["enterprise"] if pair[0] != Verdict.TABLE}
    for change in step_changes(rows, step):
        for field, value in (change.before or {}).items():
            if change.after and value == absorbed and (change.table, field) in own:
                found.append((change.table, field, change.record))
    return found


def step_changes(rows: Rows, step: int) -> list[Change]:
    """Give the changes of one step in order."""
    sql = (
        f"SELECT {COLUMNS} FROM change WHERE id >= (SELECT first FROM step WHERE id = ?)"
        " AND id < (SELECT first + count FROM step WHERE id = ?) ORDER BY id"
    )
    return [to_change(row) for row in fetch(rows.connection, sql, (step, step))]


class Written(NamedTuple):
    """One value that a field had: the step that wrote it, and whether that was a merge or a split."""

    step: int
    value: Any
    by_merge: bool


def written(rows: Rows, record: str) -> dict[str, list[Written]]:
    """Give all values that the fields of a record ever had, by field, the oldest first.

    What an undo put back, or a redo did again, counts as of the step whose value it is.
    """
    names = Names(rows.connection)
    changes = [(c, names.unpack(c.owners)) for c in changes_of(rows.connection, [record])[record]]
    steps = {change.step for change, _ in changes} | {s for _, own in changes for s in own.values()}
    sql = "SELECT id FROM step WHERE kind IN (?, ?) AND id IN (SELECT value FROM json_each(?))"
    found_steps = fetch(rows.connection, sql, (MERGE, SPLIT, json.dumps(sorted(steps))))
    merges = {row[0] for row in found_steps}
    found: dict[str, list[Written]] = {}
    for change, own in changes:
        if change.before is None:
            found.clear()
        for name, value in (change.after or {}).items():
            step = own.get(name, own.get(ALL, change.step))
            found.setdefault(name, []).append(Written(step, value, step in merges))
    return found


def owners(rows: Rows, records: Sequence[str]) -> dict[str, Lineage]:
    """Give where the values of records come from."""
    names = Names(rows.connection)
    found = changes_of(rows.connection, records)
    return {record: fold(changes, names) for record, changes in found.items()}
