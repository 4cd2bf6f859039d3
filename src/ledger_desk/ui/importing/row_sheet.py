"""A row of the file in a sheet over the window: on Enter, and where the side has no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.importing.row_card import RowCard


class RowSheet(Dialog):
    """Shows a `RowCard`; a decision closes it."""

    def __init__(self, parent: QWidget, title: str) -> None:
        """Make the sheet; fill ``card`` and open it."""
        super().__init__(parent, title, width=640)
        self.card = RowCard()
        self.body.add(self.card)
        self.add_close("关闭")
        self.card.decided.connect(self.accept)
