"""The grid's header: grey, bold, sort arrows with their order, funnels, 文武线 below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.choices import paint_check
from ledger_desk.ui.grid_model import LazyModel
from ledger_desk.ui.grid_rows import Order
from ledger_desk.ui.rules import paint_double_rule, rule_height


class GridHeader(QHeaderView):
    """Sorts by a click, adds a key with Shift, ticks all in the check column."""

    all_toggled = Signal()
    sort_wanted = Signal(object)
    check_changed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """Make a header that can be moved and sized."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)  # Qt would select the column; a click sorts, see below
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._filtered: frozenset[str] = frozenset()
        self._check_state = 0
        self._pressed: QPoint | None = None
        self.setAccessibleName("列标题")
        theme.follow(self._scale)

    def _scale(self) -> None:
        look = theme.look()
        self.setMinimumSectionSize(look.px(24))
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """38 high."""
        return QSize(super().sizeHint().width(), theme.look().px(38))

    def set_filtered(self, keys: frozenset[str]) -> None:
        """Draw a solid funnel at these columns."""
        self._filtered = keys
        self.viewport().update()

    def set_check_state(self, state: int) -> None:
        """0 none, 1 some, 2 all rows selected."""
        if state != self._check_state:
            self._check_state = state
            self.viewport().update()
            self.check_changed.emit(state)

    def wanted_width(self, section: int) -> int:
        """Least width at which the heading can be read, with its signs."""
        look, model = theme.look(), self.model()
        if not isinstance(model, LazyModel):
            return look.px(60)
        column = model.columns[section]
        wide = QFontMetrics(look.font("bold")).horizontalAdvance(column.title)
        order = [key for key, _ in model.order]
        signs = look.px(22) * ((column.key in self._filtered) + (column.key in order))
        return wide + signs + 2 * look.px(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sections, then one rule under all of them."""
        super().paintEvent(event)
        look, painter = theme.look(), QPainter(self.viewport())
        high = self.viewport().height()
        used = self.length() - self.offset()
        if used < self.viewport().width():
            painter.fillRect(used, 0, self.viewport().width() - used, high, look.colour("grey"))
        painter.fillRect(
            0,
            high - rule_height(look),
            self.viewport().width(),
            rule_height(look),
            look.colour("sheet"),
        )
        paint_double_rule(painter, look, 0, high - rule_height(look), self.viewport().width())

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        """Draw one heading."""
        look, model = theme.look(), self.model()
        painter.fillRect(box, look.colour("grey"))
        painter.fillRect(
            box.right() + 1 - look.px(1), box.top(), look.px(1), box.height(), look.colour("line")
        )
        if not isinstance(model, LazyModel) or section >= len(model.columns):
            return
        column = model.columns[section]
        inner = box.adjusted(look.px(9), 0, -look.px(7), -rule_height(look) + look.px(1))
        if column.kind == "check":
            edge = look.px(17)
            place = QRect(inner.center() - QPoint(edge // 2, edge // 2), QSize(edge, edge))
            place.moveCenter(QPoint(box.center().x(), inner.center().y()))
            paint_check(painter, place, self._check_state)
            return
        for number, (key, descending) in enumerate(model.order, 1):
            if key == column.key:
                self._arrow(painter, inner, descending, number if len(model.order) > 1 else 0)
                inner.setRight(inner.right() - look.px(22))
        if column.key in self._filtered:
            self._funnel(painter, inner)
            inner.setRight(inner.right() - look.px(22))
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        text = QFontMetrics(painter.font()).elidedText(
            column.title, Qt.TextElideMode.ElideRight, inner.width() + look.px(4)
        )
        side = Qt.AlignmentFlag.AlignRight if column.is_numeric() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _arrow(self, painter: QPainter, inner: QRect, descending: bool, number: int) -> None:
        look = theme.look()
        x, y = inner.right() - look.px(7), inner.center().y()
        reach, head, thick = look.px(6), look.px(4), look.px(2)
        colour = look.colour("dai")
        painter.fillRect(x - thick // 2, y - reach, thick, 2 * reach, colour)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(colour)
        pen.setWidth(thick)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tip = y + reach if descending else y - reach
        back = -head if descending else head
        middle = x - thick // 2 + thick // 2
        painter.drawPolyline(
            QPolygon(
                [
                    QPoint(middle - head, tip + back),
                    QPoint(middle, tip),
                    QPoint(middle + head, tip + back),
                ]
            )
        )
        painter.restore()
        if number:
            painter.setFont(look.font("body"))
            painter.setPen(colour)
            painter.drawText(
                QRect(x - look.px(18), inner.top(), look.px(12), inner.height()),
                Qt.AlignmentFlag.AlignVCenter,
                str(number),
            )

    def _funnel(self, painter: QPainter, inner: QRect) -> None:
        look = theme.look()
        edge = look.px(12)
        left, top = inner.right() - edge, inner.center().y() - edge // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("dai"))
        points = ((0, 0), (12, 0), (7.5, 6), (7.5, 12), (4.5, 10), (4.5, 6))
        painter.drawPolygon(
            QPolygon(
                [QPoint(round(left + x * edge / 12), round(top + y * edge / 12)) for x, y in points]
            )
        )
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began, to tell it from a resize."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sort, or tick all."""
        place = event.position().toPoint()
        sizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        if self._pressed is None or sizing or (place - self._pressed).manhattanLength() > 4:
            return
        section = self.logicalIndexAt(place)
        if section >= 0:
            self.press(section, add=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def press(self, section: int, *, add: bool = False) -> None:
        """Do what a click on a heading does."""
        model = self.model()
        if not isinstance(model, LazyModel):
            return
        column = model.columns[section]
        if column.kind == "check":
            self.all_toggled.emit()
        elif column.sortable:
            self.sort_wanted.emit(next_order(model.order, column.key, add=add))


def next_order(order: Order, key: str, *, add: bool) -> Order:
    """Order after a click: ascending, then descending, then (when added with Shift) gone."""
    known = dict(order)
    if not add:
        return ((key, not known.get(key, True)),)
    if key not in known:
        return (*order, (key, False))
    if not known[key]:
        return tuple((each, True if each == key else down) for each, down in order)
    return tuple(entry for entry in order if entry[0] != key)
