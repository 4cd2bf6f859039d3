"""Where the keys of a grid lead, and the words of its menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt

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


def menu_of(grid: Grid, own: Sequence[Entry]) -> list[Entry]:
    """Entries of a page, then those every grid has: copy, and sorting by the present column."""
    entries: list[Entry] = [*own, None] if own else []
    entries.append(("复制  Ctrl+C", grid.copy, "copy"))
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
