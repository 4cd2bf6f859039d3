"""Rows of a table as they are kept, packed: cheap to hand to another process, unpacked by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger_desk.workbook.book import CHUNK, StoredRows
from ledger_desk.workbook.packing import pack_rows, unpack_columns

if TYPE_CHECKING:  # the process beside an import does without what reads and matches
    from ledger_desk.exchange.prepared import Prepared
    from ledger_desk.workbook.book import Sheet
    from ledger_desk.workbook.layout import Layout


@dataclass(frozen=True)
class Pack:
    """Some data rows of a table.

    Attributes:
        numbers: Row numbers in the file.
        packed: A chunk of rows in which these stand (`packing`).
        places: Where each stands in the chunk.
        width: Number of columns of the table.
        held: (place among ``numbers``, column from 1, value) of empty cells that a merge from
            above covers.
    """

    numbers: Sequence[int]
    packed: bytes
    places: range | list[int]
    width: int
    held: tuple[tuple[int, int, object], ...] = ()

    def columns(self) -> list[Sequence[Any]]:
        """Give the cells by column."""
        count, columns = unpack_columns(self.packed)
        found: list[Sequence[Any]] = list(columns[: self.width])
        if self.places != range(count):
            cut = self.places
            if isinstance(cut, range):
                found = [column[cut.start : cut.stop] for column in found]
            else:
                found = [[column[place] for place in cut] for column in found]
        found += [[None] * len(self.numbers)] * (self.width - len(found))
        for place, column, value in self.held:
            if found[column - 1][place] is None:
                cells = found[column - 1] = list(found[column - 1])
                cells[place] = value
        return found


def packs(prepared: Prepared, size: int) -> Iterator[Pack]:
    """Give the data rows of a table in packs of at most ``size``, in their order."""
    sheet = prepared.sheet
    held = held_cells(sheet, prepared.layout)
    for chunk, several in groupby(prepared.layout.data_rows, lambda number: (number - 1) // CHUNK):
        numbers = list(several)
        begin, packed = chunk * CHUNK + 1, b""
        if isinstance(sheet.rows, StoredRows):
            packed = sheet.rows.packed(chunk)
        else:
            packed = pack_rows([sheet.rows[number - 1] for number in numbers])
        for start in range(0, len(numbers), size):
            some = numbers[start : start + size]
            places: range | list[int] = range(start, start + len(some))
            if isinstance(sheet.rows, StoredRows):
                places = range(some[0] - begin, some[-1] - begin + 1)
                if len(places) != len(some):
                    places = [number - begin for number in some]
            covered = tuple(
                (place, column, sheet.cell(top, column))
                for place, number in enumerate(some) if number in held
                for column, top in held[number]
            )  # fmt: skip
            yield Pack(some, packed, places, sheet.width, covered)


def held_cells(sheet: Sheet, layout: Layout) -> dict[int, list[tuple[int, int]]]:
    """Give cells of data rows that a merge from above covers: row → (column, row with the value)."""
    data = set(layout.data_rows) if sheet.merged else set()
    held: dict[int, list[tuple[int, int]]] = {}
    for merge in sheet.merged:
        if merge.first_column != merge.last_column or merge.first_row not in data:
            continue
        for row in range(merge.first_row + 1, merge.last_row + 1):
            if row in data:
                held.setdefault(row, []).append((merge.first_column, merge.first_row))
    return held
