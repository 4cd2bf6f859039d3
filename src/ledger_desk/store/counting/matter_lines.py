"""Lines of records that are no firm's, or only perhaps: tickets, inspections, activities and parks.

One declaration each. A record that hangs on a firm in the recycle bin is not counted.
Sources: `seeds/001` 二(一)(十); `seeds/002` 六, 八(二); `seeds/003` 七, 十三, 十四; `seeds/004` 一, 二.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.store.counting.firm_lines import INSIDE, credited
from ledger_desk.store.counting.reading import Reading, parameter
from ledger_desk.store.worked.parks import MIDDLE_STARS, TOP_STARS


# -- tickets -------------------------------------------------------------------------------------------
def _ticket(day: str, test: str = "1", amount: str = "0") -> tuple[Reading, ...]:
    return (
        Reading(
            table="ticket", day=day, test=test, firm="t.enterprise", bank="t.bank", township="t.township",
            amount=amount, what="t.kind", title="coalesce(t.no || '　', '') || coalesce(t.problem, '')",
        ),
    )  # fmt: skip


_LIMIT = "coalesce(t.extended_to, t.due_on)"
_UNSOLVED = "(t.solved_on IS NULL OR t.solved_on > :last)"
_TOLD = "t.satisfied IN ('满意', '基本满意', '不满意')"
_TICKETS: dict[str, tuple[Reading, ...]] = {
    "tickets_collected": _ticket("t.collected_on"),
    "tickets_handed": _ticket("t.handed_on"),
    "tickets_solved": _ticket(
        "t.solved_on", "1", "max(CAST(julianday(t.solved_on) - julianday(t.collected_on) AS INTEGER), 0)"
    ),
    "tickets_closed": _ticket("t.closed_on"),
    "tickets_open": _ticket("t.collected_on", _UNSOLVED),
    "tickets_late": _ticket("t.collected_on", f"{_UNSOLVED} AND {_LIMIT} < :last"),
    "tickets_solved_late": _ticket("t.solved_on", f"t.solved_on > {_LIMIT}"),
    "tickets_escalated": _ticket("t.escalated_on"),
    "tickets_green": _ticket("t.collected_on", "t.green = 1"),
    "tickets_parallel": _ticket("t.collected_on", "t.parallel = 1"),
    "tickets_lenient": _ticket("t.collected_on", "t.lenient = 1"),
    "tickets_promised": _ticket("t.collected_on", "t.promised = 1"),
    "tickets_answered": _ticket("t.solved_on", _TOLD),
    "tickets_satisfied": _ticket("t.solved_on", "t.satisfied IN ('满意', '基本满意')"),
}  # fmt: skip


# -- inspections, faults -------------------------------------------------------------------------------
def _inspection(test: str = "1", amount: str = "0") -> tuple[Reading, ...]:
    return (
        Reading(
            table="inspection", day="t.day", test=test, bank="t.bank", amount=amount, what="t.kind",
            title="coalesce(t.business, t.finding, t.kind)",
        ),
    )  # fmt: skip


def _fault(day: str, test: str = "1") -> tuple[Reading, ...]:
    return (
        Reading(
            table="rectification",
            day=day,
            test=test,
            bank="t.bank",
            what="t.source",
            title="t.problem",
        ),
    )


_UNMENDED = "(t.done_on IS NULL OR t.done_on > :last)"
_INSPECTIONS: dict[str, tuple[Reading, ...]] = {
    "inspections": _inspection(),
    "inspections_faulty": _inspection("coalesce(t.finding, '') <> ''"),
    "walked_steps": _inspection("t.steps IS NOT NULL", "t.steps"),
    "walked_papers": _inspection("t.papers IS NOT NULL", "t.papers"),
    "walked_days": _inspection("t.days IS NOT NULL", "t.days"),
    "walks_asked_online": _inspection("t.online IS NOT NULL"),
    "walks_online": _inspection("t.online = 1"),
    "faults_found": _fault("t.found_on"),
    "faults_ordered": _fault("t.ordered_on"),
    "faults_watched": _fault("t.watched_on"),
    "faults_mended": _fault("t.done_on"),
    "faults_closed": _fault("t.checked_on"),
    "faults_open": _fault("t.found_on", _UNMENDED),
    "faults_late": _fault("t.found_on", f"{_UNMENDED} AND t.due_on < :last"),
    "talks_held": _fault("t.talked_on"),
}


# -- complaints, brokers, duty cases -------------------------------------------------------------------
def _complaint(day: str, test: str = "1", amount: str = "t.amount") -> tuple[Reading, ...]:
    return (
        Reading(
            table="complaint", day=day, test=test, firm="t.enterprise", bank="t.bank", amount=amount,
            what="t.kind", title="t.content",
        ),
    )  # fmt: skip


def _broker(day: str) -> tuple[Reading, ...]:
    return (Reading(table="intermediary", day=day, what="t.deeds", title="t.name"),)


def _case(test: str = "1") -> tuple[Reading, ...]:
    return (
        Reading(
            table="duty_case", day="t.day", test=test, firm="t.enterprise", bank="t.bank", amount="t.amount",
            title="t.person",
        ),
    )  # fmt: skip


_COMPLAINTS: dict[str, tuple[Reading, ...]] = {
    "complaints": _complaint("t.received_on"),
    "complaints_valid": _complaint("t.received_on", "t.result IN ('属实', '部分属实')"),
    "complaints_handled": _complaint("t.handled_on", amount="t.refunded"),
    "intermediaries_found": _broker("t.found_on"),
    "intermediaries_handed": _broker("t.handed_on"),
    "duty_cases": _case(),
    "duty_exempt": _case("t.exempt = 1"),
}


# -- activities, products, teams -----------------------------------------------------------------------
def _activity(test: str = "1", *, day: str = "t.day", amount: str = "0") -> tuple[Reading, ...]:
    return (
        Reading(
            table="activity", day=day, test=test, bank="t.bank", office="t.office", township="t.township",
            amount=amount, what="t.kind", title="t.name",
        ),
    )  # fmt: skip


def _summed(column: str) -> tuple[Reading, ...]:
    return _activity(f"{column} IS NOT NULL", amount=column)


_OF_KIND = {
    "talks": "专题宣讲", "publicity": "广泛宣传", "help_activities": "帮扶活动", "fairs": "首贷专场对接会",
    "meetings": "银企对接会", "receptions": "行长接待日", "officer_receptions": "首席服务官接访",
    "trainings": "培训", "practices": "经验做法", "innovations": "创新产品", "model_cases": "典型案例",
    "briefs": "专题信息", "proofs": "佐证材料",
}  # fmt: skip
_ACTIVITIES: dict[str, tuple[Reading, ...]] = {
    "activities": _activity(),
    **{name: _activity(f"t.kind = '{kind}'") for name, kind in _OF_KIND.items()},
    "activities_sent": _activity(day="t.sent_on"),
    "activities_used": _activity("t.used = 1", day="t.sent_on"),
    "briefs_sent": _activity("t.kind = '专题信息'", day="t.sent_on"),
    "activity_firms": _summed("t.firms"),
    "activity_people": _summed("t.people"),
    "activity_signed": _summed("t.signed"),
    "activity_signed_amount": _summed("t.signed_amount"),
    "reception_firms": _activity(
        "t.kind IN ('行长接待日', '首席服务官接访') AND t.firms IS NOT NULL", amount="t.firms"
    ),
}


def _product(test: str = "1") -> tuple[Reading, ...]:
    on_offer = (
        "(t.launched_on IS NULL OR t.launched_on <= :last)"
        " AND (t.stopped_on IS NULL OR t.stopped_on > :last)"
    )
    return (
        Reading(
            table="product", day="coalesce(t.launched_on, :last)", test=f"{on_offer} AND {test}", stock=True,
            bank="t.bank", title="t.name",
        ),
    )  # fmt: skip


def _team(test: str = "1") -> tuple[Reading, ...]:
    return (
        Reading(
            table="team", day="coalesce(t.since, :last)", test=f"{INSIDE} AND {test}", stock=True,
            bank="t.bank", office="t.office", what="t.kind", title="t.name",
        ),
    )  # fmt: skip


# -- parks -----------------------------------------------------------------------------------------------
def _park(test: str = "1", *, day: str = ":last", amount: str = "0", weight: str = "") -> tuple[Reading, ...]:  # fmt: skip
    return (
        Reading(
            table="park", day=day, test=test, stock=True, bank="t.bank", township="t.township", amount=amount,
            weight=weight, star="t.stars", park="t.id", title="t.name",
        ),
    )  # fmt: skip


_SHARE_OWED = (
    f"(CASE WHEN t.stars IN {TOP_STARS!r} THEN {parameter('park.top')}"
    f" WHEN t.stars = '{MIDDLE_STARS[0]}' THEN {parameter('park.middle')} ELSE {parameter('park.rest')} END)"
)
_TENANTS = (
    "(SELECT count(DISTINCT n.enterprise) FROM tenancy AS n JOIN enterprise AS e ON e.id = n.enterprise"
    f" AND e.removed = 0 WHERE n.park = t.id AND n.removed = 0 AND {INSIDE.replace('t.', 'n.')}"
)
_REACHED = (
    f"{_TENANTS}) > 0 AND {_TENANTS} AND {credited('n.enterprise')}) * 100"
    f" >= {_TENANTS}) * {_SHARE_OWED}"
)

THING_LINES: Mapping[str, tuple[Reading, ...]] = {
    **_TICKETS,
    **_INSPECTIONS,
    **_COMPLAINTS,
    **_ACTIVITIES,
    "products": _product(),
    "first_products": _product("t.first_loan = 1"),
    "online_products": _product("t.online = 1"),
    "products_launched": (
        Reading(table="product", day="t.launched_on", bank="t.bank", title="t.name"),
    ),
    "teams": _team(),
    "chief_officers": _team("t.kind = '首席金融服务官'"),
    "parks": _park(),
    "parks_filed": _park("t.filed_on <= :last", day="t.filed_on"),
    "parks_agreed": _park("t.agreed_on <= :last", day="t.agreed_on"),
    "parks_insured": _park("t.insured = 1"),
    "parks_digital": _park("t.pilot IN ('数字化示范园区', '数字化试点园区')"),
    "park_lines": _park(amount="1", weight=f"({_SHARE_OWED} * 10000)"),
    "parks_reached": _park(_REACHED),
}
