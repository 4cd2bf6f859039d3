"""Where the keys of a grid lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid

_Flag = QItemSelectionModel.SelectionFlag
MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
"""Arrow keys: rows down, columns right."""


def marking(event: QEvent | None, *, box: bool) -> QItemSelectionModel.SelectionFlag:
    """What an event does to marked rows: the box, Ctrl, Shift and Space do something, moving nothing."""
    if isinstance(event, QMouseEvent):
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return _Flag.Select | _Flag.Current | _Flag.Rows
        press = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if press and (box or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            return _Flag.Toggle | _Flag.Rows
    elif isinstance(event, QKeyEvent):
        if event.key() == Qt.Key.Key_Space:
            return _Flag.Toggle | _Flag.Rows
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in MOVES:
            return _Flag.Select | _Flag.Rows
    return _Flag.NoUpdate


def to_edge(grid: Grid, move: tuple[int, int], *, extend: bool) -> None:
    """Go to the edge of the table as Ctrl+arrow does in Excel; ``extend`` selects on the way."""
    index, model = grid.currentIndex(), grid.lazy_model()
    row, column = index.row(), index.column()
    blocks = extend and grid.has_checks() and not grid.is_check(index)
    if blocks:
        row, column = grid.block.corner()
    down, right = move
    order = shown_columns(grid)
    if down:
        row = model.rowCount() - 1 if down > 0 else 0
    if right and order:
        column = order[-1] if right > 0 else order[0]
    target = model.index(row, column)
    if blocks:
        grid.block.extend_to(row, column)
        grid.scrollTo(target)
        return
    if extend:
        rows = _Flag.Rows if grid.has_checks() else _Flag.NoUpdate
        grid.selectionModel().select(QItemSelection(index, target), _Flag.Select | rows)
    command = _Flag.NoUpdate if extend or grid.has_checks() else _Flag.ClearAndSelect
    grid.selectionModel().setCurrentIndex(target, command)
    grid.scrollTo(target)


def edge_of(grid: Grid, *, whole: bool, forward: bool) -> tuple[int, int]:
    """First or last cell of the row, or of the whole table."""
    order, row = shown_columns(grid), grid.currentIndex().row()
    if grid.block.cells() is not None:
        row = grid.block.corner()[0]
    if whole:
        row = grid.lazy_model().rowCount() - 1 if forward else 0
    if not order:
        return row, grid.currentIndex().column()
    return row, order[-1 if forward else 0]


def extend_by(grid: Grid, place: tuple[int, int]) -> None:
    """Select from the current cell to another one, in a list without check boxes."""
    target = grid.lazy_model().index(*place)
    span = QItemSelection(grid.currentIndex(), target)
    grid.selectionModel().select(span, _Flag.Select)
    grid.selectionModel().setCurrentIndex(target, _Flag.NoUpdate)
    grid.scrollTo(target)


def rows_on_screen(grid: Grid) -> int:
    """How many whole rows are in sight; one at the least."""
    return max(grid.viewport().height() // max(grid.rowHeight(0), 1), 1)


def next_cell(grid: Grid) -> None:
    """Go to the next cell that can be edited: in this row, else in the next one."""
    index, model = grid.currentIndex(), grid.lazy_model()
    for row in (index.row(), index.row() + 1):
        if row >= model.rowCount():
            return
        start = index.column() + 1 if row == index.row() else 0
        for column in range(start, len(model.columns)):
            target = model.index(row, column)
            if model.flags(target) & Qt.ItemFlag.ItemIsEditable:
                grid.setCurrentIndex(target)
                return


def shown_columns(grid: Grid) -> list[int]:
    """Columns in the order in which they stand on the screen, without the check boxes."""
    header, columns = grid.horizontalHeader(), grid.lazy_model().columns
    order = [header.logicalIndex(visual) for visual in range(header.count())]
    return [n for n in order if columns[n].kind != "check" and not header.isSectionHidden(n)]


def uncover(grid: Grid, column: int) -> None:
    """Scroll sideways until nothing that stays in place (`FrozenColumns`) lies over a column."""
    bar, left = grid.horizontalScrollBar(), grid.columnViewportPosition(column)
    over = [view for view in grid.findChildren(QTableView) if view.isVisible()]
    if over and not over[0].isColumnHidden(column):
        bar.setValue(0)
    elif over and left < over[0].width():
        bar.setValue(bar.value() - (over[0].width() - left))


def step_cell(grid: Grid, down: int, right: int) -> None:
    """Go so many rows down and columns right, no further than the edge."""
    index, order = grid.currentIndex(), shown_columns(grid)
    if not index.isValid() or not (down or right) or index.column() not in order:
        return
    row = min(max(index.row() + down, 0), grid.lazy_model().rowCount() - 1)
    place = min(max(order.index(index.column()) + right, 0), len(order) - 1)
    go_to_cell(grid, row, order[place])


def go_to_cell(grid: Grid, row: int, column: int) -> None:
    """Make a cell the current one; in a grid of cells it is then the one selected."""
    command = _Flag.NoUpdate if grid.has_checks() else _Flag.ClearAndSelect
    target = grid.lazy_model().index(row, column)
    grid.selectionModel().setCurrentIndex(target, command)
    grid.scrollTo(target)
