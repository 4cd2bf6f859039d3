"""The page itself: lists, details, the entry form over them, and what the program asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.periods import Period
from ledger_desk.model.records import Credit, Drawdown, Help, Loan, Repayment
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.history.hosting import TimeMachine
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.first_loan.deeds import Deeds
from ledger_desk.ui.pages.first_loan.details import DetailsPane
from ledger_desk.ui.pages.first_loan.entry_page import EntryPage
from ledger_desk.ui.pages.first_loan.lists import Lists
from ledger_desk.ui.records.covered import CoveredPage

if TYPE_CHECKING:
    from ledger_desk.ui.history.past_lists import PastBook

TABLES = ("cultivation", "help", "matching", "credit", "loan", "drawdown", "repayment")
"""Tables whose records this page shows (`FirstLoanPage.show_record`)."""


class FirstLoanPage(CoveredPage):
    """首贷培植.

    Signals:
        changed: The ledger was changed here; other pages read again.
        open_record: Table and id of a record that another page shows (``enterprise``).
    """

    changed = Signal()
    open_record = Signal(str, str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the first-loan work of a ledger; the search box of ``window`` filters the lists."""
        super().__init__("首贷培植")
        self._ledger, self._window = ledger, window
        self.lists = Lists(ledger, jobs)
        self.details = DetailsPane(ledger)
        self.deeds = Deeds(ledger, window, self)
        self._entry: EntryPage | None = None
        self._head = ""
        self.add_button = self.head.add_button(
            Button("加入名单", lambda: self.deeds.add_firms(), icon="plus")
        )
        self.help_button = self.head.add_button(Button("记帮扶", self.add_help, icon="seedling"))
        self.contact_button = self.head.add_button(
            Button("记一次对接", self.begin_contact, kind="pri", icon="pencil", key="F12")
        )
        self._leave = Button("退出培植", self.leave_selected)
        self._remove = Button("删除", self.remove_selected, kind="danger", icon="trash")
        self.lists.tools.add(self._leave, self._remove)
        self.body.add(self.lists, stretch=1)
        self.set_pane(self.details)
        self.machine = TimeMachine(ledger, jobs, window, self, self._past_list)
        self._connect()

    def _past_list(self) -> PastBook:
        from ledger_desk.ui.history.past_lists import PastBook

        book, names = self.lists.past_book()
        return PastBook(book, tuple(names))

    def _connect(self) -> None:
        lists, pane = self.lists, self.details
        self._window.searched.connect(self._searched)
        lists.opened.connect(self._opened)
        lists.moved.connect(self._show_details)
        lists.chosen.connect(self._tell_selection)
        lists.summary.connect(self._tell_status)
        lists.note.connect(self._say)
        lists.failed.connect(self._failed)
        lists.edited.connect(self._changed)
        lists.remove_wanted.connect(self.remove_selected)
        lists.add_wanted.connect(lambda: self.deeds.add_firms())
        lists.contact_wanted.connect(lambda: self.begin_contact())
        lists.past_wanted.connect(self.machine.ask)
        self.machine.changed.connect(self._changed)
        self.machine.left.connect(self.entered)
        self.deeds.changed.connect(self._changed)
        self.deeds.listed.connect(self._listed)
        pane.record_wanted.connect(self._show_or_pass)
        pane.plan_wanted.connect(self.deeds.edit_plan)
        pane.help_wanted.connect(self.deeds.add_help)
        pane.contact_wanted.connect(self.begin_contact)
        pane.list_wanted.connect(lambda firm: self.deeds.add_firms([firm]))

    # What the program calls

    def entered(self) -> None:
        """Read again: another page may have changed the ledger."""
        self.lists.set_text(self._window.search_text())
        self.ledger_changed()
        if self.cover_view is not None:
            self.cover_view.entered()

    def refresh(self) -> None:
        """Read everything again, for instance after an undo."""
        self._head = self._ledger.head()
        self.lists.refresh()
        self.details.reload()
        if self._entry is not None and self.cover_view is self._entry:
            self._entry.refresh()
        self.machine.refresh()
        period, total = self.lists.period.label, self.lists.total
        self.head.set_counts(
            f"名单 {total:,} 户，{period}对接 {self.lists.contact_count():,} 笔",
            f"名单 {total:,} 户",
        )
        if self._ledger.read_only:
            for button in (self.add_button, self.help_button, self.contact_button):
                button.block("只看，不能记")

    def ledger_changed(self) -> None:
        """Something was written, here or elsewhere: read again if it is not on the screen yet."""
        if self._ledger.head() != self._head:
            self.refresh()

    def set_period(self, period: Period) -> None:
        """Show another period."""
        if period != self.lists.period:
            self.lists.period, self._head = period, ""
            if self.isVisible():
                self.refresh()

    def period(self) -> Period:
        """The period shown."""
        return self.lists.period

    def show_record(self, table: str, record: str) -> bool:
        """Show a record of one of `TABLES`; False when it is not there any more."""
        matching = self._matching_of(table, record)
        if matching:
            return self.open_contact(matching)
        if table == "cultivation":
            self.lists.show_view("all")
            if not self.lists.grid().go_to(record):
                return False
            self.deeds.edit_plan(record)
        elif table == "help":
            self.deeds.edit(Help, record)
        elif table == "loan":
            self.deeds.edit(Loan, record)
        else:
            return False
        return True

    def _matching_of(self, table: str, record: str) -> str:
        """The matching that a decision, loan or payment belongs to."""
        if table == "matching":
            return record
        if table == "credit":
            credit = self._ledger.get(Credit, record)
            return str(credit.matching) if credit is not None else ""
        if table in ("drawdown", "repayment"):
            paid = self._ledger.get(Drawdown if table == "drawdown" else Repayment, record)
            table, record = "loan", str(paid.loan) if paid is not None else ""
        loan = self._ledger.get(Loan, record) if table == "loan" else None
        return str(loan.matching or "") if loan is not None else ""

    def own_focus(self) -> QWidget | None:
        """The list in front, or the first way on while it is empty."""
        grid = self.lists.grid()
        return grid if grid.lazy_model().rowCount() else super().own_focus()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit lists and buttons."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "_remove"):
            self.lists.set_mode(mode, very_short=very_short)
            self._tell_selection()

    def show_view(self, key: str) -> None:
        """Show one of `ledger_desk.ui.pages.first_loan.views.VIEWS`."""
        self.lists.show_view(key)

    # Deeds

    def begin_contact(self, firm: str = "") -> None:
        """Key in matchings, one after another (F12)."""
        entry = self._entry_page()
        entry.begin(**({"enterprise": firm} if firm else {}))
        self.cover(entry)

    def open_contact(self, matching: str) -> bool:
        """Edit a matching; False when it is not there any more."""
        entry = self._entry_page()
        if not entry.open(matching):
            return False
        self.cover(entry)
        return True

    def entry(self) -> EntryPage | None:
        """The entry form, once it was opened."""
        return self._entry

    def add_help(self) -> None:
        """Record a help given to the firm of the present row."""
        self.deeds.add_help(self.lists.firm_of(self.lists.grid().current_id())[1])

    def remove_selected(self) -> None:
        """Put what is selected into the recycle bin, with an undo toast."""
        if self.deeds.remove(self.lists.view().kind, self.lists.selected()):
            self.lists.grid().clearSelection()

    def leave_selected(self) -> None:
        """Set the chosen entries to 退出, with a reason."""
        if self.lists.view().kind == "white" and self.deeds.leave(self.lists.selected()):
            self.lists.grid().clearSelection()

    def _entry_page(self) -> EntryPage:
        if self._entry is None:
            self._entry = EntryPage(self._ledger)
            self._entry.closed.connect(self._close_entry)
            self._entry.saved.connect(self._saved)
            self._entry.told.connect(self._say)
        return self._entry

    def _saved(self, _matching: str) -> None:
        # The lists below are read again when the form closes: keying in must stay quick.
        self._head = self._ledger.head()
        self.changed.emit()

    def _close_entry(self) -> None:
        self.uncover()
        self.refresh()

    def _listed(self, entries: list[str]) -> None:
        self.lists.show_view("all")
        self.lists.grid().go_to(entries[0])

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    # Telling

    def _opened(self, kind: str, record: str) -> None:
        if kind == "contacts":
            self.open_contact(record)
        elif kind == "white":
            self.deeds.edit_plan(record)

    def _show_or_pass(self, table: str, record: str) -> None:
        if table not in TABLES:
            self.open_record.emit(table, record)
            return
        if self.mode != "full":
            self.close_pane()
        self.show_record(table, record)

    def _show_details(self) -> None:
        record = self.lists.grid().current_id()
        self.details.show_firm(*(self.lists.firm_of(record) if record else ("", "")))

    def _tell_selection(self) -> None:
        kind, count = self.lists.view().kind, self.lists.grid().selected_count()
        noun = {"white": "户", "contacts": "笔", "helps": "次"}[kind]
        word = "移出名单" if kind == "white" else "删除"
        allowed = count > 0 and kind != "helps" and not self._ledger.read_only
        self._remove.set_text(f"{word} {count:,} {noun}")
        self._leave.set_text(f"退出培植 {count:,} 户")
        self._remove.setVisible(allowed)
        self._leave.setVisible(allowed and kind == "white")
        entries: list = [(f"{word}  Ctrl+-", self.remove_selected, "trash")]
        if kind == "white":
            entries.insert(0, ("编方案  Enter", self._edit_current, "pencil"))
            entries.insert(1, ("记帮扶", self.add_help, "seedling"))
            entries.append(("退出培植…", self.leave_selected))
        self.lists.grid().set_menu([] if self._ledger.read_only else entries)

    def _edit_current(self) -> None:
        record = self.lists.grid().current_id()
        if record:
            self.deeds.edit_plan(record)

    def tell_rows(self) -> None:
        """Rows of the list in front."""
        self._tell_status("")

    def _tell_status(self, summary: str) -> None:
        if self.isVisible() and self.cover_view is None:
            self._window.status.set_rows(*self.lists.status())
            self._window.status.set_selection(summary)

    def _searched(self, text: str) -> None:
        if self.isVisible() and self.cover_view is None:
            self.lists.set_text(text)

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self._window.status.say(sentence)

    def _failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self._window, error)
