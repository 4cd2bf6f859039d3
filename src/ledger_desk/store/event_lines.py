"""What one line of a proof is, over which days, and of which part of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, UnaryExpression, and_, func, literal, select
from sqlalchemy.sql.operators import custom_op

from ledger_desk.store.schema import table

LineSelect = Select[Any]
_PLUS: Any = custom_op("+")


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


_LONG = 120  # days


def is_long(window: Window) -> bool:
    """Whether a window holds so much of a table that walking it is quicker than its index of days.

    Row by row in the order of the days is one leap each: of 1,000,000 visits four times as slow.
    """
    return window.first is None or (window.last - window.first).days > _LONG


def inside(day: ColumnElement[Any], window: Window) -> ColumnElement[bool]:
    """Test whether a day lies in the window."""
    if is_long(window):
        day = UnaryExpression(day, operator=_PLUS)  # the engine's own way to say: not by index
    last = day <= window.last.isoformat()
    return last if window.first is None else and_(day >= window.first.isoformat(), last)


def line(
    name: str, enterprise: Any, bank: Any, office: Any, township: Any, day: Any, amount: Any
) -> LineSelect:
    """Select lines of one table: who, which bank, whose, where on that day, when, how much (fen)."""
    return select(
        enterprise.label("enterprise"), bank.label("bank"), office.label("office"),
        township.label("township"), day.label("day"),
        func.coalesce(amount, 0, type_=Integer).label("amount"), literal(name).label("source"),
        table(name).c.id.label("record"),
    )  # fmt: skip
