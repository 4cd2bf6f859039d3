"""Rows of the 工作台帐: one for each matching with an event in the period (`decisions.md` 22)."""

from __future__ import annotations

from decimal import Decimal

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period, month
from ledger_desk.reports.build import build
from ledger_desk.reports.shapes import FromRecords, Report
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, day, writing

OCTOBER, NOVEMBER = month(2024, 10), month(2024, 11)


def table(report: Report) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in report.blocks[0].rows]


def made(ledger: Ledger, forms: Forms, period: Period, office: str | None = None) -> Report:
    return build(ledger, forms.get("first_loan_ledger"), period, office=office)


def test_a_matching_fills_the_ten_columns_in_their_order(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm = book.firm("丰禾茶业专业合作社")
        matching = book.matching(firm, "新县农商行", day(10, 8), note="待补资料")
        book.credit(matching, day(10, 12), 80 * WAN, "抵押")
        loan = book.loan(firm, "新县农商行", matching)
        book.drawdown(loan, day(10, 20), 25 * WAN)
        book.drawdown(loan, day(10, 31), 35 * WAN)
    report = made(ledger, forms, OCTOBER)
    assert list(report.blocks[0].rows[0].cells) == list("ABCDEFGHIJ")
    assert table(report) == [
        ["甲县工作专班", "2024-10-08", "新县农商行", "丰禾茶业专业合作社", "是", "80.00", "抵押", "", "60.00", "待补资料"]
    ]  # fmt: skip


def test_an_older_matching_repeats_with_the_amounts_of_the_period_only(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        matching = book.matching(firm, "农商行", day(10, 8), note="二期")
        book.credit(matching, day(10, 12), 80 * WAN)
        book.drawdown(book.loan(firm, "农商行", matching), day(11, 3), 30 * WAN)
    (october,), (november,) = (table(made(ledger, forms, p)) for p in (OCTOBER, NOVEMBER))
    assert october[4:] == ["是", "80.00", "信用", "", "", "二期"]
    assert november[1] == "2024-10-08"
    assert november[4:] == [
        "是",
        "",
        "信用",
        "",
        "30.00",
        "10月8日对接；10月12日授信80.00万元；二期",
    ]


def test_a_decision_after_the_month_of_contact_repeats_with_the_day_of_contact(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        matching = book.matching(book.firm("甲厂"), "农商行", day(12, 30, 2023))
        book.credit(matching, day(1, 5), 10 * WAN)
    (january,) = table(made(ledger, forms, month(2024, 1)))
    assert january[5] == "10.00"
    assert january[9] == "2023年12月30日对接"


def test_a_note_that_tells_the_day_already_is_not_doubled(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        matching = book.matching(
            book.firm("甲厂"), "农商行", day(10, 8), note="10月8日对接，老客户"
        )
        book.credit(matching, day(11, 5), 10 * WAN)
    (november,) = table(made(ledger, forms, NOVEMBER))
    assert november[9] == "10月8日对接，老客户"


def test_undecided_is_blank_and_not_no(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        book.matching(book.firm("甲厂"), "农商行", day(10, 8))
        decided_later = book.matching(book.firm("乙厂"), "农商行", day(10, 9))
        book.refusal(decided_later, day(11, 2), "缺担保")
    rows = made(ledger, forms, OCTOBER).blocks[0].rows
    assert [row.cells["E"].value for row in rows] == [None, None]
    (november,) = table(made(ledger, forms, NOVEMBER))
    assert november[4:9] == ["否", "", "", "缺担保", ""]


def test_the_problem_is_printed_only_for_a_refusal(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        matching = book.matching(book.firm("甲厂"), "农商行", day(10, 8))
        book.credit(matching, day(10, 9), 5 * WAN, problem="缺抵押")
    (row,) = table(made(ledger, forms, OCTOBER))
    assert row[7] == ""


def test_a_refusal_that_became_a_grant_counts_as_granted_with_the_granted_amount(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        matching = book.matching(book.firm("甲厂"), "农商行", day(10, 8))
        book.refusal(matching, day(10, 9), "缺抵押", amount=7 * WAN)
        book.credit(matching, day(10, 25), 5 * WAN, "担保公司担保")
    (row,) = table(made(ledger, forms, OCTOBER))
    assert row[4:8] == ["是", "5.00", "担保公司担保", ""]


def test_the_first_and_the_last_day_belong_to_the_period(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        for number, on in enumerate((day(9, 30), day(10, 1), day(10, 31), day(11, 1))):
            book.matching(book.firm(f"厂{number}"), "农商行", on)
    assert [row[3] for row in table(made(ledger, forms, OCTOBER))] == ["厂1", "厂2"]


def test_rows_come_by_office_day_bank_and_firm(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        other = book.other_office("乙县支行")
        for name, bank, on, office in (
            ("丙", "农商行", day(10, 9), None),
            ("乙", "农商行", day(10, 8), None),
            ("甲", "农商行", day(10, 8), None),
            ("丁", "中行", day(10, 8), None),
            ("戊", "中行", day(10, 1), other),
        ):
            book.matching(book.firm(name), bank, on, office=office)
    report = made(ledger, forms, OCTOBER)
    rows = [(row[0], row[1][8:], row[2], row[3]) for row in table(report)]
    assert rows == sorted(rows)
    assert [row.number for row in report.blocks[0].rows] == [1, 2, 3, 4, 5]
    own = made(ledger, forms, OCTOBER, office=other)
    assert [row[3] for row in table(own)] == ["戊"]
    assert own.office_name == "乙县支行"


def test_removed_records_leave_the_table(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firms = [book.firm(name) for name in ("甲", "乙", "丙")]
        matchings = [book.matching(firm, "农商行", day(10, 8)) for firm in firms]
        credits = [book.credit(m, day(10, 9), WAN) for m in matchings]
    with ledger.step("移除") as step:
        from ledger_desk.model.records import Credit, Enterprise, Matching

        step.remove(Credit, credits[0])
        step.remove(Matching, matchings[1])
        step.remove(Enterprise, firms[2])
    (row,) = table(made(ledger, forms, OCTOBER))
    assert row[3:6] == ["甲", "", ""]


def test_each_cell_names_its_records(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        matching = book.matching(firm, "农商行", day(10, 8))
        credit = book.credit(matching, day(10, 12), 80 * WAN)
        loan = book.loan(firm, "农商行", matching)
        drawn = [book.drawdown(loan, day(10, 20), WAN), book.drawdown(loan, day(10, 21), WAN)]
    (row,) = made(ledger, forms, OCTOBER).blocks[0].rows

    def ids(at: str) -> list[str]:
        origin = row.cells[at].provenance
        assert isinstance(origin, FromRecords)
        return [ref.record for ref in origin.records]

    assert (ids("B"), ids("D"), ids("F"), ids("I")) == (
        [matching],
        [matching, firm],
        [credit],
        drawn,
    )


def test_money_is_rounded_half_up_to_two_decimals_and_the_total_from_the_exact_amounts(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        for number in range(3):
            matching = book.matching(book.firm(f"厂{number}"), "农商行", day(10, 8 + number))
            book.credit(
                matching, day(10, 12), 4_515_000
            )  # 4.515 万元, which floats and half-even would round down
    report = made(ledger, forms, OCTOBER)
    block = report.blocks[0]
    assert [row.cells["F"].value for row in block.rows] == [Decimal("4.52")] * 3
    assert block.totals["F"].value == Decimal("13.55"), "13.545, not three times 4.52"
    with writing(ledger) as book:
        matching = book.matching(book.firm("厂3"), "农商行", day(10, 20))
        book.credit(matching, day(10, 20), 5_000)  # half a hundredth of 万元 goes up
    assert made(ledger, forms, OCTOBER).blocks[0].rows[-1].cells["F"].value == Decimal("0.01")


def test_totals_count_distinct_firms_and_say_so_where_a_firm_stands_twice(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        for bank in ("农商行", "中行"):
            book.credit(book.matching(firm, bank, day(10, 8)), day(10, 9), 10 * WAN)
        book.refusal(book.matching(book.firm("乙厂"), "中行", day(10, 9)), day(10, 10))
    totals = made(ledger, forms, OCTOBER).blocks[0].totals
    assert {at: cell.value for at, cell in totals.items()} == {
        "D": 2, "E": 1, "F": Decimal("20.00"), "H": 1, "I": Decimal("0.00"),
    }  # fmt: skip


def test_an_empty_period_is_an_empty_official_table_with_a_word(
    ledger: Ledger, forms: Forms
) -> None:
    report = made(ledger, forms, OCTOBER)
    assert report.rows == 0
    word = report.at("J4")
    assert word is not None
    assert word.text == "本期无对接"
    assert report.blocks[0].totals["I"].text == "0.00"
