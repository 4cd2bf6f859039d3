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
from ledger_desk.store.contrary import plan_contrary
from ledger_desk.store.lineage import Change, chunks, fetch
from ledger_desk.store.moves import Kept, Moves, UndoPlan, carry_out
from ledger_desk.store.standing import (
    BACK,
    CLOSED,
    DISPATCHED,
    FOUNDING,
    NOT_TAKEN_BACK,
    Standing,
    is_undone,
    stacks,
)
from ledger_desk.store.undo_planning import UndoPlanner

__all__ = [
    "BACK",
    "CLOSED",
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


def meant(connection: Connection, step: int) -> tuple[bool, int]:
    """What taking a step back comes to: (do again instead, the step that is meant).

    To take back an undo is to do its step again; to take back a redo is to undo its step.

    Raises:
        UserError: The step is an undo or redo after which its step was undone or redone again, or
            one that somebody went back past.
    """
    sql = "SELECT kind, undoes FROM step WHERE id = ?"
    row = connection.exec_driver_sql(sql, (step,)).first()
    if row is None or row[0] not in ("undo", "redo"):
        return False, step
    standing = Standing(connection)
    _refuse_passed(connection, standing, step)
    last = standing.word(int(row[1]))
    if last is None or last[0] != step:
        raise UserError(
            f"第 {step} 步“{_step_name(connection, step)}”已经撤销过了：后来又撤销或重做过那一步。"
        )
    return row[0] == "undo", int(row[1])


def _refuse_passed(connection: Connection, standing: Standing, step: int) -> None:
    """Refuse what somebody went back past: it comes back with all the rest, by undoing that."""
    back = standing.passed(step)
    if back is not None:
        raise UserError(
            f"第 {step} 步“{_step_name(connection, step)}”已经随第 {back} 步"
            f"“{_step_name(connection, back)}”一起退回了。要它回来，请撤销第 {back} 步。"
        )


def _step_name(connection: Connection, step: int) -> str:
    return str(connection.exec_driver_sql("SELECT name FROM step WHERE id = ?", (step,)).scalar())


def _kind(connection: Connection, step: int) -> str:
    return str(connection.exec_driver_sql("SELECT kind FROM step WHERE id = ?", (step,)).scalar())


def _span(connection: Connection, step: int) -> tuple[int, int]:
    """First change of a step, and the first one after it."""
    row = connection.exec_driver_sql("SELECT first, count FROM step WHERE id = ?", (step,)).first()
    if row is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    return row[0], row[0] + row[1]


def _refuse(connection: Connection, step: int) -> None:
    """Refuse a step that cannot be taken back."""
    kind = _kind(connection, step)
    name = _step_name(connection, step)
    if kind == FOUNDING:
        raise UserError(f"第 {step} 步“{name}”不能撤销：没有它就没有账套。单位写错了，请新建账套。")
    if kind == DISPATCHED:
        raise UserError(
            f"第 {step} 步“{name}”不能撤销：它登记的文件已经传出去了。发错了，请另传一份说明。"
        )
    if kind == CLOSED:
        raise UserError(
            f"第 {step} 步“{name}”不能撤销：定稿要留底。要改这一期，请在“报表”里反结账，写明原因和同意人。"
        )
    standing = Standing(connection)
    _refuse_passed(connection, standing, step)
    if standing.taken_back(step) is not None:
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
    if _kind(connection, step) == BACK:
        word = Standing(connection).word(step)  # done again: what is taken back is the newest
        moves = plan_contrary(
            connection, word[0] if word is not None else step, revert=None if force else revert,
            progress=progress, says="正在看后来改过没有",
        )  # fmt: skip
        return moves.plan(step, _step_name(connection, step)), moves
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
    standing = Standing(connection)
    _refuse_passed(connection, standing, step)
    undo = standing.taken_back(step)
    if undo is None:
        raise UserError(f"第 {step} 步没有撤销过，不用重做。")
    moves = plan_contrary(connection, undo, fixed=True, progress=progress)
    return moves.plan(step, _step_name(connection, step)), moves
