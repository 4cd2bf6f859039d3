"""Hands on a keyboard: every move goes through a key where the focus is, none through the program.

What the tests read (`Tabs.chosen_key`, who has the focus) is what a person sees on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.choices import Segmented
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.page import Page
from ledger_desk.ui.picker import Picker
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.tabs import Tabs

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Sheet = TypeVar("Sheet", bound=QDialog)
_MOST_TABS = 200  # presses after which a place counts as not to be reached


class Hands:
    """One person's hands.

    Attributes:
        desk: The whole window on a ledger.
        window: Its window.
    """

    def __init__(self, qtbot, desk: Desk) -> None:
        self.qtbot, self.desk, self.window = qtbot, desk, desk.window

    # Keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the keyboard"
        self.qtbot.keyClick(target, key, modifier)

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Modifier.ControlModifier)

    def write(self, text: str) -> None:
        """Type words where the keyboard is; Chinese comes as an input method sends it."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the keyboard"
        for n, line in enumerate(text.split("\n")):
            if n:
                self.press(Key.Key_Return)
            if line.isascii():
                self.qtbot.keyClicks(target, line)
            else:
                event = QInputMethodEvent()
                event.setCommitString(line)
                QApplication.sendEvent(target, event)

    def until(self, condition: Callable[[], bool], timeout: int = 20_000) -> None:
        """Wait until something can be seen."""
        self.qtbot.waitUntil(condition, timeout=timeout)

    # Going somewhere

    def front(self, widget: QWidget) -> None:
        """Without a screen no window comes to the front by itself; on a desk it does."""
        self.qtbot.wait(30)

        def active() -> bool:
            if not widget.isActiveWindow():
                widget.activateWindow()
            return widget.isActiveWindow() and QApplication.focusWidget() is not None

        self.until(active)

    def reach(self, wanted: QWidget) -> None:
        """Press Tab until the keyboard is in a widget, then see that it is."""
        for _ in range(_MOST_TABS):
            here = QApplication.focusWidget()
            if here is not None and (here is wanted or wanted.isAncestorOf(here)):
                return
            # a page's list keeps Tab to itself; F6 leaves it
            before = here
            self.press(Key.Key_Tab, Modifier.NoModifier)
            if QApplication.focusWidget() is before:
                self.press(Key.Key_F6)
        raise AssertionError(f"{wanted.accessibleName() or wanted} cannot be reached by Tab")

    def choose_tab(self, tabs: Tabs, key: str) -> None:
        """Reach a row of tabs, and go along it with the arrows."""
        self.reach(tabs)
        keys = [tab.key for tab in tabs.tabs()]
        by = keys.index(key) - keys.index(tabs.chosen_key())
        for _ in range(abs(by)):
            self.press(Key.Key_Right if by > 0 else Key.Key_Left)
        assert tabs.chosen_key() == key

    def push(self, button: Button) -> None:
        """Reach a button and press the space bar on it, once it can be pressed."""
        self.until(lambda: button.isVisible() and button.isEnabled())
        self.reach(button)
        self.press(Key.Key_Space)

    def page(self, key: str) -> Page:
        """Go to a page by the navigation: Shift+F6 or F6, arrows, Enter."""
        navigation = self.window.navigation
        places = [item.key for item in navigation.items()]
        for _ in range(8):
            here = QApplication.focusWidget()
            if here is not None and navigation.isAncestorOf(here):
                break
            self.press(Key.Key_F6)
        for _ in places:
            here = QApplication.focusWidget()
            now = getattr(here, "key", "")
            if now == key:
                break
            down = places.index(now) < places.index(key)
            self.press(Key.Key_Down if down else Key.Key_Up)
        self.press(Key.Key_Return)
        self.until(lambda: self.window.page_key() == key)
        page = self.window.page(key)
        if isinstance(page, BookPage):
            self.until(lambda: page.view().tabs.tabs()[0].count is not None)
        self.quiet()
        self.press(Key.Key_F6)
        return page

    def book(self, page: BookPage, key: str, view: str = "") -> None:
        """Go to a book of a page, and to one of its views."""
        self.choose_tab(page.tabs, key)
        if view:
            self.choose_tab(page.view().tabs, view)
        self.quiet()

    def listed(self, page: BookPage, count: int) -> None:
        """Go into the list in front, once it shows so many; the first one is the present one."""
        view = page.view()
        self.until(lambda: view.count() == count)
        self.reach(view.panel.grid)
        self.press(Key.Key_Home, Modifier.ControlModifier)
        self.until(lambda: bool(view.current()))

    def quiet(self) -> None:
        """Wait until nothing runs beside the window."""
        self.until(lambda: not self.desk.jobs.running())

    # Sheets

    def sheet(self, cls: type[Sheet]) -> Sheet:
        """The sheet that opened, with the keyboard in it."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), cls))
        found = QApplication.activeModalWidget()
        assert isinstance(found, cls)
        self.front(found)
        return found

    def fill(self, editors: dict[str, Editor], **texts: str) -> None:
        """Tab to fields and type: a digit into a choice, letters into a list, words elsewhere."""
        for name, text in texts.items():
            widget = editors[name].widget
            self.reach(widget)
            if isinstance(widget, Segmented):
                self.press(Key(ord(text)))
                continue
            if not isinstance(widget, QPlainTextEdit):
                self.control(Key.Key_A)
            self.write(text)
            if isinstance(widget, Picker) and text.isascii():
                self.until(widget.popup().isVisible)
                QApplication.processEvents()  # offscreen the popup becomes active, late
                self.press(Key.Key_Return)
                self.until(lambda widget=widget: not widget.popup().isVisible())
            else:
                self.press(Key.Key_Tab)

    def store(self, sheet: QDialog) -> None:
        """Ctrl+S; the sheet goes, the window behind it has the keyboard again."""
        self.control(Key.Key_S)
        self.until(lambda: QApplication.activeModalWidget() is not sheet)
        if QApplication.activeModalWidget() is None:
            self.front(self.window)
        self.quiet()

    def menu(self, button: MenuButton, words: str) -> None:
        """Open the menu of a button and press Enter on the entry that begins with some words."""
        self.push(button)
        popup = button.menu()
        self.until(popup.isVisible)
        for _ in popup.actions():
            self.press(Key.Key_Down)
            now = popup.activeAction()
            if now is not None and now.text().startswith(words):
                self.press(Key.Key_Return)
                return
        raise AssertionError(f"{words} is not in the menu")


@contextmanager
def hands_on(qtbot, ledger: Ledger, today: date | None = None) -> Iterator[Hands]:
    """The whole window on a ledger, with all pages, closed at the end."""
    desk = Desk(ledger, themes.current(), Jobs(), today)
    for entry in entries(desk):
        desk.add(entry)
    qtbot.addWidget(desk.window)
    desk.window.resize(1366, 768)
    desk.show()
    made = Hands(qtbot, desk)
    made.front(desk.window)
    try:
        yield made
        made.quiet()
    finally:
        if isValid(desk.window):
            desk.window.close()
