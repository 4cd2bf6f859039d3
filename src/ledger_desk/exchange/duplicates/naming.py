"""How two names stand to each other: the same, differently dressed, one wrong character, or not at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ledger_desk import paths
from ledger_desk.store import likeness, regions

# What tells branches and numbered houses of one name apart: 一分店, 第三药店, 2号, 东门, A座.
_MARKS = re.compile(
    r"第[0-9〇零一二三四五六七八九十百两]+"
    r"|[〇零一二三四五六七八九十百两]+(?=[号店分厂部队组门社村院校支所站库区连期仓])"
    r"|[0-9]+|[A-Z](?=[座区栋店馆])"
    r"|[东西南北中上下前后左右新老旧大小总](?=[店门厂区街路村院部分站库市桥关])"
    r"|分店|分部|分社|支行|分行|分公司|支公司|营业所|营业部|分理处|加盟|直营|旗舰|连锁"
)
# A changed character among these makes another firm, not a slip of the pen …
_NUMBERS = frozenset(
    "0123456789〇零一二三四五六七八九十两甲乙丙丁戊己庚辛壬癸ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
# … and among these rather another one, unless owner and telephone say otherwise.
_TELLING = frozenset("百千万双东西南北中上下前后左右内外新老旧大小总分")
# Words for a shop that say nothing of what it trades in, the longer first.
_TAILS = (
    "便民超市", "生活超市", "购物超市", "综合商店", "综合门市", "零售门市部", "批发门市部", "专业经营部", "批发零售部",
    "便利店", "便民店", "百货店", "百货商店", "门市部", "经营部", "批发部", "销售部", "零售部", "服务部", "营销部",
    "经销部", "经销处", "销售处", "专卖店", "专营店", "直销店", "购物中心", "服务中心", "商贸行", "贸易行",
    "超市", "商店", "商行", "商场", "商铺", "商号", "商城", "门市", "店铺", "店", "行", "部", "铺", "庄",
)  # fmt: skip
_BY_LAST = {last: tuple(t for t in _TAILS if t[-1] == last) for last in {t[-1] for t in _TAILS}}
_SHORTEST_STEM = 2
_SHORTEST_EDIT = 4  # characters of the longer fingerprint that may hold one slip
_BRANCH_TAIL = re.compile(r"[店分路街巷村镇乡区号楼组社站所]$")


class Name(NamedTuple):
    """A name taken apart.

    Attributes:
        whole: Without blanks, brackets and marks, in one width and case.
        finger: ``whole`` without regions in front and legal form behind.
        stem: ``finger`` without a general word for a shop.
        sound: Syllables of ``finger`` by the commonest readings.
        regions: Division codes that the region in front may mean.
        form: 公司, 合作社, 农场 or ''.
        branch: What stands behind 公司 inside the name.
        marks: Numbers, directions and branch words.
    """

    whole: str
    finger: str
    stem: str
    sound: str
    regions: tuple[str, ...]
    form: str
    branch: str
    marks: tuple[str, ...]


class Relation(NamedTuple):
    """How two names stand to each other: a key of `weighing`'s table and the words for it."""

    kind: str
    words: str


@lru_cache(maxsize=1)
def _syllables() -> dict[int, str]:
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    found = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            character, _, readings = line.rstrip("\n").partition("\t")
            if len(character) == 1 and readings:
                found[ord(character)] = re.split(r"[ ,]", readings, maxsplit=1)[0] + "'"
    return found


def take_apart(name: str, home: str) -> Name:
    """Take a name apart as an office at division ``home`` reads it."""
    whole = likeness.plain(name)
    core = likeness.core(whole)
    places, finger = regions.split(core, home)
    stem = finger
    for tail in _BY_LAST.get(finger[-1:], ()):
        if finger.endswith(tail):
            if len(finger) - len(tail) >= _SHORTEST_STEM:
                stem = finger[: -len(tail)]
            break
    form = (
        "公司" if "公司" in whole else "合作社" if whole.endswith("社") and "合作" in whole else ""
    )
    form = "农场" if whole.endswith("农场") else form
    branch = finger.partition("公司")[2] if "公司" in finger else ""
    marks = tuple(sorted(_MARKS.findall(finger)))
    return Name(whole, finger, stem, finger.translate(_syllables()), places, form, branch, marks)


def relate(one: Name, other: Name, first: str, second: str) -> Relation | None:
    """Tell how two names (and the ways they are written) stand to each other, None for not at all."""
    if not one.finger or not other.finger:
        return None
    if one.marks != other.marks or not regions.compatible(one.regions, other.regions):
        return None
    if one.branch != other.branch:
        return None
    if one.whole == other.whole:
        if first == second:
            return Relation("same", "名称相同")
        return Relation("same", "名称只差全半角、括号或空格")
    if one.finger == other.finger:
        return _dressed(one, other)
    slip = _slip(one.finger, other.finger)
    if slip and max(len(one.finger), len(other.finger)) >= _SHORTEST_EDIT:
        differ = "、".join(slip)
        if one.sound == other.sound:
            return Relation("sound", f"名称只差一个同音字（{differ}）")
        if _NUMBERS.intersection(differ):
            return None
        kind = "telling" if _TELLING.intersection(differ) else "slip"
        return Relation(kind, f"名称只差一个字（{differ}）")
    if one.sound == other.sound:
        return Relation("sound", "名称读音相同，写法不同")
    if one.form == other.form == "" and one.stem == other.stem:
        return Relation("stem", "字号相同，只是店、部、行的叫法不同")
    return _inside(one, other)


def _dressed(one: Name, other: Name) -> Relation:
    """Same fingerprint, but not the same name: what is it that differs?"""
    differs = []
    if one.regions != other.regions or not _same_head(one, other):
        differs.append("前面的地名")
    if not _same_tail(one, other):
        differs.append("“有限公司”一类的写法")
    words = f"名称只差{'和'.join(differs) or '写法'}"
    if one.regions and other.regions and one.regions != other.regions:
        return Relation("moved", words)  # 宁波市 and 慈溪市 may each have registered one
    return Relation("dressed" if one.form == other.form else "undressed", words)


def _same_head(one: Name, other: Name) -> bool:
    return one.whole.partition(one.finger)[0] == other.whole.partition(other.finger)[0]


def _same_tail(one: Name, other: Name) -> bool:
    return one.whole.partition(one.finger)[2] == other.whole.partition(other.finger)[2]


def _inside(one: Name, other: Name) -> Relation | None:
    short, long = sorted((one, other), key=lambda name: len(name.finger))
    if len(short.finger) < _SHORTEST_EDIT - 1 or not long.finger.startswith(short.finger):
        return None
    if one.form and other.form and one.form != other.form:
        return None
    rest = long.finger[len(short.finger) :]
    if _BRANCH_TAIL.search(rest) or (_TELLING | _NUMBERS).intersection(rest):
        return None
    return Relation("inside", f"一个名称比另一个多“{rest}”")


def _slip(one: str, other: str) -> tuple[str, ...]:
    """Give what differs if one character is wrong, missing, too many or two stand reversed."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return ()
    start, least = 0, min(len(one), len(other))
    while start < least and one[start] == other[start]:
        start += 1
    end = 0
    while end < least - start and one[-1 - end] == other[-1 - end]:
        end += 1
    a, b = one[start : len(one) - end], other[start : len(other) - end]
    if len(a) <= 1 and len(b) <= 1:
        return tuple(part for part in (a, b) if part)
    if len(a) == len(b) == 2 and a == b[::-1]:
        return (a, b)
    return ()
