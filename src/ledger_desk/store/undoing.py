"""Taking a step back: a new compensating step, field by field (`decisions.md` 3).

A field is restored only where its value is still the step's own; what was edited since is kept and
named. A record that the step made goes away only if nothing was changed in it or hung on it since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import lineage, schema
from ledger_desk.store.journal import Step
from ledger_desk.store.lineage import ALL, Change, Names, chunks

FOUNDING = "create"  # kind of a ledger's first step, 建账


@dataclass(frozen=True)
class Kept:
    """Something that taking a step back would leave as it is, and why."""

    table: str
    record: str
    fields: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class UndoPlan:
    """What taking back (or doing again) a step does: records restored, and what is kept."""

    step: int
    name: str
    restored: int
    kept: tuple[Kept, ...]


@dataclass
class Moves:
    """Stored values to put in place, by table."""

    inserts: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    updates: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    deletes: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, dict[str, int]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)

    def count(self) -> int:
        """Records that are touched."""
        some = (*self.inserts.values(), *self.updates.values(), *self.deletes.values())
        return sum(len(group) for group in some)


def stacks(connection: Connection) -> tuple[list[int], list[int]]:
    """Steps that can be taken back and steps that can be done again, latest last.

    A step that was done again stands for the step it repeats. A new step ends doing again.
    """
    done: list[int] = []
    undone: list[int] = []
    for step, kind, undoes in connection.exec_driver_sql(
        "SELECT id, kind, undoes FROM step ORDER BY id"
    ):
        if kind == "undo":
            if undoes in done:
                done.remove(undoes)
            undone.append(undoes)
        elif kind == "redo":
            if undoes in undone:
                undone.remove(undoes)
            done.append(undoes)
        elif kind != FOUNDING:  # a ledger without its office could never be opened again
            done.append(step)
            undone.clear()
    return done, undone


def is_undone(connection: Connection, step: int) -> bool:
    """Tell whether a step is taken back at present."""
    kind = connection.exec_driver_sql(
        "SELECT kind FROM step WHERE undoes = ? ORDER BY id DESC LIMIT 1", (step,)
    ).scalar()
    return bool(kind == "undo")


def _changes(connection: Connection, step: int) -> list[Change]:
    row = connection.exec_driver_sql("SELECT first, count FROM step WHERE id = ?", (step,)).first()
    if row is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    rows = connection.exec_driver_sql(
        f"SELECT {lineage.COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id",
        (row[0], row[0] + row[1]),
    )
    return [lineage.to_change(r) for r in rows]


def _step_name(connection: Connection, step: int) -> str:
    return str(connection.exec_driver_sql("SELECT name FROM step WHERE id = ?", (step,)).scalar())


def plan_undo(connection: Connection, step: int, *, force: bool = False) -> tuple[UndoPlan, Moves]:
    """Work out what taking a step back does; nothing is written.

    Args:
        connection: A reader's or the writer's.
        step: Number of the step.
        force: Put back the old values even over later edits; records that the step made and others
            hang on go to the recycle bin.

    Raises:
        UserError: There is no such step, it is taken back already, or it founded the ledger.
    """
    kind = connection.exec_driver_sql("SELECT kind FROM step WHERE id = ?", (step,)).scalar()
    if kind == FOUNDING:
        raise UserError(
            f"第 {step} 步“{_step_name(connection, step)}”不能撤销：没有它就没有账套。"
            "单位写错了，请新建账套。"
        )
    if is_undone(connection, step):
        raise UserError(
            f"第 {step} 步“{_step_name(connection, step)}”已经撤销过了。要恢复它请用“重做”。"
        )
    mine: dict[str, list[Change]] = {}
    for change in _changes(connection, step):
        mine.setdefault(change.record, []).append(change)
    names = Names(connection)
    moves = Moves()
    made: dict[str, str] = {}
    for some in chunks(list(mine)):
        histories = lineage.changes_of(connection, list(some))
        for record in some:
            history = histories[record]
            earlier = lineage.fold((c for c in history if c.step < mine[record][0].step), names)
            now = lineage.fold(history, names)
            _plan_record(step, mine[record], earlier, now, moves, made, force)
    _keep_what_others_need(connection, made, moves, force)
    for record, table in made.items():
        moves.deletes.setdefault(table, []).append(record)
    plan = UndoPlan(step, _step_name(connection, step), moves.count(), tuple(moves.kept))
    return plan, moves


def _plan_record(
    step: int,
    changes: list[Change],
    earlier: lineage.Lineage,
    now: lineage.Lineage,
    moves: Moves,
    made: dict[str, str],
    force: bool,
) -> None:
    first, last = changes[0], changes[-1]
    table, record = first.table, first.record
    if first.before is None:  # the step made this record
        if last.after is None or not now.exists:
            return
        since = sorted(f for f, owner in now.owners.items() if f != ALL and owner != step)
        if since and not force:
            moves.kept.append(Kept(table, record, tuple(since), "这条记录后来又改过，保留"))
        elif now.owner(ALL) == step:
            made[record] = table
        return
    if last.after is None:  # the step took it out (an undone creation): not undone again this way
        return
    values: dict[str, Any] = {}
    for change in changes:
        for name, value in (change.before or {}).items():
            values.setdefault(name, value)
    since = sorted(name for name in values if now.owner(name) != step)
    if since and not force:
        moves.kept.append(Kept(table, record, tuple(since), "这几项后来又改过，保留现在的内容"))
        values = {name: value for name, value in values.items() if name not in since}
    if values and now.exists:
        moves.updates.setdefault(table, {})[record] = values
        moves.owners[record] = {n: s for n in values if (s := earlier.owner(n)) is not None}


def _keep_what_others_need(
    connection: Connection, made: dict[str, str], moves: Moves, force: bool
) -> None:
    """Keep records that live records outside the step point to; repeat until nothing changes."""
    pointing = schema.references()
    again = True
    while again:
        again = False
        for table in sorted(set(made.values())):
            ids = [record for record, where in made.items() if where == table]
            needed: dict[str, str] = {}
            for child, name in pointing.get(table, ()):
                for some in chunks(ids):
                    marks = ",".join("?" * len(some))
                    sql = f"SELECT id, {name} FROM {child} WHERE {name} IN ({marks})"
                    for row in connection.exec_driver_sql(sql, tuple(some)):
                        if row[0] not in made:
                            needed[row[1]] = BY_TABLE[child].LABEL
            for record, label in needed.items():
                del made[record]
                again = True
                if force:
                    moves.updates.setdefault(table, {})[record] = {"removed": 1}
                    moves.owners[record] = {}
                else:
                    moves.kept.append(Kept(table, record, (), f"后来有{label}挂在它下面，保留"))


def plan_redo(connection: Connection, step: int) -> tuple[UndoPlan, Moves]:
    """Work out what doing a taken-back step again does: only where what the undo left still stands."""
    undo = connection.exec_driver_sql(
        "SELECT max(id) FROM step WHERE undoes = ? AND kind = 'undo'", (step,)
    ).scalar()
    if undo is None:
        raise UserError(f"第 {step} 步没有撤销过，不用重做。")
    names = Names(connection)
    moves = Moves()
    mine: dict[str, list[Change]] = {}
    for change in _changes(connection, int(undo)):
        mine.setdefault(change.record, []).append(change)
    for some in chunks(list(mine)):
        histories = lineage.changes_of(connection, list(some))
        for record in some:
            change, now = mine[record][0], lineage.fold(histories[record], names)
            if change.after is None:
                if not now.exists:
                    moves.inserts.setdefault(change.table, []).append(
                        (record, dict(change.before or {}))
                    )
                    moves.owners[record] = {ALL: step}
                continue
            put = names.unpack(change.owners)  # whose values the undo left in place
            ours = {
                n: v for n, v in (change.before or {}).items() if now.owner(n) == put.get(n, undo)
            }
            later = tuple(sorted(set(change.before or {}) - set(ours)))
            if later:
                moves.kept.append(
                    Kept(change.table, record, later, "这几项后来又改过，保留现在的内容")
                )
            if ours:
                moves.updates.setdefault(change.table, {})[record] = ours
                moves.owners[record] = dict.fromkeys(ours, step)
    plan = UndoPlan(step, _step_name(connection, step), moves.count(), tuple(moves.kept))
    return plan, moves


def carry_out(step: Step, moves: Moves) -> None:
    """Write planned moves as changes of ``step``; references are checked at the commit."""

    def owners(cls: type[Record], ids: list[str]) -> dict[str, dict[str, int]]:
        return {record: moves.owners.get(record, {}) for record in ids}

    for table, rows in moves.inserts.items():
        cls = BY_TABLE[table]
        step.insert(cls, rows, owners(cls, [record for record, _ in rows]))
    for table, items in moves.updates.items():
        cls = BY_TABLE[table]
        step.update(cls, list(items.items()), owners(cls, list(items)))
    for table, records in moves.deletes.items():
        step.delete(BY_TABLE[table], records)
