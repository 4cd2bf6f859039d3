"""Makes the blank workbooks of the built-in forms; run it after changing a layout here.

    python packaging/blanks.py

The blanks are ordinary workbooks: an office may open one in Excel or WPS and change it. They are
made by a program so that each line of their layout can be read and reviewed. Sources: the annex of
document 002 (普惠小微企业首贷培植行动工作台帐, ten columns, exact) and `domain.md` §1.4
(成效统计表, a default layout, for the official blank is not public); 上报统计表 conventions of §9.6.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from openpyxl.worksheet.datavalidation import DataValidation

from default_blanks import make, read_layouts
from ledger_desk.files import atomic_write
from sheets import DAY as _DAY
from sheets import FIRMS as _FIRMS
from sheets import MONEY as _MONEY
from sheets import Book, Sheet

FORMS = Path(__file__).resolve().parents[1] / "forms"


class Table(Sheet):
    """A workbook of one sheet."""

    def __init__(self, sheet: str, title: str, pixels: Sequence[int], *, landscape: bool) -> None:
        """Begin it."""
        self._book = Book(title)
        made = self._book.sheet(sheet, pixels, landscape=landscape)
        self.__dict__.update(made.__dict__)

    def finish(self, header: int, last: int) -> bytes:
        """Close the sheet and give the file."""
        self.close(header, last)
        return self._book.finish()


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


BLANKS = {"first_loan_ledger": first_loan_ledger}


def make_all() -> dict[str, bytes]:
    """Make every blank: the exact one, and our own layouts."""
    made = {name: build() for name, build in BLANKS.items()}
    return made | {
        name: make(FORMS / name / "form.toml", sheets) for name, sheets in read_layouts().items()
    }


def main() -> None:
    """Write all blanks into ``forms/``."""
    for name, blank in make_all().items():
        atomic_write(FORMS / name / "blank.xlsx", blank)
        print(name)


if __name__ == "__main__":
    main()
