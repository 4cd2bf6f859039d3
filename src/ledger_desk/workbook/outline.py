"""The shape of what was found on a sheet: headings, data rows, rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger_desk.workbook.cells import column_letters

WHY = {
    "blank": "空行",
    "title": "表的标题",
    "unit": "说明单位的行",
    "period": "说明日期或期别的行",
    "info": "表头上方的填报信息",
    "note": "注释或填写说明",
    "group": "分组标题，下面才是数据",
    "total": "合计行",
    "subtotal": "小计行",
    "example": "示例行",
    "signature": "签字行",
    "repeated": "重复的表头",
    "codes": "字段代码行",
    "numbering": "栏目编号行",
    "above": "表头上方的其他文字",
    "form": "空白表式的栏目，没有填数据",
    "unfilled": "预先编好号或带公式、没有填内容的行",
    "elsewhere": "属于同一工作表里的另一张表",
}


@dataclass(frozen=True)
class Heading:
    """One column of the table.

    Attributes:
        column: Number from 1, as in the file.
        text: Without blanks, line breaks and unit; header rows joined as ``上/下``. '' for a
            column without heading.
        unit: 万元, 元, % …; '' where the heading names none (see `Layout.unit` then).
        parts: The header rows' texts from top to bottom, as they stand but for blanks.
    """

    column: int
    text: str
    unit: str = ""
    parts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Give the heading to show: its text, or the column's letters where it has none."""
        return self.text or f"{column_letters(self.column)} 列"


@dataclass(frozen=True)
class LeftOut:
    """A row that is not data.

    Attributes:
        row: Number from 1, as in the file.
        kind: A key of `WHY`.
        why: Chinese words for the person.
    """

    row: int
    kind: str
    why: str


@dataclass(frozen=True)
class Layout:
    """What was found on one sheet.

    Attributes:
        sheet: Its name.
        header_rows: (first, last) from 1; (0, 0) where the table has no header.
        headings: The table's columns, left to right.
        data_rows: Numbers of the rows that hold data, ascending.
        left_out: All other rows but the header's, ascending.
        title: Title above the table, '' if none.
        unit: Unit of the whole table (``单位：万元``), '' if none.
        period: Date or period as written above the table or in its title, '' if none.
        notes: Texts of note rows.
        blank_form: The sheet is a form to be filled in, by hand or by a program, without data.
        remarks: What the person should know before the data are used: sentences.
    """

    sheet: str
    header_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    data_rows: Sequence[int]
    left_out: tuple[LeftOut, ...]
    title: str = ""
    unit: str = ""
    period: str = ""
    notes: tuple[str, ...] = ()
    blank_form: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def has_header(self) -> bool:
        """Tell whether headings were found."""
        return self.header_rows != (0, 0)
