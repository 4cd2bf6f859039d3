"""Excel-2003 XML (SpreadsheetML), which WPS and old systems save under .xml, .xls and .xlsx.

Read over defusedxml, which refuses entities (``decisions.md`` 33). Source of the names: Microsoft,
"XML Spreadsheet Reference" (Office XP/2003): ss:Index, ss:MergeAcross, ss:MergeDown, ss:Span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.workbook.book import Merge
from ledger_desk.workbook.cells import CellValue, tidy_row

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_XL = "{urn:schemas-microsoft-com:office:excel}"
# The limits of an .xlsx sheet; an index beyond them is a trap, not a table.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_CELLS = 20_000_000


@dataclass
class XmlSheet:
    """One worksheet of an Excel-2003 XML file."""

    name: str
    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: int = 0


def read_sheets(path: Path) -> Iterator[XmlSheet]:
    """Yield the worksheets in order.

    Raises:
        UserError: The XML is broken, holds entities, or claims more cells than a sheet can have.
    """
    from xml.etree.ElementTree import ParseError  # start-up stays light

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    sheet: XmlSheet | None = None
    try:
        with path.open("rb") as file:
            for event, element in iterparse(file, events=("start", "end")):
                tag = element.tag
                if event == "start":
                    if tag == f"{_SS}Worksheet":
                        sheet = XmlSheet(element.get(f"{_SS}Name", ""))
                    continue
                if sheet is None:
                    continue
                if tag == f"{_SS}Row":
                    _add_row(sheet, element)
                    element.clear()
                elif tag == f"{_SS}Column":
                    _add_column(sheet, element)
                elif tag == f"{_XL}Visible":
                    sheet.hidden = (element.text or "").startswith("SheetHidden")
                elif tag == f"{_SS}Worksheet":
                    yield sheet
                    sheet = None
                    element.clear()
    except (ParseError, DefusedXmlException, ValueError, OverflowError, LookupError) as error:
        raise UserError(
            f"“{path.name}”（Excel 2003 XML）不完整或已损坏。请在 Excel 或 WPS 里打开它，另存为 .xlsx "
            "后再读入。"
        ) from error


def _number(element: Any, name: str, default: int) -> int:
    return int(element.get(f"{_SS}{name}", default))


def _add_column(sheet: XmlSheet, element: Any) -> None:
    if element.get(f"{_SS}Hidden") == "1":
        first = _number(element, "Index", max(sheet.hidden_columns, default=0) + 1)
        last = first + _number(element, "Span", 0)
        if 0 < first <= last <= _MOST_COLUMNS:
            sheet.hidden_columns.update(range(first, last + 1))


def _add_row(sheet: XmlSheet, element: Any) -> None:
    number = _number(element, "Index", len(sheet.rows) + 1)
    if not len(sheet.rows) < number <= _MOST_ROWS:
        raise ValueError(number)
    while len(sheet.rows) < number - 1:
        sheet.rows.append([])
    if element.get(f"{_SS}Hidden") == "1":
        sheet.hidden_rows.add(number)
    row: list[object] = []
    for cell in element.iterfind(f"{_SS}Cell"):
        column = _number(cell, "Index", len(row) + 1)
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if not len(row) < column <= _MOST_COLUMNS or not 0 <= across < _MOST_COLUMNS:
            raise ValueError(column)
        row.extend([None] * (column - 1 - len(row)))
        row.append(_value(cell.find(f"{_SS}Data")))
        if across or down:
            sheet.merged.append(Merge(number, column, number + down, column + across))
            row.extend([None] * min(across, _MOST_COLUMNS - len(row)))
    sheet.cells += len(row)
    if sheet.cells > _MOST_CELLS:
        raise ValueError(sheet.cells)
    sheet.rows.append(tidy_row(row))
    # Rows repeated by a span are blank formatted ones: they carry no cells of their own.
    for _ in range(min(_number(element, "Span", 0), _MOST_ROWS - len(sheet.rows))):
        sheet.rows.append([])


def _value(data: Any) -> object:
    """Give the typed value of a Data element; rich text loses its markup."""
    if data is None:
        return None
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return datetime.fromisoformat(text.strip())
    return text
