"""What a report is made of: blocks, cells, and what was done to them. Frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledger_desk.exchange.definitions import Form
from ledger_desk.model.periods import Period
from ledger_desk.reports.filled import Filled, ReportBlock, ReportRow
from ledger_desk.reports.provenance import (
    Cell,
    FromFormula,
    FromIndicator,
    FromRecords,
    FromRows,
    Provenance,
)
from ledger_desk.reports.rowsets import Ref, RowSet, SourceField, SourceRow, ref_of
from ledger_desk.reports.styles import CellContent, FieldKind, Style
from ledger_desk.workbook.references import letters, split

__all__ = [
    "Adjustment", "Cell", "CellContent", "FieldKind", "Filled", "FromFormula", "FromIndicator",
    "FromRecords", "FromRows", "Provenance", "Ref", "Report", "ReportBlock", "ReportRow", "RowSet",
    "SourceField", "SourceRow", "Style", "Unworked", "ref_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A cell that was moved so that sums hold: its own rounding, and what stands there."""

    sheet: str
    row: int
    column: int
    half_up: Decimal
    given: Decimal

    @property
    def name(self) -> str:
        """``F12``."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Unworked:
    """A cell whose formula could not be worked out, and why."""

    sheet: str
    row: int
    column: int
    sentence: str


@dataclass(frozen=True)
class Report:
    """A form for a period, as one moment of the ledger gives it.

    Attributes:
        form: The form with its blank.
        period: First and last day.
        office: Id of the one reporting office, or None for all of the ledger.
        office_name: What stands after 填报单位.
        head: Head of the journal at that moment: tells whether a report is still fresh.
        cells: Cells outside the blocks, by sheet.
        blocks: By sheet and first row.
        adjusted: Cells that are not their own rounding, so that sums hold (舍位平衡).
        unbalanced: Sums that could not be kept, a sentence for each.
        said: Mistakes met while formulas were worked out, by cell.
    """

    form: Form
    period: Period
    office: str | None
    office_name: str
    head: str
    cells: Mapping[str, tuple[Cell, ...]]
    blocks: tuple[ReportBlock, ...]
    adjusted: tuple[Adjustment, ...] = ()
    unbalanced: tuple[str, ...] = ()
    said: tuple[Unworked, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows all blocks have together, totals left out."""
        return sum(len(block.rows) for block in self.blocks)

    def cells_of(self, sheet: str) -> tuple[Cell, ...]:
        """All cells of one sheet, in reading order; for a list of ten thousand rows it takes a while."""
        found = list(self.cells.get(sheet, ()))
        for block in self.blocks_of(sheet):
            found.extend(cell for row in block.rows for cell in row.cells.values())
            found.extend(block.totals.values())
            found.extend([block.empty] if block.empty else [])
        return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))

    def contents_of(self, sheet: str) -> dict[tuple[int, int], CellContent]:
        """(row, column) → what the workbook gets, for one sheet."""
        found: dict[tuple[int, int], CellContent] = {}
        for block in self.blocks_of(sheet):
            for column in block.columns.values():
                at = column.column
                rows = zip(block.places, column.contents(), strict=True)
                found.update(((row, at), value) for row, value in rows)
            for cell in (*block.totals.values(), *([block.empty] if block.empty else [])):
                found[cell.row, cell.column] = cell.value
        for cell in self.cells.get(sheet, ()):
            found[cell.row, cell.column] = cell.value
        return found

    def blocks_of(self, sheet: str) -> tuple[ReportBlock, ...]:
        """Blocks that stand on one sheet."""
        return tuple(block for block in self.blocks if block.sheet == sheet)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Sheets that this report writes to."""
        return tuple(dict.fromkeys([*self.cells, *(block.sheet for block in self.blocks)]))

    def at(self, name: str, sheet: str | None = None) -> Cell | None:
        """Find the cell called ``F12`` or ``附表!F12``; on the form's own sheet unless named."""
        tab, _, bare = name.strip().rpartition("!")
        try:
            row, column = split(bare.upper().replace("$", ""))
        except ValueError:
            return None
        wanted = tab.strip("'") or sheet or self.form.shape.sheet
        return self.find(wanted, row, column)

    def find(self, sheet: str, row: int, column: int) -> Cell | None:
        """Find the cell of a place."""
        for cell in self.cells.get(sheet, ()):
            if (cell.row, cell.column) == (row, column):
                return cell
        for block in self.blocks_of(sheet):
            found = block.find(row, column)
            if found is not None:
                return found
        return None
