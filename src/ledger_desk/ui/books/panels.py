"""A page of books that has tabs of other kinds besides: matrices, parameters, reported numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.tabs import Tab


class Panel(QWidget):
    """What such a tab shows.

    Signals:
        changed: The ledger was changed here.
        told: What stands in the head of the page may have changed.
        elsewhere_wanted: (table, id) of a record that is to be shown.
    """

    changed = Signal()
    told = Signal()
    elsewhere_wanted = Signal(str, str)
    new_words = ""
    """Words of the button 新增; '' where nothing is begun here."""

    def refresh(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def words(self) -> tuple[str, str]:
        """What stands in the head of the page, long and short."""
        return "", ""

    def begin(self) -> None:
        """Begin something new."""

    def search(self, text: str) -> None:
        """Show only what a text finds."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes."""
        return None

    def set_mode(self, mode: Mode) -> None:
        """Fit the width of the window."""


@dataclass(frozen=True)
class PanelTab:
    """A tab that is no book: key, words, and what makes its panel when it is first chosen."""

    key: str
    title: str
    make: Callable[[], Panel]


class PanelPage(BookPage):
    """Books first, then the other tabs; the pane beside them is closed while one is in front."""

    def __init__(
        self, title: str, ledger: Ledger, jobs: Jobs, window: MainWindow, books: Sequence[Book],
        panels: Sequence[PanelTab],
    ) -> None:  # fmt: skip
        """Show books and panels of a ledger, the first book in front."""
        self._makers = {tab.key: tab for tab in panels}
        self._panels: dict[str, Panel] = {}
        self._panel_key = ""
        super().__init__(title, ledger, jobs, window, books)
        every = [*self.tabs.tabs(), *(Tab(tab.key, tab.title) for tab in panels)]
        self.tabs.set_tabs(every)
        self.tabs.setVisible(len(every) > 1)

    def panel(self, key: str) -> Panel:
        """A panel by its key."""
        made = self._panels.get(key)
        if made is None:
            made = self._panels[key] = self._makers[key].make()
            made.hide()
            made.changed.connect(self._changed_in_panel)
            made.told.connect(self._tell)
            made.elsewhere_wanted.connect(self._go_elsewhere)
            self._place.add(made, stretch=1)
            made.set_mode(self.mode)
        return made

    def front_panel(self) -> Panel | None:
        """The panel in front; None while a book is."""
        return self._panels.get(self._panel_key)

    def show_panel(self, key: str) -> Panel:
        """Bring a panel to the front."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
        made = self.panel(key)
        self._panel_key = key
        for view in self._views.values():
            view.hide()
        for each in self._panels.values():
            each.setVisible(each is made)
        self.set_pane_shown(shown=False)
        made.refresh()
        self._tell()
        return made

    def show_book(self, key: str, view: str = "") -> BookView:
        """Bring a book to the front, or the panel of a tab that is none."""
        if key in self._makers:
            self.show_panel(key)
            return self.view()
        if self._panel_key:
            self._panel_key = ""
            for each in self._panels.values():
                each.hide()
            self.set_pane_shown(shown=True)
            self._front(key)
            self._read()
        return super().show_book(key, view)

    def set_pane_shown(self, *, shown: bool) -> None:
        """Take the details away where there is no record to be shown, and bring them back."""
        if shown:
            self._place_pane()
            return
        self.pane.hide()
        if self.head.pane_button is not None:
            self.head.pane_button.hide()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit page, books and panels."""
        super().set_mode(mode, very_short=very_short)
        for each in self._panels.values():
            each.set_mode(mode)
        if self._panel_key:
            self.set_pane_shown(shown=False)

    def own_focus(self) -> QWidget | None:
        """Where the panel in front wants it, else the list."""
        front = self.front_panel()
        return front.first_focus() if front is not None else super().own_focus()

    def _changed_in_panel(self) -> None:
        self._heads.clear()
        self.changed.emit()

    def _read(self) -> None:
        front = self.front_panel()
        if front is not None:
            front.refresh()
            self._tell()
        else:
            super()._read()

    def _search(self, text: str) -> None:
        front = self.front_panel()
        if front is None:
            super()._search(text)
        elif self.isVisible() and self.cover_view is None:
            front.search(text)

    def _begin(self) -> None:
        front = self.front_panel()
        if front is not None:
            front.begin()
        else:
            super()._begin()

    def tell_rows(self) -> None:
        """Rows of the book or panel in front."""
        front = self.front_panel()
        if front is None:
            super().tell_rows()
        elif self.isVisible() and self.cover_view is None:
            self.main_window.status.set_rows(front.words()[1])

    def _tell(self) -> None:
        front = self.front_panel()
        self._out.retire(away=front is not None)
        if front is None:
            super()._tell()
            return
        self.head.set_counts(*front.words())
        self.tell_rows()
        self._new.retire(away=not front.new_words)
        if front.new_words and self.ledger.read_only:
            self._new.block("只看，不能新增")
        elif front.new_words:
            self._new.allow(front.new_words)
