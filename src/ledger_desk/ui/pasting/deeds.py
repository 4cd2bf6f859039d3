"""Plans and writes cells, at once or as a job, says what came of it, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from ledger_desk.exchange import pasting
from ledger_desk.exchange.blocks import Block
from ledger_desk.exchange.pasting import Layout, PastePlan
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_moves import go_to_cell
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow

AT_ONCE = 2_000  # cells; more are a job
LEAVES = "停下，一格都不改"


@dataclass(frozen=True)
class Deed:
    """What is to be written.

    Attributes:
        made: The plan.
        name: Name of the step.
        next_id: Record to go to afterwards, '' to stay.
        next_column: Column to go to.
        quiet: No toast: a single cell was typed.
    """

    made: PastePlan
    name: str
    next_id: str = ""
    next_column: int = -1
    quiet: bool = False


class CellDeeds(QObject):
    """Works on the cells of a grid; `changed` after each step, the grid being read again already."""

    changed = Signal()

    def __init__(self, grid: Grid, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Write into ``ledger`` what ``grid`` shows."""
        super().__init__(grid)
        self._grid, self._ledger, self._jobs, self._window = grid, ledger, jobs, window
        self._step: StepInfo | None = None

    def plan(
        self, block: Block, layout: Layout, done: Callable[[PastePlan], object], title: str,
        *, erase: bool = False, exact: bool = False,
    ) -> None:  # fmt: skip
        """Plan, and hand the plan on; a large block is looked at by a job."""
        work = partial(
            pasting.plan, self._ledger, layout, block, erase=erase, exact=exact,
            heading=False if erase else None,
        )  # fmt: skip
        if len(block) * len(block[0]) <= AT_ONCE:
            done(work(progress=silent))
            return
        self._jobs.start(
            lambda progress: work(progress=progress), title=title, leaves=LEAVES,
            succeeded=done, failed=self._failed,
        )  # fmt: skip

    def write(self, deed: Deed) -> None:
        """Write a plan as one step."""
        made = deed.made
        if not made.changes:
            self._window.status.say("和账里一样，没有要改的")
            self._go_on(deed)
        elif len(made.changes) * len(made.columns) > AT_ONCE:
            self._jobs.start(
                partial(self._apply, deed), title=f"正在写入：{deed.name}", leaves=LEAVES,
                succeeded=self._written, failed=self._failed,
            )  # fmt: skip
        else:
            try:
                self._written(self._apply(deed, silent))
            except Exception as error:  # noqa: BLE001 - shown in the window
                self._failed(error)

    def _apply(self, deed: Deed, progress: Progress) -> tuple[Deed, StepInfo | None]:
        return deed, pasting.apply(self._ledger, deed.made, progress, name=deed.name)

    def _written(self, found: tuple[Deed, StepInfo | None]) -> None:
        deed, step = found
        self._grid.reload()
        self._go_on(deed)
        self._window.toasts.clear_undo()  # it speaks of the step before
        if step is not None and not deed.quiet:
            self._step = step
            self._window.toasts.undo(f"已{deed.name}", told(deed), [("撤销  Ctrl+Z", self.undo)])
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step told of back, as a job: it may have many rows."""
        self._window.toasts.clear_undo()
        self._jobs.start(
            self._take_back, title="正在撤销", succeeded=self._taken_back, failed=self._failed
        )

    def _take_back(self, progress: Progress) -> StepInfo | None:
        progress(0, 0, "正在撤销")
        return self._ledger.undo(self._step.id) if self._step is not None else None

    def _taken_back(self, step: StepInfo | None) -> None:
        self._grid.reload()
        if step is not None:
            self._window.toasts.undo(f"已{step.name}", f"共 {step.rows:,} 条")
        self.changed.emit()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有写进去")

    def _go_on(self, deed: Deed) -> None:
        place = self._grid.lazy_model().source.place(deed.next_id) if deed.next_id else None
        if place is not None:
            go_to_cell(self._grid, place, deed.next_column)


def told(deed: Deed) -> str:
    """Say what came of it: cells changed, and those left as they are."""
    counts = deed.made.counts
    parts = [f"改了 {counts[pasting.CHANGED]:,} 格"]
    if counts[pasting.SAME]:
        parts.append(f"{counts[pasting.SAME]:,} 格本来就一样")
    if counts[pasting.BLANK]:
        parts.append(f"空着的 {counts[pasting.BLANK]:,} 格没有动")
    left = sum(
        counts[fate] for fate in (pasting.WRONG, pasting.LOCKED, pasting.HIDDEN, pasting.OUTSIDE)
    )
    if left:
        parts.append(f"另有 {left:,} 格没有改")
    return "，".join(parts)
