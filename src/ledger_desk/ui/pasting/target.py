"""Which cells of a grid a block falls on: from the current one, or what is selected as in Excel."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_block import chosen_cells
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


def target_of(grid: Grid, rows: int, columns: int, *, alone: bool = False) -> Target | None:
    """Find the cells for a block of ``rows`` × ``columns``; None without a current cell.

    A block of cells that is selected comes first. Marked rows count when the current one is among
    them and what is pasted fits them a whole number of times: a value or a row goes into each, and
    rows that were copied by their marks go back where they were. What is as wide as the list begins
    at its first column, wherever the cell is. ``alone`` takes the current cell whatever is selected.
    """
    index, order = grid.currentIndex(), shown_columns(grid)
    if not index.isValid() or not order or not rows or not columns:
        return None
    first = order.index(index.column()) if index.column() in order else 0
    if columns == len(order) and columns > 1:
        first = 0
    top, height, width = index.row(), 1, 1
    cells = None if alone else chosen_cells(grid)
    if cells is not None:
        top, height, width = cells.top, cells.height, cells.width
        first = order.index(cells.columns[0])
    elif grid.has_checks() and not alone:
        count = grid.selected_count()
        if count and count % rows == 0 and grid.selectionModel().isSelected(index):
            return Target(tuple(grid.selected_ids()), first, count, columns, count > 1, top)
    wanted = height if height % rows == 0 and width % columns == 0 else rows
    ids = tuple(grid.lazy_model().source.ids(top, wanted))
    return Target(ids, first, height, width, False, top)
