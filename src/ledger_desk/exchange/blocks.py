"""A block of cells as spreadsheets put it on the clipboard: tab-separated lines, quoted where needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Block: TypeAlias = list[list[str]]
"""Rows of cells, all of one width."""

_ENDS = ("\r\n", "\n", "\r")


def read_block(text: str) -> Block:
    """Read what Excel, WPS and LibreOffice copy.

    A cell with a line break, a tab or a quote in it stands in quotes, its own quotes doubled. A
    quote that nothing closes is an ordinary character. The one line end after the last row is no
    row; empty rows inside the block are kept, since they stand for rows of the sheet.

    Returns:
        Rows, the short ones filled up with empty cells; no row at all for an empty text.
    """
    rows: Block = []
    row: list[str] = []
    place, end = 0, len(text)
    if not text.strip("\r\n\t \0"):
        return []
    while True:
        cell, place = _cell(text, place)
        row.append(cell)
        if place < end and text[place] == "\t":
            place += 1
            continue
        rows.append(row)
        row = []
        if place >= end:
            break
        place += 2 if text.startswith("\r\n", place) else 1
        if place >= end:
            break
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _cell(text: str, start: int) -> tuple[str, int]:
    """Give the cell that begins at ``start``, and where it ends."""
    if text.startswith('"', start):
        parts, place = [], start + 1
        while (close := text.find('"', place)) >= 0:
            parts.append(text[place:close])
            if text.startswith('"', close + 1):
                parts.append('"')
                place = close + 2
                continue
            if close + 1 == len(text) or text[close + 1] in "\t\r\n":
                return "".join(parts), close + 1
            break
    place = start
    while place < len(text) and text[place] not in "\t\r\n":
        place += 1
    return text[start:place], place


def write_block(rows: Iterable[Sequence[str]]) -> str:
    """Write rows so that `read_block` and every spreadsheet give them back."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(mark in cell for mark in ("\t", *_ENDS)):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def spread(block: Block, height: int, width: int) -> Block:
    """Repeat a block over a larger selection where it fits a whole number of times, as Excel does.

    Args:
        block: What was copied.
        height: Rows of the selection.
        width: Columns of the selection.

    Returns:
        The block repeated, or as it is.
    """
    rows, columns = len(block), len(block[0]) if block else 0
    if not rows or not columns or height % rows or width % columns:
        return block
    wide = [row * (width // columns) for row in block]
    return wide * (height // rows)
