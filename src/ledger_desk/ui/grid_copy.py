"""What is selected in a grid: its ids, its sum, and its cells as text for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from ledger_desk.ui.grid_model import LazyModel, cell_text
from ledger_desk.ui.grid_moves import shown_columns
from ledger_desk.ui.grid_rows import Cell, GridColumn

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid
    from ledger_desk.ui.grid_block import Cells

SUM_LIMIT = 5_000
"""Rows beyond which nothing is summed: they would have to be read while somebody waits."""
COPY_LIMIT = 20_000


def selection_rows(selection: QItemSelectionModel) -> list[tuple[int, int]]:
    """Selected rows as ranges (first, last), sorted and joined; no row is looked at."""
    spans = sorted((part.top(), part.bottom()) for part in selection.selection().toList())
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def selected_ids(model: LazyModel, selection: QItemSelectionModel) -> list[str]:
    """Ids of the selected rows, asked from the source range by range."""
    found: list[str] = []
    for first, last in selection_rows(selection):
        if last - first < 50:
            found += [model.record(row) for row in range(first, last + 1)]
        else:
            found += model.source.ids(first, last - first + 1)
    return [each for each in found if each]


def summary(grid: Grid, cells: Cells | None, noun: str) -> str:
    """Words for the status bar, as in Excel: what is chosen, and count, sum and mean of its numbers.

    Of marked rows the numbers are those of the current column; of a block of cells, its own.
    """
    model, spans = grid.lazy_model(), selection_rows(grid.selectionModel())
    count = sum(last - first + 1 for first, last in spans)
    index, parts = grid.currentIndex(), []
    if count and (grid.has_checks() or cells is None):
        parts.append(f"已选 {count:,} {noun}")
    columns: Sequence[int] = [index.column()] if index.isValid() else []
    if cells is not None:
        parts.append(f"选中 {cells.height:,} 行 × {cells.width:,} 列")
        spans, count, columns = [(cells.top, cells.bottom)], cells.height, cells.columns
    if not count:
        return ""
    if count * max(len(columns), 1) <= SUM_LIMIT:
        parts += _figures(model, spans, columns)
    return "　".join(parts)


def _figures(
    model: LazyModel, spans: Iterable[tuple[int, int]], columns: Sequence[int]
) -> list[str]:
    """计数, 求和, 平均 of the numbers; columns of different units are only counted."""
    taken = [place for place in columns if _is_summed(model.columns[place])]
    values: list[int | float] = []
    for first, last in spans:
        for row in range(first, last + 1):
            for place in taken:
                cell = model.cell(row, place)
                value = cell.value if isinstance(cell, Cell) else cell
                if isinstance(value, int | float) and not isinstance(value, bool):
                    values.append(value)
    if not values:
        return []
    said = [f"计数 {len(values):,}"]
    column = model.columns[taken[0]]
    if all((model.columns[n].kind, model.columns[n].unit) == (column.kind, column.unit)
           for n in taken):  # fmt: skip
        unit = f" {column.unit}" if column.unit else ""
        said.append(f"求和 {column.show_number(sum(values))}{unit}")
        said.append(f"平均 {column.show_number(sum(values) / len(values))}{unit}")
    return said


def _is_summed(column: GridColumn) -> bool:
    return column.is_numeric() and column.kind != "bar"


def as_text(grid: Grid, cells: Cells | None) -> str:
    """Tab-separated lines of the block, else of the selected rows, else the current cell."""
    model, selection = grid.lazy_model(), grid.selectionModel()
    shown = shown_columns(grid)
    if cells is not None and (grid.has_checks() or not selection.hasSelection()):
        spans, columns = [(cells.top, cells.bottom)], list(cells.columns)
    elif selection.hasSelection():
        parts = selection.selection().toList()
        chosen = {place for part in parts for place in range(part.left(), part.right() + 1)}
        spans, columns = selection_rows(selection), [n for n in shown if n in chosen]
    else:
        index = grid.currentIndex()
        return str(model.data(index) or "") if index.isValid() else ""
    lines: list[str] = []
    for first, last in spans:
        for row in range(first, min(last, first + COPY_LIMIT) + 1):
            texts = (
                cell_text(model.cell(row, place), model.columns[place].kind) for place in columns
            )
            lines.append("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts))
    return "\n".join(lines[:COPY_LIMIT])


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
