"""Matchings of made-up firms with banks, month by month, with all that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record
from ledger_desk.model.money import FEN_PER_WAN, MILLIONTHS_PER_PERCENT
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Credit, Drawdown, Loan, Matching, Repayment
from ledger_desk.practice import parts
from ledger_desk.practice.efforts import BORROWER, Entry, new_id, some_need
from ledger_desk.practice.firms import Brief
from ledger_desk.practice.people import person_name

Rows = dict[type[Record], list[dict[str, Any]]]
_GRANTED, _REFUSED = 0.68, 0.90  # shares of decisions: granted, refused up to here, the rest waits
_ROUND = FEN_PER_WAN


def workdays_of(period: Period, today: date) -> list[date]:
    """Weekdays of a period that are not in the future; any days where there is none."""
    last = min(period.end, today)
    days = [period.start + timedelta(days=n) for n in range((last - period.start).days + 1)]
    return [day for day in days if day.weekday() < 5] or days


@dataclass
class Dealer:
    """Makes matchings with credits, loans, drawdowns and repayments.

    Attributes:
        today: Nothing happens after it.
        offices: Ids of the offices that report, with the usual one first.
        banks: Ids of the banks, each as often as its weight says.
        granted: Ids of white-list entries that got their loan in the month last made.
    """

    rng: Random
    today: date
    offices: Sequence[str]
    banks: Sequence[str]
    entries: Sequence[Entry]
    others: Sequence[Brief]
    granted: list[str] = field(default_factory=list)
    _contracts: int = 0
    _taken: set[tuple[str, str, date]] = field(default_factory=set)

    def month(self, period: Period, count: int) -> Rows:
        """Make the matchings of one month, and what follows from them up to today."""
        rows: Rows = defaultdict(list)
        self.granted = []
        days = workdays_of(period, self.today)
        for _ in range(count):
            entry = self.rng.choice(self.entries) if self.rng.random() < 0.7 else None
            firm = entry.firm if entry else self.rng.choice(self.others)
            self._deal(rows, firm, entry, self.rng.choice(days))
        return rows

    def before(self) -> Rows:
        """Make the loans that firms known as borrowers had already."""
        rows: Rows = defaultdict(list)
        for entry in self.entries:
            if entry.prior != BORROWER:
                continue
            signed = self.today - timedelta(days=self.rng.randrange(400, 1_400))
            if signed <= entry.firm.founded:
                continue
            amount = self.rng.choice((5, 10, 20, 30)) * FEN_PER_WAN
            loan = self._loan(
                rows, entry.firm.id, self.rng.choice(self.banks), None, signed, amount, 36
            )
            self.draw(rows, loan, signed, amount)
            self._repay(rows, loan, signed, amount)
        return rows

    # -- one matching ---------------------------------------------------------------------------

    def meet(
        self, rows: Rows, firm: Brief, entry: Entry | None, day: date, need: int, **more: Any
    ) -> str:
        """Add a matching; its bank is one that did not meet the firm on that day. Returns its id."""
        bank = self.rng.choice(self.banks)
        for other in self.banks:
            if (firm.id, bank, day) not in self._taken:
                break
            bank = other
        self._taken.add((firm.id, bank, day))
        made = {
            "id": new_id(self.rng),
            "office": self.offices[0]
            if self.rng.random() < 0.7
            else self.rng.choice(self.offices[1:]),
            "enterprise": firm.id,
            "bank": bank,
            "cultivation": entry.id if entry else None,
            "day": day,
            "method": self.rng.choice(words.MATCHING_METHODS[:5]),
            "manager": person_name(self.rng),
            "need": need,
            **more,
        }
        rows[Matching].append(made)
        return str(made["id"])

    def decide(self, rows: Rows, matching: str, day: date, amount: int | None, **more: Any) -> None:
        """Add a decision: granted with its amount (fen), or refused with a problem."""
        row: dict[str, Any] = {"id": new_id(self.rng), "matching": matching, "decided_on": day}
        if amount is None:
            row |= {"granted": False, "problem": self.rng.choice(parts.REFUSALS)}
        else:
            row |= {
                "granted": True, "amount": amount, "rate": self._rate(),
                "months": self.rng.choice((12, 24, 36)), "security": self._security(),
            }  # fmt: skip
        rows[Credit].append(row | more)

    def pay_out(self, rows: Rows, matching: str, day: date, *payments: tuple[date, int]) -> None:
        """Add the loan of a matching, signed on ``day``, with its drawdowns (day, fen)."""
        met = next(row for row in reversed(rows[Matching]) if row["id"] == matching)
        total = sum(amount for _, amount in payments)
        loan = self._loan(rows, met["enterprise"], met["bank"], matching, day, total, 12)
        for when, amount in payments:
            self.draw(rows, loan, when, amount)
        if (self.today - day).days > 60 and self.rng.random() < 0.4:
            self._repay(rows, loan, payments[0][0], total // 2)

    def _deal(self, rows: Rows, firm: Brief, entry: Entry | None, day: date) -> None:
        rng = self.rng
        need = entry.need if entry else some_need(rng, firm)
        matching = self.meet(rows, firm, entry, day, need)
        fate, decided = rng.random(), self._after(day, 1, 13)
        if decided is None or fate >= _REFUSED:
            return
        if fate >= _GRANTED:
            self.decide(rows, matching, decided, None)
            return
        amount = max(_ROUND, int(need * rng.choice((0.5, 0.6, 0.8, 1.0, 1.0))) // _ROUND * _ROUND)
        self.decide(rows, matching, decided, amount)
        signed = self._after(decided, 0, 8)
        if signed is None or rng.random() < 0.15:
            return
        payments = [(signed, amount)]
        second = self._after(signed, 10, 40)
        if rng.random() < 0.25 and second is not None and amount >= 2 * _ROUND:
            half = amount // 2 // _ROUND * _ROUND
            payments = [(signed, half), (second, amount - half)]
        self.pay_out(rows, matching, signed, *payments)
        if entry is not None:
            self.granted.append(entry.id)

    def _after(self, day: date, least: int, most: int) -> date | None:
        """A weekday some days later, None when that is still to come."""
        later = day + timedelta(days=self.rng.randrange(least, most))
        while later.weekday() >= 5 and later < self.today:
            later += timedelta(days=1)
        return later if later <= self.today else None

    def _loan(
        self,
        rows: Rows,
        firm: str,
        bank: str,
        matching: str | None,
        day: date,
        amount: int,
        months: int,
    ) -> str:
        self._contracts += 1
        loan = new_id(self.rng)
        rows[Loan].append(
            {
                "id": loan, "enterprise": firm, "bank": bank, "matching": matching,
                "contract": f"练习借字{day.year}第{self._contracts:05d}号", "signed_on": day,
                "due_on": day + timedelta(days=365 * months // 12), "amount": amount,
                "rate": self._rate(), "security": self._security(),
                "purpose": self.rng.choice(words.LOAN_PURPOSES[:6]),
            }
        )  # fmt: skip
        return loan

    def draw(self, rows: Rows, loan: str, day: date, amount: int) -> None:
        """Add a drawdown (fen) of a loan."""
        rows[Drawdown].append({"id": new_id(self.rng), "loan": loan, "day": day, "amount": amount})

    def _repay(self, rows: Rows, loan: str, drawn: date, most: int) -> None:
        """Pay back up to ``most`` fen in one or two parts between the drawdown and today."""
        days = (self.today - drawn).days
        for part in range(self.rng.randrange(1, 3)):
            day = drawn + timedelta(
                days=self.rng.randrange(days // 3 + part, max(days // 3 + part + 1, days))
            )
            amount = most // 3 // _ROUND * _ROUND
            if amount and day <= self.today:
                rows[Repayment].append(
                    {"id": new_id(self.rng), "loan": loan, "day": day, "amount": amount}
                )

    def _rate(self) -> int:
        """A yearly rate between 3.45 and 6.2 per cent, in steps of 0.05."""
        return self.rng.randrange(69, 125) * MILLIONTHS_PER_PERCENT // 20

    def _security(self) -> str:
        return self.rng.choice(
            ("信用", "信用", "信用", "保证", "抵押", "抵押", "质押", "担保公司担保")
        )
