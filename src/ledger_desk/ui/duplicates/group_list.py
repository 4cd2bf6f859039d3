"""The list of groups: level, first name, how alike, why; Qt's list view, two painted lines each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ledger_desk.exchange.duplicates.finding import Group
from ledger_desk.exchange.duplicates.weighing import EXACT, LEVELS, LIKELY, POSSIBLE
from ledger_desk.ui import theme
from ledger_desk.ui.bars import completeness_token
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex
MARKS = {EXACT: "same", LIKELY: "explain", POSSIBLE: "none"}
_HIGH = 56
_NOWHERE = QModelIndex()


class GroupModel(QAbstractListModel):
    """Groups as they are filtered; a screen reader hears names, level and reason."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.groups: list[Group] = []
        self.skipped: set[tuple[str, ...]] = set()

    def show(self, groups: Sequence[Group]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self.groups = list(groups)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Number of groups."""
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a group."""
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        group = self.groups[index.row()]
        names = "、".join(group.titles)
        return f"{names}\n{LEVELS[group.level]}，相似度 {group.score}：{group.reason}"


class _GroupPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.look()
        return QSize(look.px(120), look.px(_HIGH))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        look, px, model = theme.look(), theme.look().px, index.model()
        if not isinstance(model, GroupModel):
            return
        group, box = model.groups[index.row()], QRect(option.rect)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if here:
            painter.fillRect(box, look.colour("dai3"))
            painter.fillRect(box.left(), box.top(), px(4), box.height(), look.colour("dai"))
        edge = px(15)
        circle = QRectF(box.left() + px(13), box.top() + px(10), edge, edge)
        paint_mark(painter, look, circle, MARKS[group.level])
        words = QRect(box.left() + px(38), box.top() + px(7), box.width() - px(48), px(21))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        skipped = group.ids in model.skipped
        more = "跳过了" if skipped else f"{len(group.ids)} 户" if len(group.ids) > 2 else ""
        painter.setFont(look.font("body"))
        plain = QFontMetrics(painter.font())
        painter.setPen(look.colour("ink2"))
        painter.drawText(words, flags | int(Qt.AlignmentFlag.AlignRight), more)
        painter.setFont(look.font("bold" if here else "body"))
        painter.setPen(look.colour("dai" if here else "ink3" if skipped else "ink"))
        wide = words.width() - (plain.horizontalAdvance(more) + px(8) if more else 0)
        name = QFontMetrics(painter.font()).elidedText(
            group.titles[0], Qt.TextElideMode.ElideMiddle, wide
        )
        painter.drawText(QRect(words.left(), words.top(), wide, words.height()), flags, name)
        words.translate(0, px(21))
        bar = QRect(words.left(), words.center().y() - px(2), px(46), px(5))
        painter.fillRect(bar, look.colour("line2" if here else "line"))
        filled = round(bar.width() * group.score / 100)
        token = look.colour(completeness_token(group.score))
        painter.fillRect(bar.left(), bar.top(), filled, bar.height(), token)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        words.setLeft(bar.right() + px(6))
        reason = plain.elidedText(
            f"{group.score}　{group.reason}", Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, flags, reason)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.colour("line"))
        if here and option.widget is not None and option.widget.hasFocus():
            paint_ring(painter, box.adjusted(0, 0, 0, -1))


class GroupList(QListView):
    """One group is always the present one while there are any.

    Signals:
        current_changed: Another group became the present one.
        opened: Enter or space: the person wants to look at it.
    """

    current_changed = Signal()
    opened = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._groups = GroupModel()
        self.setModel(self._groups)
        self.setItemDelegate(_GroupPainter(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("像是同一户的各组")
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        self.doubleClicked.connect(lambda _: self.opened.emit())
        theme.follow(self._scale)

    def groups(self) -> list[Group]:
        """The groups shown."""
        return list(self._groups.groups)

    def current(self) -> Group | None:
        """The present group."""
        row = self.currentIndex().row()
        return self._groups.groups[row] if 0 <= row < len(self._groups.groups) else None

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other groups: the same one stays the present one, else what came into its place."""
        here, row, top = self.current(), self.currentIndex().row(), self.verticalScrollBar().value()
        self._groups.show(groups)
        if groups:
            places = {group.ids: place for place, group in enumerate(groups)}
            place = places.get(here.ids) if here is not None else None
            self.go_to(max(0, min(row, len(groups) - 1)) if place is None else place)
            self.verticalScrollBar().setValue(top)
            self.scrollTo(self.currentIndex())
        else:
            self.current_changed.emit()

    def go_to(self, place: int) -> None:
        """Make a group the present one."""
        if 0 <= place < len(self._groups.groups):
            index = self._groups.index(place)
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, chosen)
            self.scrollTo(index)

    def skip(self) -> None:
        """Mark the present group as passed over, and go to the next."""
        here = self.current()
        if here is not None:
            self._groups.skipped.add(here.ids)
            self.go_to(self.currentIndex().row() + 1)
            self.viewport().update()

    def skipped(self) -> set[tuple[str, ...]]:
        """Groups passed over, by the ids of their firms."""
        return set(self._groups.skipped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters belong to the filter above."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stay on the present group; Qt would go to the first."""
        super().focusInEvent(event)
        self.viewport().update()

    def _scale(self) -> None:
        self.verticalScrollBar().setSingleStep(theme.look().px(_HIGH))
        self.scheduleDelayedItemsLayout()
