"""The list of forms at the left: title, how often and by when, grouped by what is due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ledger_desk.ui import theme
from ledger_desk.ui.marks import paint_mark
from ledger_desk.ui.pages.reports.choosing import FormEntry

_ENTRY, _STANDING = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_WRAP = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.AlignmentFlag.AlignLeft)


class FormList(QListWidget):
    """Forms to choose from, with headings that cannot be chosen.

    Signals:
        form_chosen: Id of the form.
    """

    form_chosen = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_FormDelegate(self))
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("报表清单")
        self.setUniformItemSizes(False)
        self.currentItemChanged.connect(self._tell)
        theme.follow(self._relayout)

    def set_entries(
        self, entries: Sequence[FormEntry], own: Collection[str] = ()
    ) -> None:  # fmt: skip
        """Show forms under their headings, keeping the one chosen; ``own`` are the office's own."""
        before = self.chosen()
        self.blockSignals(True)
        self.clear()
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(head)
            item = QListWidgetItem(entry.info.title)
            item.setData(_ENTRY, entry)
            standing = (
                f"自有　{entry.info.standing}" if entry.info.id in own else entry.info.standing
            )
            item.setData(_STANDING, standing)
            spoken = f"{entry.info.title}，{entry.line}，{standing}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(f"{entry.info.title}\n{standing}　{entry.info.source}")
            self.addItem(item)
        self.blockSignals(False)
        self.choose(before)

    def chosen(self) -> str:
        """Id of the form chosen, empty for none."""
        item = self.currentItem()
        entry = item.data(_ENTRY) if item is not None else None
        return entry.info.id if entry is not None else ""

    def choose(self, form: str) -> None:
        """Choose without telling anybody."""
        self.blockSignals(True)
        for place in range(self.count()):
            entry = self.item(place).data(_ENTRY)
            if entry is not None and entry.info.id == form:
                self.setCurrentRow(place)
        self.blockSignals(False)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _relayout(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _tell(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if entry is not None:
            self.form_chosen.emit(entry.info.id)


class _FormDelegate(QStyledItemDelegate):
    """Paints headings and forms; a long title takes as many lines as it needs."""

    def __init__(self, parent: FormList) -> None:
        super().__init__(parent)
        self._list = parent

    def _words_width(self) -> int:
        return max(self._list.viewport().width() - theme.look().px(38 + 8), 40)

    def _title_height(self, text: str) -> int:
        metrics = QFontMetrics(theme.look().font("bold"))
        return metrics.boundingRect(QRect(0, 0, self._words_width(), 999), _WRAP, text).height()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A heading: one line. A form: its title, when it is due, its standing."""
        look, entry = theme.look(), index.data(_ENTRY)
        if entry is None:
            return QSize(look.px(80), look.px(30))
        lines = 2 * QFontMetrics(look.font("body")).height()
        return QSize(look.px(80), self._title_height(index.data()) + lines + look.px(10))

    def paint(
        self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one item."""
        look, entry, box = theme.look(), index.data(_ENTRY), QRect(option.rect)
        painter.save()
        if entry is None:
            painter.setFont(look.font("bold"))
            painter.setPen(look.colour("ink2"))
            place = box.adjusted(look.px(14), 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if here:
            painter.fillRect(box, look.colour("dai3"))
            painter.fillRect(
                QRect(box.left(), box.top(), look.px(4), box.height()), look.colour("dai")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.colour("hover"))
        top = box.top() + look.px(5)
        edge = look.px(15)
        paint_mark(
            painter,
            look,
            QRectF(box.left() + look.px(14), top + look.px(3), edge, edge),
            entry.mark,
        )
        high = self._title_height(index.data())
        words = QRect(box.left() + look.px(38), top, self._words_width(), high)
        painter.setFont(look.font("bold" if here else "body"))
        painter.setPen(look.colour("dai" if here else "ink"))
        painter.drawText(words, _WRAP, str(index.data()))
        painter.setFont(look.font("body"))
        line = QFontMetrics(painter.font()).height()
        words = QRect(words.left(), words.bottom() + 1, words.width(), line)
        soon = entry.mark == "clock"
        for text, colour in (
            (entry.line, "zhe" if soon else "ink2"),
            (str(index.data(_STANDING)), "ink3"),
        ):
            painter.setPen(look.colour(colour))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, words.width()
            )
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
            words.translate(0, line)
        if option.state & QStyle.StateFlag.State_HasFocus and self._list.hasFocus():
            painter.setPen(look.colour("dai"))
            for inset in range(look.px(2)):
                painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.restore()


def form_card(forms: FormList, below: QWidget | None = None) -> QWidget:
    """Put the list on a card of its own width, with something below it."""
    return _FormCard(forms, below)


class _FormCard(QFrame):
    """A white card, 206 wide at 100 %."""

    def __init__(self, forms: FormList, below: QWidget | None) -> None:
        super().__init__()
        from ledger_desk.ui.layouts import Column

        self.setProperty("k", "box")
        column = Column(self, margins=(1, 6, 1, 6), gap=0).add(forms, stretch=1)
        if below is not None:
            column.add(below)
        theme.follow(self._scale)

    def _scale(self) -> None:
        self.setFixedWidth(theme.look().px(206))
