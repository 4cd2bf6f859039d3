"""Makes the blank workbooks of the built-in forms; run it after changing a layout here.

    python packaging/blanks.py

The blanks are ordinary workbooks: an office may open one in Excel or WPS and change it. They are
made by a program so that each line of their layout can be read and reviewed. Sources: the annex of
document 002 (普惠小微企业首贷培植行动工作台帐, ten columns, exact) and `domain.md` §1.4
(成效统计表, a default layout, for the official blank is not public); 上报统计表 conventions of §9.6.
"""

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
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ledger_desk.files import atomic_write
from ledger_desk.workbook.package import Package

FORMS = Path(__file__).resolve().parents[1] / "forms"
_FIXED = datetime(2024, 1, 1)
# 宋体 11 has digits of 8 pixels; the file counts column widths in those.
_DIGIT = 8
_MM = 1 / 25.4
_LINE = Side(style="thin", color="FF000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MONEY, _DAY, _FIRMS = "#,##0.00", "yyyy-mm-dd", '0" 户"'


class Table:
    """One sheet of an official table, built from the top."""

    def __init__(self, sheet: str, title: str, pixels: Sequence[int], *, landscape: bool) -> None:
        self.book = Workbook()
        book: Any = self.book
        normal = Font(name="宋体", size=11)
        book._fonts = IndexedList([normal])  # in place of Calibri, which widths would be counted in
        book._named_styles["Normal"].font = normal
        self.title = title
        active = self.book.active
        assert isinstance(active, Worksheet)
        self.sheet = active
        self.sheet.title = sheet
        self.columns = len(pixels)
        for number, wide in enumerate(pixels, start=1):
            self.sheet.column_dimensions[_letter(number)].width = wide / _DIGIT
        self._print_setup(landscape)

    def _print_setup(self, landscape: bool) -> None:
        sheet: Any = self.sheet  # the stubs make every part of the set-up optional
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 14 * _MM
        margins.top, margins.bottom = 18 * _MM, 18 * _MM
        margins.header, margins.footer = 8 * _MM, 9 * _MM
        sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
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
        """One cell, merged to ``last`` (and ``last_row``) where that is another cell."""
        for line in range(row, (last_row or row) + 1):
            for column in range(first, last + 1):
                cell = self.sheet.cell(line, column)
                cell.font = Font(name="宋体", size=size, bold=bold)
                cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=wrap)
                cell.number_format = number_format
                if box:
                    cell.border = _BOX
        self.sheet.cell(row, first).value = value
        if last > first or last_row > row:
            self.sheet.merge_cells(
                start_row=row, end_row=last_row or row, start_column=first, end_column=last
            )

    def height(self, row: int, points: float) -> None:
        """Fix a row's height."""
        self.sheet.row_dimensions[row].height = points

    def finish(self, header: int, last: int) -> bytes:
        """Set area, repeated rows and freeze; give the file, the same on every run."""
        end = _letter(self.columns)
        self.sheet.print_area = f"A1:{end}{last}"
        self.sheet.print_title_rows = f"1:{header}"
        self.sheet.freeze_panes = f"A{header + 1}"
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


def _letter(column: int) -> str:
    return chr(64 + column)


def first_loan_ledger() -> bytes:
    """普惠小微企业首贷培植行动工作台帐: ten columns in the order of the annex, fifteen ready rows."""
    title = "普惠小微企业首贷培植行动工作台帐"
    table = Table("工作台帐", title, (88, 88, 112, 152, 72, 88, 96, 128, 112, 80), landscape=True)
    headings = (
        *("填报单位", "对接时间", "对接银行", "对接企业名称", "对接成效\n(是否授信)"),
        *("授信金额\n(万元)", "担保情况", "存在的主要问题\n(未授信填写此项)"),
        *("对接后发放新贷款金额\n(万元)", "备注"),
    )
    ready, room = 4, 15
    total, signs = ready + room, ready + room + 1
    table.text(1, 1, 10, title, size=18, bold=True, across="center")
    table.height(1, 36)
    table.text(2, 1, 4, "填报单位：")
    table.text(2, 5, 7, "      年   月", across="center")
    table.text(2, 8, 10, "单位：万元", across="right")
    table.height(2, 20)
    for column, heading in enumerate(headings, start=1):
        table.text(3, column, column, heading, bold=True, across="center", wrap=True, box=True)
    table.height(3, 45)
    across = (
        "center",
        "center",
        "left",
        "left",
        "center",
        "right",
        "left",
        "left",
        "right",
        "left",
    )
    formats = {2: _DAY, 6: _MONEY, 9: _MONEY}
    for row in range(ready, ready + room):
        for column, side in enumerate(across, start=1):
            form = formats.get(column, "General")
            table.text(
                row, column, column, None, across=side, wrap=True, box=True, number_format=form
            )
        table.height(row, 22)
    for column, side in enumerate(across, start=1):
        form = formats.get(column, "General") if column != 2 else "General"
        if column in (4, 5, 8):
            form = _FIRMS
        value = "合计" if column == 1 else None
        if column in (6, 9):
            value = f"=SUM({_letter(column)}{ready}:{_letter(column)}{total - 1})"
        table.text(
            total, column, column, value, bold=True, across=side, box=True, number_format=form
        )
    table.height(total, 24)
    signatures = ("填表人：", "审核人：", "负责人：", "联系电话：", "报出日期：")
    for place, label in enumerate(signatures):
        table.text(signs, 2 * place + 1, 2 * place + 2, label)
    table.height(signs, 26)
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    choice.error, choice.errorTitle = "这一列只填“是”或“否”。", "对接成效"
    choice.add(f"E{ready}:E{total - 1}")
    table.sheet.add_data_validation(choice)
    return table.finish(3, signs)


def results() -> bytes:
    """支持小微企业融资协调工作机制成效统计表, by township: a first small matrix, six ready rows."""
    title = "支持小微企业融资协调工作机制成效统计表"
    table = Table("成效统计表", title, (40, 128, 80, 96, 104, 128, 104), landscape=False)
    ready, room = 6, 6
    total, note, signs = ready + room, ready + room + 1, ready + room + 2
    table.text(1, 1, 7, title, size=18, bold=True, across="center")
    table.height(1, 40)
    table.text(2, 1, 4, "填报单位：（盖章）")
    table.text(2, 5, 6, "统计截止日期：    年  月  日", across="center")
    table.text(2, 7, 7, "单位：户、万元", across="right")
    table.height(2, 20)
    for first, last, last_row, heading in (
        (1, 1, 4, "序号"),
        (2, 2, 4, "单位\n（乡镇）"),
        (3, 4, 3, "对接与授信（户）"),
        (5, 6, 3, "贷款余额（万元）"),
        (7, 7, 4, "备注"),
    ):
        table.text(
            3,
            first,
            last,
            heading,
            bold=True,
            across="center",
            wrap=True,
            box=True,
            last_row=last_row,
        )
    for column, heading in (
        (3, "对接户数\n（本期）"),
        (4, "授信户数\n（累计）"),
        (5, "期末贷款余额\n（期末数）"),
        (6, "普惠型小微企业\n贷款余额（填报数）"),
    ):
        table.text(4, column, column, heading, bold=True, across="center", wrap=True, box=True)
    for column, number in enumerate(("甲", "乙", "1", "2", "3", "4", "丙"), start=1):
        table.text(5, column, column, number, across="center", box=True)
    table.height(3, 22)
    table.height(4, 34)
    table.height(5, 18)
    across = ("center", "left", "right", "right", "right", "right", "left")
    formats = {1: "0", 3: "#,##0", 4: "#,##0", 5: _MONEY, 6: _MONEY}
    for row in range(ready, total):
        for column, side in enumerate(across, start=1):
            form = formats.get(column, "General")
            table.text(
                row, column, column, None, across=side, wrap=True, box=True, number_format=form
            )
        table.height(row, 24)
    table.text(total, 1, 2, "合计", bold=True, across="center", box=True)
    for column in range(3, 8):
        value = (
            f"=SUM({_letter(column)}{ready}:{_letter(column)}{total - 1})" if column < 7 else None
        )
        table.text(
            total,
            column,
            column,
            value,
            bold=True,
            across=across[column - 1],
            box=True,
            number_format=formats.get(column, "General"),
        )
    table.height(total, 24)
    table.text(
        note,
        1,
        7,
        "注：本表为默认表样，市级下发正式表样后以正式表样为准。填报数由填报单位录入，来源见口径。",
        size=9,
    )
    table.height(note, 20)
    for first, last, label in (
        (1, 2, "单位负责人："),
        (3, 4, "审核人："),
        (5, 5, "填表人："),
        (6, 7, "报出日期："),
    ):
        table.text(signs, first, last, label)
    table.height(signs, 26)
    return table.finish(5, signs)


BLANKS = {"first_loan_ledger": first_loan_ledger, "results": results}


def main() -> None:
    """Write all blanks into ``forms/``."""
    for name, make in BLANKS.items():
        path = FORMS / name / "blank.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, make())
        print(path)


if __name__ == "__main__":
    main()
