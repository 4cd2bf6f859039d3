"""What one line of a proof is, over which days, and of which part of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    UnaryExpression,
    and_,
    func,
    literal,
    select,
)
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
        by: A key of `splitting.SPLITS`, or empty for one number over everything.
        office: Only events of this reporting office's matchings (id), or None for all.
        only: Further keys with the one value that counts; all of them must hold.
    """

    by: str = ""
    office: str | None = None
    only: tuple[tuple[str, str], ...] = ()

    def asks(self, *keys: str) -> bool:
        """Whether one of these keys splits or cuts it."""
        return self.by in keys or any(name in keys for name, _ in self.only)


WHOLE = Scope()


@dataclass(frozen=True)
class Number:
    """What one proof says.

    Attributes:
        firms: Distinct firms.
        events: Events, or records.
        amount: Sum of the amounts in fen (or of what else is summed).
        weighted: Sum of amount × rate, where the kind has rates.
    """

    firms: int = 0
    events: int = 0
    amount: int = 0
    weighted: int = 0


@dataclass(frozen=True)
class Line:
    """One event of a proof, with the record it stands in; ``amount`` in fen, 0 where none.

    ``enterprise`` and ``name`` are empty for a record that is no firm's; ``title`` says what it is then.
    ``weighted`` is amount × rate where the kind has rates.
    """

    enterprise: str
    name: str
    township: str | None
    bank: str | None
    day: date
    amount: int
    table: str
    record: str
    title: str = ""
    weighted: int = 0


_LONG = 120  # days


def is_long(window: Window) -> bool:
    """Whether a window holds so much of a table that walking it is quicker than its index of days.

    Row by row in the order of the days is one leap each: of 1,000,000 visits four times as slow.
    """
    return window.first is None or (window.last - window.first).days > _LONG


def inside(day: ColumnElement[Any], window: Window) -> ColumnElement[bool]:
    """Test whether a day lies in the window."""
    day = walked(day, window)
    last = day <= window.last.isoformat()
    return last if window.first is None else and_(day >= window.first.isoformat(), last)


def walked(column: ColumnElement[Any], window: Window) -> ColumnElement[Any]:
    """Give a column so that no index of it is used where the window is a long one."""
    return unindexed(column) if is_long(window) else column


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column so that no index is chosen for it: the engine's own way to say so."""
    return UnaryExpression(column, operator=_PLUS)


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
