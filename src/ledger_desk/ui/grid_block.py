"""A block of cells: what copy, fill, clear and typing are about, beside the rows that are marked.

Lists without check boxes keep their block in Qt's selection. In lists with check boxes that holds
the marked rows, so the block is kept here: from the current cell, which stays where it is as in
Excel, to a corner that Shift and the mouse move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent

from ledger_desk.ui.grid_copy import selection_rows
from ledger_desk.ui.grid_moves import shown_columns

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid


@dataclass(frozen=True)
class Cells:
    """A rectangle of cells.

    Attributes:
        top: First row.
        bottom: Last row.
        columns: Columns by their number in the model, in the order of the screen.
    """

    top: int
    bottom: int
    columns: tuple[int, ...]

    @property
    def height(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.columns)


class CellBlock(QObject):
    """The block of a list with check boxes; `changed` when it grows, shrinks or goes."""

    changed = Signal()

    def __init__(self, grid: Grid) -> None:
        """Start without a block."""
        super().__init__(grid)
        self._grid = grid
        self._cells: Cells | None = None
        self._corner = (0, 0)
        self._held: frozenset[int] = frozenset()
        self._dragging = False

    def cells(self) -> Cells | None:
        """The block; None for the current cell alone."""
        return self._cells

    def corner(self) -> tuple[int, int]:
        """Row and column of the corner that moves; the current cell without a block."""
        index = self._grid.currentIndex()
        return self._corner if self._cells is not None else (index.row(), index.column())

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell belongs to it; asked for each cell of each paint."""
        cells = self._cells
        return cells is not None and cells.top <= row <= cells.bottom and column in self._held

    def edges(self, row: int, column: int) -> tuple[bool, bool, bool, bool]:
        """Whether a cell of the block lies at its left, top, right and bottom edge."""
        cells = self._cells
        if cells is None:
            return (False,) * 4
        return (column == cells.columns[0], row == cells.top,
                column == cells.columns[-1], row == cells.bottom)  # fmt: skip

    def extend_to(self, row: int, column: int) -> None:
        """Let the block reach from the current cell to another one."""
        index, order = self._grid.currentIndex(), shown_columns(self._grid)
        if not index.isValid() or index.column() not in order or column not in order:
            return
        self._corner = (row, column)
        first, last = sorted((order.index(index.column()), order.index(column)))
        top, bottom = sorted((index.row(), row))
        alone = (top, first) == (bottom, last)
        self._set(None if alone else Cells(top, bottom, tuple(order[first : last + 1])))

    def extend_by(self, down: int, right: int) -> None:
        """Move the corner so many rows and columns, no further than the edge, and show it."""
        order, (row, column) = shown_columns(self._grid), self.corner()
        if column not in order:
            return
        last = self._grid.lazy_model().rowCount() - 1
        row = min(max(row + down, 0), last)
        column = order[min(max(order.index(column) + right, 0), len(order) - 1)]
        self.extend_to(row, column)
        self._grid.scrollTo(self._grid.lazy_model().index(row, column))

    def press(self, event: QMouseEvent) -> bool:
        """Begin a block, or end it with Shift; whether nothing else is to be done."""
        grid, held = self._grid, event.modifiers()
        if event.button() != Qt.MouseButton.LeftButton or not grid.has_checks():
            return False
        index = grid.indexAt(event.position().toPoint())
        cell = index.isValid() and not grid.is_check(index)
        self._dragging = cell and not held & Qt.KeyboardModifier.ControlModifier
        if self._dragging and held & Qt.KeyboardModifier.ShiftModifier:
            self.extend_to(index.row(), index.column())
            return True
        self.clear()
        return False

    def drag(self, event: QMouseEvent) -> bool:
        """Let the corner follow the mouse; beyond the edge the list scrolls on by a row."""
        grid, room = self._grid, self._grid.viewport().rect()
        if not grid.has_checks() or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if not self._dragging:
            return True
        place = event.position().toPoint()
        down = 1 if place.y() > room.bottom() else -1 if place.y() < room.top() else 0
        inside = QPoint(min(max(place.x(), room.left()), room.right()),
                        min(max(place.y(), room.top()), room.bottom()))  # fmt: skip
        index = grid.indexAt(inside)
        if index.isValid() and not grid.is_check(index):
            self.extend_to(index.row(), index.column())
            if down:
                self.extend_by(down, 0)
        return True

    def clear(self) -> None:
        """Leave only the current cell."""
        self._set(None)

    def _set(self, cells: Cells | None) -> None:
        if cells == self._cells:
            return
        self._cells = cells
        self._held = frozenset(cells.columns) if cells is not None else frozenset()
        self._grid.viewport().update()
        self.changed.emit()


def chosen_cells(grid: Grid) -> Cells | None:
    """The block of any grid; None when there is only the current cell (or only marked rows)."""
    if grid.has_checks():
        return grid.block.cells()
    selection = grid.selectionModel()
    if not selection.isSelected(grid.currentIndex()):
        return None
    spans = selection_rows(selection)
    taken = {
        place
        for part in selection.selection().toList()
        for place in range(part.left(), part.right() + 1)
    }
    columns = tuple(place for place in shown_columns(grid) if place in taken)
    if not columns:
        return None
    cells = Cells(spans[0][0], spans[-1][1], columns)
    return cells if cells.height * cells.width > 1 else None
