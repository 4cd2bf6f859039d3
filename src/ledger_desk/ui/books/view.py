"""A book in use: its list, and what everybody does with records: new, open, edit, bin, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import CAP
from ledger_desk.ui.books.book import ALL, BIN, Book
from ledger_desk.ui.books.listing import BookList
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.deeds import ListDeeds
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.ui.records.scrolling import Scrolling

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class BookView(BookList):
    """The list of a book and its deeds; see `BookList` for its signals.

    Signals:
        opened: Id of a record that was opened, for pages that follow.
    """

    opened = Signal(str)

    def __init__(self, book: Book, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show a book of a ledger; nothing is read before `refresh`."""
        super().__init__(book, ledger, jobs, window)
        self.deeds = ListDeeds(
            ledger, jobs, window, self, book.cls, noun=book.noun, name=book.called
        )
        self.deeds.changed.connect(self._done)
        self.deeds.bin_wanted.connect(partial(self.show_view, BIN))
        grid = self.panel.grid
        grid.opened.connect(self.open)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+-", self.remove_chosen), ("Ctrl+E", self.export), ("Ctrl+P", self.print_list),
            ("Ctrl+B", self.change_many), ("Ctrl+N", self.begin),
        )  # fmt: skip
        for key, slot in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(_HERE)
            shortcut.activated.connect(slot)

    # New and open

    def begin(self, preset: Mapping[str, Any] | None = None) -> None:
        """Begin a new record; a value that the list is narrowed to is filled in."""
        if self.ledger.read_only or not self.book.can_begin:
            return
        if self.book.begin is not None:
            self.book.begin(self)
            return
        values = self.begun_with() | dict(preset or {})
        self._show(RecordDialog(
            self.main_window, self.ledger, self.book.cls, preset=values, noun=self.book.noun,
            title=f"{self.begin_words()}",
        ))  # fmt: skip

    def begun_with(self) -> dict[str, Any]:
        """Values of a new record: what the book says, and what the list is narrowed to."""
        known = field_map(self.book.cls)
        found = {
            where.field: where.value[0]
            for where in self.conditions.wheres()
            if where.op == "in" and len(where.value) == 1 and where.field in known
        }
        initial = self.book.initial(self) if self.book.initial is not None else {}
        return {name: value for name, value in found.items() if value} | dict(initial)

    def begin_words(self) -> str:
        """What the button that begins a record says."""
        return self.book.begin_text or f"新增{self.book.called}"

    def open(self, record: str) -> None:
        """Open a record."""
        if not record:
            return
        if self.book.opens is not None:
            self.book.opens(self, record)
        else:
            self._show(RecordDialog(
                self.main_window, self.ledger, self.book.cls, record, noun=self.book.noun,
                title=self.book.called,
            ))  # fmt: skip
        self.opened.emit(record)

    def open_current(self) -> None:
        """Open the present record."""
        self.open(self.current())

    def reveal(self, record: str) -> None:
        """Go to a record wherever it is: views and conditions that hide it are left."""
        if not self.go_to(record) and not self.source.waiting:
            self.show_all()
            self.go_to(record)

    def words(self) -> tuple[str, str]:
        """How many there are and how many are shown, long and short."""
        shown, noun = self.count(), self.book.noun
        total = self.counts.numbers.get(ALL, 0)
        many = f"超过 {CAP:,}" if self.source.capped else f"{shown:,}"
        filtered = self.is_filtered() or self.view_key() != ALL
        return (
            f"共 {total:,} {noun}，筛出 {many} {noun}" if filtered else f"共 {shown:,} {noun}",
            f"{many} {noun}",
        )

    def _show(self, dialog: RecordDialog) -> None:
        dialog.saved.connect(self.wrote)
        dialog.finished.connect(self._back)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _back(self, _result: int = 0) -> None:
        self.panel.grid.setFocus()

    def wrote(self, go_to: str = "") -> None:
        """Somebody wrote: the list is read again, pages are told."""
        self.counts.ask()
        self.panel.reload()
        if go_to:
            self.go_to(go_to)
        self._tell()
        self.changed.emit()

    # Bin, export, paper, many at once

    def remove_chosen(self) -> None:
        """Put the chosen records into the recycle bin as one step."""
        allowed = self.book.can_remove and not self.ledger.read_only
        if allowed and self._view != BIN and self.chosen_count():
            self.deeds.remove(self.chosen())

    def restore_chosen(self) -> None:
        """Take the chosen records out of the recycle bin as one step."""
        if self._view == BIN and not self.ledger.read_only:
            self.deeds.restore(self.chosen())

    def undo(self, step: int) -> None:
        """Take a step back."""
        self.deeds.undo(step)

    def export(self) -> None:
        """Write the list as it is filtered and sorted, with the columns it shows."""
        extras = {extra.key for extra in self.book.extras}
        names = [name for name in self.source.names if name not in extras]
        if self.count() and names:
            self.deeds.ask_and_export(self.query(), self.count(), names)

    def print_list(self) -> None:
        """Look at the list on paper, as it stands on the screen."""
        from ledger_desk.ui.books.printing import print_list

        print_list(self)

    def change_many(self) -> None:
        """Give one field of the chosen records the same value, as one step."""
        from ledger_desk.ui.books.bulk_dialog import ask_bulk

        if self.chosen_count() and self._view != BIN and not self.ledger.read_only:
            ask_bulk(self)

    # Inner

    def own_entries(self) -> list[Entry]:
        """Open, change many, print, choose columns, and the way to the bin or back."""
        many, noun, in_bin = self.chosen_count(), self.book.noun, self._view == BIN
        entries: list[Entry] = []
        if many:
            entries.append(("打开  Enter", self.open_current, "file-text"))
        if many and not self.ledger.read_only and not in_bin:
            entries.append((f"批量改 {many:,} {noun}…  Ctrl+B", self.change_many, "pencil"))
        if self.count():
            entries.append(("打印名单…  Ctrl+P", self.print_list, "printer"))
        entries.append(("选择列…", self.choose_columns, "columns-3"))
        entries.append(("看某天的名单…", self.past_wanted.emit, "history"))
        if many and not self.ledger.read_only:
            if in_bin:
                entries.append((f"恢复 {many:,} {noun}", self.restore_chosen, "restore"))
            elif self.book.can_remove:
                entries.append((f"删除 {many:,} {noun}  Ctrl+-", self.remove_chosen, "trash"))
        return entries

    def empty_state(self) -> QWidget | None:
        """What the book is for, and the button for the first record."""
        if self.ledger.read_only or not self.book.can_begin:
            return None
        step = NextStep(
            "plus", f"登第一{self.book.noun}", "只填必填的几栏就能存下，其余以后再补",
            self.begin_words(), self.begin, pri=True,
        )  # fmt: skip
        return Scrolling(EmptyState(f"还没有{self.book.called}", self.book.hint, [step]))

    def _done(self) -> None:
        self.panel.grid.clearSelection()
        self.wrote()
