"""What the firm has to do with others: firms, banks, matchings, plans; each a way to go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger_desk.model.records import Bank, Cultivation, Enterprise, Loan, Matching, Relation
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

_MOST = 12


@dataclass(frozen=True)
class Link:
    """One record elsewhere: what it is to this firm, what it is called, and where it is."""

    what: str
    title: str
    table: str
    record: str


def read_links(ledger: Ledger, firm: str) -> list[Link]:
    """Read what a firm has to do with others."""
    if not firm:
        return []
    with ledger.read() as rows:
        own = rows.find(Query(Relation, (Where("enterprise", "=", firm),)), _MOST)
        others = rows.find(Query(Relation, (Where("other", "=", firm),)), _MOST)
        plans = rows.find(Query(Cultivation, (Where("enterprise", "=", firm),)), _MOST)
        met = rows.find(
            Query(Matching, (Where("enterprise", "=", firm),), sort=(("day", True),)), _MOST
        )
        loans = rows.find(Query(Loan, (Where("enterprise", "=", firm),)), _MOST)
        found = _firms(rows, own, others)
        lenders = [each.bank for each in met] + [each.bank for each in loans]
        banks = _named(rows, Bank, lenders)
    for plan in plans:
        found.append(Link("首贷培植", f"{plan.listed_on or ''} {plan.state or ''}".strip() or "方案", Cultivation.TABLE, plan.id))  # fmt: skip
    for each in met:
        found.append(Link("银企对接", f"{banks.get(each.bank, '银行')} {each.day or ''}".strip(), Matching.TABLE, each.id))  # fmt: skip
    found += [Link("银行", name, Bank.TABLE, record) for record, name in banks.items() if record]
    return found


def _firms(rows: Rows, own: list[Relation], others: list[Relation]) -> list[Link]:
    named = _named(
        rows, Enterprise, [each.other for each in own] + [each.enterprise for each in others]
    )
    found = [
        Link(each.kind or "关联企业", named[each.other], Enterprise.TABLE, str(each.other))
        for each in own
        if each.other in named
    ]
    found += [
        Link(f"本户是它的{each.kind or '关联企业'}", named[each.enterprise], Enterprise.TABLE, str(each.enterprise))
        for each in others
        if each.enterprise in named
    ]  # fmt: skip
    return found


def _named(rows: Rows, cls: Any, ids: list[str | None]) -> dict[str | None, str]:
    wanted = list(dict.fromkeys(record for record in ids if record))
    return {record: found.title for record, found in rows.many(cls, wanted).items()}
