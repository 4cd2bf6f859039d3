"""State marks: each state is a shape before it is a colour, so it holds in print too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.theme import Look

MARKS: dict[str, str] = {
    "must": "必改",
    "late": "已逾期",
    "explain": "须说明",
    "hint": "提示",
    "new": "新增",
    "changed": "变更",
    "same": "相同",
    "done": "已完成",
    "half": "办了一半",
    "none": "还没开始",
    "clock": "计时中",
}
"""Name of a mark and the word that goes with it."""

_TOKEN = {
    "must": "zhu",
    "late": "zhu",
    "explain": "zhe",
    "hint": "dian",
    "new": "ok",
    "changed": "dian",
    "same": "ink2",
    "done": "ok",
    "half": "zhe",
    "none": "ink3",
    "clock": "zhe",
}


def mark_token(mark: str) -> str:
    """Colour token of a mark."""
    return _TOKEN[mark]


def paint_mark(
    painter: QPainter, look: Look, box: QRectF, mark: str, colour: QColor | None = None
) -> None:
    """Draw a mark so that it fills ``box`` (a square of 14–16 px at 100 %)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    shade = colour or look.colour(_TOKEN[mark])
    _DRAW[mark](painter, shade)
    painter.restore()


def _filled(painter: QPainter, shade: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)


def _line(painter: QPainter, shade: QColor | Qt.GlobalColor, width: float) -> None:
    pen = QPen(shade, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _cross(painter: QPainter, shade: QColor) -> None:
    _filled(painter, shade)
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 2, 2)
    _line(painter, Qt.GlobalColor.white, 2)
    painter.drawLine(QPointF(5, 5), QPointF(11, 11))
    painter.drawLine(QPointF(11, 5), QPointF(5, 11))


def _late(painter: QPainter, shade: QColor) -> None:
    _filled(painter, shade)
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 2, 2)
    _bang(painter, 3.8, 8.8, 11.8)


def _bang(painter: QPainter, top: float, bottom: float, dot: float) -> None:
    _line(painter, Qt.GlobalColor.white, 2)
    painter.drawLine(QPointF(8, top), QPointF(8, bottom))
    painter.drawPoint(QPointF(8, dot))


def _triangle(painter: QPainter, shade: QColor) -> None:
    painter.setPen(
        QPen(shade, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(shade)
    painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(15, 14), QPointF(1, 14)]))
    _line(painter, Qt.GlobalColor.white, 1.8)
    painter.drawLine(QPointF(8, 6.4), QPointF(8, 9.4))
    painter.drawPoint(QPointF(8, 12.1))


def _info(painter: QPainter, shade: QColor) -> None:
    _filled(painter, shade)
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    _line(painter, Qt.GlobalColor.white, 1.9)
    painter.drawPoint(QPointF(8, 4.7))
    painter.drawLine(QPointF(8, 7.6), QPointF(8, 11.6))


def _plus(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.6)
    painter.drawRoundedRect(QRectF(1.8, 1.8, 12.4, 12.4), 1.5, 1.5)
    painter.drawLine(QPointF(8, 5), QPointF(8, 11))
    painter.drawLine(QPointF(5, 8), QPointF(11, 8))


def _diamond(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.7)
    painter.drawPolygon(
        QPolygonF([QPointF(8, 1.4), QPointF(14.6, 8), QPointF(8, 14.6), QPointF(1.4, 8)])
    )
    _filled(painter, shade)
    painter.drawPolygon(
        QPolygonF([QPointF(8, 5.2), QPointF(10.8, 8), QPointF(8, 10.8), QPointF(5.2, 8)])
    )


def _bars(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.8)
    painter.drawLine(QPointF(2.5, 5.6), QPointF(13.5, 5.6))
    painter.drawLine(QPointF(2.5, 10.4), QPointF(13.5, 10.4))


def _tick(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.6)
    painter.drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6))
    path = QPainterPath(QPointF(4.9, 8.3))
    path.lineTo(7.1, 10.5)
    path.lineTo(11.2, 5.9)
    painter.drawPath(path)


def _half(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.6)
    painter.drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6))
    _filled(painter, shade)
    painter.drawPie(QRectF(1.2, 1.2, 13.6, 13.6), 90 * 16, 180 * 16)


def _ring(painter: QPainter, shade: QColor) -> None:
    _line(painter, shade, 1.6)
    painter.drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6))


def _clock(painter: QPainter, shade: QColor) -> None:
    _ring(painter, shade)
    painter.drawLine(QPointF(8, 4.4), QPointF(8, 8))
    painter.drawLine(QPointF(8, 8), QPointF(10.6, 9.6))


_DRAW = {
    "must": _cross,
    "late": _late,
    "explain": _triangle,
    "hint": _info,
    "new": _plus,
    "changed": _diamond,
    "same": _bars,
    "done": _tick,
    "half": _half,
    "none": _ring,
    "clock": _clock,
}


class Mark(QWidget):
    """A mark alone; its word is its accessible name, since a word stands beside it."""

    def __init__(self, mark: str, parent: QWidget | None = None, size: int = 16) -> None:
        """Show one of `MARKS` at ``size`` pixels (at 100 %)."""
        super().__init__(parent)
        self._mark = mark
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_mark(mark)
        theme.follow(self.updateGeometry)

    def set_mark(self, mark: str) -> None:
        """Show another mark."""
        self._mark = mark
        self.setAccessibleName(MARKS[mark])
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        edge = theme.look().px(self._size)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        """The same square; marks never give way."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        paint_mark(painter, theme.look(), QRectF(self.rect()), self._mark)
