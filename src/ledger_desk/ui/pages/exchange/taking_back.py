"""Taking a reading in back, and putting it in again: plan, look, one step; each as a job."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ledger_desk.progress import Progress
from ledger_desk.store.intakes import Reading
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import UndoPlan
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.exchange.intake_rows import file_of
from ledger_desk.ui.pages.exchange.take_back_page import TakeBackPage
from ledger_desk.ui.records.covered import CoveredPage


class TakingBack(QObject):
    """What a person sees and decides lies over the page (`TakeBackPage`); `changed` when done."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, page: CoveredPage) -> None:
        """Work for a page."""
        super().__init__(page)
        self._ledger, self._jobs, self._window, self._page = ledger, jobs, window, page
        self._reading: Reading | None = None
        self._view: TakeBackPage | None = None

    def view(self) -> TakeBackPage | None:
        """What lies over the page at present."""
        return self._view

    def look(self, reading: Reading) -> None:
        """Find out what it would do, then show it."""
        self._reading = reading
        step = reading.step.id

        def work(progress: Progress) -> UndoPlan:
            if reading.step.undone:
                return self._ledger.plan_redo(step, progress)
            return self._ledger.plan_undo(step, progress=progress)

        self._jobs.start(
            work, title="正在看后来改过没有", leaves="停下，什么都不改", succeeded=self._planned,
            failed=self._failed,
        )  # fmt: skip

    def _planned(self, plan: UndoPlan) -> None:
        if self._reading is None:
            return
        self._close()
        self._view = TakeBackPage(self._ledger, self._reading, plan)
        self._view.closed.connect(self._close)
        self._view.go_wanted.connect(self._go)
        self._page.cover(self._view)

    def _go(self) -> None:
        view, reading = self._view, self._reading
        if view is None or reading is None:
            return
        view.set_busy(busy=True)
        step, chosen, again = reading.step.id, view.chosen(), reading.step.undone

        def work(progress: Progress) -> StepInfo:
            if again:
                return self._ledger.redo(step, progress=progress)
            return self._ledger.undo(step, revert=chosen, progress=progress)

        self._jobs.start(
            work, title=f"正在{'恢复' if again else '撤销'}装入 {file_of(reading)}",
            leaves="停下，账和原来一样", succeeded=self._done, failed=self._not_done,
            cancelled=self._stopped,
        )  # fmt: skip

    def _done(self, step: StepInfo) -> None:
        reading = self._reading
        self._close()
        self.changed.emit()
        if reading is None:
            return
        back = partial(self._turn_back, reading.step.id, step.kind)
        name = file_of(reading)
        if step.kind == "undo":
            said, action = f"已撤销装入 {name}", ("恢复装入", back)
        else:
            said, action = f"已恢复装入 {name}", ("撤销", back)
        self._window.toasts.undo(said, f"共 {step.rows:,} 条", [action])

    def _turn_back(self, step: int, kind: str) -> None:
        """Do the contrary of what was just done, as it was; nothing can have been edited since."""
        self._window.toasts.clear_undo()
        self._reading = next(iter(self._ledger.imports(1, step + 1)), None)

        def work(progress: Progress) -> StepInfo:
            if kind == "undo":
                return self._ledger.redo(step, progress=progress)
            return self._ledger.undo(step, progress=progress)

        self._jobs.start(work, title="正在放回来", succeeded=self._done, failed=self._failed)

    def _close(self) -> None:
        view, self._view = self._view, None
        if view is not None:
            if self._page.cover_view is view:
                self._page.uncover()
            view.deleteLater()

    def _stopped(self) -> None:
        if self._view is not None:
            self._view.set_busy(busy=False)

    def _not_done(self, error: object) -> None:
        self._stopped()
        self._failed(error)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "账没有动")
