"""Editing in a cell: which editor opens, which keys keep, restore and go on.

Qt hands the first key, and the first composition of an input method, on to the editor that it
opens (`QAbstractItemView.inputMethodEvent`), so that no letter is lost; what is done here must
not get in the way of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.grid_delegate import GridDelegate, Index
from ledger_desk.ui.grid_habits import enter_move
from ledger_desk.ui.grid_model import LazyModel
from ledger_desk.ui.grid_moves import step_cell, uncover
from ledger_desk.ui.grid_writing import CellEditor

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid

_OUTSIDE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAB = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class EditingDelegate(GridDelegate):
    """Paints cells and edits them, by the grid's writer where it has one."""

    def __init__(self, grid: Grid) -> None:
        """Edit the cells of a grid."""
        super().__init__(grid)
        self._grid = grid
        self.set_block(grid.block)
        self._open: CellEditor | None = None
        self._at = QPersistentModelIndex()

    def editing(self) -> CellEditor | None:
        """The editor that is open."""
        return self._open

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the column, or a line with the look of the current cell."""
        writer, column = self._grid.writer, self._grid.lazy_model().columns[index.column()]
        if writer is None:
            line = QLineEdit(parent)
            line.setObjectName("celledit")
            line.setFrame(False)
            line.setAccessibleName(column.title)
            if column.is_numeric():
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
            return line
        uncover(self._grid, index.column())
        record = self._grid.lazy_model().record(index.row())
        self._open, self._at = (
            writer.editor(parent, record, column.key),
            QPersistentModelIndex(index),
        )
        self._open.widget.setAccessibleName(column.title)
        self._grid.show_own_note()
        return self._open.widget

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget an editor that the view takes away by itself, for instance when it is read again."""
        if self._open is not None and self._open.widget is editor:
            self._open = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The writer's editors come filled; a change elsewhere does not touch what is being typed."""
        if self._open is None:
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """As large as the cell; several lines and lists of choices take more."""
        box: QRect = self._grid.visualRect(index)  # it may have been uncovered since
        if self._open is None or isinstance(editor, QLineEdit):
            editor.setGeometry(box)
            return
        look, room = theme.look(), self._grid.viewport().rect()
        tall = self._open.is_tall()
        wide = min(max(box.width(), look.px(320 if tall else 150)), room.width())
        high = min(look.px(116 if tall else 34), room.height())
        left = max(0, min(box.left(), room.right() + 1 - wide))
        top = box.top() if tall else box.center().y() - high // 2
        editor.setGeometry(left, max(0, min(top, room.bottom() + 1 - high)), wide, high)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Only for grids without a writer; a writer keeps what it weighed."""
        if self._open is None and isinstance(editor, QLineEdit) and isinstance(model, LazyModel):
            model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps and goes down, Tab right, Esc restores; leaving keeps too."""
        open_ = self._open
        if open_ is None or watched is not open_.widget:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (*_ENTER, *_TAB, Qt.Key.Key_Escape):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not open_.is_choosing() and self._key(open_, event)
        elif isinstance(event, QFocusEvent) and self._is_left(open_, event):
            self.commit((0, 0), leaving=True)
        return False

    @staticmethod
    def _is_left(editor: CellEditor, event: QFocusEvent) -> bool:
        """Whether the keyboard went to something else in the window.

        To another program and back, what was typed stays: it may be copied from there.
        """
        return event.lostFocus() and event.reason() not in _OUTSIDE and not editor.is_choosing()

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in _ENTER:
            if editor.is_tall() and modifiers & (
                Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
            ):
                return False
            control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            self.commit((0, 0) if control else enter_move(), everywhere=control)
        elif key in _TAB:
            self.commit((0, -1 if key == Qt.Key.Key_Backtab else 1))
        elif key == Qt.Key.Key_Escape:
            self._close(editor)
            self._grid.cell_note.hide()
        else:
            return False
        return True

    def commit(
        self, move: tuple[int, int], *, everywhere: bool = False, leaving: bool = False
    ) -> None:
        """Keep what was typed; a text that cannot be kept stays in its editor, with the reason below.

        Args:
            move: Rows down and columns right to go afterwards.
            everywhere: Give it to all selected cells.
            leaving: The keyboard is elsewhere already: a wrong text is told and given up.
        """
        editor, writer, model = self._open, self._grid.writer, self._grid.lazy_model()
        if editor is None or writer is None or not self._at.isValid():
            return
        text, at = editor.text(), model.index(self._at.row(), self._at.column())
        if text == editor.initial and not everywhere:
            self._close(editor)
            step_cell(self._grid, *move)
            return
        key, record = model.columns[at.column()].key, model.record(at.row())
        why = writer.weigh(record, key, text, everywhere=everywhere)
        if why and not leaving:
            self._grid.show_note(why, "must", at)
            self._grid.note_changed.emit(why)
            return
        self._close(editor)
        if why:
            self._grid.show_note(f"没有改成“{text}”：{why}", "must", at)
            self._grid.note_changed.emit(why)
        else:
            writer.keep(move)

    def _close(self, editor: CellEditor) -> None:
        self._open = None
        self.closeEditor.emit(editor.widget, self.EndEditHint.NoHint)
