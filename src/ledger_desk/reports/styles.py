"""How exact values become cells and words: 万元 half up, days, rates, percentages, yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from ledger_desk.model.kinds import quantity
from ledger_desk.model.money import percent, round_half_up, rounded_wan

CellContent = str | int | Decimal | date | None
FieldKind = Literal[
    "text", "day", "money", "whole", "year", "yes_no", "rate", "percent", "quantity", "number"
]
"""``rate``: millionths; ``percent``: per cent (or days) in units of its last decimal; ``number``: a Decimal worked out."""
NOTHING = "—"
"""What a ratio with an empty denominator shows."""

_SUMMED = frozenset({"money", "whole", "rate", "percent", "quantity", "number"})
# Fen in one of each unit, as powers of ten.
MONEY_UNITS = {"元": 2, "千元": 5, "万元": 6, "百万元": 8, "亿元": 10}
_AS_IT_IS = (int, date)
_CENTS, _STEP = 2, 10_000  # decimals of 万元, and fen in one of the last
_FIXED = frozenset({*MONEY_UNITS, "%"})  # numbers of these units always have their decimals


def is_number(kind: FieldKind) -> bool:
    """Whether values of a kind can be summed."""
    return kind in _SUMMED


@dataclass(frozen=True)
class Style:
    """How one column's values are written.

    Attributes:
        kind: What they are.
        places: Decimals (`decisions.md` 17: forms write the rounded number).
        unit: Unit of money, 万元 unless it is another of `MONEY_UNITS`; ``%`` of a worked-out
            number: it is written times a hundred.
        finest: Decimals that a ``percent`` value has.
        dash: Nothing is written as — (a ratio without a denominator).
    """

    kind: FieldKind = "text"
    places: int = 2
    unit: str = ""
    finest: int = 2
    dash: bool = False

    def content(self, value: Any) -> CellContent:
        """Give what the workbook gets."""
        if value is None or value == "":
            return NOTHING if self.dash else None
        kind = self.kind
        if kind == "text" or kind == "year":
            return value if type(value) is int else str(value)
        if kind == "money":
            if self.unit in ("", "万元"):
                return rounded_wan(value, self.places)
            return round_half_up(self.exact(value), self.places)
        if kind == "yes_no":
            return "是" if value else "否"
        if kind == "whole":
            return int(value)
        if kind == "day":
            day: date = value
            return day
        if isinstance(value, str):
            return value
        shown = self.exact(value)
        counted = kind == "quantity" or (kind == "number" and self.unit not in _FIXED)
        if counted and shown == shown.to_integral_value():
            return int(shown)
        return shown.normalize() if kind == "quantity" else round_half_up(shown, self.places)

    def contents(self, values: Sequence[Any]) -> list[CellContent]:
        """Give what the workbook gets for many values: what stands there already is taken as it is."""
        if self.kind == "text" and not self.dash:
            if all(value is None or type(value) is str for value in values):
                return [value or None for value in values]
        elif self.kind in ("day", "whole") and not self.dash:
            if all(value is None or type(value) in _AS_IT_IS for value in values):
                return list(values)
        elif self.kind == "money" and self.unit in ("", "万元") and self.places == _CENTS:
            return [None if v is None else _wan(v) for v in values]
        return [self.content(value) for value in values]

    def text(self, value: Any) -> str:
        """Give how it reads."""
        content = self.content(value)
        if content is None:
            return ""
        if self.kind == "year" or isinstance(content, str):
            return str(content)
        if isinstance(content, date):
            return content.isoformat()
        return f"{content:,}" if isinstance(content, int) else f"{content:,f}"

    def exact(self, value: Any) -> Decimal:
        """Give a number exactly in the unit in which it is written (万元, per cent)."""
        match self.kind:
            case "money":
                return Decimal(value).scaleb(-MONEY_UNITS.get(self.unit, 6))
            case "rate":
                return percent(value)
            case "percent":
                return Decimal(value).scaleb(-self.finest)
            case "quantity":
                return quantity(value)
            case "number":
                return value * 100 if self.unit == "%" else Decimal(value)
        return Decimal(value)

    def rounded_sum(self, fen: Iterable[int | None]) -> Decimal:
        """Sum amounts, each rounded half up as it is written; quick for ten thousand of them."""
        step = 10 ** max(MONEY_UNITS.get(self.unit, 6) - self.places, 0)
        steps = 0
        for amount in fen:
            if amount is not None:
                part = (2 * abs(amount) + step) // (2 * step)
                steps += part if amount >= 0 else -part
        return (
            Decimal(steps).scaleb(-self.places)
            if step > 1
            else Decimal(steps).scaleb(-MONEY_UNITS.get(self.unit, 6))
        )

    def held(self, value: Any) -> Decimal | str | bool | date | None:
        """Give what a formula finds in the cell: the exact number in the unit written, or a text."""
        if value is None or value == "":
            return None
        if self.kind == "yes_no":
            return bool(value)
        if is_number(self.kind) and not isinstance(value, str):
            return self.exact(value)
        return value if isinstance(value, date) else str(value)


def _wan(fen: int) -> Decimal:
    """万元 with two decimals, half up: `money.rounded_wan` for many, without a context's rounding."""
    steps = (2 * abs(fen) + _STEP) // (2 * _STEP)
    return Decimal(steps if fen >= 0 else -steps).scaleb(-_CENTS)


@lru_cache(maxsize=512)
def style_of(
    kind: FieldKind, places: int = 2, unit: str = "", finest: int = 2, dash: bool = False
) -> Style:
    """Give a style; empty results of formulas that divide are written as — with ``dash``."""
    return Style(kind, places, unit, finest, dash)
