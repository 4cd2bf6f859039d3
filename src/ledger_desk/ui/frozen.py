"""Columns that stay while the rest scrolls sideways: a second view over the first ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QTableView

from ledger_desk.ui import theme
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_columns import set_row_height
from ledger_desk.ui.grid_delegate import GridDelegate
from ledger_desk.ui.grid_header import GridHeader


class FrozenColumns(QTableView):
    """Shows the first columns of a grid over it; never takes the focus."""

    def __init__(self, grid: Grid, columns: int) -> None:
        """Prepare for a grid; nothing is shown until `set_active`."""
        super().__init__(grid)
        self._grid, self._count, self._active = grid, columns, False
        header = GridHeader(self)
        self.setHorizontalHeader(header)
        set_row_height(self)
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.setItemDelegate(GridDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(grid.verticalScrollMode())
        self.setAccessibleName("固定的列")
        self.setProperty("framed", True)
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        grid.horizontalScrollBar().valueChanged.connect(self._place)
        grid.header().sectionResized.connect(self._place)
        grid.header().sectionMoved.connect(self._place)
        header.sort_wanted.connect(grid.sort_by)
        header.all_toggled.connect(grid.toggle_all)
        grid.header().check_changed.connect(header.set_check_state)
        grid.lazy_model().modelReset.connect(self._place)
        grid.installEventFilter(self)
        grid.selectionModel().selectionChanged.connect(self.viewport().update)
        self.hide()
        theme.follow(self._place)

    def set_active(self, active: bool) -> None:
        """Switch freezing on or off."""
        if active != self._active:
            self._active = active
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the grid's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the grid itself."""
        self._grid.wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Act on the grid, which shows the same rows at the same height."""
        self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
        self._grid.mousePressEvent(self._there(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act on the grid."""
        self._grid.mouseReleaseEvent(self._there(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Act on the grid."""
        self._grid.mouseDoubleClickEvent(self._there(event))

    def _there(self, event: QMouseEvent) -> QMouseEvent:
        """The event at the same cell of the grid, which may be scrolled sideways."""
        place = event.position()
        index = self.indexAt(place.toPoint())
        if index.isValid():
            place.setX(self._grid.visualRect(index).center().x())
        return QMouseEvent(
            event.type(),
            place,
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def _place(self) -> None:
        grid = self._grid
        shown = self._active and grid.horizontalScrollBar().value() > 0
        if not shown:
            self.hide()
            return
        header, own, wide = grid.header(), self.horizontalHeader(), 0
        frozen = {header.logicalIndex(visual) for visual in range(min(self._count, header.count()))}
        for place in range(own.count()):
            self.setColumnHidden(place, place not in frozen)
            if place in frozen:
                self.setColumnWidth(place, header.sectionSize(place))
                own.moveSection(own.visualIndex(place), header.visualIndex(place))
                wide += header.sectionSize(place)
        set_row_height(self)
        area = grid.viewport().geometry()
        self.setGeometry(area.left(), 0, wide, area.bottom() + 1)
        self.verticalScrollBar().setValue(grid.verticalScrollBar().value())
        self.show()
        self.raise_()
