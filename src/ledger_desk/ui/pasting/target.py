"""Which cells of a grid a block falls on: from the current one, or what is selected as in Excel."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_copy import selection_rows
from ledger_desk.ui.grid_moves import shown_columns


@dataclass(frozen=True)
class Target:
    """Cells to write into.

    Attributes:
        ids: Rows from the first one on.
        first: Place of the first column among those shown.
        height: Rows selected; 1 for a single cell.
        width: Columns selected.
        marked: The rows are those marked with check boxes.
        top: Row number of the first row.
    """

    ids: tuple[str, ...]
    first: int
    height: int
    width: int
    marked: bool
    top: int


def target_of(grid: Grid, rows: int, columns: int) -> Target | None:
    """Find the cells for a block of ``rows`` × ``columns``; None without a current cell.

    Marked rows count when the current one is among them and the block fits them a whole number of
    times: a value or a row goes into each, and rows that were copied by their marks go back where
    they were. A block as wide as the list begins at its first column, wherever the cell is.
    """
    index, order = grid.currentIndex(), shown_columns(grid)
    if not index.isValid() or not order or not rows or not columns:
        return None
    first = order.index(index.column()) if index.column() in order else 0
    if columns == len(order):
        first = 0
    top, height, width = index.row(), 1, 1
    if grid.has_checks():
        count = grid.selected_count()
        if count and count % rows == 0 and grid.selectionModel().isSelected(index):
            return Target(tuple(grid.selected_ids()), first, count, columns, count > 1, top)
    else:
        top, first, height, width = _selected(grid, order, top, first)
    wanted = height if height % rows == 0 and width % columns == 0 else rows
    ids = tuple(grid.lazy_model().source.ids(top, wanted))
    return Target(ids, first, height, width, False, top)


def _selected(grid: Grid, order: list[int], row: int, first: int) -> tuple[int, int, int, int]:
    """Corner and size of the selected cells, or of the current one if it is not among them."""
    selection = grid.selectionModel()
    if not selection.isSelected(grid.currentIndex()):
        return row, first, 1, 1
    spans = selection_rows(selection)
    columns = {
        place
        for part in selection.selection().toList()
        for place in range(part.left(), part.right() + 1)
    }
    places = [place for place, column in enumerate(order) if column in columns]
    top, bottom = spans[0][0], spans[-1][1]
    return top, places[0], bottom - top + 1, places[-1] - places[0] + 1
