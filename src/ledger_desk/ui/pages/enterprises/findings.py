"""What the details show of one enterprise, read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.fields import fields_of
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.reviewing import HistoryItem


@dataclass(frozen=True)
class Event:
    """One line of the time line: day, mark, what happened, and more words."""

    day: date | None
    mark: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Details:
    """A firm with everything its pane needs."""

    firm: Enterprise
    size: str
    complete: int
    missing: tuple[str, ...]
    required: int
    state: str
    granted: int
    drawn: int
    events: tuple[Event, ...]
    history: tuple[HistoryItem, ...]


def read_details(ledger: Ledger, record: str) -> Details | None:
    """Read a firm and what hangs on it; None when it is gone."""
    with ledger.read() as rows:
        firm = rows.get(Enterprise, record)
        if firm is None:
            return None
        size, complete = rows.computed([record]).get(record, ("", 0))
        listed = rows.find(
            Query(Cultivation, (Where("enterprise", "=", record),), sort=(("listed_on", True),))
        )
        matchings = rows.find(
            Query(Matching, (Where("enterprise", "=", record),), sort=(("day", True),))
        )
        credits = _by(
            rows.find(Query(Credit, (_among("matching", [m.id for m in matchings]),))), "matching"
        )
        loans = rows.find(Query(Loan, (Where("enterprise", "=", record),)))
        drawn = rows.find(Query(Drawdown, (_among("loan", [loan.id for loan in loans]),)))
        events = _events(rows, listed, matchings, credits, loans, _by(drawn, "loan"))
    required = [spec for spec in fields_of(Enterprise) if spec.required]
    missing = tuple(spec.label for spec in required if getattr(firm, spec.name) in (None, ""))
    return Details(
        firm, size, complete, missing, len(required),
        (listed[0].state or "培植中") if listed else "",
        sum(c.amount or 0 for some in credits.values() for c in some if isinstance(c, Credit) and c.granted),
        sum(d.amount or 0 for d in drawn),
        events, tuple(ledger.history(record)),
    )  # fmt: skip


def _among(field: str, ids: list[str]) -> Where:
    return Where(field, "in", tuple(ids) or ("",))


def _by(records: Iterable[object], field: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = defaultdict(list)
    for record in records:
        found[getattr(record, field)].append(record)
    return found


def _events(
    rows: Rows,
    listed: list[Cultivation],
    matchings: list[Matching],
    credits: dict[str, list[object]],
    loans: list[Loan],
    drawn: dict[str, list[object]],
) -> tuple[Event, ...]:
    """All that happened, newest first."""
    wanted = {str(m.bank) for m in matchings if m.bank} | {
        str(loan.bank) for loan in loans if loan.bank
    }
    banks = {
        record: bank.short or bank.title for record, bank in rows.many(Bank, sorted(wanted)).items()
    }
    events: list[Event] = []
    for matching in matchings:
        bank = banks.get(str(matching.bank), "银行")
        more = f"需求 {show_wan(matching.need)} 万元" if matching.need else matching.method or ""
        events.append(Event(matching.day, "none", f"{bank}对接", more))
        for credit in credits.get(matching.id, []):
            assert isinstance(credit, Credit)
            if credit.granted:
                amount = f" {show_wan(credit.amount)} 万元" if credit.amount else ""
                events.append(
                    Event(
                        credit.decided_on,
                        "done",
                        f"{bank}授信{amount}",
                        credit.security or "担保情况没填",
                    )
                )
            else:
                events.append(
                    Event(credit.decided_on, "half", f"{bank}未授信", credit.problem or "原因没填")
                )
    for loan in loans:
        for drawdown in drawn.get(loan.id, []):
            assert isinstance(drawdown, Drawdown)
            amount = show_wan(drawdown.amount or 0)
            events.append(
                Event(
                    drawdown.day, "done", f"{banks.get(str(loan.bank), '银行')}放款 {amount} 万元"
                )
            )
    for entry in listed:
        events.append(
            Event(
                entry.listed_on,
                "half",
                f"列入首贷培植名单：{entry.state or '培植中'}",
                entry.source or "",
            )
        )
    return tuple(sorted(events, key=lambda event: event.day or date.min, reverse=True))
