"""Masks for personal numbers: how much of a number a list or a form may show.

Upper offices ask for different masks ("身份证号就有6种填报要求", domain.md §9.3), so a mask is a
named style that a template chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Style → what it is called on screen.
ID_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "full": "完整显示",
        "birth": "隐藏出生日期8位",
        "middle6": "隐藏中间6位",
        "last4": "隐藏最后4位",
        "last6": "隐藏最后6位",
        "last8": "隐藏最后8位",
        "ends": "只留前3位和后4位",
        "hidden": "全部隐藏",
    }
)


def mask_id(text: str, style: str = "birth") -> str:
    """Mask an identity number by a style of ``ID_STYLES``; the length stays.

    A number of another length (passport, 15 digits) keeps nothing at the places that the style
    hides, and its middle third at least is hidden.

    Raises:
        KeyError: The style is not one of ``ID_STYLES``.
    """
    length = len(text)
    first, last = {
        "full": (length, length),
        "birth": (6, 14),
        "middle6": (6, 12),
        "last4": (length - 4, length),
        "last6": (length - 6, length),
        "last8": (length - 8, length),
        "ends": (3, length - 4),
        "hidden": (0, length),
    }[style]
    if length != 18 and style != "full":
        first, last = min(first, length // 3), max(last, length - length // 3)
    return _hidden(text, max(first, 0), min(last, length))


def mask_phone(text: str) -> str:
    """Mask each telephone number in a cell: ``138****8000``, ``0376-****234``.

    Everything that is no digit stays, so several numbers in one cell keep their separators.
    """
    return re.sub(r"(?<!\d)(?:0\d{2,3}-)?\d{5,}(?!\d)", _mask_number, text)


def mask_code(text: str) -> str:
    """Mask the 9-character body of a credit code but its end: ``913501********0Y43``."""
    return _hidden(text, min(6, len(text) // 3), max(len(text) - 4, 0))


def _mask_number(match: re.Match[str]) -> str:
    number = match[0]
    if "-" in number or number[0] == "0":
        keep = number.index("-") + 1 if "-" in number else 4
        return _hidden(number, keep, max(len(number) - 3, keep))
    if len(number) == 11:
        return _hidden(number, 3, 7)
    return _hidden(number, 0, max(len(number) - 3, 1))


def _hidden(text: str, first: int, last: int) -> str:
    return text[:first] + "*" * max(last - first, 0) + text[max(first, last) :]
