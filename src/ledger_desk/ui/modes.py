"""What gives way when room is short: the four layouts of look.md §4, by logical size."""

from __future__ import annotations

from typing import Literal

Mode = Literal["full", "drawer", "narrow", "single"]


def mode_of(width: int, factor: float) -> Mode:
    """Layout for a window width in Qt's pixels at a text-size factor."""
    logical = width / factor
    if logical >= 1280:
        return "full"
    if logical >= 1000:
        return "drawer"
    return "narrow" if logical >= 800 else "single"


def is_short(height: int, factor: float) -> bool:
    """Whether navigation items have to be 32 high instead of 38."""
    return height / factor < 720


def is_very_short(height: int, factor: float) -> bool:
    """Whether the page head has to give way too."""
    return height / factor < 420
