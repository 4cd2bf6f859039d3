"""A list of small records (people, banks, offices) with its own buttons: new, edit, to the bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.bench import Around, BookBench
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.source import BookSource
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.rich_list import RichList
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pasting.writer import GridWriter
from ledger_desk.ui.records.record_dialog import RecordDialog

_WIDTH = 130


class NarrowSource(BookSource):
    """`BookSource` of a small list: all at once, some columns wider than usual."""

    def __init__(self, ledger: Ledger, book: Book, widths: Mapping[str, int]) -> None:
        """Show some fields of all records."""
        self._widths = dict(widths)
        super().__init__(ledger, book)

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns, as wide as they were asked for."""
        return tuple(
            replace(column, width=self._widths.get(column.key, _WIDTH))
            for column in super().make_columns(locked)
        )


class RecordList(QWidget):
    """Shows and edits all records of a class; `changed` says that the ledger was changed."""

    changed = Signal()

    def __init__(
        self,
        ledger: Ledger,
        window: MainWindow,
        cls: type[Record],
        fields: Sequence[str],
        *,
        noun: str,
        hint: str,
        widths: Mapping[str, int] | None = None,
        kept: Sequence[str] = (),
        jobs: Jobs | None = None,
    ) -> None:
        """List a class.

        Args:
            ledger: Where they are.
            window: For toasts and dialogs.
            cls: Record class.
            fields: Fields shown as columns.
            noun: Measure word: 人, 家, 个.
            hint: Sentence beside the buttons: what the list is for.
            widths: Widths of columns that need others than 130.
            kept: Ids that may not be removed from here (the office that keeps the ledger).
            jobs: With them cells can be edited and pasted; without, the list only shows.
        """
        super().__init__()
        self._ledger, self._window, self._cls = ledger, window, cls
        self._noun, self._kept = noun, set(kept)
        book = Book(f"small-{cls.TABLE}", cls.LABEL, cls, noun, tuple(fields))
        self.source = NarrowSource(ledger, book, widths or {})
        self.panel = GridPanel(self.source, noun=noun, name=f"{cls.LABEL}名单")
        self.nothing = f"还没有{cls.LABEL}。按“新增”登一{noun}。"
        self.panel.say_nothing(self.nothing)
        self.rich: RichList | None = None
        if jobs is not None:
            around = partial(Around, ledger, jobs, self.source, self.panel)
            self.rich = RichList(
                self.panel, lambda tabs: BookBench(around(tabs), book), f"{cls.LABEL}名单"
            )
            self.rich.filtered.connect(self._narrow)
            self.rich.changed.connect(self.changed)
            self.rich.said.connect(self._say)
        self._open = Button("修改", self.open_current, key="Enter")
        self._remove = Button("删除", self.remove_current, icon="trash")
        self._new = Button(f"新增{cls.LABEL}", self.begin, kind="pri", icon="plus")
        tools = Row(gap=8).add(label(hint, "dim", wrap=True), stretch=1)
        tools.add(self._open, self._remove, self._new)
        Column(self, gap=8).add(tools).add(self.rich or self.panel, stretch=1)
        grid = self.panel.grid
        grid.opened.connect(self.open)
        grid.lazy_model().modelReset.connect(self._tell)
        grid.current_changed.connect(self._tell)
        shortcut = QShortcut(QKeySequence("Ctrl+-"), grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.remove_current)
        grid.note_changed.connect(self._say)
        if jobs is not None:
            self.writer = GridWriter(grid, ledger, cls, jobs, window)
            self.writer.changed.connect(self.changed)
        self._tell()

    def reload(self) -> None:
        """Read again."""
        if self.rich is not None:
            self.rich.refresh()
        self.panel.reload()

    def set_mode(self, mode: Mode) -> None:
        """Fit the conditions."""
        if self.rich is not None:
            self.rich.set_mode(mode)

    def _narrow(self) -> None:
        assert self.rich is not None
        self.source.choose(Choice(wheres=self.rich.wheres()))
        self.panel.grid.set_filtered(self.rich.fields())
        self.panel.reload()
        found = "没有符合这些条件的。去掉上面的条件就都回来了。"
        self.panel.say_nothing(found if self.rich.fields() else self.nothing)

    def begin(self) -> None:
        """Open a sheet for a new record."""
        self._show(RecordDialog(self._window, self._ledger, self._cls, noun=self._noun))

    def open(self, record: str) -> None:
        """Open the sheet of a record."""
        self._show(RecordDialog(self._window, self._ledger, self._cls, record, noun=self._noun))

    def open_current(self) -> None:
        """Open the sheet of the present record."""
        if self.panel.grid.current_id():
            self.open(self.panel.grid.current_id())

    def remove_current(self) -> None:
        """Put the present record into the recycle bin; can be taken back."""
        record = self.panel.grid.current_id()
        if not record or record in self._kept or self._ledger.read_only:
            return
        found = self._ledger.get(self._cls, record)
        try:
            with self._ledger.step(f"删除{self._cls.LABEL} {found.title}") as step:
                step.remove(self._cls, record)
        except UserError as error:
            show_error(self._window, error, "没有删除")
            return
        if step.result is not None:
            undo = partial(self._undo, step.result.id)
            self._window.toasts.undo(
                f"已删除{self._cls.LABEL} {found.title}", "", [("撤销  Ctrl+Z", undo)]
            )
            self._changed("")

    def _show(self, dialog: RecordDialog) -> None:
        dialog.saved.connect(self._changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        try:
            self._ledger.undo(step)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
        self._changed("")

    def _changed(self, record: str) -> None:
        self.panel.reload()
        if record:
            self.panel.grid.go_to(record)
        self.changed.emit()

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self._window.status.say(sentence)

    def _tell(self, _record: str = "") -> None:
        here, allowed = self.panel.grid.current_id(), not self._ledger.read_only
        self._open.setEnabled(bool(here))
        self._remove.setEnabled(bool(here) and here not in self._kept and allowed)
        self._new.setEnabled(allowed)
