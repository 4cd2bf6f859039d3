"""The grid: Qt's table view with a ledger's look, Excel's keys, and rows read as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.cell_note import CellNote
from ledger_desk.ui.grid_block import CellBlock, chosen_cells
from ledger_desk.ui.grid_columns import ColumnLayout, set_row_height
from ledger_desk.ui.grid_copy import as_text, copy_text, selected_ids, selection_rows
from ledger_desk.ui.grid_editing import EditingDelegate
from ledger_desk.ui.grid_header import GridHeader
from ledger_desk.ui.grid_keys import press
from ledger_desk.ui.grid_menu import menu_of, pop_up
from ledger_desk.ui.grid_model import Index, LazyModel
from ledger_desk.ui.grid_moves import marking
from ledger_desk.ui.grid_rows import Order, RowSource
from ledger_desk.ui.grid_staying import KEPT, Staying
from ledger_desk.ui.grid_telling import note_at, show_note_of, show_why_not, tell_chosen
from ledger_desk.ui.grid_writing import CellWriter

_Flag = QItemSelectionModel.SelectionFlag


class Grid(QTableView):
    """A table of any length over a `RowSource`.

    Signals:
        opened: Id of the row on Enter or a double click.
        current_changed: Id of the row that the current cell came to.
        selection_changed: Ids of the rows selected, up to 1,000; of more, none (`selected_ids`).
        summary_changed: "已选 3 户　求和 530.00 万元", empty without a selection.
        note_changed: Sentence of the current cell's check, empty when it has none.
        failed: Exception from the source.
        column_wanted: Number of the column whose sorting and filter are wanted (Ctrl+Shift+L).
        place_wanted: Somebody wants to go to a row by its number or name (Ctrl+G).

    Attributes:
        block: Cells chosen by Shift and the mouse, in a list with check boxes.
        more_entries: Gives what a list adds to the context menu of a column.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    selection_changed = Signal(list)
    summary_changed = Signal(str)
    note_changed = Signal(str)
    failed = Signal(object)
    column_wanted = Signal(int)
    place_wanted = Signal()

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
        self.more_entries: Callable[[int], list[Entry]] = lambda _column: []
        self._model = LazyModel(source, checks=checks, parent=self)
        header = GridHeader(self)
        self.setHorizontalHeader(header)
        set_row_height(self)  # before there are rows
        self.setModel(self._model)
        self.writer: CellWriter | None = None
        self.block = CellBlock(self)
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
        self.block.changed.connect(self._tell_chosen)
        self._model.failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self._model.refused.connect(self._refused)
        self._model.modelReset.connect(self._after_reset)
        selection = self.selectionModel()
        selection.selectionChanged.connect(self._selected)
        selection.currentChanged.connect(self._moved)
        self._staying = Staying(self)
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
        self._staying.forget()
        self._model.set_source(source)
        if self.writer is None:
            self.setTabKeyNavigation(any(column.editable for column in source.columns))

    def reload(self) -> None:
        """Read everything again and stay on the same record where it is still there (`Staying`)."""
        self._model.reload()

    def current_id(self) -> str:
        """Id of the row of the current cell."""
        index = self.currentIndex()
        return self._model.record(index.row()) if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """Ids of selected rows, in the order of the grid."""
        return selected_ids(self._model, self.selectionModel())

    def chosen_ids(self) -> list[str]:
        """Ids of what is to be worked on: marked rows, else those of the block, else the current."""
        if self.selected_count():
            return self.selected_ids()
        cells = self.block.cells()
        if cells is not None:
            return self._model.source.ids(cells.top, cells.height)
        return [self.current_id()] if self.current_id() else []

    def selected_count(self) -> int:
        """Number of selected rows; does not read them."""
        return sum(last - first + 1 for first, last in selection_rows(self.selectionModel()))

    def go_to(self, record: str, *, column: int = -1, scroll: bool = True) -> bool:
        """Make a record's row the current one, now or when it is read; whether it was found."""
        if self._model.source.waiting:
            self._staying.want(record, column)
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
        self._model.sort_by(order)

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a block of cells, or with Shift let it reach to here; the box column marks rows."""
        if not self.block.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the cells that the mouse is drawn over; Qt would move the current one along."""
        if not self.block.drag(event):
            super().mouseMoveEvent(event)

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
        pop_up(self, event)

    def menu_entries(self) -> list[Entry]:
        """All entries of the context menu."""
        return menu_of(self, self._entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the new width."""
        super().resizeEvent(event)
        self.columns.fit()

    def copy(self) -> None:
        """Put what is selected on the clipboard, or the current cell."""
        copy_text(as_text(self, chosen_cells(self)))

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
        """Say why the current cell cannot be changed."""
        show_why_not(self)

    # Inner

    def show_own_note(self) -> None:
        """Show the sentence of the current cell's check below it."""
        show_note_of(self)

    def _refused(self, row: int, column: int, sentence: str) -> None:
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.show_note(sentence, "must", index)
        self.note_changed.emit(sentence)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.cell_note.hide()
        self.block.clear()
        self.viewport().update(self.visualRect(before).adjusted(-2, -2, 2, 2))
        if now.column() != before.column():
            self.header().set_current(now.column())
        if not now.isValid():
            return
        if now.row() != before.row() or not before.isValid():
            self.current_changed.emit(self._model.record(now.row()))
        self.note_changed.emit(note_at(self, now))
        if self.selectionModel().hasSelection() and now.column() != before.column():
            self._tell_chosen()

    def _selected(self) -> None:
        count, rows = self.selected_count(), self._model.rowCount()
        self.header().set_check_state(0 if not count else 2 if count >= rows else 1)
        self.selection_changed.emit(self.selected_ids() if count <= KEPT else [])
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        tell_chosen(self, self._noun)

    def _after_reset(self) -> None:
        self.cell_note.hide()
        self.block.clear()
        self.columns.fit()
        self.header().set_check_state(0)
        self.summary_changed.emit("")

    def _scale(self) -> None:
        look = theme.look()
        set_row_height(self)
        self.verticalScrollBar().setSingleStep(look.px(32))
        self.columns.fit()
