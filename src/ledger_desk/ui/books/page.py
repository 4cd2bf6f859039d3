"""A page of a few books: tabs with counts, the list of the chosen one, details beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import BY_TABLE
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.book import BIN, Book, ask
from ledger_desk.ui.books.pane import BookPane
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.history.hosting import TimeMachine
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.covered import CoveredPage
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs

if TYPE_CHECKING:
    from ledger_desk.ui.history.past_lists import PastList


class BookPage(CoveredPage):
    """Shows books; a view is made when its tab is first chosen.

    Signals:
        changed: The ledger was changed here; other pages read again.
        elsewhere_wanted: (table, id): go to the page that shows such records.
        view_changed: Key of the book that came to the front.
    """

    changed = Signal()
    elsewhere_wanted = Signal(str, str)
    view_changed = Signal(str)
    search_hint = "查企业：名称、代码、拼音首字母"

    def __init__(
        self, title: str, ledger: Ledger, jobs: Jobs, window: MainWindow, books: Sequence[Book]
    ) -> None:
        """Show books of a ledger, the first one in front."""
        super().__init__(title)
        self.ledger, self.jobs, self.main_window = ledger, jobs, window
        self.books = tuple(books)
        self._views: dict[str, BookView] = {}
        self._here = books[0].key
        self._heads: dict[str, str] = {}
        self.machine = TimeMachine(ledger, jobs, window, self, self._past_list)
        self.machine.changed.connect(self._brought_back)
        self.machine.left.connect(self.entered)
        self.tabs = Tabs([Tab(book.key, book.title) for book in books], title, large=True)
        host = frame("bare")
        self._place = Column(host, gap=0)
        self.body.set_gap(6)
        self.body.add(self.tabs).add(host, stretch=1)
        self.tabs.setVisible(len(books) > 1)  # once it lies in the page: else it would flash
        self.pane_content = BookPane(ledger, jobs, window)
        self.set_pane(self.pane_content)
        self._out = self.head.add_button(Button("导出", self._export, icon="file-export"))
        self._new = self.head.add_button(
            Button("新增", self._begin, icon="plus", key="F12", kind="pri")
        )
        pane = self.pane_content
        pane.open_wanted.connect(self._open)
        pane.link_wanted.connect(self._go_elsewhere)
        pane.child_wanted.connect(self._open_child)
        pane.begin_wanted.connect(self._begin_child)
        pane.changed.connect(self._wrote)
        self.tabs.chosen.connect(self.show_book)
        window.searched.connect(self._search)
        self._front(self._here)

    def make_view(self, book: Book) -> BookView:
        """Make the view of a book; a page with a view of its own makes it here."""
        return BookView(book, self.ledger, self.jobs, self.main_window)

    # What others call

    def view(self) -> BookView:
        """The book in front."""
        return self.book(self._here)

    def book(self, key: str) -> BookView:
        """A book by its key."""
        made = self._views.get(key)
        if made is None:
            book = next(each for each in self.books if each.key == key)
            made = self._views[key] = self.make_view(book)
            made.hide()
            made.changed.connect(self._changed)
            made.current_changed.connect(partial(self._moved, key))
            made.counted.connect(partial(self.tabs.set_count, key))
            made.told.connect(self._tell)
            made.elsewhere_wanted.connect(self._go_elsewhere)
            made.past_wanted.connect(self.machine.ask)
            self._place.add(made, stretch=1)
            self.pane_content.put_cards(book, [make(made) for make in book.cards])
            made.set_mode(self.mode)
        return made

    def show_book(self, key: str, view: str = "") -> BookView:
        """Bring a book to the front, in one of its views when given."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
        if key != self._here:
            self._front(key)
            self._read()
        made = self.book(key)
        if view:
            made.show_view(view)
        return made

    def show_record(self, table: str, record: str) -> None:
        """Go to a record of one of the books."""
        for book in self.books:
            if table == book.cls.TABLE and self._holds(book, record):
                made = self.show_book(book.key)
                self._read()
                made.reveal(record)
                made.panel.grid.setFocus()
                return

    def open_record(self, record: str) -> None:
        """Go to a record, whichever book has it."""
        for table in dict.fromkeys(book.cls.TABLE for book in self.books):
            if self.ledger.get(BY_TABLE[table], record) is not None:
                self.show_record(table, record)
                return

    def entered(self) -> None:
        """Read again what somebody wrote elsewhere."""
        self.view().search(self.main_window.search_text())
        self._read()
        self._tell()
        self.tell_rows()
        if self.cover_view is not None:
            self.cover_view.entered()

    def refresh(self) -> None:
        """Read everything again, for instance after an undo."""
        self._heads.clear()
        self._read()
        refresh = getattr(self.cover_view, "refresh", None)
        if refresh is not None:
            refresh()

    def ledger_changed(self) -> None:
        """Somebody wrote: read again if it is not on the screen yet."""
        self._read()

    def own_focus(self) -> QWidget | None:
        """The list, or the first way on while it is empty."""
        view = self.view()
        return view.panel.grid if view.count() else super().own_focus()

    def tell_rows(self) -> None:
        """Rows of the book in front."""
        self.view().tell_status()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit page and books."""
        super().set_mode(mode, very_short=very_short)
        for made in self._views.values():
            made.set_mode(mode)

    # Inner

    def _past_list(self) -> PastList:
        from ledger_desk.ui.history.past_lists import PastBook

        made = self.view()
        return PastBook(made.book, tuple(made.source.names))

    def _brought_back(self) -> None:
        self._read()
        self.changed.emit()

    def _front(self, key: str) -> None:
        self._here = key
        front = self.book(key)
        for made in self._views.values():
            made.setVisible(made is front)
        front.search(self.main_window.search_text())
        self.view_changed.emit(key)

    def _read(self) -> None:
        """Read the book in front, unless what it shows is what the ledger says."""
        head, key = self.ledger.head(), self._here
        if self._heads.get(key) == head:
            return
        self._heads[key] = head
        self.view().refresh()
        self.pane_content.reload()
        others = [book for book in self.books if book.key != key]
        if others:
            work = partial(count_books, self.ledger, others)
            self.jobs.read(work, succeeded=self._counted, failed=self._failed)
        self._tell()

    def _counted(self, numbers: dict[str, int]) -> None:
        for key, many in numbers.items():
            self.tabs.set_count(key, many)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self.main_window, error)

    def _search(self, text: str) -> None:
        if self.isVisible() and self.cover_view is None:
            self.view().search(text)

    def _changed(self) -> None:
        """The book in front wrote and has read itself again already."""
        self._heads = {self._here: self.ledger.head()}
        self.pane_content.reload()
        self.changed.emit()

    def _wrote(self) -> None:
        self.view().wrote()

    def _moved(self, key: str, record: str) -> None:
        if key == self._here:
            self.pane_content.show_record(self.view().book, record)

    def _open(self, record: str) -> None:
        self.view().open(record)

    def _begin(self) -> None:
        self.view().begin()

    def _export(self) -> None:
        self.view().export()

    def _go_elsewhere(self, table: str, record: str) -> None:
        """A record of this page is gone to here, any other where it is shown."""
        if any(table == book.cls.TABLE for book in self.books):
            self.show_record(table, record)
        else:
            self.elsewhere_wanted.emit(table, record)

    def _open_child(self, table: str, record: str) -> None:
        if any(table == book.cls.TABLE for book in self.books):
            self.show_record(table, record)
        else:
            self._sheet(RecordDialog(self.main_window, self.ledger, BY_TABLE[table], record))

    def _begin_child(self, table: str, field: str) -> None:
        cls, mine = BY_TABLE[table], self.pane_content.record()
        known: dict[str, Any] = {field: mine}
        found = self.ledger.get(self.view().book.cls, mine)
        firm = getattr(found, "enterprise", None)
        if firm and hasattr(cls, "enterprise"):
            known.setdefault("enterprise", firm)
        self._sheet(RecordDialog(
            self.main_window, self.ledger, cls, preset=known, hidden=(field,)
        ))  # fmt: skip

    def _sheet(self, dialog: RecordDialog) -> None:
        dialog.saved.connect(self._wrote)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _holds(self, book: Book, record: str) -> bool:
        query = Query(book.cls, (Where("id", "=", record), *ask(book.where)))
        return self.ledger.count(query) > 0

    def _tell(self) -> None:
        made = self._views.get(self._here)
        if made is None:
            return
        self.head.set_counts(*made.words())
        shown, book = made.count(), made.book
        if made.source.capped:
            self._out.allow("导出筛出的")
        elif shown:
            self._out.allow(f"导出 {shown:,} {book.noun}")
        else:
            self._out.block(f"导出 0 {book.noun}")
        self._new.retire(away=not book.can_begin)
        if self.ledger.read_only:
            self._new.block("只看，不能新增")
        elif made.view_key() != BIN:
            self._new.allow(made.begin_words())


def count_books(ledger: Ledger, books: Sequence[Book], progress: Progress) -> dict[str, int]:
    """Count the live records of books."""
    found = {}
    for book in books:
        progress(0, 0, "")
        found[book.key] = ledger.count(Query(book.cls, ask(book.where)))
    return found
