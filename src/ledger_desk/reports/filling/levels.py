"""The levels of a heading put in order: which row of the header asks, and which only explains.

Three rows of a header are seldom three groups: the last one is often the unit, the format or the
choice (``授信额度`` over ``（万元）``, ``是否小微`` over ``（是/否）``), and a unit under a group asks for
what it measures (``累计授信`` over ``户``).
"""

from __future__ import annotations

import re

from ledger_desk.model.plain import plain
from ledger_desk.workbook.headings import split_unit, unit_of
from ledger_desk.workbook.outline import Heading

_BRACKETED = re.compile(r"^\([^()]*\)$")
_CHOICES = re.compile(r"(有|是|可|能)[/、]?(无|否|没有|不是)")
_MEASURED = re.compile(r"(?:额|数|款|率|比)$")
_COUNTING = re.compile(r"(?:数|数量|[户家个笔次])$")
_COUNTED = {"户": "户数", "家": "户数", "个": "个数", "笔": "笔数", "次": "次数"}


def levels_of(heading: Heading) -> tuple[tuple[str, ...], str]:
    """Give the levels that ask, from the topmost group down, and the unit that one of them names.

    No level holds a ``/``: one that stood there parted choices or two words for one thing.
    """
    found: list[str] = []
    unit = heading.unit
    for part in filter(None, map(_plain, heading.parts or (heading.text,))):
        measure = unit_of(part)
        if found and measure:
            unit = unit or measure
            if not _BRACKETED.fullmatch(part) and not _MEASURED.search(found[-1]):
                found.append(_COUNTED.get(measure, "金额" if "元" in measure else measure))
        elif not found or not _BRACKETED.fullmatch(part):
            text, named = split_unit(part)
            unit = unit or named
            if named in _COUNTED and not _COUNTING.search(text):
                text += "数"  # 推荐至银行（户） asks how many
            if text not in found:  # the same word in two rows says it once
                found.append(text)
    return tuple(found), unit


def _plain(part: str) -> str:
    text = "".join(plain(part).split())
    return _CHOICES.sub(r"\1\2", text).replace("/", "、")
