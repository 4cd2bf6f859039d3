"""By what numbers are split: one expression for each key, over a line and its firm.

A key is asked for by `Scope.by` (one number for each value) or by `Scope.only` (a single value). What a
line says of its day comes before what the firm is today (`decisions.md` 25).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, null, select

from ledger_desk.model.size import INDUSTRY_SPANS
from ledger_desk.store.counting.event_lines import Scope
from ledger_desk.store.schema import table

SPLITS: Mapping[str, str] = {
    "township": "乡镇（街道）", "bank": "银行", "bank_type": "银行类别", "kind": "主体类型", "size": "划型",
    "category": "主体类别", "office": "填报单位", "industry": "行业门类", "person": "走访人", "star": "园区星级",
    "park": "小微企业园", "guarantor": "担保机构", "what": "类别",
}  # fmt: skip
"""Keys and what they are called."""
OF_FIRMS = ("kind", "size", "category", "industry")
USUAL = ("township", "bank", "bank_type", "office", *OF_FIRMS)
"""Keys of every line that has a firm."""
OWN = ("person", "star", "park", "guarantor", "what")
"""Keys that only some kinds of lines have, as a column of that name."""
COMPANY = "企业"
CATEGORIES: Mapping[str, str] = {
    "大型": "大型企业", "中型": "中型企业", "小型": "小型企业", "微型": "微型企业",
}  # fmt: skip
UNSIZED = "未划型企业"

Key = Callable[[Any, Any], ColumnElement[Any]]


def _size(firms: Any) -> ColumnElement[Any]:
    """The grade (划型) as the ledger keeps it: what was set by hand, else what was computed."""
    index = table("enterprise_index")
    return select(index.c.size).where(index.c.id == firms.c.id).scalar_subquery()


def _category(lines: Any, firms: Any) -> ColumnElement[Any]:
    """Companies by size, all others by what they are (`domain.md` §1.4 (c))."""
    graded = case(CATEGORIES, value=_size(firms), else_=UNSIZED)
    return case((firms.c.kind == COMPANY, graded), else_=firms.c.kind)


def _industry(lines: Any, firms: Any) -> ColumnElement[Any]:
    """The letter of GB/T 4754-2017, said or found from the first two digits."""
    code = func.upper(func.trim(firms.c.industry))
    letter = func.substr(code, 1, 1)
    number = cast(func.substr(code, 1, 2), Integer)
    spans = [(number.between(*span), name) for name, span in INDUSTRY_SPANS.items()]
    return case(
        (letter.between("A", "T"), letter), (code.op("NOT GLOB")("[0-9][0-9]*"), null()), *spans,
        else_=null(),
    )  # fmt: skip


def _bank_type(lines: Any, firms: Any) -> ColumnElement[Any]:
    bank = table("bank")
    return select(bank.c.type).where(bank.c.id == lines.c.bank).scalar_subquery()


def _own(name: str) -> Key:
    def key(lines: Any, firms: Any) -> ColumnElement[Any]:
        found: ColumnElement[Any] = lines.c[name]
        return found

    return key


_KEYS: Mapping[str, Key] = {
    "": lambda lines, firms: literal(""),
    "township": lambda lines, firms: func.coalesce(lines.c.township, firms.c.township),
    "bank": _own("bank"),
    "bank_type": _bank_type,
    "kind": lambda lines, firms: firms.c.kind,
    "size": lambda lines, firms: _size(firms),
    "category": _category,
    "office": _own("office"),
    "industry": _industry,
    **{name: _own(name) for name in OWN},
}


def key_of(name: str, lines: Any, firms: Any) -> ColumnElement[Any]:
    """Give the expression of a key; what lacks one has ``""``.

    Raises:
        KeyError: No such key, or these lines do not have it.
    """
    return func.coalesce(_KEYS[name](lines, firms), "")


def tests_of(scope: Scope, lines: Any, firms: Any) -> list[ColumnElement[bool]]:
    """Give the conditions of a scope: its office, and the single parts that it is cut to."""
    tests = [key_of(name, lines, firms) == value for name, value in scope.only]
    if scope.office is not None:
        tests.append(lines.c.office == scope.office)
    return tests
