"""What is done to look-alikes: merged, many at once, judged apart, taken apart; each one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates import merging, splitting
from ledger_desk.exchange.duplicates.finding import Group
from ledger_desk.model.records import Verdict
from ledger_desk.progress import Progress
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.duplicates.comparing import Comparing
from ledger_desk.ui.duplicates.dialogs import ApartDialog, ManyDialog, SplitDialog
from ledger_desk.ui.duplicates.field_rows import hanging_words
from ledger_desk.ui.duplicates.search import Settled
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow


class DuplicateDeeds(QObject):
    """Does it, says so in a toast, and offers to take it back.

    Signals:
        settled: (step, `Settled`): groups need not be looked at any more.
        changed: The ledger was changed, also by taking a deed back.
    """

    settled = Signal(object, object)
    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Work on a ledger."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._many: list[Group] = []

    def merge(self, comparing: Comparing, reason: str) -> bool:
        """Merge a group as it was decided; whether it was done."""
        survivor, absorbed = comparing.survivor, comparing.absorbed()
        choices = {name: by for name, by in comparing.choices.items() if by in comparing.merged()}
        step = self._try(
            partial(merging.merge, self._ledger, survivor, absorbed, choices, reason), "没有合并"
        )
        if step is None:
            return False
        moved = {
            label: number
            for label, number in comparing.hanging_together().items()
            if number > comparing.hanging(survivor).get(label, 0)
        }
        moved = {label: n - comparing.hanging(survivor).get(label, 0) for label, n in moved.items()}
        what = comparing.title(absorbed[0]) if len(absorbed) == 1 else f"{len(absorbed)} 户"
        told = f"{hanging_words(moved)}转过来了；" if moved else ""
        self._done(
            step, Settled(frozenset(absorbed)), f"已把 {what} 并入 {comparing.title(survivor)}",
            f"{told}以后也能在“合并过的”里拆开",
        )  # fmt: skip
        return True

    def ask_apart(self, comparing: Comparing) -> ApartDialog:
        """Ask for a reason, then note that they are not one firm."""
        ids = comparing.ids if not comparing.out else [*comparing.out, *comparing.merged()]
        dialog = ApartDialog(self._window, [comparing.title(record) for record in ids])
        left = tuple(comparing.merged()) if comparing.out else ()
        settled = Settled(group=tuple(sorted(comparing.ids)), left=left)
        dialog.given.connect(partial(self._judge, comparing.pairs_apart(), settled))
        dialog.open()
        return dialog

    def ask_many(self, groups: Sequence[Group], skipped: int) -> ManyDialog:
        """Say how many would be merged at once, then do it as a job."""
        self._many = list(groups)
        dialog = ManyDialog(self._window, groups, skipped)
        dialog.agreed.connect(self._merge_many)
        dialog.open()
        return dialog

    def ask_split(self, verdict: Verdict, told: str) -> SplitDialog | None:
        """Say what taking a merge apart would do, then do it."""
        try:
            plan = splitting.plan_split(self._ledger, verdict.id)
        except UserError as error:
            show_error(self._window, error, "没有拆开")
            return None
        dialog = SplitDialog(self._window, plan, told)
        dialog.agreed.connect(partial(self._split, plan))
        dialog.open()
        return dialog

    def ask_again(self, verdict: Verdict, titles: str) -> None:
        """Take a 不是同一户 away: the two may be found again."""

        def work() -> StepInfo | None:
            with self._ledger.step(f"查重：{titles} 可以再问", "edit") as step:
                step.remove(Verdict, verdict.id)
            return step.result

        step = self._try(work, "没有改")
        if step is not None:
            self._done(step, None, "这两户可以再问了", titles)

    def _judge(self, pairs: list[tuple[str, str]], settled: Settled, reason: str) -> None:
        step = self._try(partial(merging.judge_apart, self._ledger, pairs, reason), "没有记下")
        if step is not None:
            self._done(step, settled, "已记下：不是同一户", "以后查重和装入都不再问")

    def _split(self, plan: splitting.SplitPlan, different: bool) -> None:
        step = self._try(
            partial(splitting.split, self._ledger, plan.verdict, different=different), "没有拆开"
        )
        if step is not None:
            self._done(step, None, f"已拆开 {plan.title}", "它名下的记录都回来了")

    def _merge_many(self) -> None:
        groups = list(self._many)

        def work(progress: Progress) -> StepInfo:
            return merging.merge_exact(self._ledger, groups, progress)

        self._jobs.start(
            work, title=f"正在合并 {len(groups):,} 组", leaves="停下，账和原来一样",
            succeeded=self._merged_many, failed=self._failed,
        )  # fmt: skip

    def _merged_many(self, step: StepInfo) -> None:
        ids = [record for group in self._many for record in group.ids]
        gone = len(ids) - len(self._many)
        self._done(step, Settled(frozenset(ids)), f"已合并 {len(self._many):,} 组，并掉 {gone:,} 户",
                   "以后也能在“合并过的”里一户一户拆开")  # fmt: skip

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有合并")

    def _try(self, work: Callable[[], StepInfo | None], doing: str) -> StepInfo | None:
        try:
            return work()
        except UserError as error:
            show_error(self._window, error, doing)
            return None

    def _done(self, step: StepInfo, settled: Settled | None, said: str, more: str) -> None:
        undo = partial(self._undo, step.id)
        self._window.toasts.undo(said, more, [("撤销  Ctrl+Z", undo)])
        if settled is not None:  # else more may look alike than before: searched anew
            self.settled.emit(step, settled)
        self.changed.emit()

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        self._try(partial(self._ledger.undo, step), "没有撤销")
        self.changed.emit()
