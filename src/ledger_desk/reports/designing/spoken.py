"""What the words of a heading say besides what is counted: measure, part of the ledger, unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ledger_desk.exchange.headings import key_of
from ledger_desk.model import vocabulary as words
from ledger_desk.model import work_words
from ledger_desk.reports.designing.draft import Pairs
from ledger_desk.reports.filling.levels import levels_of
from ledger_desk.workbook.outline import Heading

_GROWTH = r"(?:增长|增减|变动|增加|增)"
_MEASURES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), measure)
    for pattern, measure in (
        (rf"[累总]计?较?比?上年同期{_GROWTH}[率幅%％]|累计同[期比]{_GROWTH}[率幅]", "累计同期增长率"),
        (rf"[累总]计?较?比?上年同期{_GROWTH}[量额数]?|累计同[期比]{_GROWTH}[量额数]?", "累计同期增长量"),
        (rf"[比较](?:上?年初|年初|上年末){_GROWTH}(?:幅度?|率|百分比)", "比年初增长率"),
        (rf"[比较](?:上?年初|年初|上年末){_GROWTH}?[量额数]?", "比年初增长量"),
        (rf"[比较]?(?:上年|去年)同期(?:末)?{_GROWTH}(?:幅度?|率|百分比)|同比{_GROWTH}?(?:幅度?|率)", "同期增长率"),
        (rf"[比较]?(?:上年|去年)同期(?:末)?{_GROWTH}[量额数]?|同比{_GROWTH}?[量额数]", "同期增长量"),
        (r"(?:上年|去年)同期累计(?:数)?", "上年同期累计"),
        (r"(?:上年|去年)同期末(?:数)?", "上年同期末数"),
        (r"(?:上年|去年)同期(?:数)?", "上年同期"),
        (r"(?:上年末|年初)(?:余额|数)?(?!以来|起)", "年初数"),
        (r"任务完成(?:率|比例)", "任务完成率"),
        (r"^(?:年度|目标|年度目标)?任务(?:目标)?(?:户?数|量)?(?=[(（]|$)|目标任务", "任务数"),
        (r"本日|当日|今日|当天", "本日"),
        (r"本周|当周", "本周"),
        (r"(?:其中)?[:：]?(?:本期|本月|当月|当期)新增", "本期新增"),
        (r"上期|上月|上季度?", "上期"),
        (r"本期|当期|本季度?|当季", "本期"),
        (r"本月|当月", "本月"),
        (r"本年度?(?:累计)?|今年(?:以来)?(?:累计)?|年初以来(?:累计)?|年初起|当年(?:累计)?|全年(?:累计)?|年内(?:累计)?", "本年累计"),
        (r"(?:机制)?启动以来(?:累计)?|[(（]累[计放][)）]|累计(?:数)?|以来", "启动以来累计"),
        (r"期末(?:数)?|月末|季末|年末|截至?[期月季年]末", "期末数"),
    )
)  # fmt: skip
_AMONG = re.compile(r"^其中[:：]?|^#")
_SHARED = re.compile(r"(?:率|占比|比例|比重)(?:\([^()]*\))?(?:/[^/]*)?$")
_COUNTED = re.compile("[数额]$|数(?:\\(.*\\))?$|[户笔次个家]$")
_NOTHING = re.compile(r"^(?:实际(?:完成)?|完成|实绩|实现)(?:户?数|量)?$|^合计(?!户)")
_CATEGORIES = ("小型企业", "微型企业", "中型企业", "大型企业", "未划型企业")


@dataclass(frozen=True)
class Spoken:
    """A heading taken apart.

    Attributes:
        text: What is left of it, levels joined as ``上/下``: what is counted; '' for nothing.
        measure: Measure it names; '' for none.
        part: Part of the ledger it names.
        unit: 户, 万元 …; '' for none.
        among: It begins with 其中: a part of what stands left of it.
        levels: All of its levels as printed.
    """

    text: str
    measure: str
    part: Pairs
    unit: str
    among: bool
    levels: tuple[str, ...]


@lru_cache(maxsize=1)
def part_words() -> dict[str, tuple[str, str]]:
    """Words of the closed dictionaries → (split key, value); the likelier meaning first."""
    found: dict[str, tuple[str, str]] = {}
    for key, values in (
        ("category", _CATEGORIES), ("kind", words.ENTERPRISE_KINDS), ("bank_type", words.BANK_TYPES),
        ("star", work_words.PARK_STARS), ("what", work_words.TICKET_KINDS),
    ):  # fmt: skip
        for value in values:
            found.setdefault(value, (key, value))
    return found | {
        "个体户": ("kind", "个体工商户"), "合作社": ("kind", "农民专业合作社"),
        "个体": ("kind", "个体工商户"), "小型": ("size", "小型"), "微型": ("size", "微型"),
        "中型": ("size", "中型"), "大型": ("size", "大型"),
    }  # fmt: skip


def take_apart(heading: Heading) -> Spoken:
    """Take a heading apart."""
    levels, unit = levels_of(heading)
    measure = ""
    part: Pairs = ()
    left: list[str] = []
    for level in reversed(levels):  # the lowest level decides
        rest = level
        for rule, name in _MEASURES:
            found = rule.search(rest)
            if found is None or (measure and name != measure):
                continue
            measure = measure or name
            rest = rest[: found.start()] + rest[found.end() :]
            break
        bare = re.sub(r"[()（）]", "", _AMONG.sub("", rest)).strip()
        named = part_words().get(bare) or part_words().get(re.sub("户?数量?$", "", bare))
        if named is not None and not part:
            part, rest = (named,), ""
        rest = _NOTHING.sub("", rest)
        rest = _AMONG.sub("", re.sub(r"[(（]\s*[)）]", "", rest))
        left.append(rest.strip(":：、的"))
    among = any(_AMONG.match(level) for level in levels[-1:])
    kept = [each for each in reversed(left) if each]
    if among and left and not left[0]:
        kept = []  # the group above does not say what this is a part of
    elif len(kept) > 1 and kept[-2] in kept[-1]:
        del kept[-2]
    text = "/".join(kept)
    if not unit and _SHARED.search(key_of("/".join(levels))) and not _COUNTED.search(text):
        unit = "%"
    if not unit and text.endswith("人数"):
        unit = "人"
    return Spoken(text, measure, part, unit, among, levels)
