"""Headings made comparable: one key for all the ways in which people write the same heading."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from ledger_desk.model.plain import plain

_BRACKETS = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "【": "(", "】": ")",
                           "〔": "(", "〕": ")", "<": "(", ">": ")", "《": "(", "》": ")"})  # fmt: skip
_UNITS = (
    r"人民币|(?:人民币)?(?:百万|千万|亿|万|千|百)?(?:元|美元)|[%‰]|人|户|个|笔|家|次|年|月|日|天|"
    r"平方米|㎡|亩|吨|吨标准煤|万千瓦时|千瓦时|度|公里"
)
# "(万元)", "(单位:万元)", "(必填)" at the end say nothing about what the column is.
_TAIL = re.compile(rf"\((?:单位:?)?(?:{_UNITS}|必填项?|选填项?|可不填|必录|文本格式?)\)$")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|[一二三四五六七八九十]{1,2}、)(?=\D)")
_NOISE = re.compile(r"[\s'\"`*★:;。,、]|\ufffc")
_INSIDE = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def key_of(heading: str) -> str:
    """Give the comparable form of a heading: no blanks, marks, numbering, unit or full-width.

    Brackets that say something (法定代表人(经营者)) stay, in one style; ``必填`` and units go.
    """
    text = plain(heading).translate(_BRACKETS).upper()
    text = _NOISE.sub("", _NUMBERING.sub("", text))
    while True:
        shorter = _TAIL.sub("", text)
        if shorter == text or not shorter:
            return text
        text = shorter


@lru_cache(maxsize=4096)
def bare_key_of(heading: str) -> str:
    """Give the key without anything in brackets: ``对接成效(是否授信)`` → ``对接成效``."""
    key = key_of(heading)
    return _INSIDE.sub("", key) or key


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """Tell how alike two keys are, 0 to 1 (share of characters in common blocks)."""
    if not one or not other or not set(one) & set(other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
