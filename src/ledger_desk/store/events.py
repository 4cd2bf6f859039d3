"""Event lines: contacts, decisions, drawdowns, repayments, each with firm, bank, office and day.

To add a kind of event: a function (window, scope) → select of lines, and a line in `_EVENTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from ledger_desk.store.schema import table

LineSelect = Select[Any]


@dataclass(frozen=True)
class Window:
    """Days that count, both ends included.

    Attributes:
        first: First day, or None for everything since the beginning (期末数).
        last: Last day.
        newly: Count only firms whose first event in the window lies on or after this day
            (本期新增, `decisions.md` 15: these add up over periods).
    """

    first: date | None
    last: date
    newly: date | None = None


@dataclass(frozen=True)
class Scope:
    """Which part of the ledger, and by what it is split.

    Attributes:
        by: ``township``, ``bank``, ``kind`` or empty for one number over everything.
        office: Only events of this reporting office's matchings (id), or None for all.
        lookback: Years without a loan that make a loan the first one (`decisions.md` 18).
    """

    by: str = ""
    office: str | None = None
    lookback: int = 5


WHOLE = Scope()


def _inside(day: ColumnElement[Any], window: Window) -> ColumnElement[bool]:
    last = day <= window.last.isoformat()
    return last if window.first is None else and_(day >= window.first.isoformat(), last)


def _line(name: str, enterprise: Any, bank: Any, office: Any, day: Any, amount: Any) -> LineSelect:
    return select(
        enterprise.label("enterprise"), bank.label("bank"), office.label("office"), day.label("day"),
        func.coalesce(amount, 0, type_=Integer).label("amount"), literal(name).label("source"),
        table(name).c.id.label("record"),
    )  # fmt: skip


def _matchings(window: Window, scope: Scope) -> LineSelect:
    m = table("matching")
    lines = _line("matching", m.c.enterprise, m.c.bank, m.c.office, m.c.day, null())
    return lines.where(m.c.removed == 0, _inside(m.c.day, window))


def _decisions(window: Window, granted: bool) -> LineSelect:
    m, c = table("matching"), table("credit")
    lines = _line("credit", m.c.enterprise, m.c.bank, m.c.office, c.c.decided_on, c.c.amount)
    return lines.join(m, c.c.matching == m.c.id).where(
        c.c.removed == 0,
        m.c.removed == 0,
        c.c.granted == int(granted),
        _inside(c.c.decided_on, window),
    )


def _grants(window: Window, scope: Scope) -> LineSelect:
    return _decisions(window, True)


def _refusals(window: Window, scope: Scope) -> LineSelect:
    """Refusals of firms that no bank has granted up to the last day (`decisions.md` 20)."""
    m, c = table("matching"), table("credit").alias()
    other = table("matching").alias()
    granted = exists().where(
        c.c.matching == other.c.id, other.c.enterprise == m.c.enterprise, c.c.removed == 0,
        other.c.removed == 0, c.c.granted == 1, c.c.decided_on <= window.last.isoformat(),
    )  # fmt: skip
    return _decisions(window, False).where(~granted)


def _money(name: str, sign: int, window: Window) -> LineSelect:
    """Drawdowns or repayments; the office is that of the loan's matching, where it has one."""
    d, loan, m = table(name), table("loan"), table("matching")
    lines = _line(name, loan.c.enterprise, loan.c.bank, m.c.office, d.c.day, d.c.amount * sign)
    return (
        lines.join(loan, d.c.loan == loan.c.id)
        .outerjoin(m, and_(loan.c.matching == m.c.id, m.c.removed == 0))
        .where(d.c.removed == 0, loan.c.removed == 0, _inside(d.c.day, window))
    )


def _drawdowns(window: Window, scope: Scope) -> LineSelect:
    return _money("drawdown", 1, window)


def _balance(window: Window, scope: Scope) -> LineSelect:
    parts = union_all(_money("drawdown", 1, window), _money("repayment", -1, window)).subquery()
    return select(parts)


def _firsts(window: Window, scope: Scope) -> LineSelect:
    """Each firm's first drawdown, unless a loan of another contract is known in the years before."""
    everything = _drawdowns(Window(None, window.last), scope).subquery()
    turn = func.row_number().over(
        partition_by=everything.c.enterprise, order_by=(everything.c.day, everything.c.record)
    )
    d = select(everything, turn.label("turn")).subquery()
    drawn, prior, paid = table("drawdown").alias(), table("loan").alias(), table("drawdown").alias()
    own_loan = select(drawn.c.loan).where(drawn.c.id == d.c.record).scalar_subquery()
    since = func.date(d.c.day, f"-{int(scope.lookback)} years")
    known = exists().where(
        prior.c.enterprise == d.c.enterprise, prior.c.removed == 0, prior.c.matching.is_(None),
        prior.c.id != own_loan, prior.c.signed_on < d.c.day,
        func.coalesce(prior.c.due_on, prior.c.signed_on) >= since,
        ~exists().where(paid.c.loan == prior.c.id, paid.c.removed == 0),
    )  # fmt: skip
    k = table("cultivation")
    had = exists().where(
        k.c.enterprise == d.c.enterprise, k.c.removed == 0, k.c.prior_loan == "有贷",
        or_(k.c.checked_on.is_(None), k.c.checked_on <= d.c.day),
    )  # fmt: skip
    return select(d).where(d.c.turn == 1, _inside(d.c.day, window), ~known, ~had)


def _checked(lines: Any) -> ColumnElement[bool]:
    k = table("cultivation").alias()
    return exists().where(
        k.c.enterprise == lines.c.enterprise, k.c.removed == 0, k.c.prior_loan == "无贷",
        k.c.checked_on <= lines.c.day,
    )  # fmt: skip


def _first_loans(window: Window, scope: Scope) -> LineSelect:
    lines = _firsts(window, scope).subquery()
    return select(lines).where(_checked(lines))


def _unchecked_loans(window: Window, scope: Scope) -> LineSelect:
    lines = _firsts(window, scope).subquery()
    return select(lines).where(~_checked(lines))


_EVENTS: dict[str, Callable[[Window, Scope], LineSelect]] = {
    "matchings": _matchings,
    "grants": _grants,
    "refusals": _refusals,
    "drawdowns": _drawdowns,
    "balance": _balance,
    "first_loans": _first_loans,
    "unchecked_first_loans": _unchecked_loans,
}
EVENTS = frozenset(_EVENTS)


def event_lines(events: str, window: Window, scope: Scope) -> LineSelect:
    """Give the select of one kind of event.

    Returns:
        Rows of enterprise, bank, office, day (ISO text), amount (fen), source (table), record.
    """
    return _EVENTS[events](window, scope)
