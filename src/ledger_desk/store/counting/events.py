"""Event lines: contacts, decisions, drawdowns, repayments, each with firm, bank, office, place and day.

To add a kind of event: a declaration in `loan_lines`, `firm_lines` or `matter_lines`; or a function
(window, scope) → select of lines, and a line in `_EVENTS`; those of visits, lists and banks stand in
`work_events`, those made of others in `composed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from ledger_desk.model.lending import YEARS
from ledger_desk.store.counting import work_events
from ledger_desk.store.counting.composed import compose, of_people
from ledger_desk.store.counting.event_lines import WHOLE, LineSelect, Scope, Window, inside, line
from ledger_desk.store.counting.firm_lines import FIRM_LINES
from ledger_desk.store.counting.loan_lines import LOAN_LINES
from ledger_desk.store.counting.matter_lines import THING_LINES
from ledger_desk.store.counting.reading import Reading, read_lines
from ledger_desk.store.counting.splitting import USUAL
from ledger_desk.store.schema import table

__all__ = ["EVENTS", "OF_PEOPLE", "THINGS", "WHOLE", "Scope", "Window", "event_lines", "splits_of"]


# Loans that come after another one of the firm, whether that one is known here or not.
_FOLLOWING = ("无还本续贷", "借新还旧", "展期", "调整还款安排", "重组")


def _matchings(window: Window, scope: Scope) -> LineSelect:
    m = table("matching")
    lines = line("matching", m.c.enterprise, m.c.bank, m.c.office, m.c.township, m.c.day, null())
    return lines.where(m.c.removed == 0, inside(m.c.day, window))


def _decisions(window: Window, granted: bool) -> LineSelect:
    m, c = table("matching"), table("credit")
    lines = line(
        "credit", m.c.enterprise, m.c.bank, m.c.office, m.c.township, c.c.decided_on, c.c.amount
    )
    return lines.join(m, c.c.matching == m.c.id).where(
        c.c.removed == 0,
        m.c.removed == 0,
        c.c.granted == int(granted),
        inside(c.c.decided_on, window),
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
    lines = line(
        name,
        loan.c.enterprise,
        loan.c.bank,
        m.c.office,
        func.coalesce(loan.c.township, m.c.township),
        d.c.day,
        d.c.amount * sign,
    )
    return (
        lines.join(loan, d.c.loan == loan.c.id)
        .outerjoin(m, and_(loan.c.matching == m.c.id, m.c.removed == 0))
        .where(d.c.removed == 0, loan.c.removed == 0, inside(d.c.day, window))
    )


def _drawdowns(window: Window, scope: Scope) -> LineSelect:
    return _money("drawdown", 1, window)


def _balance(window: Window, scope: Scope) -> LineSelect:
    parts = union_all(_money("drawdown", 1, window), _money("repayment", -1, window)).subquery()
    return select(parts)


# How far one looks back from a first drawdown, as the office has it on that day (`decisions.md` 18);
# while it was never set nothing is asked for each of them.
_YEARS = (
    f"'-' || (CASE WHEN NOT EXISTS (SELECT 1 FROM setting AS s WHERE s.name = '{YEARS.name}' AND s.removed = 0)"
    f" THEN '{YEARS.default}' ELSE coalesce((SELECT json_extract(h.value, '$[1]') FROM setting AS s,"
    " json_each(CASE WHEN json_valid(s.value) THEN s.value ELSE '[]' END) AS h"
    f" WHERE s.name = '{YEARS.name}' AND s.removed = 0 AND json_extract(h.value, '$[0]') <= first_drawn.day"
    f" ORDER BY json_extract(h.value, '$[0]') DESC LIMIT 1), '{YEARS.default}') END) || ' years'"
)


def _firsts(window: Window, scope: Scope) -> LineSelect:
    """Each firm's first drawdown, unless a loan of another contract is known in the years before."""
    everything = _drawdowns(Window(None, window.last), scope).subquery()
    turn = func.row_number().over(
        partition_by=everything.c.enterprise, order_by=(everything.c.day, everything.c.record)
    )
    d = select(everything, turn.label("turn")).subquery("first_drawn")
    drawn, prior, paid = table("drawdown").alias(), table("loan").alias(), table("drawdown").alias()
    # Said outright: inside an EXISTS the subquery would not find its own row, but any.
    own_loan = select(drawn.c.loan).where(drawn.c.id == d.c.record).correlate(d).scalar_subquery()
    years: ColumnElement[str] = literal_column(_YEARS)
    since = func.date(d.c.day, years)
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
    own = table("loan").alias()
    renewed = exists().where(own.c.id == own_loan, own.c.form.in_(_FOLLOWING))
    return select(d).where(d.c.turn == 1, inside(d.c.day, window), ~known, ~had, ~renewed)


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
_EVENTS |= work_events.EVENTS
_DECLARED: Mapping[str, tuple[Reading, ...]] = {**LOAN_LINES, **FIRM_LINES, **THING_LINES}


def _read(readings: tuple[Reading, ...], window: Window, scope: Scope) -> LineSelect:
    return read_lines(readings, window)


_EVENTS |= {name: partial(_read, readings) for name, readings in _DECLARED.items()}
_EVENTS |= compose(_EVENTS)
EVENTS = frozenset(_EVENTS)
THINGS = frozenset(THING_LINES)
"""Kinds whose records need no firm."""
OF_PEOPLE = frozenset(
    {"visits", "effective_visits", "repeat_visits", "needs", "targets", "done_tasks", "covered", "window_visits", "use_checks"}
)  # fmt: skip


def event_lines(events: str, window: Window, scope: Scope) -> LineSelect:
    """Give the select of one kind of event.

    Returns:
        Rows of enterprise (NULL only among `THINGS`), bank, office, township (of that day; may be
        NULL), day (ISO text), amount (fen, or what is summed), source (table), record; some kinds
        have ``weighted`` and the columns of `splitting.OWN` besides.
    """
    found = _EVENTS[events](window, scope)
    return of_people(found.subquery()) if scope.asks("person") else found


def splits_of(events: str) -> frozenset[str]:
    """Give the keys of `splitting.SPLITS` by which a kind can be split."""
    own = _DECLARED.get(events, ())
    found = frozenset.intersection(*(each.keys for each in own)) if own else frozenset()
    if events in OF_PEOPLE:
        found |= {"person"}
    if events not in THINGS:
        return found | frozenset(USUAL)
    named = {name for name in ("bank", "office", "township") if getattr(own[0], name) != "NULL"}
    with_bank = {"bank_type"} if "bank" in named else set()
    return found | named | with_bank
