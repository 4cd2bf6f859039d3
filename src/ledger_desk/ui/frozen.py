"""Columns that stay while the rest scrolls sideways: a second view over the first ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QTableView

from ledger_desk.ui import theme
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_columns import set_row_height
from ledger_desk.ui.grid_delegate import GridDelegate
from ledger_desk.ui.grid_header import GridHeader

_MOST = 0.7
"""Part of the width that may stay in place."""


class FrozenColumns(QTableView):
    """Shows the first columns of a grid over it; never takes the focus."""

    def __init__(self, grid: Grid, columns: int) -> None:
        """Prepare for a grid; nothing is shown until `set_active`."""
        super().__init__(grid)
        self._grid, self._usual, self._active = grid, columns, False
        self._chosen: int | None = None
        header = GridHeader(self)
        self.setHorizontalHeader(header)
        set_row_height(self)
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        delegate = GridDelegate(self)
        delegate.set_block(grid.block)
        self.setItemDelegate(delegate)
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
        header.filter_wanted.connect(grid.header().filter_wanted)
        header.menu_wanted.connect(grid.header().menu_wanted)
        grid.block.changed.connect(self.viewport().update)
        grid.header().check_changed.connect(header.set_check_state)
        grid.lazy_model().modelReset.connect(self._place)
        grid.installEventFilter(self)
        grid.selectionModel().selectionChanged.connect(self.viewport().update)
        self.hide()
        theme.follow(self._place)

    def chosen(self) -> int | None:
        """How many columns somebody froze, boxes not counted; None: as is usual."""
        return self._chosen

    def choose(self, columns: int | None) -> None:
        """Freeze so many columns after the boxes in every layout, 0 for none; None: as is usual."""
        self._chosen = columns
        self._place()

    def set_active(self, active: bool) -> None:
        """Freeze what is usual in the narrowest layout."""
        if active != self._active:
            self._active = active
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the grid's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and the edge that the others pass under."""
        super().paintEvent(event)
        look, room = theme.look(), self.viewport().rect()
        wide = look.px(2)
        painter = QPainter(self.viewport())
        painter.fillRect(room.right() + 1 - wide, 0, wide, room.height(), look.colour("line2"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the grid itself."""
        self._grid.wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Act on the grid, which shows the same rows at the same height."""
        self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
        self._grid.mousePressEvent(self._there(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Act on the grid: a block is drawn there."""
        self._grid.mouseMoveEvent(self._there(event))

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

    def _frozen(self) -> list[int]:
        """Columns that stay, in their order: so many as leave room to look at the others."""
        grid, header = self._grid, self._grid.header()
        boxes = 1 if grid.has_checks() else 0
        if self._chosen is not None:
            count = self._chosen + boxes if self._chosen else 0
        else:
            count = self._usual if self._active else 0
        order = [header.logicalIndex(visual) for visual in range(header.count())]
        found = [place for place in order if not header.isSectionHidden(place)][:count]
        room = grid.viewport().width() * _MOST
        while len(found) > boxes + 1 and sum(map(header.sectionSize, found)) > room:
            found.pop()
        return found

    def _place(self) -> None:
        grid, header, own = self._grid, self._grid.header(), self.horizontalHeader()
        frozen = self._frozen()
        edge = frozen[-1] if frozen and self._chosen is not None else -1
        header.set_frozen_edge(edge)
        if not frozen or grid.horizontalScrollBar().value() <= 0:
            self.hide()
            return
        assert isinstance(own, GridHeader)
        own.copy_signs(header)
        wide = 0
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
