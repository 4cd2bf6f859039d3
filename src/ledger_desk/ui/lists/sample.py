"""Sheets of a list as the gallery shows them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.store.queries import Where


def column_sheet(page: Any, key: str) -> QWidget | None:
    """Open the sheet of a column of a list with `ListTools`."""
    columns = page.panel.grid.lazy_model().columns
    page.tools.open_column(next(n for n, column in enumerate(columns) if column.key == key))
    return QApplication.activeModalWidget()


def chooser(page: Any) -> QWidget | None:
    """Open the column chooser of a list."""
    page.choose_columns()
    return QApplication.activeModalWidget()


def saved_view(page: Any) -> None:
    """Narrow and sort the list of firms, and save that as a view."""
    grid = page.panel.grid
    page.conditions.filters.put("capital", (Where("capital", "notblank"),))
    page.conditions.filters.put("name", (Where("name", "lacks", "合作社"),))
    grid.sort_by((("township", False), ("capital", True)))
    page.shelf.save("大户，按乡镇")
    grid.setCurrentIndex(grid.lazy_model().index(2, 5))
    grid.block.extend_by(4, 1)
