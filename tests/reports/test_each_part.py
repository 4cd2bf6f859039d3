"""``each``: one sheet for each bank or township in one workbook, made from one sheet of the blank."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from ledger_desk.errors import UserError
from ledger_desk.reports.catalogue import ReportFiles
from ledger_desk.reports.checks import check
from ledger_desk.reports.explain import explain
from ledger_desk.reports.output import write_pdf, write_xlsx
from ledger_desk.reports.periods.closing import close_period
from ledger_desk.reports.periods.kept import closed_or_made
from ledger_desk.reports.periods.restating import restate
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.copying import copy_sheet, tab_names
from tests.reports.conftest import WAN, day, writing
from tests.reports.making_forms import OCTOBER, form_of, load, made, wrong

BY_BANK = """
each = "bank"
[[cell]]
at = "A1"
text = "{part} 对接情况"
[[cell]]
at = "B2"
sheet = "汇总"
indicator = "granted_amount"
measure = "本期"
[[block]]
rows = "listed"
first_row = 4
row = [{ label = "授信金额", indicator = "granted_amount" }, { label = "授信户数", indicator = "granted_firms" }]
column = [{ at = "B", heading = "本期", measure = "本期" }]
[[block]]
rows = "records"
of = "matching"
each = "bank"
day = "day"
sort = ["day"]
first_row = 8
room = 1
total_row = 9
column = [{ at = "A", heading = "企业", field = "enterprise.name", total = "firms" }, { at = "B", heading = "日期", field = "day" }]
[[check]]
formula = "B5 <= 1"
grade = "explain"
label = "一家银行只授信一户"
"""
PRINTED = {
    "A3": "项目", "B3": "本期", "A4": "授信金额", "A5": "授信户数", "A7": "企业", "B7": "日期",
    "A9": "合计", "汇总!A2": "授信金额",
}  # fmt: skip


@pytest.fixture
def banks(ledger: Ledger) -> Ledger:
    with writing(ledger) as book:
        tea, rope = book.firm("甲茶厂"), book.firm("乙绳厂", "411523102")
        book.credit(book.matching(tea, "甲银行", day(10, 8)), day(10, 9), 100 * WAN)
        book.credit(book.matching(rope, "甲银行", day(10, 9)), day(10, 9), 50 * WAN)
        book.credit(book.matching(rope, "乙/银行", day(10, 10)), day(10, 11), 30 * WAN)
    return ledger


def test_every_bank_has_its_sheet_with_its_own_numbers_lists_and_checks(
    banks: Ledger, tmp_path: Path
) -> None:
    forms = load(tmp_path, BY_BANK, PRINTED, sheets=("表", "汇总"))
    form = forms.get("trial")
    report = made(banks, form)
    assert report.form.shape.sheets == ("乙_银行", "甲银行", "汇总")
    values = {tab: report.at(f"{tab}!B4").text for tab in ("甲银行", "乙_银行")}  # type: ignore[union-attr]
    assert values == {"甲银行": "150.00", "乙_银行": "30.00"}
    assert report.at("汇总!B2").text == "180.00"  # type: ignore[union-attr]
    assert report.at("甲银行!A1").text == "甲银行 对接情况"  # type: ignore[union-attr]
    lists = {
        b.sheet: [r.source.label for r in b.rows] for b in report.blocks if b.source == "records"
    }
    assert lists == {"甲银行": ["甲茶厂", "乙绳厂"], "乙_银行": ["乙绳厂"]}
    told = explain(banks, report, "甲银行!B4")
    assert {row.name for row in told.rows} == {"甲茶厂", "乙绳厂"}
    findings = check(banks, report).of("explain")
    assert [(f.sheet, f.place) for f in findings] == [("甲银行", "甲银行!B5")]

    workbook = write_xlsx(report)
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert book.sheetnames == ["乙_银行", "甲银行", "汇总"]
    assert book["甲银行"]["B5"].value == 2
    assert book["乙_银行"]["A8"].value == "乙绳厂"
    painted = write_pdf(report, workbook)
    outline = [entry.get_title() for entry in pypdfium2.PdfDocument(painted.pdf).get_toc()]
    assert outline == ["乙_银行", "甲银行", "汇总"]
    assert write_xlsx(made(banks, form)) == workbook


def test_a_closed_period_keeps_the_sheets_that_it_had(banks: Ledger, tmp_path: Path) -> None:
    text = BY_BANK[: BY_BANK.index("[[check]]")]
    forms = load(tmp_path, text, PRINTED, sheets=("表", "汇总"))
    report = made(banks, forms.get("trial"))
    closing = close_period(banks, ReportFiles(report, check(banks, report)), forms=forms)
    with writing(banks) as book:
        book.credit(book.matching(book.firm("丙厂"), "丙银行", day(10, 12)), day(10, 12), 10 * WAN)
    kept = closed_or_made(banks, "trial", OCTOBER.start, OCTOBER.end, forms=forms)
    assert kept.report.form.shape.sheets == ("乙_银行", "甲银行", "汇总")
    told = restate(banks, closing, forms=forms)
    assert [(move.sheet, move.was, move.now) for move in told.cells] == [
        ("汇总", "180.00", "190.00")
    ]
    assert len(made(banks, forms.get("trial")).form.shape.sheets) == 4


def test_a_sheet_for_each_township_and_what_does_not_go_with_it(
    banks: Ledger, tmp_path: Path
) -> None:
    text = """
each = "township"
[[block]]
rows = "{rows}"
first_row = 4
room = 2
column = [{{ at = "A", heading = "名称", field = "label" }}, {{ at = "B", heading = "本期", indicator = "granted_firms", measure = "本期" }}]
"""
    printed = {"A3": "名称", "B3": "本期"}
    report = made(banks, form_of(tmp_path, text.format(rows="banks"), printed))
    tabs = report.form.shape.sheets
    assert len(tabs) > 10
    assert sum(
        int(block.rows[n].cells["B"].text) for block in report.blocks for n in range(len(block.rows))
    ) == 3  # fmt: skip
    assert (
        "各行已经按乡镇（街道）分了"
        in wrong(tmp_path / "二", text.format(rows="townships"), printed)[0]
    )
    listed = BY_BANK.replace('each = "bank"\nday', "day")
    assert any("按银行分表的记录清单要写 each" in said for said in wrong(
        tmp_path / "三", listed, PRINTED, sheets=("表", "汇总")
    ))  # fmt: skip


def test_a_copied_sheet_keeps_its_print_setup_and_what_belongs_to_one_sheet_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"], sheet["A2"] = "标题", date(2024, 10, 1)
    sheet.print_area, sheet.print_title_rows = "A1:C20", "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.merge_cells("A1:C1")
    sheet["B5"] = "=SUM(表!B2:B4)"
    other = book.create_sheet("汇总")
    other.print_area = "A1:B2"
    out = io.BytesIO()
    book.save(out)
    names = tuple(tab_names(["城关[镇]", "城关[镇]", "甲'乡"], ["汇总"]))
    assert names == ("城关_镇_", "城关_镇_ (2)", "甲'乡")
    read = openpyxl.load_workbook(io.BytesIO(copy_sheet(out.getvalue(), "表", names)))
    assert read.sheetnames == [*names, "汇总"]
    for name in names:
        copied = read[name]
        quoted = "'" + name.replace("'", "''") + "'!"
        assert (copied["A1"].value, copied.page_setup.orientation) == ("标题", "landscape")
        assert copied.print_area == f"{quoted}$A$1:$C$20"
        assert copied.print_title_rows == "$1:$2"
        assert [str(area) for area in copied.merged_cells.ranges] == ["A1:C1"]
        assert copied["B5"].value == f"=SUM({quoted}B2:B4)"
    assert read["汇总"].print_area == "'汇总'!$A$1:$B$2"
    assert [read[name].sheet_view.tabSelected for name in names].count(True) <= 1
    from openpyxl.comments import Comment

    sheet["A2"].comment = Comment("批", "甲")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UserError, match="批注"):
        copy_sheet(out.getvalue(), "表", names)
