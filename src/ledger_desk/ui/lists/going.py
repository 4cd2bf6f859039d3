"""定位: to a row by its number, or to the next one that holds what was typed (Ctrl+G)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_model import cell_text
from ledger_desk.ui.grid_moves import go_to_cell, shown_columns

MOST_LOOKED_AT = 20_000
"""Rows looked at for a text, in lists that cannot ask the ledger."""
Find = Callable[[str], str]


class GoTo(Dialog):
    """Asks where to go; `wanted` carries what was typed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, rows: int, noun: str) -> None:
        """Ask, in a list of ``rows`` rows."""
        super().__init__(parent, "定位")
        self.line = TextField("", f"1—{rows:,}，或者几个字")
        self.body.add(Field(f"第几{noun}，或者名称、代码里的几个字", self.line))
        self.add_close("不去了")
        self.add_button(Button("定位", self._go, kind="pri"))
        self.line.setFocus()

    def _go(self) -> None:
        text = self.line.text().strip()
        self.accept()
        if text:
            self.wanted.emit(text)


def go_to(grid: Grid, text: str, find: Find | None = None) -> str:
    """Go there; gives a sentence when there is no such row.

    Args:
        grid: The list.
        text: Number of a row, or words.
        find: Gives the id of the next record with these words, '' for none.
    """
    model, here = grid.lazy_model(), grid.currentIndex()
    order = shown_columns(grid)
    column = here.column() if here.isValid() and here.column() in order else order[0]
    if text.isdigit() and 1 <= int(text) <= model.rowCount():
        go_to_cell(grid, int(text) - 1, column)
        return ""
    if find is not None:
        record = find(text)
        if record and grid.go_to(record, column=column):
            return ""
    else:
        row = _row_with(grid, text)
        if row is not None:
            go_to_cell(grid, row, column)
            return ""
    return (
        f"这个名单里没有“{text}”。" if not text.isdigit() else f"没有第 {text} 行，也没有“{text}”。"
    )


def _row_with(grid: Grid, text: str) -> int | None:
    model, columns = grid.lazy_model(), shown_columns(grid)
    count, wanted = model.rowCount(), text.casefold()
    start = grid.currentIndex().row() + 1
    for step in range(min(count, MOST_LOOKED_AT)):
        row = (start + step) % count
        for place in columns:
            if wanted in cell_text(model.cell(row, place), model.columns[place].kind).casefold():
                return row
    return None
