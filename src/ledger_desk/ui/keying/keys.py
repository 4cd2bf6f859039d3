"""Keys that mean the same in every form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def goes_on(event: QKeyEvent) -> bool:
    """Whether a key is a plain Enter, which goes on to the next field as Tab does."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def in_long_text() -> bool:
    """Whether the keyboard is in a text of several lines, where Enter goes no further."""
    return isinstance(QApplication.focusWidget(), QPlainTextEdit)
