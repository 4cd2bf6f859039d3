from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ledger_desk.workbook import reading, rebuilding
from ledger_desk.workbook.rebuilding import Rebuilt

# An .xls can be read but not written here: the real ones beside the checkout are the test.
XLS = [
    "01_enterprise_lists/汕头_文化经营单位_企业.xls",
    "01_enterprise_lists/zj_国家级孵化器_大学科技园_众创空间名单.xls",
    "07_forms/gov_inspection/双随机抽查记录表_A01.xls",
    "07_forms/bank_rural/农户信息采集表.xls",
    "07_forms/misc/merge_test.xls",
]


def rebuilt(path: Path, headers: dict[str, tuple[int, int]] | None = None) -> Rebuilt:
    return rebuilding.rebuild(path.read_bytes(), reading.read(path), headers)


def assert_same_values(old: Path, new: Path) -> None:
    one, two = reading.read(old), reading.read(new)
    assert len(one.sheets) == len(two.sheets)
    for a, b in zip(one.sheets, two.sheets, strict=True):
        assert b.rows == a.rows
        assert b.merged == a.merged
        assert (b.hidden_rows, b.hidden_columns) == (a.hidden_rows, a.hidden_columns)
        assert b.hidden == a.hidden


@pytest.mark.parametrize("name", XLS)
def test_an_xls_keeps_its_values_in_their_places(open_data, tmp_path, name):
    source = open_data / name
    made = rebuilt(source)
    assert made.styled
    path = tmp_path / "a.xlsx"
    path.write_bytes(made.data)
    assert_same_values(source, path)
    assert rebuilt(source).data == made.data  # the same bytes every time


def test_an_xls_keeps_its_styles_and_its_print_setup(open_data):
    import xlrd

    source = open_data / "07_forms/gov_inspection/双随机抽查记录表_A01.xls"
    old = xlrd.open_workbook(str(source), formatting_info=True)
    new = openpyxl.load_workbook(io.BytesIO(rebuilt(source).data))
    checked = 0
    for page in old.sheets():
        sheet = new[page.name]
        for row in range(page.nrows):
            for column in range(page.row_len(row)):
                xf = old.xf_list[page.cell_xf_index(row, column)]
                font = old.font_list[xf.font_index]
                cell = sheet.cell(row + 1, column + 1)
                if cell.value is None:
                    continue
                checked += 1
                assert (cell.font.name, cell.font.sz) == (font.name, font.height / 20)
                assert bool(cell.font.b) == (font.weight >= 600 or bool(font.bold))
                assert (cell.border.left.style is None) == (xf.border.left_line_style == 0)
                assert bool(cell.alignment.wrap_text) == bool(xf.alignment.text_wrapped)
        for row, info in page.rowinfo_map.items():
            if not info.has_default_height:
                assert sheet.row_dimensions[row + 1].height == pytest.approx(
                    info.height / 20, abs=1
                )
        for column, info in page.colinfo_map.items():
            if column < page.ncols and not info.hidden:
                width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width
                assert width == pytest.approx(info.width / 256, abs=0.2)
    assert checked > 20
    assert new.worksheets[0].page_setup.paperSize == 9  # A4, as the file says


def test_a_csv_comes_back_with_its_identifiers_as_text(tmp_path):
    path = tmp_path / "名录[一].csv"
    path.write_text(
        "名称,代码,电话,人数,金额\n甲公司,0123,13800001111,12,1.50\n=1+1,9141,13800002222,7,2\n",
        encoding="gb18030",
    )
    made = rebuilt(path, {path.stem: (1, 1)})
    assert not made.styled
    assert made.tabs == {"名录[一]": "名录 一"}
    sheet = openpyxl.load_workbook(io.BytesIO(made.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["名称", "代码", "电话", "人数", "金额"],
        ["甲公司", "0123", "13800001111", 12, "1.50"],
        ["=1+1", "9141", "13800002222", 7, "2"],
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "A2"


def test_an_excel_2003_xml_keeps_values_merges_and_hidden_lines(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="表"><Table><Column ss:Index="2" ss:Hidden="1"/>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">名单</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="Number">12.5</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2024-05-06T00:00:00.000</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    made = tmp_path / "b.xlsx"
    made.write_bytes(rebuilt(path).data)
    assert_same_values(path, made)
