"""Moments in few words: 今天 14:02, 09-18, 2023-09-18."""

from __future__ import annotations

import datetime as dt


def when(at: dt.datetime, *, clock: bool = False) -> str:
    """Say when something was; ``clock`` adds the time of day on other days too."""
    at = at.astimezone() if at.tzinfo is not None else at
    today = dt.date.today()
    if at.date() == today:
        return f"今天 {at:%H:%M}"
    day = f"{at:%m-%d}" if at.year == today.year else f"{at:%Y-%m-%d}"
    return f"{day} {at:%H:%M}" if clock else day
