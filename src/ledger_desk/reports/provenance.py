"""One cell of a report, and where its content comes from. Frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ledger_desk.model.formulas import Held
from ledger_desk.reports.rowsets import Ref
from ledger_desk.reports.styles import CellContent
from ledger_desk.workbook.references import letters


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
        only: Further parts that hold besides, as (split, key).
    """

    indicator: str
    measure: str
    by: str
    key: str | None
    value: int | None
    only: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FromRows:
    """The content sums or counts a column of the block's own rows; ``rows`` are their places."""

    column: str
    rows: tuple[int, ...]
    value: int


@dataclass(frozen=True)
class FromFormula:
    """The content was worked out of other cells.

    Attributes:
        text: The formula as it was written.
        said: The formula with its live values in words.
        inputs: Cells that it looked at, as ``F12`` or ``附表!F12`` of the filled sheet.
        value: Exact result; None is empty.
    """

    text: str
    said: str
    inputs: tuple[str, ...]
    value: Decimal | str | None


Provenance = FromRecords | FromIndicator | FromRows | FromFormula | None


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
        sheet: Tab.
        exact: What a formula finds in it: the exact number in the unit that is written, or a text.
    """

    row: int
    column: int
    value: CellContent
    text: str
    provenance: Provenance = None
    label: str = ""
    sheet: str = ""
    exact: Held = None

    @property
    def name(self) -> str:
        """``F12``."""
        return f"{letters(self.column)}{self.row}"
