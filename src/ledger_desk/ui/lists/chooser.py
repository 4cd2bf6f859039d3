"""选择列: which columns a list shows and in which order, found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ledger_desk.store.search import initials
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, paint_ring
from ledger_desk.ui.choices import paint_check
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.lists.search_line import SearchLine
from ledger_desk.ui.modes import mode_of

_KEY, _TITLE, _GROUP, _TICKED = (Qt.ItemDataRole.UserRole + n for n in range(1, 5))
SHOWN = "正在显示"


@dataclass(frozen=True)
class Offer:
    """A column that can be shown: its key, its heading, and the group it belongs to."""

    key: str
    title: str
    group: str = ""


class _Delegate(QStyledItemDelegate):
    """A heading of a group, or a box with a word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """34 high."""
        return QSize(theme.look().px(160), theme.look().px(34))

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        """Draw one line."""
        look, box = theme.look(), option.rect
        key, title = index.data(_KEY), index.data(_TITLE)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if not key:
            painter.fillRect(box, look.colour("grey"))
            painter.setFont(look.font("bold"))
            painter.setPen(look.colour("ink2"))
            painter.drawText(box.adjusted(look.px(8), 0, 0, 0), middle, title)
            return
        here = option.widget.currentIndex() == index
        painter.fillRect(box, look.colour("dai3" if here else "sheet"))
        edge = look.px(17)
        place = QRect(box.left() + look.px(8), box.center().y() - edge // 2, edge, edge)
        paint_check(painter, place, 2 if index.data(_TICKED) else 0)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink"))
        painter.drawText(box.adjusted(look.px(34), 0, -look.px(6), 0), middle, title)
        if here and option.widget.hasFocus():
            paint_ring(painter, box)


class OfferList(QListWidget):
    """Shown columns first in their order, the others below by group; Space ticks, Ctrl+↑↓ moves."""

    ticks_changed = Signal()

    def __init__(self, offers: Sequence[Offer], shown: Sequence[str], rows: int) -> None:
        """Offer columns, those in ``shown`` ticked, ``rows`` of them in sight."""
        super().__init__()
        self.setObjectName("popup")
        self.setAccessibleName("名单里的列")
        self._offers = {offer.key: offer for offer in offers}
        self._rows = rows
        self.setItemDelegate(_Delegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._clicked)
        theme.follow(self._measure)
        self.fill(shown)

    def fill(self, shown: Sequence[str]) -> None:
        """Show these columns first, and the others below."""
        self.clear()
        self._heading(f"{SHOWN}（上下的次序就是左右的次序）")
        for key in shown:
            if key in self._offers:
                self._add(self._offers[key], ticked=True)
        group = ""
        for offer in self._offers.values():
            if offer.key in shown:
                continue
            if offer.group != group:
                group = offer.group
                self._heading(group or "其他")
            self._add(offer, ticked=False)
        self.setCurrentRow(1)
        self.ticks_changed.emit()

    def ticked(self) -> list[str]:
        """Keys of ticked columns, from top to bottom."""
        return [item.data(_KEY) for item in self._items() if item.data(_TICKED)]

    def show_only(self, text: str) -> None:
        """Show the columns whose heading holds a text or begins with its pinyin initials."""
        wanted = text.strip().casefold()
        first = -1
        for row, item in enumerate(self._items()):
            title = str(item.data(_TITLE))
            found = (
                bool(item.data(_KEY))
                if not wanted
                else bool(item.data(_KEY)) and _fits(title, wanted)
            )
            item.setHidden(bool(wanted) and not found)
            if found and first < 0:
                first = row
        if first >= 0:
            self.setCurrentRow(first)

    def shift(self, by: int) -> None:
        """Move the current column up or down among those shown."""
        row = self.currentRow()
        item = self.item(row)
        if item is None or not item.data(_KEY) or not item.data(_TICKED):
            return
        other = self.item(row + by)
        while other is not None and other.isHidden():
            row, other = row + by, self.item(row + 2 * by)
        if other is None or not other.data(_TICKED):
            return
        taken = self.takeItem(self.currentRow())
        self.insertItem(row + by, taken)
        self.setCurrentRow(row + by)
        self.ticks_changed.emit()

    def sizeHint(self) -> QSize:
        """So many lines."""
        return QSize(theme.look().px(300), self._rows * theme.look().px(34) + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(theme.look().px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Ctrl+↑↓ moves."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space:
            self._clicked(self.currentItem())
        elif control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the filled button of the sheet
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: the search line above is for that."""

    def dropEvent(self, event: QDropEvent) -> None:
        """A column that was drawn among those shown is shown."""
        moved = self.currentItem()
        super().dropEvent(event)
        keys = [item.data(_KEY) for item in self._items()]
        if moved is None or moved.data(_KEY) not in keys:
            return
        place = keys.index(moved.data(_KEY))
        above = self.item(place - 1)
        moved.setData(_TICKED, above is not None and (place == 1 or bool(above.data(_TICKED))))
        self.ticks_changed.emit()

    def _clicked(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            item.setData(_TICKED, not item.data(_TICKED))
            self._speak(item)
            self.ticks_changed.emit()

    def _add(self, offer: Offer, *, ticked: bool) -> None:
        item = QListWidgetItem()
        item.setData(_KEY, offer.key)
        item.setData(_TITLE, offer.title)
        item.setData(_GROUP, offer.group)
        item.setData(_TICKED, ticked)
        flags = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        item.setFlags(flags)
        self._speak(item)
        self.addItem(item)

    def _heading(self, text: str) -> None:
        item = QListWidgetItem()
        item.setData(_TITLE, text)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    @staticmethod
    def _speak(item: QListWidgetItem) -> None:
        state = "显示" if item.data(_TICKED) else "不显示"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.data(_TITLE)}，{state}")

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _measure(self) -> None:
        self.setFixedHeight(self.sizeHint().height())


class ColumnChooser(Dialog):
    """`chosen` carries the keys of the columns in their order; `reset` wants everything as usual."""

    chosen = Signal(object)
    reset = Signal()

    def __init__(
        self,
        parent: QWidget,
        offers: Sequence[Offer],
        shown: Sequence[str],
        standard: Sequence[str],
    ) -> None:
        """Offer the columns of a list."""
        super().__init__(parent, "名单里显示哪些列", width=520)
        self._standard = list(standard)
        high = parent.window().height() / theme.look().factor
        single = mode_of(parent.window().width(), theme.look().factor) == "single"
        self.list = OfferList(offers, shown, max(3, min(11, round((high - 330) / 34))))
        self.search = SearchLine("找一列：几个字，或者拼音首字母", "找一列", self.list)
        self.search.textChanged.connect(self.list.show_only)
        self.body.add(self.search, self.list)
        if high > 500:
            self.body.add(
                label("Space 勾选，Ctrl+↑、Ctrl+↓ 挪动次序，也可以拖。", "dim", wrap=True)
            )
        moves = Row(gap=0)
        moves.add(
            Button("上移", lambda: self.list.shift(-1), kind="words"),
            Button("下移", lambda: self.list.shift(1), kind="words"),
            Button(
                "恢复原样", self._usual, kind="words", tip="列、次序、宽度、固定列都和刚装好时一样"
            ),
        )
        self.body.add(moves.push())
        self.add_close("不改" if single else "不改了")
        self.go = self.add_button(Button("", self._take, kind="pri"))
        self.list.ticks_changed.connect(self._tell)
        self._usual_wanted = False
        self._tell()
        self.search.setFocus()

    def _usual(self) -> None:
        self._usual_wanted = True
        self.search.clear()
        self.list.fill(self._standard)

    def _tell(self) -> None:
        count = len(self.list.ticked())
        if count:
            self.go.allow(f"显示这 {count} 列")
        else:
            self.go.block("至少勾 1 列")

    def _take(self) -> None:
        keys = tuple(self.list.ticked())
        if not keys:
            return
        self.accept()
        if self._usual_wanted and list(keys) == self._standard:
            self.reset.emit()
        else:
            self.chosen.emit(keys)


def _fits(title: str, wanted: str) -> bool:
    low = title.casefold()
    if wanted in low:
        return True
    return wanted.isascii() and any(each.startswith(wanted) for each in initials(title).split())
