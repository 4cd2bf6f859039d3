"""The help window: contents at the left, a topic at the right, a search above; stays beside the work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.help import rendering
from ledger_desk.ui.help.clauses import PAGE, clause_topic
from ledger_desk.ui.help.parts import Contents, Paper
from ledger_desk.ui.help.topics import EVERYWHERE, Topic, find, load_topics, topic_for
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import DoubleRule

_SIZE = QSize(960, 660)
_LIST_WIDTH = 168
_NARROW = 640  # below this logical width the contents become a menu


class HelpWindow(QWidget):
    """Shows topics; a link, the contents or the search lead to the next one.

    Signals:
        page_wanted: Key of the page that a link leads to.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget, folder: Path) -> None:
        """Read the topics of a folder; `open_at` shows one."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("帮助 — 专班台账")
        self.setObjectName("help")
        self.topics = (*load_topics(folder), clause_topic())
        self._trail: list[Topic] = []
        self._topic = self.topics[0]
        self.search = TextField("", "查帮助：按钮上的字、提示里的字")
        self.search.setAccessibleName("查帮助")
        self.back = Button("后退  Alt+←", self.go_back, icon="arrow-left")
        self.back.setShortcut("Alt+Left")  # Qt's own name of the key is no Chinese
        self.menu = MenuButton(
            "目录", [(t.title, partial(self.show_topic, t.key)) for t in self.topics]
        )
        self.list = Contents([topic.title for topic in self.topics])
        self.text = Paper()
        column = Column(self, margins=(16, 10, 16, 12), gap=8)
        column.add(Row(gap=8).add(self.back, self.menu).add(self.search, stretch=1))
        column.add(DoubleRule())
        column.add(Row(gap=14).add(self.list).add(self.text, stretch=1), stretch=1)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._open_first)
        self.list.chosen.connect(lambda place: self.show_topic(self.topics[place].key))
        self.text.followed.connect(self._follow)
        theme.follow(self._fit)

    def open_at(self, places: Iterable[str]) -> None:
        """Come to the front with the topic of a place."""
        if not self.isVisible():
            self._trail.clear()
            room = self.screen().availableSize() if self.screen() is not None else _SIZE
            wanted = QSize(theme.look().px(_SIZE.width()), theme.look().px(_SIZE.height()))
            beside = self.parentWidget().window().size() if self.parentWidget() else room
            self.resize(wanted.boundedTo(beside))
        self.search.clear()
        self.show_topic(topic_for(self.topics, places).key)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> Topic:
        """The topic shown, or the one before the search."""
        return self._topic

    def show_topic(self, key: str) -> None:
        """Show a topic; unknown keys are left alone."""
        found = next((topic for topic in self.topics if topic.key == key), None)
        if found is None:
            return
        if found != self._topic and self.isVisible():
            self._trail.append(self._topic)
        self._topic = found
        words = self.search.text().split()
        self.search.blockSignals(True)
        self.search.set_text("")
        self.search.blockSignals(False)
        self._draw()
        self.text.mark(words)
        self.list.choose(self.topics.index(found))

    def _follow(self, key: str) -> None:
        if key.startswith(PAGE):
            self.page_wanted.emit(key.removeprefix(PAGE))
        else:
            self.show_topic(key)

    def go_back(self) -> None:
        """Go to the topic before, or from what was found to the topic."""
        if self.search.text():
            self.search.clear()
        elif self._trail:
            self._topic = self._trail.pop()
            self._draw()
            self.list.choose(self.topics.index(self._topic))

    def _look(self, text: str) -> None:
        if text.strip():
            hits = find(self.topics, text)
            self.text.show_html(rendering.to_results(text.strip(), hits))
            self.list.choose(-1)
        else:
            self._draw()
            self.list.choose(self.topics.index(self._topic))
        self._tell()

    def _open_first(self) -> None:
        hits = find(self.topics, self.search.text())
        if hits:
            self.show_topic(hits[0].topic.key)
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _draw(self) -> None:
        """The topic; one that belongs to a page ends with the keys of every page."""
        body = self._topic.body
        if self._topic.where:
            keys = next((t for t in self.topics if t.key == EVERYWHERE), None)
            body += f"\n\n{keys.section(0)}" if keys is not None else ""
        self.text.show_html(rendering.to_html(self._topic.title, body))
        self._tell()

    def _tell(self) -> None:
        self.back.setEnabled(bool(self._trail) or bool(self.search.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the search, then closes; F3 goes to the search, ↓ from it to what was found."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.close()
        elif key == Qt.Key.Key_Down and self.focusWidget() is self.search:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_F3:
            self.search.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the contents into a menu where room is short."""
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        narrow = self.width() / theme.look().factor < _NARROW
        self.list.setVisible(not narrow)
        self.menu.setVisible(narrow)

    def _fit(self) -> None:
        self.list.setFixedWidth(theme.look().px(_LIST_WIDTH))
        self._look(self.search.text())
        self._fit_list()
