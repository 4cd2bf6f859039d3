"""Every number is the list behind it; every cell names its records."""

from __future__ import annotations

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import month
from ledger_desk.reports.build import build
from ledger_desk.reports.explain import Explanation, explain
from ledger_desk.reports.indicator import COMPARED, OWED, OWED_SHARE
from ledger_desk.reports.indicators import find_indicator
from ledger_desk.reports.shapes import FromIndicator, FromRows, Report
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, day, writing


def filled(ledger: Ledger) -> None:
    towns = ["411523101", "411523100", None]
    with writing(ledger) as book:
        for number in range(12):
            firm = book.firm(f"厂{number:02d}", towns[number % 3])
            for bank in ("农商行", "中行")[: 1 + number % 2]:
                matching = book.matching(firm, bank, day(11, 1 + number))
                if number % 4 == 0:
                    book.refusal(matching, day(11, 20))
                elif number % 4 == 1:
                    book.credit(matching, day(11, 20), number * WAN + 5000)
                    loan = book.loan(firm, bank, matching)
                    book.drawdown(loan, day(11, 21), WAN)
                    book.repayment(loan, day(11, 29), 4000)
        book.figure(120 * WAN, day(11, 30), division="411523101")
        book.figure(30 * WAN, day(11, 30), division="411523100")


@pytest.fixture
def reports(ledger: Ledger, forms: Forms) -> dict[str, Report]:
    filled(ledger)
    wanted = ("first_loan_ledger", "four_numbers")
    return {name: build(ledger, forms.get(name), month(2024, 11)) for name in wanted}


def numbers_of(report: Report) -> list[tuple[str, str]]:
    """Sheet and cell of the largest number of each column, of each total and of single cells."""
    found = []
    for block in report.blocks:
        for column in block.columns.values():
            counted = [n for n, value in enumerate(column.values) if isinstance(value, int)]
            largest = max(counted, key=column.values.__getitem__, default=0)
            cells = [block.cell(largest, column)] if len(block.places) else []
            found += [(block.sheet, c) for c in (*cells, *block.totals.values())]
    found += [(tab, c) for tab, cells in report.cells.items() for c in cells]
    return list(dict.fromkeys(
        (tab, c.name) for tab, c in found if isinstance(c.provenance, FromIndicator | FromRows)
    ))  # fmt: skip


def test_every_number_of_every_form_is_what_its_list_makes(ledger: Ledger, forms: Forms) -> None:
    filled(ledger)
    asked = 0
    for form in forms.forms.values():
        report = build(ledger, form, month(2024, 11), forms=forms)
        for sheet, name in numbers_of(report):
            cell = report.at(name, sheet)
            assert cell is not None
            origin = cell.provenance
            assert isinstance(origin, FromIndicator | FromRows)
            found = explain(ledger, report, name, sheet)
            assert found.agrees, (form.id, sheet, name, found.sentence)
            assert found.value == cell.text
            if origin.value is None or not _adds_up(origin):
                continue
            assert sum(row.amount for row in found.rows) == origin.value, (form.id, sheet, name)
            if found.unit == "户":
                firms = {row.enterprise for row in found.rows}
                assert len(found.rows) == origin.value == len(firms), (form.id, sheet, name)
            for row in found.rows:
                assert row.records, (form.id, sheet, name, row)
            asked += 1
    assert asked > 300


def _adds_up(origin: FromIndicator | FromRows) -> bool:
    """Whether the list behind a number makes it by adding: ratios, means and growth do not."""
    if isinstance(origin, FromRows):
        return True
    spec = find_indicator(origin.indicator)
    return (
        spec.adds_up and not spec.reported and origin.measure not in (OWED, OWED_SHARE, *COMPARED)
    )


def test_a_total_of_money_says_how_many_make_it(ledger: Ledger, reports: dict[str, Report]) -> None:
    report = reports["first_loan_ledger"]
    total = report.blocks[0].totals["F"]
    found = explain(ledger, report, total.name)
    assert found.title == "合计 · 授信金额（万元）"
    # firms 1, 5 and 9 with two banks each
    assert found.sentence == f"{total.text} 万元 = 6 行相加，涉及 3 户"
    assert all(record.ref.table == "credit" for row in found.rows for record in row.records)


def test_a_count_of_firms_lists_each_firm_once_with_all_its_records(
    ledger: Ledger, reports: dict[str, Report]
) -> None:
    report = reports["four_numbers"]
    found = explain(ledger, report, report.blocks[0].totals["C"].name)
    assert found.title == "合计 · 对接户数（本期）"
    assert found.value == "12"
    assert "一户多次" in found.definition
    assert found.period == "2024-11-01 至 2024-11-30"
    assert [row.name for row in found.rows if len(row.records) == 2] == [
        f"厂{n:02d}" for n in (1, 7, 3, 9, 5, 11)
    ]
    assert found.rows[-1].records[0].label == "银企对接、农商行"


def test_a_part_lists_its_own_firms_only(ledger: Ledger, reports: dict[str, Report]) -> None:
    report = reports["four_numbers"]
    row = next(r for r in report.blocks[0].rows if r.source.label == "新集镇")
    found = explain(ledger, report, row.cells["C"].name)
    assert found.title == "新集镇 · 对接户数（本期）"
    assert [firm.name for firm in found.rows] == ["厂01", "厂04", "厂07", "厂10"]


def test_a_reported_number_shows_its_source_and_who_reported(
    ledger: Ledger, reports: dict[str, Report]
) -> None:
    report = reports["four_numbers"]
    found = explain(ledger, report, report.blocks[0].totals["F"].name)
    assert found.value == "150.00"
    assert sorted(row.text for row in found.rows) == ["120.00", "30.00"]
    assert found.rows[0].name == "甲县工作专班、周丙"
    assert found.rows[0].records[0].label == "填报数，来源：月报"
    assert found.rows[0].enterprise is None


def test_a_text_cell_names_the_record_it_comes_from(
    ledger: Ledger, reports: dict[str, Report]
) -> None:
    found: Explanation = explain(ledger, reports["first_loan_ledger"], "d4")
    assert found.title == "第 1 行 厂00 · 对接企业名称"
    assert [record.ref.table for record in found.rows[0].records] == ["matching", "enterprise"]


def test_a_report_older_than_the_ledger_says_so(ledger: Ledger, reports: dict[str, Report]) -> None:
    report = reports["four_numbers"]
    with writing(ledger) as book:
        book.matching(book.firm("新来厂"), "农商行", day(11, 30))
    found = explain(ledger, report, report.blocks[0].totals["C"].name)
    assert (found.value, found.value_now, found.agrees) == ("12", 13, False)
    assert "重算" in found.sentence
    assert report.head != ledger.head()


def test_a_cell_that_the_program_does_not_fill_is_refused_in_words(
    ledger: Ledger, reports: dict[str, Report]
) -> None:
    with pytest.raises(UserError, match="Z99 不是这张表里由程序填的格子"):
        explain(ledger, reports["four_numbers"], "Z99")
