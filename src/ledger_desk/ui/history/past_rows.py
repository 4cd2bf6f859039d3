"""Rows of a list as it was, with marks where things are different now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.overlay import Differences
from ledger_desk.store.past import Past
from ledger_desk.store.queries import Rows
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.pages.enterprises.columns import cell_makers, columns_of
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource

LOCKED = "这是过去的样子，只能看。要恢复这一户，请用下面的按钮。"
GONE = "这一户后来删除了，现在的名单里没有。"


class PastSource(EnterpriseSource):
    """Enterprises of a past; cells that say something else now are marked, with what they say now."""

    def __init__(
        self, past: Past, ledger: Ledger, found: Differences, names: Sequence[str], jobs: Jobs
    ) -> None:
        """List a past of a ledger.

        Args:
            past: Where rows come from.
            ledger: The ledger as it is now.
            found: What became of the firms since.
            names: Columns.
            jobs: Read long lists beside the window.
        """
        self._now, self.found = ledger, found
        super().__init__(cast("Ledger", past), names, jobs)  # it reads like a ledger

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns; nothing can be changed."""
        super().make_columns(LOCKED)
        return tuple(replace(column, editable=False) for column in columns_of(self.names, LOCKED))

    def make_rows(self, rows: Rows, records: Sequence[Enterprise]) -> list[GridRow]:
        """Make the rows of some firms, and mark what is different now."""
        made = super().make_rows(rows, records)
        changed = [firm.id for firm in records if firm.id in self.found.changed]
        with self._now.read() as now:
            firms, computed = now.many(Enterprise, changed), now.beside(Enterprise, changed)
        makers = cell_makers(self.names)
        return [self._marked(row, [make(firms[row.id], computed) for make in makers] if row.id in firms else [])
                for row in made]  # fmt: skip

    def _marked(self, row: GridRow, now: Sequence[CellLike]) -> GridRow:
        if row.id in self.found.gone:
            cells = [_cell(row.cells[0], "old", GONE), *row.cells[1:]]
            return GridRow(row.id, cells)
        cells = list(row.cells)
        for place, cell in enumerate(now):
            if _text(cell) != _text(cells[place]) and not isinstance(cell, int):
                cells[place] = _cell(cells[place], "changed", f"现在是：{_text(cell) or '空的'}")
        return GridRow(row.id, cells)


def _text(cell: CellLike) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)


def _cell(cell: CellLike, state: str, note: str) -> CellLike:
    if isinstance(cell, int):
        return cell
    held = cell if isinstance(cell, Cell) else Cell(cell)
    return replace(held, text=held.text or "（空）", state=state, note=note)  # type: ignore[arg-type]
