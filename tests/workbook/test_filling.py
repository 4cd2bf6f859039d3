"""Blanks are filled in place: nothing but the target cells changes, and all below the list moves."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.workbook.filling import (
    SheetFill,
    Spread,
    compare_parts,
    fill,
    open_parts,
    result_row,
)

FIRST, ROOM, TOTAL = 4, 5, 9
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000500015a4d7fb60000000049454e44ae426082"
)


def rich_blank() -> bytes:
    """A blank with everything that openpyxl would lose or leave where it was."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, other = book.add_worksheet("台帐"), book.add_worksheet("汇总 表")
    text = book.add_format({"border": 1, "text_wrap": True})
    money = book.add_format({"border": 1, "num_format": "#,##0.00"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    sheet.merge_range("A1:F1", "一张官方的表", text)
    sheet.write_row("A3", ["名称", "日期", "金额", "放款", "占比", "备注"], text)
    for row in range(FIRST - 1, FIRST - 1 + ROOM):
        sheet.set_row(row, 24)
        for column, style in enumerate((text, day, money, money)):
            sheet.write_blank(row, column, None, style)
        sheet.write_formula(row, 4, f"=IF(C{row + 1}=0,0,D{row + 1}/C{row + 1})", money, 0)
        sheet.merge_range(row, 5, row, 6, "", text)
    sheet.write(TOTAL - 1, 0, "合计", text)
    sheet.write_formula(TOTAL - 1, 2, "=SUM(C4:C8)", money, 0)
    sheet.write_formula(TOTAL - 1, 3, "=SUM(D$4:D$8)", money, 0)
    sheet.write_formula(TOTAL - 1, 4, "=COUNTA(A4:A8)", None, 0)
    sheet.write_formula(TOTAL, 2, "=C9*10000", money, 0)
    sheet.merge_range("A12:D13", "说明", text)
    sheet.write_url("A15", "internal:'台帐'!C9", string="看合计")
    sheet.write_comment("C9", "上级的批注")
    sheet.insert_image("B17", "a.png", {"image_data": io.BytesIO(PNG)})
    sheet.insert_textbox("D17", "文本框")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=台帐!$C$4:$C$8", "categories": "=台帐!$A$4:$A$8"})
    sheet.insert_chart("A25", chart)
    sheet.add_table("A40:B42", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    sheet.data_validation("A4:A8", {"validate": "list", "source": ["是", "否"]})
    sheet.data_validation("A20", {"validate": "list", "source": "=$A$4:$A$8"})
    sheet.conditional_format("C4:C9", {"type": "cell", "criteria": ">", "value": "=$C$9"})
    sheet.conditional_format("D4:D8", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("F9", {"range": "台帐!C4:C8"})
    sheet.set_h_pagebreaks([10])
    sheet.print_area("A1:G15")
    sheet.repeat_rows(0, 2)
    sheet.freeze_panes(3, 0)
    sheet.set_header("&C&G", {"image_center": "a.png", "image_data_center": io.BytesIO(PNG)})
    sheet.ignore_errors({"number_stored_as_text": "A4:A20"})
    other.write_formula("A1", "=台帐!C9", None, 0)
    other.write_formula("A2", "=A1*2", None, 0)
    other.write_formula("A3", "=SUM(台帐!C4:C8)", None, 0)
    book.define_name("合计金额", "=台帐!$C$9")
    book.close()
    return out.getvalue()


BLANK = rich_blank()


def rows(count: int) -> dict[tuple[int, int], object]:
    cells: dict[tuple[int, int], object] = {}
    for i in range(count):
        row = (f"企业{i}", date(2024, 10, i % 28 + 1), Decimal(i) / 4, i / 8)
        cells.update({(FIRST + i, column): value for column, value in enumerate(row, start=1)})
    return cells


def filled(count: int, *, shrink: bool = False, extra: dict | None = None) -> bytes:
    spread = (Spread(FIRST, ROOM, count, shrink=shrink),)
    return fill(BLANK, [SheetFill("台帐", rows(count) | (extra or {}), spread)])


def load(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it would lose; we do not save with it
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_only_the_target_sheet_differs_when_no_row_is_added() -> None:
    out = fill(BLANK, [SheetFill("台帐", {(4, 1): "甲"})])
    assert compare_parts(BLANK, out) == ["xl/worksheets/sheet1.xml"]


def test_other_sheets_change_only_where_their_formulas_look_at_changed_cells() -> None:
    out = fill(BLANK, [SheetFill("台帐", {(4, 3): 12.5})])
    assert compare_parts(BLANK, out) == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
    sheet = load(out, values=True)["汇总 表"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [12.5, 25, 12.5]


def test_every_kind_of_value_lands_in_its_cell_with_the_style_kept() -> None:
    values = {
        (4, 1): " 两端有空格 ",
        (5, 1): "第一行\r\n第二行",
        (6, 1): "坏\x00字\x0b符",
        (7, 1): "=1+1",
        (8, 1): "_x0041_",
        (4, 2): date(2024, 2, 29),
        (5, 2): datetime(2024, 2, 29, 12, 0),
        (4, 3): Decimal("534600.00"),
        (5, 3): 7,
        (6, 3): True,
        (7, 3): None,
    }
    sheet = load(fill(BLANK, [SheetFill("台帐", values)]))["台帐"]
    assert sheet["A4"].value == " 两端有空格 "
    assert sheet["A5"].value == "第一行\n第二行"
    assert sheet["A6"].value == "坏字符"
    assert (sheet["A7"].value, sheet["A7"].data_type) == ("=1+1", "s")
    assert "_x005F_x0041_" in part(
        fill(BLANK, [SheetFill("台帐", values)]), "xl/worksheets/sheet1.xml"
    )
    assert sheet["B4"].value == datetime(2024, 2, 29)
    assert sheet["B5"].value == datetime(2024, 2, 29, 12)
    assert (sheet["C4"].value, sheet["C5"].value, sheet["C6"].value) == (534600, 7, True)
    assert sheet["C7"].value is None
    assert sheet["C7"].number_format == "#,##0.00"
    assert sheet["C7"].border.left.style == "thin"


def test_a_value_over_an_old_one_leaves_nothing_of_it() -> None:
    once = fill(BLANK, [SheetFill("台帐", {(4, 1): "旧"})])
    sheet = load(fill(once, [SheetFill("台帐", {(4, 1): 5, (3, 1): "新表头"})]))["台帐"]
    assert (sheet["A4"].value, sheet["A3"].value) == (5, "新表头")


def test_all_that_lies_below_a_longer_list_moves_with_it() -> None:
    out = filled(12)  # seven rows more than are ready
    sheet = load(out)["台帐"]
    assert sheet["A16"].value == "合计"
    assert sheet["C16"].value == "=SUM(C4:C15)"
    assert sheet["D16"].value == "=SUM(D$4:D$15)"
    assert sheet["C17"].value == "=C16*10000"
    merges = {str(item) for item in sheet.merged_cells.ranges}
    assert {"A1:F1", "A19:D20", "F4:G4", "F9:G9", "F15:G15"} <= merges
    assert sheet.print_area == "'台帐'!$A$1:$G$22"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert [item.id for item in sheet.row_breaks.brk] == [17]
    checks = {str(item.sqref): item.formula1 for item in sheet.data_validations.dataValidation}
    assert checks == {"A4:A15": '"是,否"', "A27": "$A$4:$A$15"}
    formats = {str(item.sqref): item.rules[0].formula for item in sheet.conditional_formatting}
    assert formats["C4:C16"] == ["$C$16"]
    assert "D4:D15" in formats
    assert sheet["A22"].hyperlink.location == "'台帐'!C16"
    assert sheet["C16"].comment.text == "上级的批注"
    assert sheet.tables["Table1"].ref == "A47:B49"
    assert sheet["E15"].value == "=IF(C15=0,0,D15/C15)"
    assert sheet.row_dimensions[15].height == 24
    assert sheet["C15"].number_format == "#,##0.00"
    drawing = part(out, "xl/drawings/drawing1.xml")
    assert "<xdr:row>23</xdr:row>" in drawing
    assert "<xdr:row>16</xdr:row>" not in drawing
    assert load(out).defined_names["合计金额"].attr_text == "台帐!$C$16"
    assert load(out)["汇总 表"]["A3"].value == "=SUM(台帐!C4:C15)"
    assert "台帐!$C$4:$C$15" in part(out, "xl/charts/chart1.xml")
    text = part(out, "xl/worksheets/sheet1.xml")
    assert "<xm:f>台帐!C4:C15</xm:f>" in text
    assert "<xm:sqref>F16</xm:sqref>" in text
    assert 'numberStoredAsText="1"' in text
    assert 'sqref="A4:A27"' in text


def test_totals_of_the_blank_hold_their_recomputed_values() -> None:
    sheet = load(filled(12), values=True)["台帐"]
    assert sheet["C16"].value == sum(i / 4 for i in range(12))
    assert sheet["C17"].value == 10000 * sum(i / 4 for i in range(12))
    assert sheet["D16"].value == sum(i / 8 for i in range(12))
    assert sheet["E16"].value == 12
    assert sheet["E15"].value == 0.5
    assert sheet["E4"].value == 0
    assert load(filled(12), values=True)["汇总 表"]["A2"].value == 2 * sheet["C16"].value


def test_money_adds_up_exactly() -> None:
    cells = {(4 + i, 3): Decimal("0.1") for i in range(3)}
    out = fill(BLANK, [SheetFill("台帐", cells)])
    assert load(out, values=True)["台帐"]["C9"].value == 0.3
    assert "0.30000000000000004" not in part(out, "xl/worksheets/sheet1.xml")


def test_fewer_rows_leave_the_rest_blank_or_take_them_away() -> None:
    stays = load(filled(2))["台帐"]
    assert (stays["A9"].value, stays["A6"].value) == ("合计", None)
    goes = load(filled(2, shrink=True))["台帐"]
    assert goes["A6"].value == "合计"
    assert goes["C6"].value == "=SUM(C4:C5)"
    assert goes.print_area == "'台帐'!$A$1:$G$12"
    assert {"A9:D10", "F5:G5"} <= {str(item) for item in goes.merged_cells.ranges}
    assert "F6:G6" not in {str(item) for item in goes.merged_cells.ranges}
    none = load(filled(0, shrink=True), values=True)["台帐"]
    assert (none["A5"].value, none["C5"].value) == ("合计", 0)


def test_cells_below_a_list_are_found_by_their_place_in_the_blank() -> None:
    spread = (Spread(FIRST, ROOM, 12),)
    assert [result_row(spread, row) for row in (3, 4, 8, 9, 10)] == [3, 4, 8, 16, 17]
    two = (Spread(4, 2, 5), Spread(10, 1, 3))
    assert [result_row(two, row) for row in (4, 6, 10, 11)] == [4, 9, 13, 16]


def test_two_lists_on_one_sheet_and_a_list_with_one_ready_row() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A2"], sheet["B3"] = "模板", "=SUM(B2:B2)"
    sheet["A5"], sheet["B6"] = "模板", "=SUM(B5:B5)+B3"
    sheet.merge_cells("C2:D2")
    out = io.BytesIO()
    book.save(out)
    cells = {(2 + i, 2): 1 for i in range(3)} | {(7 + i, 2): 10 for i in range(2)}
    spread = (Spread(2, 1, 3), Spread(5, 1, 2))
    data = fill(out.getvalue(), [SheetFill("表", cells, spread)])
    result = load(data)["表"]
    assert result["B5"].value == "=SUM(B2:B4)"
    assert result["B9"].value == "=SUM(B7:B8)+B5"
    assert load(data, values=True)["表"]["B9"].value == 23
    assert {str(item) for item in result.merged_cells.ranges} == {"C2:D2", "C3:D3", "C4:D4"}


def test_shared_formulas_are_written_out_before_they_move() -> None:
    sheet_xml = part(BLANK, "xl/worksheets/sheet2.xml")
    shared = sheet_xml.replace(
        "</sheetData>",
        '<row r="10"><c r="B10"><f t="shared" ref="B10:B11" si="0">台帐!C9+A10</f><v>0</v></c></row>'
        '<row r="11"><c r="B11"><f t="shared" si="0"/><v>0</v></c></row></sheetData>',
    )
    blank = replaced(BLANK, "xl/worksheets/sheet2.xml", shared.encode())
    out = fill(blank, [SheetFill("台帐", rows(12), (Spread(FIRST, ROOM, 12),))])
    sheet = load(out)["汇总 表"]
    assert sheet["B10"].value == "=台帐!C16+A10"
    assert sheet["B11"].value == "=台帐!C17+A11"


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info, content if info.filename == name else old.read(info))
    return out.getvalue()


def test_a_formula_that_only_excel_can_compute_loses_its_stale_value() -> None:
    text = part(BLANK, "xl/worksheets/sheet1.xml").replace("C9*10000", "LOG10(C9)")
    blank = replaced(BLANK, "xl/worksheets/sheet1.xml", text.encode())
    out = fill(blank, [SheetFill("台帐", {(4, 3): 5})])
    assert load(out, values=True)["台帐"]["C10"].value is None
    assert load(out)["台帐"]["C10"].value == "=LOG10(C9)"
    assert "xl/workbook.xml" not in compare_parts(blank, out)
    grown = fill(blank, [SheetFill("台帐", rows(9), (Spread(FIRST, ROOM, 9),))])
    assert 'fullCalcOnLoad="1"' in part(grown, "xl/workbook.xml")


def test_the_calculation_chain_lists_exactly_the_formulas() -> None:
    chain = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<c r="C9" i="1"/><c r="D9"/><c r="A1" i="2"/></calcChain>'
    )
    blank = with_chain(BLANK, chain.encode())
    grown = fill(blank, [SheetFill("台帐", rows(6), (Spread(FIRST, ROOM, 6),))])
    text = part(grown, "xl/calcChain.xml")
    assert 'r="C10" i="1"' in text
    assert 'r="A1" i="2"' in text
    assert 'r="E9" i="1"' in text
    covered = fill(blank, [SheetFill("台帐", {(9, 3): 1})])
    assert 'r="C9"' not in part(covered, "xl/calcChain.xml")
    untouched = fill(blank, [SheetFill("台帐", {(4, 3): 1})])
    assert "xl/calcChain.xml" not in compare_parts(blank, untouched)


def with_chain(data: bytes, chain: bytes) -> bytes:
    rels = part(data, "xl/_rels/workbook.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            same = info.filename != "xl/_rels/workbook.xml.rels"
            new.writestr(info, old.read(info) if same else rels)
        new.writestr("xl/calcChain.xml", chain)
    return out.getvalue()


def test_rows_of_a_list_grow_for_long_texts_and_only_those() -> None:
    sheet = load(filled(12, extra={(5, 1): "很长的企业名称" * 6, (6, 1): "短"}))["台帐"]
    assert sheet.row_dimensions[5].height > 60
    assert sheet.row_dimensions[6].height == 24
    huge = part(filled(12, extra={(5, 1): "字" * 900}), "xl/worksheets/sheet1.xml")
    row = re.search(r'<row r="5"[^>]*>', huge)
    assert row is not None
    assert 'ht="409"' in row[0]  # the most that Excel allows, and
    assert "customHeight" not in row[0]  # not fixed: paper may give it more


def test_the_same_input_gives_the_same_bytes() -> None:
    assert filled(40) == filled(40)


@pytest.mark.parametrize(
    ("fills", "words"),
    [
        ([SheetFill("没有这张", {})], "没有名为“没有这张”的工作表（现有：“台帐”、“汇总 表”）"),
        ([SheetFill("台帐", {(1, 2): "x"})], "B1 在合并区域 A1:F1 里面"),
        ([SheetFill("台帐", {(4, 1): "长" * 32768})], "一个单元格最多放 32767 个"),
        ([SheetFill("台帐", {(4, 3): float("nan")})], "有一个数算不出来"),
    ],
)
def test_what_cannot_be_filled_is_said_in_words(fills: list[SheetFill], words: str) -> None:
    with pytest.raises(UserError, match=words):
        fill(BLANK, fills)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 an old .xls"])
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError, match=r"不是完好的 \.xlsx 工作簿"):
        fill(data, [SheetFill("台帐", {})])


def test_lists_that_overlap_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="overlap"):
        fill(BLANK, [SheetFill("台帐", {}, (Spread(4, 5, 9), Spread(8, 1, 2)))])


def test_filling_can_be_cancelled() -> None:
    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        fill(BLANK, [SheetFill("台帐", rows(3))], stop)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.text(st.characters(codec="utf-8"), max_size=30),
)


@settings(max_examples=25)
@given(
    st.dictionaries(st.tuples(st.integers(4, 8), st.integers(1, 4)), VALUES, max_size=12),
    st.integers(0, 30),
    st.booleans(),
)
def test_no_random_fill_changes_a_part_outside_the_closed_list(
    cells: dict[tuple[int, int], object], count: int, shrink: bool
) -> None:
    spread = Spread(FIRST, ROOM, count, shrink=shrink)
    kept = FIRST + max(count, 1) - 1 if shrink or count > ROOM else FIRST + ROOM - 1
    cells = {place: value for place, value in cells.items() if place[0] <= kept}
    fills = [SheetFill("台帐", cells, (spread,))]
    out = fill(BLANK, fills)
    others = {"xl/worksheets/sheet2.xml"}  # its formulas look at the target sheet
    if spread.delta:
        others |= {"xl/charts/chart1.xml"}  # its ranges name the moved rows
    assert set(compare_parts(BLANK, out)) <= open_parts(BLANK, fills) | others
    sheet = load(out)["台帐"]
    total = result_row((spread,), TOTAL)
    assert sheet.cell(total, 1).value == "合计"
    assert sheet.cell(total, 3).value == f"=SUM(C4:C{total - 1})"
    computed = load(out, values=True)["台帐"].cell(total, 3).value
    numbers = [
        Decimal(str(value))
        for (_, column), value in cells.items()
        if column == 3 and isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ]
    days = [v for (_, c), v in cells.items() if c == 3 and isinstance(v, date)]
    if not days:
        assert float(computed) == pytest.approx(float(sum(numbers)))
    for (row, column), value in cells.items():
        if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**9):
            assert sheet.cell(row, column).value == value or column == 2  # a date's column


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_real_forms_of_other_offices_keep_every_other_part(open_data: Path, step: int) -> None:
    found = sorted((open_data / "07_forms").rglob("*.xlsx"))
    assert len(found) > 20
    for path in found[::step]:
        data = path.read_bytes()
        sheet = load(data).worksheets[0]
        row = sheet.max_row + 1
        fills = [SheetFill(sheet.title, {(row, 1): "填进去的字", (row, 2): 12.5})]
        out = fill(data, fills)
        changed = set(compare_parts(data, out))
        assert {name for name in changed if "worksheets" not in name} == set(), path.name
        result = load(out)[sheet.title]
        assert result.cell(row, 1).value == "填进去的字", path.name
        assert result.merged_cells.ranges == sheet.merged_cells.ranges, path.name
        grown = fill(data, [SheetFill(sheet.title, {}, (Spread(max(2, row // 2), 1, 4),))])
        again = load(grown)[sheet.title]
        assert again.max_row >= sheet.max_row + 3 or sheet.max_row < 3, path.name


@pytest.mark.slow
def test_libreoffice_opens_what_was_filled(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "表.xlsx").write_bytes(filled(60))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    csv = "csv:Text - txt - csv (StarCalc):44,34,76"  # UTF-8
    command = [office, profile, "--headless", "--convert-to", csv, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "表.xlsx")], check=True, timeout=120)
    lines = (tmp_path / "表.csv").read_text(encoding="utf-8").splitlines()
    assert "企业59" in lines[62]
    assert lines[63].startswith("合计")
