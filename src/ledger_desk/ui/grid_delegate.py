"""Cells, painted by hand: cached fonts, pens and shortened texts decide how a grid scrolls.

look.md §7: a delegate that makes fonts and measures for each cell takes 20 ms a viewport, one with
everything cached 4–7. So: no `::item` rules, save/restore and antialiasing only in cells with a mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.bars import completeness_token
from ledger_desk.ui.choices import paint_check
from ledger_desk.ui.grid_model import LazyModel, cell_text
from ledger_desk.ui.grid_rows import Cell
from ledger_desk.ui.marks import paint_mark

if TYPE_CHECKING:
    from ledger_desk.ui.grid_block import CellBlock

Index = QModelIndex | QPersistentModelIndex

_TINT = {
    "must": "zhu3",
    "explain": "zhe3",
    "computed": "comp",
    "readonly": "grey",
    "old": "grey",
    "changed": "dian3",
    "doubtful": "zhe3",
    "edit": "dian3",
    "locked": "grey",
}
_EDGE = {"must": "zhu", "explain": "zhe", "hint": "dian", "doubtful": "zhe"}
_MARK = {"must": "must", "explain": "explain", "hint": "hint", "doubtful": "explain",
         "edit": "changed", "same": "same", "locked": "none"}  # fmt: skip
_KEEPS_TINT = ("must", "explain", "doubtful", "missing", "changed", "edit")
_CACHE_LIMIT = 6000


class GridDelegate(QStyledItemDelegate):
    """Paints all cells of a grid and makes the line they are edited in."""

    def __init__(self, parent: QWidget) -> None:
        """Read the theme now and whenever it changes."""
        super().__init__(parent)
        self._block: CellBlock | None = None
        theme.follow(self._read_theme)

    def set_block(self, block: CellBlock) -> None:
        """Paint the cells of a block as chosen, with a frame around them."""
        self._block = block

    def _read_theme(self) -> None:
        look = theme.look()
        self._look = look
        self._body, self._bold, self._clause = (
            look.font("body"),
            look.font("bold"),
            look.font("clause"),
        )
        self._metrics = QFontMetrics(self._body)
        self._pad, self._near, self._mark = look.px(9), look.px(3), look.px(15)
        self._elided: dict[tuple[str, int], str] = {}
        hatch = QColor(look.colour("zhu"))
        hatch.setAlpha(70)
        self._hatch = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        self._sel = look.colour("sel")
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        single = Qt.TextFlag.TextSingleLine
        self._left, self._right = int(left) | int(single), int(right) | int(single)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height; widths are set and never measured over all rows."""
        return QSize(self._look.px(60), self._look.px(32))

    def elide(self, text: str, width: int, *, number: bool = False) -> str:
        """Text shortened in the middle; a number that does not fit shows #### instead."""
        key = (text, -width if number else width)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _CACHE_LIMIT:
                self._elided.clear()
            if self._metrics.horizontalAdvance(text) <= width:
                found = text
            elif number:
                found = "####"
            else:
                found = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
            self._elided[key] = found
        return found

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, LazyModel):
            super().paint(painter, option, index)
            return
        row, place = index.row(), index.column()
        column, box = model.columns[place], option.rect
        held = self._block is not None and self._block.holds(row, place)
        selected = held or bool(option.state & QStyle.StateFlag.State_Selected)
        kind = column.kind
        if kind == "check":
            if selected:
                painter.fillRect(box, self._sel)
            edge = self._look.px(17)
            paint_check(
                painter,
                QRect(box.center() - QPoint(edge // 2, edge // 2), QSize(edge, edge)),
                2 * selected,
            )
            self._frame(painter, option, index)
            return
        cell = model.cell(row, place)
        if isinstance(cell, Cell):
            self._special(painter, box, cell, kind, numeric=column.is_numeric(), selected=selected)
        else:
            if selected:
                painter.fillRect(box, self._sel)
            elif kind == "computed":
                painter.fillRect(box, self._look.colour("comp"))
            if kind == "bar" and isinstance(cell, int):
                self._bar(painter, box, cell)
            elif cell != "":
                self._plain(painter, box, cell_text(cell, kind), kind, numeric=column.is_numeric())
        if held:
            self._outline(painter, box, row, place)
        self._frame(painter, option, index)

    def _outline(self, painter: QPainter, box: QRect, row: int, place: int) -> None:
        """Draw the edges of the block that this cell lies at."""
        assert self._block is not None
        width, colour = self._look.px(2), self._look.colour("dai")
        left, top, right, bottom = self._block.edges(row, place)
        if left:
            painter.fillRect(box.left(), box.top(), width, box.height(), colour)
        if top:
            painter.fillRect(box.left(), box.top(), box.width(), width, colour)
        if right:
            painter.fillRect(box.right() + 1 - width, box.top(), width, box.height(), colour)
        if bottom:
            painter.fillRect(box.left(), box.bottom() + 1 - width, box.width(), width, colour)

    def _plain(self, painter: QPainter, box: QRect, text: str, kind: str, *, numeric: bool) -> None:
        # Numbers keep the padding so that columns line up; words may come nearer to the rule.
        inner = box.adjusted(self._pad, 0, (2 - self._pad) if numeric else -self._near, 0)
        painter.setFont(self._body)
        if kind == "computed":
            inner = self._sign(painter, inner)
        painter.setPen(self._look.colour("ink"))
        flags = self._right if numeric else self._left
        painter.drawText(inner, flags, self.elide(text, inner.width(), number=numeric))

    def _sign(self, painter: QPainter, inner: QRect) -> QRect:
        """Draw ƒ for a computed cell and give what is left."""
        painter.setPen(self._look.colour("ink3"))
        painter.setFont(self._clause)
        painter.drawText(inner, self._left, "ƒ")
        painter.setFont(self._body)
        return inner.adjusted(self._look.px(13), 0, 0, 0)

    def _special(
        self, painter: QPainter, box: QRect, cell: Cell, kind: str, *, numeric: bool, selected: bool
    ) -> None:
        look, state = self._look, cell.state
        tint = _TINT.get(state) or ("comp" if kind == "computed" else None)
        if selected and state not in _KEEPS_TINT:
            painter.fillRect(box, self._sel)
        elif tint is not None:
            painter.fillRect(box, look.colour(tint))
        if state == "missing":
            painter.fillRect(box, self._hatch)
        if state in _EDGE:
            painter.fillRect(
                box.left(), box.top(), look.px(3), box.height(), look.colour(_EDGE[state])
            )
        inner = box.adjusted(self._pad, 0, -self._pad + 2, 0)
        if state in _MARK:
            place = QRectF(
                inner.right() - self._mark,
                box.center().y() - self._mark / 2 + 1,
                self._mark,
                self._mark,
            )
            paint_mark(painter, look, place, _MARK[state])
            inner.adjust(0, 0, -self._mark - look.px(5), 0)
        if kind == "five" and isinstance(cell.value, tuple | list):
            self._five(painter, inner, cell.value)
            return
        text = cell_text(cell, kind)
        if not text:
            return
        if not numeric and state not in _MARK:
            inner.setRight(box.right() - self._near)
        painter.setFont(self._body)
        if kind == "computed" or state == "computed":
            inner = self._sign(painter, inner)
        if kind == "bar" and isinstance(cell.value, int):
            self._bar(painter, box, cell.value)
            return
        ink = {"missing": "zhu", "unreported": "ink3", "na": "ink3", "old": "ink3"}.get(
            state, "ink"
        )
        if state == "missing":
            painter.setFont(self._bold)
            wide = self._metrics.horizontalAdvance(text) + look.px(6)
            painter.fillRect(
                inner.left() - look.px(2),
                box.top() + look.px(6),
                wide,
                box.height() - look.px(12),
                look.colour("sheet"),
            )
        painter.setPen(look.colour(ink))
        shown = self.elide(text, inner.width(), number=numeric and state == "")
        flags = self._right if numeric and state != "missing" else self._left
        painter.drawText(inner, flags, shown)
        if state == "old":
            wide = min(self._metrics.horizontalAdvance(shown), inner.width())
            left = inner.right() - wide if numeric else inner.left()
            painter.fillRect(left, box.center().y() + 1, wide, look.px(1), look.colour("ink3"))

    def _five(self, painter: QPainter, inner: QRect, marks: tuple[str, ...] | list[str]) -> None:
        left, edge = inner.left(), self._look.px(14)
        for mark in marks:
            paint_mark(
                painter,
                self._look,
                QRectF(left, inner.center().y() - edge / 2 + 1, edge, edge),
                mark,
            )
            left += edge + self._look.px(3)

    def _bar(self, painter: QPainter, box: QRect, percent: int) -> None:
        look = self._look
        words = look.px(42)
        inner = box.adjusted(self._pad, 0, -self._pad + 2, 0)
        wide, high = inner.width() - words - look.px(4), look.px(5)
        if wide > 0:
            top = box.center().y() - high // 2
            part = round(wide * min(max(percent, 0), 100) / 100)
            painter.fillRect(inner.left(), top, wide, high, look.colour("line"))
            painter.fillRect(
                inner.left(), top, part, high, look.colour(completeness_token(percent))
            )
        painter.setFont(self._body)
        painter.setPen(look.colour("ink"))
        painter.drawText(inner, self._right, f"{percent}%")

    def _frame(self, painter: QPainter, option: Any, index: Index) -> None:
        """Frame the current cell: 2 px 黛 and a corner handle."""
        view = option.widget
        if view is None or view.currentIndex() != index:
            return
        look, box = self._look, option.rect
        width = look.px(2)
        colour = look.colour("dai" if view.hasFocus() or view.property("framed") else "field")
        painter.fillRect(box.left(), box.top(), box.width(), width, colour)
        painter.fillRect(box.left(), box.bottom() + 1 - width, box.width(), width, colour)
        painter.fillRect(box.left(), box.top(), width, box.height(), colour)
        painter.fillRect(box.right() + 1 - width, box.top(), width, box.height(), colour)
        handle = look.px(6)
        painter.fillRect(
            box.right() + 1 - handle, box.bottom() + 1 - handle, handle, handle, colour
        )
