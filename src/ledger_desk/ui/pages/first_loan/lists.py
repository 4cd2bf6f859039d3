"""Funnel, views and the three lists of the page; what they show follows period, view and search text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import Cultivation
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.bench import Around, BookBench
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.buttons import Entry, MenuButton
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.bench import ListBench
from ledger_desk.ui.lists.local_bench import LocalBench
from ledger_desk.ui.lists.local_source import LocalRow, LocalSource
from ledger_desk.ui.lists.rich_list import RichList
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.first_loan import contact_list as contacts
from ledger_desk.ui.pages.first_loan.funnel import Funnel, stages_of
from ledger_desk.ui.pages.first_loan.sources import HelpList
from ledger_desk.ui.pages.first_loan.views import BY_KEY, NOTHING, OF_STAGE, VIEWS, View
from ledger_desk.ui.pages.first_loan.white_list import HELPED, MET, WHITE, WhiteList
from ledger_desk.ui.tabs import Tab, Tabs


class Lists(QWidget):
    """What stands in the body of the page.

    Signals:
        opened: Kind of list and id of the row, on Enter or a double click.
        moved: Another row, or another list, is the present one.
        chosen: The selection changed.
        summary: What the selection sums up to.
        note: Sentence of the present cell's check.
        failed: Exception from a list.
        edited: A cell was typed over and stored, or a view was kept.
        remove_wanted: Ctrl+- was pressed in a list.
        add_wanted: The empty state's way to put firms on the list.
        contact_wanted: The empty state's way to record a matching.
        past_wanted: The list in front is to be looked at as it was on some day.
    """

    opened = Signal(str, str)
    moved = Signal()
    chosen = Signal()
    summary = Signal(str)
    note = Signal(str)
    failed = Signal(object)
    edited = Signal()
    remove_wanted = Signal()
    add_wanted = Signal()
    contact_wanted = Signal()
    past_wanted = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs) -> None:
        """Build the lists; `refresh` fills them."""
        super().__init__()
        self._ledger, self._jobs = ledger, jobs
        self.period: Period = month_of(dt.date.today())
        self._text = ""
        self._short = False
        self._mode: Mode = "full"
        self._contacts: list[contacts.ContactRow] = []
        self.total = 0
        self.funnel = Funnel()
        self.tabs = Tabs([Tab(v.key, v.word, 0, v.mark) for v in VIEWS], "首贷培植的视图")
        self.menu = MenuButton("视图")
        self.white, self.helps = WhiteList(ledger, jobs), HelpList(ledger, self.edited.emit)
        self.met = LocalSource(
            contacts.ContactLine, contacts.CONTACT_COLUMNS, "笔", self._contact_totals
        )
        self.panels = {
            "white": GridPanel(self.white, checks=True, totals=True, name="培植名单"),
            "contacts": GridPanel(self.met, checks=True, totals=True, noun="笔", name="银企对接"),
            "helps": GridPanel(self.helps, noun="次", name="帮扶记录"),
        }
        self._stack = QStackedWidget()
        self.tools = Row(gap=8).add(self.menu, self.tabs).push()
        column = Column(self, gap=8).add(self.funnel, self.tools)
        column.add(self._stack, stretch=1)
        self.rich = {kind: self._rich(kind) for kind in self.panels}
        for kind, panel in self.panels.items():
            self._stack.addWidget(self.rich[kind])
            self._listen(kind, panel.grid)
        self.funnel.opened.connect(lambda key: self.show_view(OF_STAGE[key]))
        self.tabs.chosen.connect(self.show_view)

    def _rich(self, kind: str) -> RichList:
        panel, ledger, jobs = self.panels[kind], self._ledger, self._jobs

        def make(tabs: Tabs) -> ListBench:
            if kind == "white":
                return BookBench(Around(ledger, jobs, self.white, panel, tabs), WHITE)
            source = self.met if kind == "contacts" else self.helps
            usual = contacts.USUAL if kind == "contacts" else ()
            return LocalBench(ledger, jobs, source, panel, tabs, f"first_loan-{kind}", usual)

        made = RichList(panel, make, panel.accessibleName(), past=True)
        made.past_wanted.connect(self.past_wanted)
        made.filtered.connect(self._fill)
        made.changed.connect(self.edited)
        made.said.connect(self.note)
        return made

    def _listen(self, kind: str, grid: Grid) -> None:
        grid.lazy_model().renewed.connect(self._renewed)
        grid.opened.connect(partial(self.opened.emit, kind))
        grid.current_changed.connect(lambda _: self.moved.emit())
        grid.selection_changed.connect(lambda _: self.chosen.emit())
        grid.summary_changed.connect(self.summary)
        grid.note_changed.connect(self.note)
        grid.failed.connect(self.failed)
        shortcut = QShortcut(QKeySequence("Ctrl+-"), grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.remove_wanted)

    # What the page asks

    def view(self) -> View:
        """The view in front."""
        return BY_KEY[self.tabs.chosen_key()]

    def panel(self) -> GridPanel:
        """The list in front."""
        return self.panels[self.view().kind]

    def grid(self) -> Grid:
        """The grid in front."""
        return self.panel().grid

    def selected(self) -> list[str]:
        """Ids of the selected rows, or of the present one."""
        grid = self.grid()
        return grid.selected_ids() or ([grid.current_id()] if grid.current_id() else [])

    def firm_of(self, record: str) -> tuple[str, str]:
        """Firm and white-list entry (empty for none) of a row of the list in front."""
        kind = self.view().kind
        if kind == "contacts":
            row = next((row for row in self._contacts if row.id == record), None)
            return (row.firm if row is not None else "", "")
        if kind == "helps":
            return self.helps.firm_of.get(record, ""), ""
        entry = self._ledger.get(Cultivation, record)
        return (str(entry.enterprise), record) if entry is not None else ("", "")

    def status(self) -> tuple[str, str]:
        """Rows and totals for the status bar."""
        view = self.view()
        noun = {"white": "户", "contacts": "笔", "helps": "次"}[view.kind]
        return (
            f"{view.word} {self.grid().lazy_model().rowCount():,} {noun}",
            self.panel().totals_text(),
        )

    def past_book(self) -> tuple[Book, Sequence[str]]:
        """The list in front as the time machine shows it, with its columns."""
        kind = self.view().kind
        if kind == "white":
            return WHITE, self.white.names
        book = MET if kind == "contacts" else HELPED
        return book, book.columns

    def contact_count(self) -> int:
        """How many matchings have an event in the period."""
        return len(self._contacts)

    # What changes them

    def refresh(self) -> None:
        """Read everything again."""
        for made in self.rich.values():
            made.refresh()
        self._contacts = contacts.read_rows(self._ledger, self.period)
        self.funnel.show_stages(stages_of(self._ledger, self.period, self._contacts))
        self._count()
        self._fill()

    def set_text(self, text: str) -> None:
        """Filter by the search box."""
        if text != self._text:
            self._text = text
            self._fill()

    def show_view(self, key: str) -> None:
        """Show one of `views.VIEWS`."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        self.grid().clearSelection()
        self._stack.setCurrentWidget(self.rich[self.view().kind])
        self._fill()

    def set_mode(self, mode: Mode, *, very_short: bool) -> None:
        """Views become a menu, the funnel figures, where room is short."""
        before = self._mode
        self.tabs.setVisible(mode != "single")
        self.menu.setVisible(mode == "single")
        self.funnel.setVisible(not very_short)
        self._short, self._mode = very_short or mode == "single", mode
        for made in self.rich.values():
            made.set_mode(mode, very_short=very_short)
        if self._mode != before:
            self._fill()
        self._say_nothing()
        self.funnel.set_flat(mode in ("narrow", "single"))

    def _count(self) -> None:
        with self._ledger.read() as rows:
            self.total = rows.count(Query(Cultivation))
            for view in VIEWS:
                if view.kind == "white":
                    where = (Where("state", "=", view.value),) if view.value else ()
                    self.tabs.set_count(view.key, rows.count(Query(Cultivation, where)))
        for view in VIEWS:
            if view.kind == "contacts":
                found = contacts.grid_rows(self._contacts, view.value, "")
                self.tabs.set_count(view.key, len(found))
        self.tabs.set_count("helps", self.helps.load(self.period, self._text))

    def _fill(self) -> None:
        view = self.view()
        rich = self.rich[view.kind]
        if view.kind == "white":
            self.white.narrow(view.value, self._text, rich.wheres())
        elif view.kind == "contacts":
            found = contacts.grid_rows(self._contacts, view.value, self._text)
            self.met.put(contacts.to_local(found))
            self.met.choose(rich.wheres())
        else:
            self.helps.load(self.period, self._text)
            self.helps.choose(rich.wheres())
        self.grid().set_filtered(rich.fields())
        self.panel().reload()
        self._say_nothing()
        entries: list[Entry] = [
            (self.tabs.text_of(n), partial(self.show_view, v.key)) for n, v in enumerate(VIEWS)
        ]
        if self._mode == "single":  # the band over the list has no room there
            entries += [None, *rich.entries()]
        self.menu.set_entries(entries)
        self.menu.set_text(f"视图：{view.word}")
        self.moved.emit()
        self.chosen.emit()

    def _contact_totals(self, rows: Sequence[LocalRow]) -> dict[str, str]:
        shown = {row.id for row in rows}
        return contacts.totals([row for row in self._contacts if row.id in shown])

    def _renewed(self) -> None:
        """A long list has answered."""
        if hasattr(self, "rich"):
            self._say_nothing()

    def _say_nothing(self) -> None:
        panel, key = self.panel(), self.view().key
        if panel.grid.lazy_model().rowCount():
            panel.say_nothing("")
        elif self.rich[self.view().kind].fields():
            panel.set_empty(None)
            panel.say_nothing("没有符合这些条件的。去掉上面的条件就都回来了。")
        elif self._text:
            panel.say_nothing(f"没有找到“{self._text}”。清空上面的查找框就都回来了。")
        elif key in ("all", "contacts") and not self._short:
            make = self._empty_list if key == "all" else self._empty_period
            panel.set_empty(make(self.add_wanted.emit, self.contact_wanted.emit))
            panel.say_nothing("")
        else:
            panel.set_empty(None)
            panel.say_nothing(NOTHING[key])

    def _empty_list(self, add: Callable[[], None], contact: Callable[[], None]) -> EmptyState:
        return EmptyState(
            "培植名单还是空的",
            "先把有潜力、有需求、还没有贷过款的企业列进来，再编方案、记帮扶、记对接。",
            [
                NextStep("seedling", "从经营主体里挑", "按名称、代码、拼音首字母查，一次可以加好几户", "加入名单", add, pri=True),
                NextStep("pencil", "先记对接也行", "不在名单里的企业照样能记，以后再补进来", "记一次对接", contact),
            ],
        )  # fmt: skip

    def _empty_period(self, add: Callable[[], None], contact: Callable[[], None]) -> EmptyState:
        step = NextStep(
            "pencil", "照台帐十列的次序录", "企业、银行、日期、是否授信……F12 存下接着录", "记一次对接", contact, pri=True
        )  # fmt: skip
        return EmptyState(
            f"{self.period.label}还没有银企对接",
            "有了对接，月后 10 日内要报的工作台帐就自己出来。",
            [step],
        )
