"""The plots of the progress strip: a bar for each group, and a line over the days of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.work.visit_progress import Bar, Day

_HIGH = 96  # of a plot, with names and figures
_LEAST = 62  # width of a bar with its name


class _BarButton(QAbstractButton):
    """One bar: filled as far as visited, hatched up to all, a line where the effective ones end."""

    def __init__(self, bar: Bar, most: int) -> None:
        super().__init__()
        self.bar, self._most = bar, max(most, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{bar.words}，打开名单")
        self.setToolTip(bar.words)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for four characters."""
        return QSize(theme.look().px(_LEAST), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figures above, the bar, the name below."""
        look, painter, bar = theme.look(), QPainter(self), self.bar
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), look.colour("hover"))
        text = look.px(22)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("zhu" if bar.late else "ink2"))
        painter.drawText(QRect(0, 0, self.width(), text), middle, f"{bar.done:,}/{bar.total:,}")
        painter.setPen(look.colour("ink"))
        wide = QFontMetrics(painter.font()).elidedText(
            bar.title, Qt.TextElideMode.ElideRight, self.width() - look.px(4)
        )
        painter.drawText(QRect(0, self.height() - text, self.width(), text), middle, wide)
        room = self.height() - 2 * text - look.px(6)
        thick = min(look.px(34), self.width() - look.px(16))
        high = max(round(room * bar.total / self._most), look.px(3))
        foot = text + look.px(3) + room
        whole = QRect((self.width() - thick) // 2, foot - high, thick, high)
        painter.fillRect(whole, QBrush(look.colour("line2"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(look.colour("field"))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
        if bar.total:
            done = round(high * bar.done / bar.total)
            painter.fillRect(QRect(whole.left(), foot - done, thick, done), look.colour("dai"))
            if bar.effective < bar.done:
                counted = foot - round(high * bar.effective / bar.total)
                painter.setPen(QPen(look.colour("ink"), look.px(2)))
                painter.drawLine(
                    whole.left() - look.px(3), counted, whole.right() + look.px(3), counted
                )
        if self.hasFocus():
            paint_ring(painter, self.rect())


class BarPlot(QWidget):
    """Bars of one scale side by side; what does not fit is told at the end.

    Signals:
        opened: Key of a bar (None: those without), and its words.
    """

    opened = Signal(object, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._buttons: list[_BarButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as a bar."""
        return QSize(theme.look().px(200), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Room for one bar."""
        return QSize(theme.look().px(_LEAST), theme.look().px(_HIGH))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show bars, the largest first."""
        self._bars = tuple(bars)
        self._fill()

    def left_out(self) -> int:
        """How many bars have no room."""
        return len(self._bars) - len(self._buttons)

    def buttons(self) -> list[_BarButton]:
        """The bars that are shown."""
        return list(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as fit."""
        super().resizeEvent(event)
        if self._fitting() != len(self._buttons):
            self._fill()

    def _fitting(self) -> int:
        room = max(self.width() // theme.look().px(_LEAST), 1)
        return min(len(self._bars), room)

    def _fill(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        most = max((bar.total for bar in self._bars), default=1)
        self._buttons = []
        while self._row.count():
            self._row.takeAt(0)
        for bar in self._bars[: self._fitting()]:
            button = _BarButton(bar, most)
            button.setMaximumWidth(theme.look().px(110))
            button.clicked.connect(partial(self._open, bar))
            self._buttons.append(button)
            self._row.addWidget(button)
        self._row.addStretch(0 if len(self._buttons) > 9 else 1)

    def _open(self, bar: Bar, _checked: bool = False) -> None:
        self.opened.emit(bar.key, bar.title)


class DayPlot(QWidget):
    """Visited so far as a line over the days, and what was due so far as a broken one.

    Left and right choose a day, Enter opens the firms visited on it.

    Signals:
        opened: ISO day, and its words.
    """

    opened = Signal(object, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._days: tuple[Day, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("每天的走访进度")
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as bars."""
        return QSize(theme.look().px(300), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """A short line."""
        return QSize(theme.look().px(120), theme.look().px(_HIGH))

    def show_days(self, days: Sequence[Day]) -> None:
        """Show days in order."""
        self._days = tuple(days)
        self._choose(len(days) - 1)

    def day(self) -> Day | None:
        """The day that is chosen."""
        return self._days[self._at] if 0 <= self._at < len(self._days) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axis, both lines, a column for each day's visits, and the words of the chosen day."""
        look, painter = theme.look(), QPainter(self)
        painter.setFont(look.font("body"))
        chosen = self.day()
        if chosen is None:
            painter.setPen(look.colour("ink2"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "还没有走访记录")
            return
        box = self._box()
        most = max(max(day.so_far for day in self._days), max(day.due for day in self._days), 1)

        def at(place: int, value: int) -> QPointF:
            return QPointF(self._x(place), box.bottom() - box.height() * value / most)

        thin = max(2.0, min(look.px(14), box.width() / max(len(self._days), 1) - 2))
        for place, day in enumerate(self._days):
            if day.done:
                top = at(place, day.done)
                tone = look.colour("dai" if place == self._at else "line2")
                painter.fillRect(
                    QRectF(top.x() - thin / 2, top.y(), thin, box.bottom() - top.y()), tone
                )
        painter.setPen(QPen(look.colour("line2"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("ink"), max(1.2, look.factor), Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([at(n, day.due) for n, day in enumerate(self._days)]))
        painter.setPen(QPen(look.colour("dai"), look.px(2)))
        painter.drawPolyline(QPolygonF([at(n, day.so_far) for n, day in enumerate(self._days)]))
        painter.setBrush(look.colour("dai"))
        painter.drawEllipse(at(self._at, chosen.so_far), look.px(3), look.px(3))
        painter.setPen(look.colour("ink"))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(look.px(4), 0, self.width(), look.px(22)), left, self._words(chosen))
        painter.setPen(look.colour("ink2"))
        line = QRect(
            look.px(4), self.height() - look.px(22), self.width() - look.px(8), look.px(22)
        )
        painter.drawText(line, left, f"{self._days[0].day:%m-%d}")
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(line, right, f"{self._days[-1].day:%m-%d}")
        if self.hasFocus():
            paint_ring(painter, self.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the mouse and open it."""
        if self._days:
            box = self._box()
            share = (event.position().x() - box.left()) / max(box.width(), 1)
            self._choose(round(share * (len(self._days) - 1)))
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End choose; Enter opens."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose(self._at + (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else len(self._days) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        self._at = min(max(place, 0), len(self._days) - 1)
        day = self.day()
        self.setAccessibleDescription(self._words(day) if day is not None else "")
        self.update()

    def _open(self) -> None:
        day = self.day()
        if day is not None and day.done:
            self.opened.emit(day.day.isoformat(), f"{day.day:%m-%d} 走访的")

    def _words(self, day: Day) -> str:
        return (
            f"{day.day:%m-%d} 走访 {day.done:,} 户，累计 {day.so_far:,} 户，"
            f"到这天应走访 {day.due:,} 户（虚线）"
        )

    def _box(self) -> QRectF:
        px = theme.look().px
        return QRectF(px(12), px(26), self.width() - px(24), self.height() - px(50))

    def _x(self, place: int) -> float:
        box = self._box()
        return box.left() + box.width() * place / max(len(self._days) - 1, 1)
