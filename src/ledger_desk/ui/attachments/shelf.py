"""The list of files: small picture, name, and one line of what, how large, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)  # fmt: skip

from ledger_desk.exchange.attaching import size_words
from ledger_desk.model.records import Attachment
from ledger_desk.store.attachments import Held
from ledger_desk.ui import icons, theme
from ledger_desk.ui.attachments.thumbs import PDF, Thumbs, is_picture

MOST_ROWS = 6  # more are scrolled
_ROW, _PICTURE = 64, 48
_HELD = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


def icon_of(attachment: Attachment) -> str:
    """The sign of a file without a small picture."""
    media = attachment.media or ""
    if is_picture(attachment):
        return "eye"
    if media == PDF:
        return "file-type-pdf"
    table = any(word in media for word in ("sheet", "excel", "csv"))
    return "file-spreadsheet" if table else "file-text"


def facts(held: Held) -> str:
    """Kind, size, day and person in one line."""
    a = held.attachment
    day = f"{held.at:%Y-%m-%d} 收" if held.at else ""
    parts = (a.kind or "没有写类型", size_words(a.size or 0), day, held.person or "")
    return "　".join(part for part in parts if part)


class ShelfModel(QAbstractListModel):
    """Files in their order."""

    def __init__(self, thumbs: Thumbs) -> None:
        """Start empty."""
        super().__init__()
        self.held: Sequence[Held] = ()
        self.thumbs = thumbs
        thumbs.ready.connect(self._ready)

    def show(self, held: Sequence[Held]) -> None:
        """Show other files."""
        self.beginResetModel()
        self.held = held
        self.endResetModel()
        self.thumbs.want(each.attachment for each in held)

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.held)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, the record, and all of it in words for screen readers."""
        held = self.held[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return held.attachment.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{held.attachment.title}，{facts(held).replace('　', '，')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            note = held.attachment.note
            return f"{held.attachment.title}\n{note}" if note else held.attachment.title
        return held if role == _HELD else None

    def _ready(self, name: str) -> None:
        for row, held in enumerate(self.held):
            if held.attachment.hash == name:
                self.dataChanged.emit(self.index(row), self.index(row))


class _Delegate(QStyledItemDelegate):
    """Draws one file."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the picture and some air."""
        return QSize(theme.look().px(160), theme.look().px(_ROW))

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        """Draw picture, name and facts."""
        look, held = theme.look(), index.data(_HELD)
        model, box = index.model(), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, look.colour("sel" if chosen else "sheet"))
        line = max(1, round(look.factor))
        painter.fillRect(
            box.left(), box.bottom() - line + 1, box.width(), line, look.colour("line")
        )
        self._picture(painter, box, held.attachment, model)
        left = box.left() + look.px(12 + _PICTURE + 12)
        room = box.right() - look.px(10) - left
        half = box.height() // 2
        top = QRect(left, box.top() + look.px(8), room, half - look.px(8))
        below = QRect(left, box.top() + half, room, half - look.px(8))
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        middle, end = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        name = QFontMetrics(painter.font()).elidedText(held.attachment.title, middle, room)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        said = QFontMetrics(painter.font()).elidedText(facts(held), end, room)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        view = option.widget
        if view is not None and view.hasFocus() and view.currentIndex() == index:
            edge = look.px(2)
            pen = QPen(look.colour("dai"), edge)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(edge // 2, edge // 2, -edge // 2 - 1, -edge // 2 - 1))

    def _picture(self, painter: QPainter, box: QRect, attachment: Attachment, model: Any) -> None:
        look = theme.look()
        edge = look.px(_PICTURE)
        place = QRectF(box.left() + look.px(12), box.center().y() - edge / 2, edge, edge)
        image = model.thumbs.get(attachment)
        if image is None:
            painter.fillRect(place, look.colour("grey"))
            size = look.px(24)
            corner = place.center().toPoint()
            shade = look.tokens.ink2
            ratio = painter.device().devicePixelRatioF()
            sign = icons.pixmap(icon_of(attachment), shade, size, ratio)
            painter.drawPixmap(corner.x() - size // 2, corner.y() - size // 2, sign)
            return
        shape = image.size().scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, shape.width(), shape.height())
        target.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)
        painter.setPen(look.colour("line2"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target)


class Shelf(QListView):
    """Lists the files; as high as it has rows, up to some.

    Signals:
        look_wanted, open_wanted, remove_wanted, rename_wanted, paste_wanted,
        save_wanted, print_wanted: A key for it was pressed.
        chosen_changed: Other files are selected.
    """

    look_wanted = Signal()
    open_wanted = Signal()
    remove_wanted = Signal()
    rename_wanted = Signal()
    paste_wanted = Signal()
    save_wanted = Signal()
    print_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, thumbs: Thumbs) -> None:
        """Start empty."""
        super().__init__()
        self.setProperty("k", "box")
        self.files = ShelfModel(thumbs)
        self.setModel(self.files)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("附件，列表")
        self.doubleClicked.connect(lambda _: self.look_wanted.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        theme.follow(self._fit)

    def show_files(self, held: Sequence[Held], keep: Sequence[str] = ()) -> None:
        """Show files; those named stay or become chosen, else the first one."""
        self.files.show(held)
        self._fit()
        rows = [n for n, each in enumerate(held) if each.attachment.id in keep]
        selection = self.selectionModel()
        flags = selection.SelectionFlag
        for row in rows or ([0] if held else []):
            selection.select(self.files.index(row), flags.Select)
        if held:
            first = self.files.index((rows or [0])[0])
            selection.setCurrentIndex(first, flags.NoUpdate)
            self.scrollTo(first)
        self.chosen_changed.emit()

    def chosen(self) -> list[Held]:
        """The files selected, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.files.held[row] for row in rows]

    def current_row(self) -> int:
        """The row that the keyboard is at."""
        return max(self.currentIndex().row(), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks, Ctrl+Enter opens, Del removes, F2 renames, Ctrl+V S P."""
        key, control = Qt.Key(event.key()), Qt.KeyboardModifier.ControlModifier
        with_control = bool(event.modifiers() & control)
        plain = {
            Qt.Key.Key_Return: self.look_wanted, Qt.Key.Key_Enter: self.look_wanted,
            Qt.Key.Key_Delete: self.remove_wanted, Qt.Key.Key_F2: self.rename_wanted,
        }  # fmt: skip
        held = {
            Qt.Key.Key_Return: self.open_wanted, Qt.Key.Key_Enter: self.open_wanted,
            Qt.Key.Key_V: self.paste_wanted, Qt.Key.Key_S: self.save_wanted,
            Qt.Key.Key_P: self.print_wanted, Qt.Key.Key_Minus: self.remove_wanted,
        }  # fmt: skip
        wanted = (held if with_control else plain).get(key)
        if wanted is None:
            super().keyPressEvent(event)
            return
        event.accept()
        wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(theme.look().px(260), self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a picture and some letters of the name."""
        return QSize(theme.look().px(180), self.minimumHeight())

    def _fit(self) -> None:
        rows = min(max(self.files.rowCount(), 1), MOST_ROWS)
        self.setFixedHeight(rows * theme.look().px(_ROW) + 2 * self.frameWidth())
        self.doItemsLayout()
