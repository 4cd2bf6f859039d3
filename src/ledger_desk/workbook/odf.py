"""What python-calamine does not tell about an .ods: merges, errors, hidden lines, claimed size.

Names are those of OpenDocument 1.3 part 3: 9.1.2 (table), 9.1.3 (row), 9.1.4 (cell), 9.1.6
(column), 19.749 (visibility). ``calcext:value-type`` is LibreOffice's own mark of an error.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from ledger_desk.workbook.book import Merge
from ledger_desk.workbook.cells import ERRORS
from ledger_desk.workbook.marks import Marks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# Walking larger content in Python takes longer than the table is worth: it goes without marks.
_MOST_BYTES = 80_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


def find_marks(data: bytes) -> dict[str, Marks]:
    """Walk content.xml; gives marks by the sheet's name.

    Raises:
        KeyError, ValueError, zipfile.BadZipFile, ParseError, DefusedXmlException: Broken.
    """
    from defusedxml.ElementTree import iterparse  # start-up stays light

    marks: dict[str, Marks] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.getinfo("content.xml").file_size > _MOST_BYTES:
            return marks
        current: Marks | None = None
        columns = rows = 0
        with archive.open("content.xml") as file:
            for event, element in iterparse(file, events=("start", "end")):
                tag = element.tag
                if event == "start":
                    if tag == f"{_TABLE}table":
                        current = marks[element.get(f"{_TABLE}name", "")] = Marks()
                        columns = rows = 0
                elif current is None:
                    continue
                elif tag == f"{_TABLE}table-column":
                    last = columns + _count(element, "columns-repeated", _MOST_COLUMNS)
                    if _is_hidden(element):
                        current.hidden_columns.update(range(columns + 1, last + 1))
                    columns = min(last, _MOST_COLUMNS)
                elif tag == f"{_TABLE}table-row":
                    rows = _take_row(element, current, rows)
                    element.clear()
                elif tag == f"{_TABLE}table":
                    element.clear()
    return marks


def _count(element: Any, name: str, most: int) -> int:
    return min(max(1, int(element.get(f"{_TABLE}number-{name}", 1))), most)


def _is_hidden(element: Any) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _take_row(row: Any, marks: Marks, above: int) -> int:
    """Note what a row holds; gives the number of the last row it stands for."""
    first = above + 1
    last = min(above + _count(row, "rows-repeated", _MOST_ROWS), _MOST_ROWS)
    column, filled = 1, 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = _count(cell, "columns-repeated", _MOST_COLUMNS)
        if len(cell) or len(cell.attrib) > 1:
            across = _count(cell, "columns-spanned", _MOST_COLUMNS)
            down = _count(cell, "rows-spanned", _MOST_ROWS)
            if across > 1 or down > 1:
                marks.merged.append(Merge(first, column, first + down - 1, column + across - 1))
            if cell.get(f"{_CALC}value-type") == "error":
                text = "".join(cell.itertext()).strip()
                marks.errors[first, column] = text if text in ERRORS else "#VALUE!"
            if cell.find(f"{_TEXT}p") is not None:
                filled = column + repeated - 1
        column += repeated
    if filled:
        marks.last_row = last
        marks.far_column = max(marks.far_column, min(filled, _MOST_COLUMNS))
        if _is_hidden(row):
            marks.hidden_rows.update(range(first, last + 1))
    return last
