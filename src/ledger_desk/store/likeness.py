"""What two enterprises are compared by: a fingerprint of the name, and owner with telephone.

Equal fingerprints mean "look at these two", never "these are one" (`product.md` §6, `peers.md` §A.2
row 10): width, brackets, blanks, the region in front and the legal form behind do not count. What
looks closer is ``exchange/duplicates``; here only what is cheap enough for every row of an import.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ledger_desk.store import regions

VERSION = "3"  # raise it when a key changes: ledgers then make theirs anew when they are opened

_NOISE = re.compile(r"[^0-9A-Z\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")
_noise = _NOISE.sub
# What consists of these alone is plain already: none of them has another compatible form.
_is_plain = re.compile(r"[0-9A-Z\u3400-\u9fff]+").fullmatch
# Longest first. A cooperative or a farm is another legal person than the company of that name.
_FORMS = (
    "有限责任公司", "股份有限公司", "个体工商户", "有限公司", "责任公司", "股份公司", "个体经营", "个体户", "公司",
)  # fmt: skip
# Last two characters → the forms that end so, in the same order.
_ENDING = {end: tuple(f for f in _FORMS if f.endswith(end)) for end in {f[-2:] for f in _FORMS}}
_COOPERATIVES = ("农民专业合作社", "专业合作社")
_LAST = frozenset("司户营社")
_BRANCH = frozenset("分支总")
_DIGITS = re.compile(r"\d{7,}")


def plain(name: str) -> str:
    """Give a text in NFKC and capitals, without blanks, brackets and marks."""
    if _is_plain(name):
        return name
    return _noise("", unicodedata.normalize("NFKC", name).upper())


def core(whole: str) -> str:
    """Give a plain name without its legal form; 专业合作社 is written 合作社."""
    if whole[-1:] in _LAST:
        for form in _ENDING.get(whole[-2:], ()):
            if whole.endswith(form):
                if whole[-3:-2] not in _BRANCH:  # 新县分公司 keeps its last word
                    whole = whole[: -len(form)] or whole
                break
        for form in _COOPERATIVES if whole.endswith("合作社") else ():
            if whole.endswith(form):
                whole = whole[: -len(form)] + "合作社"
    if "责任公司" in whole:  # 鸿运有限责任公司新县分公司
        whole = whole.replace("有限责任公司", "有限公司")
    return whole


def finger(name: str) -> str:
    """Give the fingerprint of a firm's name, '' for none."""
    if not name:
        return ""
    whole = plain(name)
    return regions.split(core(whole))[1] or whole


def contact(person: str, phone: str) -> str:
    """Give owner and first telephone as one key, '' unless both are known."""
    if not person or not phone:
        return ""
    if not (7 <= len(phone) <= 12 and phone.isdigit() and phone.isascii()):
        number = _DIGITS.search(phone.replace("-", "").replace(" ", ""))
        if number is None:
            return ""
        phone = number[0]
    return f"{plain(person)}|{phone}"


def keys(values: Mapping[str, Any]) -> tuple[str, str]:
    """Give (fingerprint, contact) of one enterprise from its stored values."""
    get = values.get
    return finger(get("name") or ""), contact(get("person") or "", get("phone") or "")
