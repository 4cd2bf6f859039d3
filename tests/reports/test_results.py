"""The small matrix: 本期, 累计, 期末数 and 填报数 by township, from the same engine."""

from __future__ import annotations

from decimal import Decimal

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period, month
from ledger_desk.reports.build import build
from ledger_desk.reports.checks import check
from ledger_desk.reports.shapes import Report
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, day, writing

NOVEMBER = month(2024, 11)


def made(ledger: Ledger, forms: Forms, period: Period = NOVEMBER) -> Report:
    return build(ledger, forms.get("four_numbers"), period)


def by_name(report: Report) -> dict[str, list[object]]:
    block = report.blocks[0]
    found: dict[str, list[object]] = {
        row.source.label: [row.cells[at].value for at in "CDEF"] for row in block.rows
    }
    found["合计"] = [block.totals[at].value for at in "CDEF"]
    return found


def filled(ledger: Ledger) -> None:
    with writing(ledger) as book:
        sand, new, nowhere = (
            book.firm("沙窝茶厂", "411523101"), book.firm("新集竹器", "411523100"), book.firm("无址商行", None),
        )  # fmt: skip
        park = book.firm("园区电子", "开发区")
        for firm, on in (
            (sand, day(10, 8)),
            (sand, day(11, 8)),
            (new, day(11, 9)),
            (park, day(11, 9)),
        ):
            book.matching(firm, "农商行", on)
        old = book.matching(new, "中行", day(9, 30))
        book.credit(old, day(9, 30), 10 * WAN)  # the day before the mechanism began
        book.credit(book.matching(nowhere, "中行", day(10, 2)), day(10, 3), 20 * WAN)
        loan = book.loan(sand, "农商行")
        book.drawdown(loan, day(3, 1, 2019), 50 * WAN)
        book.repayment(loan, day(11, 30), 20 * WAN)
        book.repayment(loan, day(12, 1), 5 * WAN)


def test_each_measure_counts_its_own_days(ledger: Ledger, forms: Forms) -> None:
    filled(ledger)
    numbers = by_name(made(ledger, forms))
    assert numbers["沙窝镇"] == [1, 0, Decimal("30.00"), None]
    assert numbers["新集镇"] == [1, 0, Decimal("0.00"), None]
    assert numbers["合计"] == [3, 1, Decimal("30.00"), None]


def test_all_sixteen_townships_stand_there_and_what_fits_none_has_a_row_of_its_own(
    ledger: Ledger, forms: Forms
) -> None:
    filled(ledger)
    report = made(ledger, forms)
    labels = [row.source.label for row in report.blocks[0].rows]
    assert len(labels) == 18
    assert labels[0] == "金兰山街道"
    assert labels[16:] == ["开发区", "未填乡镇（街道）"]
    numbers = by_name(report)
    assert numbers["开发区"][0] == 1
    assert numbers["未填乡镇（街道）"] == [0, 1, Decimal("0.00"), None]
    for place in range(3):
        parts = [row[place] for name, row in numbers.items() if name != "合计"]
        assert sum(part for part in parts if part is not None) == numbers["合计"][place]  # type: ignore[misc]


def test_a_reported_number_stands_with_its_township_and_the_latest_report_counts(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        book.figure(100 * WAN, day(11, 10), division="411523101")
        book.figure(120 * WAN, day(11, 30), division="411523101")
        book.figure(7 * WAN, day(11, 30), division="411523100")
        book.figure(
            999 * WAN, day(10, 31), division="411523102"
        )  # last month's is not this month's
    numbers = by_name(made(ledger, forms))
    assert numbers["沙窝镇"][3] == Decimal("120.00")
    assert numbers["吴陈河镇"][3] is None
    assert numbers["合计"][3] == Decimal("127.00")


def test_a_number_for_the_whole_wins_over_its_parts(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        book.figure(120 * WAN, day(11, 30), division="411523101")
        book.figure(70 * WAN, day(11, 30), bank="农商行")
        book.figure(500 * WAN, day(11, 30))
    numbers = by_name(made(ledger, forms))
    assert (numbers["沙窝镇"][3], numbers["合计"][3]) == (Decimal("120.00"), Decimal("500.00"))


def test_a_missing_report_is_blank_and_has_to_be_explained(ledger: Ledger, forms: Forms) -> None:
    (finding,) = check(ledger, made(ledger, forms)).findings
    assert (finding.grade, finding.cell) == ("explain", "F22")
    assert finding.sentence == "普惠型小微企业贷款余额：2024年11月没有填报数，F22 留空，不当作 0。"
    with writing(ledger) as book:
        book.figure(120 * WAN, day(11, 30), division="411523101")
    (finding,) = check(ledger, made(ledger, forms)).findings
    assert (
        "有 15 行没有填报数（金兰山街道、新集镇、吴陈河镇、苏河镇、八里畈镇 等）"
        in finding.sentence
    )


def test_repaid_more_than_drawn_names_the_firm(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm = book.firm("沙窝茶厂")
        book.repayment(book.loan(firm, "农商行"), day(11, 3), 3 * WAN)
        book.figure(WAN, day(11, 30))
    (finding,) = check(ledger, made(ledger, forms)).findings
    assert (
        finding.sentence
        == "沙窝茶厂：到 2024-11-30 放款减还款为 -3.00 万元，期末贷款余额因此偏小。"
    )
    assert finding.records[0].record == firm


def test_a_small_office_needs_fewer_rows_than_the_blank_has(ledger: Ledger, forms: Forms) -> None:
    from dataclasses import replace

    from ledger_desk.model.records import Office

    with ledger.step("改") as step:
        step.change(Office, ledger.office.id, {"division": "411523101"})
    ledger.office = replace(ledger.office, division="411523101")
    report = made(ledger, forms)
    assert [row.source.label for row in report.blocks[0].rows] == ["沙窝镇"]
    assert report.blocks[0].totals["C"].name == "C7"
    assert report.at("E9") is not None, "填表人 moved up with the rows that were taken out"
