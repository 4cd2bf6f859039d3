"""A block that was filled: columns of exact values, of which rows and cells are made when looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, overload

from ledger_desk.exchange.definitions import Block
from ledger_desk.model.formulas import Held
from ledger_desk.reports.provenance import Cell, Provenance
from ledger_desk.reports.rowsets import RowSet, SourceRow
from ledger_desk.reports.styles import CellContent, Style


@dataclass(frozen=True)
class Filled:
    """One column of a block with its exact values; cells are made of it when they are asked for.

    Attributes:
        at: Letters of the column.
        column: The column, from 1.
        heading: Its heading.
        values: Exact value of each row in its smallest unit, None for nothing.
        styles: How values become cells; one for each row where rows differ.
        origin: Gives the provenance of a row's cell.
        rounded: Row → number that stands there instead of its own rounding (舍位平衡).
    """

    at: str
    column: int
    heading: str
    values: Sequence[Any]
    styles: Style | Sequence[Style]
    origin: Callable[[int], Provenance]
    rounded: Mapping[int, Decimal] = field(default_factory=dict)

    def style(self, place: int) -> Style:
        """How a row's value becomes a cell."""
        return self.styles if isinstance(self.styles, Style) else self.styles[place]

    def contents(self) -> list[CellContent]:
        """What the workbook gets in all rows."""
        if self.rounded or not isinstance(self.styles, Style):
            return [self.content(place) for place in range(len(self.values))]
        return self.styles.contents(self.values)

    def content(self, place: int) -> CellContent:
        """What the workbook gets in a row."""
        if place in self.rounded:
            return self.rounded[place]
        return self.style(place).content(self.values[place])

    def sum(self) -> Decimal:
        """Sum of its numbers as they stand in the sheet, each rounded."""
        if isinstance(self.styles, Style) and self.styles.kind == "money" and not self.rounded:
            return self.styles.rounded_sum(self.values)
        shown = (v for v in self.contents() if isinstance(v, int | Decimal))
        return sum((Decimal(v) for v in shown), Decimal(0))

    def exact(self, place: int) -> Held:
        """What a formula finds in a row."""
        return self.style(place).held(self.values[place])

    def text(self, place: int) -> str:
        """How it reads."""
        if place in self.rounded:
            return f"{self.rounded[place]:,f}"
        return self.style(place).text(self.values[place])


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a block, looked at: its place in the filled sheet, its cells, its source."""

    block: ReportBlock
    place: int

    @property
    def row(self) -> int:
        """Its row in the filled sheet."""
        return self.block.places[self.place]

    @property
    def number(self) -> int:
        """序号, from 1."""
        return self.place + 1

    @property
    def cells(self) -> Mapping[str, Cell]:
        """Its cells by column letters."""
        return _Cells(self.block, self.place)

    @property
    def source(self) -> SourceRow:
        """What it was made of."""
        return self.block.body.row(self.place)


class _Cells(Mapping[str, Cell]):
    """Cells of one row; each is made when it is looked at."""

    __slots__ = ("_block", "_place")

    def __init__(self, block: ReportBlock, place: int) -> None:
        self._block, self._place = block, place

    def __getitem__(self, at: str) -> Cell:
        return self._block.cell(self._place, self._block.columns[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self._block.columns)

    def __len__(self) -> int:
        return len(self._block.columns)


class _Rows(Sequence[ReportRow]):
    """Rows of a block; each is made when it is looked at."""

    __slots__ = ("_block",)

    def __init__(self, block: ReportBlock) -> None:
        self._block = block

    def __len__(self) -> int:
        return len(self._block.places)

    @overload
    def __getitem__(self, place: int) -> ReportRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[ReportRow]: ...

    def __getitem__(self, place: int | slice) -> ReportRow | Sequence[ReportRow]:
        count = len(self)
        if isinstance(place, slice):
            return [ReportRow(self._block, each) for each in range(*place.indices(count))]
        if not -count <= place < count:
            raise IndexError(place)
        return ReportRow(self._block, place % count)


@dataclass(frozen=True)
class ReportBlock:
    """A block that was filled.

    Attributes:
        sheet: Tab.
        source: Name of its row source.
        body: Its rows before they were laid out.
        places: Row in the filled sheet of each of its rows.
        columns: Its columns by their letters.
        totals: Cells of the total row by column letters.
        empty: Its words for no rows.
        shape: Its definition.
        moved: Rows that were inserted above it (taken out: negative).
    """

    sheet: str
    source: str
    body: RowSet
    places: Sequence[int]
    columns: Mapping[str, Filled]
    totals: Mapping[str, Cell]
    empty: Cell | None
    shape: Block
    moved: int = 0

    @property
    def rows(self) -> Sequence[ReportRow]:
        """Its rows, made when they are looked at."""
        return _Rows(self)

    def cell(self, place: int, column: Filled) -> Cell:
        """Make one cell."""
        return Cell(
            self.places[place], column.column, column.content(place), column.text(place),
            column.origin(place), column.heading, self.sheet, column.exact(place),
        )  # fmt: skip

    def find(self, row: int, column: int) -> Cell | None:
        """Find the cell of a place in the filled sheet."""
        for total in self.totals.values():
            if (total.row, total.column) == (row, column):
                return total
        if self.empty is not None and (self.empty.row, self.empty.column) == (row, column):
            return self.empty
        place = self.place_of(row)
        if place is None:
            return None
        return next(
            (self.cell(place, c) for c in self.columns.values() if c.column == column), None
        )

    def place_of(self, row: int) -> int | None:
        """Which of its rows stands in a row of the filled sheet."""
        try:
            return self.places.index(row)
        except ValueError:
            return None
