"""The selects that indicators are made of: event lines, and one proof of (enterprise, amount).

An indicator names one kind of event. The lines of that kind, cut to a window of days and summed by
enterprise, are its proof. Counted, the proof is 户数; its events are 笔数; its amounts are 金额.
So the number in a form and the list behind it can never differ (`decisions.md` 13-16).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from ledger_desk.store.counting import things
from ledger_desk.store.counting.event_lines import Line, Number
from ledger_desk.store.counting.events import EVENTS, THINGS, WHOLE, Scope, Window, event_lines
from ledger_desk.store.counting.splitting import key_of, tests_of
from ledger_desk.store.counting.summing import (
    column_of,
    goes_together,
    numbers_of,
    proof_of,
    whole_and_split,
)
from ledger_desk.store.queries import Rows
from ledger_desk.store.schema import table

__all__ = [
    "EVENTS", "THINGS", "Line", "Member", "Number", "Scope", "Share", "Window", "goes_together", "lines", "members",
    "numbers", "parts", "proof", "whole_and_split",
]  # fmt: skip


@dataclass(frozen=True)
class Share:
    """One firm's part in a number: its events, and the sum of their amounts in fen."""

    enterprise: str
    name: str
    township: str | None
    events: int
    amount: int
    weighted: int = 0


@dataclass(frozen=True)
class Member:
    """One firm behind a number: its events, their amounts in fen, and the days of the first and the last."""

    enterprise: str
    name: str
    code: str
    township: str | None
    events: int
    amount: int
    first: date
    last: date


def _parts(
    events: str, window: Window, scope: Scope
) -> tuple[Any, Any, ColumnElement[Any], list[Any]]:
    """Lines, enterprises, the key that splits them, and the conditions of the scope."""
    lines = event_lines(events, window, scope).subquery()
    firms = table("enterprise")
    tests = [firms.c.removed == 0, *tests_of(scope, lines, firms)]
    return lines, firms, key_of(scope.by, lines, firms), tests


def numbers(rows: Rows, events: str, window: Window, scope: Scope = WHOLE) -> dict[str, Number]:
    """Count a proof, split by the scope's key; the key of what lacks one is ``""``.

    Returns:
        Key to `Number`; keys without any event are absent. Without a split the only key is ``""``.
    """
    if events in THINGS:
        return things.numbers(rows, events, window, scope)
    found = numbers_of(rows, events, window, scope)
    return found or ({} if scope.by else {"": Number()})


def proof(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE, key: str | None = None
) -> list[Share]:
    """List the firms behind a number, ordered by township and name; ``key`` takes one part."""
    found, firms = proof_of(events, window, scope, key).subquery(), table("enterprise")
    wanted = (
        select(found.c.enterprise, firms.c.name, firms.c.township, found.c.events, found.c.amount)
        .join(firms, firms.c.id == found.c.enterprise)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise)
    )
    return [Share(r[0], r[1] or "", *r[2:]) for r in rows.connection.execute(wanted)]


def shares(rows: Rows, events: str, window: Window, scope: Scope = WHOLE) -> dict[str, list[Share]]:
    """List the firms behind every number of a split in one select; ``""`` is what has no such part.

    Each list is in the order of `proof`; not for records that need no firm (`things.by_key`).
    """
    found, firms = proof_of(events, window, scope).subquery(), table("enterprise")
    wanted = (
        select(
            found.c.key, found.c.enterprise, firms.c.name, firms.c.township, found.c.events,
            found.c.amount, found.c.weighted,
        )
        .join(firms, firms.c.id == found.c.enterprise)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise)
    )  # fmt: skip
    by_key: dict[str, list[Share]] = {}
    for key, firm, name, *rest in rows.connection.execute(wanted):
        by_key.setdefault(key, []).append(Share(firm, name or "", *rest))
    return by_key


def members(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE
) -> dict[str, frozenset[str]]:
    """Ids of the firms behind each number of a split; ``""`` holds those without a key, or all of them."""
    found: dict[str, set[str]] = {}
    proof = proof_of(events, window, scope).subquery()
    for key, enterprise in rows.connection.execute(select(proof.c.key, proof.c.enterprise)):
        found.setdefault(key, set()).add(enterprise)
    return {key: frozenset(some) for key, some in found.items()}


def parts(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE, key: str | None = None
) -> list[Member]:
    """List the firms behind a number with the days of their events, by township and name.

    They are those of `proof`; the events themselves, which may be a million, are not read.
    """
    found, firms, split, tests = _parts(events, window, scope)
    wanted = (
        select(
            found.c.enterprise, firms.c.name, firms.c.code, firms.c.township, func.count(),
            func.sum(found.c.amount), func.min(found.c.day), func.max(found.c.day),
        )
        .join(firms, firms.c.id == found.c.enterprise)
        .where(*tests)
        .group_by(found.c.enterprise)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise)
    )  # fmt: skip
    if key is not None:
        wanted = wanted.where(split == key)
    return [
        Member(
            row[0], row[1] or "", row[2] or "", row[3], row[4], row[5] or 0,
            date.fromisoformat(row[6]), date.fromisoformat(row[7]),
        )
        for row in rows.connection.execute(wanted)
    ]  # fmt: skip


def lines(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE, key: str | None = None
) -> Sequence[Line]:
    """List the events behind a number, ordered by township, name, day; ``key`` takes one part.

    The firms listed are those of the same proof that `numbers` counts. With ``newly`` the window
    still begins where it begins, so that a new firm shows all its events. Records without a firm
    have its id and name empty, and a title.
    """
    if events in THINGS:
        return things.lines(rows, events, window, scope, key)
    proof = proof_of(events, window, scope, key).subquery()
    found, firms, split, tests = _parts(events, window, scope)
    wanted = (
        select(
            found.c.enterprise, firms.c.name, firms.c.township, found.c.bank, found.c.day,
            found.c.amount, found.c.source, found.c.record, column_of(found, "title", ""),
            column_of(found, "weighted", 0),
        )
        .join(firms, firms.c.id == found.c.enterprise)
        .join(proof, and_(proof.c.enterprise == found.c.enterprise, proof.c.key == split))
        .where(*tests)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise, found.c.day, found.c.record)
    )  # fmt: skip
    return [
        Line(
            row[0],
            row[1] or "",
            row[2],
            row[3],
            date.fromisoformat(row[4]),
            row[5],
            row[6],
            row[7],
            row[8] or "",
            row[9],
        )
        for row in rows.connection.execute(wanted)
    ]
