"""Whose turn it is: what the window's thread reads goes before what is worked out behind it.

The engine lets go of the interpreter's lock for every row. A thread that computes meanwhile takes it
each time, so a page of 25 rows that needs 3 ms alone would take ten times as long beside it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK = 0.001  # seconds between two looks whether it is over
_LONGEST = 0.05  # seconds of one wait: nobody waits for ever
_AFTER = 0.01  # seconds after that: what was read is painted now


class Turns:
    """Readings of the program's first thread, which is the window's; others can wait for their end."""

    def __init__(self) -> None:
        """Nobody reads."""
        self._reading = 0  # only the first thread writes it

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around each reading, on any thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._reading += 1
        try:
            yield
        finally:
            self._reading -= 1

    def wait(self) -> None:
        """Let the window's thread go first, for a while at the most; never call it there."""
        if not self._reading:
            return
        until = time.perf_counter() + _LONGEST
        while self._reading and time.perf_counter() < until:
            time.sleep(_LOOK)
        time.sleep(_AFTER)
