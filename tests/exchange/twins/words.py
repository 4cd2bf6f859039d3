"""Invented content: firms, people and numbers of a county that does not exist."""

from __future__ import annotations

from collections.abc import Sequence

from tests.exchange.making import code, regno
from tests.exchange.twins.pages import Cell

_TRADES = ("竹器", "陶坊", "豆制品", "灯具", "纸盒", "茶具", "农机修理", "石雕")
_SURNAMES = "甲乙丙丁戊己庚辛"
_TOWNS = ("东溪镇", "西坪乡", "南塘镇", "北岭乡")


def firm(number: int) -> str:
    """Name of a firm that nobody founded."""
    return f"青禾{_TRADES[number % 8]}{number}号有限公司"


def credit_code(number: int) -> str:
    """A credit code with right check characters in a county that has no such firms."""
    return code(80_000_000 + number)


def old_number(number: int) -> str:
    """A 15-digit registration number."""
    return regno(80_000_000 + number)


def person(number: int) -> str:
    return f"{_SURNAMES[number % 8]}某{number}"


def town(number: int) -> str:
    return _TOWNS[number % 4]


def amount(number: int, column: int = 0) -> float:
    """A number that is neither the sum nor the mean of others."""
    return round((number * 37.31 + column * 11.7) % 977 + number / 7, 2)


def amounts(number: int, count: int) -> list[Cell]:
    return [amount(number, column) for column in range(count)]


def holders(count: int, source: str = "item") -> list[Cell]:
    """Placeholders that a program fills: ``${item.f1}`` …"""
    return [f"${{{source}.f{number}}}" for number in range(1, count + 1)]


def nodes(texts: Sequence[str], under: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Group headings that stand over the same headings each."""
    return [(text, under) for text in texts]
