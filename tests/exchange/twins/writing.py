"""Twins as files, each in its own format."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from tests.exchange.twins import xls
from tests.exchange.twins.pages import Cell, Page, Twin
from tests.workbook.making import ods_text, save_ods, save_xlsb


def write(twin: Twin, folder: Path) -> Path:
    """Write a twin into a folder; gives its path."""
    path = folder / twin.file
    if twin.format in ("xlsx", "xlsm"):
        path.write_bytes(_xlsx(twin))
    elif twin.format == "xls":
        path.write_bytes(xls.workbook(twin.pages))
    elif twin.format == "csv":
        path.write_bytes(_csv(twin))
    elif twin.format == "xml":
        path.write_text(_xml(twin), encoding="utf-8")
    elif twin.format == "xlsb":
        save_xlsb(path, _lines(twin.pages[0]))
    elif twin.format == "ods":
        rows = "".join(
            "<table:table-row>" + "".join(ods_text(_said(c)) for c in line) + "</table:table-row>"
            for line in _lines(twin.pages[0])
        )
        save_ods(path, rows)
    else:
        path.write_bytes(twin.raw)
    return path


def _lines(page: Page) -> list[list[Cell]]:
    columns = range(1, page.width + 1)
    return [[page.cells.get((row, c)) for c in columns] for row in range(1, page.height + 1)]


def _said(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _xlsx(twin: Twin) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.cell_range import CellRange

    book = Workbook()
    book.remove(book.worksheets[0])
    for page in twin.pages:
        sheet = book.create_sheet(page.name)
        for (row, column), cell in sorted(page.cells.items(), key=lambda item: item[0]):
            sheet.cell(row, column, cell)
        for top, left, bottom, right in page.merged:
            # Not `merge_cells`, which makes a cell for each of the 16,384 columns of a row.
            sheet.merged_cells.ranges.add(
                CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right)
            )
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        if page.hidden:
            sheet.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    if twin.format == "xlsx" and not twin.drop:
        return made.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.startswith(twin.drop or ("/",)):
                new.writestr(name, old.read(name))
        if twin.format == "xlsm":
            new.writestr("xl/vbaProject.bin", b"no macro is ever looked at")
    return changed.getvalue()


def _csv(twin: Twin) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([[_said(c) for c in line] for line in _lines(twin.pages[0])])
    return made.getvalue().encode(twin.encoding)


def _xml(twin: Twin) -> str:
    """Excel 2003 XML, as programs of those years write it."""
    sheets = ""
    for page in twin.pages:
        rows = ""
        for line in _lines(page):
            cells = ""
            for cell in line:
                kind = "Number" if isinstance(cell, int | float) else "String"
                cells += f'<Cell><Data ss:Type="{kind}">{escape(_said(cell))}</Data></Cell>'
            rows += f"<Row>{cells}</Row>"
        sheets += f'<Worksheet ss:Name="{escape(page.name)}"><Table>{rows}</Table></Worksheet>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'
    )
