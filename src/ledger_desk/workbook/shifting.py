"""Where rows go when some are added to or taken from a sheet, and every text that names rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ledger_desk.workbook import references


@dataclass(frozen=True)
class Edit:
    """Rows added after, or taken from the end of, one block of ready rows (blank's numbers).

    Attributes:
        first: First ready row of the block.
        last: Last ready row of the block.
        delta: Rows added after ``last`` (positive) or removed up to ``last`` (negative).
    """

    first: int
    last: int
    delta: int


@dataclass(frozen=True)
class RowMap:
    """Blank's row numbers → the result's, for blocks that do not overlap."""

    edits: tuple[Edit, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything moves at all."""
        return any(edit.delta for edit in self.edits)

    def row(self, row: int) -> int | None:
        """New number of one row, None when it was removed."""
        moved = row
        for edit in self.edits:
            if edit.last < row:
                moved += edit.delta
            elif edit.last + edit.delta < row:
                return None  # among the rows that were taken away
        return moved

    def near(self, row: int) -> int:
        """New number of one row; of the surviving row above it when it was removed."""
        while row > 1:
            moved = self.row(row)
            if moved is not None:
                return moved
            row -= 1
        return 1

    def span(self, first: int, last: int, inside: bool = False) -> tuple[int, int] | None:
        """New ends of a run of rows.

        A run that covers a whole block and ends with it grows with the block, so that a total
        over the ready rows takes in the added ones.

        Args:
            first: First row in the blank.
            last: Last row in the blank.
            inside: The text stands in a row of a block, where a one-row run means "this row".

        Returns:
            The new ends, or None when all its rows were removed.
        """
        top: int | None = None
        for row in (first, *self._after_gap(first)):
            if row <= last:
                top = self.row(row)
                if top is not None:
                    break
        if top is None:
            return None
        bottom = self.near(last)
        for edit in self.edits:
            covers = first <= edit.first and last == edit.last
            if edit.delta > 0 and covers and (first < last or not inside):
                bottom += edit.delta
        if last == references.LAST_ROW:
            bottom = last  # down to the end of the sheet, which does not move
        return top, min(max(top, bottom), references.LAST_ROW)

    def in_block(self, row: int) -> bool:
        """Whether a blank's row is one of the ready rows."""
        return any(edit.first <= row <= edit.last for edit in self.edits)

    def _after_gap(self, row: int) -> list[int]:
        """The first row after each removed run that holds ``row``."""
        return [
            edit.last + 1
            for edit in self.edits
            if edit.delta < 0 and edit.last + edit.delta < row <= edit.last
        ]


@dataclass(frozen=True)
class Shift:
    """Row maps of all changed sheets of one workbook, by folded sheet name."""

    maps: Mapping[str, RowMap]

    def formula(self, text: str, sheet: str, row: int | None = None) -> str:
        """Rewrite a formula that stands on ``sheet`` (in the blank's ``row``, if in a cell)."""
        own = self.maps.get(sheet.casefold())
        inside = own is not None and row is not None and own.in_block(row)

        def span(target: str | None, first: int, last: int) -> tuple[int, int] | None:
            rows = own if target is None else self.maps.get(target.casefold())
            if rows is None:
                return first, last
            same = target is None or target.casefold() == sheet.casefold()
            return rows.span(first, last, inside and same)

        return references.map_rows(text, span)


def shift_ranges(text: str, rows: RowMap, inside: bool = False) -> str:
    """Rewrite a list of ranges of the sheet itself (``sqref``); empty when all are gone.

    ``inside``: a one-row range belongs to its row and does not grow with the block (merges).
    """
    kept = []
    for item in text.split():
        new = references.map_rows(item, lambda _sheet, first, last: rows.span(first, last, inside))
        if "#REF!" not in new:
            kept.append(new)
    return " ".join(kept)


def check_edits(edits: Sequence[Edit]) -> RowMap:
    """Put edits in order and refuse blocks that overlap.

    Raises:
        ValueError: Two blocks share a row (a mistake in the caller's layout).
    """
    ordered = tuple(sorted(edits, key=lambda edit: edit.first))
    for one, two in pairwise(ordered):
        if two.first <= one.last:
            raise ValueError(f"blocks of ready rows overlap: {one} {two}")
    return RowMap(ordered)
