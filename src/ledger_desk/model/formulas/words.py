"""Words that stand bare in a formula: headings, functions, 且 或 非, columns, titles of forms.

Chinese puts no blanks between words, so a run such as ``本期且累计`` is cut so that every piece is
known; the longest heading wins. A run before ``!`` ends with the title of a form.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ledger_desk.model.formulas.functions import BY_NAME, INSTEAD, LIST
from ledger_desk.model.formulas.mistakes import FormulaMistake, shown
from ledger_desk.model.plain import plain

WORD = re.compile("[A-Za-z0-9_〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_ASCII = re.compile("[A-Za-z0-9_]+")
_PLACE = re.compile("[A-Za-z]{1,3}(?:[0-9]{1,7})?")
_BLANKS = re.compile(r"\s+")
_KEYWORDS = "且或非"


@dataclass(frozen=True)
class Part:
    """A piece of a run and where it begins (0-based)."""

    kind: Literal["sign", "function", "place", "label", "form"]
    text: str
    start: int


def plain_name(text: str) -> str:
    """Give a heading in the one spelling in which headings are compared."""
    return _BLANKS.sub("", plain(text))


def near(name: str, names: Iterable[str]) -> str:
    """Say which headings there are instead of ``name``: the likest ones, or where to look."""
    listed = list(names)
    likely = difflib.get_close_matches(name[:60], listed, 3, 0.4)
    said = "、".join(f"“{shown(each)}”" for each in likely or listed[:3])
    if not said:
        return "请写列的字母，例如 C"
    return f"请核对，是不是{said}" if likely else f"请核对，这张表有{said}等列"


def parts_of_run(
    folded: str, start: int, end: int, names: Mapping[str, str | None]
) -> tuple[list[Part], int]:
    """Cut a run of word characters into known pieces.

    Args:
        folded: The whole formula in plain characters.
        start: Where the run begins (0-based).
        end: Where it ends.
        names: Headings in plain form.

    Returns:
        The pieces, and where the rest of the formula begins.

    Raises:
        FormulaMistake: A piece is neither heading nor column nor function.
    """
    after = end
    while folded[after : after + 1] == " ":
        after += 1
    follows = folded[after : after + 1]
    if follows == "!" and folded[after + 1 : after + 2] != "=":
        return _before_form(folded, start, end, names), after + 1
    parts = _cut(folded, start, end, names, follows == "(")
    last = parts[-1]
    stop = last.start + len(last.text) if last.kind != "function" else end
    return parts, stop


def _before_form(folded: str, start: int, end: int, names: Mapping[str, str | None]) -> list[Part]:
    """A bare title of a form holds no 且 or 或 and begins with no 非: then it needs brackets."""
    title = max(folded.rfind("且", start, end), folded.rfind("或", start, end)) + 1
    title = max(title, start)
    while title < end and folded[title] == "非":
        title += 1
    if title == end:
        raise FormulaMistake(end, "“!”前面要有表名，例如 成效统计表!F12")
    lead = _cut(folded, start, title, names, False) if title > start else []
    return [*lead, Part("form", folded[title:end], title)]


def _cut(
    folded: str, start: int, end: int, names: Mapping[str, str | None], called: bool
) -> list[Part]:
    """Cut by the longest known piece, going back where that leaves an unknown rest.

    Each place is tried once: places from which the rest cannot be cut are remembered.
    """
    longest = sorted((n for n in names if not n.isascii()), key=len, reverse=True)
    dead: set[int] = set()
    parts: list[Part] = []
    trail = [iter(_candidates(folded, start, end, longest, called))]
    furthest = at = start
    while trail:
        part = next(trail[-1], None)
        if part is None:
            trail.pop()
            dead.add(at)
            if parts:
                at = parts.pop().start
            continue
        onward = part.start + len(part.text)
        if onward in dead:
            continue
        parts.append(part)
        furthest = max(furthest, onward)
        if onward == end or folded[onward].isdigit():
            return parts
        at = onward
        trail.append(iter(_candidates(folded, at, end, longest, called)))
    raise _unknown(folded, start, furthest, end, names, called)


def _candidates(folded: str, at: int, end: int, longest: list[str], called: bool) -> list[Part]:
    found: list[Part] = []
    rest = folded[at:end]
    if called and rest.upper() in BY_NAME:
        found.append(Part("function", rest, at))
    for name in longest:
        if rest.startswith(name) and not _splits(folded, at + len(name), end):
            found.append(Part("label", name, at))
    if rest[0] in _KEYWORDS:
        found.append(Part("sign", rest[0], at))
    chunk = _ASCII.match(rest)
    if chunk and _PLACE.fullmatch(chunk[0]) and not (called and len(chunk[0]) == len(rest)):
        found.append(Part("place", chunk[0].upper(), at))
    return found


def _splits(folded: str, at: int, end: int) -> bool:
    """Whether cutting at ``at`` would cut through letters and digits that belong together."""
    return at < end and bool(_ASCII.fullmatch(folded[at - 1 : at + 1]))


def _unknown(
    folded: str, start: int, at: int, end: int, names: Mapping[str, str | None], called: bool
) -> FormulaMistake:
    # Of 本期新增 the first half may be known: the person wrote one word all the same.
    while at > start and folded[at - 1] not in _KEYWORDS:
        at -= 1
    rest = folded[at:end]
    place = at + 1
    if called:
        instead = INSTEAD.get(rest.upper())
        remedy = f"请改写成{instead}" if instead else f"能用的有{LIST}"
        return FormulaMistake(place, f"没有“{shown(rest)}”这个函数，{remedy}")
    if rest.upper() in BY_NAME:
        function = BY_NAME[rest.upper()]
        return FormulaMistake(place, f"“{shown(rest)}”后面要有括号，例如 {function.pattern}")
    word = re.split("[且或]", rest[1:])[0]
    return FormulaMistake(place, f"没有“{shown(rest[0] + word)}”这一列，{near(rest, names)}")
