"""Why a bank did not grant: what the dictionary 未授信原因 says of each reason (`domain.md` §5.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

_GAP = re.compile(r"[　\t]+|\s{2,}")
_CAN = "可修复"
_CANNOT = ("难修复", "不需修复")


class Advice(NamedTuple):
    """What follows from a reason.

    ``repairable`` is None where it depends on the case.
    """

    repairable: bool | None
    department: str
    measure: str


NOTHING = Advice(None, "", "")


def read_advice(hint: str) -> Advice:
    """Read the explanation of an entry: 能不能修复　责任部门　措施, with wide blanks between."""
    parts = [part.strip() for part in _GAP.split(hint.strip()) if part.strip()]
    if not parts:
        return NOTHING
    first = parts[0]
    can = True if first == _CAN else False if first in _CANNOT else None
    return Advice(can, parts[1] if len(parts) > 1 else "", "　".join(parts[2:]))


# What stands between the firm and a loan, in the words of 首贷培植 (`vocabulary.OBSTACLES`).
_OBSTACLES = (
    (re.compile("抵押|抵质押"), "缺抵押"),
    (re.compile("担保"), "缺担保"),
    (re.compile("征信|逾期|负债|涉诉|被执行|处罚|异常|税"), "征信问题"),
    (re.compile("流水|财务"), "财务不规范"),
    (re.compile("场所|手续|资料|材料|联系不上|信息"), "缺信息"),
)


def obstacle_of(reason: str | None) -> str:
    """Say which obstacle of a cultivation a reason comes down to."""
    for pattern, word in _OBSTACLES:
        if pattern.search(reason or ""):
            return word
    return "其他"
