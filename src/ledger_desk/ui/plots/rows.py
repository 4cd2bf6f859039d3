"""Lying bars, one below the other: name, bar with its line, value in words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.plots.plot import Plot

_ROW, _NAME = 26, 190


class RowPlot(Plot):
    """Bars on a scale from nothing to ``most``; what lacks to the line is hatched."""

    def __init__(self, name: str, most: float = 100.0) -> None:
        """Start without bars."""
        super().__init__(name)
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_most(self, most: float) -> None:
        """Let the longest bar be ``most``."""
        self._most = most
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each bar."""
        look = theme.look()
        return QSize(look.px(420), look.px(_ROW) * max(len(self._bars), 1))

    def minimumSizeHint(self) -> QSize:
        """All rows; the words give way before the bars do."""
        return QSize(theme.look().px(160), self.sizeHint().height())

    def box_of(self, place: int) -> QRect:
        """A row."""
        high = theme.look().px(_ROW)
        return QRect(0, place * high, self.width(), high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that are seen."""
        look, painter = theme.look(), QPainter(self)
        painter.setFont(look.font("body"))
        words = QFontMetrics(look.font("body"))
        said = max((words.horizontalAdvance(bar.text) for bar in self._bars), default=0)
        said = min(said + look.px(6), self.width() * 2 // 5)
        name = min(look.px(_NAME), self.width() * 3 // 10)
        wide = max(self.width() - name - said - look.px(16), look.px(20))
        for place, bar in enumerate(self._bars):
            box = self.box_of(place)
            if not event.rect().intersects(box):
                continue
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(look.colour("ink"))
            text = words.elidedText(bar.label, Qt.TextElideMode.ElideMiddle, name)
            painter.drawText(QRect(0, box.top(), name, box.height()), middle, text)
            room = QRect(
                name + look.px(8), box.top() + look.px(6), wide, box.height() - look.px(12)
            )
            self._draw(painter, room, bar.value, bar.line, late=bar.late)
            painter.setPen(look.colour("zhu" if bar.late else "ink"))
            left = room.right() + look.px(8)
            text = words.elidedText(bar.text, Qt.TextElideMode.ElideRight, self.width() - left)
            painter.drawText(
                QRect(left, box.top(), self.width() - left, box.height()), middle, text
            )
            if self.hasFocus() and place == self._here:
                paint_ring(painter, box)

    def _draw(
        self, painter: QPainter, room: QRect, value: float, line: float | None, *, late: bool
    ) -> None:
        look = theme.look()
        part = round(room.width() * min(max(value, 0), self._most) / self._most)
        painter.fillRect(room, look.colour("grey"))
        if line is not None and line > value:
            end = round(room.width() * min(line, self._most) / self._most)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("line2"))
            brush = painter.brush()
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
            painter.fillRect(
                QRect(room.left() + part, room.top(), end - part, room.height()), brush
            )
        painter.fillRect(
            QRect(room.left(), room.top(), part, room.height()),
            look.colour("zhu" if late else "dai"),
        )
        if line is not None:
            at = room.left() + round(room.width() * min(line, self._most) / self._most)
            painter.fillRect(
                QRect(
                    at - look.px(1), room.top() - look.px(3), look.px(2), room.height() + look.px(6)
                ),
                look.colour("ink"),
            )

    def _shown(self) -> None:
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            middle = self.mapTo(area.widget(), self.box_of(self._here).center())
            area.ensureVisible(0, middle.y(), 0, theme.look().px(_ROW))
