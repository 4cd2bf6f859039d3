"""What is selected in a grid: its ids, its sum, and its cells as text for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtGui import QGuiApplication

from ledger_desk.ui.grid_model import LazyModel, cell_text
from ledger_desk.ui.grid_rows import Cell

SUM_LIMIT = 5_000
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


def summary(
    model: LazyModel, selection: QItemSelectionModel, current: QModelIndex, noun: str
) -> str:
    """Words for the status bar: how many rows, and sum and mean of the current column as in Excel."""
    spans = selection_rows(selection)
    count = sum(last - first + 1 for first, last in spans)
    if not count:
        return ""
    words = f"已选 {count:,} {noun}"
    column = model.columns[current.column()] if current.isValid() else None
    if column is None or not column.is_numeric() or column.kind == "bar" or count > SUM_LIMIT:
        return words
    values: list[int | float] = []
    for first, last in spans:
        for row in range(first, last + 1):
            cell = model.cell(row, current.column())
            value = cell.value if isinstance(cell, Cell) else cell
            if isinstance(value, int | float) and not isinstance(value, bool):
                values.append(value)
    if not values:
        return words
    unit = f" {column.unit}" if column.unit else ""
    total, mean = column.show_number(sum(values)), column.show_number(sum(values) / len(values))
    return f"{words}　计数 {len(values):,}　求和 {total}{unit}　平均 {mean}{unit}"


def as_text(
    model: LazyModel,
    selection: QItemSelectionModel,
    current: QModelIndex,
    shown: Sequence[int],
) -> str:
    """Selected cells as tab-separated lines, or the current cell when nothing is selected.

    ``shown`` are the columns in the order in which they stand on the screen.
    """
    if not selection.hasSelection():
        return str(model.data(current) or "") if current.isValid() else ""
    parts = selection.selection().toList()
    chosen = {place for part in parts for place in range(part.left(), part.right() + 1)}
    columns = [place for place in shown if place in chosen]
    lines: list[str] = []
    for first, last in selection_rows(selection):
        for row in range(first, min(last, first + COPY_LIMIT) + 1):
            texts = (
                cell_text(model.cell(row, place), model.columns[place].kind) for place in columns
            )
            lines.append("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts))
    return "\n".join(lines[:COPY_LIMIT])


def copy_text(
    model: LazyModel,
    selection: QItemSelectionModel,
    current: QModelIndex,
    shown: Sequence[int],
) -> None:
    """Put the selected cells on the clipboard."""
    QGuiApplication.clipboard().setText(as_text(model, selection, current, shown))
