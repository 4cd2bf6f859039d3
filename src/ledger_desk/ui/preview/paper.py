"""One page of paper on a desk: a picture that scrolls and zooms, whose cells can be gone to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.preview.marking import CellMark, paint_current, paint_marks
from ledger_desk.ui.preview.pages import Pages, PdfPages
from ledger_desk.ui.preview.spots import CellKey, Place, Spot, Spots

Zoom = float | Literal["width", "page"]
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN_DPI, _POINTS = 96, 72
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PaperView(QAbstractScrollArea):
    """Shows one page at a time.

    Signals:
        page_changed: Page shown, from 0.
        chosen: Row and column of the cell that was clicked or gone to.
        opened: The same, on Enter or a double click.
        zoomed: The zoom changed.
        sheet_wanted: Ctrl with PgUp or PgDn: the sheet before (-1) or behind (1).
    """

    page_changed = Signal(int)
    chosen = Signal(int, int)
    opened = Signal(int, int)
    zoomed = Signal()
    sheet_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without paper."""
        super().__init__(parent)
        self._pages: Pages | None = None
        self._spots = Spots()
        self._marks: Mapping[Place, CellMark] = {}
        self._page, self._zoom = 0, "width"  # type: int, Zoom
        self._current: Spot | None = None
        self._picture: tuple[int, int, float, QImage] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("纸面预览")
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        theme.follow(self._fit)

    # What panels call

    def show_pdf(
        self, pdf: bytes | Pages | None, spots: Spots, marks: Mapping[Place, CellMark]
    ) -> None:
        """Show another document; page and chosen cell stay where they are still there."""
        before = self._current
        self._pages = PdfPages(pdf) if isinstance(pdf, bytes) else pdf
        self._spots, self._marks, self._picture = spots, marks, None
        self._page = min(self._page, max(self.page_count() - 1, 0))
        found = None
        if before is not None:
            found = spots.find(before.key, self._page, before.sheet)
            found = found or spots.find(before.key, self._page)
        if found is not None and found not in spots.choices(found.page):
            found = None
        self._current = found
        self._fit()
        self.page_changed.emit(self._page)
        if before is not None and found is not None:
            self.chosen.emit(*found.key)

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages) if self._pages is not None else 0

    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    def go_to_page(self, page: int, *, bottom: bool = False) -> None:
        """Show a page from its top, or from its bottom."""
        if not 0 <= page < self.page_count() or page == self._page:
            return
        self._page = page
        self._fit()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if bottom else 0)
        self.page_changed.emit(page)

    def current(self) -> CellKey | None:
        """The cell chosen."""
        return self._current.key if self._current is not None else None

    def sheet(self) -> str:
        """The tab that the chosen cell is on, or else the page; empty for paper without tabs."""
        here = self._current
        return here.sheet if here is not None else self._spots.sheet_of(self._page)

    def go_to(self, row: int, column: int, sheet: str | None = None) -> bool:
        """Choose a cell and bring it into sight; whether it is on the paper."""
        spot = self._spots.find((row, column), self._page, sheet)
        if spot is None:
            return False
        self._choose(spot)
        return True

    def zoom(self) -> Zoom:
        """The zoom: ``width``, ``page``, or 1.0 for 100 %."""
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Change the size; what is in the middle stays there."""
        self._zoom = zoom
        self._fit()
        if self._current is not None:
            self._show(self._current)
        self.zoomed.emit()

    def percent(self) -> int:
        """Size of the picture; 100 is the size of the paper itself at the present text size."""
        return round(self._scale() * 100 * _POINTS / _SCREEN_DPI / theme.look().factor)

    # Sizes

    def _scale(self) -> float:
        """Pixels of the window for one point of the paper."""
        if self._pages is None:
            return 1.0
        if isinstance(self._zoom, float):
            return self._zoom * theme.look().factor * _SCREEN_DPI / _POINTS
        wide, high = self._pages.sizes[self._page]
        edge = 2 * self._margin()
        across = max(self.viewport().width() - edge, 50) / wide
        if self._zoom == "width":
            return across
        return min(across, max(self.viewport().height() - edge, 50) / high)

    def _margin(self) -> int:
        return theme.look().px(11)

    def _paper(self) -> QRectF:
        """The sheet in pixels of the viewport, scrolled."""
        if self._pages is None:
            return QRectF()
        wide, high = self._pages.sizes[self._page]
        scale, edge = self._scale(), self._margin()
        left = max(edge, (self.viewport().width() - wide * scale) / 2)
        box = QRectF(left, edge, wide * scale, high * scale)
        return box.translated(
            -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def _fit(self) -> None:
        """Give the scroll bars their ranges."""
        if self._pages is None:
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
        else:
            wide, high = self._pages.sizes[self._page]
            scale, edge = self._scale(), 2 * self._margin()
            for bar, size, room in (
                (self.verticalScrollBar(), high, self.viewport().height()),
                (self.horizontalScrollBar(), wide, self.viewport().width()),
            ):
                bar.setRange(0, max(0, round(size * scale) + edge - room))
                bar.setPageStep(room)
                bar.setSingleStep(theme.look().px(40))
        self.viewport().update()

    def _image(self) -> QImage:
        assert self._pages is not None
        ratio = self.devicePixelRatioF()
        scale = self._scale() * ratio
        key = (self._page, id(self._pages), round(scale, 4))
        if self._picture is None or self._picture[:3] != key:
            made = self._pages.image(self._page, scale)
            made.setDevicePixelRatio(ratio)
            self._picture = (*key, made)
        return self._picture[3]

    def _on_screen(self, spot: Spot) -> QRectF:
        paper, scale = self._paper(), self._scale()
        box = spot.box
        return QRectF(
            paper.left() + box.left() * scale, paper.top() + box.top() * scale,
            box.width() * scale, box.height() * scale,
        )  # fmt: skip

    # Going about

    def _choose(self, spot: Spot, *, told: bool = True) -> None:
        if spot.page != self._page:
            self.go_to_page(spot.page)
        self._current = spot
        self._show(spot)
        self.viewport().update()
        if told:
            self.chosen.emit(*spot.key)

    def _show(self, spot: Spot) -> None:
        """Scroll until a cell can be seen, with some room around it."""
        box, room = self._on_screen(spot), theme.look().px(24)
        for bar, low, high, size in (
            (self.verticalScrollBar(), box.top(), box.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), box.left(), box.right(), self.viewport().width()),
        ):
            if low < room:
                bar.setValue(round(bar.value() + low - room))
            elif high > size - room:
                bar.setValue(round(bar.value() + min(high - size + room, low - room)))

    def _turn(self, by: int) -> None:
        """A window's height up or down; past the edge, the next page."""
        bar = self.verticalScrollBar()
        if (by > 0 and bar.value() < bar.maximum()) or (by < 0 and bar.value() > 0):
            bar.setValue(bar.value() + by * round(bar.pageStep() * 0.9))
        else:
            self.go_to_page(self._page + by, bottom=by < 0)

    def _step_zoom(self, by: int) -> None:
        now = self._scale() * _POINTS / _SCREEN_DPI / theme.look().factor
        larger = [step for step in STEPS if step > now + 0.01]
        smaller = [step for step in STEPS if step < now - 0.01]
        if by > 0 and larger:
            self.set_zoom(larger[0])
        elif by < 0 and smaller:
            self.set_zoom(smaller[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter opens, PgUp and PgDn turn pages, Ctrl with + - 0 zooms."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        choices = self._spots.choices(self._page)
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._step_zoom(-1 if key == Qt.Key.Key_Minus else 1)
        elif control and key == Qt.Key.Key_0:
            self.set_zoom("width")
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            by = 1 if key == Qt.Key.Key_PageDown else -1
            self.sheet_wanted.emit(by) if control else self._turn(by)
        elif key in _ARROWS and not control:
            self._arrow(*_ARROWS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and choices:
            self._choose(choices[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.opened.emit(*self._current.key)
        else:
            super().keyPressEvent(event)

    def _arrow(self, dx: int, dy: int) -> None:
        choices = self._spots.choices(self._page)
        here = self._current
        if here is None or here.page != self._page:
            if choices:
                self._choose(choices[0])
            return
        following = self._spots.beside(here, dx, dy)
        if following is not None:
            self._choose(following)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a cell."""
        spot = self._under(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(spot)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens it."""
        spot = self._under(event.position())
        if spot is not None:
            self.opened.emit(*spot.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over cells that can be chosen."""
        over = self._under(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel zooms; past the edge the wheel turns the page."""
        down = event.angleDelta().y() < 0
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step_zoom(-1 if down else 1)
        elif bar.value() == (bar.maximum() if down else 0) and event.angleDelta().y():
            self.go_to_page(self._page + (1 if down else -1), bottom=not down)
        else:
            super().wheelEvent(event)

    def _under(self, place: QPointF) -> Spot | None:
        paper, scale = self._paper(), self._scale()
        off = place - paper.topLeft()
        return self._spots.at(self._page, QPointF(off.x() / scale, off.y() / scale))

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        """A little desk."""
        return QSize(theme.look().px(160), theme.look().px(80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the chosen cell gets its full weight."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And loses it."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw desk, sheet, marks and the chosen cell."""
        look, painter = theme.look(), QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("desk"))
        if self._pages is None:
            return
        paper = self._paper()
        painter.fillRect(paper.adjusted(-1, -1, 1, 1), look.colour("line2"))
        painter.drawImage(paper.topLeft(), self._image())
        paint_marks(painter, self._spots.on(self._page), self._marks, self._on_screen)
        if self._current is not None and self._current.page == self._page:
            paint_current(painter, self._on_screen(self._current), focused=self.hasFocus())
