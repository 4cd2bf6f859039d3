"""The list of a book: views, conditions, search, columns, and what is told about them.

What is done to its records is in `view`, which builds on this.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.bench import BookBench
from ledger_desk.ui.books.book import ALL, BIN, Book, ask
from ledger_desk.ui.books.counting import ViewCounts
from ledger_desk.ui.books.deed_bar import DeedBar
from ledger_desk.ui.books.emptiness import Emptiness
from ledger_desk.ui.books.searching import search_wheres
from ledger_desk.ui.books.source import BookSource
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.wording import order_words
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pasting.writer import GridWriter
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.ui.tags import Chip

_WAIT_MS = 90


class BookList(QWidget):
    """Shows and filters the records of one book.

    Signals:
        changed: The ledger was changed from here.
        current_changed: Id of the record that one came to, a moment after.
        counted: How many live records the book has.
        told: What stands in the head of the page may have changed.
        elsewhere_wanted: (table, id) of a record that another page shows.
        narrowed_away: The chip of `narrow` was taken away.
        past_wanted: The list is to be looked at as it was on some day.

    Attributes:
        above: Place for what a page puts over the list.
    """

    changed = Signal()
    current_changed = Signal(str)
    counted = Signal(int)
    told = Signal()
    elsewhere_wanted = Signal(str, str)
    narrowed_away = Signal()
    past_wanted = Signal()
    NARROWED = "\0"  # stands for a field where the page's own condition is meant

    def __init__(self, book: Book, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show a book of a ledger; nothing is read before `refresh`."""
        super().__init__()
        self.book, self.ledger, self.jobs, self.main_window = book, ledger, jobs, window
        self._view = book.first or ALL
        self._text = ""
        self._found: tuple[Where, ...] = ()
        self._narrowed: tuple[Where, ...] = ()
        self._chip: Chip | None = None
        self.mode: Mode = "full"
        self.source = BookSource(ledger, book, jobs)
        self.source.choose(Choice(wheres=ask(book.where)))
        views = [Tab(view.key, view.text) for view in book.views]
        self.tabs = Tabs([Tab(ALL, "全部"), *views, Tab(BIN, "回收站")], f"{book.title}的视图")
        self.tabs.choose(self._view)
        self.panel = GridPanel(
            self.source, checks=True, totals=True, noun=book.noun, name=f"{book.title}名单"
        )
        self.panel.grid.sort_by(book.sort)
        bench = BookBench(self, book)
        self.conditions, self.tools, self.shelf = bench.conditions, bench.tools, bench.shelf
        if self.panel.grid.lazy_model().order in [view.sort for view in book.views if view.sort]:
            self.panel.grid.sort_by(book.sort)  # a view's own order is not the list's
        self.counts = ViewCounts(ledger, jobs, book, self)
        self.bar = DeedBar(self)
        self.nothing = Emptiness(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._moved)
        self._build()
        grid = self.panel.grid
        self.writer = GridWriter(grid, ledger, book.cls, jobs, window)
        self._listen()

    def _build(self) -> None:
        self.above = Column(gap=8)
        self._view_menu = MenuButton("视图：全部")
        self._sorted = FittingLabel([""], "dim")
        self._top, tools = frame("bare"), frame("bare")
        self._past = Button("看某天的…", self.past_wanted.emit, icon="history")
        Row(self._top, gap=8).add(self.tabs, stretch=1).add(self.shelf.button, self._past)
        self._chips = Row(gap=8)
        row = Row(tools, gap=8).add(self._view_menu, self._chips, self.conditions).push()
        row.add(self._sorted, self.bar)
        column = Column(self, gap=6).add(self.above, self._top, tools)
        column.add(self.panel, stretch=1)

    def _listen(self) -> None:
        grid = self.panel.grid
        model = grid.lazy_model()
        for signal, slot in (
            (self.writer.changed, self._written), (self.tabs.chosen, self.show_view),
            (self.conditions.changed, self._filter), (self.tools.said, self._say),
            (self.shelf.said, self._say), (self.shelf.changed, self.changed),
            (self.counts.counted, self._counted), (self.counts.failed, self._failed),
            (grid.current_changed, self._later), (grid.selection_changed, self._later),
            (grid.block.changed, self._later), (grid.summary_changed, self.tell_status),
            (grid.note_changed, self._say), (grid.failed, self._failed),
            (model.modelReset, self._tell), (model.renewed, self.nothing.say),
            (model.waiting, self._tell_order),
        ):  # fmt: skip
            signal.connect(slot)

    # Hooks of the view

    def begin(self) -> None:
        """Begin a new record."""
        raise NotImplementedError

    def own_entries(self) -> list[Entry]:
        """What the menu of the rows offers besides the deeds."""
        raise NotImplementedError

    def empty_state(self) -> QWidget | None:
        """What stands in a book without records; None: a sentence."""
        raise NotImplementedError

    # What others call

    def refresh(self) -> None:
        """Read everything again."""
        self.shelf.refresh()
        self.counts.ask()
        self._look_for(self._text)
        self._filter()

    def show_all(self) -> None:
        """Leave views, conditions, search, and what the page narrowed it to."""
        self.narrow(())
        self._look_for("")
        self.conditions.clear()
        self.show_view(ALL)

    def search(self, text: str) -> None:
        """Show only what a search text finds."""
        if text != self._text:
            self._look_for(text)
            self._filter()

    def narrow(self, wheres: Sequence[Where], words: str = "") -> None:
        """Show only a part that the page chose, as a chip that can be taken away; () shows all."""
        self._narrowed = tuple(wheres)
        if self._chip is not None:
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if wheres and words:
            self._chip = Chip(words, None, self._let_go)
            self._chips.add(self._chip)
        self._filter()

    def show_view(self, key: str) -> None:
        """Show one of the views, or one that was saved."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        before, self._view = self.book.view(self._view), key
        self.shelf.show(key)
        self._sort_as(before.sort if before is not None else ())
        self.panel.grid.clearSelection()
        self._filter()

    def view_key(self) -> str:
        """Key of the view that is shown."""
        return self._view

    def chosen(self) -> list[str]:
        """Ids of the marked records, of those of the block of cells, or of the present one."""
        return self.panel.grid.chosen_ids()

    def chosen_count(self) -> int:
        """How many `chosen` gives, without reading them."""
        grid = self.panel.grid
        cells = grid.block.cells()
        return grid.selected_count() or (cells.height if cells else int(bool(grid.current_id())))

    def current(self) -> str:
        """Id of the present record."""
        return self.panel.grid.current_id()

    def go_to(self, record: str) -> bool:
        """Go to a record; whether the list shows it."""
        return self.panel.grid.go_to(record)

    def query(self) -> Query[Any]:
        """What is shown, in its order."""
        return self.source.query()

    def count(self) -> int:
        """How many records are shown."""
        return self.panel.grid.lazy_model().rowCount()

    def choose_columns(self) -> None:
        """Let the person choose which fields the list shows."""
        self.tools.choose_columns()

    def set_mode(self, mode: Mode) -> None:
        """Views and conditions become menus where room is short."""
        self.mode = mode
        single = mode == "single"
        self._top.setVisible(not single)
        self._view_menu.setVisible(single)
        self._past.setVisible(mode in ("full", "drawer"))
        self.conditions.set_narrow(mode in ("single", "narrow"))
        self.bar.set_narrow(mode in ("single", "narrow"))
        self._tell()

    # Inner

    def is_filtered(self) -> bool:
        """Whether a search, a condition or the page narrows what the view shows."""
        return bool(self._text or self._narrowed or self.conditions.fields())

    def _choice(self, *, text: bool = True, without: str = "") -> Choice:
        view = self.book.view(self._view)
        narrowed = () if without == self.NARROWED else self._narrowed
        wheres = ask(self.book.where) + narrowed + self.conditions.wheres(without)
        wheres += ask(view.where) if view is not None else ()
        among = None
        if view is not None and view.scan is not None:
            among = self.counts.among.get(view.key, frozenset())
        firms = self.book.cls is Enterprise
        wheres += self._found if text and not firms else ()
        return Choice(self._text if text and firms else "", wheres, self._view == BIN, among)

    def asked(self, *, text: bool = True, without: str = "") -> Query[Any]:
        """What is asked of the ledger, or would be without the text or a condition."""
        return self._choice(text=text, without=without).query(self.book.cls)

    def searched(self) -> str:
        """What stands in the search box."""
        return self._text

    def condition_words(self) -> dict[str, str]:
        """Each condition in words, by field; what the page narrows it to stands behind them."""
        words = self.conditions.words()
        return words | ({self.NARROWED: self._chip.text()} if self._chip is not None else {})

    def _look_for(self, text: str) -> None:
        self._text, self._found = text, ()
        if text.strip() and self.book.cls is not Enterprise:
            with self.ledger.read() as rows:
                self._found = search_wheres(rows, self.book.cls, text, self.book.search)

    def _filter(self) -> None:
        self.source.choose(self._choice())
        self.panel.grid.set_filtered(self.conditions.fields())
        self.panel.reload()

    def _sort_as(self, left: tuple[tuple[str, bool], ...]) -> None:
        """Take a view's own order, where nobody chose another, and leave that of the one before."""
        view, grid = self.book.view(self._view), self.panel.grid
        wanted = (view.sort if view is not None else ()) or self.book.sort
        if grid.lazy_model().order in (self.book.sort, left) and grid.lazy_model().order != wanted:
            grid.sort_by(wanted)

    def _let_go(self) -> None:
        self.narrow(())
        self.narrowed_away.emit()

    def _counted(self, numbers: dict[str, int]) -> None:
        for key, many in numbers.items():
            self.tabs.set_count(key, many)
            own = self.book.view(key)
            self.tabs.set_mark(key, own.mark if own is not None and many else None)
        self.counted.emit(numbers[ALL])
        view = self.book.view(self._view)
        if view is not None and view.scan is not None:
            self._filter()
        self._tell()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self.main_window, error)

    def _written(self) -> None:
        self.counts.ask()
        self._tell()
        self.changed.emit()

    def _later(self, _what: object = None) -> None:
        self._timer.start()

    def _moved(self) -> None:
        self.bar.refresh()
        self.panel.grid.set_menu([*self.bar.entries(), *self.own_entries()])
        self.current_changed.emit(self.current())

    # Telling

    def _tell(self) -> None:
        tabs = self.tabs.tabs()
        entries: list[Entry] = [
            (self.tabs.text_of(place), partial(self.show_view, tab.key))
            for place, tab in enumerate(tabs)
        ]
        past: Entry = ("看某天的名单…", self.past_wanted.emit, "history")
        self._view_menu.set_entries([*entries, None, *self.shelf.entries(), past])
        self._view_menu.set_text(f"视图：{next((t.text for t in tabs if t.key == self._view), '')}")
        self._tell_order("")
        self.tell_status("")
        self._later()
        self.told.emit()

    def _tell_order(self, waiting: str) -> None:
        order = self.panel.grid.lazy_model().order
        self._sorted.set_texts([waiting or order_words(order, self.source.columns), ""])
        self._sorted.setVisible(self.mode != "single")

    def tell_status(self, summary: str = "") -> None:
        """Say in the status bar how many rows there are, and what is chosen; not from below a view."""
        if self.isVisible() and self.isEnabled():
            rows = f"{self.count():,} {self.book.noun}"
            self.main_window.status.set_rows(rows, self.panel.totals_text())
            self.main_window.status.set_selection(summary)

    def _say(self, sentence: str) -> None:
        if self.isVisible() and self.isEnabled():
            self.main_window.status.say(sentence)
