"""Upright bars, one for each month: the outline is what there was, the filled part what was done."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.plots.plot import Plot

_HEIGHT, _GAP, _LEAST = 92, 6, 34


class ColumnPlot(Plot):
    """Bars beside each other on one scale, values over them, words under them."""

    def __init__(self, name: str, high: int = _HEIGHT) -> None:
        """Start without bars; ``high`` is its height in pixels at 100 %."""
        self._high = high
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for a year."""
        look = theme.look()
        return QSize(look.px(_LEAST) * max(len(self._bars), 1), look.px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Bars that do not fit are left out at the right, words that do not fit give way."""
        return QSize(theme.look().px(120), theme.look().px(self._high))

    def box_of(self, place: int) -> QRect:
        """The room of a bar: equal parts of the width, but no wider than reads well."""
        wide = min(self.width() // max(len(self._bars), 1), theme.look().px(96))
        return QRect(place * wide, 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all bars on one scale."""
        look, painter = theme.look(), QPainter(self)
        painter.setFont(look.font("body"))
        words = QFontMetrics(look.font("body"))
        most = max((max(bar.value, bar.whole) for bar in self._bars), default=0) or 1
        line = words.height()
        foot = self.height() - line - look.px(2)
        room = foot - line - look.px(4)
        for place, bar in enumerate(self._bars):
            box = self.box_of(place)
            left, wide = box.left() + look.px(_GAP), box.width() - 2 * look.px(_GAP)
            whole, part = round(room * bar.whole / most), round(room * bar.value / most)
            if bar.whole:
                painter.setPen(look.colour("field"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRect(left, foot - whole, wide - 1, max(whole, 1) - 1))
            shade = look.colour("zhu" if bar.late else "dai")
            if part:
                painter.fillRect(QRect(left, foot - part, wide, part), shade)
            painter.setPen(look.colour("zhu" if bar.late else "ink"))
            top = foot - max(whole, part) - line - look.px(1)
            text = words.elidedText(bar.text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(
                QRect(box.left(), top, box.width(), line), Qt.AlignmentFlag.AlignCenter, text
            )
            painter.setPen(look.colour("ink2"))
            name = words.elidedText(bar.label, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(
                QRect(box.left(), foot + look.px(2), box.width(), line),
                Qt.AlignmentFlag.AlignCenter, name,
            )  # fmt: skip
            if self.hasFocus() and place == self._here:
                paint_ring(painter, box)
        painter.fillRect(
            QRect(0, foot, self.box_of(0).width() * len(self._bars), 1), look.colour("line2")
        )
