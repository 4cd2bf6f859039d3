"""The XML of one sheet: rows and cells found by number, values put in and read out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from ledger_desk.errors import UserError
from ledger_desk.workbook.formulas import Scalar
from ledger_desk.workbook.package import MAIN
from ledger_desk.workbook.references import column_of, split, translate
from ledger_desk.workbook.references import name as name_of

FillValue = str | int | float | Decimal | bool | date | None

ROW, CELL, VALUE, FORMULA, INLINE, TEXT = (
    f"{{{MAIN}}}{tag}" for tag in ("row", "c", "v", "f", "is", "t")
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 cannot hold at all, and lone halves of surrogate pairs.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Excel reads _x000D_ in a text as a character; a text that has it literally is escaped.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# One look tells whether a text needs any of this; hardly any does.
_ODD = re.compile(f"{_ILLEGAL.pattern}|\r|_x")
_LONGEST_TEXT = 32_767
_DIGITS = "0123456789"
_EPOCH, _EPOCH_1904 = date(1899, 12, 30).toordinal(), date(1904, 1, 1).toordinal()


def clean(text: str) -> str:
    """Text as a cell can hold it: line breaks unified, characters that XML forbids left out.

    Raises:
        UserError: Longer than the 32,767 characters of a cell.
    """
    if _ODD.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text))
    if len(text) > _LONGEST_TEXT:
        raise UserError(
            f"“{text[:20]}……”有 {len(text)} 个字，一个单元格最多放 {_LONGEST_TEXT} 个。请缩短后再导出。"
        )
    return text


def serial(day: date, epoch_1904: bool = False) -> float | int | None:
    """Serial number of a day or moment; None for days that the workbook cannot count."""
    number = day.toordinal() - (_EPOCH_1904 if epoch_1904 else _EPOCH)
    if not epoch_1904 and number < 61:
        number -= 1  # Excel counts a 29 February 1900 that never was
    if number < (0 if epoch_1904 else 1):
        return None
    if isinstance(day, datetime):
        seconds = day.hour * 3600 + day.minute * 60 + day.second
        return number + seconds / 86400 if seconds else number
    return number


def put(cell: Any, value: FillValue, epoch_1904: bool = False) -> None:
    """Put a value into a cell element; its style stays, its old value and formula go."""
    if len(cell):
        for child in list(cell):
            if child.tag in (VALUE, FORMULA, INLINE):
                cell.remove(child)
    cell.attrib.pop("t", None)
    write(cell, value, epoch_1904)


def write(cell: Any, value: FillValue, epoch_1904: bool = False) -> None:
    """Put a value into a cell element that is empty."""
    if value is None:
        return
    if isinstance(value, date):
        number = serial(value, epoch_1904)
        if number is not None:
            _child(cell, VALUE).text = repr(number)
            return
        value = value.isoformat()
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, INLINE), TEXT)
        value = clean(value)
        text.text = value
        if value != value.strip() or "\n" in value or "  " in value:
            text.set(_SPACE, "preserve")
        return
    if isinstance(value, bool):
        cell.set("t", "b")
        _child(cell, VALUE).text = "1" if value else "0"
        return
    if not math.isfinite(value):
        raise UserError("有一个数算不出来（无穷大或非数），没有写进表里。请检查它的口径和分母。")
    _child(cell, VALUE).text = f"{value:f}" if isinstance(value, Decimal) else repr(value)


def _child(cell: Any, tag: str) -> Any:
    """A new child, in front of an extension list that must stay last."""
    child = etree.SubElement(cell, tag)
    if len(cell) > 1 and cell[-2].tag.endswith("}extLst"):
        cell.insert(len(cell) - 2, child)
    return child


class SheetTree:
    """One sheet's XML, with its rows by number.

    Attributes:
        name: Name on the tab.
        root: The ``worksheet`` element.
        rows: Row number → ``row`` element; every row and cell carries its ``r``.
    """

    def __init__(self, name: str, root: Any) -> None:
        self.name = name
        self.root = root
        self.data = root.find(f"{{{MAIN}}}sheetData")
        if self.data is None:
            raise UserError(
                f"工作表“{name}”里没有单元格区域，文件不完整。请用 Excel 或 WPS 另存一份再试。"
            )
        self.rows: dict[int, Any] = {}
        self._columns: dict[int, dict[int, Any]] = {}
        number = 0
        for row in self.data.iterchildren(ROW):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self.rows[number] = row
            column = 0
            for cell in row.iterchildren(CELL):
                reference = cell.get("r")
                if reference is None:
                    column += 1
                    cell.set("r", name_of(number, column))
                else:
                    column = split(reference)[1]

    def cells(self, row: int) -> dict[int, Any]:
        """Cells of a row by column; empty when the row is not there."""
        found = self._columns.get(row)
        if found is None:
            element = self.rows.get(row)
            found = {}
            if element is not None:
                for cell in element.iterchildren(CELL):
                    found[column_of(cell.get("r").rstrip(_DIGITS))] = cell
            self._columns[row] = found
        return found

    def add_row(self, number: int, row: Any, cells: dict[int, Any]) -> None:
        """Take in a row made elsewhere, with its cells by column."""
        self.rows[number] = row
        self._columns[number] = cells

    def forget_columns(self) -> None:
        """Drop the remembered cells of rows, after rows were renumbered."""
        self._columns.clear()

    def write_row(self, row: int, values: Mapping[int, FillValue], epoch_1904: bool) -> None:
        """Put values into a row by column, making the row and its cells where they are missing."""
        element = self.rows.get(row)
        if element is None:
            element = self.rows[row] = etree.Element(ROW, {"r": str(row)})
        cells = self.cells(row)
        missing = False
        for column, value in values.items():
            cell = cells.get(column)
            if cell is None:
                if value is None:
                    continue
                cell = etree.SubElement(element, CELL, {"r": name_of(row, column)})
                style = element.get("s")
                if style is not None:
                    cell.set("s", style)
                cells[column] = cell
                missing = True
            put(cell, value, epoch_1904)
        if missing:
            element.attrib.pop("spans", "")
            rest = [child for child in element if child.tag != CELL]
            element[:] = [cells[column] for column in sorted(cells)] + rest

    def finish(self) -> None:
        """Put the rows back in order and state the sheet's true extent."""
        self.data[:] = [self.rows[number] for number in sorted(self.rows)]
        dimension = self.root.find(f"{{{MAIN}}}dimension")
        if dimension is None:
            return
        low, high, first, last = 0, 0, 0, 0
        for number in sorted(self.rows):
            row = self.rows[number]
            if len(row) == 0:
                continue
            cells = self.cells(number)
            ends = min(cells, default=1), max(cells, default=1)
            low, high = (min(low, ends[0]), max(high, ends[1])) if first else ends
            first, last = first or number, number
        if first:
            start, end = name_of(first, low), name_of(last, high)
            dimension.set("ref", start if start == end else f"{start}:{end}")

    def formulas(self) -> dict[tuple[int, int], str | None]:
        """Formulas by (row, column); None for array and data-table formulas, which stay Excel's."""
        found: dict[tuple[int, int], str | None] = {}
        for formula in self.data.iter(FORMULA):
            plain = formula.get("t", "normal") == "normal" and formula.text
            found[split(formula.getparent().get("r"))] = formula.text if plain else None
        return found

    def unshare(self) -> None:
        """Write shared formulas out, so that each can be moved by itself."""
        masters: dict[str, tuple[str, int, int]] = {}
        for formula in list(self.data.iter(FORMULA)):
            if formula.get("t") != "shared":
                continue
            row, column = split(formula.getparent().get("r"))
            group = formula.get("si", "")
            if formula.text:
                masters[group] = (formula.text, row, column)
            elif group in masters:
                text, row0, column0 = masters[group]
                formula.text = translate(text, row - row0, column - column0)
            for key in ("t", "si", "ref"):
                formula.attrib.pop(key, None)


def read_value(cell: Any, strings: list[str]) -> Scalar:
    """What a cell holds, for formulas: text, Decimal, yes/no, or None; errors are None."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(item.text or "" for item in cell.iter(TEXT))
    value = cell.find(VALUE)
    if value is None or value.text is None or kind == "e":
        return None
    if kind == "s":
        place = int(value.text)
        return strings[place] if place < len(strings) else ""
    if kind in ("str", "d"):
        return str(value.text)
    if kind == "b":
        return bool(value.text == "1")
    return Decimal(value.text)
