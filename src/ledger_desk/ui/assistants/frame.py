"""The frame of an assistant: its steps, one piece of work at a time, files dropped at any time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.progress import Progress
from ledger_desk.ui.bars import Stepper
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.importing.start_view import BusyView, dropped_file
from ledger_desk.ui.jobs import Job, Jobs
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.scrolling import Scrolling


class StageFrame(Page):
    """Shows one stage after another; what happens between them is the assistant's own affair.

    A frame adds its buttons to the head, calls `_lay`, adds its buttons to the bottom bar, and
    calls `_begin`. It overrides `_tell`, which says what the buttons say, and `_fail`.

    Signals:
        closed: The person has finished, or does not want to go on.
        file_taken: Path of a file that was chosen or dropped.
        next_wanted, stop_wanted: Buttons.
    """

    closed = Signal()
    file_taken = Signal(object)
    next_wanted = Signal()
    stop_wanted = Signal()

    _jobs: Jobs

    def __init__(self, title: str, steps: Sequence[str]) -> None:
        """Make the frame; ``steps`` are the words of the stepper."""
        super().__init__(title)
        self._steps = len(steps)
        self._stage = 0
        self._job: Job | None = None
        self._quiet = False
        self._stepper = Stepper(steps)
        self._busy = BusyView(self.stop_wanted.emit)
        self._stack = QStackedWidget()
        self._views: dict[int, QWidget] = {}
        self._words = FittingLabel([""], "dim")
        self.bottom.say(self._words)
        self.stop_wanted.connect(self._stop)

    def _lay(
        self, start: QWidget, views: Mapping[int, QWidget], done: int | None = None
    ) -> None:  # fmt: skip
        """Put the views in: ``start`` belongs to stage 0, the others to the stages that are named.

        In the stage ``done`` all steps are behind.
        """
        self._done = done
        place = Scrolling(start, clear=0)
        self._views = {0: place, **views}
        for view in (place, *dict.fromkeys(views.values()), self._busy):
            self._stack.addWidget(view)
        self.body.add(self._stepper).add(self._stack, stretch=1)

    def _begin(self) -> None:
        """Add the filled button and show the first stage."""
        self._go = self.bottom.add_button(Button("", self.next_wanted.emit, kind="pri", key="F12"))
        self.setAcceptDrops(True)
        self._show(0)

    def stage(self) -> int:
        """Which stage is shown, from 0."""
        return self._stage

    def leave(self) -> None:
        """Close; work that goes on is stopped first. Nothing is half done."""
        self.stop_wanted.emit()
        self.closed.emit()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Where height is short the steps give way."""
        super().set_mode(mode, very_short=very_short)
        self._stepper.setVisible(not very_short)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter presses the button that has the focus, but for the one that stops."""
        here = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, Button):
            if here is not self._busy.stop_button:
                here.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Another file can be dropped at any time before it is written."""
        if self._job is None and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_taken.emit(path)

    def _show(self, stage: int) -> None:
        self._stage = stage
        self._stack.setCurrentWidget(self._views[stage])
        self._stepper.set_now(self._steps if stage == self._done else stage)
        self._tell()
        target = self.first_focus()
        if self.isVisible() and target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._shown(target)

    def _shown(self, target: QWidget) -> None:
        """A stage came up and gave the focus to a widget."""

    def _tell(self) -> None:
        """Say what the buttons say."""

    # Work

    def _is_busy(self) -> bool:
        """Whether work goes on that the page shows."""
        return self._job is not None and not self._quiet

    def _run(
        self, title: str, leaves: str, work: Callable[[Progress], Any],
        succeeded: Callable[..., Any], *, quiet: bool = False,
    ) -> None:  # fmt: skip
        """Begin a piece of work; a ``quiet`` one is short and leaves the page as it is."""
        if self._job is not None:
            return
        self._quiet = quiet
        if not quiet:
            self._busy.begin(title, leaves, time.monotonic())
            self._stack.setCurrentWidget(self._busy)
            self._busy.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._job = self._jobs.start(
            work, progressed=self._busy.progressed, succeeded=succeeded, failed=self._failed,
            cancelled=self._cancelled,
        )  # fmt: skip
        self._tell()

    def _failed(self, error: object) -> None:
        self._job = None
        self._quiet = False
        assert isinstance(error, BaseException)
        self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """Say what a piece of work could not do."""
        raise NotImplementedError

    def _cancelled(self) -> None:
        self._job = None
        self._quiet = False
        self._show(self._stage)

    def _stop(self) -> None:
        if self._job is not None:
            self._busy.stopping()
            self._job.cancel()
