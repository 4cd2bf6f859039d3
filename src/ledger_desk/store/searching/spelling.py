"""Pinyin of search: letters cut into units, and the characters that each unit may stand for.

What counts as spelling a name, sign by sign left away: first whole syllables, then initials, and a
last unit of which at least the first letter is typed: ``xinxian``, ``xx``, ``xinx``, ``xxcha`` for
新县茶…. Every reading of every character counts; a letter or digit in a name stands for itself; ü is
found as v and as u.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ledger_desk import paths

LONGEST = 32  # letters; whoever types more does not type pinyin
LINE = "\n"
_SYLLABLE = 6  # letters of the longest one
INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"  # what a unit of one character can be

Units = tuple[str, ...]


@lru_cache(maxsize=1)
def syllables() -> dict[str, str]:
    """Syllables in capitals → the characters read so."""
    found: dict[str, list[str]] = {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, readings = line.partition("\t")
        for reading in readings.replace(",", " ").upper().split():
            for spelt in {reading, reading.replace("V", "U")}:
                found.setdefault(spelt, []).append(character)
    return {spelt: "".join(characters) for spelt, characters in found.items()}


@lru_cache(maxsize=1)
def _starts() -> dict[str, tuple[str, ...]]:
    """Beginnings of syllables → the syllables that begin so."""
    found: dict[str, list[str]] = {}
    for spelt in syllables():
        for end in range(1, len(spelt) + 1):
            found.setdefault(spelt[:end], []).append(spelt)
    return {start: tuple(some) for start, some in found.items()}


@lru_cache(maxsize=512)
def characters(unit: str, *, last: bool = True) -> frozenset[str]:
    """Characters that a unit may stand for; a last unit may be the beginning of a syllable."""
    own = unit if len(unit) == 1 else ""
    if last or len(unit) == 1:
        return frozenset(own).union(*map(syllables().__getitem__, _starts().get(unit, ())))
    return frozenset(syllables()[unit])


@lru_cache(maxsize=64)
def cuts(letters: str) -> tuple[Units, ...]:
    """All ways to cut normalised letters and digits into units; none for what is no pinyin.

    All units but the last are whole syllables or single characters, in this order.
    """
    if len(letters) > LONGEST or not letters.isascii() or not letters.isalnum():
        return ()
    if letters.isdigit():
        return ()
    return tuple(dict.fromkeys(_cut(letters, whole=True)))


def _cut(rest: str, *, whole: bool) -> Iterator[Units]:
    if len(rest) == 1 or rest in _starts():
        yield (rest,)
    if whole:
        for end in range(2, min(_SYLLABLE, len(rest) - 1) + 1):
            if rest[:end] in syllables():
                for more in _cut(rest[end:], whole=True):
                    yield (rest[:end], *more)
    if len(rest) > 1:
        for more in _cut(rest[1:], whole=False):
            yield (rest[0], *more)


def is_single(unit: str) -> bool:
    """Whether a unit is one initial, letter or digit."""
    return len(unit) == 1


def only_sounding(lines: str) -> str:
    """Leave signs away; ends of lines stay."""
    if lines.replace(LINE, "A").isalnum():
        return lines
    return "".join([c for c in lines if c.isalnum() or c == LINE])


def speller(units: Units) -> Callable[[str], bool]:
    """Give the test whether units spell a run of characters in lines of sounding characters."""
    last = len(units) - 1
    sets = [characters(unit, last=number == last) for number, unit in enumerate(units)]
    first, rest = sets[0], tuple(enumerate(sets[1:], 1))

    def spells(lines: str) -> bool:
        for place, character in enumerate(lines[: max(len(lines) - last, 0)]):
            if character in first:
                for other, allowed in rest:
                    if lines[place + other] not in allowed:
                        break
                else:
                    return True
        return False

    return spells


def spells(lines: str, units: Units) -> bool:
    """Whether units spell a run of characters in lines of sounding characters."""
    return speller(units)(lines)
