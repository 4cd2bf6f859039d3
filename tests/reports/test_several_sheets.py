"""Forms of several sheets: cells, blocks and formulas that look across, one workbook, one PDF."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.reports.cells.grid import Grid
from ledger_desk.reports.explain import explain
from ledger_desk.reports.output import write_pdf, write_xlsx
from ledger_desk.store.ledger import Ledger
from tests.reports.conftest import WAN, day, writing
from tests.reports.making_forms import form_of, made
from tests.reports.test_record_lists import ticket

TWO = """
[[cell]]
at = "B2"
indicator = "granted_amount"
measure = "本期"
[[cell]]
at = "B3"
formula = "B2 + 附表!B5"
unit = "万元"
[[block]]
rows = "listed"
sheet = "附表"
first_row = 5
row = [{ label = "金额", indicator = "granted_amount" }, { label = "户数", indicator = "granted_firms" }]
column = [{ at = "B", heading = "本期", measure = "本期" }]
"""
PRINTED = {"A2": "授信", "附表!A3": "项目", "附表!B3": "本期", "附表!A5": "金额", "附表!A6": "户数"}


def test_each_sheet_is_filled_and_looks_at_the_other(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲茶厂")
        book.credit(book.matching(firm, "甲银行", day(10, 8)), day(10, 9), 100 * WAN)
    report = made(ledger, form_of(tmp_path, TWO, PRINTED, sheets=("表", "附表")))
    assert report.at("B3").text == "200.00"  # type: ignore[union-attr]
    assert report.at("附表!B6").text == "1"  # type: ignore[union-attr]
    assert report.at("B6") is None
    assert [row.name for row in explain(ledger, report, "B3").rows] == [
        "B2 授信金额",
        "附表!B5 金额、本期",
    ]
    workbook = write_xlsx(report)
    read = openpyxl.load_workbook(io.BytesIO(workbook))
    assert (read["表"]["B3"].value, read["附表"]["B5"].value) == (200, 100)
    painted = write_pdf(report, workbook)
    pages = pypdfium2.PdfDocument(painted.pdf)
    assert painted.pages == len(pages) == 2
    assert "200.00" in pages[0].get_textpage().get_text_range()
    assert "户数" in pages[1].get_textpage().get_text_range()
    assert [entry.get_title() for entry in pages.get_toc()] == ["表", "附表"]
    assert {box.page for box in painted.by_sheet["附表"]} == {1}
    assert painted.boxes == painted.by_sheet["表"]
    assert write_pdf(report, workbook).pdf == painted.pdf


LISTS = """
[[block]]
rows = "records"
of = "ticket"
day = "collected_on"
sort = ["no"]
first_row = 4
room = 2
total_row = 6
column = [{ at = "A", heading = "单号", field = "no", total = "count" }, { at = "B", heading = "序号", field = "number" }]
[[block]]
rows = "records"
of = "ticket"
day = "collected_on"
sort = ["-no"]
first_row = 10
room = 3
shrink = true
total_row = 13
column = [{ at = "A", heading = "单号", field = "no", total = "count" }]
[[cell]]
at = "C15"
formula = "A6 + A13 + 计数(A4:A5) + 计数(A10:A12) + 合计(B4:B5)"
"""
TWICE = {"A3": "单号", "B3": "序号", "A9": "单号", "A16": "末"}


@given(count=st.integers(0, 7))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_formulas_follow_the_rows_that_are_inserted_and_taken_out(
    ledger: Ledger, tmp_path: Path, count: int
) -> None:
    """References are those of the blank; lists above and between move what they mean."""
    with ledger.rehearse() as step:
        from ledger_desk.reports.build import build_on
        from tests.reports.conftest import Book
        from tests.reports.making_forms import OCTOBER

        book = Book(step, ledger.office.id, 900_000)
        for number in range(count):
            ticket(book, None, f"P-{number}", 9)
        form = form_of(tmp_path, LISTS, TWICE)
        report = build_on(step.rows, ledger, form, OCTOBER)
    moved = max(count - 2, 0) + max(count, 1) - 3
    cell = report.find("表", 15 + moved, 3)
    assert cell is not None
    assert cell.text == f"{4 * count + count * (count + 1) // 2:,}"
    grid = Grid(report)
    assert grid.row_of("表", 16) == 16 + moved
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["表"]
    assert sheet.cell(16 + moved, 1).value == "末"
    assert sheet.cell(15 + moved, 3).value == 4 * count + count * (count + 1) // 2
