"""Counts the numbers of the forms again, in plain Python over raw rows (`decisions.md` 39).

Barred from ``ledger_desk.store`` and ``ledger_desk.reports``: it shares no code with what it
checks. Raw rows are dicts as the tables hold them: days as ISO text, money as fen, 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.oracle.indicators import ADDED, FIGURES, LINES, RATIOS, SETS, TAKES
from tests.oracle.parts import COMPARED, Question, by_person, days_of, figure, halves_up, part_of
from tests.oracle.raw import Counted, Event, Raw, by_id, event, live
from tests.oracle.recount_loans import LOANS
from tests.oracle.recount_matters import MATTERS, on_list, rated, tagged
from tests.oracle.recount_work import COUNTED

__all__ = ["Question", "Raw", "decisions", "ledger_rows", "recount"]


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


def first_drawn(raw: Raw) -> list[Event]:
    """First loans with the rate of their loan."""
    loan_of = {d["id"]: d["loan"] for d in live(raw, "drawdown")}
    loans = by_id(raw["loan"])
    rates = {record: loans[loan]["rate"] for record, loan in loan_of.items()}
    return [
        replace(e, rate=None if rates[e.record] is None else int(rates[e.record]))  # type: ignore[call-overload]
        for e in first_loans(raw, True)
    ]


def granted(raw: Raw) -> list[Event]:
    """Grants with their rate."""
    rates = {c["id"]: c["rate"] for c in live(raw, "credit")}
    return [
        replace(e, rate=None if rates[e.record] is None else int(rates[e.record]))  # type: ignore[call-overload]
        for e in decisions(raw, 1)
    ]


def plain(count: Callable[[Raw], list[Event]]) -> Counted:
    return lambda raw, first, last, banks: count(raw)


def list_first(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    wanted = {e.record for e in first_loans(raw, True)}
    return [e for e in COUNTED["list_drawn_firms"](raw, last, "") if e.record in wanted]


PLAIN: dict[str, Callable[[Raw], list[Event]]] = {
    "matched_firms": contacts,
    "matchings": contacts,
    "granted_firms": granted,
    "refused_firms": lambda raw: decisions(raw, 0),
    "drawn_firms": lambda raw: money(raw, "drawdown", 1),
    "first_loan_firms": first_drawn,
    "unchecked_first_firms": lambda raw: first_loans(raw, False),
    "loan_balance": lambda raw: money(raw, "drawdown", 1) + money(raw, "repayment", -1),
}
_GRANTS, _DRAWN = plain(granted), plain(PLAIN["drawn_firms"])
NEW: dict[str, Counted] = {
    **LOANS,
    **MATTERS,
    "list_first": list_first,
    "campaign_drawn": on_list(_DRAWN, tagged),
    "campaign_first": on_list(plain(first_drawn), tagged),
    "tax_needing": on_list(lambda raw, first, last, banks: COUNTED["needing_firms"](raw, last, ""), rated),
    "tax_granted": on_list(_GRANTS, rated),
    "tax_drawn": on_list(_DRAWN, rated),
}  # fmt: skip


def made_set(raw: Raw, ask: Question) -> set[str]:
    """Firms of the three 100 %: what the bank has not said stays in (`decisions.md` 20, 21)."""

    def of(name: str) -> set[str]:
        return {e.firm for e in events_of(raw, replace(ask, indicator=f"{name}_firms"))}

    listed, given = of("recommended"), of("list_granted")
    fit, unfit, wanting, idle, drawn = map(of, ("qualified", "unqualified", "wanting", "unwanting", "list_drawn"))  # fmt: skip
    eligible = {f for f in listed if f in given or f in fit or f not in unfit}
    usable = {f for f in given if f in drawn or f in wanting or f not in idle}
    return {
        "listed_contacted_firms": listed & of("contacted"), "eligible_firms": eligible,
        "eligible_granted_firms": eligible & given, "unjudged_firms": eligible - fit - unfit,
        "usable_firms": usable, "usable_drawn_firms": usable & drawn, "unasked_firms": usable - wanting - idle,
    }[ask.indicator]  # fmt: skip


def recount(raw: Raw, ask: Question) -> int | None:
    """Count one number again: firms, records, fen, or what is made of several of them."""
    if ask.measure in COMPARED:
        now, then, share = COMPARED[ask.measure]
        left, right = (recount(raw, replace(ask, measure=each)) for each in (now, then))
        if left is None or right is None:
            return None
        return halves_up((left - right) * 10_000, right) if share else left - right
    if ask.indicator in RATIOS:
        top, bottom, factor = RATIOS[ask.indicator]
        left, right = (recount(raw, replace(ask, indicator=each)) for each in (top, bottom))
        return None if left is None or right is None else halves_up(left * factor, right)
    if ask.indicator in FIGURES:
        return figure(raw, ask, adds_up=ask.indicator in ADDED)
    if ask.indicator in SETS:
        return len(made_set(raw, ask))
    events = events_of(raw, ask)
    take = TAKES.get(ask.indicator) or ("amount" if ask.indicator.endswith("amount") else "firms")
    if take == "amount":
        return sum(e.fen for e in events)
    if take == "events":
        return len(events)
    if take == "mean":
        weighed = [e for e in events if e.rate is not None]
        return halves_up(
            sum(e.fen * (e.rate or 0) for e in weighed), 100 * sum(e.fen for e in weighed)
        )
    if take == "owing":
        owed: dict[str, int] = {}
        for e in events:
            owed[e.firm] = owed.get(e.firm, 0) + e.fen
        return sum(1 for fen in owed.values() if fen)
    return len({e.firm for e in events if e.firm})


def events_of(raw: Raw, ask: Question) -> list[Event]:
    """Lines of one indicator that lie in its days and in the part that is asked."""
    firms = by_id(live(raw, "enterprise"))
    parts = {**({ask.by: ask.key} if ask.key is not None else {}), **dict(ask.only)}
    first, last = days_of(ask)
    banks = bool({"bank", "bank_type"} & parts.keys())
    name = LINES.get(ask.indicator, ask.indicator)
    if name in NEW:
        events = NEW[name](raw, first, last, banks)
    elif name in COUNTED:
        events = COUNTED[name](raw, last, "bank" if banks else "")
    else:
        events = PLAIN[name](raw)
    events = [
        e for e in events
        if "" < e.day <= last and (e.firm in firms or (not e.firm and name in MATTERS))
    ]  # fmt: skip
    if name == "refused_firms":
        granted = {e.firm for e in decisions(raw, 1) if e.day <= last}
        events = [e for e in events if e.firm not in granted]
    if ask.office is not None:
        events = [e for e in events if e.office == ask.office]
    if "person" in parts:
        events = [line for e in events for line in by_person(raw, e)]
    for key, value in parts.items():
        events = [e for e in events if (part_of(raw, firms, e, key) or "") == value]
    events = [e for e in events if e.day >= first]
    if ask.measure == "本期新增":
        start = ask.start.isoformat()
        before = {e.firm for e in events if e.day < start}
        events = [e for e in events if e.firm not in before]
    return events


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
