"""Tags say a state and cannot be pressed; chips are conditions and can."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.marks import paint_mark
from ledger_desk.ui.tokens import TONES


class Tag(QWidget):
    """A mark and a word on a tint."""

    def __init__(self, text: str, tone: str = "grey", mark: str | None = None) -> None:
        """Show ``text`` in a tone: grey, dai, ok, zhe, zhu, dian."""
        super().__init__()
        self._text, self._tone, self._mark = text, tone, mark
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def set(self, text: str, tone: str, mark: str | None = None) -> None:
        """Say something else."""
        self._text, self._tone, self._mark = text, tone, mark
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark, word and a little air; 24 high."""
        look = theme.look()
        wide = QFontMetrics(look.font("bold")).horizontalAdvance(self._text)
        return QSize(wide + look.px(14) + (look.px(20) if self._mark else 0), look.px(24))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint, the mark and the word."""
        look, painter = theme.look(), QPainter(self)
        ink, tint = TONES[self._tone]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(ink), 1) if look.tokens.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(tint))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(3), look.px(3)
        )
        painter.restore()
        left = look.px(7)
        if self._mark:
            edge = look.px(15)
            paint_mark(
                painter,
                look,
                QRectF(left, (self.height() - edge) / 2, edge, edge),
                self._mark,
                look.colour(ink),
            )
            left += look.px(20)
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour(ink))
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text
        )


class Chip(QAbstractButton):
    """A condition of a list: Enter or a click opens it, Del or the ✕ takes it away."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        on_open: Callable[[], object] | None = None,
        on_remove: Callable[[], object] | None = None,
        *,
        adds: bool = False,
    ) -> None:
        """Make a chip; without ``on_remove`` it has no ✕; ``adds`` draws it dashed with a plus."""
        super().__init__()
        self._removable, self._adds = on_remove is not None, adds
        self.setText(text)
        self.setAccessibleName(f"加条件：{text}" if adds else f"条件 {text}，按删除键去掉")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if on_open is not None:
            self.clicked.connect(lambda _checked=False: on_open())
        if on_remove is not None:
            self.removed.connect(lambda: on_remove())
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Word and signs; 34 high."""
        look = theme.look()
        wide = QFontMetrics(look.font("body")).horizontalAdvance(self.text())
        signs = look.px(24 if self._removable else 0) + look.px(18 if self._adds else 0)
        return QSize(wide + signs + look.px(24), look.px(34))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _cross(self, painter: QPainter, box: QRect, *, upright: bool = False) -> None:
        """Draw a plus or a ✕ in the middle of a box; the fonts that ship have no ✕."""
        look = theme.look()
        reach = look.px(5 if upright else 4)
        middle = QRectF(box).center()
        painter.setPen(QPen(look.colour("ink2" if upright else "ink"), 1.6 * look.factor))
        for dx, dy in ((reach, 0), (0, reach)) if upright else ((reach, reach), (reach, -reach)):
            painter.drawLine(middle - QPointF(dx, dy), middle + QPointF(dx, dy))
        painter.setPen(look.colour("ink2" if upright else "ink"))

    def _cross_box(self) -> QRect:
        look = theme.look()
        return QRect(self.width() - look.px(32), 0, look.px(32), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes, Enter opens."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._removable:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The ✕ removes; the rest opens."""
        if self._removable and self._cross_box().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline, the word and the signs."""
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("field" if self._adds else "dai"), max(1.0, look.factor))
        if self._adds:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = "sheet" if self._adds else "dai3"
        painter.setBrush(look.colour("hover" if self.underMouse() and self._adds else ground))
        half = pen.widthF() / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), look.px(16), look.px(16)
        )
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2" if self._adds else "ink"))
        left = look.px(12)
        if self._adds:
            self._cross(painter, QRect(left, 0, look.px(12), self.height()), upright=True)
            left += look.px(18)
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._removable:
            self._cross(painter, self._cross_box())
        if self.hasFocus():
            painter.setPen(QPen(look.colour("dai"), look.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = look.px(1)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.px(16), look.px(16)
            )
