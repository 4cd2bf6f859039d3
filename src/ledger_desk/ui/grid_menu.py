"""The words of a grid's menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from ledger_desk.ui.buttons import Entry, fill_menu
from ledger_desk.ui.grid_header import next_order

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid


def pop_up(grid: Grid, event: QContextMenuEvent) -> None:
    """Show the menu where the mouse is, or below the current cell for the menu key."""
    place = event.globalPos()
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        place = grid.viewport().mapToGlobal(grid.visualRect(grid.currentIndex()).bottomLeft())
    menu = QMenu(grid)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill_menu(menu, grid.menu_entries())
    menu.popup(place)


def menu_of(grid: Grid, own: Sequence[Entry]) -> list[Entry]:
    """Entries of a page, then those every grid has: copy and paste, sorting, and its list's own."""
    entries: list[Entry] = [*own, None] if own else []
    entries.append(("复制  Ctrl+C", grid.copy, "copy"))
    if grid.writer is not None:
        entries += [("剪切  Ctrl+X", grid.writer.cut), ("粘贴  Ctrl+V", grid.writer.paste)]
    index = grid.currentIndex()
    if not index.isValid():
        return entries
    return [
        *entries,
        None,
        *column_entries(grid, index.column()),
        *grid.more_entries(index.column()),
    ]


def column_entries(grid: Grid, place: int) -> list[Entry]:
    """Ways to sort by a column."""
    model = grid.lazy_model()
    column = model.columns[place]
    if not column.sortable or not column.key:
        return []
    by = f"按“{column.title}”"
    entries: list[Entry] = [
        (f"{by}从小到大", partial(grid.sort_by, ((column.key, False),))),
        (f"{by}从大到小", partial(grid.sort_by, ((column.key, True),))),
    ]
    again = next_order(model.order, column.key, add=True)
    if model.order and len(again) > len(model.order):
        entries.append((f"再按“{column.title}”排", partial(grid.sort_by, again)))
    return entries
