"""Counts renewals, cultivation, kinds of loans, visits and lists of firms again, in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.oracle.raw import Counted, Event, Raw, Row, by_id, event, live, number
from tests.oracle.recount_work import COUNTED as WORK
from tests.oracle.recount_work import given_up

RENEWED = "无还本续贷"


def loans(raw: Raw) -> dict[object, Row]:
    return by_id(live(raw, "loan"))


def matching_of(raw: Raw, loan: Row) -> Row:
    return by_id(live(raw, "matching")).get(loan["matching"]) or {}


def moved(raw: Raw, table: str, sign: int, wanted: Callable[[Row, Row], bool]) -> list[Event]:
    """Money paid out or back under loans; the test sees the loan and the entry."""
    known, found = loans(raw), []
    for each in live(raw, table):
        loan = known.get(each["loan"])
        if loan is not None and wanted(loan, each):
            m = matching_of(raw, loan)
            fen = sign * number(each["amount"])
            found.append(
                event(loan["enterprise"], loan["bank"], m.get("office"), each["day"], fen, each["id"],
                      loan["township"], m.get("township"), rate=loan["rate"])
            )  # fmt: skip
    return found


def balance(raw: Raw, wanted: Callable[[Row], bool]) -> list[Event]:
    test = lambda loan, each: wanted(loan)  # noqa: E731
    return moved(raw, "drawdown", 1, test) + moved(raw, "repayment", -1, test)


def owed_when_due(raw: Raw, loan: Row) -> int:
    due = str(loan["due_on"])
    drawn = [d for d in live(raw, "drawdown") if d["loan"] == loan["id"] and d["day"] and str(d["day"]) <= due]  # fmt: skip
    paid = [r for r in live(raw, "repayment") if r["loan"] == loan["id"] and r["day"] and str(r["day"]) < due]  # fmt: skip
    amounts = [number(d["amount"]) for d in drawn if d["amount"] is not None]
    if amounts:
        return sum(amounts) - sum(number(r["amount"]) for r in paid)
    for name in ("balance", "amount"):
        if loan[name] is not None:
            return number(loan[name])
    return 0


def due(raw: Raw, first: str, last: str, banks: bool, wanted: bool = False) -> list[Event]:
    found = []
    for n in live(raw, "renewal"):
        if not wanted or n["wanted"]:
            fen = n["due_amount"]
            if wanted and n["wanted_amount"] is not None:
                fen = n["wanted_amount"]
            found.append(of("renewal", n, n["due_on"], fen))
    listed = {(n["loan"], n["due_on"]) for n in live(raw, "renewal")}
    for loan in live(raw, "loan"):
        if not loan["due_on"] or (loan["id"], loan["due_on"]) in listed:
            continue
        settled = loan["settled_on"] and str(loan["settled_on"]) < str(loan["due_on"])
        owed = owed_when_due(raw, loan)
        if not settled and owed and (loan["renewal_wanted"] or not wanted):
            m = matching_of(raw, loan)
            found.append(
                event(loan["enterprise"], loan["bank"], m.get("office"), loan["due_on"], owed, loan["id"],
                      loan["township"], m.get("township"))
            )  # fmt: skip
    return found


def renewals(raw: Raw, way: str, day: str, amount: str) -> list[Event]:
    found = []
    for n in live(raw, "renewal"):
        if n["way"] == way:
            rate = n["rate"]
            if rate is None:
                rate = (loans(raw).get(n["new_loan"]) or {}).get("rate")
            found.append(replace(of("renewal", n, n[day], n[amount], what=n["why_not"]),
                                 rate=None if rate is None else number(rate)))  # fmt: skip
    return found


def renewal_balance(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    by_renewal = {n["new_loan"] for n in live(raw, "renewal") if n["way"] == RENEWED}

    def made(loan: Row) -> bool:
        settled = loan["settled_on"] and str(loan["settled_on"]) <= last
        return not settled and (loan["form"] == RENEWED or loan["id"] in by_renewal)

    paid = {d["loan"] for d in live(raw, "drawdown") if d["day"] and d["loan"] in loans(raw)}
    unpaid = [
        of("renewal", n, n["done_on"], n["amount"]) for n in live(raw, "renewal")
        if n["way"] == RENEWED and n["new_loan"] not in paid
        and not (n["new_due_on"] and str(n["new_due_on"]) <= last)
    ]  # fmt: skip
    return balance(raw, made) + unpaid


def cultivations(raw: Raw, day: str, wanted: Callable[[Row], object] = lambda k: True) -> list[Event]:  # fmt: skip
    return [
        event(k["enterprise"], k["bank"], None, k[day], 0, k["id"], own={"what": k["source"]})
        for k in live(raw, "cultivation") if wanted(k)
    ]  # fmt: skip


def cultivated(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    """On the list at some time of the window: the day itself may lie before it."""
    found = cultivations(raw, "listed_on", lambda k: not (first and k["left_on"] and str(k["left_on"]) < first))  # fmt: skip
    return [replace(e, day=max(e.day, first)) for e in found if e.day]


def helps(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    known = by_id(live(raw, "cultivation"))
    return [
        event(k["enterprise"], k["bank"], None, h["day"], 0, h["id"], own={"what": h["kind"]})
        for h in live(raw, "help") if (k := known.get(h["cultivation"]))
    ]  # fmt: skip


def lent(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    def wanted(loan: Row, each: Row) -> bool:
        return loan["form"] != RENEWED and any(
            k["enterprise"] == loan["enterprise"] and k["listed_on"] and each["day"]
            and str(k["listed_on"]) <= str(each["day"]) for k in live(raw, "cultivation")
        )  # fmt: skip

    return moved(raw, "drawdown", 1, wanted)


def timed(raw: Raw, start: str, wanted: Callable[[Row, int], bool]) -> list[Event]:
    referrals, matchings = by_id(live(raw, "referral")), by_id(live(raw, "matching"))
    found = []
    for c in live(raw, "credit"):
        m = matchings.get(c["matching"]) or {}
        r = referrals.get(m.get("referral")) or {}
        if c["decided_on"] and r.get(start):
            days = _days(r[start], c["decided_on"])
            if days >= 0 and wanted(c, days):
                found.append(
                    event(m["enterprise"], m["bank"], m["office"], c["decided_on"], days, c["id"], m["township"])
                )  # fmt: skip
    return found


def _days(first: object, last: object) -> int:
    return (date.fromisoformat(str(last)) - date.fromisoformat(str(first))).days


# -- visits, lists ---------------------------------------------------------------------------------------


def visits(raw: Raw, wanted: Callable[[Row], object], *, of_loan: bool = False) -> list[Event]:
    known = by_id(raw["loan"])
    return [
        of("visit", v, v["day"], 0,
           bank=(known.get(v["loan"]) or {}).get("bank") or v["bank"] if of_loan else v["bank"])
        for v in live(raw, "visit") if wanted(v)
    ]  # fmt: skip


def repeated(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    went = [v for v in live(raw, "visit") if v["kind"] in ("走访", "回访") and v["day"]]
    before = lambda v: any(  # noqa: E731
        w["enterprise"] == v["enterprise"] and (w["day"], w["id"]) < (v["day"], v["id"]) for w in went
    )  # fmt: skip
    return [of("visit", v, v["day"], 0) for v in went if before(v)]


def done_tasks(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    done = {t["id"] for t in live(raw, "visit_task") if t["done_on"] and str(t["done_on"]) <= last}
    return [e for e in WORK["target_firms"](raw, last, "") if e.record in done]


def covered(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    went: dict[str, list[str]] = {}
    for v in live(raw, "visit"):
        if v["kind"] in ("走访", "回访") and v["day"] and str(v["day"]) <= last:
            went.setdefault(str(v["enterprise"]), []).append(str(v["day"]))
    return [
        e for e in WORK["target_firms"](raw, last, "")
        if any(day >= str(e.day) for day in went.get(e.firm, ()))
    ]  # fmt: skip


def within_list(raw: Raw, last: str, wanted: Callable[[Row], object]) -> list[Event]:
    owner = {d["id"]: by_id(raw["loan"])[d["loan"]] for d in live(raw, "drawdown") if d["loan"] in by_id(raw["loan"])}  # fmt: skip
    rate = lambda loan: None if loan["rate"] is None else number(loan["rate"])  # noqa: E731
    return [
        replace(e, rate=rate(owner[e.record]))
        for e in WORK["list_drawn_firms"](raw, last, "") if wanted(owner[e.record])
    ]  # fmt: skip


def asked(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    kept = {a["id"] for a in live(raw, "application") if a["state"] != "已撤回"}
    found = []
    for a in live(raw, "application"):
        if a["id"] in kept:
            wanted = [a["bank1"], *([a["bank2"]] if a["bank2"] and banks else [])]
            found += [
                of("application", a, a["applied_on"], a["amount"], bank=bank) for bank in wanted
            ]
    return found


def outside(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    return [
        of("application", a, a["state_on"] or a["applied_on"], a["amount"], bank=a["outside_bank"])
        for a in live(raw, "application") if a["state"] == "清单外支持"
    ]  # fmt: skip


def of(table: str, row: Row, day: object, fen: object, **other: object) -> Event:
    """A line of a row's own firm, bank, office and place."""
    own = {"what": other["what"]} if "what" in other else {}
    return event(
        row["enterprise"], other.get("bank", row.get("bank")), row.get("office"), day, fen, row["id"],
        row.get("township"), own=own,
    )  # fmt: skip


LOANS: dict[str, Counted] = {
    "asked": asked,
    "due": due,
    "wanted": lambda raw, first, last, banks: due(raw, first, last, banks, wanted=True),
    "unrenewed": lambda raw, first, last, banks: renewals(raw, "未续贷", "due_on", "due_amount"),
    "extended": lambda raw, first, last, banks: renewals(raw, "展期", "done_on", "amount"),
    "rescheduled": lambda raw, first, last, banks: renewals(raw, "调整还款安排", "done_on", "amount"),
    "rated_renewals": lambda raw, first, last, banks: renewals(raw, RENEWED, "done_on", "amount"),
    "renewal_balance": renewal_balance,
    "bad_balance": lambda raw, first, last, banks: balance(raw, lambda loan: loan["grade"] in ("次级", "可疑", "损失")),
    "unsecured_balance": lambda raw, first, last, banks: balance(raw, lambda loan: loan["security"] == "信用"),
    "drawdowns": lambda raw, first, last, banks: moved(raw, "drawdown", 1, lambda loan, each: True),
    "unsecured": lambda raw, first, last, banks: moved(raw, "drawdown", 1, lambda loan, each: loan["security"] == "信用"),
    "long": lambda raw, first, last, banks: moved(raw, "drawdown", 1, lambda loan, each: number(loan["months"]) > 12),
    "cultivated": cultivated,
    "listed": lambda raw, first, last, banks: cultivations(raw, "listed_on"),
    "left": lambda raw, first, last, banks: cultivations(raw, "left_on"),
    "checked": lambda raw, first, last, banks: cultivations(raw, "checked_on"),
    "planned": lambda raw, first, last, banks: cultivations(
        raw, "listed_on", lambda k: k["plan_finance"] or k["plan_credit"] or k["plan_settlement"]),
    "hosted": lambda raw, first, last, banks: cultivations(
        raw, "listed_on", lambda k: k["bank"] and not (k["left_on"] and str(k["left_on"]) <= last)),
    "helps": helps,
    "lent": lent,
    "timed": lambda raw, first, last, banks: timed(raw, "complete_on", lambda c, days: True),
    "late": lambda raw, first, last, banks: timed(raw, "complete_on", lambda c, days: days > 30),
    "mortgages": lambda raw, first, last, banks: timed(raw, "accepted_on", lambda c, days: c["security"] == "抵押"),
    "repeated": repeated,
    "done_tasks": done_tasks,
    "covered_firms": covered,
    "effective": lambda raw, first, last, banks: WORK["effective_firms"](raw, last, ""),
    "window": lambda raw, first, last, banks: visits(raw, lambda v: v["kind"] == "窗口咨询"),
    "use_checks": lambda raw, first, last, banks: visits(raw, lambda v: v["kind"] == "贷后用途核查", of_loan=True),
    "misuses": lambda raw, first, last, banks: visits(
        raw, lambda v: v["kind"] == "贷后用途核查" and v["use_found"] == "未按用途使用", of_loan=True),
    "outside": outside,
    "given_up": lambda raw, first, last, banks: given_up(raw, last, ""),
    "list_unsecured": lambda raw, first, last, banks: within_list(raw, last, lambda loan: loan["security"] == "信用"),
    "list_long": lambda raw, first, last, banks: within_list(raw, last, lambda loan: number(loan["months"]) > 12),
    "list_renewed": lambda raw, first, last, banks: within_list(raw, last, lambda loan: loan["form"] == RENEWED),
    "list_rated": lambda raw, first, last, banks: within_list(raw, last, lambda loan: True),
}  # fmt: skip
