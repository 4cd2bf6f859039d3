"""Looking back and going back: the part of a ledger that lists, takes back and does again."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from ledger_desk.errors import UserError
from ledger_desk.store import reviewing, undoing
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.queries import Rows
from ledger_desk.store.reviewing import Change, HistoryItem
from ledger_desk.store.undoing import UndoPlan


class _Door(Protocol):
    """What retracing needs of a ledger: a picture to read, and the one way to write."""

    def read(self) -> AbstractContextManager[Rows]:
        """Read a consistent picture."""

    def step(
        self, name: str, kind: str = "edit", *, undoes: int | None = None
    ) -> AbstractContextManager[Step]:
        """Make one named step."""


def _target(rows: Rows, step: int | None) -> int:
    """Give the step that is meant: the named one, else the last that can be taken back."""
    if step is None:
        return _last_done(rows)
    if abs(step) >= 2**62:  # no number of a step, and more than the engine can hold
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    return step


def _last_done(rows: Rows) -> int:
    done, _ = undoing.stacks(rows.connection)
    if not done:
        raise UserError("没有可以撤销的步骤。")
    return done[-1]


class Retracing:
    """Mixed into `Ledger`: the journal read back, undo and redo."""

    def log(self: _Door, limit: int = 200, before: int | None = None) -> list[StepInfo]:
        """List steps, newest first."""
        with self.read() as rows:
            return reviewing.log(rows, limit, before)

    def changes(self: _Door, step: int, limit: int = 1000) -> list[Change]:
        """List the changes of one step with stored values turned into values."""
        with self.read() as rows:
            return reviewing.changes(rows, step, limit)

    def history(self: _Door, record: str, field: str | None = None) -> list[HistoryItem]:
        """History of a record, or of one of its fields: who, when, from what to what; newest first."""
        with self.read() as rows:
            return reviewing.history(rows, record, field)

    def undo_name(self: _Door) -> str | None:
        """Name of the step that undo would take back."""
        with self.read() as rows:
            done, _ = undoing.stacks(rows.connection)
            return reviewing.step_name(rows, done[-1]) if done else None

    def redo_name(self: _Door) -> str | None:
        """Name of the step that redo would do again."""
        with self.read() as rows:
            _, undone = undoing.stacks(rows.connection)
            return reviewing.step_name(rows, undone[-1]) if undone else None

    def plan_undo(self: _Door, step: int | None = None, *, force: bool = False) -> UndoPlan:
        """Say what taking back a step (default: the last) would restore and keep."""
        with self.read() as rows:
            return undoing.plan_undo(rows.connection, _target(rows, step), force=force)[0]

    def undo(self: _Door, step: int | None = None, *, force: bool = False) -> StepInfo:
        """Take back a step (default: the last); itself a step, so it can be done again.

        Raises:
            UserError: Nothing to take back, or everything of the step was edited since.
        """
        with self.read() as rows:
            target = _target(rows, step)
            name = reviewing.step_name(rows, target)
        with self.step(f"撤销：{name}", "undo", undoes=target) as made:
            plan, moves = undoing.plan_undo(made.rows.connection, target, force=force)
            undoing.carry_out(made, moves)
        if made.result is None:
            why = f"{len(plan.kept)} 条后来都改过" if plan.kept else "它没有留下改动"
            raise UserError(
                f"“{name}”没有撤销：{why}。可以逐条看修改记录，或选择连后来的改动一起撤销。"
            )
        return made.result

    def redo(self: _Door) -> StepInfo:
        """Do again what was taken back last.

        Raises:
            UserError: Nothing to do again.
        """
        with self.read() as rows:
            _, undone = undoing.stacks(rows.connection)
            if not undone:
                raise UserError("没有可以重做的步骤。")
            name = reviewing.step_name(rows, undone[-1])
        with self.step(f"重做：{name}", "redo", undoes=undone[-1]) as made:
            _, moves = undoing.plan_redo(made.rows.connection, undone[-1])
            undoing.carry_out(made, moves)
        if made.result is None:
            raise UserError(f"“{name}”没有重做：撤销以后这些内容都改过了。")
        return made.result
