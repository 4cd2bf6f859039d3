"""What is done with steps: take one back, go back to one, bring back what a record was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.progress import Progress
from ledger_desk.store.going_back import BackPlan
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.restoring import Item
from ledger_desk.store.undoing import Kept, UndoPlan
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.history.back_dialog import BackDialog, kept_lines
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow

Brought = tuple[StepInfo, tuple[Kept, ...]]


class HistoryDeeds(QObject):
    """Does it as a job, says so in a toast, and offers to take it back; `changed` when done."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QWidget) -> None:
        """Work on a ledger."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self.dialog: BackDialog | None = None

    def ask_undo(self, step: StepInfo) -> None:
        """Say what taking a step back would do, then do it when the person agrees."""

        def work(progress: Progress) -> UndoPlan:
            return self._ledger.plan_undo(step.id, progress=progress)

        self._jobs.start(
            work, title="正在看能撤销多少", leaves="停下，什么都不改", succeeded=self._undo_planned,
            failed=self._failed,
        )  # fmt: skip

    def _undo_planned(self, plan: UndoPlan) -> None:
        sentence = f"会恢复 {plan.restored:,} 条。撤销也是一步，随时能再撤回来。"
        choices = [("go", f"撤销 {plan.restored:,} 条")] if plan.restored else []
        if plan.kept:
            named = "；".join(kept_lines(self._ledger, plan.kept))
            sentence += f"有 {len(plan.kept):,} 条后来又动过，会保留现在的内容：{named}。"
            if not all(item.fixed for item in plan.kept):
                choices.insert(0, ("force", "连后来的改动一起撤"))
        answer = ask_choice(self._window, f"撤销“{plan.name}”", sentence, choices, close="不撤了")
        if answer is None:
            return

        def work(progress: Progress) -> StepInfo:
            return self._ledger.undo(plan.step, force=answer == "force", progress=progress)

        self._jobs.start(
            work, title=f"正在撤销“{plan.name}”", leaves="停下，账和原来一样", succeeded=self._done,
            failed=self._failed,
        )  # fmt: skip

    def ask_go_back(self, step: StepInfo) -> None:
        """Say what going back to a step would do, then do it when the person agrees."""

        def work(progress: Progress) -> BackPlan:
            return self._ledger.plan_back(step.id, progress)

        self._jobs.start(
            work, title="正在看要退回多少", leaves="停下，什么都不改", succeeded=self._back_planned,
            failed=self._failed,
        )  # fmt: skip

    def _back_planned(self, plan: BackPlan) -> None:
        self.dialog = BackDialog(self._window, self._ledger, plan)

        def work(progress: Progress) -> StepInfo:
            return self._ledger.go_back(plan.plan.step, progress=progress)

        def go() -> None:
            self._jobs.start(
                work, title="正在退回", leaves="停下，账和原来一样", succeeded=self._done,
                failed=self._failed,
            )  # fmt: skip

        self.dialog.wanted.connect(go)
        self.dialog.open()

    def bring_back(
        self, name: str, items: Sequence[Item], step: int, *, fields: Sequence[str] = (),
        children: bool = False,
    ) -> None:  # fmt: skip
        """Make records, or fields of them, again what they were after a step."""

        def work(progress: Progress) -> Brought:
            return self._ledger.bring_back(name, items, step, fields=fields, children=children)

        self._jobs.start(work, title="正在恢复", succeeded=self._brought, failed=self._failed)

    def take_out(self, name: str, items: Sequence[Item]) -> None:
        """Take records out of the recycle bin."""

        def work(progress: Progress) -> Brought:
            return self._ledger.take_out(name, items)

        self._jobs.start(work, title="正在恢复", succeeded=self._brought, failed=self._failed)

    def undo(self, step: int) -> None:
        """Take back what was just done."""
        self._window.toasts.clear_undo()

        def work(progress: Progress) -> StepInfo:
            return self._ledger.undo(step, progress=progress)

        self._jobs.start(work, title="正在撤销", succeeded=self._undone, failed=self._failed)

    def _undone(self, step: StepInfo) -> None:
        self._window.toasts.undo(f"已{step.name}", f"共 {step.rows:,} 条")
        self.changed.emit()

    def _done(self, step: StepInfo) -> None:
        actions = [("撤销  Ctrl+Z", lambda: self.undo(step.id))] if step.kind != "undo" else []
        self._window.toasts.undo(f"已{step.name}", f"恢复 {step.rows:,} 条", actions)
        self.changed.emit()

    def _brought(self, made: Brought) -> None:
        step, kept = made
        said = f"共 {step.rows:,} 条"
        actions = [("撤销  Ctrl+Z", lambda: self.undo(step.id))]
        if kept:
            why = "；".join(kept_lines(self._ledger, kept))
            self._window.toasts.warn(f"已{step.name}", f"{said}。没有恢复：{why}", actions)
        else:
            self._window.toasts.undo(f"已{step.name}", said, actions)
        self.changed.emit()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "账没有动")
