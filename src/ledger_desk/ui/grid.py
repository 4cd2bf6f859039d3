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
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Entry, fill_menu
from ledger_desk.ui.cell_note import CellNote
from ledger_desk.ui.grid_columns import ColumnLayout, set_row_height
from ledger_desk.ui.grid_copy import copy_text, selected_ids, selection_rows, summary
from ledger_desk.ui.grid_editing import EditingDelegate
from ledger_desk.ui.grid_header import GridHeader
from ledger_desk.ui.grid_keys import press
from ledger_desk.ui.grid_model import Index, LazyModel
from ledger_desk.ui.grid_moves import marking, menu_of, shown_columns
from ledger_desk.ui.grid_rows import Cell, Order, RowSource
from ledger_desk.ui.grid_writing import CellWriter

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
        self.writer: CellWriter | None = None
        self.editing = EditingDelegate(self)
        self.setItemDelegate(self.editing)
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
        if self.writer is None:
            self.setTabKeyNavigation(any(column.editable for column in source.columns))

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
        return marking(event, box=self.is_check(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 edits or shows the sentence, Ctrl+arrow goes to the edge, Ctrl+C copies."""
        if not press(self, event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the editor for a composition; a word that comes without one goes in whole too.

        Qt hands on what is being composed, but drops a text that is committed at once (voice,
        handwriting, words picked from a panel) when it opens the editor.
        """
        at_once = self.writer is not None and event.commitString() and not event.preeditString()
        if at_once and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
            editor = self.editing.editing()
            if editor is not None:
                QApplication.sendEvent(editor.widget, event)
            return
        super().inputMethodEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read every row of the table to find the letter."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row, or edit a cell that can be edited."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self._model.columns[index.column()].kind == "check":
            super().mouseDoubleClickEvent(event)
        elif self.writer is None and self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
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

    def copy(self) -> None:
        """Put what is selected on the clipboard, or the current cell."""
        copy_text(self._model, self.selectionModel(), self.currentIndex(), shown_columns(self))

    # Writing

    def set_writer(self, writer: CellWriter) -> None:
        """Let cells be edited, pasted, cleared and filled; Enter goes on opening the row."""
        self.writer = writer
        self.setTabKeyNavigation(False)

    def has_checks(self) -> bool:
        """Whether rows are selected with check boxes."""
        return self._checks

    def is_check(self, index: Index) -> bool:
        """Whether a cell is a check box."""
        return index.isValid() and self._model.columns[index.column()].kind == "check"

    def edit_current(self) -> None:
        """Edit the current cell as it stands, the caret behind its text."""
        self.edit(self.currentIndex())
        editor = self.editing.editing()
        if editor is not None:
            editor.to_end()

    def show_why_not(self) -> None:
        """Say why the current cell cannot be changed, after what its check says."""
        index = self.currentIndex()
        if self.writer is None or not index.isValid() or self.is_check(index):
            return
        cell = self._model.cell(index.row(), index.column())
        own = cell.note if isinstance(cell, Cell) else ""
        self.show_note(own + self.writer.why_not(self._model.columns[index.column()].key), "hint")

    # Inner

    def show_own_note(self) -> None:
        """Show the sentence of the current cell's check below it, if it has one."""
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
