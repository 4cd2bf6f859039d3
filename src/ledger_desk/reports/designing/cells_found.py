"""Single cells of a blank that are filled every time: 填报单位, 统计截止日期, 填表人."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ledger_desk.exchange.blank_outline import Outline
from ledger_desk.reports.designing.draft import DraftCell, Text
from ledger_desk.workbook.references import name

_WHY = "空白处每次要填"
# Words before a colon → place; longer ones first.
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:填报|报送|编制|制表|上报)(?:单位|机构|部门)(?:名称)?", "{office}"), (r"单位(?:名称)?(?=[（(]?(?:盖章|公章))", "{office}"),
    (r"(?:统计)?(?:截止|截至)(?:日期|时间)", "{end}"), (r"(?:填报|报送|制表|上报)(?:日期|时间)|日期", "{end}"),
    (r"(?:统计|填报)?期别|统计(?:时间|期间)|所属(?:期|月份)", "{period}"),
    (r"(?:填表|填报|制表|经办|统计)人(?:员)?", "{person}"), (r"(?:审核|复核|校核)人(?:员)?", "{checked}"),
    (r"(?:单位|分管|主要)?(?:负责人|领导)", "{headed}"),
)  # fmt: skip
_COLON = r"\s*(?:[（(](?:盖章|公章|签字|签章)[）)])?\s*[:：]"
_BLANKS = r"[\s_＿　]*"
_YEAR_MONTH = re.compile(rf"(?:20\d\d|{_BLANKS})年{_BLANKS}(?:\d{{1,2}})?{_BLANKS}月(?:{_BLANKS}\d{{0,2}}{_BLANKS}日)?")  # fmt: skip


def find_cells(sheet: str, printed: Outline, tables: Iterable[tuple[int, int]]) -> list[DraftCell]:
    """Find them outside the tables.

    Args:
        sheet: Tab.
        printed: What stands on it.
        tables: First and last row of each table, its header among them.
    """
    spans = list(tables)
    found = []
    for (row, column), text in sorted(printed.texts.items()):
        if any(first <= row <= last for first, last in spans) or len(text) > 120:
            continue
        if "{" in text or "}" in text:
            continue
        filled = fill_in(text)
        if filled != text:
            at = name(row, column)
            found.append(DraftCell(at, Text(filled), sheet, why=_WHY))
    return found


def fill_in(text: str) -> str:
    """Put places into a text: ``填报单位：　　（盖章）`` → ``填报单位：{office}（盖章）``."""
    made = text
    taken: set[str] = set()
    for words, place in _SAID:
        if place in taken:
            continue
        rule = re.compile(
            rf"((?<![\u4e00-\u9fff])(?:{words}){_COLON}){_BLANKS}(?![^\s（(_＿　]*\{{)"
        )
        changed = rule.sub(lambda m, p=place: _placed(m, p), made, count=1)  # type: ignore[misc]
        if changed != made:
            taken.add(place)
            made = changed
    bare = re.sub(
        rf"\{{(?:end|period)\}}{_BLANKS}{_YEAR_MONTH.pattern}",
        lambda m: m[0][: m[0].index("}") + 1],
        made,
    )
    if bare == made and not taken & {"{end}", "{period}"}:
        bare = _YEAR_MONTH.sub("{period}", made, count=1) if _is_blank_date(made) else made
    return bare


def _placed(match: re.Match[str], place: str) -> str:
    rest = match.string[match.end() :]
    gap = "　" if rest[:1] and rest[0] not in "（(" and not rest[0].isspace() else ""
    return f"{match[1]}{place}{gap}"


def _is_blank_date(text: str) -> bool:
    found = _YEAR_MONTH.search(text)
    return found is not None and re.search(r"\d{1,2}月", found[0]) is None
