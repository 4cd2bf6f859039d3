"""The built-in blanks are what their sources say, and what their generator makes."""

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

NAMES = sorted(path.name for path in paths.forms().iterdir() if (path / "form.toml").is_file())


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


def test_the_committed_blanks_are_what_the_generator_makes(generator: ModuleType) -> None:
    made, again = generator.make_all(), generator.make_all()
    assert made == again
    assert sorted(made) == NAMES
    assert [name for name in NAMES if compare_parts(blank(name), made[name])] == []


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
        # texts wrap; numbers, which would show as ####, are set smaller
        assert all(
            cell.alignment.shrink_to_fit if cell.column in (6, 9) else cell.alignment.wrap_text
            for cell in cells
        )
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
    book = openpyxl.load_workbook(io.BytesIO(blank("results")))
    assert book.sheetnames == ["按乡镇", "按银行", "按经营主体类型"]
    table = book["按乡镇"]
    assert table["A1"].value == "支持小微企业融资协调工作机制成效统计表"
    groups = [cell.value for cell in table[3] if cell.value and cell.column > 2]
    assert groups == [
        "一、走访摸排", "二、申报清单", "三、推荐清单", "四、对接", "五、授信", "六、放款", "七、未果",
        "八、协调", "备注",
    ]  # fmt: skip
    numbers = [cell.value for cell in table[5]]
    assert numbers == ["甲", "乙", *map(str, range(1, 35)), "丙"]  # the 34 columns of domain §1.4
    assert table["A22"].value == "合计"
    assert "默认表样" in str(table["A23"].value)
    assert table.print_title_rows == "$1:$5"
    assert (table.page_setup.paperSize, table.page_setup.orientation) == (8, "landscape")


def test_more_rows_than_are_ready_are_added_with_their_style_and_the_print_area_grows() -> None:
    cells = {(6 + i, 3): 2 for i in range(20)}
    out = fill(blank("results"), [SheetFill("按乡镇", cells, (Spread(6, 16, 20),))])
    table = openpyxl.load_workbook(io.BytesIO(out))["按乡镇"]
    assert (table["C25"].value, table["A26"].value) == (2, "合计")
    assert table["C25"].border.left.style == table["C6"].border.left.style == "thin"
    assert table.print_area == "'按乡镇'!$A$1:$AK$28"


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_is_one_page_wide_and_carries_no_date_of_making(name: str) -> None:
    painted = paint(blank(name))
    assert painted.pages == 1 or name == "credit_access"  # more rows than a page holds
    core = Package.read(blank(name)).parts["docProps/core.xml"]
    assert b"2024-01-01T00:00:00Z" in core
    assert set(re.findall(rb"20\d\d-\d\d-\d\dT[0-9:]+Z", core)) == {b"2024-01-01T00:00:00Z"}
