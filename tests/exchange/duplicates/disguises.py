"""Second records of one firm: what offices do to a name when they write it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.exchange.duplicates import words

if TYPE_CHECKING:
    from tests.exchange.duplicates.planting import County, Row

_FORMS = re.compile("(有限责任公司|股份有限公司|有限公司|农民专业合作社|专业合作社|家庭农场)$")
_HEAD = re.compile(
    f"^(?:河南省信阳市新县|河南省新县|信阳市|新县(?:{'|'.join(words.TOWNS)})?|信阳|河南)"
)
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def full_width(county: County, name: str) -> str | None:
    """Letters, digits and brackets in the other width; a blank in the middle."""
    if "（" in name:
        return name.replace("（", "(").replace("）", ")")
    at = county.chance.randrange(2, len(name))
    return f"{name[:at]}{county.chance.choice((' ', '　'))}{name[at:]}"


def brackets(county: County, name: str) -> str | None:
    """Brackets of another style, or left out."""
    if "（" not in name:
        form = "(个体工商户)" if not _FORMS.search(name) else None
        return name + form if form else None
    style = county.chance.choice(("[]", "【】", "〔〕", "  ", "()"))
    return name.replace("（", style[0]).replace("）", style[1]).replace("  ", "")


def legal_form(county: County, name: str) -> str | None:
    """有限公司 for 有限责任公司 and the other way; 专业合作社 with and without 农民."""
    for one, other in (("有限责任公司", "有限公司"), ("股份有限公司", "有限公司"), ("有限公司", "有限责任公司"),
                       ("农民专业合作社", "专业合作社"), ("专业合作社", "农民专业合作社")):  # fmt: skip
        if name.endswith(one):
            return name[: -len(one)] + other
    return None


def prefix(county: County, name: str) -> str | None:
    """The place in front left out, or written in full."""
    found = _HEAD.match(name)
    if found is None:
        return f"新县{name}" if len(name) > 4 else None
    rest = name[found.end() :]
    if len(_FORMS.sub("", rest)) < 3:
        return None
    return rest if found[0] != "新县" or county.chance.random() < 0.6 else f"河南省信阳市{name}"


def wrong_character(county: County, name: str) -> str | None:
    """One character of sign or trade mistaken for another, left out or written twice."""
    head, form = _HEAD.match(name), _FORMS.search(name)
    start, end = (head.end() if head else 0), (form.start() if form else len(name))
    places = [at for at in range(start, end) if name[at] not in "（）"]
    if len(places) < 4:
        return None
    at, draw = county.chance.choice(places), county.chance.random()
    if draw < 0.1:
        return name[:at] + name[at + 1 :]
    if draw < 0.2:
        return name[: at + 1] + name[at:]
    if draw < 0.75:
        mixed = [(p, c) for p in places for pair in words.MIXED_UP if name[p] in pair
                 for c in pair if c != name[p]]  # fmt: skip
        if mixed:
            at, other = county.chance.choice(mixed)
            return name[:at] + other + name[at + 1 :]
    other = county.chance.choice([c for c in words.SIGNS if c != name[at]])
    return name[:at] + other + name[at + 1 :]


def owner_and_telephone(county: County, name: str) -> str | None:
    """Another way of speaking of it: no legal form, or another general word for the shop."""
    if form := _FORMS.search(name):
        return name[: form.start()] if form[0].endswith("公司") else None
    for word in words.GENERAL:
        if name.endswith(word) and len(name) - len(word) >= 2:
            others = [w for w in words.GENERAL if w != word]
            return name[: -len(word)] + county.chance.choice(others)
    return None


KINDS: dict[str, Callable[[County, str], str | None]] = {
    "full-width": full_width, "brackets": brackets, "legal form": legal_form, "prefix": prefix,
    "wrong character": wrong_character, "owner and telephone": owner_and_telephone,
}  # fmt: skip
# What may come on top of another disguise.
_LIGHT = ("full-width", "legal form", "prefix")


def second_record(county: County, row: Row) -> tuple[Row, str]:
    """Make a second record of a firm; the first one may lose its code to the second."""
    chance = county.chance
    while True:
        why = chance.choice(list(KINDS))
        name = KINDS[why](county, row["name"])
        if name is None or name == row["name"]:
            continue
        if why != "owner and telephone" and chance.random() < 0.25:
            more = chance.choice(_LIGHT)
            first = KINDS[more](county, row["name"]) if more != why else None
            mixed = KINDS[why](county, first) if first else None
            if mixed and mixed not in (row["name"], first):
                name, why = mixed, f"{why} + {more}"
        break
    made = {"id": county.identity(), "name": name}
    _fields(county, row, made, why)
    _numbers(county, row, made)
    return made, why


def _fields(county: County, row: Row, made: Row, why: str) -> None:
    chance = county.chance
    sure = why == "owner and telephone"
    if sure:
        row.setdefault("person", county.person())
        row.setdefault("phone", county.phone())
    for name, share in (
        ("kind", 0.7),
        ("person", 0.85),
        ("phone", 0.7),
        ("founded", 0.3),
        ("capital", 0.4),
    ):
        if name in row and (chance.random() < share or (sure and name in ("person", "phone"))):
            made[name] = row[name]
    if not sure and "phone" in made and chance.random() < 0.12:
        made["phone"] = county.phone()  # a new number since
    if "address" in row and chance.random() < 0.7:
        address = row["address"]
        draw = chance.random()
        if draw < 0.3:
            address = address.removeprefix("河南省信阳市")
        elif draw < 0.4:
            address = f"{address}附近"
        made[chance.choice(("address", "place"))] = address
    weak = "wrong" in why or row["kind"] == "个体工商户"
    if weak and not ({"person", "phone"} & made.keys()):
        # Nobody could tell a sign, or a slip, with nothing else on the row.
        row.setdefault("person", county.person())
        made["person"] = row["person"]
    if (
        weak
        and made.get("phone") != row.get("phone")
        and "address" not in made
        and "place" not in made
    ):
        row.setdefault("phone", county.phone())
        made["phone"] = row["phone"]


def _numbers(county: County, row: Row, made: Row) -> None:
    draw = county.chance.random()
    if "code" in row and draw < 0.25:
        made["code"] = row.pop("code")
    elif "code" in row and draw < 0.32:
        code = row["code"]
        at = county.chance.randrange(8, 17)
        wrong = county.chance.choice([c for c in "0123456789" if c != code[at]])
        made["code"] = code[:at] + wrong + code[at + 1 :]
    elif "regno" in row and draw < 0.5:
        made["regno"] = row["regno"]
