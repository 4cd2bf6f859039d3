"""The table of a group: arrows move, space or Enter chooses, a digit chooses and goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.duplicates.comparing import Comparing
from ledger_desk.ui.duplicates.field_model import FieldModel
from ledger_desk.ui.duplicates.field_painting import FieldPainter

_LABEL, _LEAST, _LEAST_RESULT = 116, 150, 130  # widths at 100 %
_CHOOSE = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldTable(QTableView):
    """Fields below each other, firms beside each other.

    Signals:
        decided: A value was chosen.
        widths_changed: Left edges and widths of the firms' columns and of the result, in pixels.
        told: The whole text of the present cell.
    """

    decided = Signal()
    widths_changed = Signal(list)
    told = Signal(str)

    def __init__(self, ledger: Ledger) -> None:
        """Start with no group."""
        super().__init__()
        self._model = FieldModel(ledger, self)
        self._read_only = ledger.read_only
        self.setModel(self._model)
        self._painter = FieldPainter(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("几户的各项内容")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.hide()
        self._model.modelReset.connect(self._fit)
        self._model.dataChanged.connect(lambda *_: self._heighten())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._tell_widths())
        self.selectionModel().currentChanged.connect(self._moved)
        theme.follow(self._scale)

    def field_model(self) -> FieldModel:
        """The model, as what it is."""
        return self._model

    def show_group(self, comparing: Comparing | None) -> None:
        """Show a group from its first line."""
        self._model.show(comparing)
        self.scrollToTop()
        self._begin()

    def renew(self) -> None:
        """Lines may have moved; the same field stays the present one."""
        index, name = self.currentIndex(), ""
        if index.isValid():
            name = self._model.rows[index.row()].field
        column = index.column()
        self._model.renew()
        place = self._model.place(name)
        if place is None:
            self._begin()
        else:
            self._go(place, column)

    def set_masked(self, *, masked: bool) -> None:
        """Hide personal data, or show it."""
        self._model.masked = masked
        self.renew()

    def choose(self, column: int | None = None) -> bool:
        """Choose the value of the present cell, or of a firm's column in the present line."""
        index, comparing = self.currentIndex(), self._model.comparing
        if not index.isValid() or comparing is None or self._read_only:
            return False
        index = index if column is None else self._model.index(index.row(), column)
        record = self._model.record(index)
        row = self._model.rows[index.row()]
        if record is None or record in comparing.out or not self._model.choosable(row):
            return False
        comparing.choose(row.field, record)
        self._go(index.row(), index.column())
        self._model.decided()
        self.decided.emit()
        return True

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose; a digit chooses that firm's value and goes to the next line."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _CHOOSE:
            self.choose()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if self.choose(key - Qt.Key.Key_0):
                self._go_on()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a value chooses it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._model.record(index) is not None:
            self.setCurrentIndex(index)
            self.choose()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a present cell while the keyboard is here."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._begin()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the new width."""
        super().resizeEvent(event)
        self._fit()

    # Inner

    def _scale(self) -> None:
        self.verticalScrollBar().setSingleStep(theme.look().px(40))
        self._fit()

    def _fit(self) -> None:
        comparing = self._model.comparing
        if comparing is None:
            return
        px, firms = theme.look().px, len(comparing.ids)
        room = max(self.viewport().width(), 1)
        wide = room - px(_LABEL)
        with_result = wide >= firms * px(_LEAST) + px(_LEAST_RESULT)
        parts = firms + 0.8 if with_result else firms
        each = max(int(wide / parts), px(_LEAST))
        self.setColumnWidth(0, px(_LABEL))
        for column in range(1, firms + 1):
            self.setColumnWidth(column, each)
        self.setColumnHidden(firms + 1, not with_result)
        if with_result:
            self.setColumnWidth(firms + 1, wide - firms * each)
        self.clearSpans()
        for place, row in enumerate(self._model.rows):
            if not row.field:
                self.setSpan(place, 0, 1, firms + 2)
        self._heighten()
        self._tell_widths()

    def _heighten(self) -> None:
        widths = self._widths()
        for place, row in enumerate(self._model.rows):
            self.setRowHeight(place, self._painter.height(self._model, row, widths))

    def _widths(self) -> list[int]:
        return [
            0 if self.isColumnHidden(column) else self.columnWidth(column)
            for column in range(self._model.columnCount())
        ]

    def _tell_widths(self) -> None:
        places: Sequence[tuple[int, int]] = [
            (self.columnViewportPosition(column), 0 if self.isColumnHidden(column) else width)
            for column, width in enumerate(self._widths())
        ]
        self.widths_changed.emit(list(places[1:]))

    def _begin(self) -> None:
        place = next((n for n, row in enumerate(self._model.rows) if row.field), None)
        if place is not None:
            self._go(place, 1, scroll=False)

    def _go_on(self) -> None:
        row, column = self.currentIndex().row(), self.currentIndex().column()
        rows = self._model.rows
        following = (n for n in range(row + 1, len(rows)) if self._model.choosable(rows[n]))
        place = next(following, None)
        if place is not None:
            self._go(place, column)

    def _go(self, row: int, column: int, *, scroll: bool = True) -> None:
        index = self._model.index(row, max(1, min(column, self._model.columnCount() - 2)))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if scroll:
            self.scrollTo(index)
        self.viewport().update()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.viewport().update()
            self.told.emit(str(self._model.data(now)))
