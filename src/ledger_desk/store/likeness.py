"""What two enterprises are compared by: a fingerprint of the name, and owner with telephone.

Equal fingerprints mean "look at these two", never "these are one" (`product.md` §6, `peers.md` §A.2
row 10): width, brackets, blanks, the region in front and the legal form behind do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

VERSION = "1"  # raise it when a key changes: ledgers then make theirs anew when they are opened

_NOISE = re.compile(r"[^0-9A-Z\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")
_FORM = re.compile(
    "(?:有限责任公司|股份有限公司|有限公司|责任公司|股份公司|公司|个体工商户|个体户|个体"
    "|农民专业合作社|专业合作社|合作社|家庭农场)$"
)
_REGION = re.compile(
    "^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}市)?(?:[\u4e00-\u9fff]{1,4}[县区市])?"
)
_SHORTEST = 2  # a shorter rest says nothing; the whole name stands for it then
_DIGITS = re.compile(r"\d{7,}")


def finger(name: str) -> str:
    """Give the fingerprint of a firm's name, '' for none."""
    if not name:
        return ""
    if not unicodedata.is_normalized("NFKC", name):
        name = unicodedata.normalize("NFKC", name)
    whole = _NOISE.sub("", name.upper())
    core = _FORM.sub("", whole)
    bare = _REGION.sub("", core)
    for found in (bare, core, whole):
        if len(found) >= _SHORTEST:
            return found
    return whole


def contact(person: str, phone: str) -> str:
    """Give owner and first telephone as one key, '' unless both are known."""
    if not person or not phone:
        return ""
    number = _DIGITS.search(phone.replace("-", "").replace(" ", ""))
    return f"{_NOISE.sub('', person.upper())}|{number[0]}" if number else ""


def keys(values: Mapping[str, Any]) -> tuple[str, str]:
    """Give (fingerprint, contact) of one enterprise from its stored values."""
    get = values.get
    return finger(get("name") or ""), contact(get("person") or "", get("phone") or "")
