"""What python-calamine does not tell about an .xls: error cells, hidden rows and columns.

The stream is searched for whole records by their fixed bytes, not walked record by record: Python
takes seconds for two million records, and four fixed bytes with a fixed length do not occur by
chance in a place where all the rest fits too. Record layouts: [MS-XLS] 2.4.24 (BoolErr), 2.4.28
(BoundSheet8), 2.4.53 (ColInfo), 2.4.127 (Formula), 2.4.221 (Row), 2.5.10 (error codes).
"""

from __future__ import annotations

import bisect
import io
import re

from ledger_desk.workbook.marks import Marks

_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip
_CODE = rb"([\x00\x07\x0f\x17\x1d\x24\x2a])"
_BOOL_ERR = re.compile(rb"\x05\x02\x08\x00(..)(..).." + _CODE + rb"\x01", re.DOTALL)
_FORMULA = re.compile(rb"\x06\x00..(..)(.\x00)..\x02." + _CODE + rb"...\xff\xff", re.DOTALL)
_ROW = re.compile(rb"\x08\x02\x10\x00(..).{10}(.)", re.DOTALL)
_COLUMNS = re.compile(rb"\x7d\x00\x0c\x00(.\x00)(.[\x00\x01])....(.)", re.DOTALL)
_BOUND_SHEET = re.compile(
    rb"\x85\x00(.)\x00(....)[\x00-\x03]([\x00\x01\x02\x06])(.)([\x00\x01])", re.DOTALL
)
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


def find_marks(data: bytes) -> list[Marks]:
    """Search an .xls; gives the marks of each sheet in the order of the tabs.

    A container that cannot be opened gives none: python-calamine says what is wrong with it.
    """
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        container = CompDoc(data, logfile=io.StringIO())
        for name in ("Workbook", "Book"):
            memory, start, size = container.locate_named_stream(name)
            if memory:
                return search(bytes(memory[start : start + size]))
    except (CompDocError, IndexError, ValueError, TypeError, AssertionError, MemoryError):
        return []
    return []


def search(stream: bytes) -> list[Marks]:
    """Search a BIFF8 stream."""
    first_sheet = stream.find(b"\x09\x08", 4)
    globals_end = first_sheet if first_sheet > 0 else len(stream)
    starts = [_number(found[2]) for found in _BOUND_SHEET.finditer(stream, 0, globals_end)]
    marks = [Marks() for _ in starts]
    order = sorted((start, place) for place, start in enumerate(starts))

    def sheet_at(position: int) -> Marks | None:
        before = bisect.bisect_right(order, (position, len(order))) - 1
        return marks[order[before][1]] if before >= 0 else None

    for pattern in (_BOOL_ERR, _FORMULA):
        for found in pattern.finditer(stream):
            target = sheet_at(found.start())
            if target is not None:
                place = (_number(found[1]) + 1, _number(found[2]) + 1)
                target.errors[place] = _CODES[found[3][0]]
    for found in _ROW.finditer(stream):
        target = sheet_at(found.start())
        if target is not None and found[2][0] & _HIDDEN_ROW:
            target.hidden_rows.add(_number(found[1]) + 1)
    for found in _COLUMNS.finditer(stream):
        target = sheet_at(found.start())
        first, last = _number(found[1]), _number(found[2])
        if target is not None and found[3][0] & _HIDDEN_COLUMN and first <= last <= 256:
            target.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    return marks


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
