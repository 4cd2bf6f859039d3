"""The two parts of the help window: the contents, and the sheet that a topic stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QTextBrowser,
    QTextEdit,
)

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.help import rendering


class Contents(QListWidget):
    """Titles from top to bottom; ↑ and ↓ go along and show the topic at once."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        """List the titles."""
        super().__init__()
        self.setObjectName("popup")  # the house's dress of lists
        self.setAccessibleName("帮助目录")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TitleDelegate(self))
        self.addItems(list(titles))
        self.currentRowChanged.connect(self._told)
        theme.follow(self.doItemsLayout)

    def choose(self, place: int) -> None:
        """Mark a title without telling anybody."""
        self.blockSignals(True)
        self.setCurrentRow(place)
        self.blockSignals(False)
        self.viewport().update()

    def _told(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(place)


class _TitleDelegate(QStyledItemDelegate):
    """A title 34 high; the chosen one with a bar at its left, as in the navigation."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as an item of a menu."""
        return QSize(theme.look().px(100), theme.look().px(34))

    def paint(
        self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one title."""
        look, box = theme.look(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, look.colour("sel" if chosen else "sheet"))
        if chosen:
            painter.fillRect(box.left(), box.top(), look.px(4), box.height(), look.colour("dai"))
        painter.setFont(look.font("bold" if chosen else "body"))
        painter.setPen(look.colour("dai" if chosen else "ink"))
        words = box.adjusted(look.px(14), 0, -look.px(6), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
        if chosen and self.parent().hasFocus():  # type: ignore[attr-defined]
            paint_ring(painter, box)


class Paper(QTextBrowser):
    """Shows rich text made here; follows its links to topics, and loads nothing from anywhere.

    Signals:
        followed: Key of the topic that a link names.
    """

    followed = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setAccessibleName("帮助内容")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))

    def show_html(self, text: str) -> None:
        """Show rich text from its beginning, dressed in the theme of the moment."""
        look = theme.look()
        self.document().setDefaultFont(look.font("body"))
        self.document().setDocumentMargin(look.px(16))
        self.document().setIndentWidth(look.px(22))
        self.document().setDefaultStyleSheet(rendering.style(look))
        self.setHtml(text)
        self.setExtraSelections([])
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: Sequence[str]) -> None:
        """Set off all places of some words and go to the first."""
        look = QTextCharFormat()
        look.setBackground(theme.look().colour("zhe3"))
        marks: list[QTextEdit.ExtraSelection] = []
        for word in words:
            spot = self.document().find(word)
            while not spot.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = spot, look  # type: ignore[attr-defined]
                marks.append(mark)
                spot = self.document().find(word, spot)
        self.setExtraSelections(marks)
        if marks:
            first = min(marks, key=lambda each: each.cursor.selectionStart())  # type: ignore[attr-defined]
            cursor = QTextCursor(first.cursor)  # type: ignore[attr-defined]
            cursor.clearSelection()
            self.setTextCursor(cursor)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - theme.look().px(70))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is loaded: no pictures, no style sheets, no addresses."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Esc and Enter outside links to the window."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
