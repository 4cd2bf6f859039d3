"""Ctrl+Z in a line with nothing of its own to take back goes to the page around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


def step_of(event: QEvent) -> int:
    """-1 for Ctrl+Z, 1 for Ctrl+Y, else 0."""
    if not isinstance(event, QKeyEvent):
        return 0
    return -1 if event.matches(UNDO) else 1 if event.matches(REDO) else 0


class LineUndo(QObject):
    """Watches the line that has the focus inside a page."""

    def __init__(self, page: QWidget) -> None:
        """Watch the lines of a page."""
        super().__init__(page)
        self._page = page
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit) and self._page.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the key go on to the page, unless the line has typing to take back."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        step = step_of(event)
        if not step or not isinstance(watched, QLineEdit):
            return False
        own = watched.isUndoAvailable() if step < 0 else watched.isRedoAvailable()
        if own:
            return False
        event.ignore()
        return True
