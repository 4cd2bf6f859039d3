"""Entries into the ledger and out of it again: everything of one entry is one named step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Repayment,
)
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.pages.first_loan.draft import Draft, Payment

_TABLES = {"drawdown": Drawdown, "repayment": Repayment}
GROWING, GRANTED, LEFT = "培植中", "已获贷", "退出"


def save(ledger: Ledger, draft: Draft, before: Draft | None = None) -> str:
    """Write an entry as one step; gives the id of the matching.

    Args:
        ledger: Where it goes.
        draft: What stands in the form.
        before: What was read for editing; None for a new one.

    Raises:
        UserError: The ledger refuses it.
    """
    with ledger.read() as rows:
        name = name_of(rows, draft.enterprise, draft.bank)
    with ledger.step(f"{'记' if before is None else '改'}对接：{name}") as step:
        values: dict[str, Any] = {
            "office": draft.office, "enterprise": draft.enterprise, "bank": draft.bank,
            "cultivation": draft.cultivation or None, "day": draft.day, "note": draft.note,
        }  # fmt: skip
        if before is None:
            matching = step.create(Matching(**values))
        else:
            matching = before.id
            step.change(Matching, matching, values)
        _decide(step, matching, draft, before)
        _pay(step, matching, draft, before)
    return matching


def name_of(rows: Rows, enterprise: str | None, bank: str | None) -> str:
    """What to call a matching: 甲厂—农行."""
    firm, lender = rows.get(Enterprise, enterprise), rows.get(Bank, bank)
    parts = (firm.title if firm else "", (lender.short or lender.title) if lender else "")
    return "—".join(part for part in parts if part)


def _decide(step: Step, matching: str, draft: Draft, before: Draft | None) -> None:
    if draft.granted is None:
        if before is not None and before.credit:
            step.remove(Credit, before.credit)
        return
    values: dict[str, Any] = {
        "decided_on": draft.decided_on or draft.day, "granted": draft.granted,
        "amount": draft.amount, "security": draft.security, "problem": draft.problem,
        "estimated": True if draft.estimated else None,
    }  # fmt: skip
    if before is not None and before.credit:
        step.change(Credit, before.credit, values)
    else:
        step.create(Credit(matching=matching, **values))


def _pay(step: Step, matching: str, draft: Draft, before: Draft | None) -> None:
    wanted = [p for p in draft.payments if not p.is_empty]
    kept = {p.id for p in wanted if p.id}
    for old in before.payments if before is not None else ():
        if old.id not in kept:
            step.remove(_TABLES[old.kind], old.id)
    loan = before.loan if before is not None else ""
    if (
        loan
        and before is not None
        and (before.enterprise, before.bank) != (draft.enterprise, draft.bank)
    ):
        for each in step.rows.find(Query(Loan, (Where("matching", "=", matching),))):
            step.change(Loan, each.id, {"enterprise": draft.enterprise, "bank": draft.bank})
    for payment in wanted:
        if not loan:
            first = min((p.day for p in wanted if p.day is not None), default=None)
            loan = step.create(
                Loan(
                    enterprise=draft.enterprise, bank=draft.bank, matching=matching,
                    signed_on=first, security=draft.security,
                )
            )  # fmt: skip
        _pay_one(step, loan, payment)
    if draft.drawn > 0 and draft.cultivation:
        entry = step.rows.get(Cultivation, draft.cultivation)
        if entry is not None and entry.state == GROWING:
            step.change(Cultivation, entry.id, {"state": GRANTED})


def _pay_one(step: Step, loan: str, payment: Payment) -> None:
    values: dict[str, Any] = {"day": payment.day, "amount": payment.amount}
    if payment.kind == "drawdown":
        values["estimated"] = True if payment.estimated else None
    cls = _TABLES[payment.kind]
    if payment.id:
        step.change(cls, payment.id, values)
    else:
        step.create(cls(loan=loan, **values))


def remove_matchings(ledger: Ledger, matchings: Sequence[str]) -> tuple[str, str]:
    """Put matchings with decisions, loans and payments into the recycle bin, as one step.

    Returns:
        What was removed, and what went with it, in words.
    """
    with ledger.read() as rows:
        some = [m for m in rows.many(Matching, matchings).values() if not m.removed]
        name = (
            name_of(rows, some[0].enterprise, some[0].bank) if len(some) == 1 else f"{len(some)} 笔"
        )
        of = (Where("matching", "in", tuple(m.id for m in some)),)
        credits, loans = rows.find(Query(Credit, of)), rows.find(Query(Loan, of))
        under = (Where("loan", "in", tuple(loan.id for loan in loans)),)
        paid = rows.find(Query(Drawdown, under)) if loans else []
        back = rows.find(Query(Repayment, under)) if loans else []
    with ledger.step(f"删除对接：{name}") as step:
        for record in (*back, *paid, *loans, *credits, *some):
            step.remove(type(record), record.id)
    parts = [(len(credits), "次授信决定"), (len(paid), "笔放款"), (len(back), "笔还款")]
    went = "、".join(f"{count} {word}" for count, word in parts if count)
    return (
        f"已删除对接：{name}",
        f"连同 {went}，都在回收站里" if went else "在回收站里，随时可以恢复",
    )


def list_firms(ledger: Ledger, firms: Sequence[str], listed_on: date, **values: Any) -> list[str]:
    """Put firms on the white list, all as one step; gives the ids of the new entries."""
    with ledger.read() as rows:
        names = rows.many(Enterprise, list(firms))
    what = next(iter(names.values())).title if len(firms) == 1 else f"{len(firms)} 户"
    rows_ = [
        {"enterprise": firm, "listed_on": listed_on, "state": GROWING, **values} for firm in firms
    ]
    with ledger.step(f"加入培植名单：{what}") as step:
        return step.create_many(Cultivation, rows_)


def unlist(ledger: Ledger, entries: Sequence[str]) -> str:
    """Take entries off the list into the recycle bin, as one step; says what was done."""
    what = _what(ledger, entries)
    with ledger.step(f"移出培植名单：{what}") as step:
        step.change_many(Cultivation, [(entry, {"removed": True}) for entry in entries])
    return f"已移出培植名单：{what}"


def leave(ledger: Ledger, entries: Sequence[str], day: date, why: str) -> str:
    """Set entries to 退出 with the day and the reason, as one step; says what was done."""
    what = _what(ledger, entries)
    with ledger.step(f"退出培植：{what}") as step:
        values = {"state": LEFT, "left_on": day, "left_why": why}
        step.change_many(Cultivation, [(entry, values) for entry in entries])
    return f"已记退出培植：{what}"


def _what(ledger: Ledger, entries: Sequence[str]) -> str:
    if len(entries) != 1:
        return f"{len(entries)} 户"
    with ledger.read() as rows:
        entry = rows.get(Cultivation, entries[0])
        firm = rows.get(Enterprise, entry.enterprise) if entry is not None else None
        return firm.title if firm is not None else "1 户"
