"""One engine: lists, matrices and single numbers on one sheet, split by bank and by kind."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ledger_desk.exchange.definitions import Form, load_all
from ledger_desk.model.periods import month
from ledger_desk.reports.build import build
from ledger_desk.reports.checks import check
from ledger_desk.reports.explain import explain
from ledger_desk.reports.output import write_xlsx
from ledger_desk.reports.vocabulary import known
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, day, writing

DEFINITION = """
id = "mixed"
title = "合表"
standing = "默认表样"
mechanism = "首贷培植行动"
sheet = "表"
checks = ["parts_and_total", "rounded_sum"]
source = { document = "x", title = "某文", clause = "一" }
due = { every = "随时" }

[[cell]]
at = "B1"
indicator = "granted_amount"
measure = "本年累计"

[[cell]]
at = "A12"
text = "{since}起，{office}，{year}年{month}月"

[[block]]
rows = "banks"
first_row = 4
room = 2
total_row = 6
[[block.column]]
at = "A"
heading = "银行"
field = "label"
[[block.column]]
at = "B"
heading = "授信户数"
indicator = "granted_firms"
measure = "本期"
total = "sum"
[[block.column]]
at = "C"
heading = "授信金额"
indicator = "granted_amount"
measure = "本期"
total = "sum"

[[block]]
rows = "enterprise_kinds"
first_row = 9
room = 2
total_row = 11
[[block.column]]
at = "A"
heading = "类型"
field = "label"
[[block.column]]
at = "B"
heading = "新增户数"
indicator = "matched_firms"
measure = "本期新增"
total = "sum"
total_text = "共 {n} 户"
[[block.column]]
at = "C"
heading = "笔数"
indicator = "matchings"
measure = "本期"
total = "sum"
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for at, text in {
        "A1": "授信", "A3": "银行", "B3": "授信户数", "C3": "授信金额", "A6": "合计",
        "A8": "类型", "B8": "新增户数", "C8": "笔数", "A11": "合计", "A12": "末行",
    }.items():  # fmt: skip
        sheet[at] = text
    folder = tmp_path / "forms" / "mixed"
    folder.mkdir(parents=True)
    out = io.BytesIO()
    book.save(out)
    (folder / "blank.xlsx").write_bytes(out.getvalue())
    (folder / "form.toml").write_text(DEFINITION, encoding="utf-8")
    found = load_all([folder.parent], known())
    assert not found.problems, [problem.sentence() for problem in found.problems]
    return found.get("mixed")


def filled(ledger: Ledger) -> None:
    with writing(ledger) as book:
        for bank in ("农商行", "村镇银行", "中行", "工行"):
            book.bank(bank, "国有商业银行" if bank in ("中行", "工行") else "农信系统")
        firm = book.firm("甲厂", kind="个体工商户")
        odd = book.firm("乙社", kind="种养大户")
        for bank in ("农商行", "中行"):
            book.credit(book.matching(firm, bank, day(10, 8)), day(10, 9), WAN + 5000)
        book.credit(book.matching(odd, "中行", day(9, 8)), day(9, 9), 7 * WAN)
        book.credit(book.matching(odd, "中行", day(10, 10)), day(10, 12), 2 * WAN + 5000)


def test_blocks_below_move_down_with_what_is_inserted_above(ledger: Ledger, form: Form) -> None:
    filled(ledger)
    report = build(ledger, form, month(2024, 10))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    assert rows == [
        ["授信", 11.02, None],
        [None, None, None],
        ["银行", "授信户数", "授信金额"],
        ["中行", 2, 3.01],
        ["工行", 0, 0],
        ["农商行", 1, 1.01],
        ["村镇银行", 0, 0],
        ["合计", 2, 4.02],
        [None, None, None],
        ["类型", "新增户数", "笔数"],
        ["企业", 0, 0],
        ["个体工商户", 1, 2],
        ["小微企业主", 0, 0],
        ["农民专业合作社", 0, 0],
        ["家庭农场", 0, 0],
        ["其他组织", 0, 0],
        ["种养大户", 0, 1],
        ["合计", "共 1 户", 3],
        ["2020年9月1日起，甲县工作专班，2024年10月", None, None],
    ]


def test_a_firm_of_two_banks_counts_once_in_the_total_and_a_hint_says_why(
    ledger: Ledger, form: Form
) -> None:
    filled(ledger)
    report = build(ledger, form, month(2024, 10))
    (hint,) = check(ledger, report).findings
    assert (hint.grade, hint.rule, hint.cell) == ("hint", "parts_and_total", "B8")
    assert hint.sentence == "授信户数：各行相加 3 户，合计 2 户，差 1 户。"


def test_rounded_parts_that_miss_the_total_are_explained(ledger: Ledger, form: Form) -> None:
    filled(ledger)
    with writing(ledger) as book:
        matching = book.matching(book.firm("丙厂"), "工行", day(10, 20))
        book.credit(matching, day(10, 20), 5000)
    report = build(ledger, form, month(2024, 10))
    assert report.blocks[0].totals["C"].value == Decimal("4.02")
    hint = next(f for f in check(ledger, report).findings if f.rule == "rounded_sum")
    assert "各行相加 4.03 万元，合计 4.02 万元，差 0.01 万元" in hint.sentence


def test_single_numbers_and_parts_by_bank_and_kind_can_be_explained(
    ledger: Ledger, form: Form
) -> None:
    filled(ledger)
    report = build(ledger, form, month(2024, 10))
    single = explain(ledger, report, "B1")
    assert single.title == "合计 · 授信金额（本年累计）"
    assert single.period == "2024-01-01 至 2024-10-31"
    assert single.sentence == "11.02 万元 = 4 笔相加，涉及 2 户"
    bank = explain(ledger, report, "C4")
    assert bank.title == "中行 · 授信金额（本期）"
    assert [(row.name, row.text) for row in bank.rows] == [("乙社", "2.01"), ("甲厂", "1.01")]
    kind = explain(ledger, report, "B12")
    assert kind.title == "个体工商户 · 对接户数（本期新增）"
    assert [row.name for row in kind.rows] == ["甲厂"]
    text = explain(ledger, report, "A19")
    assert (text.rows, text.agrees) == ((), True)
