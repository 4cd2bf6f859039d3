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

from sqlalchemy import ColumnElement, Select, and_, func, literal, select

from ledger_desk.store.events import EVENTS, WHOLE, Scope, Window, event_lines
from ledger_desk.store.queries import Rows
from ledger_desk.store.schema import table

__all__ = [
    "EVENTS", "Line", "Member", "Number", "Scope", "Share", "Window", "lines", "members", "numbers",
    "parts", "proof", "whole_and_split",
]  # fmt: skip


@dataclass(frozen=True)
class Number:
    """What one proof says: distinct firms, events, and the sum of their amounts in fen."""

    firms: int = 0
    events: int = 0
    amount: int = 0


@dataclass(frozen=True)
class Share:
    """One firm's part in a number: its events, and the sum of their amounts in fen."""

    enterprise: str
    name: str
    township: str | None
    events: int
    amount: int


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


@dataclass(frozen=True)
class Line:
    """One event of a proof, with the record it stands in; ``amount`` in fen, 0 where none."""

    enterprise: str
    name: str
    township: str | None
    bank: str | None
    day: date
    amount: int
    table: str
    record: str


def _parts(
    events: str, window: Window, scope: Scope
) -> tuple[Any, Any, ColumnElement[Any], list[Any]]:
    """Lines, enterprises, the key that splits them, and the conditions of the scope."""
    lines = event_lines(events, window, scope).subquery()
    firms = table("enterprise")
    keys: dict[str, ColumnElement[Any]] = {
        "": literal(""), "township": func.coalesce(lines.c.township, firms.c.township),
        "kind": firms.c.kind, "bank": lines.c.bank,
    }  # fmt: skip
    tests = [firms.c.removed == 0]
    if scope.office is not None:
        tests.append(lines.c.office == scope.office)
    return lines, firms, func.coalesce(keys[scope.by], ""), tests


def _proof(events: str, window: Window, scope: Scope, key: str | None = None) -> Select[Any]:
    """The proof: key, enterprise, events, amount; one row for each key and enterprise."""
    lines, firms, split, tests = _parts(events, window, scope)
    amount = func.sum(lines.c.amount)
    found = (
        select(
            split.label("key"),
            lines.c.enterprise,
            func.count().label("events"),
            amount.label("amount"),
        )
        .join(firms, firms.c.id == lines.c.enterprise)
        .where(*tests)
        .group_by(split, lines.c.enterprise)
    )
    if key is not None:
        found = found.where(split == key)
    if window.newly is not None:
        found = found.having(func.min(lines.c.day) >= window.newly.isoformat())
    if events == "balance":
        found = found.having(amount != 0)
    return found


def numbers(rows: Rows, events: str, window: Window, scope: Scope = WHOLE) -> dict[str, Number]:
    """Count a proof, split by the scope's key; the key of what lacks one is ``""``.

    Returns:
        Key to `Number`; keys without any event are absent. Without a split the only key is ``""``.
    """
    proof = _proof(events, window, scope).subquery()
    counted = select(
        proof.c.key, func.count(), func.sum(proof.c.events), func.sum(proof.c.amount)
    ).group_by(proof.c.key)
    found = {row[0]: Number(*row[1:]) for row in rows.connection.execute(counted)}
    return found or ({} if scope.by else {"": Number()})


def proof(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE, key: str | None = None
) -> list[Share]:
    """List the firms behind a number, ordered by township and name; ``key`` takes one part."""
    found, firms = _proof(events, window, scope, key).subquery(), table("enterprise")
    wanted = (
        select(found.c.enterprise, firms.c.name, firms.c.township, found.c.events, found.c.amount)
        .join(firms, firms.c.id == found.c.enterprise)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise)
    )
    return [Share(r[0], r[1] or "", *r[2:]) for r in rows.connection.execute(wanted)]


def whole_and_split(
    rows: Rows, events: str, window: Window, scope: Scope
) -> tuple[Number, dict[str, Number]]:
    """Count a proof as a whole and split by its key, in one walk.

    Only for kinds whose lines are the same with and without the split (not the two lists by bank),
    by township or by bank.
    """
    firms: set[str] = set()
    split: dict[str, list[int]] = {}
    lines, owner = event_lines(events, window, scope).subquery(), table("enterprise")
    part = lines.c[scope.by]
    # Summed up first: a look at the firm of each of a million lines costs more than all the rest.
    proof = (
        select(
            part.label("part"), lines.c.enterprise, func.count().label("events"),
            func.sum(lines.c.amount).label("amount"),
        )
        .group_by(lines.c.enterprise, part)
        .subquery()
    )  # fmt: skip
    key = func.coalesce(proof.c.part, *([owner.c.township] if scope.by == "township" else []), "")
    wanted = (
        select(key, proof.c.enterprise, proof.c.events, proof.c.amount)
        .join(owner, owner.c.id == proof.c.enterprise)
        .where(owner.c.removed == 0)
    )
    seen: set[tuple[str, str]] = set()
    for name, enterprise, many, amount in rows.connection.execute(wanted):
        firms.add(enterprise)
        sums = split.setdefault(name, [0, 0, 0])
        once = (name, enterprise) not in seen  # without a township of its own, and with the firm's
        seen.add((name, enterprise))
        sums[0], sums[1], sums[2] = sums[0] + once, sums[1] + many, sums[2] + amount
    found = {name: Number(*sums) for name, sums in split.items()}
    events_, money = (
        sum(getattr(n, name) for n in found.values()) for name in ("events", "amount")
    )
    return Number(len(firms), events_, money), found


def members(
    rows: Rows, events: str, window: Window, scope: Scope = WHOLE
) -> dict[str, frozenset[str]]:
    """Ids of the firms behind each number of a split; ``""`` holds those without a key, or all of them."""
    found: dict[str, set[str]] = {}
    proof = _proof(events, window, scope).subquery()
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
    still begins where it begins, so that a new firm shows all its events.
    """
    proof = _proof(events, window, scope, key).subquery()
    found, firms, split, tests = _parts(events, window, scope)
    wanted = (
        select(
            found.c.enterprise, firms.c.name, firms.c.township, found.c.bank, found.c.day,
            found.c.amount, found.c.source, found.c.record,
        )
        .join(firms, firms.c.id == found.c.enterprise)
        .join(proof, and_(proof.c.enterprise == found.c.enterprise, proof.c.key == split))
        .where(*tests)
        .order_by(firms.c.township.is_(None), firms.c.township, firms.c.name, found.c.enterprise, found.c.day, found.c.record)
    )  # fmt: skip
    return [
        Line(
            row[0], row[1] or "", row[2], row[3], date.fromisoformat(row[4]), row[5], row[6], row[7]
        )
        for row in rows.connection.execute(wanted)
    ]
