"""What a column holds, told from its cells: the heading may lie, or be missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ledger_desk.exchange import column_readings, surnames
from ledger_desk.exchange.places import Places
from ledger_desk.model.days import parse_day
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.identifiers import check_credit_code, looks_damaged
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.plain import plain

# How many filled cells are looked at: enough to tell, few enough to cost nothing.
LOOKED_AT = 200
_PHONE = re.compile(r"(?:\+?86-?)?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?:[-转]\d{1,6})?")
_INDUSTRY = re.compile(r"[A-T]?\d{2,4}|[A-T]")
_CJK = re.compile("[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")
_PERSON_ID = re.compile(
    r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)
_BRACKETED_END = re.compile(r"[（(][^（）()]{1,12}[）)]$")
_BANK = re.compile(
    r".*(?:银行|农商行|信用社|信用联社|联社|农信|支行|分行|分理处|营业部)(?:股份)?(?:有限)?(?:责任)?(?:公司)?"
)
_COMPANY = re.compile(
    r".{2,}(?:公司|合作社|联合社|集团|厂|农场|林场|养殖场|家庭农场|经营部|门市部|服务部|批发部|工作室|商行|商店|超市|店|饭店"
    r"|酒店|宾馆|餐馆|馆|加工坊|作坊|茶社|事务所|合伙企业|中心|工程队|维修部|专业户|网吧|药房|诊所|企业)"
)
_AMOUNT = re.compile(r"[\d,.]+\(?(?:人民币)?(?:[百千万亿]|十万|百万|千万)*(?:元|圆)\)?(?:人民币)?")
_SAYS_YES_OR_NO = frozenset(
    ["是", "否", "有", "无", "√", "×", "✓", "✔", "✗", "✘", "Y", "N", "y", "n", "YES", "NO", "对"]
)
_LEAST = 3
_AGREE = 0.8


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


def agree(cells: Sequence[object], test: Callable[[object], bool], share: float = _AGREE) -> bool:
    """Tell whether a share of cells passes a test; stops as soon as too many have failed."""
    may_fail = len(cells) * (1 - share) + 1e-9
    failed = 0
    for cell in cells:
        if not test(cell):
            failed += 1
            if failed > may_fail:
                return False
    return True


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


def fit(
    spec: FieldSpec, cells: Sequence[object], unit: str | None = None, reading: str = ""
) -> float:
    """Tell which share of filled cells can be values of a field; 1.0 for an empty column."""
    some = filled(cells)
    if some and reading:
        parse = column_readings.parser_of(spec, reading)
        return _share(some, lambda c: parse is None or column_readings.reads(parse, c, unit))
    if not some:
        return 1.0
    if spec.name == "code" and spec.identity:
        return _share(some, is_code)
    kind = spec.kind.name
    if kind in ("money", "day", "rate", "whole", "figure", "yes_no", "year", "month", "quantity"):
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


def tell(cells: Sequence[object], places: Places | None = None) -> str:
    """Tell what a column is whatever its heading; '' where nothing is certain.

    Four cells in five must agree, and three cells must be filled.

    Returns:
        ``code``, ``phone``, ``day``, ``person_id``, ``township``, ``bank``, ``company``,
        ``person``, ``yes_no``, ``money`` or ''.
    """
    some = filled(cells)
    if len(some) < _LEAST:
        return ""
    for word, test in _TESTS:
        if agree(some, test):
            return word
    texts = {clean(c) for c in some if isinstance(c, str)}
    if places is not None and texts and len(texts) <= 100:
        known = [t for t in texts if 2 <= len(t) <= 12 and places.code_of(t) is not None]
        if len(known) >= _AGREE * len(texts):
            return "township"
    # Few different words, again and again, are a choice of something, not names.
    if len(texts) * 4 >= len(some) and agree(some, _is_person):
        return "person"
    return ""


def _is_day(cell: object) -> bool:
    # A plain number may be anything, and so may six digits in a text; real dates arrive as dates.
    if isinstance(cell, int | float) or (isinstance(cell, str) and len(cell.strip()) < 8):
        return False
    try:
        parse_day(cell)
    except ValueError:
        return False
    return True


def _is_person_id(cell: object) -> bool:
    return isinstance(cell, str) and _PERSON_ID.fullmatch(clean(cell).upper()) is not None


def _name_in(cell: object) -> str:
    return _BRACKETED_END.sub("", clean(cell)) if isinstance(cell, str) else ""


def _is_bank(cell: object) -> bool:
    return _BANK.fullmatch(_name_in(cell)) is not None


def is_company(cell: object) -> bool:
    """Tell whether a cell ends like the name of a firm, a shop or a cooperative."""
    return _COMPANY.fullmatch(_name_in(cell)) is not None


def _is_person(cell: object) -> bool:
    return isinstance(cell, str) and surnames.is_person(clean(cell))


def _says_yes_or_no(cell: object) -> bool:
    return isinstance(cell, str) and clean(cell) in _SAYS_YES_OR_NO


def _is_amount(cell: object) -> bool:
    return isinstance(cell, str) and _AMOUNT.fullmatch(plain(clean(cell))) is not None


_TESTS: tuple[tuple[str, Callable[[object], bool]], ...] = (
    ("code", _is_sound_code),
    ("person_id", _is_person_id),
    ("phone", is_phone),
    ("day", _is_day),
    ("yes_no", _says_yes_or_no),
    ("money", _is_amount),
    ("bank", _is_bank),
    ("company", is_company),
)
