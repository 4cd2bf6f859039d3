"""What a form asks of an editor, whatever the kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Editor(QObject):
    """What a form asks of an editor: a value, a text, and to be told of changes.

    Signals:
        typed: After each key that changed the text; for checks while typing.
        left: A changed text was left, or something was picked: time to store.
    """

    typed = Signal()
    left = Signal()

    def __init__(self, widget: QWidget) -> None:
        """Belong to ``widget``."""
        super().__init__(widget)
        self.widget = widget

    def value(self) -> Any:
        """The value typed or picked, None for nothing.

        Raises:
            ValueError: A Chinese sentence: it cannot be read, and what to write instead.
        """
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the editor, as text."""
        raise NotImplementedError

    def set_context(self, values: Mapping[str, Any]) -> None:
        """Learn the other values of the record, where they matter to what is offered."""
