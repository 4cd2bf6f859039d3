"""Where the keys of a grid lead, and the words of its menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.grid_header import next_order

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


def to_edge(grid: Grid, move: tuple[int, int], *, extend: bool, first: int) -> None:
    """Go to the edge of the table as Ctrl+arrow does in Excel; ``extend`` selects on the way."""
    index, header, model = grid.currentIndex(), grid.horizontalHeader(), grid.lazy_model()
    row, visual = index.row(), header.visualIndex(index.column())
    down, right = move
    if down:
        row = model.rowCount() - 1 if down > 0 else 0
    if right:
        visual = header.count() - 1 if right > 0 else first
    target = model.index(row, header.logicalIndex(visual))
    whole_rows = grid.selectionBehavior() == grid.SelectionBehavior.SelectRows
    if extend:
        rows = _Flag.Rows if whole_rows else _Flag.NoUpdate
        grid.selectionModel().select(QItemSelection(index, target), _Flag.Select | rows)
    command = _Flag.NoUpdate if extend or whole_rows else _Flag.ClearAndSelect
    grid.selectionModel().setCurrentIndex(target, command)
    grid.scrollTo(target)


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


def menu_of(grid: Grid, own: Sequence[Entry]) -> list[Entry]:
    """Entries of a page, then those every grid has: copy, and sorting by the present column."""
    entries: list[Entry] = [*own, None] if own else []
    entries.append(("复制  Ctrl+C", grid.copy, "copy"))
    if grid.writer is not None:
        entries.append(("粘贴  Ctrl+V", grid.writer.paste))
    index, model = grid.currentIndex(), grid.lazy_model()
    if not index.isValid():
        return entries
    column = model.columns[index.column()]
    if column.sortable and column.key:
        entries.append(
            (f"按“{column.title}”从小到大", partial(grid.sort_by, ((column.key, False),)))
        )
        entries.append(
            (f"按“{column.title}”从大到小", partial(grid.sort_by, ((column.key, True),)))
        )
        again = next_order(model.order, column.key, add=True)
        if model.order and len(again) > len(model.order):
            entries.append((f"再按“{column.title}”排", partial(grid.sort_by, again)))
    return entries
