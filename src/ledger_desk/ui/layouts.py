"""Box layouts whose margins and gaps are written at 100 % and follow the text size."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget

from ledger_desk.ui import theme

Margins = int | tuple[int, int, int, int]
Part = QWidget | QLayout


class _Box(QBoxLayout):
    """A box that scales; parts are added in one call."""

    def __init__(
        self, direction: QBoxLayout.Direction, parent: QWidget | None, margins: Margins, gap: int
    ) -> None:
        super().__init__(direction)
        if parent is not None:
            parent.setLayout(self)
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._gap = gap
        theme.follow(self._scale)

    def set_margins(self, margins: Margins) -> None:
        """Give other margins, in pixels at 100 %."""
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._scale()

    def set_gap(self, gap: int) -> None:
        """Give another distance between parts, in pixels at 100 %."""
        self._gap = gap
        self._scale()

    def add(self, *parts: Part, stretch: int = 0, align: Qt.AlignmentFlag | None = None) -> Self:
        """Add widgets or layouts, one after another."""
        for part in parts:
            if isinstance(part, QLayout):
                self.addLayout(part, stretch)
            elif align is None:
                self.addWidget(part, stretch)
            else:
                self.addWidget(part, stretch, align)
        return self

    def push(self) -> Self:
        """Add empty room that takes what is left."""
        self.addStretch(1)
        return self

    def _scale(self) -> None:
        px = theme.look().px
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._gap))


class Column(_Box):
    """Parts from top to bottom."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = 0, gap: int = 10) -> None:
        """Lay out ``parent`` when given; margins are left, top, right, bottom."""
        super().__init__(QBoxLayout.Direction.TopToBottom, parent, margins, gap)


class Row(_Box):
    """Parts from left to right."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = 0, gap: int = 8) -> None:
        """Lay out ``parent`` when given; margins are left, top, right, bottom."""
        super().__init__(QBoxLayout.Direction.LeftToRight, parent, margins, gap)


class Form2(QGridLayout):
    """A form of two columns 28 apart that becomes one column where room is short."""

    def __init__(self, parent: QWidget | None = None, gap: int = 28, columns: int = 2) -> None:
        """Lay out ``parent`` when given."""
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._gap = gap
        self._columns = columns
        self._parts: list[tuple[QWidget, bool]] = []
        theme.follow(self._scale)

    def add(self, *parts: QWidget) -> Form2:
        """Add fields; they fill the columns from left to right."""
        self._parts += [(part, False) for part in parts]
        self._place()
        return self

    def add_wide(self, *parts: QWidget) -> Form2:
        """Add fields that take a whole line."""
        self._parts += [(part, True) for part in parts]
        self._place()
        return self

    def set_columns(self, columns: int) -> None:
        """Change between one and two columns."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for part, _ in self._parts:
            self.removeWidget(part)
        row = column = 0
        for part, wide in self._parts:
            if (wide and column) or column >= self._columns:
                row, column = row + 1, 0
            span = self._columns if wide else 1
            self.addWidget(part, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
        for index in range(max(3, self._columns)):
            self.setColumnStretch(index, 1 if index < self._columns else 0)

    def _scale(self) -> None:
        px = theme.look().px
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(px(self._gap))
        self.setVerticalSpacing(px(8))
