"""What was edited since a step, told for each kept record: value then, value now, by whom, when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import BY_TABLE, Person
from ledger_desk.store import lineage, rowing, schema
from ledger_desk.store.lineage import Change
from ledger_desk.store.moves import Kept
from ledger_desk.store.queries import Rows


@dataclass(frozen=True)
class KeptField:
    """One reason for keeping a record: a field that was edited, or records that hang on it.

    Attributes:
        spec: The field; None for the recycle bin and for hanging records.
        label: Its label, ``回收站``, or the label of the hanging records.
        before: Value before the step; None where the step made the record.
        wrote: Value that the step wrote.
        now: Present value; True for the recycle bin; the number of hanging records.
        person: Who changed it last, None where nobody is registered.
        at: When.
    """

    spec: FieldSpec | None
    label: str
    before: Any
    wrote: Any
    now: Any
    person: str | None
    at: datetime


@dataclass(frozen=True)
class KeptRecord:
    """A kept record with its title and its reasons; ``made`` by the step or only changed by it."""

    kept: Kept
    title: str
    made: bool
    fields: tuple[KeptField, ...]


@dataclass(frozen=True)
class _Touch:
    """The step that touched something last."""

    person: str | None
    at: datetime


def describe(rows: Rows, step: int, kept: Sequence[Kept]) -> list[KeptRecord]:
    """Tell all about some kept records of a plan; costs as much as these have changes.

    Args:
        rows: The ledger.
        step: The step that the plan takes back.
        kept: Some of the plan's, for instance those in sight.
    """
    histories = lineage.changes_of(rows.connection, [item.record for item in kept])
    hanging = {item.record: list(_hanging(rows, item)) for item in kept if not item.fields}
    steps = {c.step for history in histories.values() for c in history}
    steps |= {child[2] for children in hanging.values() for child in children}
    touches = _touches(rows, sorted(steps))
    found = []
    for item in kept:
        cls = BY_TABLE[item.table]
        record = rows.get(cls, item.record)
        mine = [c for c in histories[item.record] if c.step == step]
        fields = [
            _field(cls, record, n, step, histories[item.record], touches) for n in item.fields
        ]
        for label, count, last in hanging.get(item.record, ()):
            touch = touches[last]
            fields.append(KeptField(None, label, None, None, count, touch.person, touch.at))
        title = record.title if record is not None else cls.LABEL
        made = bool(mine) and mine[0].before is None
        found.append(KeptRecord(item, title, made, tuple(fields)))
    return found


def _field(
    cls: type[Record],
    record: Record | None,
    name: str,
    step: int,
    history: Sequence[Change],
    touches: dict[int, _Touch],
) -> KeptField:
    before = wrote = None
    seen = False
    for change in history:
        if change.step == step:
            if not seen:
                before = (change.before or {}).get(name)
                seen = change.before is None or name in change.before
            wrote = (change.after or {}).get(name, wrote)
    last = next(c.step for c in reversed(history) if c.after is None or name in c.after or c.before is None)  # fmt: skip
    spec = field_map(cls).get(name)
    return KeptField(
        spec, spec.label if spec is not None else "回收站", rowing.loaded(cls, name, before),
        rowing.loaded(cls, name, wrote), getattr(record, name, None), touches[last].person,
        touches[last].at,
    )  # fmt: skip


def _hanging(rows: Rows, item: Kept) -> Iterator[tuple[str, int, int]]:
    """(label, how many, last step that touched one) of what points to a record."""
    for table, name in schema.references().get(item.table, ()):
        sql = f"SELECT id FROM {table} WHERE {name} = ?"
        ids = [row[0] for row in lineage.fetch(rows.connection, sql, (item.record,))]
        if ids:
            newest = lineage.changes_of(rows.connection, ids[-1:])[ids[-1]]
            yield BY_TABLE[table].LABEL, len(ids), newest[-1].step


def _touches(rows: Rows, steps: Sequence[int]) -> dict[int, _Touch]:
    found: dict[int, tuple[str | None, str]] = {}
    for some in lineage.chunks(steps):
        marks = ",".join("?" * len(some))
        sql = f"SELECT id, person, at FROM step WHERE id IN ({marks})"
        found |= {row[0]: (row[1], row[2]) for row in lineage.fetch(rows.connection, sql, some)}
    people = rows.many(Person, [person for person, _ in found.values() if person])
    return {
        step: _Touch(people[p].title if p in people else None, datetime.fromisoformat(at))
        for step, (p, at) in found.items()
    }
