"""One row of the 工作台帐 for each matching with an event in the period (`decisions.md` 22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.days import print_day, print_month_day
from ledger_desk.model.money import rounded_wan
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Credit, Drawdown
from ledger_desk.reports.shapes import Ref, SourceRow, ref_of
from ledger_desk.store.contacts import Contact, contacts
from ledger_desk.store.queries import Rows


@dataclass(frozen=True)
class ContactFacts:
    """What the rules need of a matching beyond what stands in its row; money in fen.

    Attributes:
        decision: The last decision up to the period's end; None: the bank has not decided.
        decided_now: That decision lies in the period.
        credit: Sum of the credits granted up to the end.
        drawn_before: Drawn before the period.
        drawn: Sum of the drawdowns up to the end.
        problem: The problem on record, shown or not.
    """

    contact: Contact
    decision: Credit | None
    decided_now: bool
    credit: int
    drawn_before: int
    drawn: int
    problem: str | None

    @property
    def granted(self) -> bool | None:
        """是 or 否 as it stands at the end; None while undecided."""
        return None if self.decision is None else self.decision.granted


def _facts(contact: Contact, period: Period) -> ContactFacts:
    decision = contact.credits[-1] if contact.credits else None
    before = [d for d in contact.drawdowns if d.day is not None and d.day < period.start]
    return ContactFacts(
        contact,
        decision,
        decision is not None and decision.decided_on in period,
        _sum(c.amount for c in contact.credits if c.granted),
        _sum(d.amount for d in before),
        _sum(d.amount for d in contact.drawdowns),
        decision.problem if decision is not None else None,
    )


def _sum(amounts: Iterable[int | None]) -> int:
    return sum(amount for amount in amounts if amount is not None)


def read_contacts(rows: Rows, period: Period, office: str | None) -> list[SourceRow]:
    """Read the rows of a period, ordered by office, day, bank and firm.

    是否授信, 担保情况 and 存在的主要问题 tell how the matching stands on the last day; both amounts
    are the period's own, so that months add up.
    """
    made = [_row(contact, period) for contact in contacts(rows, period.start, period.end, office)]
    return sorted(made, key=_order)


def _order(row: SourceRow) -> tuple[object, ...]:
    day = row.values["day"]
    return (
        row.values["office"] or "",
        day if isinstance(day, date) else date.max,
        row.values["bank"] or "",
        row.label,
        row.key,
    )


def _row(contact: Contact, period: Period) -> SourceRow:
    facts = _facts(contact, period)
    matching, firm, decision = contact.matching, contact.firm, facts.decision
    decided = [c for c in contact.credits if c.decided_on in period]
    # A refusal with an amount is a contradiction that is shown, not hidden: the rules name it.
    told = [c for c in decided if c.granted] or ([decided[-1]] if decided else [])
    drawn = [d for d in contact.drawdowns if d.day in period]
    secured = next((c for c in reversed(contact.credits) if c.granted), decision)
    refused = decision is not None and decision.granted is False
    own = ref_of(matching)
    return SourceRow(
        key=matching.id,
        label=firm.title,
        values={
            "office": contact.office.name if contact.office else None,
            "day": matching.day,
            "bank": contact.bank.name if contact.bank else None,
            "enterprise": firm.title,
            "code": firm.code or firm.regno or firm.internal_no,
            "granted": facts.granted,
            "credit_amount": _known_sum(told),
            "security": secured.security if secured else None,
            "problem": facts.problem if refused else None,
            "drawn_amount": _known_sum(drawn),
            "note": _note(facts, period),
        },
        records={
            "office": (own,),
            "day": (own,),
            "bank": (own,),
            "enterprise": (own, ref_of(firm)),
            "code": (ref_of(firm),),
            "granted": (ref_of(decision),) if decision else (own,),
            "credit_amount": tuple(ref_of(c) for c in told) or (own,),
            "security": (ref_of(secured),) if secured else (own,),
            "problem": (ref_of(decision),) if decision else (own,),
            "drawn_amount": tuple(ref_of(d) for d in drawn) or (own,),
            "note": (own,),
        },
        enterprise=Ref("enterprise", firm.id),
        facts=facts,
    )


def _known_sum(found: list[Credit] | list[Drawdown]) -> int | None:
    """Sum what is known in fen; None where no amount is known, which is not the same as 0."""
    amounts = [record.amount for record in found if record.amount is not None]
    return sum(amounts) if amounts else None


def _note(facts: ContactFacts, period: Period) -> str | None:
    """Join ``×月×日对接`` of an older matching, its earlier credit, and its own note.

    The earlier credit is told where this period only has its drawdown: else 是 beside an empty
    授信金额 and a 放款金额 would look like a mistake to the reader above.
    """
    contact, parts = facts.contact, []
    matching = contact.matching
    if matching.day is not None and matching.day not in period:
        parts.append(f"{_short(matching.day, period)}对接")
    granted = [c for c in contact.credits if c.granted and c.amount]
    if granted and not any(c.decided_on in period for c in contact.credits):
        last = granted[-1]
        amount = f"{rounded_wan(_sum(c.amount for c in granted)):f}"
        if last.decided_on is not None:
            parts.append(f"{_short(last.decided_on, period)}授信{amount}万元")
    own = matching.note or ""
    parts = [part for part in parts if part not in own]
    return "；".join([*parts, own] if own else parts) or None


def _short(day: date, period: Period) -> str:
    return print_month_day(day) if day.year == period.end.year else print_day(day)
