"""What happened with one firm under cultivation, read in one go: helps, matchings, decisions, money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger_desk.model.money import show_wan
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Help,
    Loan,
    Matching,
    Repayment,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

MOST = 40


@dataclass(frozen=True)
class Event:
    """One line: day, mark, what, more words, and the record that Enter opens."""

    day: date | None
    mark: str
    text: str
    more: str
    table: str
    record: str


@dataclass(frozen=True)
class FirmStory:
    """A firm, its white-list entry if it has one, and its events, the latest first."""

    firm: Enterprise
    entry: Cultivation | None
    bank: str
    events: tuple[Event, ...]


def read_story(ledger: Ledger, firm: str, entry: str = "") -> FirmStory | None:
    """Read all there is about a firm; None when it is gone.

    Args:
        ledger: Where it is read.
        firm: Id of the firm.
        entry: White-list entry to show; of several the last one when empty.
    """
    with ledger.read() as rows:
        found = rows.get(Enterprise, firm)
        if found is None:
            return None
        of = (Where("enterprise", "=", firm),)
        entries = rows.find(Query(Cultivation, of, sort=(("listed_on", True),)))
        chosen = next((k for k in entries if k.id == entry), entries[0] if entries else None)
        banks = {bank.id: bank.short or bank.title for bank in rows.find(Query(Bank))}
        events = [*_helps(rows, entries), *_contacts(rows, of, banks), *_money(rows, of, banks)]
    for each in entries:
        events.append(
            Event(each.listed_on, "new", "列入培植名单", each.source or "", "cultivation", each.id)
        )
        if each.left_on is not None:
            why = each.left_why or ""
            events.append(Event(each.left_on, "none", "退出培植", why, "cultivation", each.id))
    events.sort(key=lambda e: (e.day or date.min, e.record), reverse=True)
    bank = banks.get(str(chosen.bank), "") if chosen is not None else ""
    return FirmStory(found, chosen, bank, tuple(events[:MOST]))


def _helps(rows: Rows, entries: list[Cultivation]) -> list[Event]:
    if not entries:
        return []
    of = (Where("cultivation", "in", tuple(entry.id for entry in entries)),)
    return [
        Event(
            h.day,
            "done",
            f"帮扶：{h.kind or '没写类别'}",
            _joined(h.content, h.result),
            "help",
            h.id,
        )
        for h in rows.find(Query(Help, of))
    ]


def _contacts(rows: Rows, of: tuple[Where, ...], banks: dict[str, str]) -> list[Event]:
    met = rows.find(Query(Matching, of))
    if not met:
        return []
    under = (Where("matching", "in", tuple(m.id for m in met)),)
    credits = rows.find(Query(Credit, under))
    decided = {c.matching for c in credits}
    bank_of = {m.id: banks.get(str(m.bank), "银行") for m in met}
    found = []
    for m in met:
        waits = m.id not in decided
        word = "还没有定" if waits else ""
        text = f"{bank_of[m.id]}对接"
        more = _joined(word, m.note)
        found.append(Event(m.day, "clock" if waits else "done", text, more, "matching", m.id))
    for c in credits:
        bank = bank_of.get(str(c.matching), "银行")
        if c.granted:
            text, more = f"{bank}授信 {_wan(c.amount)}", c.security or ""
        else:
            text, more = f"{bank}未授信", c.problem or ""
        mark = "done" if c.granted else "half"
        found.append(Event(c.decided_on, mark, text, more, "matching", str(c.matching)))
    return found


def _money(rows: Rows, of: tuple[Where, ...], banks: dict[str, str]) -> list[Event]:
    loans = {loan.id: loan for loan in rows.find(Query(Loan, of))}
    if not loans:
        return []
    under = (Where("loan", "in", tuple(loans)),)
    paid: list[tuple[Drawdown | Repayment, str]] = [
        *((each, "放款") for each in rows.find(Query(Drawdown, under))),
        *((each, "还款") for each in rows.find(Query(Repayment, under))),
    ]
    found = []
    for each, word in paid:
        loan = loans[str(each.loan)]
        text = f"{banks.get(str(loan.bank), '银行')}{word} {_wan(each.amount)}"
        table, record = ("matching", loan.matching) if loan.matching else ("loan", loan.id)
        found.append(Event(each.day, "done", text, "", table, str(record)))
    return found


def _wan(fen: int | None) -> str:
    return f"{show_wan(fen)} 万元" if fen is not None else "（金额没写）"


def _joined(*parts: str | None) -> str:
    return "，".join(part for part in parts if part)
