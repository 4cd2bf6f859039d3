"""A sheet as it will be painted: rows, cells with style and shown text, merges, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from ledger_desk.workbook import numbers
from ledger_desk.workbook.measures import Columns, row_height
from ledger_desk.workbook.package import MAIN, Package, SheetPart
from ledger_desk.workbook.recalculating import shared_strings, string_text
from ledger_desk.workbook.references import Area, area, number
from ledger_desk.workbook.sheet_xml import CELL, FORMULA, INLINE, ROW, VALUE
from ledger_desk.workbook.styles import Styles, read_styles

_DIGITS = "0123456789"


class GridCell(NamedTuple):
    """One cell: style number, the text it shows, and how General aligns it (l, r or c)."""

    style: int
    text: str
    side: str


@dataclass
class GridRow:
    """One row; ``height`` in points, None when the file states none."""

    height: float | None = None
    custom: bool = False
    hidden: bool = False
    style: int | None = None
    cells: dict[int, GridCell] = field(default_factory=dict)


@dataclass
class Grid:
    """One sheet, ready to be laid out.

    Attributes:
        rows: Row number → row; rows that the file leaves out are not here.
        merges: First cell of each merge → its rectangle; ``tails`` has the cells under it.
        uncomputed: Formulas without a value (their cells stay empty on paper).
    """

    name: str
    styles: Styles
    columns: Columns
    rows: dict[int, GridRow]
    merges: dict[tuple[int, int], Area]
    tails: dict[tuple[int, int], Area]
    uncomputed: int
    last_row: int
    last_column: int

    def style(self, row: int, column: int) -> int:
        """Style number of a cell, also of one that the file leaves out."""
        line = self.rows.get(row)
        if line is not None:
            cell = line.cells.get(column)
            if cell is not None:
                return cell.style
            if line.style is not None:
                return line.style
        return self.columns.styles.get(column, 0)

    def extent(self) -> Area:
        """Everything that shows: cells with text, borders or a background."""
        return Area(1, 1, max(1, self.last_row), max(1, self.last_column))


def read_grid(package: Package, part: SheetPart, root: Any) -> Grid:
    """Read the cells of a sheet with the texts that they show."""
    styles = read_styles(package)
    book = package.xml(package.workbook_part()).find(f"{{{MAIN}}}workbookPr")
    epoch_1904 = book is not None and book.get("date1904") in ("1", "true")
    reader = _Reader(styles, shared_strings(package), epoch_1904)
    columns = Columns.read(root, styles.normal)
    rows = dict(reader.rows(root.find(f"{{{MAIN}}}sheetData")))
    merges, tails = _merges(root)
    bordered = {number for number, style in enumerate(styles.cells) if style.bordered}
    last_row = last_column = 1
    for row, line in rows.items():
        for column, cell in line.cells.items():
            if cell.text or cell.style in bordered:
                merge = merges.get((row, column))
                last_row = max(last_row, row if merge is None else merge.last_row)
                last_column = max(last_column, column if merge is None else merge.last_column)
    return Grid(
        name=part.name,
        styles=styles,
        columns=columns,
        rows=rows,
        merges=merges,
        tails=tails,
        uncomputed=reader.uncomputed,
        last_row=last_row,
        last_column=last_column,
    )


def _merges(root: Any) -> tuple[dict[tuple[int, int], Area], dict[tuple[int, int], Area]]:
    merges: dict[tuple[int, int], Area] = {}
    tails: dict[tuple[int, int], Area] = {}
    for item in root.iter(f"{{{MAIN}}}mergeCell"):
        merge = area(item.get("ref", "A1"))
        merges[merge.first_row, merge.first_column] = merge
        for row in range(merge.first_row, merge.last_row + 1):
            for column in range(merge.first_column, merge.last_column + 1):
                tails[row, column] = merge
        del tails[merge.first_row, merge.first_column]
    return merges, tails


@lru_cache(maxsize=1024)
def _column(text: str) -> int:
    return number(text)


class _Reader:
    """Turns cell elements into shown texts."""

    def __init__(self, styles: Styles, strings: list[str], epoch_1904: bool) -> None:
        self._styles = styles
        self._strings = strings
        self._epoch_1904 = epoch_1904
        self._formats = [style.number_format for style in styles.cells]
        self.uncomputed = 0

    def rows(self, data: Any) -> Iterator[tuple[int, GridRow]]:
        """Rows of ``sheetData`` by number."""
        number_ = 0
        for element in () if data is None else data.iterchildren(ROW):
            number_ = int(element.get("r", number_ + 1))
            height = element.get("ht")
            style = element.get("s") if element.get("customFormat") in ("1", "true") else None
            row = GridRow(
                height=None if height is None else row_height(float(height)),
                custom=element.get("customHeight") in ("1", "true"),
                hidden=element.get("hidden") in ("1", "true"),
                style=None if style is None else int(style),
            )
            column = 0
            for cell in element.iterchildren(CELL):
                reference = cell.get("r")
                column = column + 1 if reference is None else _column(reference.rstrip(_DIGITS))
                row.cells[column] = self._cell(cell)
            yield number_, row

    def _cell(self, cell: Any) -> GridCell:
        style = int(cell.get("s", "0"))
        if not len(cell):
            return GridCell(style, "", "l")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell[0]
            simple = len(cell) == len(inline) == 1 and inline.tag == INLINE
            text = (inline[0].text or "") if simple else ""
            if not simple or "_x" in text:
                text = "".join(string_text(item) for item in cell.iterchildren(INLINE))
            return GridCell(style, self._text(text, style), "l")
        raw: str | None = cell.findtext(VALUE)
        if not raw:
            self.uncomputed += cell.find(FORMULA) is not None
            return GridCell(style, "", "l")
        if kind == "n":
            code = self._formats[style] if style < len(self._formats) else "General"
            return GridCell(style, numbers.show(float(raw), code, self._epoch_1904), "r")
        if kind == "s":
            place = int(raw)
            text = self._strings[place] if place < len(self._strings) else ""
            return GridCell(style, self._text(text, style), "l")
        if kind == "b":
            return GridCell(style, "TRUE" if raw == "1" else "FALSE", "c")
        if kind == "e":
            return GridCell(style, raw, "c")
        return GridCell(style, self._text(raw, style), "l")

    def _text(self, text: str, style: int) -> str:
        code = self._formats[style] if style < len(self._formats) else "General"
        return text if code in ("General", "@") else numbers.show(text, code)
