"""What a source that answers later has to say, and the reading that it waits for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject, QTimer, Signal

from ledger_desk.errors import Cancelled
from ledger_desk.progress import Progress
from ledger_desk.store.interrupting import Stop
from ledger_desk.ui.jobs import Jobs, stopper

_QUIET_MS = 150  # what is there sooner is not announced


class News(QObject):
    """Starts readings, gives up the older one, and hears what came of the newest.

    Signals:
        arriving: The rows that were asked for are about to take the place of those shown.
        arrived: They have.
        waiting: What is being done, after a moment; "" when it is over.
        totals_changed: Sums under the list are there.
        failed: Exception from a reading.
    """

    arriving = Signal()
    arrived = Signal()
    waiting = Signal(str)
    totals_changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs | None) -> None:
        """Read with these jobs; None: every reading is done at once."""
        super().__init__()
        self.jobs = jobs
        self._number = 0
        self._given_up = Event()
        self._then: Callable[[Any], None] | None = None
        self._words, self._told, self._for_rows = "", False, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self._announce)

    @property
    def is_waiting(self) -> bool:
        """Whether rows are being read."""
        return self._for_rows and self._then is not None

    def give_up(self) -> None:
        """Stop the reading under way; nothing comes of it."""
        self._given_up.set()
        self._then = None
        self._quiet()

    def read(
        self,
        work: Callable[[Stop], Any],
        then: Callable[[Any], None],
        *,
        words: str = "",
        rows: bool = True,
    ) -> None:
        """Read in a thread in place of what is under way.

        Args:
            work: Reads; it may not hold the list, which belongs to the window's thread.
            then: Method that takes the result, on the window's thread.
            words: What is being done, for the person.
            rows: Whether the rows shown wait for it.
        """
        self.give_up()
        assert self.jobs is not None
        self._number += 1
        self._given_up = Event()
        self._then, self._words, self._for_rows = _weak(then), words, rows
        self._timer.start()
        self.jobs.read(_numbered(work, self._number, self._given_up), succeeded=self._ended)

    def _ended(self, result: tuple[int, Any]) -> None:
        number, found = result
        then = self._then
        if number != self._number or then is None:
            return
        self._then = None
        self._quiet()
        if isinstance(found, Exception):
            self.failed.emit(found)
        else:
            then(found)

    def _announce(self) -> None:
        if self._words and self.is_waiting:
            self._told = True
            self.waiting.emit(self._words)

    def _quiet(self) -> None:
        self._timer.stop()
        if self._told:
            self._told = False
            self.waiting.emit("")


def _numbered(
    work: Callable[[Stop], Any], number: int, given_up: Event
) -> Callable[[Progress], tuple[int, Any]]:
    """A job that says which reading it is; its failure is a result, so that a late one is ignored."""

    def run(progress: Progress) -> tuple[int, Any]:
        asked = stopper(progress)
        try:
            return number, work(lambda: given_up.is_set() or asked())
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - shown in the window
            return number, error

    return run


def _weak(method: Callable[[Any], None]) -> Callable[[Any], None]:
    """A method that does not keep its object: the list may go while it is being read."""
    owner, function = ref(method.__self__), method.__func__  # type: ignore[attr-defined]

    def call(result: Any) -> None:
        found = owner()
        if found is not None:
            function(found, result)

    return call
