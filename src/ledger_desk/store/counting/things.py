"""Numbers of records that need no firm (tickets, activities, parks …), and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from ledger_desk.store.counting.event_lines import Line, Number, Scope, Window
from ledger_desk.store.counting.events import event_lines
from ledger_desk.store.counting.splitting import key_of, tests_of
from ledger_desk.store.queries import Rows
from ledger_desk.store.schema import table


def _parts(events: str, window: Window, scope: Scope) -> tuple[Any, Any, ColumnElement[Any], list[Any]]:  # fmt: skip
    """Lines, the firms that they may have, the key that splits them, and what must hold."""
    lines, firms = event_lines(events, window, scope).subquery(), table("enterprise").alias("e")
    stays = or_(lines.c.enterprise.is_(None), firms.c.removed == 0)
    return lines, firms, key_of(scope.by, lines, firms), [stays, *tests_of(scope, lines, firms)]


def numbers(rows: Rows, events: str, window: Window, scope: Scope) -> dict[str, Number]:
    """Count records, split by the scope's key, as `totals.numbers` counts firms."""
    lines, firms, key, tests = _parts(events, window, scope)
    wanted = (
        select(
            key, func.count(lines.c.enterprise.distinct()), func.count(), func.sum(lines.c.amount),
            func.sum(lines.c.weighted),
        )
        .outerjoin(firms, firms.c.id == lines.c.enterprise)
        .where(*tests)
        .group_by(key)
    )  # fmt: skip
    found = {row[0]: Number(*row[1:]) for row in rows.connection.execute(wanted)}
    return found or ({} if scope.by else {"": Number()})


def lines(rows: Rows, events: str, window: Window, scope: Scope, key: str | None) -> list[Line]:
    """List the records behind a number by day; ``key`` takes one part."""
    by_one = by_key(rows, events, window, scope, key)
    if key is not None or not scope.by:
        return [line for some in by_one.values() for line in some]
    every = [line for some in by_one.values() for line in some]
    return sorted(every, key=lambda line: (line.day, line.title, line.record))


def by_key(
    rows: Rows, events: str, window: Window, scope: Scope, only: str | None = None
) -> dict[str, list[Line]]:
    """List the records behind every number of a split in one select; ``only`` takes one part."""
    found, firms, split, tests = _parts(events, window, scope)
    if only is not None:
        tests.append(split == only)
    wanted = (
        select(
            split, found.c.enterprise, firms.c.name, func.coalesce(found.c.township, firms.c.township), found.c.bank,
            found.c.day, found.c.amount, found.c.source, found.c.record, found.c.title, found.c.weighted,
        )
        .outerjoin(firms, firms.c.id == found.c.enterprise)
        .where(*tests)
        .order_by(found.c.day, found.c.title, found.c.record)
    )  # fmt: skip
    made: dict[str, list[Line]] = {}
    for key, *row in rows.connection.execute(wanted):
        line = Line(
            row[0] or "", row[1] or "", row[2], row[3], date.fromisoformat(row[4]), row[5], row[6], row[7],
            row[8] or "", row[9],
        )  # fmt: skip
        made.setdefault(key, []).append(line)
    return made
