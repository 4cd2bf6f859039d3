"""The two built-in blanks are what their sources say, and what their generator makes."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ledger_desk import paths
from ledger_desk.workbook.filling import SheetFill, Spread, compare_parts, fill
from ledger_desk.workbook.package import Package
from ledger_desk.workbook.painting import paint


@pytest.fixture(scope="module")
def generator(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("blanks", root / "packaging" / "blanks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blank(name: str) -> bytes:
    return (paths.forms() / name / "blank.xlsx").read_bytes()


def sheet(name: str) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(blank(name))).active
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("name", ["first_loan_ledger", "results"])
def test_the_committed_blank_is_what_the_generator_makes(name: str, generator: ModuleType) -> None:
    made = generator.BLANKS[name]()
    assert made == generator.BLANKS[name]()
    assert compare_parts(blank(name), made) == []


def test_the_ledger_has_the_ten_headings_of_the_annex_in_order() -> None:
    table = sheet("first_loan_ledger")
    assert table["A1"].value == "普惠小微企业首贷培植行动工作台帐"
    assert [cell.value for cell in table[3]] == [
        "填报单位",
        "对接时间",
        "对接银行",
        "对接企业名称",
        "对接成效\n(是否授信)",
        "授信金额\n(万元)",
        "担保情况",
        "存在的主要问题\n(未授信填写此项)",
        "对接后发放新贷款金额\n(万元)",
        "备注",
    ]


def test_the_ledger_is_set_up_as_an_official_table() -> None:
    table = sheet("first_loan_ledger")
    merges = {str(item) for item in table.merged_cells.ranges}
    assert {"A1:J1", "A2:D2", "E2:G2", "H2:J2"} <= merges
    assert (table["A1"].font.name, table["A1"].font.size, table["A1"].font.bold) == (
        "宋体",
        18,
        True,
    )
    assert table["A2"].value == "填报单位："
    assert (table["H2"].value, table["H2"].alignment.horizontal) == ("单位：万元", "right")
    for row in range(4, 19):
        cells = table[row]
        assert all(cell.value is None for cell in cells)
        assert all(cell.border.left.style == cell.border.top.style == "thin" for cell in cells)
        assert all(cell.alignment.wrap_text for cell in cells)
        assert cells[1].number_format == "yyyy-mm-dd"
        assert (cells[5].number_format, cells[8].alignment.horizontal) == ("#,##0.00", "right")
    assert (table["A19"].value, table["F19"].value) == ("合计", "=SUM(F4:F18)")
    assert table["I19"].value == "=SUM(I4:I18)"
    signs = [table.cell(20, column).value for column in (1, 3, 5, 7, 9)]
    assert signs == ["填表人：", "审核人：", "负责人：", "联系电话：", "报出日期："]
    assert (table.page_setup.paperSize, table.page_setup.orientation) == (9, "landscape")
    assert (table.page_setup.fitToWidth, table.page_setup.fitToHeight) == (1, 0)
    assert table.print_title_rows == "$1:$3"
    assert table.print_area == "'工作台帐'!$A$1:$J$20"
    assert table.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert table.print_options.horizontalCentered


def test_the_results_table_has_grouped_headings_and_says_it_is_a_default() -> None:
    table = sheet("results")
    assert table["A1"].value == "支持小微企业融资协调工作机制成效统计表"
    merges = {str(item) for item in table.merged_cells.ranges}
    assert {"A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "A12:B12"} <= merges
    assert [table.cell(4, column).value for column in (3, 4, 5, 6)] == [
        "对接户数\n（本期）",
        "授信户数\n（累计）",
        "期末贷款余额\n（期末数）",
        "普惠型小微企业\n贷款余额（填报数）",
    ]
    assert [table.cell(12, c).value for c in (3, 6)] == ["=SUM(C6:C11)", "=SUM(F6:F11)"]
    assert "默认表样" in str(table["A13"].value)
    assert table.print_title_rows == "$1:$5"


def test_sixteen_townships_get_added_rows_and_true_totals() -> None:
    cells = {(6 + i, 3): 2 for i in range(16)} | {(6 + i, 5): 1.25 for i in range(16)}
    out = fill(blank("results"), [SheetFill("成效统计表", cells, (Spread(6, 6, 16),))])
    table = openpyxl.load_workbook(io.BytesIO(out), data_only=True).active
    assert isinstance(table, Worksheet)
    assert (table["C22"].value, table["E22"].value) == (32, 20)
    assert table["A22"].value == "合计"
    assert table.print_area == "'成效统计表'!$A$1:$G$24"
    assert paint(out).pages == 1


@pytest.mark.parametrize("name", ["first_loan_ledger", "results"])
def test_a_blank_fits_one_page_at_full_size_and_carries_no_date_of_making(name: str) -> None:
    painted = paint(blank(name))
    assert (painted.pages, painted.scale) == (1, 1.0)
    core = Package.read(blank(name)).parts["docProps/core.xml"]
    assert b"2024-01-01T00:00:00Z" in core
    assert set(re.findall(rb"20\d\d-\d\d-\d\dT[0-9:]+Z", core)) == {b"2024-01-01T00:00:00Z"}
