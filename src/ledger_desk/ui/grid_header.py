"""The grid's header: grey, bold, sort arrows with their order, funnels, 文武线 below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygon,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.choices import paint_check
from ledger_desk.ui.grid_model import LazyModel
from ledger_desk.ui.grid_rows import Order
from ledger_desk.ui.rules import paint_double_rule, rule_height

_SIGN = 14
"""Room for ▾ at 100 %; a funnel takes more."""


class GridHeader(QHeaderView):
    """Sorts by a click, adds a key with Shift, ticks all in the check column.

    Signals:
        all_toggled: The box was pressed.
        sort_wanted: Order after a click.
        check_changed: What the box shows.
        filter_wanted: The ▾ or funnel of a column was pressed.
        menu_wanted: Column and place on the screen of a click with the right button.
    """

    all_toggled = Signal()
    sort_wanted = Signal(object)
    check_changed = Signal(int)
    filter_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        """Make a header that can be moved and sized."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)  # Qt would select the column; a click sorts, see below
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._filtered: frozenset[str] = frozenset()
        self._check_state = 0
        self._pressed: QPoint | None = None
        self._filters: frozenset[str] = frozenset()
        self._current, self._frozen_edge = -1, -1
        self._sizing = False
        self.setAccessibleName("列标题")
        theme.follow(self._scale)

    def _scale(self) -> None:
        look = theme.look()
        self.setMinimumSectionSize(look.px(24))
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As wide as its columns, 38 high; Qt asks at each width that is set, its own way looks at all."""
        return QSize(self.length(), theme.look().px(38))

    def set_filtered(self, keys: frozenset[str]) -> None:
        """Draw a solid funnel at these columns."""
        self._filtered = keys
        self.viewport().update()

    def set_filters(self, keys: frozenset[str]) -> None:
        """Draw a ▾ at the columns that have a filter, to be pressed; a funnel where one is on."""
        self._filters = keys
        self.viewport().update()

    def has_filter(self, section: int) -> bool:
        """Whether a column has a ▾."""
        model = self.model()
        return isinstance(model, LazyModel) and model.columns[section].key in self._filters

    def is_filtered(self, section: int) -> bool:
        """Whether a filter is on at a column."""
        model = self.model()
        return isinstance(model, LazyModel) and model.columns[section].key in self._filtered

    def is_sizing(self) -> bool:
        """Whether somebody draws an edge; Qt resizes sections of its own accord too."""
        return self._sizing

    def set_current(self, section: int) -> None:
        """Draw the ▾ of the current column stronger: Ctrl+Shift+L opens that one."""
        self._current = section
        self.viewport().update()

    def set_frozen_edge(self, section: int) -> None:
        """Draw the right edge of the last column that stays in place."""
        if section != self._frozen_edge:
            self._frozen_edge = section
            self.viewport().update()

    def copy_signs(self, other: GridHeader) -> None:
        """Show the funnels and edges of another header of the same columns."""
        self._filtered, self._filters = other._filtered, other._filters
        self._current, self._frozen_edge = other._current, other._frozen_edge
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
        signs = look.px(22) * (column.key in self._filtered)
        signs += self._arrow_room(len(order)) if column.key in order else 0
        if column.key in self._filters and column.key not in self._filtered:
            signs += look.px(_SIGN)
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
        if section == self._frozen_edge:
            wide = look.px(2)
            painter.fillRect(
                box.right() + 1 - wide, box.top(), wide, box.height(), look.colour("line2")
            )
        column = model.columns[section]
        inner = box.adjusted(look.px(9), 0, -look.px(7), -rule_height(look) + look.px(1))
        if column.kind == "check":
            edge = look.px(17)
            place = QRect(inner.center() - QPoint(edge // 2, edge // 2), QSize(edge, edge))
            place.moveCenter(QPoint(box.center().x(), inner.center().y()))
            paint_check(painter, place, self._check_state)
            return
        if column.key in self._filtered:
            self._funnel(painter, inner)
            inner.setRight(inner.right() - look.px(22))
        elif column.key in self._filters:
            self._chevron(painter, inner, strong=section == self._current)
            inner.setRight(inner.right() - look.px(_SIGN))
        for number, (key, descending) in enumerate(model.order, 1):
            if key == column.key:
                self._arrow(painter, inner, descending, number if len(model.order) > 1 else 0)
                inner.setRight(inner.right() - self._arrow_room(len(model.order)))
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        text = QFontMetrics(painter.font()).elidedText(
            column.title, Qt.TextElideMode.ElideRight, inner.width() + look.px(4)
        )
        side = Qt.AlignmentFlag.AlignRight if column.is_numeric() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    @staticmethod
    def _arrow_room(keys: int) -> int:
        """Width of an arrow, with its number where there are several."""
        return theme.look().px(22 if keys < 2 else 32)

    def _chevron(self, painter: QPainter, inner: QRect, *, strong: bool) -> None:
        """Draw ▾: here one sorts and filters."""
        look = theme.look()
        x, y = inner.right() - look.px(5), inner.center().y()
        wide, high = look.px(4), look.px(5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("dai" if strong else "ink3"))
        corners = ((x - wide, y - high // 2), (x + wide, y - high // 2), (x, y + high - high // 2))
        painter.drawPolygon(QPolygon([QPoint(left, top) for left, top in corners]))
        painter.restore()

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
                QRect(x - look.px(19), inner.top(), look.px(12), inner.height()),
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
        self._sizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sort, tick all, or open the filter."""
        place = event.position().toPoint()
        sizing, self._sizing = self._sizing, False
        super().mouseReleaseEvent(event)
        if self._pressed is None or sizing or (place - self._pressed).manhattanLength() > 4:
            return
        section = self.logicalIndexAt(place)
        if section < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.has_filter(section) and place.x() >= self.filter_box(section).left():
            self.filter_wanted.emit(section)
        else:
            self.press(section, add=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def filter_box(self, section: int) -> QRect:
        """Where the ▾ of a column can be pressed, in the header."""
        wide = min(theme.look().px(28), self.sectionSize(section) // 2)
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        return QRect(right - wide, 0, wide, self.height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a column."""
        section = self.logicalIndexAt(event.pos())
        model = self.model()
        if isinstance(model, LazyModel) and 0 <= section < len(model.columns):
            self.menu_wanted.emit(section, event.globalPos())

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
