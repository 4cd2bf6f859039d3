"""Administrative divisions: the whole country to the township, held small; villages where known.

Codes and names are the statistical divisions in ``resources/dictionaries/divisions.tsv``
(`domain.md` §9.5): 2 digits a province, 4 a city, 6 a county, 9 a township; villages have 12.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ledger_desk import paths

# Levels of a division by the length of its code.
LEVELS = {2: "省级", 4: "地级", 6: "县级", 9: "乡级", 12: "村级"}
NO_NAMES = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
_SIZES = (2, 4, 6, 9)
# Everyday names of villages and communities, from the registers' full ones.
_ENDS = (("社区居民委员会", "社区"), ("居民委员会", "社区"), ("村民委员会", "村"), ("村委会", "村"),
         ("居委会", "社区"), ("村村", "村"))  # fmt: skip


class Divisions(Mapping[str, str]):
    """Code → name, in the order of the codes; a third of what a dict of the same takes."""

    def __init__(self, text: str) -> None:
        """Take lines of code, tab, name, sorted by code: a division comes before what lies in it."""
        self._text = text
        self._starts = array("I", [0, *(match.end() for match in re.finditer("\n", text))])
        self._count = len(self._starts) - 1
        self._asked: dict[str, str] = {}  # an office asks for the same few places all day

    def _code(self, place: int) -> str:
        start = self._starts[place]
        return self._text[start : self._text.index("\t", start, start + 13)]

    def _name(self, place: int) -> str:
        return self._text[self._starts[place] : self._starts[place + 1] - 1].partition("\t")[2]

    def _place(self, code: str) -> int:
        return bisect_left(range(self._count), code, key=self._code)

    def __getitem__(self, code: str) -> str:
        """Name of a division.

        Raises:
            KeyError: No division has this code.
        """
        if code in self._asked:
            return self._asked[code]
        place = self._place(code) if code[:1].isdigit() else self._count
        if place == self._count or self._code(place) != code:
            raise KeyError(code)
        return self._asked.setdefault(code, self._name(place))

    def __iter__(self) -> Iterator[str]:
        """All codes, each before what lies in it."""
        return map(self._code, range(self._count))

    def items(self) -> Any:
        """All codes with their names."""
        return [tuple(line.split("\t", 1)) for line in self._text.splitlines()]

    def __len__(self) -> int:
        """How many divisions there are."""
        return self._count

    def inside(self, code: str, size: int) -> dict[str, str]:
        """Give the divisions of one level (``size`` digits) inside a division, in order of codes."""
        if len(code) not in _SIZES or not code.isdigit():
            return {}
        low, high = self._place(code), self._place(code + ":")  # ":" comes after every digit
        places = (n for n in range(low, high) if len(self._code(n)) == size)
        return {self._code(place): self._name(place) for place in places}

    def full_name(self, code: str) -> str:
        """Give a division with what it lies in: ``河南省信阳市新县``; '' where nothing is known."""
        parts = [self.get(code[:size], "") for size in _SIZES if size <= len(code)]
        return "".join(part for part in parts if part not in NO_NAMES)


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """All divisions of the country, read when they are first asked for."""
    path = paths.resources() / "dictionaries" / "divisions.tsv"
    return Divisions(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def villages(city: str) -> Mapping[str, str]:
    """Give the shipped villages of a city: code of 12 digits → everyday name; empty for others."""
    path = paths.resources() / "dictionaries" / f"villages_{city[:4]}.tsv"
    if len(city) < 4 or not city.isdigit() or not path.is_file():
        return {}
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {code: village_name(name) for code, _, name in lines}


def village_name(name: str) -> str:
    """Give the everyday name: 沙窝村村民委员会 → 沙窝村, 义阳社区居民委员会 → 义阳社区."""
    for end, short in _ENDS:
        if name.endswith(end) and len(name) > len(end):
            stem = name[: -len(end)]
            return stem if stem.endswith(short) else stem + short
    return name
