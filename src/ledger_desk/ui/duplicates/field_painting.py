"""How the lines of a group look: a box to choose for each value, as high as its text needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.duplicates.field_model import EMPTY, FieldModel, Index
from ledger_desk.ui.duplicates.field_rows import FieldRow, Shown, Stretch
from ledger_desk.ui.marks import paint_mark

_MOST_LINES = 3
_PAD, _LEAD, _CIRCLE = 8, 30, 16  # at 100 %


class FieldPainter(QStyledItemDelegate):
    """Paints label, boxes and result; measures how high a line has to be."""

    def __init__(self, parent: QWidget) -> None:
        """Read the theme now and whenever it changes."""
        super().__init__(parent)
        self._laid: dict[tuple[str, int, bool, tuple[Stretch, ...]], tuple[QTextLayout, int]] = {}
        theme.follow(self._read_theme)

    def _read_theme(self) -> None:
        self._laid.clear()
        self._look = theme.look()
        self._line = self._look.px(21)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Heights are set line by line (`height`)."""
        return QSize(self._look.px(60), self._look.px(34))

    def height(self, model: FieldModel, row: FieldRow, widths: list[int]) -> int:
        """How high a line has to be, with the widths of all columns."""
        px = self._look.px
        if not row.field:
            return px(34)
        choosable = model.choosable(row)
        lead = px(_LEAD if choosable else 0) + 2 * px(_PAD)
        lines = [
            self._lay(shown.text or EMPTY, widths[place + 1] - lead, bold=choosable)[1]
            for place, shown in enumerate(row.values)
        ]
        said = 1 if choosable else 0  # a line for who said it, under each value
        decided = model.comparing is not None and row.field in model.comparing.choices
        label = self._lay(row.label, widths[0] - 2 * px(_PAD), bold=choosable)[1]
        lines.append(label + (1 if decided else 0) - said)
        if len(widths) > len(row.values) + 1 and widths[-1] > 0:
            text = model.result(row).text or EMPTY
            high = self._lay(text, widths[-1] - 2 * px(_PAD) - px(20), bold=choosable)[1]
            lines.append(high - said)
        return (max(lines) + said) * self._line + px(20 if choosable else 12)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one cell."""
        model, look, box = index.model(), self._look, QRect(option.rect)
        if not isinstance(model, FieldModel) or model.comparing is None:
            return
        row, px = model.rows[index.row()], look.px
        painter.save()
        if not row.field:
            self._heading(painter, box, row)
        elif index.column() == 0:
            bold = model.choosable(row)
            top = box.top() + px(10 if bold else 6)
            self._text(painter, QRect(box.left() + px(_PAD), top, box.width() - 2 * px(_PAD), 0),
                       row.label, "ink" if bold else "ink2", bold=bold)  # fmt: skip
            if row.field in model.comparing.choices and bold:
                self._mark_line(painter, box, "done", "你选的")
        elif index.column() == model.columnCount() - 1:
            self._result(painter, box, model, row)
        else:
            self._value(painter, box, model, row, index)
        painter.setPen(look.colour("line"))
        if row.field:
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.colour("line"))
        view = option.widget
        if view is not None and view.currentIndex() == index and view.hasFocus():
            painter.setPen(QPen(look.colour("dai"), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -2, -3))
        painter.restore()

    def _heading(self, painter: QPainter, box: QRect, row: FieldRow) -> None:
        look, px = self._look, self._look.px
        painter.fillRect(box, look.colour("grey"))
        mark = {"differs": "explain", "partly": "new", "same": "same"}[row.part]
        edge = px(15)
        place = QRectF(box.left() + px(_PAD), box.center().y() - edge / 2 + 1, edge, edge)
        paint_mark(painter, look, place, mark)
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        words = box.adjusted(px(_PAD) + px(22), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), row.label)

    def _value(
        self, painter: QPainter, box: QRect, model: FieldModel, row: FieldRow, index: Index
    ) -> None:
        look, px = self._look, self._look.px
        comparing, shown = model.comparing, model.shown(index)
        assert comparing is not None
        record = comparing.ids[index.column() - 1]
        if not model.choosable(row) or record in comparing.out:
            ink = "ink3" if record in comparing.out or not shown.text else "ink2"
            inner = QRect(box.left() + px(_PAD), box.top() + px(6), box.width() - 2 * px(_PAD), 0)
            self._text(painter, inner, shown.text or EMPTY, ink)
            return
        chosen = comparing.chosen(row.field) == record
        inner = box.adjusted(px(3), px(3), -px(3), -px(4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = px(2) if chosen else max(px(1), 1)
        painter.setPen(QPen(look.colour("dai" if chosen else "field"), width))
        painter.setBrush(look.colour("dai3" if chosen else "sheet"))
        half = width / 2
        rounded = QRectF(inner).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rounded, px(4), px(4))
        circle = QRectF(inner.left() + px(8), inner.top() + px(9), px(_CIRCLE), px(_CIRCLE))
        paint_radio(painter, circle, chosen=chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        words = QRect(box.left() + px(_LEAD) + px(_PAD), box.top() + px(9),
                      box.width() - px(_LEAD) - 2 * px(_PAD), 0)  # fmt: skip
        ink = "ink" if shown.text else "ink3"
        high = self._text(painter, words, shown.text or EMPTY, ink, bold=chosen, shown=shown)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        metrics = QFontMetrics(painter.font())
        said = metrics.elidedText(shown.said, Qt.TextElideMode.ElideRight, words.width())
        place = QRect(words.left(), words.top() + high, words.width(), self._line)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), said)

    def _result(self, painter: QPainter, box: QRect, model: FieldModel, row: FieldRow) -> None:
        look, px, comparing = self._look, self._look.px, model.comparing
        assert comparing is not None
        painter.fillRect(box, look.colour("comp"))
        bold = model.choosable(row)
        shown = model.result(row)
        top = box.top() + px(9 if bold else 6)
        inner = QRect(box.left() + px(_PAD), top, box.width() - 2 * px(_PAD) - px(20), 0)
        self._text(painter, inner, shown.text or EMPTY, "ink" if shown.text else "ink3", bold=bold)
        if comparing.result(row.field) != comparing.value(row.field, comparing.survivor):
            edge = px(15)
            paint_mark(
                painter, look, QRectF(box.right() - px(22), top + px(3), edge, edge), "changed"
            )

    def _mark_line(self, painter: QPainter, box: QRect, mark: str, text: str) -> None:
        look, px = self._look, self._look.px
        edge, top = px(15), box.bottom() - px(28)
        paint_mark(painter, look, QRectF(box.left() + px(_PAD), top + px(3), edge, edge), mark)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ok"))
        left = box.left() + px(_PAD) + px(20)
        painter.drawText(QRect(left, top, box.width(), self._line), text)

    def _text(
        self, painter: QPainter, box: QRect, text: str, ink: str, *, bold: bool = False,
        shown: Shown | None = None,
    ) -> int:  # fmt: skip
        """Draw a text of up to three lines from the top of a box; gives how high it became."""
        marked = shown.marked if shown is not None else ()
        laid, lines = self._lay(text, box.width(), bold=bold, marked=marked)
        painter.setPen(self._look.colour(ink))
        laid.draw(painter, QPointF(box.left(), box.top()))
        return lines * self._line

    def _lay(
        self, text: str, width: int, *, bold: bool, marked: tuple[Stretch, ...] = ()
    ) -> tuple[QTextLayout, int]:
        key = (text, width, bold, marked)
        if key not in self._laid:
            if len(self._laid) > 2000:
                self._laid.clear()
            self._laid[key] = self._break(text, max(width, self._look.px(40)), bold, marked)
        return self._laid[key]

    def _break(
        self, text: str, width: int, bold: bool, marked: tuple[Stretch, ...]
    ) -> tuple[QTextLayout, int]:
        font = self._look.font("bold" if bold else "body")
        laid = _lines(text, font, width, self._line)
        if laid.lineCount() > _MOST_LINES:
            start = laid.lineAt(_MOST_LINES - 1).textStart()
            rest = QFontMetrics(font).elidedText(
                text[start:], Qt.TextElideMode.ElideRight, width - self._look.px(14)
            )
            text = text[:start] + rest
        marks = [self._differs(a, b) for a, b in marked if b <= len(text)]
        laid = _lines(text, font, width, self._line, marks)
        return laid, min(max(laid.lineCount(), 1), _MOST_LINES)

    def _differs(self, first: int, end: int) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start, found.length = first, end - first  # type: ignore[attr-defined]
        format_ = QTextCharFormat()
        format_.setForeground(self._look.colour("zhe"))
        format_.setFontUnderline(True)
        found.format = format_  # type: ignore[attr-defined]
        return found


def _lines(
    text: str, font: QFont, width: int, high: int, marks: Sequence[QTextLayout.FormatRange] = ()
) -> QTextLayout:
    laid = QTextLayout(text.replace("\n", "　"), font)
    laid.setCacheEnabled(True)
    option = QTextOption()  # a code of 18 digits has no place to break a line
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid.setTextOption(option)
    laid.setFormats(list(marks))
    laid.beginLayout()
    top = 0
    while True:
        line = laid.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + (high - line.height()) / 2))
        top += high
    laid.endLayout()
    return laid


def paint_radio(painter: QPainter, circle: QRectF, *, chosen: bool) -> None:
    """Draw a ring, filled in the middle when chosen."""
    look = theme.look()
    painter.setPen(
        QPen(look.colour("dai" if chosen else "field"), look.px(2) if chosen else look.px(1))
    )
    painter.setBrush(look.colour("sheet"))
    painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("dai"))
        quarter = circle.width() * 0.28
        painter.drawEllipse(circle.adjusted(quarter, quarter, -quarter, -quarter))
