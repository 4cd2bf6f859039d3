"""The sheet of one column: sorting, narrowing, and what is done with the column itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_header import next_order
from ledger_desk.ui.grid_rows import GridColumn, Order
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.lists.filter_box import FilterBox
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.subjects import Subject, Value
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.rules import frame


class ColumnSheet(Dialog):
    """Opened by the ▾ of a heading, by Ctrl+Shift+L, and by the chip of a condition.

    Signals:
        sorted: The order that was chosen.
        filtered: The conditions on the column that were chosen; none: it is not narrowed.
    """

    sorted = Signal(object)
    filtered = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        column: GridColumn | None,
        order: Order,
        subject: Subject | None,
        wheres: Wheres,
        entries: Sequence[Entry] = (),
    ) -> None:
        """Show a column.

        Args:
            parent: The window.
            column: The column; None for a condition on one that is not shown.
            order: Sort order in force.
            subject: What it can be asked; None where it cannot be narrowed.
            wheres: Conditions that are on.
            entries: What else can be done with the column.
        """
        title = column.title if column is not None else subject.title if subject is not None else ""
        super().__init__(parent, title, width=520)
        self.box: FilterBox | None = None
        self._order = order
        if column is not None and (column.sortable or entries):
            self._add_sorting(column, entries)
        if subject is None:
            self.add_close()
            return
        if column is not None:
            self.body.add(frame("rule"))
        low = parent.window().height() / theme.look().factor < 500
        single = mode_of(parent.window().width(), theme.look().factor) == "single"
        self.box = FilterBox(subject, wheres, rows=3 if low else 6)
        self.body.add(self.box)
        if wheres:
            self.buttons.insertWidget(0, Button("清除", self._clear, kind="words"))
        self.add_close("不改" if single else "不改了")
        self.go = self.add_button(Button("", self._take, kind="pri"))
        self.box.changed.connect(self._tell)
        self.box.taken.connect(self._take)
        self._tell()
        QTimer.singleShot(0, self, self._focus)

    def set_values(self, values: Sequence[Value], more: bool) -> None:
        """Show the values that were counted."""
        if self.box is not None:
            here = self.box.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self.box.set_values(values, more)
            if here:
                self._focus()

    def _add_sorting(self, column: GridColumn, entries: Sequence[Entry]) -> None:
        row = Row(gap=6)
        if column.sortable:
            row.add(
                Button("从小到大", partial(self._sort, ((column.key, False),)), icon="arrow-up"),
                Button("从大到小", partial(self._sort, ((column.key, True),)), icon="arrow-down"),
            )
            again = next_order(self._order, column.key, add=True)
            others = [key for key, _ in self._order if key != column.key]
            if others:
                here = [key for key, _ in again]
                words = (
                    f"第 {here.index(column.key) + 1} 排序" if column.key in here else "不按它排"
                )
                row.add(
                    Button(
                        words, partial(self._sort, again), tip="先按前面的列排，一样的再按这一列排"
                    )
                )
        if entries:
            row.push()
            row.add(MenuButton("这一列", [_closing(self, entry) for entry in entries]))
        else:
            row.push()
        self.body.add(row)

    def _focus(self) -> None:
        if self.box is not None:
            self.box.focus().setFocus()

    def _sort(self, order: Order) -> None:
        self.accept()
        self.sorted.emit(order)

    def _clear(self) -> None:
        self.accept()
        self.filtered.emit(())

    def _take(self) -> None:
        found = self.box.wheres() if self.box is not None else None
        if found is not None:
            self.accept()
            self.filtered.emit(found)

    def _tell(self) -> None:
        assert self.box is not None
        said = self.box.said()
        if said:
            self.go.allow(said)
        else:
            self.go.block("先改好范围")


def _closing(sheet: ColumnSheet, entry: Entry) -> Entry:
    """An entry that closes the sheet first."""
    if entry is None:
        return None

    def act() -> None:
        sheet.accept()
        entry[1]()

    return (entry[0], act)
