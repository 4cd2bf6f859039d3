"""Choices of up to four options, and the check box, painted and built on Qt's own buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.layouts import Row


@dataclass(frozen=True)
class Option:
    """One option: its value, its word, and the tone of its meaning (dai, ok, zhu, zhe)."""

    value: object
    text: str
    tone: str = "dai"


def paint_tick(painter: QPainter, box: QRectF, colour: QColor, width: float) -> None:
    """Draw a tick inside a square box."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(box.left() + box.width() * 0.20, box.top() + box.height() * 0.52))
    path.lineTo(box.left() + box.width() * 0.42, box.top() + box.height() * 0.73)
    path.lineTo(box.left() + box.width() * 0.80, box.top() + box.height() * 0.29)
    painter.drawPath(path)


class _Segment(QAbstractButton):
    """One option of a segmented choice."""

    def __init__(self, option: Option, number: int, parent: Segmented) -> None:
        super().__init__(parent)
        self.option = option
        self.number = number
        self._whole = parent
        self.setText(option.text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for digit or tick, the word, and 34 in height."""
        look = theme.look()
        wide = QFontMetrics(look.font("bold")).horizontalAdvance(self.text())
        return QSize(wide + look.px(48), look.px(34))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White on the tone when chosen, else ink on the sheet with the digit in front."""
        look, painter = theme.look(), QPainter(self)
        chosen, on = self.isChecked(), self.isEnabled()
        ground = self.option.tone if chosen else ("sheet" if on else "grey")
        if chosen and not on:
            ground = "ink3"
        painter.fillRect(self.rect(), look.colour(ground))
        if not chosen and self.underMouse() and on:
            painter.fillRect(self.rect(), look.colour("hover"))
        ink = look.colour("sheet" if chosen else ("ink" if on else "off"))
        painter.setFont(look.font("bold" if chosen else "body"))
        metrics = QFontMetrics(painter.font())
        wide = metrics.horizontalAdvance(self.text())
        lead = look.px(20)
        left = (self.width() - wide - lead) // 2
        middle = QRect(left + lead, 0, wide + look.px(8), self.height())
        painter.setPen(ink)
        painter.drawText(
            middle, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = look.px(16)
            paint_tick(
                painter, QRectF(left, (self.height() - edge) / 2, edge, edge), ink, look.px(2)
            )
        else:
            painter.setPen(look.colour("ink3" if on else "off"))
            painter.drawText(
                QRect(left, 0, lead, self.height()), Qt.AlignmentFlag.AlignVCenter, str(self.number)
            )
        if self.hasFocus():
            paint_ring(painter, self.rect(), light=chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose; the rest is Qt's (arrows within the group, space)."""
        if not self._whole.take_key(event):
            super().keyPressEvent(event)


class Segmented(QWidget):
    """Up to four options side by side; one is chosen, or none yet."""

    changed = Signal(object)

    def __init__(self, options: Sequence[Option], value: object = None, name: str = "") -> None:
        """Make one segment for each option; ``name`` is for screen readers."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._segments = [_Segment(option, n, self) for n, option in enumerate(options, 1)]
        row = Row(self, margins=1, gap=1)
        for segment in self._segments:
            self._group.addButton(segment)
            row.add(segment, stretch=1)
        self._group.buttonClicked.connect(self._clicked)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._segments[0])
        self.set_value(value)

    def setAccessibleName(self, name: str) -> None:
        """Give each segment the name of the whole with its own word."""
        super().setAccessibleName(name)
        for segment in self._segments:
            segment.setAccessibleName(f"{name}：{segment.text()}" if name else segment.text())

    def value(self) -> object:
        """Value chosen, None when none is."""
        return next((each.option.value for each in self._segments if each.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose without telling anybody; None takes the choice away."""
        self._group.setExclusive(False)
        for segment in self._segments:
            segment.setChecked(value is not None and segment.option.value == value)
        self._group.setExclusive(True)
        proxy = next((each for each in self._segments if each.isChecked()), self._segments[0])
        self.setFocusProxy(proxy)

    def set_enabled_values(self, values: Collection[object]) -> None:
        """Allow only some of the options."""
        for segment in self._segments:
            segment.setEnabled(segment.option.value in values)

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose by digit; whether the key was one of ours."""
        number = event.key() - Qt.Key.Key_0
        if not 1 <= number <= len(self._segments):
            return False
        segment = self._segments[number - 1]
        if segment.isEnabled():
            segment.setFocus(Qt.FocusReason.OtherFocusReason)
            segment.click()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the lines between the segments."""
        look, painter = theme.look(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("field"))

    def _clicked(self, segment: QAbstractButton) -> None:
        self.setFocusProxy(segment)
        self.changed.emit(self.value())


class CheckBox(QCheckBox):
    """Qt's check box with a drawn box and tick, as high as any control."""

    def __init__(self, text: str, checked: bool = False) -> None:
        """Make a box with a word beside it."""
        super().__init__(text)
        self.setAccessibleName(text)
        self.setChecked(checked)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Box, gap and word."""
        look = theme.look()
        wide = QFontMetrics(look.font("body")).horizontalAdvance(self.text())
        return QSize(wide + look.px(34), look.px(34))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        """The whole of it can be pressed."""
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and word."""
        look, painter = theme.look(), QPainter(self)
        edge = look.px(17)
        box = QRect(look.px(4), (self.height() - edge) // 2, edge, edge)
        state = 0 if self.checkState() == Qt.CheckState.Unchecked else 2
        if self.checkState() == Qt.CheckState.PartiallyChecked:
            state = 1
        paint_check(painter, box, state, enabled=self.isEnabled())
        painter.setPen(look.colour("ink" if self.isEnabled() else "off"))
        painter.setFont(look.font("body"))
        words = self.rect().adjusted(look.px(30), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            paint_ring(painter, self.rect())


def paint_check(painter: QPainter, box: QRect, state: int, *, enabled: bool = True) -> None:
    """Draw a check box: state 0 empty, 1 partly, 2 ticked."""
    look = theme.look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    if state:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("dai" if enabled else "off"))
    else:
        painter.setPen(QPen(look.colour("field"), max(look.factor, 1)))
        painter.setBrush(look.colour("sheet" if enabled else "grey"))
    painter.drawRoundedRect(inner, look.px(3), look.px(3))
    if state == 2:
        paint_tick(painter, QRectF(box), look.colour("sheet"), 2 * look.factor)
    elif state == 1:
        painter.setPen(QPen(look.colour("sheet"), 2 * look.factor))
        middle = box.top() + box.height() / 2
        painter.drawLine(
            QPointF(box.left() + box.width() * 0.25, middle),
            QPointF(box.left() + box.width() * 0.75, middle),
        )
    painter.restore()
