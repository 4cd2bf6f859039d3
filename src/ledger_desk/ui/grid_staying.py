"""Staying where one is while rows are read anew: the record, what is marked, the place on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject

if TYPE_CHECKING:
    from ledger_desk.ui.grid import Grid

KEPT = 5_000
"""So many marked rows stay marked."""
_Flag = QItemSelectionModel.SelectionFlag
_Part = tuple[int, int, int, int]


class Staying(QObject):
    """Remembers ids as one moves about: when new rows come, the old ones cannot be asked any more."""

    def __init__(self, grid: Grid) -> None:
        """Watch over a grid whose model is set."""
        super().__init__(grid)
        self._grid = grid
        self._here = self._key = ""
        self._marked: list[str] = []
        self._top = self._row = self._rows = 0
        self._corner: tuple[int, int] | None = None
        self._parts: list[_Part] = []
        self._all = False
        self._wanted = ("", -1)
        grid.selectionModel().currentChanged.connect(self._moved)
        grid.selection_changed.connect(self._selected)
        model = grid.lazy_model()
        model.renewing.connect(self._leave)
        model.renewed.connect(self._return)

    def forget(self) -> None:
        """Stay nowhere: other rows come that have nothing to do with these."""
        self._here, self._marked, self._parts, self._corner = "", [], [], None
        self._wanted = ("", -1)

    def want(self, record: str, column: int) -> None:
        """Go to a record as soon as the rows that are being read are there."""
        self._wanted = (record, column)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            model = self._grid.lazy_model()
            self._wanted = ("", -1)  # whoever moves on meanwhile is not called back
            self._here, self._key = model.record(now.row()), model.columns[now.column()].key

    def _selected(self, records: list[str]) -> None:
        self._marked = records if len(records) <= KEPT else []

    def _leave(self) -> None:
        grid, index = self._grid, self._grid.currentIndex()
        self._top, self._row = grid.verticalScrollBar().value(), index.row()
        self._rows = grid.lazy_model().rowCount()
        self._all = grid.has_checks() and 0 < self._rows == grid.selected_count()
        self._corner = grid.block.corner() if grid.block.cells() is not None else None
        self._parts = []
        if not grid.has_checks():
            self._parts = [
                (part.top(), part.left(), part.bottom(), part.right())
                for part in grid.selectionModel().selection().toList()
            ]

    def _return(self, sorted_anew: bool) -> None:
        wanted = self._wanted
        self._put_back(sorted_anew)
        self._wanted = ("", -1)
        if wanted[0]:
            self._grid.go_to(wanted[0], column=wanted[1])

    def _put_back(self, sorted_anew: bool) -> None:
        grid, model = self._grid, self._grid.lazy_model()
        if not model.rowCount():
            return
        keys = [column.key for column in model.columns]
        first = 1 if grid.has_checks() else 0
        column = keys.index(self._key) if self._key in keys else min(first, len(keys) - 1)
        if not (self._here and grid.go_to(self._here, column=column, scroll=sorted_anew)):
            start = model.index(0, column)  # the details beside a list begin with its first row
            grid.selectionModel().setCurrentIndex(start, _Flag.NoUpdate)
        if not sorted_anew:
            grid.verticalScrollBar().setValue(self._top)
        same = self._rows == model.rowCount() and self._row == grid.currentIndex().row()
        if self._corner is not None and same and self._corner[1] < len(keys):
            grid.block.extend_to(*self._corner)
        if self._all and sorted_anew and self._rows == model.rowCount():
            grid.selectAll()
        elif grid.has_checks():
            self._mark_again()
        elif same and not sorted_anew:
            chosen = QItemSelection()
            for top, left, bottom, right in self._parts:
                chosen.select(model.index(top, left), model.index(bottom, right))
            grid.selectionModel().select(chosen, _Flag.Select)

    def _mark_again(self) -> None:
        marked, model = self._marked, self._grid.lazy_model()
        if not marked:
            return
        chosen, last = QItemSelection(), model.columnCount() - 1
        for row in model.source.places(marked).values():
            chosen.select(model.index(row, 0), model.index(row, last))
        self._grid.selectionModel().select(chosen, _Flag.Select)
        if chosen.isEmpty():
            self._marked = []
