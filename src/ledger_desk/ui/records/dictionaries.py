"""Code lists that editors pick from: divisions and industries, read once from the shipped tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.store.search import initials
from ledger_desk.ui.picker import Items, PickItem, pick_from

_MOST = 50
# Levels of a division by the length of its code (`resources/dictionaries/README.md`).
_LEVELS = {2: "省级", 4: "地级", 6: "县级", 9: "乡级"}


def _lines(name: str) -> Iterator[list[str]]:
    with (paths.resources() / "dictionaries" / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


@lru_cache(maxsize=1)
def divisions() -> dict[str, str]:
    """All divisions: code of 2, 4, 6 or 9 digits to name."""
    return {code: name for code, name, *_ in _lines("divisions.tsv")}


@lru_cache(maxsize=1)
def industries() -> dict[str, tuple[str, str]]:
    """Industries of GB/T 4754-2017: code to (name, code of the parent)."""
    return {code: (name, parent) for code, name, parent, *_ in _lines("industries.tsv")}


def township_item(code: str) -> PickItem:
    """Show a division code as one shows it to people; an own name stays as it is."""
    name = divisions().get(code)
    if name is None:
        return PickItem(code, code, "自定")
    return PickItem(code, name, code)


@lru_cache(maxsize=8)
def townships(home: str) -> tuple[PickItem, ...]:
    """Townships of an office's county (or of its city), in the order of their codes, with initials.

    The first call reads the table of readings, which takes a moment: ask when somebody types.

    Args:
        home: Division of the office, 4 to 9 digits; a township office picks in its whole county.
    """
    near = home[:6]
    if len(near) < 4:
        return ()
    return tuple(
        PickItem(code, name, code, tuple(initials(name).split()))
        for code, name in divisions().items()
        if len(code) == 9 and code.startswith(near)
    )


def find_division(text: str) -> list[PickItem]:
    """Find a division of any level by code or fragment, larger ones first."""
    wanted = text.strip()
    found: list[PickItem] = []
    for code, name in divisions().items():
        if wanted and wanted not in name and not code.startswith(wanted):
            continue
        if not wanted and len(code) > 2:
            continue
        found.append(PickItem(code, full_name(code), f"{_LEVELS.get(len(code), '')} {code}"))
    found.sort(key=lambda item: (divisions()[item.id] != wanted, len(item.id), item.id))
    return found[:_MOST]


def full_name(code: str) -> str:
    """Give a division with what it lies in: ``河南省信阳市新县``."""
    parts = [
        divisions()[code[:size]]
        for size in (2, 4, 6, 9)
        if size <= len(code) and code[:size] in divisions()
    ]
    return "".join(part for part in parts if part not in ("市辖区", "县", "省直辖县级行政区划"))


@lru_cache(maxsize=1)
def industry_items() -> Items:
    """Give the filter over all industries: code, fragment of the name, pinyin initials."""
    items = []
    for code, (name, _) in industries().items():
        shown = industry_item(code)
        items.append(PickItem(code, shown.text, shown.hint, (name, *initials(name).split())))
    return pick_from(items, _MOST)


def industry_item(code: str) -> PickItem:
    """Show an industry: code and name as people write them (``1530 精制茶加工``), and what it lies in."""
    name, parent = industries().get(code, (code, ""))
    above = industries().get(parent, ("", ""))[0]
    return PickItem(code, f"{code} {name}", above)
