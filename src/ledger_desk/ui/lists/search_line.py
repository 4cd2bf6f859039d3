"""The line above a list: typing narrows the list, ↓ goes into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.fields import TextField


class SearchLine(TextField):
    """A line that hands the keyboard on to a list."""

    def __init__(self, placeholder: str, name: str, target: QWidget) -> None:
        """Stand above ``target``; ``name`` is for screen readers."""
        super().__init__("", placeholder)
        self.setAccessibleName(name)
        self._target = target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ goes into the list; the area around would only scroll."""
        if event.key() == Qt.Key.Key_Down:
            self._target.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
