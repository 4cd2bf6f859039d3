"""What is special about the cells of enterprises: codes, registration numbers, and what follows.

Nothing here asks the ledger: the process beside (`making`) starts with this and little more.
Sources: `decisions.md` 1 and 25, `domain.md` §9.1–9.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ledger_desk.exchange.parsing import Odd
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.quick import sound_codes
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.identifiers import body_check_character, check_credit_code, normalise_code

# 92 sole traders, 93 cooperatives, 91 enterprises (GB 32100-2015, table 2).
_KINDS_BY_PREFIX = {"91": "企业", "92": "个体工商户", "93": "农民专业合作社"}


def read_codes(spec: FieldSpec, texts: Iterable[str]) -> dict[str, Any]:
    """Read a credit-code column: codes stay, old registration numbers go to 工商注册号."""
    given = list(texts)
    sound = zip(given, sound_codes(given), strict=True) if given else ()
    return {text: text if good else _read_code(text) for text, good in sound}


def _read_code(text: str) -> Any:
    found = check_credit_code(text)
    if found.kind == "none":
        return None
    if found.kind == "credit":
        return found.value if found.ok else Odd("code", found.value, found.why, "explain")
    if found.kind == "registration":
        if found.ok and len(found.value) == 15:
            return Odd("regno", found.value, "", "hint")
        why = found.why or f"“{text}”是旧注册号，不是统一社会信用代码，已记到“工商注册号”。"
        return Odd("regno", found.value, why, "hint")
    code = normalise_code(text)
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code) and body_check_character(code[:8]) == code[8]:
        why = f"“{text}”是9位组织机构代码，已记到“组织机构代码”；请补上18位统一社会信用代码。"
        return Odd("org_code", code, why, "hint")
    if found.kind == "bad" and not (code.isascii() and code.isalnum()) and "号" in text:
        why = f"“{text}”是文字式的旧注册号，已记到“工商注册号”；请补上18位统一社会信用代码。"
        return Odd("regno", text, why, "hint")
    return Odd("code", None, found.why, "must")


def read_regnos(spec: FieldSpec, texts: Iterable[str]) -> dict[str, Any]:
    """Read a registration-number column: credit codes among them go to 统一社会信用代码."""
    values: dict[str, Any] = {}
    for text in texts:
        found = check_credit_code(text)
        if found.kind == "credit" and found.ok:
            values[text] = Odd("code", found.value, "", "hint")
        elif found.kind == "id" or (found.kind == "bad" and "截断" in found.why):
            values[text] = Odd("regno", None, found.why, "must")
        else:
            values[text] = normalise_code(text) or None
    return values


def kind_of(code: str | None, name: str | None) -> str | None:
    """Tell 主体类型 from name and code, None where they do not say."""
    if name and "家庭农场" in name:
        return "家庭农场"
    if code:
        return _KINDS_BY_PREFIX.get(code[:2], "其他组织")
    if name and "专业合作" in name:
        return "农民专业合作社"
    if name and re.search("有限公司|有限责任公司|股份公司|集团公司", name):
        return "企业"
    return None


def derive(firm: Any, places: Places) -> dict[str, Any]:
    """Give what follows from the other fields: 主体类型 and 乡镇.

    The township is that of the place of business; the registered address stands in for it, but
    is never copied into 经营地址 (`decisions.md` 25).
    """
    kind = kind_of(firm.code, firm.name)
    township = places.township_of(firm.place) or (
        places.township_of(firm.address) if not firm.place else None
    )
    return {n: v for n, v in (("kind", kind), ("township", township)) if v is not None}


def derive_columns(columns: dict[str, Sequence[Any]], count: int, places: Places) -> None:
    """Fill in what follows from the other fields, as `derive` does, for rows given by column."""
    empty = [None] * count

    def get(name: str) -> Sequence[Any]:
        return columns.get(name, empty)

    def fill(name: str, derived: Sequence[Any]) -> None:
        given = columns.get(name)
        if given is not None:
            derived = [d if g is None else g for g, d in zip(given, derived, strict=True)]
        columns[name] = derived

    codes, names = get("code"), get("name")
    if None in codes or "家庭农场" in "".join(filter(None, names)):
        fill("kind", list(map(kind_of, codes, names)))
    else:
        fill("kind", [_KINDS_BY_PREFIX.get(code[:2], "其他组织") for code in codes])
    spoken = [place or address for place, address in zip(get("place"), get("address"), strict=True)]
    townships = {text: places.township_of(text) for text in set(spoken)}
    fill("township", list(map(townships.__getitem__, spoken)))
