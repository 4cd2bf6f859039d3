"""Lists of records of any class need no Python: class, conditions, order and columns are declared."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl

from ledger_desk.model.records import Enterprise, Ticket
from ledger_desk.reports.explain import explain
from ledger_desk.reports.output import write_xlsx
from ledger_desk.reports.shapes import Ref
from ledger_desk.store.ledger import Ledger
from tests.reports.conftest import WAN, Book, day, writing
from tests.reports.making_forms import form_of, made, texts_of, wrong

TICKETS = """
[[block]]
rows = "records"
of = "ticket"
title = "问题台账"
day = "collected_on"
where = [["state", "!=", "已销号"], ["kind", "in", ["融资类", "其他"]]]
sort = ["collected_on", "-no"]
first_row = 4
room = 3
total_row = 7
empty = { at = "B", text = "本期没有问题" }
column = [
  { at = "A", heading = "序号", field = "number" },
  { at = "B", heading = "企业", field = "enterprise.name", total = "firms", total_text = "{n} 户" },
  { at = "C", heading = "乡镇", field = "enterprise.township" },
  { at = "D", heading = "日期", field = "collected_on" },
  { at = "E", heading = "单号", field = "no", total = "count" },
]
"""
PRINTED = {"A3": "序号", "B3": "企业", "C3": "乡镇", "D3": "日期", "E3": "单号", "A7": "合计"}


def ticket(
    book: Book, firm: str | None, no: str, on: int, state: str = "已收集", month: int = 10
) -> str:
    return book.step.create(
        Ticket(id=book._id(), enterprise=firm, no=no, collected_on=day(month, on), state=state,
               kind="融资类", problem="缺流动资金")
    )  # fmt: skip


def test_a_list_takes_the_records_that_are_meant_in_the_order_that_is_asked_for(
    ledger: Ledger, tmp_path: Path
) -> None:
    with writing(ledger) as book:
        tea, rope = book.firm("甲茶厂"), book.firm("乙绳厂", "411523102")
        ticket(book, tea, "P-1", 9)
        ticket(book, tea, "P-2", 9)
        ticket(book, rope, "P-3", 2)
        ticket(book, rope, "P-4", 3, "已销号")
        ticket(book, rope, "P-5", 3, month=9)
    report = made(ledger, form_of(tmp_path, TICKETS, PRINTED))
    assert texts_of(report, "A", "B", "E", "D") == [
        ["1", "乙绳厂", "P-3", "2024-10-02"],
        ["2", "甲茶厂", "P-2", "2024-10-09"],
        ["3", "甲茶厂", "P-1", "2024-10-09"],
    ]
    totals = report.blocks[0].totals
    assert (totals["B"].text, totals["E"].text) == ("2 户", "3")


def test_the_cells_lead_to_the_firm_and_to_the_record(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        tea = book.firm("甲茶厂")
        own = ticket(book, tea, "P-1", 9)
    report = made(ledger, form_of(tmp_path, TICKETS, PRINTED))
    name, number = report.at("B4"), report.at("E4")
    assert name is not None
    assert number is not None
    assert name.provenance.records == (Ref("enterprise", tea), Ref("ticket", own))  # type: ignore[union-attr]
    assert number.provenance.records == (Ref("ticket", own),)  # type: ignore[union-attr]
    told = explain(ledger, report, "B4")
    assert told.rows[0].enterprise == tea
    assert [e.ref.table for e in told.rows[0].records] == ["enterprise", "ticket"]
    assert "问题台账" in told.definition
    assert explain(ledger, report, "E7").value_now == 1


def test_an_empty_list_says_so_and_the_rows_that_are_not_ready_are_inserted(
    ledger: Ledger, tmp_path: Path
) -> None:
    form = form_of(tmp_path, TICKETS, PRINTED)
    empty = made(ledger, form)
    assert empty.at("B4").text == "本期没有问题"  # type: ignore[union-attr]
    with writing(ledger) as book:
        firm = book.firm("甲茶厂")
        for number in range(5):
            ticket(book, firm, f"P-{number}", 9)
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made(ledger, form))))["表"]
    assert [sheet.cell(row, 1).value for row in range(4, 10)] == [1, 2, 3, 4, 5, "合计"]
    assert sheet["E9"].value == 5


def test_records_of_a_removed_firm_and_removed_records_are_left_out(
    ledger: Ledger, tmp_path: Path
) -> None:
    with writing(ledger) as book:
        gone, tea = book.firm("丙厂"), book.firm("甲茶厂")
        ticket(book, gone, "P-1", 9)
        ticket(book, tea, "P-2", 9)
        ticket(book, None, "P-3", 9)
        ticket(book, tea, "P-4", 9)
    with ledger.step("删除") as step:
        step.remove(Enterprise, gone)
    report = made(ledger, form_of(tmp_path, TICKETS, PRINTED))
    assert [row[0] for row in texts_of(report, "E")] == ["P-4", "P-3", "P-2"]


def test_far_fields_computed_columns_and_amounts(ledger: Ledger, tmp_path: Path) -> None:
    text = """
[[block]]
rows = "records"
of = "drawdown"
day = "day"
until = true
where = [["amount", ">=", 10], ["any", ["loan.bank.name", "contains", "农商"], ["amount", ">", 90]]]
sort = ["-amount"]
first_row = 4
room = 3
total_row = 7
column = [
  { at = "A", heading = "企业", field = "loan.enterprise.name" },
  { at = "B", heading = "银行", field = "loan.bank" },
  { at = "C", heading = "金额", field = "amount", total = "sum" },
  { at = "D", heading = "金额（元）", field = "amount", unit = "元", places = 0 },
  { at = "E", heading = "利率", field = "loan.rate" },
  { at = "F", heading = "划型", field = "loan.enterprise.size" },
]
"""
    with writing(ledger) as book:
        firm = book.firm("甲茶厂")
        rural = book.loan(firm, "甲农商行", rate=43_500)
        other = book.loan(firm, "乙银行")
        book.drawdown(rural, day(3, 1), 12 * WAN + 345_600)
        book.drawdown(rural, day(3, 1), 9 * WAN)
        book.drawdown(rural, day(11, 1), 50 * WAN)
        book.drawdown(other, day(3, 1), 50 * WAN)
        book.drawdown(other, day(3, 2), 100 * WAN)
    heads = dict(zip(("A3", "B3", "C3", "D3", "E3", "F3"), ("企业", "银行", "金额", "金额（元）", "利率", "划型"), strict=True))  # fmt: skip
    report = made(ledger, form_of(tmp_path, text, heads))
    assert texts_of(report, "A", "B", "C", "D", "E") == [
        ["甲茶厂", "乙银行", "100.00", "1,000,000", ""],
        ["甲茶厂", "甲农商行", "12.35", "123,456", "4.35"],
    ]
    assert report.blocks[0].rows[1].cells["C"].value == Decimal("12.35")
    assert report.blocks[0].totals["C"].text == "112.35"


def test_each_mistake_of_a_list_is_a_sentence_with_its_place(tmp_path: Path) -> None:
    text = TICKETS.replace('"enterprise.name"', '"enterprise.nam"').replace(
        'field = "no"', 'field = "no.x"'
    )
    text = text.replace('sort = ["collected_on", "-no"]', 'sort = ["-number"]')
    text = text.replace(
        '["state", "!=", "已销号"]', '["state", "~", "已销号"], ["due_on", "=", "很大"]'
    )
    found = wrong(tmp_path, text, PRINTED)
    for words in ("B 列“企业”：经营主体没有“nam”这一项，是不是“name”", "没有“no”这一项引用", "sort 写得不对",
                  "比法“~”不认识", "条件“due_on”的值不对"):  # fmt: skip
        assert any(words in sentence for sentence in found), found
    found = wrong(tmp_path / "b", TICKETS.replace('of = "ticket"', 'of = "tickets"'), PRINTED)
    assert found == ["报表“trial”区块“records”的“of”：没有“tickets”这种记录，是不是“ticket”。"]
    found = wrong(tmp_path / "c", TICKETS.replace('day = "collected_on"', 'day = "state"'), PRINTED)
    assert any("不是日期" in sentence for sentence in found)
