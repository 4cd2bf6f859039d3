"""Every reading in ever, also those that were taken back: the steps, with what they say of their file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from ledger_desk.model.records import Intake, Person
from ledger_desk.store import lineage, reviewing, rowing
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.queries import Rows
from ledger_desk.store.standing import Standing

KIND = "import"
_LAST = 4  # the intake is among the last changes of its step


@dataclass(frozen=True)
class Reading:
    """One reading in.

    Attributes:
        step: The step that read it in.
        intake: What it says of the file; None for steps of programs that did not say it.
        undone_at: When it was taken back, None while it holds.
        undone_by: By whom.
    """

    step: StepInfo
    intake: Intake | None
    undone_at: datetime | None = None
    undone_by: str | None = None


def count(rows: Rows, after: int = 0) -> int:
    """How many readings in there are, all or those after a step."""
    sql = "SELECT count(*) FROM step WHERE kind = ? AND id > ?"
    return int(rows.connection.exec_driver_sql(sql, (KIND, after)).scalar() or 0)


def readings(rows: Rows, limit: int, before: int | None = None, offset: int = 0) -> list[Reading]:
    """List readings in, newest first.

    Args:
        rows: The ledger.
        limit: How many at the most.
        before: Only steps before this one.
        offset: How many of the newest to pass over.
    """
    found = lineage.fetch(
        rows.connection,
        "SELECT id, first, count FROM step WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT ? OFFSET ?",
        (KIND, before if before is not None else 2**62, limit, offset),
    )
    steps = reviewing.infos(rows, [row[0] for row in found])
    return [_reading(rows, steps[row[0]], row[1] + row[2]) for row in found]


def _reading(rows: Rows, step: StepInfo, end: int) -> Reading:
    intake = None
    sql = "SELECT record, after FROM change WHERE id >= ? AND id < ? AND record_table = ? AND step = ?"
    for record, after in lineage.fetch(
        rows.connection, sql, (end - _LAST, end, Intake.TABLE, step.id)
    ):
        values = json.loads(after or "{}")
        intake = Intake(id=record, **{n: rowing.loaded(Intake, n, v) for n, v in values.items()})
    if not step.undone:
        return Reading(step, intake)
    back = Standing(rows.connection).taken_back(step.id)
    at, person = rows.connection.exec_driver_sql(
        "SELECT at, person FROM step WHERE id = ?", (back,)
    ).one()
    who = rows.get(Person, person)
    return Reading(step, intake, datetime.fromisoformat(at), who.title if who else None)


def read_before(rows: Rows, digest: str) -> StepInfo | None:
    """The latest reading in of a file with this SHA-256 that still holds; None for none."""
    sql = (
        "SELECT max(c.step) FROM intake i JOIN change c ON c.record = i.id AND c.before IS NULL"
        " JOIN step s ON s.id = c.step AND s.kind = ? WHERE i.hash = ? AND i.removed = 0"
    )
    step = rows.connection.exec_driver_sql(sql, (KIND, digest)).scalar()
    return reviewing.infos(rows, [int(step)])[int(step)] if step is not None else None
