"""合计: a fixed row under the grid that follows the columns' sizes, moves and scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.rules import paint_double_rule, rule_height


class TotalsRow(QWidget):
    """34 high, thin over thick above, aligned to the columns."""

    def __init__(self, grid: Grid) -> None:
        """Follow a grid."""
        super().__init__()
        self._grid = grid
        self._texts: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = grid.header()
        header.sectionResized.connect(self._repaint)
        header.sectionMoved.connect(self._repaint)
        grid.horizontalScrollBar().valueChanged.connect(self._repaint)
        theme.follow(self.updateGeometry)

    def set_texts(self, texts: dict[str, str]) -> None:
        """Show totals by column key."""
        self._texts = dict(texts)
        self.setAccessibleName("合计　" + self.sentence())
        self.update()

    def sentence(self) -> str:
        """All totals in one line: for screen readers, and for the status bar when narrow."""
        titles = {column.key: column.title for column in self._grid.lazy_model().columns}
        parts = [
            text if text.startswith("合计") else f"{titles.get(key, '')} {text}".strip()
            for key, text in self._texts.items()
        ]
        return "　".join(parts)

    def sizeHint(self) -> QSize:
        """34 high."""
        return QSize(theme.look().px(100), theme.look().px(34))

    def minimumSizeHint(self) -> QSize:
        """34 high."""
        return QSize(1, theme.look().px(34))

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rule and texts; a text may run on over empty neighbours, a number never gets cut."""
        look, painter = theme.look(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet"))
        header, columns = self._grid.header(), self._grid.lazy_model().columns
        left = self._grid.viewport().mapTo(self._grid, QPoint(0, 0)).x()
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        metrics, rule = QFontMetrics(painter.font()), rule_height(look)
        pinned = self._first(columns)
        for place, column in enumerate(columns):
            text = self._texts.get(column.key, "") if column.key else ""
            if not text or header.isSectionHidden(place) or place == pinned:
                continue
            start = left + header.sectionViewportPosition(place) + look.px(9)
            room = header.sectionSize(place) - look.px(16)
            box = QRect(start, rule, room, self.height() - rule)
            wide = metrics.horizontalAdvance(text)
            if column.is_numeric():
                if wide > room:
                    box.setLeft(box.right() - wide)
                painter.drawText(
                    box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text
                )
            else:
                box.setWidth(max(room, wide + 2))
                painter.drawText(
                    box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text
                )
        if pinned is not None:  # 合计 stays in sight when one scrolls sideways
            text = self._texts[columns[pinned].key]
            start = max(left + header.sectionViewportPosition(pinned), 0) + look.px(9)
            box = QRect(
                start, rule, metrics.horizontalAdvance(text) + look.px(9), self.height() - rule
            )
            if start > left + header.sectionViewportPosition(pinned) + look.px(9):
                painter.fillRect(box.adjusted(-look.px(9), 0, 0, 0), look.colour("sheet"))
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text
            )
        paint_double_rule(painter, look, 0, 0, self.width(), flipped=True)

    def _first(self, columns: Sequence[GridColumn]) -> int | None:
        """The column that says 合计, if it is one of words."""
        for place, column in enumerate(columns):
            if column.key and self._texts.get(column.key, "").startswith("合计"):
                return None if column.is_numeric() else place
        return None
