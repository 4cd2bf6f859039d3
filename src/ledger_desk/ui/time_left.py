"""How long a piece of work still takes, in words."""

from __future__ import annotations

import time


def time_left(started: float, done: int, total: int, now: float | None = None) -> str:
    """Estimate from what has gone so far; empty while nothing can be said.

    Args:
        started: `time.monotonic` at the start.
        done: Rows done.
        total: Rows in all, 0 when unknown.
        now: `time.monotonic` now; the clock is asked when left out.
    """
    gone = (time.monotonic() if now is None else now) - started
    if not total or done <= 0 or gone < 0.5:
        return ""
    seconds = gone / done * max(total - done, 0)
    if seconds < 1:
        return "马上好"
    if seconds < 60:
        return f"还要约 {round(seconds)} 秒"
    return f"还要约 {round(seconds / 60)} 分钟"
