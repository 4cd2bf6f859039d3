"""What python-calamine does not tell about an .xlsb: error cells, hidden rows and columns, size.

The records of a sheet are walked once. Layouts: [MS-XLSB] 2.1.4 (records), 2.4.304 (BrtBundleSh),
2.4.740 (BrtRowHdr), 2.4.318 (BrtColInfo), 2.4.311 (BrtCellError), 2.5.97.2 (error codes).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator

from ledger_desk.workbook.marks import Marks

_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMNS, _SHEET = 0, 3, 11, 60, 156
_LAST_CELL_RECORD = 11
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01


def find_marks(data: bytes) -> dict[str, Marks]:
    """Walk every sheet; gives marks by the sheet's name.

    Raises:
        KeyError, ValueError, struct.error, zipfile.BadZipFile: The container is broken.
    """
    from defusedxml.ElementTree import fromstring  # start-up stays light

    marks: dict[str, Marks] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = fromstring(archive.read("xl/_rels/workbook.bin.rels"))
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        for kind, body in _records(archive.read("xl/workbook.bin")):
            if kind != _SHEET:
                continue
            relation, rest = _text(body, 8)
            name, _ = _text(body, rest)
            target = targets.get(relation, "")
            part = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if part in archive.namelist():
                marks[name] = _search(archive.read(part))
    return marks


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (type, body): both numbers before a body have seven bits to a byte."""
    place, end = 0, len(stream)
    while place < end:
        kind = stream[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (stream[place] & 0x7F) << 7 if place < end else kind
            place += 1
        size = shift = 0
        while place < end:
            byte = stream[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift >= 28:
                break
        yield kind, stream[place : place + size]
        place += size


def _text(body: bytes, start: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le", "replace"), end


def _search(stream: bytes) -> Marks:
    marks = Marks()
    row = 0
    for kind, body in _records(stream):
        if kind == _ROW and len(body) >= 12:
            row = int.from_bytes(body[:4], "little") + 1
            marks.last_row = max(marks.last_row, row)
            if body[11] & _HIDDEN_ROW:
                marks.hidden_rows.add(row)
        elif 0 < kind <= _LAST_CELL_RECORD and len(body) >= 8:
            column = int.from_bytes(body[:4], "little") + 1
            marks.far_column = max(marks.far_column, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and len(body) > 8 and body[8] in _CODES:
                marks.errors[row, column] = _CODES[body[8]]
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<II", body)
            if first <= last < 16_384:
                marks.hidden_columns.update(range(first + 1, last + 2))
    return marks
