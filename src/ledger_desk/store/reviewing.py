"""Reading the journal back: the list of steps, the changes of one, the history of a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE, Intake, Person, Setting
from ledger_desk.store import lineage, rowing
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.queries import Rows
from ledger_desk.store.standing import Standing


@dataclass(frozen=True)
class Change:
    """One changed record of a step; ``before`` None: made, ``after`` None: taken out."""

    table: str
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class HistoryItem:
    """One change of one field: in which step, when, by whom, from what to what."""

    step: int
    step_name: str
    at: datetime
    person: str | None
    field: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class StepFilter:
    """Which steps a list shows; what is left empty does not narrow it.

    Attributes:
        person: Id of who made them.
        kinds: Kinds of steps.
        first, last: Days, both inclusive, by the clock of whoever made them.
        record: Id of a record that they touched.
        text: Part of the step's name.
    """

    person: str = ""
    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    record: str = ""
    text: str = ""


def numbers(rows: Rows, chosen: StepFilter) -> list[int]:
    """Numbers of the steps of a filter, the newest first."""
    tests, values = ["1"], list[Any]()
    if chosen.person:
        tests.append("person = ?")
        values.append(chosen.person)
    if chosen.kinds:
        tests.append(f"kind IN ({','.join('?' * len(chosen.kinds))})")
        values += chosen.kinds
    for day, sign in ((chosen.first, ">="), (chosen.last, "<=")):
        if day is not None:
            tests.append(f"substr(at, 1, 10) {sign} ?")
            values.append(day.isoformat())
    if chosen.record:
        tests.append("id IN (SELECT step FROM change WHERE record = ?)")
        values.append(chosen.record)
    if chosen.text:
        tests.append("instr(name, ?) > 0")
        values.append(chosen.text)
    sql = f"SELECT id FROM step WHERE {' AND '.join(tests)} ORDER BY id DESC"
    return [row[0] for row in lineage.fetch(rows.connection, sql, values)]


def step_name(rows: Rows, step: int) -> str:
    """Name of a step.

    Raises:
        UserError: There is no such step.
    """
    found = rows.connection.exec_driver_sql("SELECT name FROM step WHERE id = ?", (step,)).scalar()
    if found is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    return str(found)


def log(rows: Rows, limit: int, before: int | None) -> list[StepInfo]:
    """List steps, newest first; ``undone`` tells which are taken back at present."""
    found = rows.connection.exec_driver_sql(
        "SELECT id FROM step WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before if before is not None else 2**62, min(limit, 2**62)),
    )
    return list(infos(rows, [row[0] for row in found]).values())


def infos(rows: Rows, steps: Sequence[int]) -> dict[int, StepInfo]:
    """Read some steps, in the order given.

    A step is ``undone`` while the last word on it is an undo, or somebody went back past it; an
    undo or redo, once there is a later word on the step that it speaks of.
    """
    standing = Standing(rows.connection)
    found: dict[int, tuple[Any, ...]] = {}
    for some in lineage.chunks(steps):
        marks = ",".join("?" * len(some))
        # What a step notes for itself stands last in it and is not counted.
        sql = (
            "SELECT id, replica, n, name, kind, person, at, count - (CASE kind WHEN 'import' THEN"
            " (SELECT count(*) FROM change c WHERE c.id >= step.first + step.count - 4"
            " AND c.step = step.id AND c.id < step.first + step.count"
            f" AND c.record_table IN ('{Intake.TABLE}', '{Setting.TABLE}')) ELSE 0 END), hash,"
            f" undoes FROM step WHERE id IN ({marks})"
        )
        found |= {row[0]: row for row in lineage.fetch(rows.connection, sql, some)}
    people = rows.many(Person, [row[5] for row in found.values() if row[5]])

    def info(row: tuple[Any, ...]) -> StepInfo:
        undone = standing.taken_back(row[0]) is not None
        if row[4] in ("undo", "redo") and not undone:
            word = standing.word(row[9])
            undone = word is not None and word[0] != row[0]
        who = people[row[5]].title if row[5] in people else None
        at = datetime.fromisoformat(row[6])
        return StepInfo(row[0], row[1], row[2], row[3], row[4], who, at, row[7], undone, row[8])

    return {step: info(found[step]) for step in steps if step in found}


def _values(table: str, stored: dict[str, Any] | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    cls = BY_TABLE[table]
    return {name: rowing.loaded(cls, name, value) for name, value in stored.items()}


def changes(rows: Rows, step: int, limit: int) -> list[Change]:
    """Changes of one step in their order."""
    row = rows.connection.exec_driver_sql(
        "SELECT first, count FROM step WHERE id = ?", (step,)
    ).first()
    if row is None:
        step_name(rows, step)
        return []
    found = rows.connection.exec_driver_sql(
        f"SELECT {lineage.COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (row[0], row[0] + row[1], limit),
    )
    some = [lineage.to_change(r) for r in found]
    return [
        Change(c.table, c.record, _values(c.table, c.before), _values(c.table, c.after))
        for c in some
    ]


def history(rows: Rows, record: str, field: str | None) -> list[HistoryItem]:
    """Field changes of a record, newest first; making it counts as from empty."""
    found = lineage.changes_of(rows.connection, [record])[record]
    steps = {
        row[0]: row
        for row in rows.connection.exec_driver_sql(
            "SELECT DISTINCT s.id, s.name, s.at, s.person FROM step s JOIN change c ON c.step = s.id WHERE c.record = ?",
            (record,),
        )
    }
    people = rows.many(Person, [row[3] for row in steps.values() if row[3]])
    items = []
    for change in reversed(found):
        _, name, at, person = steps[change.step]
        cls = BY_TABLE[change.table]
        before, after = change.before or {}, change.after or {}
        for key in {**before, **after}:
            if field is not None and key != field:
                continue
            label = "回收站" if key == "removed" else field_map(cls)[key].label
            items.append(
                HistoryItem(
                    change.step, name, datetime.fromisoformat(at),
                    people[person].title if person in people else None, key, label,
                    rowing.loaded(cls, key, before.get(key)), rowing.loaded(cls, key, after.get(key)),
                )
            )  # fmt: skip
    return items


def explain_clash(error: IntegrityError) -> str:
    """Put a refused write into a sentence."""
    text = str(error.orig)
    if "UNIQUE" in text and "enterprise.code" in text:
        return "没有存：账里已有同一个统一社会信用代码的经营主体。请打开那一户修改，或先核对代码。"
    if "FOREIGN KEY" in text:
        return "没有存：有别的记录挂在它下面，或它指的记录已经不在。请先处理那些记录。"
    return f"没有存：内容和账里已有的记录冲突（{text}）。"


__all__ = [
    "Change",
    "HistoryItem",
    "StepFilter",
    "UserError",
    "changes",
    "explain_clash",
    "history",
    "infos",
    "log",
    "numbers",
    "step_name",
]
