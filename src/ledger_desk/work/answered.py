"""What the ledger holds of a bank's answers: one `Answered` for each referral, read in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from ledger_desk.model.bank_answers import (
    ASKED,
    GIVEN_UP,
    GRANTED,
    OF_REFERRAL,
    PENDING,
    REFUSED,
)
from ledger_desk.model.fields import Record
from ledger_desk.model.financing import Credit, Drawdown, Loan, Matching, Repayment
from ledger_desk.model.records import Referral
from ledger_desk.store.queries import Query, Rows, Where

R = TypeVar("R", bound=Record)


@dataclass
class Answered:
    """One referral with all that the bank has told.

    Attributes:
        referral: The referral.
        matching: The contact that the decision hangs on; the first one where there is none.
        credit: The decision that holds: the last one that granted, else the last one.
        loan: The last loan.
        drawdowns: Money paid out, by day.
        repayments: Money paid back, by day.
        values: The answer as it stands; names without a value are left out.
    """

    referral: Referral
    matching: Matching | None = None
    credit: Credit | None = None
    loan: Loan | None = None
    drawdowns: list[Drawdown] = field(default_factory=list)
    repayments: list[Repayment] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def drawn(self) -> int:
        """Sum of the drawdowns, in fen."""
        return sum(each.amount or 0 for each in self.drawdowns)


def read_answered(rows: Rows, referrals: Sequence[str]) -> dict[str, Answered]:
    """Read referrals with what hangs on them, by id; unknown ones are left out."""
    found = {each.id: Answered(each) for each in rows.many(Referral, list(referrals)).values()}
    if not found:
        return {}
    met = _of(rows, Matching, "referral", found)
    credits = _of(rows, Credit, "matching", [m.id for m in met])
    loans = _of(rows, Loan, "matching", [m.id for m in met])
    paid = _of(rows, Drawdown, "loan", [loan.id for loan in loans])
    back = _of(rows, Repayment, "loan", [loan.id for loan in loans])
    by_matching = {
        m.id: m for m in sorted(met, key=lambda m: (m.day or date.max, m.id), reverse=True)
    }
    for matching in by_matching.values():  # the first contact comes last and stays
        found[str(matching.referral)].matching = matching
    for credit in sorted(credits, key=_standing):
        one = found[str(by_matching[str(credit.matching)].referral)]
        one.credit, one.matching = credit, by_matching[str(credit.matching)]
    places: dict[str, Answered] = {}
    for loan in sorted(loans, key=lambda each: (each.signed_on or date.min, each.id)):
        one = places[loan.id] = found[str(by_matching[str(loan.matching)].referral)]
        one.loan = loan
    for drawdown in sorted(paid, key=lambda d: (d.day or date.min, d.id)):
        places[str(drawdown.loan)].drawdowns.append(drawdown)
    for repayment in sorted(back, key=lambda r: (r.day or date.min, r.id)):
        places[str(repayment.loan)].repayments.append(repayment)
    for one in found.values():
        one.values = _values(one)
    return found


def _standing(credit: Credit) -> tuple[bool, date, str]:
    return (bool(credit.granted), credit.decided_on or date.min, credit.id)


def _of(rows: Rows, cls: type[R], field_name: str, ids: Any) -> list[R]:
    some = tuple(ids)
    return rows.find(Query(cls, (Where(field_name, "in", some),))) if some else []


def _values(one: Answered) -> dict[str, Any]:
    referral, credit, matching = one.referral, one.credit, one.matching
    found: dict[str, Any] = {name: getattr(referral, name) for name in OF_REFERRAL}
    if matching is not None:
        found |= {"contacted_on": matching.day, "method": matching.method}
    if credit is not None:
        found["decision"] = GRANTED if credit.granted else REFUSED
        for asked in ASKED:
            if asked.cls is Credit and asked.name != "decision":
                found[asked.name] = getattr(credit, asked.spec.name)
    elif referral.given_up_on is not None:
        found |= {
            "decision": GIVEN_UP, "decided_on": referral.given_up_on,
            "problem": referral.given_up_why,
        }  # fmt: skip
    elif referral.answered_on is not None:
        found["decision"] = PENDING
    if one.loan is not None:
        for asked in ASKED:
            if asked.cls is Loan:
                found[asked.name] = getattr(one.loan, asked.spec.name)
    if one.drawdowns:
        found |= {"drawn_on": one.drawdowns[-1].day, "drawn": one.drawdowns[-1].amount}
    if one.repayments:
        found |= {"repaid_on": one.repayments[-1].day, "repaid": one.repayments[-1].amount}
    return {name: value for name, value in found.items() if value not in (None, "")}
