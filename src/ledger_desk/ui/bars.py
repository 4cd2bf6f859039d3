"""Completeness bars, progress bars and the stepper of an assistant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.choices import paint_tick
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row


def completeness_token(percent: int) -> str:
    """Colour of a degree of completeness: green 100, 黛 from 80, ochre from 60, red below."""
    if percent >= 100:
        return "ok"
    return "dai" if percent >= 80 else "zhe" if percent >= 60 else "zhu"


class Strip(QProgressBar):
    """A flat bar, 8 high; Qt's progress bar for screen readers."""

    def __init__(self, name: str, *, grades: bool = False, height: int = 8) -> None:
        """Make a bar from 0 to 100; ``grades`` colours it by completeness."""
        super().__init__()
        self._grades, self._height = grades, height
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(theme.look().px(120), theme.look().px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(theme.look().px(24), theme.look().px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and part; with an unknown length the ground is hatched."""
        look, painter = theme.look(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("line"))
        if self.maximum() <= self.minimum():
            painter.fillRect(self.rect(), Qt.BrushStyle.BDiagPattern)
            return
        part = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        token = completeness_token(self.value()) if self._grades else "dai"
        painter.fillRect(QRect(0, 0, round(self.width() * part), self.height()), look.colour(token))


class Bar(QWidget):
    """建档完整度: caption, detail, per cent, and the bar under them."""

    def __init__(self, percent: int = 0, caption: str = "建档完整度", detail: str = "") -> None:
        """Show ``percent`` of 100."""
        super().__init__()
        column = Column(self, gap=6)
        self._detail = label(detail, "dim")
        self._percent = label("", "bold")
        self._strip = Strip(caption, grades=True)
        column.add(Row(gap=8).add(label(caption, "bold")).push().add(self._detail, self._percent))
        column.add(self._strip)
        self.set(percent, detail)

    def set(self, percent: int, detail: str = "") -> None:
        """Show another state."""
        self._strip.setValue(max(0, min(percent, 100)))
        self._percent.setText(f"{percent}%")
        self._detail.setText(detail)


class Stepper(QWidget):
    """Steps of an assistant in one line: a tick when done, a ringed number now, a thin one later."""

    def __init__(self, steps: Sequence[str], now: int = 0) -> None:
        """Show the words of the steps; ``now`` counts from 0."""
        super().__init__()
        self._steps = tuple(steps)
        self._now = now
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_now(now)
        theme.follow(self.updateGeometry)

    def set_now(self, now: int) -> None:
        """Move on or back."""
        self._now = now
        if self._steps:
            here = self._steps[min(now, len(self._steps) - 1)]
            self.setAccessibleName(f"第 {now + 1} 步，共 {len(self._steps)} 步：{here}")
        self.update()

    def _words_width(self) -> int:
        metrics = QFontMetrics(theme.look().font("bold"))
        return sum(metrics.horizontalAdvance(step) for step in self._steps)

    def sizeHint(self) -> QSize:
        """Circles, words and some rule between them."""
        px = theme.look().px
        return QSize(self._words_width() + len(self._steps) * px(36 + 40), px(34))

    def minimumSizeHint(self) -> QSize:
        """Room for the circles and the word of the present step."""
        look = theme.look()
        metrics = QFontMetrics(look.font("bold"))
        widest = max((metrics.horizontalAdvance(step) for step in self._steps), default=0)
        return QSize(widest + len(self._steps) * look.px(40), look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, words and rules; where words do not fit, only the present one is written."""
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, gap = look.px(26), look.px(8)
        bold, plain = QFontMetrics(look.font("bold")), QFontMetrics(look.font("body"))
        fixed = sum(edge + gap + bold.horizontalAdvance(step) + gap for step in self._steps)
        all_words = fixed + (len(self._steps) - 1) * look.px(16) <= self.width()
        if not all_words:
            here = self._steps[min(self._now, len(self._steps) - 1)]
            fixed = len(self._steps) * (edge + gap) + bold.horizontalAdvance(here) + gap
        rule = max((self.width() - fixed) // max(len(self._steps) - 1, 1) - gap, look.px(4))
        left, middle = 0, self.height() // 2
        for number, step in enumerate(self._steps):
            circle = QRectF(left + 1, middle - edge / 2 + 1, edge - 2, edge - 2)
            self._circle(painter, circle, number)
            left += edge + gap
            if all_words or number == self._now:
                now = number == self._now
                painter.setFont(look.font("bold" if now else "body"))
                painter.setPen(
                    look.colour("dai" if now else "ink" if number < self._now else "ink2")
                )
                wide = (bold if now else plain).horizontalAdvance(step)
                painter.drawText(
                    QRect(left, 0, wide + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, step
                )
                left += wide + gap
            if number < len(self._steps) - 1:
                done = number < self._now
                high = look.px(2) if done else look.px(1)
                painter.fillRect(
                    QRect(left, middle - high // 2, rule, high),
                    look.colour("dai" if done else "line2"),
                )
                left += rule + gap

    def _circle(self, painter: QPainter, circle: QRectF, number: int) -> None:
        look = theme.look()
        if number < self._now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("dai"))
            painter.drawEllipse(circle)
            inner = circle.adjusted(look.px(5), look.px(5), -look.px(5), -look.px(5))
            paint_tick(painter, inner, look.colour("sheet"), look.px(2))
            return
        here = number == self._now
        painter.setBrush(look.colour("sheet"))
        painter.setPen(
            QPen(look.colour("dai" if here else "field"), look.px(2) if here else look.px(1))
        )
        painter.drawEllipse(circle)
        painter.setFont(look.font("bold" if here else "body"))
        painter.setPen(look.colour("dai" if here else "ink2"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
