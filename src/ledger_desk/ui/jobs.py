"""Long work off the window: one after another, with progress, cancel, success and failure.

Readings of lists go on threads of their own (`Jobs.read`): sorting never waits for an import.

Jobs belong to an object that lives as long as the application, never to a page: a page may close
while its job runs (craft.md 0.11 and 4.7). CPU-heavy Python in a thread starves the window, so
reading and painting of files goes through `Jobs.start_apart`, into a child process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from ledger_desk.errors import Cancelled
from ledger_desk.progress import Progress
from ledger_desk.ui import apart

Slot = Callable[..., object]


class Job(QObject):
    """One piece of work. Signals arrive on the thread of whoever is connected.

    ``progressed`` (done, total, note), ``succeeded`` (result), ``failed`` (exception),
    ``cancelled``, and always ``ended``, last.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, title: str, leaves: str, parent: QObject) -> None:
        """Take a title and what stopping leaves behind, both for the person."""
        super().__init__(parent)
        self.title = title
        self.leaves = leaves
        self.started_at = time.monotonic()
        self._stop = threading.Event()
        self._told_at = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int, note: str = "") -> None:
        """The `Progress` handed to the work.

        Raises:
            Cancelled: The person asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        # At most 20 a second: the window's queue must not fill with news nobody can read.
        if now - self._told_at >= 0.05 or (total and done >= total):
            self._told_at = now
            self.progressed.emit(done, total, note)


_READERS = 2  # an abandoned reading ends within milliseconds, its successor need not wait for that


class Jobs(QObject):
    """Runs jobs one after another, so that the ledger has a single writer; readings run beside them."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the one worker thread; ``parent`` is the application."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(_READERS)
        self._closing = False

    def start(
        self,
        work: Callable[[Progress], Any],
        *,
        title: str = "",
        leaves: str = "停下",
        **slots: Slot,
    ) -> Job:
        """Queue work for the thread.

        Args:
            work: Called with a `Progress`; what it returns goes to ``succeeded``.
            title: What is being done, for the progress toast; empty shows none.
            leaves: Words of the stop button: what stopping leaves behind.
            **slots: ``progressed``, ``succeeded``, ``failed``, ``cancelled``, ``ended``: bound
                methods of QObjects, which Qt drops together with their page.

        Returns:
            The job. A fast one may end at once, so slots are given here and not connected later.
        """
        job = self._make(title, leaves, slots)
        self.started.emit(job)
        self._pool.start(partial(_run, job, work))
        return job

    def read(self, work: Callable[[Progress], Any], **slots: Slot) -> Job:
        """Start a reading at once, beside other jobs: nothing is told of it and nothing written.

        Args:
            work: Called with a `Progress`; see `stopper`. It opens its own reading of the ledger.
            **slots: As for `start`.
        """
        job = self._make("", "", slots)
        self._readers.start(partial(_run, job, work))
        return job

    def _make(self, title: str, leaves: str, slots: dict[str, Slot]) -> Job:
        job = Job(title, leaves, self)
        for name, slot in slots.items():
            getattr(job, name).connect(slot)
        if self._closing:
            job.cancel()
        return job

    def start_apart(
        self,
        function: Callable[..., Any],
        *args: object,
        title: str = "",
        leaves: str = "停下",
        **slots: Slot,
    ) -> Job:
        """Queue ``function(*args, progress=…)`` for a child process; else like `start`.

        The function has to be importable by name (top level of a module), its arguments and its
        result have to pickle. The worker thread only waits, so the window stays quick; stopping
        ends the child even where it does not report.
        """

        def work(progress: Progress) -> Any:
            return apart.run(function, args, progress)

        return self.start(work, title=title, leaves=leaves, **slots)

    def running(self) -> list[Job]:
        """Jobs that have not ended."""
        return self.findChildren(Job)

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until all are done, for tests and for closing; False when time ran out."""
        return self._pool.waitForDone(milliseconds) and self._readers.waitForDone(milliseconds)

    def shutdown(self) -> None:
        """Ask all to stop and wait for them; called once, when the program closes."""
        self._closing = True
        for job in self.running():
            job.cancel()
        self._pool.waitForDone()
        self._readers.waitForDone()


def stopper(progress: Progress) -> Callable[[], bool]:
    """Make, of a job's `Progress`, the question whether to stop that the store's readings ask."""

    def stop() -> bool:
        try:
            progress(0, 0, "")
        except Cancelled:
            return True
        return False

    return stop


def _run(job: Job, work: Callable[[Progress], Any]) -> None:
    """Run one job in the worker thread; the worker deletes it after its last signal."""
    job.started_at = time.monotonic()
    try:
        if job.is_cancelled():
            raise Cancelled
        result = work(job.report)
    except Cancelled:
        job.cancelled.emit()
    except BaseException as error:  # noqa: BLE001 - whatever it was, it is shown in the window
        job.failed.emit(error)
    else:
        job.succeeded.emit(result)
    finally:
        job.ended.emit()
        job.deleteLater()
