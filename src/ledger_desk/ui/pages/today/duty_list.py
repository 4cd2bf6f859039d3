"""The list of what is to be done: how it stands, what and for whom, who, and the clause it comes from."""

from __future__ import annotations

from collections.abc import Sequence
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.work.duty import LATE, STATES, TODAY, Duty

Index = QModelIndex | QPersistentModelIndex
_ROW, _BOX, _GO = 50, 112, 76
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
DUTY = Qt.ItemDataRole.UserRole


def spoken(duty: Duty) -> str:
    """A duty in one sentence, for screen readers and the tool tip."""
    parts = [
        duty.title,
        STATES[duty.state],
        duty.words,
        duty.who,
        duty.day_words,
        duty.clause_words,
    ]
    return "，".join(part for part in parts if part)


class DutyModel(QAbstractListModel):
    """Duties as Qt's list wants them."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._duties: tuple[Duty, ...] = ()

    def show_duties(self, duties: Sequence[Duty]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self._duties = tuple(duties)
        self.endResetModel()

    def duties(self) -> tuple[Duty, ...]:
        """What is shown."""
        return self._duties

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._duties)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The duty, or its sentence."""
        if not index.isValid():
            return None
        duty = self._duties[index.row()]
        if role == DUTY:
            return duty
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return spoken(duty)
        return None


class DutyList(QListView):
    """Duties below each other; Enter or a double click goes to the record.

    Signals:
        opened: The duty whose record is wanted.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._model = DutyModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_DutyPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("要办的事")
        self.doubleClicked.connect(self._open)
        theme.follow(self._scale)

    def show_duties(self, duties: Sequence[Duty]) -> None:
        """Show other ones; the place is kept where the same one is still there."""
        here = self.current()
        top = self.verticalScrollBar().value()
        self._model.show_duties(duties)
        keys = [duty.key for duty in duties]
        if duties:
            row = keys.index(here.key) if here is not None and here.key in keys else 0
            self.setCurrentIndex(self._model.index(row))
            if row:
                self.verticalScrollBar().setValue(top)

    def duties(self) -> tuple[Duty, ...]:
        """What is shown."""
        return self._model.duties()

    def current(self) -> Duty | None:
        """Where the keyboard is."""
        found: Duty | None = self._model.data(self.currentIndex(), DUTY)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on 去办 goes there."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() >= self.viewport().width() - theme.look().px(
            _GO + 12
        ):
            self._open(index)

    def minimumSizeHint(self) -> QSize:
        """Some rows."""
        return QSize(theme.look().px(240), theme.look().px(_ROW) * 2)

    def _open(self, index: Index) -> None:
        duty = self._model.data(index, DUTY)
        if duty is not None:
            self.opened.emit(duty)

    def _scale(self) -> None:
        self.verticalScrollBar().setSingleStep(theme.look().px(_ROW))
        self.scheduleDelayedItemsLayout()


class _DutyPainter(QStyledItemDelegate):
    """Draws one duty in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """50 high."""
        return QSize(theme.look().px(200), theme.look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw box, title, second line, the way there, and the rule below."""
        look, duty = theme.look(), index.data(DUTY)
        box: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, look.colour("sel" if chosen else "hover" if over else "sheet"))
        narrow = box.width() < look.px(420)
        wide = look.px(_BOX)
        self._stand(
            painter,
            QRect(box.left() + look.px(10), box.top() + look.px(10), wide, look.px(30)),
            duty,
        )
        left = box.left() + look.px(10) + wide + look.px(12)
        right = box.right() - look.px(12) - (0 if narrow else look.px(_GO))
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        high = look.px(22)
        _write(
            painter,
            QRect(left, box.top() + look.px(3), right - left, high),
            duty.title,
            middle=True,
        )
        self._second(painter, QRect(left, box.top() + look.px(25), right - left, high), duty)
        if not narrow:
            go = QRect(right + look.px(8), box.top() + look.px(9), look.px(_GO - 8), look.px(32))
            painter.setPen(look.colour("field"))
            painter.setBrush(look.colour("sheet"))
            painter.drawRoundedRect(go.adjusted(0, 0, -1, -1), look.px(4), look.px(4))
            painter.setPen(look.colour("ink"))
            painter.setFont(look.font("body"))
            painter.drawText(go, Qt.AlignmentFlag.AlignCenter, "去办")
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        if state & QStyle.StateFlag.State_HasFocus and chosen:
            paint_ring(painter, box.adjusted(0, 0, 0, -1))

    @staticmethod
    def _stand(painter: QPainter, box: QRect, duty: Duty) -> None:
        """White on red when late, red framed today, ochre later: a shape before it is a colour."""
        look = theme.look()
        ink, ground, edge = "zhe", "zhe3", "zhe3"
        if duty.state == LATE:
            ink, ground, edge = "sheet", "zhu", "zhu"
        elif duty.state == TODAY:
            ink, ground, edge = "zhu", "sheet", "zhu"
        painter.setPen(look.colour(edge))
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), look.px(3), look.px(3))
        painter.setPen(look.colour(ink))
        painter.setFont(look.font("bold" if duty.state in (LATE, TODAY) else "body"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, duty.words)

    @staticmethod
    def _second(painter: QPainter, box: QRect, duty: Duty) -> None:
        look = theme.look()
        body, clause = look.font("body"), look.font("clause")
        said = "　".join(part for part in (duty.who, duty.day_words) if part)
        wide = QFontMetrics(body).horizontalAdvance(said)
        room = box.width() if wide > box.width() * 2 // 3 else wide + 2
        room = min(room, box.width() * 2 // 3)
        painter.setFont(body)
        painter.setPen(look.colour("ink2"))
        _write(painter, QRect(box.left(), box.top(), room, box.height()), said)
        painter.setFont(clause)
        painter.setPen(look.colour("ink3"))
        left = box.left() + room + look.px(12)
        _write(painter, QRect(left, box.top(), box.right() - left, box.height()), duty.clause_words)


def _write(painter: QPainter, box: QRect, text: str, *, middle: bool = False) -> None:
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    painter.drawText(box, _MIDDLE, painter.fontMetrics().elidedText(text, mode, box.width()))
