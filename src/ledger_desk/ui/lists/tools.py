"""What every list can do with its columns: sort, narrow, freeze, hide, choose, and stay as it was left.

``ListTools(panel, "key")`` is all a list needs; with subjects and filters its columns can be narrowed too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu

from ledger_desk.ui.buttons import Entry, fill_menu
from ledger_desk.ui.grid_habits import enter_move, turn_enter
from ledger_desk.ui.grid_menu import column_entries
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.lists.chooser import ColumnChooser, Offer
from ledger_desk.ui.lists.column_sheet import ColumnSheet
from ledger_desk.ui.lists.filters import Filters
from ledger_desk.ui.lists.going import Find, GoTo, go_to
from ledger_desk.ui.lists.memory import recall, remember
from ledger_desk.ui.lists.state import ListState
from ledger_desk.ui.lists.subjects import Subjects

_WAIT_MS = 400


class Pool(Protocol):
    """Which columns a list can show; without one, those that its source has."""

    def offers(self) -> Sequence[Offer]:
        """All columns, by group."""
        ...

    def standard(self) -> Sequence[str]:
        """Keys of the usual ones."""
        ...

    def shown(self) -> Sequence[str]:
        """Keys of those shown now."""
        ...

    def show(self, keys: Sequence[str]) -> None:
        """Show these, in this order; the list reads itself again."""
        ...


class OwnPool:
    """The columns of the list's source, hidden and moved by the grid alone."""

    def __init__(self, panel: GridPanel, usual: Sequence[str] = ()) -> None:
        """Take the columns of a grid, of which ``usual`` are shown at first; none: all."""
        self._usual = tuple(usual)
        self._columns = panel.grid.columns
        self._model = panel.grid.lazy_model()

    def _known(self) -> list[GridColumn]:
        return [column for column in self._model.columns if column.kind != "check"]

    def offers(self) -> Sequence[Offer]:
        """All columns."""
        return [Offer(column.key, column.title) for column in self._known()]

    def standard(self) -> Sequence[str]:
        """The usual ones, else all, in the order of the source."""
        return [c.key for c in self._known() if not self._usual or c.key in self._usual]

    def shown(self) -> Sequence[str]:
        """Those that are not hidden."""
        return self._columns.shown()

    def show(self, keys: Sequence[str]) -> None:
        """Hide the others."""
        every = [column.key for column in self._known()]
        self._columns.set_shown(() if list(keys) == every else keys)


class ListTools(QObject):
    """Ties a list to its column sheet, its chooser and its memory.

    Signals:
        laid_out: Columns, widths, order or frozen columns were changed by somebody.
        said: A sentence for the status bar.
    """

    laid_out = Signal()
    said = Signal(str)

    def __init__(
        self,
        panel: GridPanel,
        key: str,
        *,
        subjects: Subjects | None = None,
        filters: Filters | None = None,
        pool: Pool | None = None,
        find: Find | None = None,
        noun: str = "行",
    ) -> None:
        """Work on a list.

        Args:
            panel: The list.
            key: Its name in what the machine remembers.
            subjects: What its columns can be asked; None: they are only sorted.
            filters: The conditions that are set.
            pool: Which columns it can show; None: those it has.
            find: Gives the id of the next record with some words, '' for none (Ctrl+G).
            noun: Word for a row: 户, 笔, 行.
        """
        super().__init__(panel)
        self._panel, self._grid, self._key = panel, panel.grid, key
        self._subjects, self._filters, self._find, self._noun = subjects, filters, find, noun
        self._pool: Pool = pool or OwnPool(panel)
        self._usual_order = panel.grid.lazy_model().order
        self._paused, self._order = False, self._usual_order
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._remember)
        self.apply(recall(key, ListState(order=self._usual_order)))
        self._order = panel.grid.lazy_model().order
        grid, header = self._grid, self._grid.header()
        header.filter_wanted.connect(self.open_column)
        header.menu_wanted.connect(self._pop_up)
        grid.column_wanted.connect(self._open_current)
        grid.place_wanted.connect(self.ask_place)
        grid.more_entries = self.entries
        grid.columns.changed.connect(self._changed)
        grid.lazy_model().modelReset.connect(self._reset)
        self._reset()

    # How it is laid out

    def state(self) -> ListState:
        """Columns, widths, order and frozen columns as they are."""
        shown = tuple(self._pool.shown())
        usual = shown == tuple(self._pool.standard())
        return ListState(
            () if usual else shown, self._grid.columns.widths(), self._grid.lazy_model().order,
            self._panel.frozen.chosen(),
        )  # fmt: skip

    def apply(self, state: ListState) -> None:
        """Lay the list out; columns that are not there any more are left out."""
        known = {offer.key for offer in self._pool.offers()}
        columns = [key for key in state.columns if key in known] or list(self._pool.standard())
        self._grid.columns.set_widths(state.widths)
        if list(self._pool.shown()) != columns:
            self._pool.show(columns)
        self._panel.frozen.choose(state.frozen)
        order = tuple(pair for pair in state.order if pair[0] in known)
        if order != self._grid.lazy_model().order:
            self._grid.sort_by(order)

    def pause(self, paused: bool) -> None:
        """Remember nothing while a saved view is open: that has its own looks."""
        if self._timer.isActive():
            self._timer.stop()
            self._remember()
        self._paused = paused

    def reset(self) -> None:
        """Lay the list out as it was at first."""
        self.apply(ListState(order=self._usual_order))
        self._changed()

    # What is done with a column

    def open_column(self, place: int) -> None:
        """Open the sheet of a column by its number."""
        columns = self._grid.lazy_model().columns
        if 0 <= place < len(columns) and columns[place].key:
            self._open(columns[place].key, columns[place], self._column_deeds(place))

    def open_field(self, field: str) -> None:
        """Open the condition on a field, whether its column is shown or not."""
        self._open(field, None, [])

    def _open_current(self, place: int) -> None:
        columns = self._grid.lazy_model().columns
        if not (0 <= place < len(columns) and columns[place].key):
            place = next(n for n, column in enumerate(columns) if column.key)
        self.open_column(place)

    def _open(self, field: str, column: GridColumn | None, deeds: Sequence[Entry]) -> None:
        subject = self._subjects.subject(field) if self._subjects is not None else None
        wheres = self._filters.of(field) if self._filters is not None else ()
        if column is None and subject is None:
            return
        sheet = ColumnSheet(
            self._grid.window(), column, self._grid.lazy_model().order, subject, wheres, deeds
        )
        sheet.sorted.connect(self._grid.sort_by)
        sheet.filtered.connect(partial(self._narrow, field))
        sheet.finished.connect(self._back)
        sheet.open()
        if subject is not None and self._subjects is not None:
            self._subjects.values(field, sheet.set_values)

    def _narrow(self, field: str, wheres: object) -> None:
        if self._filters is not None and isinstance(wheres, tuple):
            self._filters.put(field, wheres)

    def _back(self, _result: int) -> None:
        self._grid.setFocus()

    def entries(self, place: int) -> list[Entry]:
        """What the menu of a column offers besides sorting."""
        columns = self._grid.lazy_model().columns
        key = columns[place].key if 0 <= place < len(columns) else ""
        if not key:
            return [("选择列…", self.choose_columns)]
        narrows = self._subjects is not None and self._subjects.subject(key) is not None
        words = "筛选、排序…" if narrows else "排序…"
        opens: list[Entry] = [(f"{words}  Ctrl+Shift+L", partial(self.open_column, place))]
        right = enter_move() == (0, 1)
        turn = "Enter 存下后改为向下走" if right else "Enter 存下后改为向右走"
        enter: list[Entry] = []
        if self._grid.writer is not None:
            enter = [(turn, turn_enter)]
        return [*opens, *self._column_deeds(place), None, ("定位…  Ctrl+G", self.ask_place), *enter]

    def _column_deeds(self, place: int) -> list[Entry]:
        grid, frozen = self._grid, self._panel.frozen
        columns, shown = grid.lazy_model().columns, self._grid.columns.shown()
        key = columns[place].key
        count = shown.index(key) + 1 if key in shown else 0
        entries: list[Entry] = []
        if frozen.chosen() != count and count < len(shown):
            entries.append(("固定到这一列", partial(self._freeze, count)))
        if frozen.chosen():
            entries.append(("不固定列", partial(self._freeze, 0)))
        entries.append(("列宽合适", partial(grid.columns.fit_to_content, place)))
        if len(self._pool.shown()) > 1:
            entries.append(("隐藏这一列", partial(self._hide, key)))
        return [*entries, ("选择列…", self.choose_columns)]

    def _freeze(self, count: int) -> None:
        self._panel.frozen.choose(count)
        self._changed()

    def _hide(self, key: str) -> None:
        self._show(tuple(each for each in self._pool.shown() if each != key))

    def choose_columns(self) -> None:
        """Let the person choose which columns are shown, and their order."""
        pool = self._pool
        dialog = ColumnChooser(self._grid.window(), pool.offers(), pool.shown(), pool.standard())
        dialog.chosen.connect(self._show)
        dialog.reset.connect(self.reset)
        dialog.finished.connect(self._back)
        dialog.open()

    def _show(self, keys: object) -> None:
        if isinstance(keys, tuple):
            self._pool.show(keys)
            order = self._grid.lazy_model().order
            kept = tuple(pair for pair in order if pair[0] in keys)
            if kept != order:  # nobody would see by what it is sorted
                self._grid.sort_by(kept)
            self._changed()

    # Going to a row

    def ask_place(self) -> None:
        """Ask for a row by its number or a few words."""
        rows = self._grid.lazy_model().rowCount()
        if not rows:
            self.said.emit("名单是空的")
            return
        dialog = GoTo(self._grid.window(), rows, self._noun)
        dialog.wanted.connect(self.go_to)
        dialog.finished.connect(self._back)
        dialog.open()

    def go_to(self, text: str) -> None:
        """Go to a row by its number or a few words."""
        sentence = go_to(self._grid, text, self._find)
        if sentence:
            self.said.emit(sentence)

    # Inner

    def _pop_up(self, place: int, where: QPoint) -> None:
        menu = QMenu(self._grid)
        fill_menu(menu, [*column_entries(self._grid, place), *self.entries(place)])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _reset(self) -> None:
        columns = self._grid.lazy_model().columns
        self._grid.header().set_filters(frozenset(c.key for c in columns if c.key))
        order = self._grid.lazy_model().order
        if order != self._order:
            self._order = order
            self._changed()

    def _changed(self) -> None:
        self._timer.start()
        self.laid_out.emit()

    def _remember(self) -> None:
        if not self._paused:
            remember(self._key, self.state())
