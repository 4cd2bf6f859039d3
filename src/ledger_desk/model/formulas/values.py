"""What cells may hold, and how a number is read out of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ledger_desk.model.formulas.mistakes import EXACT, LARGEST, FormulaMistake, shown
from ledger_desk.model.formulas.tree import Look, Node
from ledger_desk.model.plain import plain

Held = Decimal | int | str | bool | date | None
"""What a cell may hold; a bool is 是 or 否, a day its ISO text."""
Value = Decimal | bool | str | None

_NUMERAL = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{0,30})?)(%?)")
_BLANK_WORDS = frozenset({"", "-", "--", "---", "/", "\\", "无"})


def held(value: object) -> Decimal | str | None:
    """Give what a cell holds as the language knows it: a number, a text or nothing.

    Raises:
        TypeError: A float, NaN or another sort of value: the caller's mistake, not the writer's.
    """
    match value:
        case None:
            return None
        case bool():
            return "是" if value else "否"
        case Decimal() if value.is_finite():
            return value
        case int():
            return Decimal(value)
        case str():
            return value if value.strip() else None
        case date():
            return value.isoformat()[:10]
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def sized(number: Decimal, at: int) -> Decimal:
    """Give a number back, or refuse it when it grew too large."""
    if not number.is_finite() or abs(number) > LARGEST:
        raise FormulaMistake(at, "算出来的数大于 10 的 24 次方，请核对公式和单元格里的数")
    return number


def read_number(value: Decimal | str | bool) -> Decimal | None:
    """Read a number out of a cell; None where it holds none."""
    if isinstance(value, Decimal):
        return value
    match = _NUMERAL.fullmatch(plain(str(value)))
    if match is None:
        return None
    number = Decimal(match[1].replace(",", ""))
    return EXACT.divide(number, Decimal(100)) if match[2] else number


def as_number(value: Decimal | str | bool | None, node: Node) -> Decimal | None:
    """Give a cell's value as a number; None where it is empty or says that there is nothing.

    Raises:
        FormulaMistake: It holds a text that is no number.
    """
    if value is None:
        return None
    number = read_number(value)
    if number is not None:
        return sized(number, node.at)
    if plain(str(value)) in _BLANK_WORDS:
        return None
    place = node.reference.words if isinstance(node, Look) else "这里"
    raise FormulaMistake(
        node.at, f"{shown(place)} 是文字“{shown(str(value))}”，不能当作数来算，请改成数或留空"
    )
