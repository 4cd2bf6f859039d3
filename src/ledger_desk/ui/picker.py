"""Choosing one of many by code, fragment or initials: an editable combo box with a filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ledger_desk.model.finder import Finder
from ledger_desk.ui import icons, theme
from ledger_desk.ui.labels import dress

_ITEM = Qt.ItemDataRole.UserRole + 1
_RECORD = re.compile("[0-9a-f]{32}")
_WIDEST = 760  # of the list below, at 100 %; longer hints lose their beginning
_HINT_SHARE = 0.62


@dataclass(frozen=True)
class PickItem:
    """One thing to pick: its id, its name, a hint at the right, and other words that find it."""

    id: str
    text: str
    hint: str = ""
    keys: tuple[str, ...] = ()


Items = Callable[[str], list[PickItem]]


def pick_from(items: Sequence[PickItem], limit: int = 50) -> Items:
    """Filter a list in memory by code, fragment or pinyin: whole, then beginnings, then fragments."""
    known = tuple(items)
    made: list[Finder] = []  # when somebody types: most lists are only looked at

    def find(text: str) -> list[PickItem]:
        if not text.strip():
            return list(known[:limit])
        if not made:
            made.append(Finder([(_code_of(i), i.text, i.hint, *i.keys) for i in known]))
        return [known[number] for number in made[0].find(text, limit)]

    return find


def _code_of(item: PickItem) -> str:
    """The code that people know an item by; the random id of a record is none."""
    return "" if _RECORD.fullmatch(item.id) else item.id


class _ItemDelegate(QStyledItemDelegate):
    """Name at the left, hint at the right, 34 high."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Wide enough for name and hint."""
        look, item = theme.look(), index.data(_ITEM)
        metrics = QFontMetrics(look.font("body"))
        words = index.data() or "" if item is None else f"{item.text}{item.hint}"
        return QSize(metrics.horizontalAdvance(words) + look.px(64), look.px(34))

    def paint(
        self,
        painter: QPainter,
        option: Any,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one item."""
        look, item = theme.look(), index.data(_ITEM)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, look.colour("sel" if chosen else "sheet"))
        box = option.rect.adjusted(look.px(10), 0, -look.px(10), 0)
        painter.setFont(look.font("body"))
        if item is None:
            painter.setPen(look.colour("ink3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
            return
        metrics = QFontMetrics(painter.font())
        whole = hint = metrics.horizontalAdvance(item.hint) if item.hint else 0
        free = box.width() - metrics.horizontalAdvance(item.text) - look.px(14)
        hint = min(hint, max(free, int(box.width() * _HINT_SHARE)))
        painter.setPen(look.colour("ink"))
        room = box.width() - hint - look.px(14 if hint else 0)
        name = metrics.elidedText(item.text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        if hint:
            painter.setPen(look.colour("ink3"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            left = Qt.TextElideMode.ElideLeft
            told = item.hint if hint == whole else metrics.elidedText(item.hint, left, hint)
            painter.drawText(box, flags, told)


class Picker(QComboBox):
    """Looks like a field with a chevron; typing filters; Enter takes, Esc restores, Alt+↓ opens.

    Signals:
        picked: The item taken, or a text as PickItem("", text) where that is free, or None.
        entered: The keyboard arrived.
    """

    picked = Signal(object)
    entered = Signal()

    def __init__(
        self,
        items: Items,
        value: PickItem | None = None,
        placeholder: str = "",
        *,
        free: bool = False,
    ) -> None:
        """Make a picker.

        Args:
            items: Gives the items for what was typed; at most some dozens, best first.
            value: Item chosen at first.
            placeholder: Words shown while nothing is chosen.
            free: Also take a text that is no item; `picked` then carries PickItem("", text).
        """
        super().__init__()
        self._items = items
        self._item: PickItem | None = None
        self._free = free
        self._rows = QStandardItemModel(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._completer = QCompleter(self._rows, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        popup = QListView()
        popup.setObjectName("popup")
        self._completer.setPopup(popup)
        popup.setItemDelegate(_ItemDelegate(popup))  # after setPopup, which brings one of its own
        # Not setCompleter: the line would complete once more by itself and forget the first row.
        self.setCompleter(None)  # type: ignore[arg-type]
        line = self.lineEdit()
        self._completer.setWidget(line)  # type: ignore[arg-type]
        line.setPlaceholderText(placeholder)
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self._leave)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.set_item(value)

    def popup(self) -> QAbstractItemView:
        """The list that opens below."""
        return self._completer.popup()

    def item(self) -> PickItem | None:
        """What is chosen."""
        return self._item

    def value(self) -> str | None:
        """Id of what is chosen."""
        return self._item.id if self._item else None

    def text(self) -> str:
        """What stands in the field."""
        return self.currentText().strip()

    def exact(self, text: str) -> PickItem | None:
        """The item that a text names whole: by its words, its code, or a key of its own."""
        found = self._items(text) if text else []
        return next((item for item in found if text in (item.text, item.id, *item.keys)), None)

    def set_item(self, item: PickItem | None) -> None:
        """Choose without telling anybody."""
        self._item = item
        self.setEditText(item.text if item else "")
        self.lineEdit().setCursorPosition(0)
        self.setToolTip(f"{item.text}　{item.hint}".strip() if item else "")

    def set_state(self, state: str) -> None:
        """Dress as ``must``, ``explain`` or ordinary (empty)."""
        dress(self, s=state)

    def setAccessibleName(self, name: str) -> None:
        """Name the box and the line in it."""
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """34 high at 100 %, in every state."""
        return QSize(super().sizeHint().width(), theme.look().px(34))

    def minimumSizeHint(self) -> QSize:
        """34 high at 100 %, room for some characters."""
        return QSize(theme.look().px(96), theme.look().px(34))

    def showPopup(self) -> None:
        """Show all items, whatever stands in the field."""
        self.lineEdit().setFocus(Qt.FocusReason.PopupFocusReason)
        self.offer("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ and ↓ open, Esc restores; the wheel and ↑ never change a value unseen."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.showPopup()
        elif event.key() == Qt.Key.Key_Up:
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.text() != (
            self._item.text if self._item else ""
        ):
            self.set_item(self._item)
        else:
            super().keyPressEvent(event)

    def take_marked(self) -> None:
        """Close the list and take what is marked in it, if anything is."""
        popup = self.popup()
        index = popup.currentIndex()
        popup.hide()
        if index.isValid():
            self._take(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll; a value must not change by the wheel."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all when the keyboard arrives."""
        super().focusInEvent(event)
        self.entered.emit()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.lineEdit().selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the chevron."""
        super().paintEvent(event)
        look, painter = theme.look(), QPainter(self)
        edge = look.px(16)
        colour = getattr(look.tokens, "ink2" if self.isEnabled() else "off")
        place = QPoint(self.width() - edge - look.px(8), (self.height() - edge) // 2)
        painter.drawPixmap(
            place, icons.pixmap("chevron-down", colour, edge, self.devicePixelRatioF())
        )

    def _typed(self, text: str) -> None:
        self.offer(text)

    def offer(self, text: str) -> None:
        """Open the list with what is found for a text."""
        self._rows.clear()
        found = self._items(text)
        for item in found:
            row = QStandardItem(item.text)
            row.setData(item, _ITEM)
            row.setEditable(False)
            self._rows.appendRow(row)
        if not found and self._free and text:
            self._completer.popup().hide()  # new wording: nothing to choose, nothing in the way
            return
        if not found:
            row = QStandardItem("没有这一项，请换一个说法，或按 Esc 恢复")
            row.setFlags(Qt.ItemFlag.NoItemFlags)
            self._rows.appendRow(row)
        popup = self._completer.popup()
        delegate = popup.itemDelegate()
        widest = max(
            (
                delegate.sizeHint(QStyleOptionViewItem(), self._rows.index(n, 0)).width()
                for n in range(self._rows.rowCount())
            ),
            default=0,
        )
        widest = min(widest + theme.look().px(16), theme.look().px(_WIDEST), self.window().width())
        area = QRect(0, 0, max(self.width(), widest), self.height())
        self._completer.complete(area)
        if found and (text or self._free is False):
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        item = index.data(_ITEM)
        if item is not None:
            before = self._item
            self.set_item(item)
            if before != item:
                self.picked.emit(item)

    def _leave(self) -> None:
        """Settle what was typed: an exact item, nothing, a free text, or what was there before."""
        text, before = self.text(), self._item
        if self._completer.popup().isVisible() or text == (before.text if before else ""):
            return
        exact = self.exact(text)
        if exact is not None or not text:
            self.set_item(exact)
        elif self._free:
            self.set_item(PickItem("", text))
        else:
            self.set_item(before)
            return
        self.picked.emit(self._item)
