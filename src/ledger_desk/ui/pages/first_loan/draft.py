"""One matching with all that hangs on it, as the entry form holds it: read from the ledger, or new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ledger_desk.model.records import Credit, Cultivation, Drawdown, Loan, Matching, Repayment
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

PaymentKind = Literal["drawdown", "repayment"]


@dataclass(frozen=True)
class Payment:
    """Money paid out or back; ``amount`` in fen, an empty ``id`` for one that is new.

    ``estimated``: the day was not given by anybody, the program put it.
    """

    kind: PaymentKind = "drawdown"
    day: date | None = None
    amount: int | None = None
    id: str = ""
    estimated: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return self.amount is None


@dataclass(frozen=True)
class Draft:
    """What stands in the entry form.

    Attributes:
        id: Id of the matching, empty for a new one.
        granted: True 是, False 否, None 未定.
        estimated: The day of the decision was not given: it is that of the matching.
        amount: Credit in fen.
        credit: Id of the decision that is edited (the last one), empty for none.
        others: How many earlier decisions there are besides.
        loan: Id of the loan that payments belong to, empty for none.
        cultivation: Open white-list entry of the firm, empty for none.
    """

    id: str = ""
    office: str | None = None
    enterprise: str | None = None
    bank: str | None = None
    day: date | None = None
    granted: bool | None = None
    decided_on: date | None = None
    estimated: bool = True
    amount: int | None = None
    security: str | None = None
    problem: str | None = None
    note: str | None = None
    payments: tuple[Payment, ...] = ()
    credit: str = ""
    others: int = 0
    loan: str = ""
    cultivation: str = ""

    @property
    def drawn(self) -> int:
        """Sum of the drawdowns, in fen."""
        return sum(p.amount or 0 for p in self.payments if p.kind == "drawdown")

    @property
    def repaid(self) -> int:
        """Sum of the repayments, in fen."""
        return sum(p.amount or 0 for p in self.payments if p.kind == "repayment")


def read_draft(ledger: Ledger, matching: str) -> Draft | None:
    """Read a matching with its last decision and all payments; None when it is gone."""
    with ledger.read() as rows:
        found = rows.get(Matching, matching)
        if found is None or found.removed:
            return None
        credits = rows.find(
            Query(Credit, (Where("matching", "=", matching),), sort=(("decided_on", False),))
        )
        loans = rows.find(Query(Loan, (Where("matching", "=", matching),)))
        payments = _payments(rows, [loan.id for loan in loans])
        last = credits[-1] if credits else None
        listed = open_entry(rows, found.enterprise, found.day)
    draft = Draft(
        id=found.id, office=found.office, enterprise=found.enterprise, bank=found.bank,
        day=found.day, note=found.note, payments=payments, loan=loans[-1].id if loans else "",
        cultivation=found.cultivation or (listed.id if listed else ""),
    )  # fmt: skip
    if last is None:
        return draft
    return replace(
        draft, credit=last.id, granted=last.granted, decided_on=last.decided_on,
        estimated=bool(last.estimated), amount=last.amount, security=last.security,
        problem=last.problem, others=len(credits) - 1,
    )  # fmt: skip


def _payments(rows: Rows, loans: list[str]) -> tuple[Payment, ...]:
    if not loans:
        return ()
    of = (Where("loan", "in", tuple(loans)),)
    found = [
        Payment("drawdown", d.day, d.amount, d.id, bool(d.estimated))
        for d in rows.find(Query(Drawdown, of))
    ]
    found += [Payment("repayment", r.day, r.amount, r.id) for r in rows.find(Query(Repayment, of))]
    # Drawdowns first: the first line of the form is one.
    return tuple(sorted(found, key=lambda p: (p.kind, p.day or date.min)))


def open_entry(rows: Rows, firm: str | None, day: date | None = None) -> Cultivation | None:
    """White-list entry of a firm that is open on a day (or at all); of several the last one."""
    if not firm:
        return None
    found = rows.find(
        Query(Cultivation, (Where("enterprise", "=", firm),), sort=(("listed_on", False),))
    )
    live = [
        k for k in found
        if k.state != "退出" and (day is None or k.left_on is None or k.left_on > day)
    ]  # fmt: skip
    return live[-1] if live else None


def same_contact(rows: Rows, draft: Draft) -> bool:
    """Whether the same firm and bank have another matching on the same day."""
    if not (draft.enterprise and draft.bank and draft.day):
        return False
    of = (
        Where("enterprise", "=", draft.enterprise),
        Where("bank", "=", draft.bank),
        Where("day", "=", draft.day),
    )
    return any(found.id != draft.id for found in rows.find(Query(Matching, of), 3))
