"""A field for personal data: masked until somebody goes into it (`product.md` §7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFocusEvent

from ledger_desk.ui.fields import TextField


class MaskedField(TextField):
    """Shows ``139****1234`` while the keyboard is elsewhere, and the whole text while it is here.

    `text` always gives the whole text.
    """

    def __init__(self, mask: Callable[[str], str]) -> None:
        """Hide with ``mask``."""
        self._mask, self._whole, self._hidden = mask, "", False
        super().__init__()
        self._hide()

    def text(self) -> str:
        """The whole text, also while it is hidden."""
        return self._whole if self._hidden else super().text()

    def setText(self, text: str | None, /) -> None:
        """Take a whole text; it is shown masked while the keyboard is elsewhere."""
        self._whole = text or ""
        super().setText(self._mask(text) if self._hidden and text else text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the whole text."""
        if self._hidden:
            self._hidden = False
            self.setText(self._whole)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Store what was typed, then hide it."""
        super().focusOutEvent(event)
        self._hide()

    def _hide(self) -> None:
        if not self._hidden:
            self._whole, self._hidden = super().text(), True
            self.setText(self._whole)
