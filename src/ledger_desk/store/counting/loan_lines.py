"""Lines of renewals, loans falling due, cultivation and decisions on time; one declaration each.

Sources: `domain.md` §2 and §2.1, §3.1; `seeds/002` 六; `seeds/003` 六, 八; `seeds/004` 一(三).
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.store.counting.reading import Reading, parameter
from ledger_desk.store.counting.working_days import working_days

RENEWED = "无还本续贷"
_OWN_OFFICE = "(SELECT m.office FROM matching AS m WHERE m.id = {loan}.matching AND m.removed = 0)"
_OWN_TOWNSHIP = (
    "coalesce({loan}.township,"
    " (SELECT m.township FROM matching AS m WHERE m.id = {loan}.matching AND m.removed = 0))"
)


def _renewal(day: str, test: str, amount: str, *, weight: str = "", what: str = "NULL") -> Reading:
    return Reading(
        table="renewal", day=day, test=test, firm="t.enterprise", bank="t.bank", township="t.township",
        amount=amount, weight=weight, what=what,
    )  # fmt: skip


# What is owed on the day on which a loan falls due; without drawdowns what the contract says.
_OWED = (
    "coalesce((SELECT sum(d.amount) FROM drawdown AS d WHERE d.loan = t.id AND d.removed = 0"
    " AND d.day <= t.due_on) - coalesce((SELECT sum(r.amount) FROM repayment AS r WHERE r.loan = t.id"
    " AND r.removed = 0 AND r.day < t.due_on), 0), t.balance, t.amount, 0)"
)
_UNLISTED = (
    "(t.settled_on IS NULL OR t.settled_on >= t.due_on) AND NOT EXISTS (SELECT 1 FROM renewal AS n"
    f" WHERE n.loan = t.id AND n.removed = 0 AND n.due_on = t.due_on) AND {_OWED} <> 0"
)


def _unlisted(test: str) -> Reading:
    """Loans falling due that the book of renewals does not have."""
    return Reading(
        table="loan", day="t.due_on", test=f"{_UNLISTED} AND {test}", firm="t.enterprise", bank="t.bank",
        office=_OWN_OFFICE.format(loan="t"), township=_OWN_TOWNSHIP.format(loan="t"), amount=_OWED,
    )  # fmt: skip


_MADE_BY_RENEWAL = (
    f"l.removed = 0 AND (l.settled_on IS NULL OR l.settled_on > :last) AND (l.form = '{RENEWED}'"
    f" OR EXISTS (SELECT 1 FROM renewal AS n WHERE n.new_loan = l.id AND n.removed = 0 AND n.way = '{RENEWED}'))"
)


def _moved(table: str, sign: str, test: str) -> Reading:
    return Reading(
        table=table, day="t.day", test=test, joins="JOIN loan AS l ON l.id = t.loan", firm="l.enterprise",
        bank="l.bank", office=_OWN_OFFICE.format(loan="l"), township=_OWN_TOWNSHIP.format(loan="l"),
        amount=f"{sign}t.amount",
    )  # fmt: skip


# A renewal whose new loan has no entries of money stands with its amount until it falls due again.
_UNPAID = _renewal(
    "t.done_on",
    f"t.way = '{RENEWED}' AND (t.new_due_on IS NULL OR t.new_due_on > :last) AND NOT EXISTS"
    " (SELECT 1 FROM loan AS l JOIN drawdown AS d ON d.loan = l.id AND d.removed = 0 AND d.day IS NOT NULL"
    " WHERE l.id = t.new_loan AND l.removed = 0)",
    "t.amount",
)
_RENEWAL_RATE = (
    "coalesce(t.rate, (SELECT l.rate FROM loan AS l WHERE l.id = t.new_loan AND l.removed = 0))"
)


def _listed(day: str, test: str = "1") -> Reading:
    return Reading(
        table="cultivation", day=day, test=test, firm="t.enterprise", bank="t.bank", what="t.source"
    )


_DECIDED = (
    "JOIN matching AS m ON m.id = t.matching AND m.removed = 0"
    " JOIN referral AS r ON r.id = m.referral AND r.removed = 0"
)


def _timed(start: str, test: str = "1") -> Reading:
    """Decisions with the days since a referral's day; a decision before it says nothing."""
    return Reading(
        table="credit", day="t.decided_on", joins=_DECIDED, firm="m.enterprise", bank="m.bank",
        office="m.office", township="m.township", test=f"t.decided_on >= {start} AND {test}",
        amount=f"CAST(julianday(t.decided_on) - julianday({start}) AS INTEGER)",
    )  # fmt: skip


# When the clock of a decision begins, and what it counts, are the office's to say.
_BEGUN = (
    f"(CASE {parameter('clock.decision_start', 'TEXT')} WHEN '受理日' THEN r.accepted_on"
    " WHEN '推送日' THEN r.pushed_on ELSE r.complete_on END)"
)
_LATE = (
    f"(CASE {parameter('clock.decision_unit', 'TEXT')}"
    f" WHEN '工作日' THEN {working_days(_BEGUN, 't.decided_on')}"
    f" ELSE julianday(t.decided_on) - julianday({_BEGUN}) END) > {parameter('clock.decision_days')}"
)

LOAN_LINES: Mapping[str, tuple[Reading, ...]] = {
    "due": (_renewal("t.due_on", "1", "t.due_amount"), _unlisted("1")),
    "wanted": (
        _renewal("t.due_on", "t.wanted = 1", "coalesce(t.wanted_amount, t.due_amount)"),
        _unlisted("t.renewal_wanted = 1"),
    ),
    "unrenewed": (_renewal("t.due_on", "t.way = '未续贷'", "t.due_amount", what="t.why_not"),),
    "extended": (_renewal("t.done_on", "t.way = '展期'", "t.amount"),),
    "rescheduled": (_renewal("t.done_on", "t.way = '调整还款安排'", "t.amount"),),
    "rated_renewals": (
        _renewal("t.done_on", f"t.way = '{RENEWED}'", "t.amount", weight=_RENEWAL_RATE),
    ),
    "renewal_balance": (
        _moved("drawdown", "", _MADE_BY_RENEWAL), _moved("repayment", "-", _MADE_BY_RENEWAL), _UNPAID,
    ),
    "cultivated": (
        Reading(
            table="cultivation", day="t.listed_on", stock=True, firm="t.enterprise", bank="t.bank",
            what="t.source",
            test="t.listed_on <= :last AND (:first IS NULL OR t.left_on IS NULL OR t.left_on >= :first)",
        ),
    ),
    "cultivation_listed": (_listed("t.listed_on"),),
    "cultivation_left": (_listed("t.left_on"),),
    "cultivation_checked": (_listed("t.checked_on"),),
    "cultivation_planned": (
        _listed(
            "t.listed_on",
            "coalesce(t.plan_finance, '') || coalesce(t.plan_credit, '') || coalesce(t.plan_settlement, '') <> ''",
        ),
    ),
    "hosted": (
        _listed("t.listed_on", "t.bank IS NOT NULL AND (t.left_on IS NULL OR t.left_on > :last)"),
    ),
    "helps": (
        Reading(
            table="help", day="t.day", joins="JOIN cultivation AS k ON k.id = t.cultivation AND k.removed = 0",
            firm="k.enterprise", bank="k.bank", what="t.kind", title="t.content",
        ),
    ),
    "cultivated_lent": (
        _moved(
            "drawdown", "",
            f"l.removed = 0 AND coalesce(l.form, '') <> '{RENEWED}' AND EXISTS (SELECT 1 FROM cultivation AS k"
            " WHERE k.enterprise = l.enterprise AND k.removed = 0 AND k.listed_on <= t.day)",
        ),
    ),
    "timed_decisions": (_timed("r.complete_on"),),
    "late_decisions": (_timed(_BEGUN, _LATE),),
    "timed_mortgages": (_timed("r.accepted_on", "t.security = '抵押'"),),
}  # fmt: skip
BALANCES = frozenset({"balance", "bad_balance", "unsecured_balance", "renewal_balance", "guarantee_balance"})  # fmt: skip
"""Kinds of which a firm counts only while its amounts do not come to nothing."""
