"""A line of fields that wraps: each takes its share of twelve, hidden ones take none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.modes import Mode

UNITS = 12


class Flow(QGridLayout):
    """Places fields from left to right; `show_part` shows and hides them."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16) -> None:
        """Lay out ``parent`` when given."""
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._gap = gap
        self._parts: list[tuple[QWidget, int]] = []
        self._away: set[QWidget] = set()
        self._mode: Mode = "full"
        for unit in range(UNITS):
            self.setColumnStretch(unit, 1)
        theme.follow(self._scale)

    def add(self, part: QWidget, share: int) -> QWidget:
        """Add a field that takes ``share`` twelfths of the line in wide windows."""
        self._parts.append((part, share))
        self.place()
        return part

    def show_part(self, part: QWidget, *, shown: bool) -> None:
        """Show or hide a field; the others move up."""
        if shown == (part in self._away):
            self._away.symmetric_difference_update({part})
            part.setVisible(shown)
            self.place()

    def set_mode(self, mode: Mode) -> None:
        """Halves below 1000 logical pixels, whole lines below 800."""
        if mode != self._mode:
            self._mode = mode
            self.place()

    def place(self) -> None:
        """Lay the visible fields out anew."""
        for part, _ in self._parts:
            self.removeWidget(part)
        row = column = 0
        for part, share in self._parts:
            if part in self._away:
                continue
            wide = self._share(share)
            if column + wide > UNITS:
                row, column = row + 1, 0
            self.addWidget(part, row, column, 1, wide, Qt.AlignmentFlag.AlignTop)
            column += wide

    def _share(self, share: int) -> int:
        if self._mode == "single":
            return UNITS
        if self._mode == "narrow":
            return UNITS // 2 if share <= UNITS // 2 else UNITS
        return share

    def _scale(self) -> None:
        px = theme.look().px
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(px(self._gap))
        self.setVerticalSpacing(px(8))
