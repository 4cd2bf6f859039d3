"""Counts the numbers of the work again: visits, lists, banks; plain Python, as `recount` does."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.raw import Event, Raw, by_id, event, live

Row = dict[str, object]
Counted = Callable[[Raw, str, str], list[Event]]  # raw rows, last day, split by

NOT_FOUND = {"查无此户", "拒访", "无法联系"}


def targets(raw: Raw, last: str, by: str) -> list[Event]:
    plans = by_id(live(raw, "visit_plan"))
    found = []
    for task in live(raw, "visit_task"):
        plan = plans.get(task["plan"])
        if plan is None or (task["dropped"] and str(task["dropped_on"] or "") <= last):
            continue
        found.append(
            _of("visit_task", task, plan["starts_on"], 0, bank=task["bank"], office=plan["office"])
        )
    return found


def visits(raw: Raw, last: str, by: str) -> list[Event]:
    return [
        _of("visit", v, v["day"], 0) for v in live(raw, "visit") if v["kind"] in ("走访", "回访")
    ]


def effective(raw: Raw, last: str, by: str) -> list[Event]:
    """By the rules as they stand where nobody set others: two people, and the firm was found."""
    counted = {
        v["id"]
        for v in live(raw, "visit")
        if v["result"] not in NOT_FOUND and v["first"] and (v["second"] or v["manager"])
    }
    return [each for each in visits(raw, last, by) if each.record in counted]


def needs(raw: Raw, last: str, by: str) -> list[Event]:
    found = [v for v in live(raw, "visit") if v["has_need"] and v["day"]]
    newest: dict[object, Row] = {}
    for visit in found:
        kept = newest.get(visit["enterprise"])
        if str(visit["day"]) <= last and (
            kept is None or (str(visit["day"]), visit["id"]) > (str(kept["day"]), kept["id"])  # type: ignore[operator]
        ):
            newest[visit["enterprise"]] = visit
    chosen = {each["id"] for each in newest.values()}
    return [_of("visit", v, v["day"], v["amount"] if v["id"] in chosen else 0) for v in found]


def applications(raw: Raw, last: str, by: str, day: str, *, staying: bool) -> list[Event]:
    found = []
    for each in live(raw, "application"):
        if staying and not _stays(each, last):
            continue
        banks = [each["bank1"], *([each["bank2"]] if each["bank2"] and by == "bank" else [])]
        found += [_of("application", each, each[day], each["amount"], bank=bank) for bank in banks]
    return found


def removed(raw: Raw, last: str, by: str) -> list[Event]:
    gone = {each["id"] for each in live(raw, "application") if each["state"] == "已移出"}
    return [e for e in applications(raw, last, by, "left_on", staying=False) if e.record in gone]


def referrals(raw: Raw, last: str, by: str, day: str) -> list[tuple[Row, Event]]:
    known = by_id(live(raw, "application"))
    found = []
    for each in live(raw, "referral"):
        application = known.get(each["application"])
        if application is not None and _stays(application, last):
            office, amount = application["office"], application["amount"]
            found.append((each, _of("referral", each, each[day], amount, office=office)))
    return found


def pushed(raw: Raw, last: str, by: str) -> list[Event]:
    return [each for _, each in referrals(raw, last, by, "pushed_on")]


def qualified(raw: Raw, last: str, by: str) -> list[Event]:
    return [each for row, each in referrals(raw, last, by, "qualified_on") if row["qualified"]]


def unqualified(raw: Raw, last: str, by: str) -> list[Event]:
    return [each for row, each in referrals(raw, last, by, "qualified_on") if row["qualified"] == 0]


def not_wanting(raw: Raw, last: str, by: str) -> list[Event]:
    granted = _decided(raw, last, 1)
    return [
        each for row, each in referrals(raw, last, by, "wants_on")
        if row["wants_money"] == 0 and each.firm in granted
    ]  # fmt: skip


def given_up(raw: Raw, last: str, by: str) -> list[Event]:
    return [each for _, each in referrals(raw, last, by, "given_up_on")]


def wanting(raw: Raw, last: str, by: str) -> list[Event]:
    granted = _decided(raw, last, 1)
    return [
        each for row, each in referrals(raw, last, by, "wants_on")
        if row["wants_money"] and each.firm in granted
    ]  # fmt: skip


def pending(raw: Raw, last: str, by: str) -> list[Event]:
    decided = _decided(raw, last, 0) | _decided(raw, last, 1)
    return [
        each for row, each in referrals(raw, last, by, "pushed_on")
        if each.firm not in decided and not (row["given_up_on"] and str(row["given_up_on"]) <= last)
    ]  # fmt: skip


def met(raw: Raw, last: str) -> list[tuple[Row, Row]]:
    """Contacts with the referral they belong to, of firms still recommended."""
    staying = by_id([a for a in live(raw, "application") if _stays(a, last)])
    known = by_id([r for r in live(raw, "referral") if r["application"] in staying])
    return [(m, known[m["referral"]]) for m in live(raw, "matching") if m["referral"] in known]


def contacts(raw: Raw, last: str, by: str) -> list[Event]:
    return [
        _of("matching", m, m["day"], 0) for m, r in met(raw, last)
        if m["day"] and r["pushed_on"] and str(m["day"]) >= str(r["pushed_on"])
    ]  # fmt: skip


def decisions(raw: Raw, last: str, granted: int) -> list[Event]:
    held = {m["id"]: m for m, _ in met(raw, last)}
    return [
        _of("credit", held[c["matching"]], c["decided_on"], c["amount"], record=c["id"])
        for c in live(raw, "credit") if c["matching"] in held and c["granted"] == granted
    ]  # fmt: skip


def refusals(raw: Raw, last: str, by: str) -> list[Event]:
    granted = _decided(raw, last, 1)
    return [each for each in decisions(raw, last, 0) if each.firm not in granted]


def drawn(raw: Raw, last: str, by: str) -> list[Event]:
    held = {m["id"]: m for m, _ in met(raw, last)}
    loans = {
        loan["id"]: held[loan["matching"]] for loan in live(raw, "loan") if loan["matching"] in held
    }
    return [
        _of("drawdown", loans[d["loan"]], d["day"], d["amount"], record=d["id"])
        for d in live(raw, "drawdown") if d["loan"] in loans
    ]  # fmt: skip


def loans_of(raw: Raw, wanted: Callable[[Row], bool]) -> list[Event]:
    loans, matchings = by_id(live(raw, "loan")), by_id(live(raw, "matching"))
    found = []
    for each in live(raw, "drawdown"):
        loan = loans.get(each["loan"])
        if loan is not None and wanted(loan):
            m = matchings.get(loan["matching"]) or {}
            found.append(
                event(loan["enterprise"], loan["bank"], m.get("office"), each["day"], each["amount"],
                      each["id"], loan["township"], m.get("township"))
            )  # fmt: skip
    return found


def renewed(raw: Raw, last: str, by: str) -> list[Event]:
    return [
        _of("renewal", each, each["done_on"], each["amount"])
        for each in live(raw, "renewal") if each["way"] == "无还本续贷"
    ]  # fmt: skip


_LONG = lambda loan: int(loan["months"] or 0) > 12  # type: ignore[call-overload]  # noqa: E731
COUNTED: dict[str, Counted] = {
    "target_firms": targets,
    "visited_firms": visits,
    "visits": visits,
    "effective_firms": effective,
    "needing_firms": needs,
    "needed_amount": needs,
    "applied_firms": lambda raw, last, by: applications(raw, last, by, "listed_on", staying=False),
    "applied_amount": lambda raw, last, by: applications(raw, last, by, "listed_on", staying=False),
    "recommended_firms": lambda raw, last, by: applications(raw, last, by, "recommended_on", staying=True),
    "recommended_amount": lambda raw, last, by: applications(raw, last, by, "recommended_on", staying=True),
    "removed_firms": removed,
    "pushed_firms": pushed,
    "contacted_firms": contacts,
    "qualified_firms": qualified,
    "unqualified_firms": unqualified,
    "list_granted_firms": lambda raw, last, by: decisions(raw, last, 1),
    "list_granted_amount": lambda raw, last, by: decisions(raw, last, 1),
    "list_refused_firms": refusals,
    "pending_firms": pending,
    "wanting_firms": wanting,
    "unwanting_firms": not_wanting,
    "list_drawn_firms": drawn,
    "list_drawn_amount": drawn,
    "unsecured_firms": lambda raw, last, by: loans_of(raw, lambda loan: loan["security"] == "信用"),
    "unsecured_amount": lambda raw, last, by: loans_of(raw, lambda loan: loan["security"] == "信用"),
    "long_amount": lambda raw, last, by: loans_of(raw, _LONG),
    "renewed_firms": renewed,
    "renewed_loans": renewed,
    "renewed_amount": renewed,
}  # fmt: skip


def _of(table: str, row: Row, day: object, fen: object, **other: object) -> Event:
    bank = other.get("bank", row.get("bank"))
    office = other.get("office", row.get("office"))
    record = other.get("record", row["id"])
    return event(row["enterprise"], bank, office, day, fen, record, row["township"])


def _stays(application: Row, last: str) -> bool:
    return application["state"] != "已移出" or str(application["left_on"] or "") > last


def _decided(raw: Raw, last: str, granted: int) -> set[str]:
    """Firms on which some bank has decided by the last day through a referral, removed or not."""
    referrals = by_id(live(raw, "referral"))
    held = {
        m["id"]: referrals[m["referral"]]
        for m in live(raw, "matching")
        if m["referral"] in referrals
    }
    return {
        str(held[c["matching"]]["enterprise"])
        for c in live(raw, "credit")
        if c["matching"] in held
        and c["granted"] == granted
        and c["decided_on"]
        and str(c["decided_on"]) <= last
    }
