"""划型: large, medium, small or micro by 《统计上大中小微型企业划分办法（2017）》, 国统字〔2017〕213号.

Intervals include their lower bound. Large, medium and small need the lower bounds of *all*
listed indicators, else the firm falls a grade; micro needs one indicator only. So the grade is
the lowest that any single indicator gives, and one micro indicator settles it alone.
Sole traders (个体工商户) follow the same table. Industries: GB/T 4754-2017.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ledger_desk.model.money import FEN_PER_WAN, exact_wan
from ledger_desk.model.plain import plain

GRADES = ("微型", "小型", "中型", "大型")
NOT_COVERED = "不适用"
SOURCE = "国统字〔2017〕213号"

Bounds = tuple[int, int, int]  # lower bounds of 小型, 中型, 大型


@dataclass(frozen=True)
class Class:
    """One line of the measure's table; a bound of None means the indicator does not count.

    Attributes:
        name: The industry as the measure calls it.
        staff: Persons (从业人员 X).
        revenue: 万元 (营业收入 Y).
        assets: 万元 (资产总额 Z).
    """

    name: str
    staff: Bounds | None = None
    revenue: Bounds | None = None
    assets: Bounds | None = None


@dataclass(frozen=True)
class Size:
    """A grade and its reason.

    Attributes:
        grade: 大型, 中型, 小型, 微型, 不适用, or empty when figures are missing.
        reason: One Chinese sentence with the numbers and the thresholds.
        missing: What is lacking, by the names that stand in ``reason``; empty if decided.
    """

    grade: str
    reason: str
    missing: tuple[str, ...] = ()


_FARMING = Class("农、林、牧、渔业", revenue=(50, 500, 20_000))
_INDUSTRY = Class("工业", (20, 300, 1_000), (300, 2_000, 40_000))
_BUILDING = Class("建筑业", revenue=(300, 6_000, 80_000), assets=(300, 5_000, 80_000))
_WHOLESALE = Class("批发业", (5, 20, 200), (1_000, 5_000, 40_000))
_RETAIL = Class("零售业", (10, 50, 300), (100, 500, 20_000))
_TRANSPORT = Class("交通运输业", (20, 300, 1_000), (200, 3_000, 30_000))
_STORAGE = Class("仓储业", (20, 100, 200), (100, 1_000, 30_000))
_POST = Class("邮政业", (20, 300, 1_000), (100, 2_000, 30_000))
_LODGING = Class("住宿业", (10, 100, 300), (100, 2_000, 10_000))
_CATERING = Class("餐饮业", (10, 100, 300), (100, 2_000, 10_000))
_TELECOM = Class("信息传输业", (10, 100, 2_000), (100, 1_000, 100_000))
_SOFTWARE = Class("软件和信息技术服务业", (10, 100, 300), (50, 1_000, 10_000))
_DEVELOPER = Class("房地产开发经营", None, (100, 1_000, 200_000), (2_000, 5_000, 10_000))
_PROPERTY = Class("物业管理", (100, 300, 1_000), (500, 1_000, 5_000))
_LEASING = Class("租赁和商务服务业", (10, 100, 300), assets=(100, 8_000, 120_000))
_OTHER = Class("其他未列明行业", (10, 100, 300))
_NONE = Class("未列入的行业")

CLASSES = (
    _FARMING, _INDUSTRY, _BUILDING, _WHOLESALE, _RETAIL, _TRANSPORT, _STORAGE, _POST, _LODGING,
    _CATERING, _TELECOM, _SOFTWARE, _DEVELOPER, _PROPERTY, _LEASING, _OTHER,
)  # fmt: skip

# 门类 → first and last 大类 (GB/T 4754-2017).
INDUSTRY_SPANS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52),
    "G": (53, 60), "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72),
    "M": (73, 75), "N": (76, 79), "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90),
    "S": (91, 96), "T": (97, 97),
}  # fmt: skip
# Longest matching beginning wins. Where a beginning is missing the code is too short to tell.
# - 53 铁路 is left out by the note to the table: 交通运输业…不包括铁路运输业.
# - 591 装卸搬运 counts as 交通运输业 by the same note, though GB/T 4754-2017 puts it into 59.
# - 704 房地产租赁经营 is the former 自有房地产经营活动, which the note leaves out.
# - J, P, 84, S and T are not among the industries that article 3 (适用范围) names.
_BEGINNINGS: dict[str, Class] = {
    **dict.fromkeys("A", _FARMING), **dict.fromkeys("BCD", _INDUSTRY), "E": _BUILDING,
    "51": _WHOLESALE, "52": _RETAIL, "53": _NONE,
    **dict.fromkeys(["54", "55", "56", "57", "58", "591"], _TRANSPORT),
    **dict.fromkeys(["592", "593", "594", "595", "596", "599"], _STORAGE), "60": _POST,
    "61": _LODGING, "62": _CATERING, "63": _TELECOM, "64": _TELECOM, "65": _SOFTWARE,
    "701": _DEVELOPER, "702": _PROPERTY, "703": _OTHER, "704": _NONE, "709": _OTHER,
    "L": _LEASING, **dict.fromkeys("MNOR", _OTHER), "84": _NONE, "85": _OTHER,
    **dict.fromkeys("JPST", _NONE),
}  # fmt: skip


@lru_cache(maxsize=4096)
def classes_of(industry_code: str) -> tuple[Class, ...]:
    """Give the lines of the table that an industry code may fall under.

    One for a code that is long enough, several for a short one (F: 批发业 or 零售业), none for
    what is no code of GB/T 4754-2017. ``不适用`` is the line without bounds.
    """
    match = re.fullmatch(r"([A-T])?(\d{2,4})?", plain(industry_code).upper())
    if match is None or not match[0]:
        return ()
    letter, digits = match[1] or "", match[2] or ""
    if digits:
        division = int(digits[:2])
        home = next((k for k, (a, b) in INDUSTRY_SPANS.items() if a <= division <= b), "")
        if not home or (letter and letter != home):
            return ()
        letter = home
    for beginning in (digits[:3], digits[:2], letter):
        if beginning in _BEGINNINGS:
            return (_BEGINNINGS[beginning],)
    first, last = INDUSTRY_SPANS[letter]
    within = [
        found
        for beginning, found in _BEGINNINGS.items()
        if beginning[0].isdigit()
        and first <= int(beginning[:2]) <= last
        and beginning.startswith(digits[:2])
    ]
    # A group that no line knows (598): the code does not exist.
    return () if len(digits) > 2 else tuple(dict.fromkeys(within))


def grade_of(
    industry_code: str | None,
    staff: int | None,
    revenue_fen: int | None,
    assets_fen: int | None,
) -> str:
    """Give the grade that `classify` finds, without its words; lists of any length need no more."""
    found = classes_of(industry_code or "")
    if len(found) == 1:
        return _level(found[0], staff, revenue_fen, assets_fen)
    grades = {_level(line, staff, revenue_fen, assets_fen) for line in found}
    return grades.pop() if len(grades) == 1 else ""


def _level(line: Class, staff: int | None, revenue: int | None, assets: int | None) -> str:
    if line is _NONE:
        return NOT_COVERED
    lowest, complete = 3, True
    for bounds, value, factor in (
        (line.staff, staff, 1),
        (line.revenue, revenue, FEN_PER_WAN),
        (line.assets, assets, FEN_PER_WAN),
    ):
        if bounds is None:
            continue
        if value is None:
            complete = False
        elif value < bounds[0] * factor:
            return GRADES[0]
        elif value < bounds[2] * factor:
            lowest = min(lowest, 1 if value < bounds[1] * factor else 2)
    return GRADES[lowest] if complete else ""


def classify(
    industry_code: str | None,
    staff: int | None,
    revenue_fen: int | None,
    assets_fen: int | None,
) -> Size:
    """Grade a firm from last year's figures.

    Args:
        industry_code: GB/T 4754-2017: a letter, or two to four digits with or without it.
        staff: 从业人员, persons.
        revenue_fen: 营业收入, fen.
        assets_fen: 资产总额, fen.

    Returns:
        The grade where it is certain. A missing figure matters only where it could change the
        grade: one indicator below the bound of 小型 makes the firm 微型 whatever the others are.
    """
    code = plain(industry_code or "")
    if not code:
        return Size("", "没有行业代码，无法划型，请先填行业。", ("行业代码",))
    found = classes_of(code)
    if not found:
        why = (
            f"“{code}”不是《国民经济行业分类》（GB/T 4754-2017）的代码，无法划型，请改正行业代码。"
        )
        return Size("", why, ("行业代码",))
    sizes = [_grade(line, staff, revenue_fen, assets_fen) for line in found]
    if len(sizes) == 1:
        return sizes[0]
    names = "、".join(NOT_COVERED if line is _NONE else line.name for line in found)
    if sizes[0].grade and len({size.grade for size in sizes}) == 1:
        reason = f"行业代码“{code}”可能属于{names}，都划为{sizes[0].grade}；其中{sizes[0].reason}"
        return Size(sizes[0].grade, reason)
    why = f"行业代码“{code}”太粗，分不清属于{names}中的哪一类，无法划型，请补到大类或中类。"
    return Size("", why, ("行业代码",))


def _grade(line: Class, staff: int | None, revenue: int | None, assets: int | None) -> Size:
    if line is _NONE:
        return Size(NOT_COVERED, f"该行业不在划型办法范围内，不适用划型（{SOURCE}）。")
    levels: list[int] = []
    said: list[str] = []
    missing: list[str] = []
    figures = (
        ("从业人员", "人", line.staff, staff, 1),
        ("营业收入", "万元", line.revenue, revenue, FEN_PER_WAN),
        ("资产总额", "万元", line.assets, assets, FEN_PER_WAN),
    )
    for name, unit, bounds, value, factor in figures:
        if bounds is None:
            continue
        if value is None:
            missing.append(name)
            continue
        level = sum(value >= bound * factor for bound in bounds)
        shown = f"{value:,}" if factor == 1 else f"{Decimal(exact_wan(value)):,f}"
        levels.append(level)
        said.append(f"{name}{shown}{unit}为{GRADES[level]}（{_interval(bounds, level, unit)}）")
    lowest = min(levels, default=-1)
    facts = "，".join(said)
    if missing and lowest != 0:
        known = f"，{facts}" if facts else ""
        why = f"按{line.name}划型还缺{'和'.join(missing)}{known}，暂不能划型。"
        return Size("", why, tuple(missing))
    choice = "，取较低一档" if len(set(levels)) > 1 else ""
    if missing:
        choice = "，微型只须满足一项"
    return Size(
        GRADES[lowest], f"按{line.name}：{facts}{choice}，划为{GRADES[lowest]}（{SOURCE}）。"
    )


def _interval(bounds: Bounds, level: int, unit: str) -> str:
    if level == 0:
        return f"不足{bounds[0]:,}{unit}"
    if level == 3:
        return f"{bounds[2]:,}{unit}及以上"
    return f"{bounds[level - 1]:,}{unit}至不足{bounds[level]:,}{unit}"
