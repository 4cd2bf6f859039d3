"""Reading a grid again after cells were written, without losing the place or what was selected."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from ledger_desk.ui.grid import Grid

KEPT = 5_000
"""So many marked rows stay marked."""


def reload_in_place(grid: Grid) -> None:
    """Read everything again; marked firms stay marked wherever they stand now, cells where they are."""
    model, selection = grid.lazy_model(), grid.selectionModel()
    chosen, rows = QItemSelection(), model.rowCount()
    if grid.has_checks():
        marked = grid.selected_ids() if grid.selected_count() <= KEPT else []
        grid.reload()
        ids = model.source.ids(0, KEPT) if marked else []
        places = {record: place for place, record in enumerate(ids)}
        for record in marked:
            if record in places:
                row = places[record]
                chosen.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    else:
        parts = [
            (part.top(), part.left(), part.bottom(), part.right())
            for part in selection.selection().toList()
        ]
        grid.reload()
        if rows == model.rowCount():
            for top, left, bottom, right in parts:
                chosen.select(model.index(top, left), model.index(bottom, right))
    if not chosen.isEmpty():
        selection.select(chosen, QItemSelectionModel.SelectionFlag.Select)
