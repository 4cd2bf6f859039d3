"""The grid: Qt's table view with a ledger's look, Excel's keys, and rows read as they are seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Entry, fill_menu
from ledger_desk.ui.cell_note import CellNote
from ledger_desk.ui.grid_columns import ColumnLayout
from ledger_desk.ui.grid_copy import copy_text, selected_ids, selection_rows, summary
from ledger_desk.ui.grid_delegate import GridDelegate
from ledger_desk.ui.grid_header import GridHeader
from ledger_desk.ui.grid_model import Index, LazyModel
from ledger_desk.ui.grid_moves import MOVES, menu_of, next_cell, to_edge
from ledger_desk.ui.grid_rows import Cell, Order, RowSource

_Flag = QItemSelectionModel.SelectionFlag


class Grid(QTableView):
    """A table of any length over a `RowSource`.

    Signals:
        opened: Id of the row on Enter or a double click.
        current_changed: Id of the row that the current cell came to.
        selection_changed: Ids of the rows selected.
        summary_changed: "已选 3 户　求和 530.00 万元", empty without a selection.
        note_changed: Sentence of the current cell's check, empty when it has none.
        failed: Exception from the source.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    selection_changed = Signal(list)
    summary_changed = Signal(str)
    note_changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        source: RowSource,
        *,
        checks: bool = False,
        noun: str = "户",
        name: str = "表格",
        parent: QWidget | None = None,
    ) -> None:
        """Show a source.

        Args:
            source: Where rows come from.
            checks: Rows are selected with check boxes and stay selected while one moves about;
                without, cells are selected as in Excel.
            noun: Measure word of a row: 户, 笔, 行.
            name: Name for screen readers.
            parent: Owner.
        """
        super().__init__(parent)
        self._checks, self._noun = checks, noun
        self._entries: list[Entry] = []
        self._model = LazyModel(source, checks=checks, parent=self)
        header = GridHeader(self)
        self.setHorizontalHeader(header)
        set_row_height(self)  # before there are rows
        self.setModel(self._model)
        self.setItemDelegate(GridDelegate(self))
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(any(column.editable for column in source.columns))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        rows = QAbstractItemView.SelectionBehavior.SelectRows
        self.setSelectionBehavior(
            rows if checks else QAbstractItemView.SelectionBehavior.SelectItems
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.columns = ColumnLayout(self, header)
        self.cell_note = CellNote(self)
        header.sort_wanted.connect(self.sort_by)
        header.all_toggled.connect(self.toggle_all)
        self._model.failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self._model.refused.connect(self._refused)
        self._model.modelReset.connect(self._after_reset)
        selection = self.selectionModel()
        selection.selectionChanged.connect(self._selected)
        selection.currentChanged.connect(self._moved)
        theme.follow(self._scale)

    # What pages call

    def header(self) -> GridHeader:
        """The header, as what it is."""
        header = self.horizontalHeader()
        assert isinstance(header, GridHeader)
        return header

    def lazy_model(self) -> LazyModel:
        """The model, as what it is."""
        return self._model

    def set_source(self, source: RowSource) -> None:
        """Show other rows."""
        self._model.set_source(source)

    def reload(self) -> None:
        """Read everything again and stay on the same record where it is still there."""
        here, column = self.current_id(), self.currentIndex().column()
        top = self.verticalScrollBar().value()
        self._model.reload()
        if here:
            self.go_to(here, column=column, scroll=False)
        elif self._model.rowCount():  # the details beside a list begin with its first row
            first = self._model.index(0, 1 if self._checks else 0)
            self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self.verticalScrollBar().setValue(top)

    def current_id(self) -> str:
        """Id of the row of the current cell."""
        index = self.currentIndex()
        return self._model.record(index.row()) if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """Ids of selected rows, in the order of the grid."""
        return selected_ids(self._model, self.selectionModel())

    def selected_count(self) -> int:
        """Number of selected rows; does not read them."""
        return sum(last - first + 1 for first, last in selection_rows(self.selectionModel()))

    def go_to(self, record: str, *, column: int = -1, scroll: bool = True) -> bool:
        """Make a record's row the current one; whether it was found."""
        place = self._model.source.place(record)
        if place is None or place >= self._model.rowCount():
            return False
        if column < 0:
            column = max(self.currentIndex().column(), 1 if self._checks else 0)
        index = self._model.index(place, column)
        self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def set_menu(self, entries: Sequence[Entry]) -> None:
        """Words of the context menu, above those every grid has."""
        self._entries = list(entries)

    def set_filtered(self, keys: Collection[str]) -> None:
        """Draw funnels at columns that a condition looks at."""
        self.header().set_filtered(frozenset(keys))
        self.columns.fit()

    def sort_by(self, order: Order) -> None:
        """Sort, and stay on the same record."""
        here, column = self.current_id(), self.currentIndex().column()
        self._model.sort_by(order)
        if here:
            self.go_to(here, column=column)

    def toggle_all(self) -> None:
        """Select every row, or none when all are."""
        if self._model.rowCount() and self.selected_count() < self._model.rowCount():
            self.selectAll()
        else:
            self.clearSelection()

    def show_note(self, sentence: str, kind: str, index: QModelIndex | None = None) -> None:
        """Put a sentence under a cell until one moves on."""
        self.cell_note.show_at(self.visualRect(index or self.currentIndex()), kind, sentence)

    # Qt's own

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _Flag:
        """With check boxes: moving selects nothing; the box, Ctrl and Shift do."""
        if not self._checks:
            return super().selectionCommand(index, event)
        if isinstance(event, QMouseEvent):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return _Flag.Select | _Flag.Current | _Flag.Rows
            press = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
            box = index.isValid() and self._model.columns[index.column()].kind == "check"
            if press and (box or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                return _Flag.Toggle | _Flag.Rows
        elif isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                return _Flag.Toggle | _Flag.Rows
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in MOVES:
                return _Flag.Select | _Flag.Rows
        return _Flag.NoUpdate

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 edits or shows the sentence, Ctrl+arrow goes to the edge, Ctrl+C copies."""
        key, index = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        editable = index.isValid() and bool(self._model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if editable or self.tabKeyNavigation():
                next_cell(self)
            else:
                self.opened.emit(self.current_id())
        elif (key == Qt.Key.Key_F2 and not editable) or (key == Qt.Key.Key_Down and _alt(event)):
            self._show_own_note()
        elif key == Qt.Key.Key_Escape and self.cell_note.isVisible():
            self.cell_note.hide()
        elif control and key == Qt.Key.Key_C:
            self.copy()
        elif control and key in MOVES and index.isValid():
            to_edge(self, MOVES[key], extend=shift, first=1 if self._checks else 0)
        elif key == Qt.Key.Key_Space and not editable and index.isValid() and self._checks:
            self.selectionModel().select(index, _Flag.Toggle | _Flag.Rows)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row, or edit a cell that can be edited."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self._model.columns[index.column()].kind == "check":
            super().mouseDoubleClickEvent(event)
        elif self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.opened.emit(self._model.record(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of words, by mouse or by the menu key."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self.menu_entries())
        menu.popup(place)

    def menu_entries(self) -> list[Entry]:
        """All entries of the context menu."""
        return menu_of(self, self._entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the new width."""
        super().resizeEvent(event)
        self.columns.fit()

    # Inner

    def copy(self) -> None:
        """Put what is selected on the clipboard, or the current cell."""
        copy_text(self._model, self.selectionModel(), self.currentIndex())

    def _show_own_note(self) -> None:
        cell = self._model.cell(self.currentIndex().row(), self.currentIndex().column())
        if isinstance(cell, Cell) and cell.note:
            kind = cell.state if cell.state in ("must", "explain") else "hint"
            self.show_note(cell.note, "must" if cell.state == "missing" else kind)

    def _refused(self, row: int, column: int, sentence: str) -> None:
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.show_note(sentence, "must", index)
        self.note_changed.emit(sentence)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.cell_note.hide()
        self.viewport().update(self.visualRect(before).adjusted(-2, -2, 2, 2))
        if not now.isValid():
            return
        if now.row() != before.row() or not before.isValid():
            self.current_changed.emit(self._model.record(now.row()))
        cell = self._model.cell(now.row(), now.column())
        self.note_changed.emit(cell.note if isinstance(cell, Cell) else "")
        if self.selectionModel().hasSelection() and now.column() != before.column():
            self.summary_changed.emit(summary(self._model, self.selectionModel(), now, self._noun))

    def _selected(self) -> None:
        count, rows = self.selected_count(), self._model.rowCount()
        self.header().set_check_state(0 if not count else 2 if count >= rows else 1)
        self.selection_changed.emit(self.selected_ids())
        self.summary_changed.emit(
            summary(self._model, self.selectionModel(), self.currentIndex(), self._noun)
        )

    def _after_reset(self) -> None:
        self.cell_note.hide()
        self.columns.fit()
        self.header().set_check_state(0)
        self.summary_changed.emit("")

    def _scale(self) -> None:
        look = theme.look()
        set_row_height(self)
        self.verticalScrollBar().setSingleStep(look.px(32))
        self.columns.fit()

    def visible_box(self) -> QRect:
        """The viewport's place, for things laid over it."""
        return self.viewport().geometry()


def set_row_height(view: QTableView) -> None:
    """Give all rows the one height, without a word for each of a million rows.

    Qt resizes row by row and tells of each; a least height above the default one makes that
    quadratic. So the least is 1 and the header keeps quiet.
    """
    rows, high = view.verticalHeader(), theme.look().px(32)
    if rows.defaultSectionSize() == high and not rows.isVisible():
        return
    rows.hide()
    rows.setSectionResizeMode(rows.ResizeMode.Fixed)
    rows.blockSignals(True)
    rows.setMinimumSectionSize(1)
    rows.setDefaultSectionSize(high)
    rows.blockSignals(False)
    view.doItemsLayout()


def _alt(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
