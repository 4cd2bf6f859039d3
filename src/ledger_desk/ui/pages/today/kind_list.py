"""Kinds of duties with their counts; choosing one narrows the list to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.layouts import Column
from ledger_desk.work.duty import KINDS

_HIGH = 32


class _KindButton(QAbstractButton):
    """One kind: word, how many are late, how many there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._many = self._late = 0
        theme.follow(self.updateGeometry)
        self.show_count(0, 0)

    def show_count(self, many: int, late: int) -> None:
        """Show other numbers."""
        self._many, self._late = many, late
        said = f"{self.text()} {many:,} 件" + (f"，逾期 {late:,} 件" if late else "")
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Word and two numbers."""
        look = theme.look()
        words = QFontMetrics(look.font("bold"))
        late = f"逾期 {self._late:,}" if self._late else ""
        wide = words.horizontalAdvance(self.text() + late + f"{self._many:,}")
        return QSize(wide + look.px(52), look.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """The same height; words give way last."""
        return QSize(theme.look().px(120), theme.look().px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; the chosen one has a bar in front."""
        look, painter = theme.look(), QPainter(self)
        here = self.isChecked()
        if here or self.underMouse():
            painter.fillRect(self.rect(), look.colour("dai3" if here else "hover"))
        if here:
            painter.fillRect(QRect(0, 0, look.px(4), self.height()), look.colour("dai"))
        line = self.rect().adjusted(look.px(12), 0, -look.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("bold" if here else "body"))
        painter.setPen(look.colour("dai" if here else "ink" if self._many else "ink3"))
        painter.drawText(line, middle, self.text())
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink2"))
        many = f"{self._many:,}"
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, many)
        if self._late:
            taken = painter.fontMetrics().horizontalAdvance(many) + look.px(14)
            painter.setPen(look.colour("zhu"))
            painter.drawText(line.adjusted(0, 0, -taken, 0), middle | Qt.AlignmentFlag.AlignRight,
                             f"逾期 {self._late:,}")  # fmt: skip
        if self.hasFocus():
            paint_ring(painter, self.rect())


class KindList(QWidget):
    """All kinds below each other, one of them chosen; arrows walk.

    Signals:
        chosen: Key of a kind; '' for all.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        """Start with all of them chosen and no numbers."""
        super().__init__()
        self._buttons: dict[str, _KindButton] = {}
        group = QButtonGroup(self)
        column = Column(self, gap=0)
        for key, text in {"": "全部事项", **KINDS}.items():
            button = self._buttons[key] = _KindButton(text)
            group.addButton(button)
            column.add(button)
            button.clicked.connect(partial(self._choose, key))
        self._buttons[""].setChecked(True)

    def key(self) -> str:
        """The kind chosen; '' for all."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose one as if it were pressed."""
        self._buttons[key].click()

    def show_counts(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """Show how many of each kind there are, and how many of them are late."""
        for key, button in self._buttons.items():
            button.show_count(*counts.get(key, (0, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's group walks with the arrows; what it leaves goes on."""
        super().keyPressEvent(event)

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.chosen.emit(key)
