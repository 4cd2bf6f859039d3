"""One group of fields on a form: numbered heading, how many are filled, and the fields in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.ui.cards import Card
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Form2, Row
from ledger_desk.ui.rules import frame


def fitted(widget: QWidget, hint: QSize) -> QSize:
    """Minimum of a widget whose lines break: as high as needed at its present width, not at a guessed one."""
    if widget.hasHeightForWidth() and widget.width() > hint.width():
        return QSize(hint.width(), min(hint.height(), widget.heightForWidth(widget.width())))
    return hint


class _Place(QWidget):
    """Holds a field and what may come below it."""

    def minimumSizeHint(self) -> QSize:
        """As high as needed at its width."""
        return fitted(self, super().minimumSizeHint())


class GroupBox(Card):
    """A card of fields."""

    def __init__(self, title: str, number: int) -> None:
        """Head the group in serif, as a paper form does; without a title it has no heading, with 0 no number."""
        super().__init__(pad=16 if title else 0)
        self.title = title
        self.number = number
        self._required: list[str] = []
        self._names: list[str] = []
        self._count = label("", "dim")
        self._below: dict[QWidget, Column] = {}
        self.form = Form2()
        if title:
            head = Row(gap=12)
            if number:
                head.add(label(str(number), "number"))
            head.add(label(title, "heading")).push()
            self.body.add(head.add(self._count))
            self.body.add(frame("rule"))
        else:
            self.setProperty("k", "bare")
            self.setFrameShape(QFrame.Shape.NoFrame)
        self.body.add(self.form)

    def add(
        self, field: QWidget, *, required: bool = False, wide: bool = False, name: str = ""
    ) -> None:
        """Add a field; ``wide`` takes the whole line."""
        if name:
            self._names.append(name)
            if required:
                self._required.append(name)
        holder = _Place()
        column = self._below[field] = Column(holder, gap=8)
        column.add(field)
        if wide:
            self.form.add_wide(holder)
        else:
            self.form.add(holder)

    def add_below(self, above: QWidget, field: QWidget) -> None:
        """Add a field under another one, in the same column: it may come and go without a hole."""
        self._below[above].add(field)

    def minimumSizeHint(self) -> QSize:
        """As high as needed at its width."""
        return fitted(self, super().minimumSizeHint())

    def filled(self, values: Mapping[str, Any]) -> tuple[int, int]:
        """How many of the required fields are filled, and how many there are; of all if none is required."""
        names = self._required or self._names
        return sum(values.get(name) not in (None, "") for name in names), len(names)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Count what is filled."""
        filled, whole = self.filled(values)
        self._count.setText(f"{whole} 项{'必填' if self._required else ''}已填 {filled} 项")
        self.setAccessibleName(f"{self.title} {filled}/{whole}")
