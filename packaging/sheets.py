"""Sheets of an official table, built from the top; the same workbook on every run."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList

from ledger_desk.workbook.package import Package

MONEY, DAY, FIRMS = "#,##0.00", "yyyy-mm-dd", '0" 户"'
_FIXED = datetime(2024, 1, 1)
# 宋体 11 has digits of 8 pixels; the file counts column widths in those.
_DIGIT = 8
_MM = 1 / 25.4
_LINE = Side(style="thin", color="FF000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PAPERS = {"A4": 9, "A3": 8}


class Book:
    """A workbook in 宋体, with one sheet after another."""

    def __init__(self, title: str) -> None:
        """Begin one."""
        self.book: Any = Workbook()
        normal = Font(name="宋体", size=11)
        self.book._fonts = IndexedList([normal])  # in place of Calibri, that widths are counted in
        self.book._named_styles["Normal"].font = normal
        self.title = title
        self._begun = False

    def sheet(
        self, name: str, pixels: Sequence[int], *, landscape: bool = True, paper: str = "A4"
    ) -> Sheet:
        """Add a sheet with columns of so many pixels."""
        made = self.book.create_sheet() if self._begun else self.book.active
        made.title, self._begun = name, True
        return Sheet(made, pixels, landscape=landscape, paper=paper)

    def finish(self) -> bytes:
        """Give the file, the same on every run."""
        properties = self.book.properties
        properties.title, properties.creator = self.title, "专班台账"
        properties.created = _FIXED
        out = io.BytesIO()
        self.book.save(out)
        package = Package.read(out.getvalue())
        stamp = _FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        core = package.parts["docProps/core.xml"]  # openpyxl writes the hour of saving
        package.parts["docProps/core.xml"] = re.sub(
            rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core
        )
        return package.write()


class Sheet:
    """One sheet, written cell by cell."""

    def __init__(self, sheet: Any, pixels: Sequence[int], *, landscape: bool, paper: str) -> None:
        """Set widths and paper."""
        self.sheet = sheet
        self.columns = len(pixels)
        self.scale = 1.0
        for number, wide in enumerate(pixels, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = wide / _DIGIT
        sheet.page_setup.paperSize = _PAPERS[paper]
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 14 * _MM
        margins.top, margins.bottom = 18 * _MM, 18 * _MM
        margins.header, margins.footer = 8 * _MM, 9 * _MM
        sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
        sheet.HeaderFooter.scaleWithDoc = False  # a wide sheet's page number can be read as well
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 100

    def text(
        self,
        row: int,
        first: int,
        last: int,
        value: str | None,
        *,
        size: float = 10,
        bold: bool = False,
        across: str = "left",
        wrap: bool = False,
        box: bool = False,
        number_format: str = "General",
        last_row: int = 0,
    ) -> None:
        """One cell, merged to ``last`` (and ``last_row``) where that is another cell.

        A number does not wrap: where its column is too narrow it is set smaller, not as ####.
        """
        shrink = box and across == "right"
        for line in range(row, (last_row or row) + 1):
            for column in range(first, last + 1):
                cell = self.sheet.cell(line, column)
                cell.font = Font(name="宋体", size=round(size * self.scale * 2) / 2, bold=bold)
                cell.alignment = Alignment(
                    horizontal=across, vertical="center", wrap_text=wrap and not shrink,
                    shrink_to_fit=shrink,
                )  # fmt: skip
                cell.number_format = number_format
                if box:
                    cell.border = _BOX
        self.sheet.cell(row, first).value = value
        if last > first or last_row > row:
            self.sheet.merge_cells(
                start_row=row, end_row=last_row or row, start_column=first, end_column=last
            )

    def head(self, row: int, first: int, last: int, words: str, *, last_row: int = 0) -> None:
        """One heading."""
        self.text(
            row, first, last, words, bold=True, across="center", wrap=True, box=True,
            last_row=last_row,
        )  # fmt: skip

    def height(self, row: int, points: float) -> None:
        """Fix a row's height."""
        self.sheet.row_dimensions[row].height = round(points * self.scale, 1)

    def close(self, header: int, last: int) -> None:
        """Set area, repeated rows and freeze."""
        end = get_column_letter(self.columns)
        self.sheet.print_area = f"A1:{end}{last}"
        self.sheet.print_title_rows = f"1:{header}"
        self.sheet.freeze_panes = f"A{header + 1}"
