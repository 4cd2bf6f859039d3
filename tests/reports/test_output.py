"""The files: exact workbook and PDF, the same bytes twice, longer lists than the blank."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import month
from ledger_desk.reports.catalogue import FormInfo, catalogue, problems, run
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.filling import compare_parts

from .conftest import WAN, day, writing

HEADINGS = [
    "填报单位", "对接时间", "对接银行", "对接企业名称", "对接成效(是否授信)", "授信金额(万元)", "担保情况",
    "存在的主要问题(未授信填写此项)", "对接后发放新贷款金额(万元)", "备注",
]  # fmt: skip
RARE = "𫍽𬭎㛃䶮赟"
START, END = date(2024, 10, 1), date(2024, 10, 31)


def filled(ledger: Ledger, count: int) -> None:
    with writing(ledger) as book:
        for number in range(count):
            firm = book.firm(f"试制{RARE if number == 0 else ''}厂{number:02d}")
            book.listed(firm)
            matching = book.matching(firm, "农商行", day(10, 1 + number % 28))
            if number % 3:
                book.credit(matching, day(10, 29), (number + 1) * WAN, "抵押")
                book.drawdown(book.loan(firm, "农商行", matching), day(10, 30), WAN)
            else:
                book.refusal(matching, day(10, 29), "缺抵押，流水不足")


def sheet_of(xlsx: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0]


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            pages.append(text.get_text_bounded())
            text.close()
            page.close()
        return pages
    finally:
        document.close()


def test_forty_rows_go_through_a_blank_with_fifteen(ledger: Ledger) -> None:
    filled(ledger, 40)
    files = run(ledger, "first_loan_ledger", START, END)
    assert files.as_json() == {"rows": 40, "checks": {"must": 0, "explain": 0, "hint": 0}}
    sheet = sheet_of(files.xlsx)
    assert sheet["A1"].value == "普惠小微企业首贷培植行动工作台帐"
    assert sheet["A2"].value == "填报单位：甲县工作专班"
    assert sheet["E2"].value == "2024年10月"
    assert ["".join(str(cell.value).split()) for cell in sheet[3]] == HEADINGS
    names = [sheet.cell(row, 4).value for row in range(4, 44)]
    assert len(set(names)) == 40
    assert None not in names
    assert {type(sheet.cell(row, 2).value) for row in range(4, 44)} == {datetime}
    assert {sheet.cell(row, 6).number_format for row in range(4, 44)} == {"#,##0.00"}
    assert sheet["A44"].value == "合计"
    total = sum(sheet.cell(row, 6).value or 0 for row in range(4, 44))
    assert sheet["F44"].value == total == sum(n + 1 for n in range(40) if n % 3)
    assert (sheet["D44"].value, sheet["E44"].value, sheet["H44"].value) == (40, 26, 14)
    assert sheet["A45"].value == "填表人：程甲"
    assert sheet.print_title_rows == "$1:$3"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:J1", "A45:B45"}


def test_only_the_parts_of_the_closed_list_change(ledger: Ledger, forms: Forms) -> None:
    filled(ledger, 3)
    for form in forms.forms.values():
        files = run(ledger, form.id, START, END, forms=forms)
        changed = compare_parts(form.blank, files.xlsx)
        sheets = range(1, len(form.shape.sheets) + 1)
        allowed = {f"xl/worksheets/sheet{number}.xml" for number in sheets}
        assert set(changed) <= {*allowed, "xl/workbook.xml"}
        if form.id == "first_loan_ledger":  # three rows fit: nothing was added
            assert changed == ["xl/worksheets/sheet1.xml"]


def test_two_runs_give_the_same_bytes(ledger: Ledger, forms: Forms) -> None:
    filled(ledger, 20)
    for name in ("first_loan_ledger", "four_numbers", "credit_access"):
        first, second = (run(ledger, name, START, END, forms=forms) for _ in range(2))
        assert first.xlsx == second.xlsx
        assert first.pdf.pdf == second.pdf.pdf


def test_the_pdf_shows_the_same_cells_with_the_header_on_each_page(ledger: Ledger) -> None:
    filled(ledger, 40)
    files = run(ledger, "first_loan_ledger", START, END)
    pages = text_of(files.pdf.pdf)
    assert len(pages) == files.pdf.pages > 1
    assert files.pdf.missing == ""
    bare = ["".join(page.split()) for page in pages]
    for number, page in enumerate(bare, start=1):
        assert "普惠小微企业首贷培植行动工作台帐" in page
        assert "对接企业名称" in page
        assert f"第{number}页共{len(pages)}页" in page
    whole = "".join(bare)
    for cell in files.report.cells_of("工作台帐"):
        if cell.label and cell.text:
            assert "".join(cell.text.split()) in whole, cell
    assert RARE in whole


def test_an_empty_form_and_a_form_of_any_two_days_come_out_too(ledger: Ledger) -> None:
    files = run(ledger, "first_loan_ledger", date(2024, 10, 16), date(2024, 11, 20))
    assert files.report.rows == 0
    sheet = sheet_of(files.xlsx)
    assert sheet["J4"].value == "本期无对接"
    assert sheet["E2"].value == "2024-10-16 至 2024-11-20"
    assert sheet["I19"].value == 0
    assert "本期无对接" in "".join(text_of(files.pdf.pdf)[0].split())


def test_files_are_written_whole_under_a_suggested_name(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger, 2)
    files = run(ledger, "first_loan_ledger", START, END)
    assert files.name("xlsx") == "甲县工作专班_普惠小微企业首贷培植行动工作台帐_2024年10月.xlsx"
    xlsx, pdf = tmp_path / files.name("xlsx"), tmp_path / files.name("pdf")
    files.write(xlsx, pdf)
    assert xlsx.read_bytes() == files.xlsx
    assert pdf.read_bytes() == files.pdf.pdf
    with pytest.raises(UserError, match="没有写成"):
        files.write(tmp_path / "无此文件夹" / "a.xlsx")


def test_the_catalogue_names_every_form_with_its_day(ledger: Ledger) -> None:
    found: dict[str, FormInfo] = {info.id: info for info in catalogue(ledger)}
    assert problems(ledger) == ()
    first = found["first_loan_ledger"]
    assert json.loads(json.dumps(first.as_json())) == {
        "id": "first_loan_ledger", "title": "普惠小微企业首贷培植行动工作台帐", "standing": "正式表样",
        "due": "月报，月后10日内", "own": False,
    }  # fmt: skip
    assert first.due_day(month(2024, 10)) == date(2024, 11, 10)
    assert first.due_day(month(2024, 12)) == date(2025, 1, 10)
    assert found["results"].standing == "默认表样"


def test_wrong_wishes_are_sentences_and_cancel_is_silent(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="没有“x”这张报表"):
        run(ledger, "x", START, END)
    with pytest.raises(UserError, match="早于第一天"):
        run(ledger, "results", END, START)
    with pytest.raises(UserError, match="没有这个填报单位"):
        run(ledger, "results", START, END, office="f" * 32)

    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(ledger, "results", START, END, stop)


def test_the_text_of_a_report_stays_as_it_was(ledger: Ledger) -> None:
    """A golden report: whoever changes one of these words changes what goes to the city."""
    with writing(ledger) as book:
        tea, craft = book.firm("丰禾茶业"), book.firm("新集竹器")
        book.listed(tea)
        old = book.matching(tea, "新县农商行", day(9, 20), note="二期厂房")
        book.credit(old, day(9, 25), 100 * WAN, "抵押")
        book.drawdown(book.loan(tea, "新县农商行", old), day(10, 8), 60 * WAN + 5000)
        book.refusal(book.matching(craft, "农行新县支行", day(10, 9)), day(10, 15), "缺抵押")
        book.matching(craft, "邮储新县支行", day(10, 10))
    files = run(ledger, "first_loan_ledger", START, END)
    rows = [
        "｜".join(cell.text for cell in row.cells.values()) for row in files.report.blocks[0].rows
    ]
    totals = "｜".join(f"{at} {cell.text}" for at, cell in files.report.blocks[0].totals.items())
    said = [f"{f.grade_label} {f.cell} {f.title}：{f.sentence}" for f in files.checks.findings]
    assert [*rows, totals, *said] == [
        "甲县工作专班｜2024-09-20｜新县农商行｜丰禾茶业｜是｜｜抵押｜｜60.01｜9月20日对接；9月25日授信100.00万元；二期厂房",
        "甲县工作专班｜2024-10-09｜农行新县支行｜新集竹器｜否｜｜｜缺抵押｜｜",
        "甲县工作专班｜2024-10-10｜邮储新县支行｜新集竹器｜｜｜｜｜｜",
        "D 2｜E 1｜F 0.00｜H 1｜I 60.01",
        "须说明 E6 第 3 行 还没有授信结果：新集竹器：2024年10月10日对接，到 2024年10月31日已 21 天，邮储新县支行还没有决定是否授信，这一格留空，不当作“否”。",
        "提示 D5 第 2 行 不在培植名单：新集竹器：本期有对接，可是不在首贷培植名单里。",
        "提示 E19 授信户数比上期少 1 户：授信户数（按授信决定日期）：2024年10月 0 户，2024年9月 1 户，少 1 户（100%）。",
    ]
