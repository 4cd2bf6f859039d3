"""Rows that are data for certain, told by the column: a long list costs little more than a short one.

A row that is filled well and whose first words are those of no total, note or heading needs no
closer look (`layout`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger_desk.workbook import headings
from ledger_desk.workbook.book import CHUNK, StoredRows
from ledger_desk.workbook.cells import CellValue
from ledger_desk.workbook.packing import Column, Packed, gaps, packed_columns, unpack_column

_LOOKED_AT = 3  # cells at the beginning of a row that say what it is
_MARKS = re.compile("[计：:${]")
_BEGINNINGS = frozenset("例示样范举（(【[注填制审复")


def suspicious(row: Sequence[CellValue], heads: set[str], initials: set[str]) -> bool:
    """Tell cheaply whether a well-filled row may be something else than data.

    Args:
        row: Its cells.
        heads: Texts that head the first column.
        initials: Their first characters.
    """
    seen = 0
    for cell in row:
        if cell is None:
            continue
        seen += 1
        if isinstance(cell, str) and (
            _MARKS.search(cell) is not None or cell[0] in _BEGINNINGS
            or (seen == 1 and cell.lstrip()[:1] in initials and headings.plain(cell) in heads)
        ):  # fmt: skip
            return True
        if seen == _LOOKED_AT:
            return False
    return False


def find(
    rows: Sequence[list[CellValue]], few: int, heads: set[str], initials: set[str]
) -> bytearray:
    """Find rows with more than ``few`` cells that are not `suspicious`.

    Returns:
        1 at the number of each row (from 1) that is one for certain; 0 says nothing. A 0 stands
        behind the last row.
    """
    found = bytearray(len(rows) + 2)
    if not isinstance(rows, StoredRows):
        return found
    for number in range(-(-len(rows) // CHUNK)):
        count, packed = packed_columns(rows.packed(number))
        count = min(count, len(rows) - number * CHUNK)
        lead = _lead(packed)
        if not lead or sum([gaps(column) is False for column in packed]) <= few:
            continue
        begin = number * CHUNK + 1
        found[begin : begin + count] = b"\1" * count
        for place in _odd(lead, initials):
            if place < count:
                found[begin + place] = not suspicious([c[place] for c in lead], heads, initials)
    return found


def _lead(columns: Sequence[Packed]) -> list[Column]:
    """Give the columns that hold the first cells of every row; none if rows begin differently."""
    lead: list[Column] = []
    for column in columns:
        empty = gaps(column)
        if empty is False:
            lead.append(unpack_column(column))
            if len(lead) == _LOOKED_AT:
                break
        elif empty is not None:
            return []
    return lead


def _odd(lead: Sequence[Column], initials: set[str]) -> set[int]:
    """Give the places of rows that need a look at their words."""
    odd: set[int] = set()
    for column, first in zip(lead, (True, False, False), strict=False):
        texts = [cell if isinstance(cell, str) else " " for cell in column]
        if _MARKS.search("".join(texts)):
            odd.update(place for place, text in enumerate(texts) if _MARKS.search(text))
        if not _BEGINNINGS.isdisjoint([text[0] for text in texts]):
            odd.update(place for place, text in enumerate(texts) if text[0] in _BEGINNINGS)
        if first:
            begin = [text.lstrip()[:1] for text in texts]
            if not initials.isdisjoint(begin):
                odd.update(place for place, letter in enumerate(begin) if letter in initials)
    return odd
