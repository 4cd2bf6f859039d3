"""What a clerk must learn to deal with: this month's matchings that the checks speak about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Loan
from ledger_desk.practice.dealings import Dealer, Rows, workdays_of
from ledger_desk.practice.firms import Brief


def two_months_ago(dealer: Dealer, firm: Brief, period: Period) -> tuple[Rows, str]:
    """A matching of two months ago that this month draws again. Returns its rows and its loan's id."""
    rows: Rows = defaultdict(list)
    day = workdays_of(period.previous().previous(), dealer.today)[0]
    matching = dealer.meet(rows, firm, None, day, 80 * FEN_PER_WAN)
    decided = day + timedelta(days=7)
    dealer.decide(rows, matching, decided, 80 * FEN_PER_WAN)
    dealer.pay_out(rows, matching, decided, (decided, 50 * FEN_PER_WAN))
    return rows, str(rows[Loan][-1]["id"])


def this_month(dealer: Dealer, firms: Sequence[Brief], period: Period, older_loan: str) -> Rows:
    """One matching of each odd kind, by firms whose names hold rare characters where there are any.

    In order: a drawdown above the credit (须说明), a credit without 担保 (必改), one undecided
    (须说明), one refused with its problem, one granted and paid out as it should be; and the new
    drawdown of the older matching.
    """
    rows: Rows = defaultdict(list)
    days = workdays_of(period, dealer.today)
    day, last = days[0], days[-1]
    wan = FEN_PER_WAN
    above, unsecured, waiting, refused, plain = (firms[n % len(firms)] for n in range(5))

    matching = dealer.meet(rows, above, None, day, 30 * wan)
    dealer.decide(rows, matching, day, 30 * wan, security="信用")
    dealer.pay_out(rows, matching, day, (_middle(day, last), 20 * wan), (last, 16 * wan))

    matching = dealer.meet(rows, unsecured, None, day, 20 * wan)
    dealer.decide(rows, matching, last, 20 * wan, security=None)

    dealer.meet(rows, waiting, None, last, 50 * wan)

    matching = dealer.meet(rows, refused, None, day, 15 * wan)
    dealer.decide(rows, matching, last, None)

    matching = dealer.meet(rows, plain, None, day, 100 * wan)
    dealer.decide(rows, matching, last, 60 * wan, security="担保公司担保")
    dealer.pay_out(rows, matching, last, (last, 60 * wan))

    dealer.draw(rows, older_loan, last, 30 * wan)
    return rows


def _middle(first: date, last: date) -> date:
    return first + (last - first) // 2
