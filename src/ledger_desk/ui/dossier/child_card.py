"""One list inside the file, on its card: a grid with an empty last row to go on in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dossier.child_source import ChildSource, Computed
from ledger_desk.ui.dossier.child_writer import ChildWriter
from ledger_desk.ui.dossier.columns import NOUNS
from ledger_desk.ui.grid_moves import go_to_cell, shown_columns
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.scrolling import bring_into_sight

MOST_ROWS = 12  # more are scrolled inside the card
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ChildCard(Card):
    """Lists, and where it may, edits the records of a class that hang on the firm or on a loan.

    Signals:
        changed: Something was written.
        opened: Id of the row on Enter, where rows open.
        cell_changed: The current cell is another one.
    """

    changed = Signal()
    opened = Signal(str)
    cell_changed = Signal()

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        window: MainWindow,
        cls: type[Record],
        link: str = "enterprise",
        *,
        title: str = "",
        editable: bool = True,
        opens: str = "",
        more: Sequence[tuple[GridColumn, Computed]] = (),
        after: str = "",
    ) -> None:
        """List a class.

        Args:
            ledger: Where the records are.
            jobs: For large pastes.
            window: For toasts and the status bar.
            cls: Record class.
            link: Field by which it hangs on what the card belongs to.
            title: Heading; the class's own name without.
            editable: Written here.
            opens: What Enter on a row does, in words; '' where it goes to the next cell.
            more: Computed columns.
            after: Field that they stand behind.
        """
        super().__init__(title or cls.LABEL)
        self.cls, self.noun = cls, NOUNS.get(cls.TABLE, "条")
        self._ledger, self._window, self._opens = ledger, window, opens
        self.source = ChildSource(ledger, cls, link, editable=editable, more=more, after=after)
        self.panel = GridPanel(self.source, noun=self.noun, name=f"{title or cls.LABEL}，表格")
        self.grid = self.panel.grid
        self.writer: ChildWriter | None = None
        self._count = label("", "dim")
        self._how = FittingLabel([""], "faint")
        self.title_row.add(self._count, self._how)
        if self.source.editable:
            self._edit(jobs)
        self.body.add(self.panel)
        self.panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.grid.installEventFilter(self)
        self.grid.opened.connect(self._enter)
        self.grid.note_changed.connect(self._say)
        self.grid.lazy_model().modelReset.connect(self._tell)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.grid.horizontalScrollBar().rangeChanged.connect(self._fit)
        theme.follow(self._fit)
        self._tell()

    def _edit(self, jobs: Jobs) -> None:
        self.writer = ChildWriter(
            self.grid, self.source, self._ledger, self.cls, jobs, self._window
        )
        self.writer.changed.connect(self.changed)
        self._remove = Button("删除", self.remove, kind="words", icon="trash", key=None)
        self.title_row.add(self._remove)
        shortcut = QShortcut(QKeySequence("Ctrl+-"), self.grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.remove)
        self.grid.set_menu([("删除这一行  Ctrl+-", self.remove, "trash")])

    # What the section calls

    def belong_to(self, *parents: str, preset: Mapping[str, Any] | None = None) -> None:
        """Show what hangs on these records."""
        self.source.belong_to(*parents, preset=preset)
        self.reload()
        if self.grid.lazy_model().rowCount() and not self.grid.currentIndex().isValid():
            first = self.grid.lazy_model().index(0, shown_columns(self.grid)[0])
            self.grid.selectionModel().setCurrentIndex(
                first, self.grid.selectionModel().SelectionFlag.NoUpdate
            )

    def reload(self) -> None:
        """Read again; what is just being typed is kept first."""
        self.settle()
        self.panel.reload()

    def settle(self) -> None:
        """Keep what stands in an open editor, as leaving it does."""
        if self.grid.state() == QAbstractItemView.State.EditingState:
            self.grid.editing.commit((0, 0), leaving=True)

    def stops(self) -> list[QWidget]:
        """Where Tab stops: the list, then what can be done to it."""
        return [self.grid] if self.writer is None else [self.grid, self._remove]

    def records(self) -> list[Any]:
        """The records shown."""
        return self.source.records()

    def go_to(self, record: str, key: str = "") -> None:
        """Put the keyboard into a cell; the empty row where no record is named."""
        row = self.source.place(record) if record else len(self.source.records())
        columns = [column.key for column in self.grid.lazy_model().columns]
        if row is None or row >= self.grid.lazy_model().rowCount():
            row = max(self.grid.lazy_model().rowCount() - 1, 0)
        column = columns.index(key) if key in columns else shown_columns(self.grid)[0]
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        go_to_cell(self.grid, row, column)
        bring_into_sight(self)

    def current(self) -> tuple[str, str]:
        """Record and field of the current cell; '' for the row that is none yet."""
        index = self.grid.currentIndex()
        if not index.isValid():
            return "", ""
        key = self.grid.lazy_model().columns[index.column()].key
        record = self.grid.current_id()
        return ("" if self.source.is_fresh(record) else record), key

    def remove(self) -> None:
        """Put the chosen rows, or the present one, into the recycle bin as one step."""
        ids = [each for each in self._chosen() if not self.source.is_fresh(each)]
        if not ids or self._ledger.read_only:
            return
        self.settle()
        first = self.source.record(ids[0])
        what = shown_title(first) if len(ids) == 1 else f"{len(ids)} {self.noun}"
        name = f"删除{self.cls.LABEL} {what}"
        try:
            with self._ledger.step(name) as step:
                for record in ids:
                    step.remove(self.cls, record)
        except UserError as error:
            show_error(self._window, error, "没有删除")
            return
        if step.result is not None:
            self.panel.reload()
            undo = partial(self._undo, step.result.id)
            self._window.toasts.undo(f"已{name}", "在回收站里", [("撤销  Ctrl+Z", undo)])
            self.changed.emit()

    # Inner

    def _chosen(self) -> list[str]:
        rows = {index.row() for index in self.grid.selectionModel().selectedIndexes()}
        rows = rows or {self.grid.currentIndex().row()}
        found = [self.grid.lazy_model().record(row) for row in sorted(rows)]
        return [each for each in found if each]

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        try:
            self._ledger.undo(step)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
        self.panel.reload()
        self.changed.emit()

    def _enter(self, record: str) -> None:
        if self._opens and not self.source.is_fresh(record):
            self.opened.emit(record)
        elif self.writer is not None:
            self.writer.step(1)

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.cell_changed.emit()

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self._window.status.say(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes from cell to cell, and at the end out of the list."""
        if watched is not self.grid:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn:
            self.cell_changed.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _TABS and plain and self.writer is not None:
                forward = event.key() == Qt.Key.Key_Tab
                on_empty = self.source.is_fresh(self.grid.current_id())
                if not (forward and on_empty) and self.writer.step(1 if forward else -1):
                    return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        count = len(self.source.records())
        self._count.setText(f"{count} {self.noun}" if count else "还没有")
        if self.writer is not None:
            self._remove.setVisible(count > 0)
            self._how.set_texts(["Tab 下一格，最后一行接着填，Ctrl+- 删一行", "最后一行接着填", ""])
            if self._opens:
                self._how.set_texts(
                    [f"Enter {self._opens}，Tab 下一格", f"Enter {self._opens}", ""]
                )
        elif self._opens:
            elsewhere = "在“首贷培植”那一页登记，这里照着显示"
            self._how.set_texts([f"Enter {self._opens}" if count else elsewhere, ""])
        self.panel.setVisible(bool(count) or self.source.editable)
        self._fit()

    def _fit(self, *_: int) -> None:
        rows = max(min(self.grid.lazy_model().rowCount(), MOST_ROWS), 1)
        across = self.grid.horizontalScrollBar().maximum() > 0
        high = self.panel.height_of(rows, across=across)
        if self.panel.minimumHeight() != high:
            self.panel.setFixedHeight(high)

    def label_of(self, key: str) -> str:
        """Label of a column's field, '' for a computed one."""
        spec = field_map(self.cls).get(key)
        return spec.label if spec is not None else ""
