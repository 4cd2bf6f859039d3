"""Showing a sheet over a list and coming back to the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.pages.tickets.asking import DeedSheet


def show_sheet(view: BookView, sheet: DeedSheet, go: Callable[[dict[str, Any]], object]) -> None:
    """Show a sheet; what it answers goes to ``go``."""
    sheet.answered.connect(go)
    sheet.finished.connect(partial(back, view))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def back(view: BookView, _result: int = 0) -> None:
    """The keyboard goes back to the list."""
    view.panel.grid.setFocus()
