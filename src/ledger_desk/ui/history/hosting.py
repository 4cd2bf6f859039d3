"""The time machine over a page: asks for the moment, lays its list over the page, takes it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.past import Past
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.history.past_dialog import PastDialog
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.covered import CoveredPage

if TYPE_CHECKING:
    from ledger_desk.ui.history.past_lists import PastList
    from ledger_desk.ui.history.past_page import PastPage


class TimeMachine(QObject):
    """Works for one page.

    Signals:
        changed: Something was brought back from the past.
        left: The page is in the present again.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self, ledger: Ledger, jobs: Jobs, window: MainWindow, page: CoveredPage,
        kind: Callable[[], PastList],
    ) -> None:  # fmt: skip
        """Work for a page; ``kind`` says which list it shows, with which columns."""
        super().__init__(page)
        self._ledger, self._jobs, self._window, self._page = ledger, jobs, window, page
        self._kind = kind
        self.view: PastPage | None = None
        self.dialog: PastDialog | None = None

    def ask(self) -> None:
        """Ask which moment, then show it."""
        step = self.view.past.step.id if self.view is not None else None
        self.dialog = PastDialog(self._window, self._ledger, step)
        self.dialog.wanted.connect(self.show)
        self.dialog.open()

    def show(self, step: int) -> None:
        """Show the list as it was after a step; laying the past over it is a job."""

        def work(progress: Progress) -> Past:
            return self._ledger.as_of(step)

        self._jobs.start(work, title="正在看那时的账", succeeded=self._ready, failed=self._failed)

    def leave(self) -> None:
        """Go back to the present."""
        view, self.view = self.view, None
        if view is not None:
            if self._page.cover_view is view:
                self._page.uncover()
                self.left.emit()
            view.let_go()
            view.deleteLater()

    def refresh(self) -> None:
        """Compare with the present anew."""
        if self.view is None:
            return
        if self._page.cover_view is self.view:
            self.view.refresh()
        else:  # something else took its place, for instance a file dropped on the page
            self.leave()

    def _ready(self, past: Past) -> None:
        from ledger_desk.ui.history.past_page import PastPage  # late: it builds on the page's parts

        before, self.view = self.view, None
        view = PastPage(self._ledger, self._jobs, self._window, past, self._kind())
        self.view = view
        view.closed.connect(self.leave)
        view.other_wanted.connect(self.ask)
        view.changed.connect(self.changed)
        self._page.cover(view)
        if before is not None:
            before.let_go()
            before.deleteLater()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "那时的名单没有打开")
