"""Answers under the search box: firms found so far, a row each; the keys stay with the box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QWidget,
)

from ledger_desk.ui import theme
from ledger_desk.ui.picker import PickItem

_ITEM = Qt.ItemDataRole.UserRole + 1
_ROWS = 9  # rows seen at once
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS - 1, Qt.Key.Key_PageUp: 1 - _ROWS,
}  # fmt: skip


class _Delegate(QStyledItemDelegate):
    """Name at the left, what tells namesakes apart at the right; words in grey."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """34 high."""
        return QSize(theme.look().px(120), theme.look().px(34))

    def paint(
        self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        look, item = theme.look(), index.data(_ITEM)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, look.colour("sel" if chosen else "sheet"))
        box = option.rect.adjusted(look.px(10), 0, -look.px(10), 0)
        painter.setFont(look.font("body"))
        metrics, middle = QFontMetrics(painter.font()), Qt.AlignmentFlag.AlignVCenter
        named = isinstance(item, PickItem) and bool(item.id)
        words, hint = (item.text, item.hint) if named else (str(index.data() or ""), "")
        # A pixel or two more than measured, or rounding cuts off what has room.
        share = min(metrics.horizontalAdvance(hint) + look.px(4), int(box.width() * 0.55))
        room = box.width() - share - look.px(14 if hint else 0)
        painter.setPen(look.colour("ink" if named else "ink3"))
        painter.drawText(box, middle, metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room))
        if hint:
            painter.setPen(look.colour("ink3"))
            shown = metrics.elidedText(hint, Qt.TextElideMode.ElideRight, share)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, shown)


class Answers(QListView):
    """The list below a line; `taken` carries what was chosen, `all_wanted` is its last row or Enter.

    The line keeps the focus: ↑ ↓ and the page keys move here, Enter takes, Esc closes.
    """

    taken = Signal(object)
    all_wanted = Signal()

    def __init__(self, line: QLineEdit, host: QWidget) -> None:
        """Belong to a line; stand in ``host``, which is the whole window but for its frame."""
        super().__init__(host)
        self._line, self._host = line, host
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setObjectName("popup")
        self.setAccessibleName("查到的企业")
        self.setItemDelegate(_Delegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._take)
        self.hide()
        line.installEventFilter(self)
        host.installEventFilter(self)

    def show_items(self, items: Sequence[PickItem], more: str) -> None:
        """Show what was found, and a last row that leads to all of it."""
        self._rows.clear()
        for item in items:
            row = QStandardItem(item.text)
            row.setData(item, _ITEM)
            row.setAccessibleText(f"{item.text}　{item.hint}")
            self._rows.appendRow(row)
        last = QStandardItem(more)
        last.setData(PickItem("", more), _ITEM)
        self._rows.appendRow(last)
        self._open()

    def say(self, sentence: str) -> None:
        """Show words instead: nothing found, or still looking."""
        self._rows.clear()
        row = QStandardItem(sentence)
        row.setFlags(Qt.ItemFlag.NoItemFlags)
        self._rows.appendRow(row)
        self._open()

    def items(self) -> list[PickItem]:
        """What is offered."""
        found = [self._rows.item(n).data(_ITEM) for n in range(self._rows.rowCount())]
        return [item for item in found if isinstance(item, PickItem) and item.id]

    def words(self) -> str:
        """Words of the last row."""
        return self._rows.item(self._rows.rowCount() - 1).text() if self._rows.rowCount() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the line while open; close when it loses the focus; follow the window."""
        kind = event.type()
        if watched is self._host and kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self._line and self.isVisible():
            if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self.hide()
            elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, here = event.key(), self.currentIndex()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)])
        elif key in _ENTER and here.isValid():
            self._take(here)
        elif key in _ENTER and len(self.items()) == 1:
            self._take(self._rows.index(0, 0))
        elif key in _ENTER and self.items():
            self.hide()
            self.all_wanted.emit()
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        if not self.items():
            return
        here = self.currentIndex().row()  # -1: none yet
        row = max(-1, min(here + by, self._rows.rowCount() - 1))
        index = self._rows.index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row < 0:
            self.clearSelection()

    def _take(self, index: QModelIndex) -> None:
        item = index.data(_ITEM)
        if not isinstance(item, PickItem):
            return
        self.hide()
        if item.id:
            self.taken.emit(item)
        else:
            self.all_wanted.emit()

    def _open(self) -> None:
        self._place()
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()
        self.show()
        self.raise_()

    def _place(self) -> None:
        look, host = theme.look(), self._host
        width = min(max(self._line.width(), look.px(560)), host.width() - look.px(16))
        rows = min(self._rows.rowCount(), _ROWS)
        corner = self._line.mapTo(host, QPoint(0, self._line.height() + look.px(4)))
        left = max(look.px(8), min(corner.x(), host.width() - width - look.px(8)))
        height = min(rows * look.px(34) + look.px(4), host.height() - corner.y() - look.px(8))
        self.setGeometry(left, corner.y(), width, height)
