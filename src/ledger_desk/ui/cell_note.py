"""The sentence of a check, under its cell."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ledger_desk.ui import theme
from ledger_desk.ui.labels import dress, label
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.marks import Mark


class CellNote(QFrame):
    """A small strip over a grid's viewport; goes away when one moves on."""

    def __init__(self, grid: QAbstractScrollArea) -> None:
        """Start hidden."""
        super().__init__(grid.viewport())
        self.setProperty("k", "notice")
        self.setProperty("s", "hint")
        row = Row(self, margins=(9, 6, 11, 6), gap=7)
        self._mark = Mark("hint")
        self._sentence = label("", "hint", wrap=True)
        row.add(self._mark).add(self._sentence, stretch=1)
        self.hide()

    def text(self) -> str:
        """The sentence shown last."""
        return self._sentence.text()

    def show_at(self, cell: QRect, kind: str, sentence: str) -> None:
        """Show a sentence below a cell, above it where there is no room."""
        dress(self, s=kind)
        self._mark.set_mark(kind)
        self._sentence.setText(sentence)
        dress(self._sentence, k=kind)
        self.setAccessibleName(sentence)
        area = self.parentWidget().rect()
        look = theme.look()
        words = self._sentence.fontMetrics().horizontalAdvance(sentence) + look.px(48)
        wide = min(max(words, look.px(160)), look.px(420), area.width() - 4)
        high = max(self.layout().heightForWidth(wide), look.px(34))
        left = max(2, min(cell.left(), area.width() - wide - 2))
        top = cell.bottom() + 3
        if top + high > area.height():
            top = max(2, cell.top() - high - 2)
        self.setGeometry(left, top, wide, high)
        self.show()
        self.raise_()
