"""What python-calamine does not tell about an .xlsx: errors, empty formulas, hidden lines, size.

The sheets' XML is searched, not parsed: one pass over the bytes costs a fifth of reading them.
Element and attribute names are those of ECMA-376 part 1, 18.3.1 (CT_Worksheet, CT_Row, CT_Cell).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger_desk.errors import UserError
from ledger_desk.workbook.book import Merge

# python-calamine lays a sheet out whole; beyond this many cells that takes gigabytes.
MOST_CELLS = 60_000_000
# The limits of a sheet in every program since 2007; what lies beyond is a broken number.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_BLOCK = 4 << 20
_LONGEST_PIECE = 64 << 20

_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*<v>([^<]*)</v>')
_FORMULA = re.compile(
    rb"<c ([^>]*)>\s*(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FAR_CELL = re.compile(rb'<c r="([A-Z]{3})\d+"[^>]*[^/]>')
_FAR_PLACE = re.compile(rb'r="[A-Z]{3}\d')  # quicker, for the many sheets without such a cell
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col (?=[^>]*\bhidden="(?:1|true)")([^>]*)>')
_MIN_MAX = re.compile(rb'\b(min|max)="(\d{1,5})"')


@dataclass
class Marks:
    """What was found in one sheet; rows and columns from 1.

    Attributes:
        errors: Error text by (row, column), such as ``#DIV/0!``.
        uncalculated: (row, column) of formulas without a stored result.
        hidden_rows: Numbers of hidden rows.
        hidden_columns: Numbers of hidden columns.
        last_row: Last row that claims a cell.
        far_column: Farthest column that claims one (of an .xlsx only beyond ZZ).
        merged: Merged ranges, where python-calamine does not give them.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0
    far_column: int = 0
    merged: list[Merge] = field(default_factory=list)

    def add(self, other: Marks) -> None:
        """Take in what was found in another piece of the same sheet."""
        self.errors |= other.errors
        self.uncalculated |= other.uncalculated
        self.hidden_rows |= other.hidden_rows
        self.hidden_columns |= other.hidden_columns
        self.last_row = max(self.last_row, other.last_row)
        self.far_column = max(self.far_column, other.far_column)

    def check_size(self, name: str, title: str) -> None:
        """Refuse a sheet that claims more cells than can be laid out.

        Raises:
            UserError: With what it claims.
        """
        too_far = self.far_column > MOST_COLUMNS or self.last_row > MOST_ROWS
        if too_far or self.last_row * self.far_column > MOST_CELLS:
            raise UserError(
                f"“{name}”的工作表“{title}”声称有 {self.last_row:,} 行 × {self.far_column:,} 列，"
                "远远超过一份名单。请在 Excel 或 WPS 里删掉表格右边和下面多余的内容，另存后再读入。"
            )


def find_marks(data: bytes, name: str) -> dict[str, Marks]:
    """Search every sheet of an .xlsx or .xlsm; gives marks by the sheet's name.

    Raises:
        UserError: A sheet claims more cells than can be laid out in memory.
        KeyError, zipfile.BadZipFile, ValueError: The container is broken.
    """
    marks: dict[str, Marks] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for title, part in sheet_parts(archive):
            found = marks[title] = Marks()
            for piece in pieces(archive, part):
                search(piece, found)
            found.check_size(name, title)
    return marks


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (sheet name, part name) by way of the workbook part and its relations."""
    from defusedxml.ElementTree import fromstring  # start-up stays light

    names = {name.lower(): name for name in archive.namelist()}
    book = "xl/workbook.xml"
    if book not in names:
        return
    folder = posixpath.dirname(book)
    relations = fromstring(archive.read(names[f"{folder}/_rels/workbook.xml.rels"]))
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    for element in fromstring(archive.read(names[book])).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        identity = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        target = targets.get(identity, "")
        part = target[1:] if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if part.lower() in names:
            yield element.get("name", ""), names[part.lower()]


def pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that end between rows."""
    rest = b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            text = rest + block
            cut = text.rfind(b"<row")
            if cut <= 0 and len(text) < _LONGEST_PIECE:
                rest = text
                continue
            cut = cut if cut > 0 else len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def search(piece: bytes, marks: Marks) -> None:
    """Search one piece of a sheet's XML and add what is found to ``marks``."""
    if b't="e"' in piece:
        for found in _ERROR.finditer(piece):
            place = _place(found[1])
            if place:
                marks.errors[place] = found[2].decode("ascii", "replace")
    if b"<f" in piece:
        for found in _FORMULA.finditer(piece):
            place = _place(found[1])
            # An empty text is a result like any other: t="str" with an empty value.
            if place and b't="str"' not in found[1]:
                marks.uncalculated.add(place)
    if b"hidden=" in piece:
        marks.hidden_rows.update(int(found[1]) for found in _HIDDEN_ROW.finditer(piece))
        for found in _HIDDEN_COLUMN.finditer(piece):
            ends = {key: int(value) for key, value in _MIN_MAX.findall(found[1])}
            first, last = ends.get(b"min", 0), ends.get(b"max", 0)
            if 0 < first <= last <= 16_384:
                marks.hidden_columns.update(range(first, last + 1))
    last = piece.rfind(b"<row ")
    if last >= 0 and (row := _ROW.match(piece, last)):
        marks.last_row = max(marks.last_row, int(row[1]))
    for found in _FAR_CELL.finditer(piece) if _FAR_PLACE.search(piece) else ():
        marks.far_column = max(marks.far_column, column_number(found[1]))


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _PLACE.search(attributes)
    return (int(found[2]), column_number(found[1])) if found else None


def column_number(letters: bytes) -> int:
    """Give a column's number from its letters: ``b"AB"`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
