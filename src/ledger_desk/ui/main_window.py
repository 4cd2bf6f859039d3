"""The window: top bar, navigation, pages, status bar, toasts. What pages do is their own affair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from ledger_desk.ui import theme as themes
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.importing.start_view import dropped_package
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode, is_short, is_very_short, mode_of
from ledger_desk.ui.navigation import Navigation
from ledger_desk.ui.page import Page
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.rules import frame
from ledger_desk.ui.status_bar import StatusBar
from ledger_desk.ui.theme import Theme
from ledger_desk.ui.toasts import Toasts
from ledger_desk.ui.top_bar import TopBar


class MainWindow(QMainWindow):
    """Shell of the program; signals go up to whoever built it."""

    page_changed = Signal(str)
    searched = Signal(str)
    period_chosen = Signal(str)
    package_dropped = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()
    history_wanted = Signal()
    help_wanted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        """Build the shell without pages."""
        super().__init__()
        self.setWindowTitle("专班台账")
        self._theme = theme
        self._pages: dict[str, Page] = {}
        self._makers: dict[str, Callable[[], Page]] = {}
        self._names = ("", "", "")
        self._steps: tuple[str | None, str | None] = (None, None)
        self.bar = TopBar()
        self.navigation = Navigation()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        host = frame("work")
        column = Column(host, gap=0)
        column.add(self.bar)
        column.add(Row(gap=0).add(self.navigation).add(self._stack, stretch=1), stretch=1)
        column.add(self.status)
        # What does not fit is the layouts' affair (modes, scroll areas), not a larger window.
        for part in (host, self._stack):
            part.setMinimumSize(1, 1)
        self.setCentralWidget(host)
        self.toasts = Toasts(host, self._work_box)
        self.toasts.watch(jobs)
        self.navigation.chosen.connect(self.show_page)
        self.bar.search.searched.connect(self.searched)
        self.bar.search.left.connect(self._focus_page)
        self.bar.period_chosen.connect(self.period_chosen)
        self.bar.undo_wanted.connect(self.undo_wanted)
        self.bar.redo_wanted.connect(self.redo_wanted)
        self.bar.history_wanted.connect(self.history_wanted)
        self.bar.help_wanted.connect(self.help_wanted)
        self._keys()
        theme.changed.connect(self._fit)
        self.setAcceptDrops(True)
        self.resize(1366, 768)

    def _keys(self) -> None:
        for keys, slot in (
            (("F3", "Ctrl+F"), self._open_search),
            (("Ctrl+Z",), self.bar.undo.click),
            (("Ctrl+Y", "Ctrl+Shift+Z"), self.bar.redo.click),
            (("Ctrl+Shift+H",), self.history_wanted.emit),
            (("F1",), self.help_wanted.emit),
            (("F6",), partial(self.next_area, 1)),
            (("Shift+F6",), partial(self.next_area, -1)),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(slot)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(partial(self._by_position, number - 1))

    def add_page(
        self, key: str, title: str, icon: str, page: Page | Callable[[], Page], group: str = "work"
    ) -> None:
        """Register a page, or the way to make it when it is first wanted; the first one is shown.

        Args:
            key: Name used in the program.
            title: Word in the navigation.
            icon: Outline icon.
            page: The page itself, or a function that makes it.
            group: today, work, numbers or settings (at the bottom).
        """
        self._makers[key] = (lambda: page) if isinstance(page, Page) else page
        self.navigation.add(key, title, icon, group)
        if isinstance(page, Page):
            self.page(key)
        if len(self._makers) == 1:
            self.show_page(key)
        self._fill_navigation_menu()

    def show_page(self, key: str) -> None:
        """Bring a page to the front.

        Raises:
            KeyError: No such page.
        """
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        self.navigation.choose(key)
        self.status.say("")
        self.status.set_rows("")
        self._fill_navigation_menu()
        page.entered()
        self.page_changed.emit(key)

    def page_key(self) -> str:
        """Key of the page in front."""
        here = self._stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is here), "")

    def page(self, key: str) -> Page:
        """A page by its key, made now if it was not yet.

        Raises:
            KeyError: No such page.
        """
        if key not in self._pages:
            page = self._pages[key] = self._makers[key]()
            self._stack.addWidget(page)
            short = is_very_short(self.height(), self._theme.look.factor)
            page.set_mode(self.mode(), very_short=short)
        return self._pages[key]

    def opened(self, key: str) -> Page | None:
        """A page by its key where it was made already; None where nobody has been to it."""
        return self._pages.get(key)

    def mode(self) -> Mode:
        """Layout by the logical width of the window."""
        return mode_of(self.width(), self._theme.look.factor)

    def set_count(self, key: str, count: int, *, late: bool = False) -> None:
        """Show a number beside a page's name."""
        for item in self.navigation.items():
            if item.key == key:
                item.set_count(count, late=late)

    def set_ledger(
        self, name: str, level: str, *, practice: bool = False, file_name: str = ""
    ) -> None:
        """Name the ledger everywhere it is named."""
        self.bar.set_ledger(name, level, practice=practice)
        self._names = (file_name or name, level, self._names[2])
        self.status.set_where(*self._names)
        self.setWindowTitle(f"{name} — 专班台账" if name else "专班台账")

    def set_periods(self, items: Sequence[PickItem], now: str) -> None:
        """Offer periods in the top bar and name the present one below."""
        self.bar.set_periods(items, now)
        text = next((item.text for item in items if item.id == now), "")
        self._names = (self._names[0], self._names[1], text)
        self.status.set_where(*self._names)

    def set_undo(self, name: str | None) -> None:
        """Name the step that undo would take."""
        self._steps = (name, self._steps[1])
        self.bar.set_steps(*self._steps)

    def set_redo(self, name: str | None) -> None:
        """Name the step that redo would take."""
        self._steps = (self._steps[0], name)
        self.bar.set_steps(*self._steps)

    def search_text(self) -> str:
        """What stands in the search box."""
        return self.bar.search.text().strip()

    def set_search_enabled(
        self, enabled: bool, placeholder: str = "查企业：名称、代码、拼音首字母"
    ) -> None:
        """Say whether and what this page can search."""
        self.bar.set_search(placeholder, enabled=enabled)

    def next_area(self, by: int = 1) -> None:
        """Go round navigation, page, details, toast (F6)."""
        areas = self._areas()
        here = QApplication.focusWidget()
        place = next(
            (
                n
                for n in range(len(areas) - 1, -1, -1)
                if here is not None and _inside(areas[n], here)
            ),
            -1 if by > 0 else 0,
        )
        for offset in range(1, len(areas) + 1):
            area = areas[(place + by * offset) % len(areas)]
            target = self._entry(area)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the layout for the new size."""
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A form package can be dropped on any page that does not want the file itself."""
        if dropped_package(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand it to the builder."""
        path = dropped_package(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.package_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the builder, who stops jobs and closes the ledger."""
        self.closing.emit()
        super().closeEvent(event)

    def _work_box(self) -> QRect:
        """Where the undo toast stands in the middle: the page without its pane, in the host's pixels."""
        page = self._stack.currentWidget()
        box = QRect(self._stack.mapTo(self.centralWidget(), QPoint(0, 0)), self._stack.size())
        if isinstance(page, Page) and page.pane is not None and page.mode == "full":
            box.setWidth(box.width() - page.pane.width())
        if isinstance(page, Page):
            bar = page.front().bottom
            box.setHeight(box.height() - (bar.height() if bar.isVisible() else 0))
        return box

    def _areas(self) -> list[QWidget]:
        areas: list[QWidget] = []
        if self.navigation.isVisible():
            areas.append(self.navigation)
        else:
            areas.append(self.bar.navigation)
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            areas += page.areas()
        return areas + list(self.toasts.shown())

    def _entry(self, area: QWidget) -> QWidget | None:
        """Where the focus goes in an area."""
        if area is self.navigation:
            return self.navigation.current_item()
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            if area is page:
                return page.first_focus()
            if area is page.pane:
                page.open_pane()
        if area.focusPolicy() & Qt.FocusPolicy.TabFocus and area.isVisible():
            return area
        return next(
            (
                each
                for each in area.findChildren(QWidget)
                if each.focusPolicy() & Qt.FocusPolicy.TabFocus
                and each.isVisible()
                and each.isEnabled()
            ),
            None,
        )

    def _open_search(self) -> None:
        if self.bar.search.isEnabled():
            self.bar.open_search()

    def _focus_page(self) -> None:
        page = self._stack.currentWidget()
        target = page.first_focus() if isinstance(page, Page) else None
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _by_position(self, place: int) -> None:
        items = self.navigation.items()
        if place < len(items):
            self.show_page(items[place].key)

    def _fill_navigation_menu(self) -> None:
        here = self.page_key()
        entries: list[Entry] = []
        for number, item in enumerate(self.navigation.items(), 1):
            text = f"{item.text()}  Alt+{number}" if number < 10 else item.text()
            entries.append((text, partial(self.show_page, item.key)))
            if item.key == here:
                self.bar.navigation.set_text(f"导航：{item.text()}")
        entries += [
            None,
            ("重做  Ctrl+Y", self.bar.redo.click),
            ("修改记录  Ctrl+Shift+H", self.history_wanted.emit),
            ("帮助  F1", self.help_wanted.emit),
        ]
        self.bar.navigation.set_entries(entries)

    def _fit(self) -> None:
        factor, mode = self._theme.look.factor, self.mode()
        self.bar.set_mode(mode)
        room = self.height() - self._theme.look.px(46) - self._theme.look.px(30)
        self.navigation.set_mode(mode, short=is_short(self.height(), factor), room=room)
        self.status.set_mode(mode)
        for page in self._pages.values():
            page.set_mode(mode, very_short=is_very_short(self.height(), factor))
        self.setMinimumSize(themes.look().px(340), themes.look().px(240))


def _inside(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)
