from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side

from ledger_desk.errors import Cancelled
from ledger_desk.workbook import annotating
from ledger_desk.workbook.annotating import (
    CellNote,
    ColumnsFullError,
    Link,
    SheetNotes,
    Summary,
    SummaryRow,
    Verdict,
)
from ledger_desk.workbook.filling import compare_parts
from ledger_desk.workbook.package import MAIN, Package
from ledger_desk.workbook.references import split

MARKS = ("有错：", "已收：")
M = f"{{{MAIN}}}"
SUMMARY = Summary(
    [
        SummaryRow(["校验汇总"], ["title"]),
        SummaryRow(["说明"], ["note"], merged=(1, 4)),
        SummaryRow([Link("第 4 行", "名 单's", 4, 3), "代码", 12, None], ["link", "plain"]),
    ],
    [12, 20, 20, 60],
)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(rows: int = 6) -> openpyxl.Workbook:
    """A list under a merged title, with a border, a frozen header and a filter."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名 单's"
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "某镇名单"
    sheet.append(["序号", "企业名称", "代码"])
    for number in range(1, rows + 1):
        sheet.append([number, f"试验{number}有限公司", f"X{number}"])
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
            cell.font = Font(name="楷体", size=12)
    sheet["C2"].fill = PatternFill("solid", fgColor="FFDDDDDD")
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = "A2:C8"
    sheet.column_dimensions["B"].width = 33
    return book


def notes(sheet: str = "名 单's", **more: Any) -> SheetNotes:
    verdicts = {row: Verdict("已收：新增") for row in range(3, 9)} | {
        4: Verdict("有错：代码“X2”不对 <请改> & 再报", "must")
    }
    given = {"header_rows": (2, 2), "verdicts": verdicts, "notes": [CellNote(4, 3, "代码不对。")]}
    return SheetNotes(sheet, **(given | more))


def annotate(data: bytes, item: SheetNotes | None = None) -> bytes:
    return annotating.annotate(data, [item or notes()], SUMMARY, marks=MARKS)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


# -- the closed list of `decisions.md` 30 ----------------------------------------------------------


def cells_of(data: bytes, part: str) -> dict[tuple[int, int], bytes]:
    root = etree.fromstring(Package.read(data).parts[part])
    return {
        split(cell.get("r")): etree.tostring(cell, method="c14n", with_tail=False)
        for cell in root.iter(f"{M}c")
    }


def columns_of(root: Any) -> dict[int, dict[str, str]]:
    return {
        number: {k: v for k, v in col.attrib.items() if k not in ("min", "max")}
        for col in root.iter(f"{M}col")
        for number in range(int(col.get("min")), int(col.get("max")) + 1)
    }


def assert_only_added(old: bytes, new: bytes, sheet: str, column: int) -> None:
    """Check that a workbook differs by a column, comments and a sheet, and by nothing else."""
    before, after = Package.read(old), Package.read(new)
    part = before.sheet(sheet).part
    linked = {k.part for k in after.links(part) if k.kind in ("comments", "vmlDrawing")}
    allowed = {
        part,
        re.sub(r"([^/]+)$", r"_rels/\1.rels", part),
        *linked,
        after.sheet("校验汇总").part,
        before.workbook_part(),
        re.sub(r"([^/]+)$", r"_rels/\1.rels", before.workbook_part()),
        "[Content_Types].xml",
        next(k.part for k in before.links(before.workbook_part()) if k.kind == "styles"),
    }
    assert set(compare_parts(old, new)) <= allowed
    assert set(before.parts) <= set(after.parts)
    # Rows, cells, columns: those that were there are there, as they were.
    was, now = cells_of(old, part), cells_of(new, part)
    assert {place: now.get(place) for place in was if place[1] != column} == {
        place: cell for place, cell in was.items() if place[1] != column
    }
    assert {place[1] for place in now.keys() - was.keys()} <= {column}
    one, two = (etree.fromstring(p.parts[part]) for p in (before, after))
    rows = [
        {
            r.get("r"): {k: v for k, v in r.attrib.items() if k != "spans"}
            for r in root.iter(f"{M}row")
        }
        for root in (one, two)
    ]
    assert {n: rows[1].get(n) for n in rows[0]} == rows[0]
    old_columns, new_columns = columns_of(one), columns_of(two)
    old_columns.pop(column, None)
    new_columns.pop(column, None)
    assert new_columns == old_columns
    # Everything else that the sheet says, in its order.
    added = ("sheetData", "cols", "dimension", "legacyDrawing", "mergeCells")
    rest = [
        [etree.tostring(c, method="c14n", with_tail=False) for c in root if etree.QName(c).localname not in added]
        for root in (one, two)
    ]  # fmt: skip
    assert rest[0] == rest[1]
    # Styles are added at the end only.
    styles = next(k.part for k in before.links(before.workbook_part()) if k.kind == "styles")
    for name in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "numFmts", "dxfs"):
        groups = [etree.fromstring(p.parts[styles]).find(f"{M}{name}") for p in (before, after)]
        if groups[0] is None:
            assert groups[1] is None
            continue
        texts = [[etree.tostring(c, method="c14n", with_tail=False) for c in g] for g in groups]
        assert texts[1][: len(texts[0])] == texts[0]
        if groups[1].get("count"):
            assert int(groups[1].get("count")) == len(texts[1])
    # The other sheets of the book and its names.
    assert [s.name for s in after.sheets()][: len(before.sheets())] == [
        s.name for s in before.sheets()
    ]


def test_a_column_comments_and_a_sheet_are_added_and_nothing_else_changes():
    data = saved(table())
    made = annotate(data)
    assert_only_added(data, made, "名 单's", 4)
    book = opened(made)
    sheet = book["名 单's"]
    assert [sheet.cell(row, 4).value for row in range(1, 6)] == [
        None, "校验结果", "已收：新增", "有错：代码“X2”不对 <请改> & 再报", "已收：新增",
    ]  # fmt: skip
    assert (sheet["C4"].comment.text, sheet["C4"].comment.author) == (
        "专班台账：\n代码不对。",
        "专班台账",
    )
    # Close to its neighbours: their font and border, the colours of the grade.
    wrong, good, heading = sheet["D4"], sheet["D5"], sheet["D2"]
    assert (wrong.font.name, wrong.border.left.style) == ("楷体", "thin")
    assert (wrong.font.color.rgb, wrong.fill.fgColor.rgb) == ("FFB02A1F", "FFFBE8E4")
    assert good.font.color.rgb == "FF5C6661"
    assert heading.fill.fgColor.rgb == "FFDDDDDD"
    assert sheet.column_dimensions["D"].width > 30
    assert str(sheet.merged_cells) == "A1:C1"
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A2:C8", "A3")
    assert book.sheetnames == ["名 单's", "校验汇总"]
    link = book["校验汇总"]["A3"].hyperlink
    assert link.location == "'名 单''s'!C4"
    assert annotate(data) == made  # the same bytes every time


def test_what_a_former_round_added_is_replaced():
    data = saved(table())
    first = annotate(data)
    assert compare_parts(first, annotate(first)) == []
    # The sender mended the row in Excel (here: openpyxl), which writes everything anew.
    book = opened(first)
    book["名 单's"]["C4"] = "Y2"
    mended = notes(
        verdicts={row: Verdict("已收：相同") for row in (3, 4, 5)}
        | {8: Verdict("有错：空", "must")},
        notes=[CellNote(8, 2, "名称没有填。")],
    )
    second = opened(annotate(saved(book), mended))
    sheet = second["名 单's"]
    assert sheet.max_column == 4
    assert [sheet.cell(row, 4).value for row in range(2, 9)] == [
        "校验结果", *["已收：相同"] * 3, None, None, "有错：空",
    ]  # fmt: skip
    commented = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment}
    assert commented == {"B8"}
    assert second.sheetnames == ["名 单's", "校验汇总"]


def test_a_column_of_that_heading_that_is_the_senders_own_stays():
    book = table()
    sheet = book.active
    sheet["D2"] = "校验结果"
    for row in range(3, 9):
        sheet.cell(row, 4, "合格")
    made = opened(annotate(saved(book)))["名 单's"]
    assert made["D3"].value == "合格"
    assert (made["E2"].value, made["E3"].value) == ("校验结果", "已收：新增")


def test_comments_of_the_sender_stay_and_ours_go_under_them():
    book = table()
    sheet = book.active
    sheet["C4"].comment = Comment("镇里的批注", "经发办")
    sheet["A5"].comment = Comment("另一个", "经发办")
    data = saved(book)
    made = annotate(data)
    assert_only_added(data, made, "名 单's", 4)
    sheet = opened(made)["名 单's"]
    assert sheet["C4"].comment.text == "镇里的批注\n【专班台账】代码不对。"
    assert sheet["C4"].comment.author == "经发办"
    assert sheet["A5"].comment.text == "另一个"
    # And once more, without anything wrong: only theirs are left.
    again = opened(annotate(saved(opened(made)), notes(notes=())))["名 单's"]
    assert again["C4"].comment.text == "镇里的批注"
    assert again["A5"].comment.text == "另一个"


def test_other_sheets_with_comments_pictures_and_links_are_not_touched():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    one, two = book.add_worksheet("甲"), book.add_worksheet("乙")
    one.write_comment("B2", "甲的批注", {"author": "某人"})
    one.write_url("A9", "https://example.org/")
    for number, name in enumerate(["名称", "代码"]):
        two.write(0, number, name)
        two.write(1, number, f"{name}1")
    two.write_url("A5", "https://example.org/2")
    two.add_table("A1:B2", {"columns": [{"header": "名称"}, {"header": "代码"}]})
    two.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 3})
    two.data_validation("B2:B9", {"validate": "list", "source": ["一", "二"]})
    two.protect("x")
    two.set_column("C:XFD", None, None, {"hidden": True})
    book.close()
    data = out.getvalue()
    item = SheetNotes("乙", (1, 1), {2: Verdict("有错：空", "must")}, [CellNote(2, 2, "不对")])
    made = annotate(data, item)
    assert_only_added(data, made, "乙", 3)
    read = opened(made)
    assert (read["乙"]["C1"].value, read["乙"]["C2"].value) == ("校验结果", "有错：空")
    assert read["乙"].tables["Table1"].ref == "A1:B2"
    assert not read["乙"].column_dimensions["C"].hidden
    assert read["甲"]["B2"].comment.text.endswith("甲的批注")
    assert read["乙"]["B2"].comment.text.endswith("不对")
    columns = columns_of(
        etree.fromstring(Package.read(made).parts[Package.read(made).sheet("乙").part])
    )
    assert columns[4]["hidden"] == columns[16_384]["hidden"] == "1"
    assert "hidden" not in columns[3]


def replaced(data: bytes, part: str, change: Any) -> bytes:
    package = Package.read(data)
    package.parts[part] = change(package.parts[part])
    return package.write()


SHEET = "xl/worksheets/sheet1.xml"


def prefixed(data: bytes) -> bytes:
    text = data.decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).encode()


def uncounted(data: bytes) -> bytes:
    return re.sub(rb'(<(?:c|row)[^>]*?) r="[A-Z]*\d+"', rb"\1", data)


def in_utf16(data: bytes) -> bytes:
    return etree.tostring(etree.fromstring(data), encoding="UTF-16", xml_declaration=True)


@pytest.mark.parametrize("change", [prefixed, uncounted, in_utf16])
def test_sheets_as_other_programs_write_them(change):
    """Prefixes (Open XML SDK), places left to be counted, another encoding."""
    book = table()
    book.active.unmerge_cells("A1:C1")  # places are counted: no gaps
    for name in ("B1", "C1"):
        book.active[name] = "x"
    data = replaced(saved(book), SHEET, change)
    made = annotate(data)
    read = opened(made)["名 单's"]
    assert [read.cell(row, 4).value for row in (2, 3, 4)] == [
        "校验结果", "已收：新增", "有错：代码“X2”不对 <请改> & 再报",
    ]  # fmt: skip
    assert [c.value for c in read[4]][:3] == [2, "试验2有限公司", "X2"]
    assert compare_parts(made, annotate(made)) == []


def test_a_prefixed_style_part_gets_its_styles():
    data = replaced(saved(table()), "xl/styles.xml", prefixed)
    made = annotate(data)
    assert_only_added(data, made, "名 单's", 4)
    assert opened(made)["名 单's"]["D4"].font.color.rgb == "FFB02A1F"


def test_macros_and_unknown_parts_stay():
    package = Package.read(saved(table()))
    package.parts["xl/vbaProject.bin"] = b"\x00macro\xff"
    package.parts["customXml/item1.xml"] = b"<a/>"
    types = package.parts["[Content_Types].xml"]
    package.parts["[Content_Types].xml"] = types.replace(
        b"sheet.main+xml", b"sheet.macroEnabled.main+xml"
    ).replace(b"spreadsheetml.sheet.macro", b"ms-excel.sheet.macro")
    data = package.write()
    made = annotate(data)
    assert_only_added(data, made, "名 单's", 4)
    assert Package.read(made).parts["xl/vbaProject.bin"] == b"\x00macro\xff"


def test_a_header_of_several_merged_rows_gets_a_merged_heading():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名 单's"
    sheet.append(["名称", "法人", None])
    sheet.append([None, "姓名", "电话"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    for number in range(3, 9):
        sheet.append([f"试验{number}", "某人", "1"])
    data = saved(book)
    made = annotate(data, notes(header_rows=(1, 2)))
    assert_only_added(data, made, "名 单's", 4)
    read = opened(made)["名 单's"]
    assert (read["D1"].value, read["D2"].value) == ("校验结果", None)
    assert "D1:D2" in {str(m) for m in read.merged_cells.ranges}
    assert compare_parts(made, annotate(made, notes(header_rows=(1, 2)))) == []


def test_far_away_formatting_does_not_push_the_column_away():
    book = table()
    sheet = book.active
    for row in range(3, 9):
        sheet.cell(row, 5).border = Border(left=Side(style="thin"))  # prepared for more columns
        sheet.cell(row, 16_384).fill = PatternFill("solid", fgColor="FFFFFFFF")
    made = opened(annotate(saved(book)))["名 单's"]
    assert made["F3"].value == "已收：新增"
    assert made["XFD3"].fill.fgColor.rgb == "FFFFFFFF"


def test_a_full_sheet_is_refused_in_words():
    book = table()
    book.active.cell(3, 16_384, "x")
    with pytest.raises(ColumnsFullError, match="16,384 列都用满了"):
        annotate(saved(book))


def test_a_table_without_header_gets_one_column_however_often():
    book = openpyxl.Workbook()
    book.active.title = "名 单's"
    for number in range(1, 5):
        book.active.append([f"试验{number}有限公司", f"X{number}"])
    item = notes(header_rows=(0, 0), verdicts={n: Verdict("已收：新增") for n in range(1, 5)})
    first = annotate(saved(book), item)
    assert annotate(first, item) == first
    assert opened(first)["名 单's"]["C1"].value == "已收：新增"
    assert opened(annotate(saved(opened(first)), item))["名 单's"].max_column == 3


def test_rows_without_any_cell_get_one():
    book = table()
    item = notes(
        verdicts={5: Verdict("有错：空", "must"), 12: Verdict("有错：空行", "must")}, notes=()
    )
    made = opened(annotate(saved(book), item))["名 单's"]
    assert (made["D5"].value, made["D12"].value, made["D3"].value) == (
        "有错：空",
        "有错：空行",
        None,
    )


def test_cancelling_stops_it():
    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        annotating.annotate(saved(table()), [notes()], SUMMARY, progress=stop)


@pytest.mark.slow
def test_libreoffice_shows_column_comments_and_links(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here")
    path = tmp_path / "a.xlsx"
    path.write_bytes(annotate(saved(table())))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to",
         "fods", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = (tmp_path / "a.fods").read_text(encoding="utf-8")
    assert "代码不对。" in text
    assert "<office:annotation" in text
    assert "校验结果" in text
    assert re.search(r'xlink:href="#[^"]*C4"', text)
