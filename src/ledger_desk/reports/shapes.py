"""What a report is made of: rows, cells, and where each cell's content comes from. Frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ledger_desk.exchange.definitions import Block, Form
from ledger_desk.model.fields import Record
from ledger_desk.model.periods import Period
from ledger_desk.workbook.references import letters

CellContent = str | int | Decimal | date | None
FieldKind = Literal["text", "day", "money", "whole", "yes_no"]


@dataclass(frozen=True, slots=True)
class Ref:
    """One record: its table and id; `BY_TABLE` gives its class."""

    table: str
    record: str


def ref_of(record: Record) -> Ref:
    """Refer to a record."""
    return Ref(record.TABLE, record.id)


@dataclass(frozen=True)
class SourceField:
    """A field that a row source offers to forms."""

    label: str
    kind: FieldKind = "text"

    @property
    def is_number(self) -> bool:
        """Whether a column of it can be summed."""
        return self.kind in ("money", "whole")


@dataclass(frozen=True)
class SourceRow:
    """One row before it is laid out.

    Attributes:
        key: Id of the record a list's row stands for; group key of a dictionary's row.
        label: What a sentence calls the row: the firm, the township.
        values: Field → value; money in fen, None for nothing.
        records: Field → records behind it.
        enterprise: The firm of the row, if it is one firm's.
        facts: What the rules of this source need besides.
    """

    key: str
    label: str
    values: Mapping[str, Any]
    records: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    enterprise: Ref | None = None
    facts: Any = None


@dataclass(frozen=True, slots=True)
class FromRecords:
    """The content is a field of records."""

    field: str
    records: tuple[Ref, ...]


@dataclass(frozen=True)
class FromIndicator:
    """The content is an indicator over a part of the ledger.

    Attributes:
        by: How the block is split (``township`` …), empty for one number over everything.
        key: The part; None for the whole (totals).
        value: Exact value in the smallest unit (fen, firms, events); None: nothing was reported.
    """

    indicator: str
    measure: str
    by: str
    key: str | None
    value: int | None


@dataclass(frozen=True)
class FromRows:
    """The content sums or counts a column of the block's own rows; ``rows`` are their places."""

    column: str
    rows: tuple[int, ...]
    value: int


Provenance = FromRecords | FromIndicator | FromRows | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the filled sheet.

    Attributes:
        row: Row in the **filled** sheet, from 1: rows inserted above are counted.
        column: Column, from 1.
        value: What the workbook gets: text, whole number, day, or 万元 rounded half up.
        text: How it reads.
        provenance: Where it comes from; None for fixed text.
        label: Heading of its column, or of the cell.
    """

    row: int
    column: int
    value: CellContent
    text: str
    provenance: Provenance = None
    label: str = ""

    @property
    def name(self) -> str:
        """``F12``."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class ReportRow:
    """One row of a block: its place in the filled sheet, its cells by column letters, its source."""

    row: int
    number: int
    cells: Mapping[str, Cell]
    source: SourceRow


@dataclass(frozen=True)
class ReportBlock:
    """A block with its rows, its totals, its words for no rows, and its definition."""

    sheet: str
    source: str
    rows: tuple[ReportRow, ...]
    totals: Mapping[str, Cell]
    empty: Cell | None
    shape: Block


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
        blocks: In the order of the definition.
    """

    form: Form
    period: Period
    office: str | None
    office_name: str
    head: str
    cells: Mapping[str, tuple[Cell, ...]]
    blocks: tuple[ReportBlock, ...]

    @property
    def rows(self) -> int:
        """How many rows all blocks have together, totals left out."""
        return sum(len(block.rows) for block in self.blocks)

    def cells_of(self, sheet: str) -> tuple[Cell, ...]:
        """All cells of one sheet, in reading order."""
        found = list(self.cells.get(sheet, ()))
        for block in self.blocks:
            if block.sheet == sheet:
                found.extend(cell for row in block.rows for cell in row.cells.values())
                found.extend(block.totals.values())
                found.extend([block.empty] if block.empty else [])
        return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))

    @property
    def sheets(self) -> tuple[str, ...]:
        """Sheets that this report writes to."""
        return tuple(dict.fromkeys([*self.cells, *(block.sheet for block in self.blocks)]))

    def at(self, name: str, sheet: str | None = None) -> Cell | None:
        """Find the cell called ``F12``; on the form's own sheet unless another is named."""
        wanted = name.strip().upper().replace("$", "")
        cells = self.cells_of(sheet or self.form.shape.sheet)
        return next((cell for cell in cells if cell.name == wanted), None)
