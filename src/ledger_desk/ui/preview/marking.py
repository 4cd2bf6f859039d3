"""Marks of checks laid over cells of the paper picture: tint, edge and shape; they do not print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ledger_desk.ui import theme
from ledger_desk.ui.marks import mark_token, paint_mark
from ledger_desk.ui.preview.spots import Place, Spot

_TINTS = {"must": "zhu3", "explain": "zhe3"}


@dataclass(frozen=True)
class CellMark:
    """A mark on a cell: must, explain or hint.

    ``side`` is where the text leaves room: right, left, or a small one in the upper corner.
    """

    mark: str
    side: str = "right"


def paint_cell_mark(painter: QPainter, box: QRectF, mark: CellMark) -> None:
    """Draw a mark over a cell; the text below stays readable (the tint is multiplied in)."""
    look = theme.look()
    painter.save()
    if mark.mark in _TINTS:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(box, look.colour(_TINTS[mark.mark]))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        pen = QPen(look.colour(mark_token(mark.mark)), look.px(2))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
    corner = mark.side == "corner"
    edge = min(float(look.px(11 if corner else 16)), box.height() - 4, box.width() / 2)
    if edge >= 6:
        gap = look.px(1 if corner else 3)
        left = box.left() + gap if mark.side == "left" else box.right() - gap - edge
        top = box.top() + gap if corner else box.center().y() - edge / 2
        paint_mark(painter, look, QRectF(left, top, edge, edge), mark.mark)
    painter.restore()


def paint_row_mark(painter: QPainter, box: QRectF, mark: CellMark) -> None:
    """Draw a mark in the margin left of a row's first cell."""
    look = theme.look()
    edge = min(float(look.px(16)), box.height())
    place = QRectF(box.left() - edge - look.px(3), box.center().y() - edge / 2, edge, edge)
    paint_mark(painter, look, place, mark.mark)


def paint_marks(
    painter: QPainter, spots: Iterable[Spot], marks: Mapping[Place, CellMark],
    on_screen: Callable[[Spot], QRectF],
) -> None:  # fmt: skip
    """Draw the marks of one page: over cells, and in the margin of rows (column 0)."""
    firsts: dict[int, Spot] = {}
    for spot in spots:
        before = firsts.get(spot.row)
        if before is None or spot.column < before.column:
            firsts[spot.row] = spot
        mark = marks.get(spot.place)
        if mark is not None:
            paint_cell_mark(painter, on_screen(spot), mark)
    for row, spot in firsts.items():
        mark = marks.get((spot.sheet, row, 0))
        if mark is not None:
            paint_row_mark(painter, on_screen(spot), mark)


def paint_current(painter: QPainter, box: QRectF, *, focused: bool) -> None:
    """Frame the chosen cell as a grid does: 2 px, with a corner handle."""
    look = theme.look()
    pen = QPen(look.colour("dai"), look.px(2) if focused else max(1.0, look.factor))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    handle = look.px(6)
    corner = QRectF(box.right() - handle / 2, box.bottom() - handle / 2, handle, handle)
    painter.fillRect(corner, look.colour("dai"))
