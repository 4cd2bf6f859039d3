"""Are two firms one? Evidence for and against, weighed to a likeness with its reason in words.

Equal names mean "look", never "one": what the two rows say of numbers, owner, telephone, place and
day must bear it out. Different valid credit codes, or different registration numbers, end the
question (`decisions.md` 1). The owner's other business is a relation, not a duplicate
(`domain.md` §10.4, 4).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from ledger_desk.exchange.duplicates import naming
from ledger_desk.exchange.names import is_corporate
from ledger_desk.exchange.quick import is_sound_code
from ledger_desk.store.alikes import Slim
from ledger_desk.store.likeness import plain

EXACT, LIKELY, POSSIBLE = "exact", "likely", "possible"
LEVELS = {EXACT: "可以直接合并", LIKELY: "多半是同一户", POSSIBLE: "可能是同一户"}
_LIKELY_FROM, _POSSIBLE_FROM, _MOST = 78, 60, 99

# What the names alone say, of a corporate name (given once by a registry) and of a shop sign.
_BY_NAME = {
    "same": (72, 46),
    "dressed": (64, 44),
    "moved": (52, 34),
    "undressed": (50, 38),
    "sound": (50, 36),
    "slip": (40, 32),
    "telling": (28, 24),
    "stem": (36, 36),
    "inside": (32, 30),
}
_LONG, _LONG_BONUS, _SHORT, _SHORT_MALUS = 7, 6, 4, -6  # characters of a fingerprint
# (agree, differ) for what both rows say.
_PERSON, _PERSON_ID, _PHONE, _ADDRESS = (18, -18), (22, -30), (22, -5), (22, -10)
_RARE_PERSON = 6  # the owner's name is hardly met in this ledger
_FOUNDED, _TOWNSHIP, _VILLAGE = (12, -8), (4, -12), (4, -8)
_NEAR_ADDRESS, _OTHER_KIND, _OTHER_NUMBER, _NEAR_CODE = 10, -40, -12, 20
_REGNO, _ORGANISATION, _NUMBER_ALONE = 45, 45, 30
_NEAR = 0.6  # share of two addresses' pairs of characters
_LOCAL = 8  # characters of an address that say where it is
_DIGITS = re.compile(r"\d{7,}")
_PLACES = re.compile(r"^(?:..省|...省)?(?:..市|...市)?")


class Likeness(NamedTuple):
    """How alike two firms are.

    Attributes:
        score: 60 to 100; less is not worth a look and is not made.
        level: A key of `LEVELS`.
        reason: A Chinese phrase without a full stop: what agrees, and what does not.
    """

    score: int
    level: str
    reason: str


class Firm:
    """A firm with what is compared made ready once."""

    def __init__(self, slim: Slim, home: str) -> None:
        """Read the slim row as the office at division ``home`` does."""
        self.slim, self.id = slim, slim.id
        self.written = slim.name or ""
        self.name = naming.take_apart(self.written, home)
        self.corporate = is_corporate(self.written)
        self.person = plain(slim.person or "")

    @cached_property
    def phones(self) -> frozenset[str]:
        """Telephone numbers, digits only."""
        return phones_of(self.slim.phone)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Addresses without province and city, most telling first."""
        found = (place_of(self.slim.place), place_of(self.slim.address))
        return tuple(dict.fromkeys(place for place in found if place))

    @cached_property
    def sound_code(self) -> bool:
        """Whether it has a credit code whose check characters hold."""
        return bool(self.slim.code) and is_sound_code(self.slim.code or "")

    @cached_property
    def organisation(self) -> str:
        """The nine characters of its organisation code, from whichever number holds them."""
        return organisation_of(self.slim)


def phones_of(text: str | None) -> frozenset[str]:
    """Give the telephone numbers in a cell."""
    if not text:
        return frozenset()
    return frozenset(
        _DIGITS.findall(plain(text) if text.isdigit() else re.sub(r"[-\s()]", "", text))
    )


def place_of(text: str | None) -> str:
    """Give an address comparable: plain, without province and city; too short a one is nothing."""
    if not text:
        return ""
    short = _PLACES.sub("", plain(text))
    return short if len(short) >= _LOCAL else ""


def organisation_of(slim: Slim) -> str:
    """Give the organisation code (GB 11714) that a credit code, tax number or own field holds."""
    for number in (slim.code, slim.taxpayer_no):
        if number and len(number) == 18:
            return number[8:17]
    if slim.org_code and len(bare := slim.org_code.replace("-", "")) == 9:
        return bare
    if slim.taxpayer_no and len(slim.taxpayer_no) == 15:
        return slim.taxpayer_no[6:]
    return ""


def weigh(one: Firm, other: Firm, *, rare: bool = False) -> Likeness | None:
    """Weigh whether two firms are one; None where they are not, or nothing speaks for it.

    ``rare``: the owner's name is known to be hardly met in the ledger.
    """
    numbers = _numbers(one, other)
    if numbers is None:
        return None
    score, told = numbers
    strong = score >= _REGNO
    relation = naming.relate(one.name, other.name, one.written, other.written)
    if relation is None:
        if not strong:
            return None
        relation = naming.Relation("", "名称不同")
    corporate = one.corporate or other.corporate
    score += _BY_NAME[relation.kind][0 if corporate else 1] if relation.kind else _NUMBER_ALONE
    length = min(len(one.name.finger), len(other.name.finger))
    score += _LONG_BONUS if length >= _LONG else _SHORT_MALUS if length < _SHORT else 0
    found = _Evidence()
    _people_and_places(one, other, found)
    score += found.score
    score += _RARE_PERSON if rare and "经营者" in found.agree else 0
    words = "、".join([*told, *found.agree])
    reason = relation.words + (f"，{words}相同" if words else "")
    if found.differ:
        reason += f"；{'、'.join(found.differ)}不同"
    if score < _POSSIBLE_FROM:
        return None
    if _is_exact(relation.kind, found, corporate, strong):
        return Likeness(min(max(score, 95), 100), EXACT, reason)
    both = {"经营者", "电话"} <= set(found.agree)
    level = LIKELY if score >= _LIKELY_FROM or both else POSSIBLE
    return Likeness(min(score, _MOST), level, reason)


def _is_exact(kind: str, found: _Evidence, corporate: bool, numbered: bool) -> bool:
    """Tell whether two may be merged unseen: nothing differs that would tell two firms apart."""
    agree, differ = set(found.agree), set(found.differ)
    if differ & {"经营者", "证件号", "主体类型", "内部编号", "乡镇", "村", "成立日期"}:
        return False
    if numbered:
        return kind in ("same", "dressed")
    if kind == "same" and corporate:
        return bool(agree & {"经营者", "电话"})
    return kind in ("same", "dressed") and {"经营者", "电话"} <= agree


class _Evidence:
    """What agrees and what differs, in words, and the sum."""

    def __init__(self) -> None:
        self.score = 0
        self.agree: list[str] = []
        self.differ: list[str] = []

    def add(self, label: str, weights: tuple[int, int], *, same: bool) -> None:
        self.score += weights[0 if same else 1]
        (self.agree if same else self.differ).append(label)


def _numbers(one: Firm, other: Firm) -> tuple[int, list[str]] | None:
    """Weigh the numbers; None where they say that these are two firms."""
    a, b = one.slim, other.slim
    score, told = 0, []
    if a.code and b.code and a.code != b.code:
        if (one.sound_code and other.sound_code) or not _one_wrong(a.code, b.code):
            return None
        score += _NEAR_CODE
        told.append("信用代码只差一位，其余")
    elif one.organisation and one.organisation == other.organisation:
        score += _ORGANISATION
        told.append("组织机构代码")
    elif one.organisation and other.organisation and one.organisation != other.organisation:
        return None
    if a.regno and b.regno:
        if a.regno == b.regno:
            score += _REGNO
            told.append("注册号")
        elif not _one_wrong(a.regno, b.regno):
            return None
    return score, told


def _people_and_places(one: Firm, other: Firm, found: _Evidence) -> None:
    a, b = one.slim, other.slim
    if one.person and other.person:
        found.add("经营者", _PERSON, same=one.person == other.person)
    if a.person_id and b.person_id:
        found.add("证件号", _PERSON_ID, same=a.person_id == b.person_id)
    if one.phones and other.phones:
        found.add("电话", _PHONE, same=bool(one.phones & other.phones))
    if one.places and other.places:
        near = _nearness(one.places, other.places)
        if near == 1:
            found.add("地址", _ADDRESS, same=True)
        elif near >= _NEAR:
            found.score += _NEAR_ADDRESS
        else:
            found.add("地址", _ADDRESS, same=False)
    if a.founded and b.founded:
        found.add("成立日期", _FOUNDED, same=a.founded == b.founded)
    if a.township and b.township:
        found.add("乡镇", _TOWNSHIP, same=a.township == b.township)
    if a.village and b.village:
        found.add("村", _VILLAGE, same=a.village == b.village)
    if a.kind and b.kind and a.kind != b.kind and "其他组织" not in (a.kind, b.kind):
        found.add("主体类型", (0, _OTHER_KIND), same=False)
    if a.internal_no and b.internal_no and a.internal_no != b.internal_no:
        found.add("内部编号", (0, _OTHER_NUMBER), same=False)


def _nearness(some: tuple[str, ...], others: tuple[str, ...]) -> float:
    best = 0.0
    for a in some:
        for b in others:
            if a == b or a.endswith(b) or b.endswith(a):
                return 1.0
            pairs, more = _pairs(a), _pairs(b)
            best = max(best, len(pairs & more) / len(pairs | more))
    return min(best, 0.99) if re.findall(r"\d+", some[0]) == re.findall(r"\d+", others[0]) else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _one_wrong(one: str, other: str) -> bool:
    """Tell whether two numbers of one length differ in one place, or in two that stand reversed."""
    if len(one) != len(other):
        return False
    at = [place for place in range(len(one)) if one[place] != other[place]]
    if len(at) == 1:
        return True
    return (
        len(at) == 2
        and at[1] == at[0] + 1
        and one[at[0]] == other[at[1]]
        and one[at[1]] == other[at[0]]
    )
