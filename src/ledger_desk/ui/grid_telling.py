"""What a grid says: the sentence of a cell, why it cannot be changed, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from ledger_desk.ui.grid_block import chosen_cells
from ledger_desk.ui.grid_copy import summary
from ledger_desk.ui.grid_rows import Cell

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid


def note_at(grid: Grid, index: QModelIndex) -> str:
    """The sentence of a cell, empty when it has none."""
    cell = grid.lazy_model().cell(index.row(), index.column())
    return cell.note if isinstance(cell, Cell) else ""


def show_note_of(grid: Grid) -> None:
    """Show the sentence of the current cell's check below it, if it has one."""
    index = grid.currentIndex()
    cell = grid.lazy_model().cell(index.row(), index.column())
    if isinstance(cell, Cell) and cell.note:
        kind = cell.state if cell.state in ("must", "explain") else "hint"
        grid.show_note(cell.note, "must" if cell.state == "missing" else kind)


def show_why_not(grid: Grid) -> None:
    """Say why the current cell cannot be changed, after what its check says."""
    index = grid.currentIndex()
    if grid.writer is None or not index.isValid() or grid.is_check(index):
        return
    why = grid.writer.why_not(grid.lazy_model().columns[index.column()].key)
    grid.show_note(note_at(grid, index) + why, "hint")


def tell_chosen(grid: Grid, noun: str) -> None:
    """Tell what is chosen, with the sum and mean of its numbers."""
    grid.summary_changed.emit(summary(grid, chosen_cells(grid), noun))
