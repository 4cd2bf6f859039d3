"""首贷: no loan from any bank in the years before, told from the records and a dated check."""

from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.model.periods import Period, month
from ledger_desk.reports.indicators import INDICATORS, window_of
from ledger_desk.store.counting.totals import Number, numbers
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, day, writing

SINCE = date(2020, 9, 1)
OCTOBER = month(2024, 10)


def counted(
    ledger: Ledger, period: Period = OCTOBER, measure: str = "本期"
) -> tuple[int, int, int]:
    """首贷户数, 首贷金额 in 万元, 首贷未核户数."""
    found = []
    with ledger.read() as rows:
        for name in ("first_loan_firms", "first_loan_amount", "unchecked_first_firms"):
            spec = INDICATORS[name]
            number = numbers(rows, spec.events, window_of(measure, period, SINCE)).get("", Number())
            found.append(spec.value_of(number))
    return found[0], found[1] // WAN, found[2]


def test_a_first_drawdown_with_a_check_before_it_is_a_first_loan(ledger: Ledger) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, prior_loan="无贷", checked_on=day(10, 8))
        loan = book.loan(firm, "农商行")
        book.drawdown(loan, day(10, 8), 30 * WAN)
        book.drawdown(loan, day(10, 9), 20 * WAN)
        book.drawdown(book.loan(firm, "中行"), day(10, 20), 10 * WAN)
    assert counted(ledger) == (1, 30, 0), "only the first drawdown is the first loan"
    assert counted(ledger, month(2024, 11)) == (0, 0, 0)
    assert counted(ledger, month(2024, 11), "启动以来累计") == (1, 30, 0)


@pytest.mark.parametrize(
    ("check", "on"), [(None, None), ("未核", day(10, 1)), ("无贷", None), ("无贷", day(10, 9))]
)
def test_without_a_check_before_it_the_firm_is_counted_apart(
    ledger: Ledger, check: str | None, on: date | None
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, prior_loan=check, checked_on=on)
        book.drawdown(book.loan(firm, "农商行"), day(10, 8), 30 * WAN)
    assert counted(ledger) == (0, 0, 1)


def test_a_check_that_found_a_loan_rules_it_out(ledger: Ledger) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, prior_loan="有贷", checked_on=day(10, 1))
        book.drawdown(book.loan(firm, "农商行"), day(10, 8), 30 * WAN)
    assert counted(ledger) == (0, 0, 0)


@pytest.mark.parametrize(
    ("signed", "due", "first"),
    [
        (date(2018, 1, 1), date(2019, 10, 7), True),
        (date(2018, 1, 1), date(2019, 10, 8), False),
        (date(2019, 10, 7), None, True),
        (date(2023, 1, 1), None, False),
        (date(2024, 10, 8), None, True),  # signed the same day is not before
    ],
)
def test_an_older_loan_rules_it_out_within_five_years(
    ledger: Ledger, signed: date, due: date | None, first: bool
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, prior_loan="无贷", checked_on=day(10, 1))
        book.loan(firm, "中行", signed_on=signed, due_on=due)
        book.drawdown(book.loan(firm, "农商行"), day(10, 8), 30 * WAN)
    assert counted(ledger)[0] == first


def test_a_contract_that_was_never_drawn_is_no_loan_before(ledger: Ledger) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, prior_loan="无贷", checked_on=day(10, 1))
        matching = book.matching(firm, "中行", day(9, 2))
        book.loan(firm, "中行", matching, signed_on=day(9, 9))  # of a matching, not drawn
        later = book.loan(firm, "建行", signed_on=day(9, 9))
        book.drawdown(later, day(10, 30), WAN)  # drawn only after the first loan
        book.drawdown(book.loan(firm, "农商行"), day(10, 8), 30 * WAN)
    assert counted(ledger) == (1, 30, 0)
