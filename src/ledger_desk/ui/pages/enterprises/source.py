"""Rows of the list of enterprises: columns and cells of its own over `RecordSource`."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.ui.grid_rows import GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.pages.enterprises.columns import USUAL, cell_makers, columns_of

__all__ = ["Choice", "EnterpriseSource"]


class EnterpriseSource(RecordSource[Enterprise]):
    """What the grid of enterprises asks."""

    def __init__(
        self, ledger: Ledger, names: Sequence[str] = USUAL, jobs: Jobs | None = None
    ) -> None:
        """Show all live enterprises in the order in which they came."""
        super().__init__(ledger, Enterprise, names, jobs)

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns of `names`."""
        self._makers = cell_makers(self.names)
        return columns_of(self.names, locked)

    def make_rows(self, rows: Rows, records: Sequence[Enterprise]) -> list[GridRow]:
        """Make the rows of some enterprises."""
        computed = rows.beside(Enterprise, [firm.id for firm in records])
        return [
            GridRow(firm.id, [make(firm, computed) for make in self._makers]) for firm in records
        ]
