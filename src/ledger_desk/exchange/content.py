"""What a column holds, told from its cells: the heading may lie, or be missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.identifiers import check_credit_code, looks_damaged
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.plain import plain

# How many filled cells are looked at: enough to tell, few enough to cost nothing.
LOOKED_AT = 200
_PHONE = re.compile(r"(?:\+?86-?)?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?:[-转]\d{1,6})?")
_INDUSTRY = re.compile(r"[A-T]?\d{2,4}|[A-T]")
_CJK = re.compile("[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")


def filled(cells: Sequence[object]) -> list[object]:
    """Give the first filled cells of a column."""
    found = []
    for cell in cells:
        if not is_empty(cell):
            found.append(cell)
            if len(found) == LOOKED_AT:
                break
    return found


def _share(cells: Sequence[object], test: object) -> float:
    assert callable(test)
    return sum(bool(test(c)) for c in cells) / len(cells) if cells else 0.0


def is_code(cell: object) -> bool:
    """Tell whether a cell is a credit code or an old registration number (or was one)."""
    if looks_damaged(cell):
        return True
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return len(clean(cell)) in (13, 15)
    found = check_credit_code(clean(cell))
    return found.kind in ("credit", "registration")


def _is_sound_code(cell: object) -> bool:
    """Tell a code whose check digit is right: other long numbers are accounts and serials."""
    if looks_damaged(cell):
        return False
    found = check_credit_code(clean(cell))
    return found.ok and (found.kind == "credit" or len(found.value) == 15)


def is_phone(cell: object) -> bool:
    """Tell whether a cell holds telephone numbers only."""
    text = re.sub(r"[\s()]", "", plain(clean(cell)))
    pieces = [p for p in re.split(r"[;,/、|]", text) if p]
    return bool(pieces) and all(_PHONE.fullmatch(p) for p in pieces)


def _parses(spec: FieldSpec, unit: str | None, cell: object) -> bool:
    try:
        spec.kind.parse(cell, unit)
    except ValueError as error:
        return "外币" in str(error)  # an amount, if one that cannot be taken as it is
    return True


def fit(spec: FieldSpec, cells: Sequence[object], unit: str | None = None) -> float:
    """Tell which share of filled cells can be values of a field; 1.0 for an empty column."""
    some = filled(cells)
    if not some:
        return 1.0
    if spec.name == "code" and spec.identity:
        return _share(some, is_code)
    kind = spec.kind.name
    if kind in ("money", "day", "rate", "whole", "figure", "yes_no"):
        return _share(some, lambda c: _parses(spec, unit, c))
    if kind == "choice":
        return 1.0 if spec.kind.open else _share(some, lambda c: _parses(spec, unit, c))
    if kind == "phone":
        return _share(some, lambda c: len(re.sub(r"\D", "", clean(c))) >= 5)
    if kind == "industry":
        return _share(some, lambda c: _INDUSTRY.fullmatch(plain(clean(c)).upper()))
    if kind == "text" and spec.name == "name":
        return _share(some, lambda c: isinstance(c, str) and (_CJK.search(c) or not c.isdigit()))
    return 1.0


def tell(cells: Sequence[object]) -> str:
    """Tell what a column is whatever its heading: ``code``, ``phone``, ``day`` or ''.

    Four cells in five must agree, and three cells must be filled.
    """
    some = filled(cells)
    if len(some) < 3:
        return ""
    if _share(some, _is_sound_code) >= 0.8:
        return "code"
    if _share(some, is_phone) >= 0.8:
        return "phone"
    if _share(some, _is_day) >= 0.8:
        return "day"
    return ""


def _is_day(cell: object) -> bool:
    from ledger_desk.model.days import parse_day

    if isinstance(cell, int | float):
        return False  # a plain number may be anything; real dates arrive as dates
    try:
        parse_day(cell)
    except ValueError:
        return False
    return True
