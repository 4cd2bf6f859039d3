"""Statements carried out behind the caller's back, so that both cores of a small machine work.

The engine lets go of the interpreter while it writes; what comes next is computed meanwhile. One
connection is used by one thread at a time: whoever wants it waits in `Behind.settle` first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait


class Behind:
    """Calls carried out in order by one other thread; after an error the rest is dropped."""

    def __init__(self) -> None:
        """Start no thread before the first call."""
        self._pool: ThreadPoolExecutor | None = None
        self._open: list[Future[None]] = []

    def submit(self, call: Callable[[], None]) -> None:
        """Have ``call`` carried out after those before it, and come back at once."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        ahead = self._open[-1] if self._open else None

        def run() -> None:
            if ahead is None or ahead.exception() is None:
                call()
            else:
                raise ahead.exception() or AssertionError

        self._open.append(self._pool.submit(run))

    def settle(self) -> None:
        """Wait until everything is carried out.

        Raises:
            Exception: Whatever the first failing call raised.
        """
        if self._open:
            waiting, self._open = self._open, []
            wait(waiting)
            for one in waiting:
                one.result()

    def close(self) -> None:
        """Wait for what is under way and end the thread, whatever came of it."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool, self._open = None, []
