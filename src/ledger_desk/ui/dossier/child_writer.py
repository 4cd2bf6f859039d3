"""Writes the cells of a list inside the file: Enter and Tab go along the row and on to a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.dossier.child_source import ChildSource
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_moves import go_to_cell, shown_columns
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pasting.writer import GridWriter


class ChildWriter(GridWriter):
    """A `GridWriter` whose last row makes a record with the first cell that is left.

    Every cell is stored as it is left, also where others that are required are still missing: these
    show 缺 (`product.md` §7: at most the cell being typed is lost).
    """

    def __init__(
        self, grid: Grid, source: ChildSource, ledger: Ledger, cls: type[Record], jobs: Jobs,
        window: MainWindow,
    ) -> None:  # fmt: skip
        """Write the cells of ``grid``, which shows ``source``."""
        super().__init__(grid, ledger, cls, jobs, window)
        self._source = source

    def fresh(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """Rows that begin with the firm, and with what the list gives new ones."""
        return self._source.fresh(ids)

    def editor(self, parent: Any, record: str, key: str) -> Any:
        """Make the editor of a cell; that of a new row says it is empty, whatever it begins with."""
        self.grid.scrollTo(self.grid.currentIndex())
        return super().editor(parent, record, key)

    def weigh(self, record: str, key: str, text: str, *, everywhere: bool) -> str:
        """Say why a text cannot be kept; a new row is called by what it begins with."""
        why = super().weigh(record, key, text, everywhere=everywhere)
        if not why and self._source.is_fresh(record) and self._weighed is not None:
            made, _, said = self._weighed
            first = next(iter(made.changes.values()), {})
            name = str(first.get(self.cls.TITLE) or "") if key == self.cls.TITLE else ""
            self._weighed = (made, f"新增{self.cls.LABEL} {name}".strip(), said)
        return why

    def keep(self, move: tuple[int, int]) -> None:
        """Keep what was weighed; whichever way Enter goes elsewhere, here it goes along the row."""
        super().keep(move if move[0] <= 0 else (0, 1))

    def step(self, by: int) -> bool:
        """Go to the next cell (1) or the one before (-1), from row to row; whether there was one."""
        order, index = shown_columns(self.grid), self.grid.currentIndex()
        if not index.isValid() or index.column() not in order:
            return False
        row, place = index.row(), order.index(index.column()) + by
        if not 0 <= place < len(order):
            row, place = row + by, 0 if by > 0 else len(order) - 1
        if not 0 <= row < self.grid.lazy_model().rowCount():
            return False
        go_to_cell(self.grid, row, order[place])
        return True

    def _after(self, move: tuple[int, int]) -> tuple[int, str]:
        order, index = shown_columns(self.grid), self.grid.currentIndex()
        place = order.index(index.column()) if index.column() in order else 0
        row, place = index.row(), place + move[1]
        if place >= len(order):
            row, place = row + 1, 0
        elif place < 0:
            row, place = max(row - 1, 0), len(order) - 1 if row else 0
        found = self._source.ids(row, 1)
        return order[place], found[0] if found else self._source.ids(index.row(), 1)[0]
