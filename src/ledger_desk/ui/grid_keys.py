"""What the keys of a grid do: Excel's, as far as a list of records knows them.

Rows and cells are chosen by different keys, so that neither is done by accident: Space, Ctrl+Space
and the column of boxes mark rows; Shift with arrows, and the mouse, take a block of cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent

from ledger_desk.ui.grid_moves import (
    MOVES,
    edge_of,
    extend_by,
    go_to_cell,
    next_cell,
    rows_on_screen,
    to_edge,
)

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid

_Flag = QItemSelectionModel.SelectionFlag
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press(grid: Grid, event: QKeyEvent) -> bool:
    """Do what a key says; False for a key that is Qt's."""
    key, held = event.key(), event.modifiers()
    control = bool(held & Qt.KeyboardModifier.ControlModifier)
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if control and shift and key == Qt.Key.Key_L:
        grid.column_wanted.emit(grid.currentIndex().column())
        return True
    if control and key == Qt.Key.Key_G:
        grid.place_wanted.emit()
        return True
    if not grid.currentIndex().isValid():
        return False
    if control and key == Qt.Key.Key_C:
        grid.copy()
        return True
    alt = bool(held & Qt.KeyboardModifier.AltModifier)
    return (
        (not alt and _go(grid, key, control=control, shift=shift))
        or _look(grid, key, alt=alt)
        or (grid.writer is not None and not alt and _write(grid, key, control=control))
        or _mark(grid, key)
        or _explain(grid, event)
    )


def _go(grid: Grid, key: int, *, control: bool, shift: bool) -> bool:
    """Move, or let the block of cells grow."""
    blocks = grid.has_checks() and not grid.is_check(grid.currentIndex())
    if key in MOVES and control:
        to_edge(grid, MOVES[key], extend=shift)
    elif key in MOVES and shift and blocks:
        grid.block.extend_by(*MOVES[key])
    elif key in _PAGES and shift and blocks:
        grid.block.extend_by(_PAGES[key] * rows_on_screen(grid), 0)
    elif key in _ENDS and grid.has_checks():
        row, column = edge_of(grid, whole=control, forward=key == Qt.Key.Key_End)
        if shift and blocks:
            grid.block.extend_to(row, column)
            grid.scrollTo(grid.lazy_model().index(row, column))
        elif not shift:
            go_to_cell(grid, row, column)
    elif key in _ENDS and shift:  # Qt would only move
        extend_by(grid, edge_of(grid, whole=control, forward=key == Qt.Key.Key_End))
    elif control and key == Qt.Key.Key_A:
        grid.block.clear()
        grid.selectAll()
    else:
        return False
    return True


def _look(grid: Grid, key: int, *, alt: bool) -> bool:
    """Open the row, edit the cell, show or hide what its check says."""
    index = grid.currentIndex()
    editable = bool(grid.lazy_model().flags(index) & Qt.ItemFlag.ItemIsEditable)
    if key in _OPENS:
        if grid.writer is None and (editable or grid.tabKeyNavigation()):
            next_cell(grid)
        else:
            grid.opened.emit(grid.current_id())
    elif key == Qt.Key.Key_F2 and editable and grid.writer is not None:
        grid.edit_current()
    elif key == Qt.Key.Key_F2 and not editable and grid.writer is not None:
        grid.show_why_not()
    elif (key == Qt.Key.Key_F2 and not editable) or (key == Qt.Key.Key_Down and alt):
        grid.show_own_note()
    elif key == Qt.Key.Key_Escape and grid.cell_note.isVisible():
        grid.cell_note.hide()
    elif key == Qt.Key.Key_Escape and grid.block.cells() is not None:
        grid.block.clear()
    else:
        return False
    return True


def _write(grid: Grid, key: int, *, control: bool) -> bool:
    writer = grid.writer
    assert writer is not None
    deeds = {
        Qt.Key.Key_V: writer.paste,
        Qt.Key.Key_X: writer.cut,
        Qt.Key.Key_D: writer.fill_down,
        Qt.Key.Key_R: writer.fill_right,
        Qt.Key.Key_Semicolon: writer.today,
        Qt.Key.Key_Apostrophe: writer.copy_above,
    }
    if control and key in deeds:
        deeds[Qt.Key(key)]()
    elif key in _CLEAR and not control:
        writer.clear()
    elif key == Qt.Key.Key_F4 and not control:
        writer.repeat()
    else:
        return False
    return True


def _mark(grid: Grid, key: int) -> bool:
    """Space marks the row, or all rows of the block: those that are marked already only together."""
    index = grid.currentIndex()
    if key != Qt.Key.Key_Space or not grid.has_checks():
        return False
    if grid.writer is None and grid.lazy_model().flags(index) & Qt.ItemFlag.ItemIsEditable:
        return False  # a space typed into the cell
    cells, model, selection = grid.block.cells(), grid.lazy_model(), grid.selectionModel()
    if cells is None:
        selection.select(index, _Flag.Toggle | _Flag.Rows)
        return True
    rows = range(cells.top, cells.bottom + 1)
    marked = all(selection.isRowSelected(row) for row in rows)
    span = QItemSelection(model.index(cells.top, 0), model.index(cells.bottom, 0))
    selection.select(span, (_Flag.Deselect if marked else _Flag.Select) | _Flag.Rows)
    grid.block.clear()
    return True


def _explain(grid: Grid, event: QKeyEvent) -> bool:
    """Say why a cell does not take what is typed."""
    index = grid.currentIndex()
    editable = grid.lazy_model().flags(index) & Qt.ItemFlag.ItemIsEditable
    if grid.writer is None or editable or grid.is_check(index) or not _is_typing(event):
        return False
    grid.show_why_not()
    return True


def _is_typing(event: QKeyEvent) -> bool:
    text = event.text()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(text) and text.isprintable() and not event.modifiers() & held
