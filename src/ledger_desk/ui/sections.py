"""A section of a form: its number in a ring, its word, and a few more words under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.flow import Flow
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import frame


class Ring(QWidget):
    """壹 贰 叁 in a ring, serif as on paper."""

    def __init__(self, numeral: str) -> None:
        """Draw one numeral."""
        super().__init__()
        self._numeral = numeral
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A square."""
        edge = theme.look().px(26)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring and numeral."""
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("dai"), max(1.2, look.factor)))
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawEllipse(box)
        painter.setFont(look.font("clause"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._numeral)


class Section(QWidget):
    """Heading at the left, fields at the right, a rule below; the heading goes above when narrow."""

    def __init__(self, numeral: str, title: str, columns: str) -> None:
        """Make an empty section."""
        super().__init__()
        self._head = QWidget()
        words = Row(self._head, gap=8).add(Ring(numeral), label(title, "bold"))
        self._columns = label(columns, "faint")
        words.push()
        self._left = QWidget()
        Column(self._left, gap=4).add(self._head, self._columns).push()
        fields = QWidget()
        self.flow = Flow(fields)
        self._row = Row(margins=(0, 8, 0, 10), gap=16)
        self._row.add(self._left).add(fields, stretch=1)
        Column(self, gap=0).add(self._row).add(frame("rule"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.follow(self._scale)

    def set_mode(self, mode: Mode) -> None:
        """In the narrowest layout the heading stands above its fields."""
        single = mode == "single"
        direction = QBoxLayout.Direction.TopToBottom if single else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self._row.set_gap(4 if single else 16)
        self._columns.setVisible(not single)
        self.flow.set_mode(mode)
        self._single = single
        self._scale()

    _single = False

    def _scale(self) -> None:
        if self._single:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16777215)
        else:
            self._left.setFixedWidth(theme.look().px(124))
