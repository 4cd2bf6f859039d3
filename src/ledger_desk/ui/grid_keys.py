"""What the keys of a grid do: Excel's, as far as a list of records knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent

from ledger_desk.ui.grid_moves import MOVES, next_cell, to_edge

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid

_Flag = QItemSelectionModel.SelectionFlag
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def press(grid: Grid, event: QKeyEvent) -> bool:
    """Do what a key says; False for a key that is Qt's."""
    key, index, model = event.key(), grid.currentIndex(), grid.lazy_model()
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    editable = index.isValid() and bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable)
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
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
    elif control and key == Qt.Key.Key_C:
        grid.copy()
    elif control and key in MOVES and index.isValid():
        to_edge(grid, MOVES[key], extend=shift, first=1 if grid.has_checks() else 0)
    elif grid.writer is not None and index.isValid() and _write(grid, key, control=control):
        pass
    elif _is_box_key(grid, key, editable=editable) and index.isValid():
        grid.selectionModel().select(index, _Flag.Toggle | _Flag.Rows)
    elif (
        grid.writer is not None and not editable and _is_typing(event) and not grid.is_check(index)
    ):
        grid.show_why_not()
    else:
        return False
    return True


def _write(grid: Grid, key: int, *, control: bool) -> bool:
    writer = grid.writer
    assert writer is not None
    if control and key == Qt.Key.Key_V:
        writer.paste()
    elif control and key == Qt.Key.Key_D:
        writer.fill_down()
    elif key in _CLEAR and not control:
        writer.clear()
    else:
        return False
    return True


def _is_box_key(grid: Grid, key: int, *, editable: bool) -> bool:
    """Space marks the row, in a list whose cells can be written as well."""
    free = grid.writer is not None or not editable
    return key == Qt.Key.Key_Space and grid.has_checks() and free


def _is_typing(event: QKeyEvent) -> bool:
    text = event.text()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(text) and text.isprintable() and not event.modifiers() & held
