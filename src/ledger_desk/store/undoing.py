"""Taking a step back: a new compensating step, field by field (`decisions.md` 3).

A field is restored only where its value is still the step's own; what was edited since is kept and
named, unless the person chooses to have it taken back as well. A record that the step made goes
away only if nothing was changed in it or hung on it since.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE
from ledger_desk.progress import Progress, silent
from ledger_desk.store import lineage
from ledger_desk.store.lineage import Change, Names, chunks, fetch
from ledger_desk.store.moves import Kept, Moves, UndoPlan, carry_out, settle
from ledger_desk.store.undo_planning import UndoPlanner

__all__ = [
    "DISPATCHED",
    "FOUNDING",
    "NOT_TAKEN_BACK",
    "Kept",
    "Moves",
    "UndoPlan",
    "carry_out",
    "is_undone",
    "meant",
    "plan_redo",
    "plan_undo",
    "stacks",
]

FOUNDING = "create"  # kind of a ledger's first step, 建账
DISPATCHED = "dispatch"  # kind of a step that registers a file which left
# Steps that record what is so whatever the ledger says; undo passes over them.
NOT_TAKEN_BACK = frozenset({FOUNDING, DISPATCHED})


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
        elif kind not in NOT_TAKEN_BACK:
            done.append(step)
            undone.clear()
    return done, undone


def is_undone(connection: Connection, step: int) -> bool:
    """Tell whether a step is taken back at present."""
    kind = connection.exec_driver_sql(
        "SELECT kind FROM step WHERE undoes = ? ORDER BY id DESC LIMIT 1", (step,)
    ).scalar()
    return bool(kind == "undo")


def meant(connection: Connection, step: int) -> tuple[bool, int]:
    """What taking a step back comes to: (do again instead, the step that is meant).

    To take back an undo is to do its step again; to take back a redo is to undo its step.

    Raises:
        UserError: The step is an undo or redo after which its step was undone or redone again.
    """
    sql = "SELECT kind, undoes FROM step WHERE id = ?"
    row = connection.exec_driver_sql(sql, (step,)).first()
    if row is None or row[0] not in ("undo", "redo"):
        return False, step
    last = "SELECT max(id) FROM step WHERE undoes = ?"
    if connection.exec_driver_sql(last, (row[1],)).scalar() != step:
        raise UserError(
            f"第 {step} 步“{_step_name(connection, step)}”已经撤销过了：后来又撤销或重做过那一步。"
        )
    return row[0] == "undo", int(row[1])


def _step_name(connection: Connection, step: int) -> str:
    return str(connection.exec_driver_sql("SELECT name FROM step WHERE id = ?", (step,)).scalar())


def _span(connection: Connection, step: int) -> tuple[int, int]:
    """First change of a step, and the first one after it."""
    row = connection.exec_driver_sql("SELECT first, count FROM step WHERE id = ?", (step,)).first()
    if row is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    return row[0], row[0] + row[1]


def _refuse(connection: Connection, step: int) -> None:
    """Refuse a step that cannot be taken back."""
    kind = connection.exec_driver_sql("SELECT kind FROM step WHERE id = ?", (step,)).scalar()
    name = _step_name(connection, step)
    if kind == FOUNDING:
        raise UserError(f"第 {step} 步“{name}”不能撤销：没有它就没有账套。单位写错了，请新建账套。")
    if kind == DISPATCHED:
        raise UserError(
            f"第 {step} 步“{name}”不能撤销：它登记的文件已经传出去了。发错了，请另传一份说明。"
        )
    if is_undone(connection, step):
        raise UserError(f"第 {step} 步“{name}”已经撤销过了。要恢复它请用“重做”。")


def plan_undo(
    connection: Connection,
    step: int,
    *,
    force: bool = False,
    revert: Collection[str] = (),
    progress: Progress = silent,
) -> tuple[UndoPlan, Moves]:
    """Work out what taking a step back does; nothing is written.

    Args:
        connection: A reader's or the writer's.
        step: Number of the step.
        force: Take everything back, later edits included.
        revert: Ids of kept records that are taken back all the same. Every other record that the
            plan without choices keeps is kept. One that the step made and others hang on goes to
            the recycle bin, since it cannot go away.
        progress: Told after some hundreds of records.

    Raises:
        UserError: There is no such step, it is taken back already, or it never can be.
        Cancelled: From ``progress``.
    """
    first, end = _span(connection, step)
    _refuse(connection, step)
    planner = UndoPlanner(connection, step, None if force else revert)
    # What the step made and nobody touched since is known by the index alone: most of an import.
    touched = "EXISTS (SELECT 1 FROM change d WHERE d.record = c.record AND d.id <> c.id)"
    mine = "FROM change c WHERE c.id >= ? AND c.id < ?"
    progress(0, 0, "正在看后来改过没有")
    sql = f"SELECT record_table, record {mine} AND c.before IS NULL AND NOT {touched} ORDER BY c.id"
    planner.made = {row[1]: row[0] for row in fetch(connection, sql, (first, end))}
    if not set(planner.made.values()) <= BY_TABLE.keys():
        raise UserError("修改记录里有读不懂的变更，账套已损坏。请先做“体检”，再用最近的备份还原。")
    rest: dict[str, list[Change]] = {}
    sql = f"SELECT {lineage.COLUMNS} {mine} AND (c.before IS NOT NULL OR {touched}) ORDER BY c.id"
    for row in fetch(connection, sql, (first, end)):
        rest.setdefault(row[3], []).append(lineage.to_change(row))
    for number, some in enumerate(chunks(list(rest))):
        progress(number * len(some), len(rest), "正在看后来改过没有")
        planner.take({record: rest[record] for record in some})
    moves = planner.finish()
    return moves.plan(step, _step_name(connection, step)), moves


def plan_redo(
    connection: Connection, step: int, progress: Progress = silent
) -> tuple[UndoPlan, Moves]:
    """Work out what doing a taken-back step again does: only where what the undo left still stands.

    Every value comes back as what it was before the undo, also as to whose it is.

    Raises:
        UserError: The step is not taken back.
        Cancelled: From ``progress``.
    """
    if not is_undone(connection, step):
        raise UserError(f"第 {step} 步没有撤销过，不用重做。")
    undo = connection.exec_driver_sql(
        "SELECT max(id) FROM step WHERE undoes = ? AND kind = 'undo'", (step,)
    ).scalar_one()
    names, moves = Names(connection), Moves()
    first, end = _span(connection, int(undo))
    sql = f"SELECT {lineage.COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id"
    mine = {row[3]: lineage.to_change(row) for row in fetch(connection, sql, (first, end))}
    for number, some in enumerate(chunks(list(mine))):
        progress(number * len(some), len(mine), "正在看能恢复多少")
        histories = lineage.changes_of(connection, list(some))
        for record in some:
            change, history = mine[record], histories[record]
            now = lineage.fold(history, names)
            then = lineage.fold((c for c in history if c.step < undo), names)
            if change.after is None:
                if not now.exists:
                    moves.inserts.setdefault(change.table, {})[record] = dict(change.before or {})
                    moves.owners[record] = then.owners
                continue
            put = names.unpack(change.owners)  # whose values the undo left in place
            ours = {
                n: v for n, v in (change.before or {}).items() if now.owner(n) == put.get(n, undo)
            }
            later = tuple(sorted(set(change.before or {}) - set(ours)))
            if later:
                why = "这几项后来又改过，保留现在的内容"
                moves.kept.append(Kept(change.table, record, later, why, fixed=True))
            if ours:
                moves.updates.setdefault(change.table, {})[record] = ours
                moves.owners[record] = {n: s for n in ours if (s := then.owner(n)) is not None}
    settle(connection, moves)
    return moves.plan(step, _step_name(connection, step)), moves
