"""Counts records that are no firm's, parks, guarantees and lists of firms again, in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.oracle.raw import Counted, Event, Raw, Row, by_id, event, live, number
from tests.oracle.recount_loans import of, visits

Test = Callable[[Row, str], object]
_ALL: Test = lambda row, last: True  # noqa: E731
WAN = 1_000_000


def rows_of(
    table: str, day: str, test: Test = _ALL, *, fen: str = "", what: str = "", rate: str = "", **own: str
) -> Counted:  # fmt: skip
    """Rows of one table as lines by one of their days."""

    def count(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
        return [
            event(row.get("enterprise"), row.get("bank"), row.get("office"), row[day],
                  row[fen] if fen else 0, row["id"], row.get("township"), rate=row[rate] if rate else None,
                  own={**({"what": row[what]} if what else {}), **{k: row[v] for k, v in own.items()}})
            for row in live(raw, table) if row[day] and test(row, last)
        ]  # fmt: skip

    return count


def standing(table: str, start: str, end: str, test: Test = _ALL, *, what: str = "", **own: str) -> Counted:  # fmt: skip
    """Rows that stand on the last day: begun, if it says when, and not ended."""

    def count(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
        return [
            event(row.get("enterprise"), row.get("bank"), row.get("office"), last, 0, row["id"],
                  row.get("township"),
                  own={**({"what": row[what]} if what else {}), **{k: row[v] for k, v in own.items()}})
            for row in live(raw, table)
            if not (row[start] and str(row[start]) > last) and not (row[end] and str(row[end]) <= last)
            and test(row, last)
        ]  # fmt: skip

    return count


def not_by(name: str) -> Test:
    return lambda row, last: not row[name] or str(row[name]) > last


# -- tickets, faults -------------------------------------------------------------------------------------


def ticket(day: str, test: Test = _ALL) -> Counted:
    return rows_of("ticket", day, test, what="kind")


def solved(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    def days(row: Row) -> int:
        if not row["collected_on"]:
            return 0
        gone = date.fromisoformat(str(row["solved_on"])) - date.fromisoformat(
            str(row["collected_on"])
        )
        return max(gone.days, 0)

    return [
        of("ticket", t, t["solved_on"], days(t), what=t["kind"]) for t in live(raw, "ticket") if t["solved_on"]
    ]  # fmt: skip


def _limit(row: Row) -> str:
    return str(row["extended_to"] or row["due_on"] or "")


def _unsolved_late(row: Row, last: str) -> bool:
    return bool(not_by("solved_on")(row, last)) and "" < _limit(row) < last


def fault(day: str, test: Test = _ALL) -> Counted:
    return rows_of("rectification", day, test, what="source")


def inspection(test: Test = _ALL, fen: str = "") -> Counted:
    return rows_of("inspection", "day", test, fen=fen, what="kind")


def activity(kind: str = "", day: str = "day", fen: str = "", test: Test = _ALL) -> Counted:
    return rows_of("activity", day, lambda a, last: (not kind or a["kind"] == kind) and (not fen or a[fen] is not None)
                   and test(a, last), fen=fen, what="kind")  # fmt: skip


# -- parks -------------------------------------------------------------------------------------------------


def has_credit(raw: Raw, firm: object, last: str) -> bool:
    mine = {m["id"] for m in live(raw, "matching") if m["enterprise"] == firm}
    granted = any(
        c["matching"] in mine
        and c["granted"]
        and not (c["decided_on"] and str(c["decided_on"]) > last)
        for c in live(raw, "credit")
    )
    return granted or any(
        loan["enterprise"] == firm and not (loan["signed_on"] and str(loan["signed_on"]) > last)
        and not (loan["settled_on"] and str(loan["settled_on"]) <= last) for loan in live(raw, "loan")
    )  # fmt: skip


def tenants(raw: Raw, first: str, last: str, banks: bool, credited: bool = False) -> list[Event]:
    parks = by_id(live(raw, "park"))
    found = []
    for t in standing("tenancy", "since", "until")(raw, first, last, banks):
        row = by_id(raw["tenancy"])[t.record]
        park = parks.get(row["park"])
        if park is not None and (not credited or has_credit(raw, row["enterprise"], last)):
            own = {"star": park["stars"], "park": park["id"]}
            found.append(
                event(t.firm, park["bank"], None, last, 0, t.record, park["township"], own=own)
            )
    return found


def line_of(park: Row) -> int:
    return {"五星级": 70, "四星级": 70, "三星级": 60}.get(str(park["stars"]), 50)


def parks(test: Callable[[Raw, Row, str], object], *, weighed: bool = False) -> Counted:
    def count(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
        return [
            event(None, p["bank"], None, last, 1 if weighed else 0, p["id"], p["township"],
                  rate=line_of(p) * 10_000 if weighed else None, own={"star": p["stars"], "park": p["id"]})
            for p in live(raw, "park") if test(raw, p, last)
        ]  # fmt: skip

    return count


def reached(raw: Raw, park: Row, last: str) -> bool:
    firms = by_id(live(raw, "enterprise"))
    inside = {
        e.firm
        for e in tenants(raw, "", last, False)
        if e.own["park"] == park["id"] and e.firm in firms
    }
    credited = {firm for firm in inside if has_credit(raw, firm, last)}
    return bool(inside) and len(credited) * 100 >= len(inside) * line_of(park)


# -- lists of firms ------------------------------------------------------------------------------------------


def tagged(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    wanted: Test = lambda row, last: row["tag"] == "百行进万企"  # noqa: E731
    return standing("tagging", "since", "until", wanted, what="level")(raw, first, last, banks)


def rated(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    """The newest year of each firm that has begun, where it is graded A, B or M."""
    newest: dict[object, Row] = {}
    for row in live(raw, "tax_year"):  # as written: of the same year the last one counts
        if row["year"] is not None and number(row["year"]) <= int(last[:4]):
            kept = newest.get(row["enterprise"])
            if kept is None or number(row["year"]) >= number(kept["year"]):
                newest[row["enterprise"]] = row
    return [
        event(row["enterprise"], None, None, last, 0, row["id"], own={"what": row["grade"]})
        for row in newest.values() if row["grade"] in ("A", "B", "M")
    ]  # fmt: skip


def on_list(base: Counted, listed: Counted) -> Counted:
    def count(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
        firms = {e.firm for e in listed(raw, "", last, False)}
        return [e for e in base(raw, first, last, banks) if e.firm in firms]

    return count


def online(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    return [
        of("application", a, a["applied_on"], a["amount"], bank=a["bank1"])
        for a in live(raw, "application") if a["source"] == "线上"
    ]  # fmt: skip


def matched(raw: Raw, first: str, last: str, banks: bool, only_online: bool = False) -> list[Event]:
    return [
        of("matching", m, m["day"], 0) for m in live(raw, "matching")
        if m["day"] and (not only_online or m["method"] == "线上")
    ]  # fmt: skip


# -- guarantees ------------------------------------------------------------------------------------------------


def guarantee(
    test: Test = _ALL, day: str = "since", fen: str = "amount", rate: str = ""
) -> Counted:
    return rows_of("guarantee", day, test, fen=fen, rate=rate, guarantor="guarantor")


def stands(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    return [
        event(g["enterprise"], g["bank"], None, g["since"], g["amount"] if g["balance"] is None else g["balance"],
              g["id"], own={"guarantor": g["guarantor"]})
        for g in live(raw, "guarantee") if g["since"] and not_by("released_on")(g, last)
    ]  # fmt: skip


def over(raw: Raw, first: str, last: str, banks: bool) -> list[Event]:
    found = [e for e in stands(raw, first, last, banks) if e.day <= last]
    return [e for e in found if sum(o.fen for o in found if o.firm == e.firm) > 500 * WAN]


_KINDS = {
    "talks": "专题宣讲", "publicity": "广泛宣传", "help_activities": "帮扶活动", "fairs": "首贷专场对接会",
    "meetings": "银企对接会", "receptions": "行长接待日", "officer_receptions": "首席服务官接访", "trainings": "培训",
    "practices": "经验做法", "innovations": "创新产品", "model_cases": "典型案例", "briefs": "专题信息", "proofs": "佐证材料",
}  # fmt: skip
MATTERS: dict[str, Counted] = {
    "tickets_collected": ticket("collected_on"),
    "tickets_handed": ticket("handed_on"),
    "tickets_solved": solved,
    "tickets_closed": ticket("closed_on"),
    "tickets_open": ticket("collected_on", not_by("solved_on")),
    "tickets_late": ticket("collected_on", _unsolved_late),
    "tickets_solved_late": ticket("solved_on", lambda t, last: "" < _limit(t) < str(t["solved_on"])),
    "tickets_escalated": ticket("escalated_on"),
    **{f"tickets_{name}": ticket("collected_on", lambda t, last, name=name: t[name])  # type: ignore[misc]
       for name in ("green", "parallel", "lenient", "promised")},
    "tickets_answered": ticket("solved_on", lambda t, last: t["satisfied"] in ("满意", "基本满意", "不满意")),
    "tickets_satisfied": ticket("solved_on", lambda t, last: t["satisfied"] in ("满意", "基本满意")),
    "inspections": inspection(),
    "inspections_faulty": inspection(lambda i, last: i["finding"]),
    "walked_steps": inspection(lambda i, last: i["steps"] is not None, "steps"),
    "walked_papers": inspection(lambda i, last: i["papers"] is not None, "papers"),
    "walked_days": inspection(lambda i, last: i["days"] is not None, "days"),
    "walks_asked_online": inspection(lambda i, last: i["online"] is not None),
    "walks_online": inspection(lambda i, last: i["online"]),
    "faults_found": fault("found_on"),
    "faults_ordered": fault("ordered_on"),
    "faults_watched": fault("watched_on"),
    "faults_mended": fault("done_on"),
    "faults_closed": fault("checked_on"),
    "faults_open": fault("found_on", not_by("done_on")),
    "faults_late": fault("found_on", lambda f, last: not_by("done_on")(f, last) and "" < str(f["due_on"] or "") < last),
    "talks_held": fault("talked_on"),
    "complaints": rows_of("complaint", "received_on", what="kind"),
    "complaints_valid": rows_of("complaint", "received_on", lambda c, last: c["result"] in ("属实", "部分属实"), what="kind"),
    "complaints_handled": rows_of("complaint", "handled_on", fen="refunded", what="kind"),
    "intermediaries_found": rows_of("intermediary", "found_on", what="deeds"),
    "intermediaries_handed": rows_of("intermediary", "handed_on", what="deeds"),
    "duty_cases": rows_of("duty_case", "day", fen="amount"),
    "duty_exempt": rows_of("duty_case", "day", lambda d, last: d["exempt"], fen="amount"),
    "activities": activity(),
    **{name: activity(kind) for name, kind in _KINDS.items()},
    "activities_sent": activity(day="sent_on"),
    "activities_used": activity(day="sent_on", test=lambda a, last: a["used"]),
    "briefs_sent": activity("专题信息", "sent_on"),
    "activity_firms": activity(fen="firms"),
    "activity_people": activity(fen="people"),
    "activity_signed": activity(fen="signed"),
    "activity_signed_amount": activity(fen="signed_amount"),
    "reception_firms": activity(fen="firms", test=lambda a, last: a["kind"] in ("行长接待日", "首席服务官接访")),
    "products": standing("product", "launched_on", "stopped_on"),
    "first_products": standing("product", "launched_on", "stopped_on", lambda p, last: p["first_loan"]),
    "online_products": standing("product", "launched_on", "stopped_on", lambda p, last: p["online"]),
    "products_launched": rows_of("product", "launched_on"),
    "teams": standing("team", "since", "until", what="kind"),
    "chief_officers": standing("team", "since", "until", lambda t, last: t["kind"] == "首席金融服务官", what="kind"),
    "parks": parks(lambda raw, p, last: True),
    "parks_filed": parks(lambda raw, p, last: p["filed_on"] and str(p["filed_on"]) <= last),
    "parks_agreed": parks(lambda raw, p, last: p["agreed_on"] and str(p["agreed_on"]) <= last),
    "parks_insured": parks(lambda raw, p, last: p["insured"]),
    "parks_digital": parks(lambda raw, p, last: p["pilot"] in ("数字化示范园区", "数字化试点园区")),
    "park_lines": parks(lambda raw, p, last: True, weighed=True),
    "parks_reached": parks(reached),
    "park_firms": tenants,
    "park_credited": lambda raw, first, last, banks: tenants(raw, first, last, banks, credited=True),
    "campaign_firms": tagged,
    "campaign_reached": on_list(
        lambda raw, first, last, banks: matched(raw, first, last, banks) + _effective(raw, last), tagged),
    "campaign_matched": on_list(matched, tagged),
    "campaign_online": on_list(
        lambda raw, first, last, banks: online(raw, first, last, banks) + matched(raw, first, last, banks, True), tagged),
    "campaign_touched": on_list(
        lambda raw, first, last, banks: online(raw, first, last, banks) + matched(raw, first, last, banks), tagged),
    "tax_firms": rated,
    "guarantees": guarantee(),
    "guarantee_balance": stands,
    "guarantee_fees": guarantee(rate="fee"),
    "small_rural": guarantee(lambda g, last: g["small_rural"]),
    "small_rural_fees": guarantee(lambda g, last: g["small_rural"], rate="fee"),
    "over_limit": over,
    "low_fee": guarantee(lambda g, last: g["fee"] is not None and number(g["fee"]) <= 10_000),
    "guarantees_no_loan": guarantee(lambda g, last: g["no_loan_before"]),
    **{f"risk_{name}": guarantee(rate=f"share_{name}") for name in ("guarantor", "bank", "higher", "government")},
    "compensations": guarantee(day="paid_out_on", fen="paid_out"),
}  # fmt: skip


def _effective(raw: Raw, last: str) -> list[Event]:
    """By the rules as they stand where nobody set others: two people, and the firm was found."""
    return visits(
        raw, lambda v: v["kind"] in ("走访", "回访") and v["result"] not in ("查无此户", "拒访", "无法联系")
        and v["first"] and (v["second"] or v["manager"]),
    )  # fmt: skip
