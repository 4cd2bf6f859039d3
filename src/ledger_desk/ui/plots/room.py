"""Whether there is room for a plot over a list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.modes import Mode

_LEAST_HEIGHT = 620  # logical pixels, look.md §4: below it charts give way


def has_room(window: QWidget, mode: Mode) -> bool:
    """Whether the window is large enough for plots at this text size."""
    return mode in ("full", "drawer") and window.height() / theme.look().factor >= _LEAST_HEIGHT
