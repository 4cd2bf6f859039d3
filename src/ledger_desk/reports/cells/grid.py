"""The cells of a report as formulas see them: named as in the blank, found in the filled sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ledger_desk.model.formulas import Held, Reference
from ledger_desk.reports.shapes import Cell, Report, ReportBlock
from ledger_desk.workbook.references import letters, number

Place = tuple[str, int, int]
"""Tab, row and column (from 1) in the filled sheet."""


@dataclass(frozen=True)
class Here:
    """Where a formula stands: its own row and block, for letters without a row number."""

    sheet: str
    row: int = 0
    block: ReportBlock | None = None


@dataclass(frozen=True)
class Grid:
    """The exact values of one report, by place."""

    report: Report

    @cached_property
    def _fixed(self) -> Mapping[Place, Cell]:
        """Cells outside the rows of blocks."""
        found: dict[Place, Cell] = {}
        for tab, cells in self.report.cells.items():
            found |= {(tab, cell.row, cell.column): cell for cell in cells}
        for block in self.report.blocks:
            for cell in block.totals.values():
                found[block.sheet, cell.row, cell.column] = cell
        return found

    @cached_property
    def _blocks(self) -> Mapping[str, tuple[ReportBlock, ...]]:
        tabs = dict.fromkeys(block.sheet for block in self.report.blocks)
        return {tab: self.report.blocks_of(tab) for tab in tabs}

    def value(self, place: Place) -> Held:
        """Give what stands in a place of the filled sheet; None for nothing."""
        cell = self._fixed.get(place)
        if cell is not None:
            return cell.exact
        for block in self._blocks.get(place[0], ()):
            row = row_in(block, place[1])
            if row is not None:
                for column in block.columns.values():
                    if column.column == place[2]:
                        return column.exact(row)
        return None

    def row_of(self, sheet: str, row: int) -> int | None:
        """Where a row of the blank stands in the filled sheet; None where it was not needed."""
        moved = 0
        for block in self._blocks.get(sheet, ()):
            shape, count = block.shape, len(block.places)
            if row < shape.first_row or not shape.grows:
                continue
            if row <= shape.last_row:
                place = row - shape.first_row
                kept = max(count, 1) if shape.shrink else max(count, shape.room)
                return row + moved if place < kept else None
            moved += shape.added(count)
        return row + moved

    def rows_of(self, sheet: str, first: int, last: int) -> Iterator[int]:
        """Rows of the filled sheet that a span of the blank's rows became, added ones among them."""
        row = first
        while row <= last:
            grown = next(
                (
                    b for b in self._blocks.get(sheet, ())
                    if b.shape.grows and b.shape.first_row == row and b.shape.last_row <= last
                ), None,
            )  # fmt: skip
            if grown is not None:
                yield from grown.places
                row = grown.shape.last_row + 1
                continue
            place = self.row_of(sheet, row)
            if place is not None:
                yield place
            row += 1

    def places(self, reference: Reference, here: Here) -> list[Place]:
        """Give the places of this report that a reference means, other forms left aside."""
        sheet = reference.form or here.sheet
        column = number(reference.column)
        if reference.row is None:
            if not reference.whole:
                return [(sheet, here.row, column)]
            block = here.block or self.block_with(sheet, reference.column)
            return [(block.sheet, row, column) for row in block.places] if block else []
        if reference.last_row is None:
            row = self.row_of(sheet, reference.row)
            return [(sheet, row, column)] if row is not None else []
        end = number(reference.last_column or reference.column)
        rows = list(self.rows_of(sheet, reference.row, reference.last_row))
        return [(sheet, row, each) for row in rows for each in range(column, end + 1)]

    def block_with(self, sheet: str, at: str) -> ReportBlock | None:
        """Give the first block of a tab that has a column."""
        return next((b for b in self._blocks.get(sheet, ()) if at in b.columns), None)


def row_in(block: ReportBlock, row: int) -> int | None:
    """Which of a block's rows stands in a row; quick for the many rows of a list."""
    if isinstance(block.places, range):
        return row - block.places.start if row in block.places else None
    return block.place_of(row)


def total_row(block: ReportBlock) -> int | None:
    """Row of the filled sheet in which a block's totals stand."""
    shape = block.shape
    if shape.total_row is None:
        return None
    return shape.total_row + block.moved + shape.added(len(block.places))


def name_of(place: Place, own: str) -> str:
    """``F12``, or ``附表!F12`` on another tab than ``own``."""
    name = f"{letters(place[2])}{place[1]}"
    return name if place[0] == own else f"{place[0]}!{name}"
