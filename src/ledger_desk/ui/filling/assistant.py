"""填上级来表: 选来表 → 认列认户 → 看缺项 → 写成. A page that lies over 数据交换.

Choose a file, Enter on the match, Enter on the gaps: written beside the file that came, under its
name with （已填）. Nothing is written before that.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.model.exchanging import Destination
from ledger_desk.progress import Progress
from ledger_desk.reports.filling import gaps, keeping, written
from ledger_desk.reports.filling import plan as plans
from ledger_desk.reports.filling.plan import FIRMS, Asked, Plan
from ledger_desk.reports.filling.whose import DOUBTFUL
from ledger_desk.reports.filling.working_out import work_out
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.filling import choosing
from ledger_desk.ui.filling.frame import CHOOSE, DONE, LOOK, MATCH, FillFrame
from ledger_desk.ui.filling.gap_papers import GapPapers
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.printing.saving import choose_target

__all__ = ["CHOOSE", "DONE", "LOOK", "MATCH", "FillAssistant"]

Opening = tuple[Plan, list[PickItem], list[Destination]]
Wrote = tuple[written.Written, StepInfo | None, dict[tuple[int, int], str]]


class FillAssistant(FillFrame):
    """Fills one table after another; ``changed`` when the ledger was written to."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Wait for a file; `start` takes one at once."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._written: dict[tuple[int, int], str] | None = None
        self._out: Path | None = None
        self._papers = GapPapers(ledger, jobs, window, self)
        self.file_taken.connect(self.start)
        self.next_wanted.connect(self.go_on)
        self.save_as_wanted.connect(self.save_as)
        self.columns.changed.connect(self._rework)
        self.side.changed.connect(self._rework)
        self.side.firms_chosen.connect(self._list_firms)
        self.look.copied.connect(window.status.say)
        self.look.save_wanted.connect(self.save_list)
        self.look.print_wanted.connect(self.print_list)
        self.look.panel.grid.note_changed.connect(window.status.say)
        self.look.panel.grid.lazy_model().dataChanged.connect(self._typed)

    def entered(self) -> None:
        """Begin anew, unless something is being looked at or done."""
        if self._stage in (CHOOSE, DONE) and self._job is None:
            self.restart()

    def restart(self) -> None:
        """Go back to the choice of a file."""
        self._plan = None
        self._start.refuse("")
        self._show(CHOOSE)

    def start(self, path: Path) -> None:
        """Open a file, match it, and show the match."""
        self.restart()

        def work(progress: Progress) -> Opening:
            asked = plans.look(Path(path), self._ledger, progress=progress)
            plan = work_out(self._ledger, asked, progress)
            firms = choosing.offered(self._ledger, self._window) if asked.empty else []
            return plan, firms, self._ledger.find(Query(Destination))

        self._run(f"正在看“{Path(path).name}”", "停下，什么都没写。", work, self._opened)

    def go_on(self) -> None:
        """The filled button: on to the gaps, write, close."""
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed counts
        if not self._go.isEnabled() or self._plan is None:
            return
        if self._stage == MATCH:
            self._out = None
            self.look.show_plan(self._plan)
            self._show(LOOK)
        elif self._stage == LOOK or self._is_unwritten():
            self._write(self._out or written.suggest_path(self._plan))
        else:
            self.leave()

    def save_as(self) -> None:
        """Ask where to, then write."""
        if self._plan is None:
            return
        target = choose_target(
            self._window, written.suggest_path(self._plan).name, action="fill-out"
        )
        if target is not None:
            self._write(target)

    def save_list(self) -> None:
        """Write the call list as .xlsx and enter it in the register."""
        plan, some = self._plan, self.look.shown_gaps()
        if plan is None or not some:
            return
        target = choose_target(self._window, gaps.file_name(plan, ".xlsx"), action="fill-out")
        if target is None:
            return
        private = plan.asked.way.private

        def work(progress: Progress) -> tuple[Path, int, str]:
            firms = gaps.write_list(plan, target, some, private, progress)
            left = Leaving(
                f"“{plan.asked.opened.path.stem}”缺项清单",
                firms,
                purpose="电话补缺",
                private=private,
            )
            return target, firms, register(self._ledger, target, left).why

        self._jobs.start(
            work, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
            succeeded=self._list_saved, failed=self._not_done,
        )  # fmt: skip

    def print_list(self) -> None:
        """Show the call list on paper; from there to the printer or into a PDF."""
        if self._plan is not None:
            self._papers.begin(self._plan, self.look.shown_gaps())

    # Between the stages

    def _opened(self, opening: Opening) -> None:
        self._job = None
        plan, firms, places = opening
        self._written, self._out = None, None
        self.side.offer(firms, places)
        self._take(plan)
        # Where only one of the two fits, what has to be settled comes first.
        self._beside = not plan.rows or plan.count(DOUBTFUL) > 0
        self._place_side()
        self._show(MATCH)

    def _take(self, plan: Plan) -> None:
        self._plan = plan
        self.columns.show_plan(plan)
        self.side.show_plan(plan)

    def _rework(self, asked: Asked) -> None:
        """Work the plan out anew after a correction; the page stays."""

        def work(progress: Progress) -> Plan:
            return work_out(self._ledger, asked, progress)

        self._run("", "", work, self._reworked, quiet=True)

    def _list_firms(self, choice: str) -> None:
        plan = self._plan
        if plan is None:
            return

        def work(progress: Progress) -> Plan:
            firms = tuple(choosing.resolve(self._ledger, self._window, choice))
            return work_out(self._ledger, replace(plan.asked, firms=firms), progress)

        self._run("", "", work, self._listed, quiet=True)

    def _listed(self, plan: Plan) -> None:
        self._reworked(plan)
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reworked(self, plan: Plan) -> None:
        self._job = None
        self._quiet = False
        self._take(plan)
        self._tell()

    def _write(self, out: Path) -> None:
        plan, typed = self._plan, dict(self.look.typed)
        if plan is None:
            return
        kept = self.look.keep.isChecked() and plan.asked.rows_are == FIRMS
        place = self.side.chosen_place()

        def work(progress: Progress) -> Wrote:
            done = written.write_filled(
                self._ledger, plan, out, typed=typed, receiver=place.title if place else "",
                destination=place.id if place else None, progress=progress,
            )  # fmt: skip
            return done, keeping.keep(self._ledger, plan, typed) if kept else None, typed

        self._run(f"正在写 {out.name}", "停下，不留半个文件。", work, self._wrote)

    def _wrote(self, done: Wrote) -> None:
        self._job = None
        result, step, typed = done
        self._written, self._out = typed, result.path
        self.look.say_done(result.sentence)
        self._show(DONE)
        self._window.toasts.done("填好了", result.sentence, ways_to(result.path))
        self.changed.emit()
        if step is not None:
            self._window.toasts.undo(step.name, f"共 {step.rows:,} 条")

    def _is_unwritten(self) -> bool:
        return self._written is not None and self._written != self.look.typed

    def _typed(self, *_changed: object) -> None:
        if self._stage == DONE:
            self._tell()

    def _fail(self, error: BaseException) -> None:
        if self._stage == CHOOSE and isinstance(error, UserError):
            self._start.refuse(str(error))
            self._show(CHOOSE)
        else:
            self._show(self._stage)
            show_error(self._window, error, "表没有填成")

    def _list_saved(self, result: tuple[Path, int, str]) -> None:
        path, firms, why = result
        said = f"{firms:,} 户。{why or '已记入传出登记。'}"
        self._window.toasts.done("缺项清单存好了", f"{path.name}\n{said}", ways_to(path))
        self.changed.emit()

    def _not_done(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "清单没有写成")
