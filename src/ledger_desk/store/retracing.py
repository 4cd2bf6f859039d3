"""Looking back and going back: the part of a ledger that lists, takes back and does again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.store import (
    going_back,
    intakes,
    kept,
    recycling,
    restoring,
    reviewing,
    standing,
    undoing,
)
from ledger_desk.store.going_back import BackPlan
from ledger_desk.store.intakes import Reading
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.kept import KeptRecord
from ledger_desk.store.past import Past
from ledger_desk.store.queries import Rows
from ledger_desk.store.recycling import Binned
from ledger_desk.store.restoring import Item
from ledger_desk.store.reviewing import Change, HistoryItem, StepFilter
from ledger_desk.store.undoing import Kept, UndoPlan


class _Door(Protocol):
    """What retracing needs of a ledger: a picture to read, and the one way to write."""

    def read(self) -> AbstractContextManager[Rows]:
        """Read a consistent picture."""

    def as_of(self, step: int) -> Past:
        """Give the ledger as it was after a step."""

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

    def steps(self: _Door, chosen: StepFilter) -> list[int]:
        """List the numbers of some steps, the newest first; see `infos`."""
        with self.read() as rows:
            return reviewing.numbers(rows, chosen)

    def infos(self: _Door, steps: Sequence[int]) -> list[StepInfo]:
        """Tell about some steps, in the order given."""
        with self.read() as rows:
            return list(reviewing.infos(rows, steps).values())

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

    def plan_undo(
        self: _Door,
        step: int | None = None,
        *,
        force: bool = False,
        revert: Collection[str] = (),
        progress: Progress = silent,
    ) -> UndoPlan:
        """Say what taking back a step (default: the last) would restore and keep.

        Args:
            step: Its number. For an undo it is said what doing its step again would do.
            force: Take back what was edited since as well.
            revert: Ids of records whose later edits are taken back as well.
            progress: May cancel.
        """
        with self.read() as rows:
            again, target = undoing.meant(rows.connection, _target(rows, step))
            if again:
                return undoing.plan_redo(rows.connection, target, progress)[0]
            return undoing.plan_undo(
                rows.connection, target, force=force, revert=revert, progress=progress
            )[0]

    def plan_redo(self: _Door, step: int, progress: Progress = silent) -> UndoPlan:
        """Say what doing a taken-back step again would restore, and what is kept."""
        with self.read() as rows:
            return undoing.plan_redo(rows.connection, _target(rows, step), progress)[0]

    def kept(self: _Door, step: int, some: Sequence[Kept]) -> list[KeptRecord]:
        """Tell about some kept records of a plan: values then and now, by whom and when changed."""
        with self.read() as rows:
            return kept.describe(rows, step, some)

    def undo(
        self: _Door,
        step: int | None = None,
        *,
        force: bool = False,
        revert: Collection[str] = (),
        progress: Progress = silent,
    ) -> StepInfo:
        """Take back a step (default: the last); itself a step, so it can be done again.

        Args:
            step: Its number. Taking back an undo does its step again.
            force: Take back what was edited since as well.
            revert: Ids of records whose later edits are taken back as well.
            progress: May cancel until the step is written.

        Raises:
            UserError: Nothing to take back, or everything of the step was edited since.
            Cancelled: From ``progress``; nothing is changed.
        """
        with self.read() as rows:
            again, target = undoing.meant(rows.connection, _target(rows, step))
            name = reviewing.step_name(rows, target)
        if again:
            return _redo(self, target, name, progress)
        with self.step(f"撤销：{name}", "undo", undoes=target) as made:
            plan, moves = undoing.plan_undo(
                made.rows.connection, target, force=force, revert=revert, progress=progress
            )
            if not plan.restored:
                why = f"{len(plan.kept)} 条后来都改过" if plan.kept else "它没有留下改动"
                raise UserError(
                    f"“{name}”没有撤销：{why}。可以逐条看修改记录，或选择连后来的改动一起撤销。"
                )
            undoing.carry_out(made, moves, progress)
        assert made.result is not None  # what is planned differs from what is there
        return made.result

    def redo(self: _Door, step: int | None = None, *, progress: Progress = silent) -> StepInfo:
        """Do again what was taken back last, or a certain step that is taken back.

        Raises:
            UserError: Nothing to do again.
            Cancelled: From ``progress``; nothing is changed.
        """
        with self.read() as rows:
            if step is None:
                _, undone = undoing.stacks(rows.connection)
                if not undone:
                    raise UserError("没有可以重做的步骤。")
                step = undone[-1]
            name = reviewing.step_name(rows, _target(rows, step))
        return _redo(self, step, name, progress)

    def plan_back(self: _Door, step: int, progress: Progress = silent) -> BackPlan:
        """Say what going back to a step would do: all steps after it are taken back in one.

        Raises:
            UserError: There is no such step, or none after it.
            Cancelled: From ``progress``.
        """
        with self.read() as rows:
            return going_back.plan_back(rows.connection, _target(rows, step), progress)[0]

    def go_back(self: _Door, step: int, *, progress: Progress = silent) -> StepInfo:
        """Make everything as it was after a step; itself a step, so it can be undone.

        Raises:
            UserError: There is no such step, or everything is so already.
            Cancelled: From ``progress``; nothing is changed.
        """
        with self.read() as rows:
            name = reviewing.step_name(rows, _target(rows, step))
        title = f"回到第 {step} 步“{name}”之后"
        with self.step(title, standing.BACK, undoes=step) as made:
            found, moves = going_back.plan_back(made.rows.connection, step, progress)
            if not found.plan.restored:
                why = f"，留着的 {len(found.plan.kept)} 条收不回来" if found.plan.kept else ""
                raise UserError(f"现在和第 {step} 步之后一样{why}。没有要退回的。")
            undoing.carry_out(made, moves, progress)
        assert made.result is not None  # what is planned differs from what is there
        return made.result

    def bring_back(
        self: _Door, name: str, items: Sequence[Item], step: int, *, fields: Collection[str] = (),
        children: bool = False,
    ) -> tuple[StepInfo, tuple[Kept, ...]]:  # fmt: skip
        """Make some records, or fields of them, again what they were after a step, as one step.

        Args:
            name: What the step is called.
            items: (table, id) of the records; also those that are not there any more.
            step: After which step.
            fields: Only these fields; none: the records as they were.
            children: Also what hung on them then and was removed since.

        Returns:
            The step, and what could not come back, with the reason.

        Raises:
            UserError: Nothing of it differs, or nothing of it can come back.
        """
        wanted = list(items)
        if children:
            with self.as_of(step) as past, past.read() as then, self.read() as rows:
                wanted += restoring.lost_below(then, rows, items)
        with self.step(name) as made:
            moves = restoring.plan_restore(made.rows.connection, wanted, step, fields)
            if not moves.count():
                why = moves.kept[0].why if moves.kept else "现在就是这样"
                raise UserError(f"没有恢复：{why}。")
            undoing.carry_out(made, moves)
        assert made.result is not None  # what is planned differs from what is there
        return made.result, tuple(moves.kept)

    def binned(self: _Door) -> list[Binned]:
        """List what lies in the recycle bin, of all kinds of records, the newest first."""
        with self.read() as rows:
            return recycling.listing(rows)

    def take_out(
        self: _Door, name: str, items: Sequence[Item]
    ) -> tuple[StepInfo, tuple[Kept, ...]]:
        """Take records out of the recycle bin as one step; see `bring_back`.

        Raises:
            UserError: None of them can come back, or none is in the bin.
        """
        with self.step(name) as made:
            moves = recycling.plan_out(made.rows.connection, items)
            if not moves.count():
                why = moves.kept[0].why if moves.kept else "它们已经不在回收站里"
                raise UserError(f"没有恢复：{why}。")
            undoing.carry_out(made, moves)
        assert made.result is not None  # everything planned was in the bin
        return made.result, tuple(moves.kept)

    def imports(
        self: _Door, limit: int = 200, before: int | None = None, *, offset: int = 0
    ) -> list[Reading]:
        """List every reading in, newest first, also those taken back; with what it said of its file."""
        with self.read() as rows:
            return intakes.readings(rows, limit, before, offset)

    def import_count(self: _Door, after: int = 0) -> int:
        """How many readings in there are, all or those after a step."""
        with self.read() as rows:
            return intakes.count(rows, after)

    def read_before(self: _Door, digest: str) -> StepInfo | None:
        """The latest reading in, not taken back, of a file with this SHA-256; None for none."""
        with self.read() as rows:
            return intakes.read_before(rows, digest)


def _redo(door: _Door, step: int, name: str, progress: Progress) -> StepInfo:
    with door.step(f"重做：{name}", "redo", undoes=step) as made:
        plan, moves = undoing.plan_redo(made.rows.connection, step, progress)
        if not plan.restored:
            raise UserError(f"“{name}”没有重做：撤销以后这些内容都改过了。")
        undoing.carry_out(made, moves, progress)
    assert made.result is not None  # what is planned differs from what is there
    return made.result
