"""A list of values with boxes and counts; a search line above takes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ledger_desk.store.search import initials
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.choices import paint_check
from ledger_desk.ui.lists.subjects import Value

_Index = QModelIndex | QPersistentModelIndex
_ROW, _LEAST = 34, 2


class _Model(QAbstractListModel):
    """Values that are shown, and which are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[Value] = []
        self.shown: list[int] = []
        self.ticked: set[int] = set()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; spoken with count and box."""
        if not index.isValid():
            return None
        number = self.shown[index.row()]
        value = self.values[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return value.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "已勾选" if number in self.ticked else "没有勾选"
            return f"{value.text}，{value.rows:,} 行，{state}"
        return None


class _Delegate(QStyledItemDelegate):
    """Box, words, count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """34 high."""
        return QSize(theme.look().px(120), theme.look().px(_ROW))

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        """Draw one value."""
        look, model, box = theme.look(), index.model(), option.rect
        if not isinstance(model, _Model):
            return
        number = model.shown[index.row()]
        value = model.values[number]
        here = option.widget.currentIndex() == index
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, look.colour("dai3" if here else "hover" if over else "sheet"))
        edge = look.px(17)
        place = QRect(box.left() + look.px(8), box.center().y() - edge // 2, edge, edge)
        paint_check(painter, place, 2 if number in model.ticked else 0)
        inner = box.adjusted(look.px(34), 0, -look.px(10), 0)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        count = f"{value.rows:,}"
        wide = painter.fontMetrics().horizontalAdvance(count)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, int(right), count)
        inner.setRight(inner.right() - wide - look.px(12))
        painter.setPen(look.colour("ink3" if value.value is None else "ink"))
        text = painter.fontMetrics().elidedText(
            value.text, Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)
        if here and option.widget.hasFocus():
            paint_ring(painter, box)


class ValueList(QListView):
    """Ticks values by Space or a click; `ticks_changed` after each change, `taken` on Enter."""

    ticks_changed = Signal()
    taken = Signal()

    def __init__(self, rows: int = 5) -> None:
        """Show ``rows`` values at a time."""
        super().__init__()
        self.setObjectName("popup")
        self.setAccessibleName("这一列的值")
        self._values, self._rows, self._most = _Model(), rows, rows
        self.setModel(self._values)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._toggle)
        theme.follow(self._measure)

    def set_values(self, values: Sequence[Value], ticked: Collection[Any]) -> None:
        """Show values; those whose value is in ``ticked`` are ticked."""
        model = self._values
        model.beginResetModel()
        model.values = list(values)
        model.shown = list(range(len(values)))
        model.ticked = {number for number, each in enumerate(values) if each.value in ticked}
        model.endResetModel()
        self._most = min(self._rows, max(len(values), _LEAST))
        self._measure()
        self._start()

    def show_only(self, text: str) -> None:
        """Show the values that hold a text or begin with its pinyin initials."""
        wanted, model = text.strip().casefold(), self._values
        model.beginResetModel()
        model.shown = [n for n, each in enumerate(model.values) if _fits(each.text, wanted)]
        model.endResetModel()
        self._start()

    def ticked(self) -> list[Value]:
        """Values that are ticked, in the order of the list."""
        return [self._values.values[number] for number in sorted(self._values.ticked)]

    def unticked(self) -> list[Value]:
        """Values that are not."""
        known = self._values
        return [each for number, each in enumerate(known.values) if number not in known.ticked]

    def tick_shown(self, ticked: bool) -> None:
        """Tick all that are shown, or none of them."""
        shown = set(self._values.shown)
        self._set(self._values.ticked | shown if ticked else self._values.ticked - shown)

    def turn_over(self) -> None:
        """Tick what is not ticked, of those shown."""
        self._set(self._values.ticked ^ set(self._values.shown))

    def sizeHint(self) -> QSize:
        """As many rows as there are values, up to what was asked; none half."""
        return QSize(theme.look().px(240), self._most * theme.look().px(_ROW) + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(theme.look().px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter takes what is ticked."""
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: the search line above is for that."""

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self._set(self._values.ticked ^ {self._values.shown[index.row()]})

    def _set(self, ticked: set[int]) -> None:
        self._values.ticked = ticked
        self.viewport().update()
        self.ticks_changed.emit()

    def _start(self) -> None:
        if self._values.shown:
            self.setCurrentIndex(self._values.index(0, 0))

    def _measure(self) -> None:
        self.setFixedHeight(self.sizeHint().height())


def _fits(text: str, wanted: str) -> bool:
    low = text.casefold()
    if not wanted or wanted in low:
        return True
    return wanted.isascii() and any(each.startswith(wanted) for each in initials(text).split())
