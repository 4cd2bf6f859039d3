"""档案目录: the groups of a form with how much of each is filled, and the way to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import paint_mark
from ledger_desk.ui.records.groups import GroupBox
from ledger_desk.ui.rules import frame


class _Entry(QAbstractButton):
    """One line of the contents."""

    def __init__(self, number: int, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self._number = number
        self._counts = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def set_counts(self, filled: int, whole: int) -> None:
        """Say how much is filled."""
        self._counts = (filled, whole)
        self.setAccessibleName(f"{self.text()}，{whole} 项填了 {filled} 项")
        self.update()

    def sizeHint(self) -> QSize:
        """34 high."""
        metrics = QFontMetrics(theme.look().font("bold"))
        return QSize(
            metrics.horizontalAdvance(self.text()) + theme.look().px(120), theme.look().px(34)
        )

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number, title, counts and mark; the present one on 黛's tint with its edge."""
        look, painter = theme.look(), QPainter(self)
        px, here = look.px, self.isChecked()
        if here:
            painter.fillRect(self.rect(), look.colour("dai3"))
            painter.fillRect(QRect(0, 0, px(4), self.height()), look.colour("dai"))
        elif self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(look.font("serif_bold"))
        painter.setPen(look.colour("ink"))
        painter.drawText(
            QRect(px(10), 0, px(22), self.height()),
            middle | int(Qt.AlignmentFlag.AlignRight),
            str(self._number),
        )
        painter.setFont(look.font("bold" if here else "body"))
        painter.setPen(look.colour("dai" if here else "ink"))
        painter.drawText(QRect(px(42), 0, self.width(), self.height()), middle, self.text())
        filled, whole = self._counts
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        edge = px(15)
        right = self.width() - px(14) - edge - px(6)
        painter.drawText(
            QRect(0, 0, right, self.height()),
            middle | int(Qt.AlignmentFlag.AlignRight),
            f"{filled}/{whole}",
        )
        mark = "done" if filled >= whole else "half" if filled else "none"
        box = QRectF(self.width() - px(14) - edge, (self.height() - edge) / 2, edge, edge)
        paint_mark(painter, look, box, mark)
        if self.hasFocus():
            paint_ring(painter, self.rect())


class Contents(QFrame):
    """The list at the left of a form."""

    chosen = Signal(int)

    def __init__(self, groups: Sequence[GroupBox], title: str = "档案目录") -> None:
        """List the groups."""
        super().__init__()
        self.setProperty("k", "box")
        self._groups = list(groups)
        self._percent = label("", "bold")
        column = Column(self, margins=1, gap=0)
        head = QWidget()
        Row(head, margins=(14, 8, 14, 8)).add(label(title, "bold")).push().add(self._percent)
        column.add(head, frame("rule"))
        column.addSpacing(theme.look().px(4))
        self._entries: list[_Entry] = []
        for place, group in enumerate(self._groups):
            entry = _Entry(group.number, group.title, self)
            entry.clicked.connect(partial(self._choose, place))
            self._entries.append(entry)
            column.add(entry)
        column.push()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.follow(self._fit)
        self.set_here(0)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Count again."""
        filled = whole = 0
        for entry, group in zip(self._entries, self._groups, strict=True):
            some, all_of = group.filled(values)
            entry.set_counts(some, all_of)
            filled, whole = filled + some, whole + all_of
        percent = 100 * filled // whole if whole else 100
        self._percent.setText(f"{percent}%")

    def set_here(self, place: int) -> None:
        """Mark the group that is in sight."""
        for number, entry in enumerate(self._entries):
            entry.setChecked(number == place)

    def _choose(self, place: int, _checked: bool = False) -> None:
        self.set_here(place)
        self.chosen.emit(place)

    def _fit(self) -> None:
        self.setFixedWidth(theme.look().px(226))
