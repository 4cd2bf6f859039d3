"""Event lines of the work: targets, visits, needs, the two lists, what banks did with them.

The lists follow `decisions.md` 19–21: who was taken off the recommendation list by the last day
counts nowhere below it, a firm is 授信 if any bank granted and 审批中 if none has decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    union_all,
)

from ledger_desk.store.counting.event_lines import (
    LineSelect,
    Scope,
    Window,
    inside,
    is_long,
    line,
    unindexed,
    walked,
)
from ledger_desk.store.schema import table
from ledger_desk.store.worked.effective import effective_on

VISITS = ("走访", "回访")  # a consultation at our window and a check after the loan are none
REMOVED = "已移出"
_VISITED_BEFORE = (
    "EXISTS (SELECT 1 FROM visit AS w WHERE w.enterprise = visit.enterprise AND w.removed = 0"
    f" AND w.kind IN {VISITS} AND w.day <= visit.day AND (w.day < visit.day OR w.id < visit.id))"
)
# In the order of their index, firm by firm, the visits of other kinds taken out by their numbers.
_FIRST_VISITS = (
    "SELECT substr(min(w.day || w.id), 11) FROM visit AS w"
    " WHERE w.enterprise IS NOT NULL AND w.removed = 0 AND w.rowid NOT IN (SELECT o.rowid"
    f" FROM visit AS o WHERE o.removed = 0 AND coalesce(o.kind, '') NOT IN {VISITS})"
    " AND w.day IS NOT NULL GROUP BY w.enterprise"
)


# -- visits --------------------------------------------------------------------------------------------


def _targets(window: Window, scope: Scope) -> LineSelect:
    """Firms of plans that have begun, but for those taken off the target list by the last day."""
    t, p = table("visit_task"), table("visit_plan")
    lines = line(
        "visit_task", t.c.enterprise, t.c.bank, p.c.office, t.c.township, p.c.starts_on, null()
    ).add_columns(*_people(t, scope))
    dropped = and_(
        func.coalesce(t.c.dropped, "") != "",
        func.coalesce(t.c.dropped_on, "") <= window.last.isoformat(),
    )
    return lines.join(p, t.c.plan == p.c.id).where(
        t.c.removed == 0, p.c.removed == 0, ~dropped, inside(p.c.starts_on, window)
    )


def _people(row: Any, scope: Scope) -> tuple[Any, ...]:
    """The two who went, where the scope asks for people (`composed.of_people`)."""
    return (row.c.first, row.c.second) if scope.asks("person") else ()


def _visited(window: Window, scope: Scope, amount: Any = None) -> LineSelect:
    v = table("visit")
    lines = line(
        "visit", v.c.enterprise, v.c.bank, v.c.office, v.c.township, v.c.day,
        null() if amount is None else amount,
    ).add_columns(*_people(v, scope))  # fmt: skip
    # Of a long window no index of live visits is a short cut, not that of kinds or needs either.
    return lines.where(walked(v.c.removed, window) == 0, inside(v.c.day, window))


def _visits(window: Window, scope: Scope) -> LineSelect:
    return _visited(window, scope).where(table("visit").c.kind.in_(VISITS))


def _effective_visits(window: Window, scope: Scope) -> LineSelect:
    rules = effective_on(f"'{window.last.isoformat()}'")
    effective: ColumnElement[int] = literal_column(rules.format(row="visit"))
    return _visits(window, scope).where(effective == 1)


def _repeat_visits(window: Window, scope: Scope) -> LineSelect:
    """Visits to firms that were visited before: all but the first visit of each."""
    found = _visits(window, scope)
    if is_long(window):  # the first ones are found once, in indexes alone
        return found.where(text(f"visit.id NOT IN ({_FIRST_VISITS})"))
    return found.where(text(_VISITED_BEFORE))


def _needs(window: Window, scope: Scope) -> LineSelect:
    """Firms that were found to need money; of several findings the newest one's amount counts."""
    v, later = table("visit"), table("visit").alias("later")
    if is_long(window):  # one walk over all of them beats a look at each firm's others
        turn = func.row_number().over(
            partition_by=v.c.enterprise, order_by=(v.c.day.desc(), v.c.id.desc())
        )
        found = _visited(Window(None, window.last), scope, v.c.amount).where(v.c.has_need == 1)
        every = found.add_columns(turn.label("turn")).subquery()
        amount = case((every.c.turn == 1, every.c.amount), else_=0).label("amount")
        names = [each for each in every.c if each.name != "turn"]
        lines = select(*(amount if each.name == "amount" else each for each in names))
        first = window.first
        return lines if first is None else lines.where(every.c.day >= first.isoformat())
    newer = exists().where(
        # The other visits of the firm, not all that have a need.
        later.c.enterprise == v.c.enterprise, unindexed(later.c.removed) == 0, later.c.has_need == 1,
        later.c.day.between(v.c.day, window.last.isoformat()),
        or_(later.c.day > v.c.day, and_(later.c.day == v.c.day, later.c.id > v.c.id)),
    )  # fmt: skip
    return _visited(window, scope, case((newer, null()), else_=v.c.amount)).where(v.c.has_need == 1)


# -- the two lists -------------------------------------------------------------------------------------


def _listed(day: Any, window: Window, scope: Scope, *tests: Any) -> LineSelect:
    """Applications by a day; split by banks, each intended bank has a line of its own."""
    a = table("application")

    def lines(bank: Any) -> Select[Any]:
        found = line("application", a.c.enterprise, bank, a.c.office, a.c.township, day, a.c.amount)
        return found.where(a.c.removed == 0, inside(day, window), *tests)

    if not scope.asks("bank", "bank_type"):
        return lines(a.c.bank1)
    return select(
        union_all(lines(a.c.bank1), lines(a.c.bank2).where(a.c.bank2.is_not(None))).subquery()
    )


def _stays(window: Window) -> ColumnElement[bool]:
    """Not taken off the recommendation list by the last day."""
    a = table("application")
    gone = and_(a.c.state == REMOVED, func.coalesce(a.c.left_on, "") <= window.last.isoformat())
    return ~func.coalesce(gone, False)


def _asked(window: Window, scope: Scope) -> LineSelect:
    a = table("application")
    return _listed(a.c.applied_on, window, scope, func.coalesce(a.c.state, "") != "已撤回")


def _applied(window: Window, scope: Scope) -> LineSelect:
    return _listed(table("application").c.listed_on, window, scope)


def _recommended(window: Window, scope: Scope) -> LineSelect:
    return _listed(table("application").c.recommended_on, window, scope, _stays(window))


def _removed(window: Window, scope: Scope) -> LineSelect:
    a = table("application")
    return _listed(a.c.left_on, window, scope, a.c.state == REMOVED)


# -- at the banks --------------------------------------------------------------------------------------


def _referred(day: Any, window: Window, *tests: Any) -> LineSelect:
    r, a = table("referral"), table("application")
    lines = line("referral", r.c.enterprise, r.c.bank, a.c.office, r.c.township, day, a.c.amount)
    return lines.join(a, r.c.application == a.c.id).where(
        r.c.removed == 0, a.c.removed == 0, inside(day, window), _stays(window), *tests
    )


def _pushed(window: Window, scope: Scope) -> LineSelect:
    return _referred(table("referral").c.pushed_on, window)


def _given_up(window: Window, scope: Scope) -> LineSelect:
    return _referred(table("referral").c.given_up_on, window)


def _qualified(window: Window, scope: Scope) -> LineSelect:
    r = table("referral")
    return _referred(r.c.qualified_on, window, r.c.qualified == 1)


def _unqualified(window: Window, scope: Scope) -> LineSelect:
    """Firms of which the bank says that they do not meet its conditions (`decisions.md` 21)."""
    r = table("referral")
    return _referred(r.c.qualified_on, window, r.c.qualified == 0)


def _not_wanting(window: Window, scope: Scope) -> LineSelect:
    """Granted firms that do not want the money now, as the bank says (`decisions.md` 21)."""
    r = table("referral")
    return _referred(r.c.wants_on, window, r.c.wants_money == 0, _decided(window, granted=True))


def _wanting(window: Window, scope: Scope) -> LineSelect:
    """Granted firms that want the money, as the bank says (`decisions.md` 21)."""
    r = table("referral")
    return _referred(r.c.wants_on, window, r.c.wants_money == 1, _decided(window, granted=True))


def _decided(window: Window, *, granted: bool | None = None) -> ColumnElement[bool]:
    """Whether any bank has decided on the firm of ``referral`` by the last day, through a referral."""
    r, other, m, c = (
        table("referral"),
        *(table(n).alias() for n in ("referral", "matching", "credit")),
    )
    tests = [] if granted is None else [c.c.granted == int(granted)]
    return exists().where(
        other.c.enterprise == r.c.enterprise, other.c.removed == 0, m.c.referral == other.c.id,
        m.c.removed == 0, c.c.matching == m.c.id, c.c.removed == 0,
        c.c.decided_on <= window.last.isoformat(), *tests,
    )  # fmt: skip


def _pending(window: Window, scope: Scope) -> LineSelect:
    """Firms with a bank on which none has decided, and that have not given up at this one."""
    r = table("referral")
    given_up = func.coalesce(r.c.given_up_on <= window.last.isoformat(), False)
    return _referred(r.c.pushed_on, window, ~_decided(window), ~given_up)


def _met(name: str, day: Any, amount: Any, window: Window, *joins: tuple[Any, Any]) -> LineSelect:
    """What hangs on contacts that belong to referrals of firms still recommended."""
    m, r, a = table("matching"), table("referral"), table("application")
    found = line(name, m.c.enterprise, m.c.bank, m.c.office, m.c.township, day, amount)
    for joined, how in joins:
        found = found.join(joined, how)
    return found.join(r, m.c.referral == r.c.id).join(a, r.c.application == a.c.id).where(
        m.c.removed == 0, r.c.removed == 0, a.c.removed == 0, inside(day, window), _stays(window)
    )  # fmt: skip


def _contacts(window: Window, scope: Scope) -> LineSelect:
    """Contacts on or after the day of the push (`decisions.md` 19)."""
    m, r = table("matching"), table("referral")
    return _met("matching", m.c.day, null(), window).where(m.c.day >= r.c.pushed_on)


def _list_decisions(window: Window, granted: bool) -> LineSelect:
    c, m = table("credit"), table("matching")
    found = _met("credit", c.c.decided_on, c.c.amount, window, (m, c.c.matching == m.c.id))
    return found.where(c.c.removed == 0, c.c.granted == int(granted))


def _list_grants(window: Window, scope: Scope) -> LineSelect:
    return _list_decisions(window, True)


def _list_refusals(window: Window, scope: Scope) -> LineSelect:
    return _list_decisions(window, False).where(~_decided(window, granted=True))


def _list_drawdowns(window: Window, scope: Scope) -> LineSelect:
    d, loan, m = table("drawdown"), table("loan"), table("matching")
    found = _met(
        "drawdown",
        d.c.day,
        d.c.amount,
        window,
        (loan, d.c.loan == loan.c.id),
        (m, loan.c.matching == m.c.id),
    )
    return found.where(d.c.removed == 0, loan.c.removed == 0)


# -- loans of a kind -----------------------------------------------------------------------------------


def _drawn(window: Window, *tests: Any) -> LineSelect:
    d, loan, m = table("drawdown"), table("loan"), table("matching")
    found = line(
        "drawdown", loan.c.enterprise, loan.c.bank, m.c.office,
        func.coalesce(loan.c.township, m.c.township), d.c.day, d.c.amount,
    )  # fmt: skip
    return (
        found.join(loan, d.c.loan == loan.c.id)
        .outerjoin(m, and_(loan.c.matching == m.c.id, m.c.removed == 0))
        .where(d.c.removed == 0, loan.c.removed == 0, inside(d.c.day, window), *tests)
    )


def _unsecured(window: Window, scope: Scope) -> LineSelect:
    return _drawn(window, table("loan").c.security == "信用")


def _long(window: Window, scope: Scope) -> LineSelect:
    return _drawn(window, table("loan").c.months > 12)


def _renewed(window: Window, scope: Scope) -> LineSelect:
    """Loans renewed without repayment (无还本续贷), by the day on which it was done."""
    n = table("renewal")
    found = line("renewal", n.c.enterprise, n.c.bank, null(), n.c.township, n.c.done_on, n.c.amount)
    return found.where(n.c.removed == 0, n.c.way == "无还本续贷", inside(n.c.done_on, window))


EVENTS: Mapping[str, Callable[[Window, Scope], LineSelect]] = {
    "targets": _targets,
    "visits": _visits,
    "effective_visits": _effective_visits,
    "repeat_visits": _repeat_visits,
    "needs": _needs,
    "asked": _asked,
    "applied": _applied,
    "recommended": _recommended,
    "removed": _removed,
    "pushed": _pushed,
    "list_contacts": _contacts,
    "qualified": _qualified,
    "unqualified": _unqualified,
    "list_grants": _list_grants,
    "list_refusals": _list_refusals,
    "list_pending": _pending,
    "given_up": _given_up,
    "wanting": _wanting,
    "not_wanting": _not_wanting,
    "list_drawdowns": _list_drawdowns,
    "unsecured": _unsecured,
    "long": _long,
    "renewed": _renewed,
}
