"""Counts the numbers of the forms again, in plain Python over raw rows (`decisions.md` 39).

Barred from ``ledger_desk.store`` and ``ledger_desk.reports``: it shares no code with what it
checks. Raw rows are dicts as the tables hold them: days as ISO text, money as fen, 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.oracle.raw import Event, Raw, by_id, event, live
from tests.oracle.recount_work import COUNTED


@dataclass(frozen=True)
class Question:
    indicator: str
    measure: str
    start: date
    end: date
    since: date
    by: str = ""
    key: str | None = None
    office: str | None = None


def contacts(raw: Raw) -> list[Event]:
    return [
        event(m["enterprise"], m["bank"], m["office"], m["day"], 0, m["id"], m["township"])
        for m in live(raw, "matching") if m["day"]
    ]  # fmt: skip


def decisions(raw: Raw, granted: int) -> list[Event]:
    matchings = by_id(live(raw, "matching"))
    found = []
    for credit in live(raw, "credit"):
        m = matchings.get(credit["matching"])
        if m is not None and credit["granted"] == granted and credit["decided_on"]:
            found.append(
                event(
                    m["enterprise"],
                    m["bank"],
                    m["office"],
                    credit["decided_on"],
                    credit["amount"],
                    credit["id"],
                    m["township"],
                )
            )
    return found


def money(raw: Raw, table: str, sign: int) -> list[Event]:
    loans, matchings = by_id(live(raw, "loan")), by_id(live(raw, "matching"))
    found = []
    for row in live(raw, table):
        loan = loans.get(row["loan"])
        if loan is not None and row["day"]:
            matching = matchings.get(loan["matching"])
            office = matching["office"] if matching else None
            found.append(
                event(
                    loan["enterprise"],
                    loan["bank"],
                    office,
                    row["day"],
                    sign * int(row["amount"] or 0),
                    row["id"],
                    loan["township"],
                    matching["township"] if matching else None,
                )
            )  # type: ignore[call-overload]
    return found


def first_loans(raw: Raw, checked: bool) -> list[Event]:
    """First drawdown of each firm without a loan in the five years before, checked or not."""
    drawdowns = live(raw, "drawdown")
    loan_of = {d["id"]: d["loan"] for d in drawdowns}
    drawn_loans = {d["loan"] for d in drawdowns}
    firsts: dict[str, Event] = {}
    for each in sorted(money(raw, "drawdown", 1), key=lambda e: (e.day, e.record)):
        firsts.setdefault(each.firm, each)
    found = []
    for each in firsts.values():
        year = int(each.day[:4]) - 5
        horizon = f"{year}{each.day[4:]}"
        if each.day[5:] == "02-29":
            horizon = f"{year}-03-01"
        had = any(
            loan["enterprise"] == each.firm and loan["id"] != loan_of[each.record]
            and loan["matching"] is None and loan["id"] not in drawn_loans
            and loan["signed_on"] is not None and str(loan["signed_on"]) < each.day
            and str(loan["due_on"] or loan["signed_on"]) >= horizon
            for loan in live(raw, "loan")
        )  # fmt: skip
        notes = [c for c in live(raw, "cultivation") if c["enterprise"] == each.firm]
        had = had or any(
            c["prior_loan"] == "有贷" and (not c["checked_on"] or str(c["checked_on"]) <= each.day)
            for c in notes
        )
        proved = any(
            c["prior_loan"] == "无贷" and c["checked_on"] and str(c["checked_on"]) <= each.day
            for c in notes
        )
        own = by_id(raw["loan"])[loan_of[each.record]]
        had = had or own["form"] in ("无还本续贷", "借新还旧", "展期", "调整还款安排", "重组")
        if not had and proved == checked:
            found.append(each)
    return found


EVENTS: dict[str, Callable[[Raw], list[Event]]] = {
    "matched_firms": contacts,
    "matchings": contacts,
    "granted_firms": lambda raw: decisions(raw, 1),
    "granted_amount": lambda raw: decisions(raw, 1),
    "refused_firms": lambda raw: decisions(raw, 0),
    "drawn_firms": lambda raw: money(raw, "drawdown", 1),
    "drawn_amount": lambda raw: money(raw, "drawdown", 1),
    "first_loan_firms": lambda raw: first_loans(raw, True),
    "first_loan_amount": lambda raw: first_loans(raw, True),
    "unchecked_first_firms": lambda raw: first_loans(raw, False),
    "loan_balance": lambda raw: money(raw, "drawdown", 1) + money(raw, "repayment", -1),
    "borrowing_firms": lambda raw: money(raw, "drawdown", 1) + money(raw, "repayment", -1),
}
AMOUNTS = {"granted_amount", "drawn_amount", "first_loan_amount", "loan_balance"}


def recount(raw: Raw, ask: Question) -> int:
    """Count one number again: firms, events, or fen."""
    firms = by_id(live(raw, "enterprise"))
    start, end, since = (d.isoformat() for d in (ask.start, ask.end, ask.since))
    if ask.indicator in COUNTED:
        counted = COUNTED[ask.indicator](raw, end, ask.by)
        events = [e for e in counted if e.firm in firms and "" < e.day <= end]
    else:
        events = [e for e in EVENTS[ask.indicator](raw) if e.firm in firms and e.day <= end]
    if ask.indicator == "refused_firms":
        granted = {e.firm for e in decisions(raw, 1) if e.day <= end}
        events = [e for e in events if e.firm not in granted]
    if ask.office is not None:
        events = [e for e in events if e.office == ask.office]
    if ask.key is not None:
        part = {
            "township": lambda e: e.township or firms[e.firm]["township"], "kind": lambda e: firms[e.firm]["kind"],
            "bank": lambda e: e.bank,
        }[ask.by]  # fmt: skip
        events = [e for e in events if (part(e) or "") == ask.key]
    lowest = {
        "本期": start, "本年累计": f"{end[:4]}-01-01", "启动以来累计": since, "期末数": "",
        "本期新增": min(start, since),
    }[ask.measure]  # fmt: skip
    events = [e for e in events if e.day >= lowest]
    if ask.measure == "本期新增":
        before = {e.firm for e in events if e.day < start}
        events = [e for e in events if e.firm not in before]
    if ask.indicator in AMOUNTS or ask.indicator.endswith("_amount"):
        return sum(e.fen for e in events)
    if ask.indicator in ("matchings", "visits", "renewed_loans"):
        return len(events)
    if ask.indicator == "borrowing_firms":
        return sum(
            sum(e.fen for e in events if e.firm == firm) != 0 for firm in {e.firm for e in events}
        )
    return len({e.firm for e in events})


def wan(fen: object) -> Decimal | None:
    """万元 to two decimals, half up, as a form writes it; None stays None."""
    if fen is None:
        return None
    return (Decimal(int(fen)) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)  # type: ignore[call-overload]


def ledger_rows(raw: Raw, start: date, end: date) -> list[tuple[object, ...]]:
    """Rows of the 工作台帐 again: firm's id, 是否授信, 授信金额, 担保, 问题, 放款金额; in no order."""
    first, last = start.isoformat(), end.isoformat()
    firms = by_id(live(raw, "enterprise"))
    found = []
    for matching in live(raw, "matching"):
        if matching["enterprise"] not in firms:
            continue
        credits = sorted(
            (
                c
                for c in live(raw, "credit")
                if c["matching"] == matching["id"]
                and c["decided_on"]
                and str(c["decided_on"]) <= last
            ),
            key=lambda c: (str(c["decided_on"]), str(c["id"])),
        )
        loans = {loan["id"] for loan in live(raw, "loan") if loan["matching"] == matching["id"]}
        drawn = [
            d for d in live(raw, "drawdown")
            if d["loan"] in loans and d["day"] and first <= str(d["day"]) <= last
        ]  # fmt: skip
        decided = [c for c in credits if str(c["decided_on"]) >= first]
        met = matching["day"] and first <= str(matching["day"]) <= last
        if not (met or decided or drawn):
            continue
        now = credits[-1] if credits else None
        granted = [c for c in decided if c["granted"]]
        told = granted or decided[-1:]
        amounts = [int(c["amount"]) for c in told if c["amount"] is not None]  # type: ignore[call-overload]
        sums = [int(d["amount"]) for d in drawn if d["amount"] is not None]  # type: ignore[call-overload]
        secured = ([c for c in credits if c["granted"]] or credits)[-1:]
        found.append(
            (
                matching["enterprise"],
                None if now is None else ("是" if now["granted"] else "否"),
                wan(sum(amounts)) if amounts else None,
                secured[0]["security"] if secured else None,
                now["problem"] if now is not None and not now["granted"] else None,
                wan(sum(sums)) if sums else None,
            )
        )
    return found
