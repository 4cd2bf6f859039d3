"""Finding entries of a list by code, fragment or pinyin, quickly enough to answer each key.

A list is held as one text, a line an entry, so that looking through it is the work of `re` and
`str.find`. Pinyin is not stored with the entries: what was typed becomes a pattern of character
sets ("k, f, x" = a character read k…, one read f…, one read x…), so that every reading of every
character counts, and initials may be mixed with whole syllables (``kafangx`` finds 卡房乡).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from ledger_desk import paths

_TAB, _LINE = "\t", "\n"
_LETTERS = re.compile(r"[a-z]+")
_MOST_WAYS = 8  # ways to cut what was typed into syllables that are looked at
_MOST_WAITING = 200
_FEW = 2  # letters up to which hits may be so many that they are not all looked at
_MOST_LOOKED_AT = 4000  # hits of one search that are weighed against its other pieces


@lru_cache(maxsize=1)
def sounds() -> dict[str, str]:
    """Syllables without tones (``lv`` for lü) → the characters that are read so, all readings."""
    found: dict[str, list[str]] = {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, readings = line.partition(_TAB)
        for reading in readings.replace(",", " ").split():
            found.setdefault(reading, []).append(character)
    return {syllable: "".join(characters) for syllable, characters in found.items()}


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    """Beginnings of syllables (k, ka, kan)."""
    return frozenset(s[:end] for s in sounds() for end in range(1, len(s) + 1))


def fold(text: str) -> str:
    """Fold width and case, so that what looks the same is the same."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", text).casefold()


def _cuts(letters: str) -> Iterator[tuple[str, ...]]:
    """Cut letters into syllables and initials; the last one may be the beginning of a syllable.

    Fewest pieces first: whole syllables before initials.
    """
    starts, whole = _starts(), sounds()
    waiting: list[tuple[tuple[str, ...], str]] = [((), letters)]
    given = 0
    while waiting and given < _MOST_WAYS:
        following: list[tuple[tuple[str, ...], str]] = []
        for done, rest in waiting:
            if rest in starts:
                given += 1
                yield (*done, rest)
            for end in range(min(6, len(rest) - 1), 0, -1):
                piece = rest[:end]
                if piece in whole or (end == 1 and piece in starts) or piece in ("zh", "ch", "sh"):
                    following.append(((*done, piece), rest[end:]))
        waiting = following[:_MOST_WAITING]


class Finder:
    """Finds lines of a list, best first: whole, then beginnings, then fragments, in list order."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        """Take a list.

        Args:
            rows: For each entry its code ('' for none) and the words that find it.
        """
        self._codes = fold(_LINE + _LINE.join([row[0] for row in rows]) + _LINE)
        # A tab before and after each word: the edges at which words begin and end.
        lines = [_TAB.join(row[1:]).replace(_LINE, " ") for row in rows]
        text = _LINE + "".join([f"\t{line}\t\n" for line in lines])
        self._words = fold(text)

    @cached_property
    def _code_ends(self) -> array[int]:
        return array("I", [match.start() for match in re.finditer(_LINE, self._codes)])

    @cached_property
    def _word_ends(self) -> array[int]:
        return array("I", [match.start() for match in re.finditer(_LINE, self._words)])

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(self._words)

    def find(self, typed: str, limit: int = 50) -> list[int]:
        """Find what was typed: numbers of the lines, best first; see `ranked`."""
        return [number for _, number in self.ranked(typed, limit)]

    def ranked(self, typed: str, limit: int = 50) -> list[tuple[int, int]]:
        """Find what was typed; blanks part pieces that must all be found.

        Args:
            typed: A code or its beginning, a fragment, pinyin or initials, or a mixture.
            limit: Most lines to give.

        Returns:
            (0 whole, 1 beginning, 2 fragment; number of the line), best first; nothing for
            nothing typed.
        """
        pieces = fold(typed).split()
        if not pieces:
            return []
        longest = max(pieces, key=len)
        others = [piece for piece in pieces if piece is not longest]
        found: dict[int, int] = {}
        for looked_at, (rank, number) in enumerate(self._passes(longest)):
            if number not in found and all(self._has(number, piece) for piece in others):
                found[number] = rank
                if len(found) >= limit:
                    break
            if others and looked_at >= _MOST_LOOKED_AT:
                break
        return [(rank, number) for number, rank in found.items()]

    def _passes(self, piece: str) -> Iterator[tuple[int, int]]:
        """Rank and line number of each hit of one piece, best first; a line can come several times."""
        plain = piece.isascii() and piece.isalnum()
        if plain:
            yield from ((0, number) for number in self._coded(f"\n{piece}\n", 1))
            yield from ((1, number) for number in self._coded(f"\n{piece}", 1))
        yield from self._worded(piece)
        if plain and len(piece) > _FEW:  # the tail of a code, or a part of it
            yield from ((2, number) for number in self._coded(f"{piece}\n", 0))
            yield from ((2, number) for number in self._coded(piece, 0))

    def _coded(self, part: str, behind: int) -> Iterator[int]:
        text, ends, at = self._codes, self._code_ends, 0
        while (at := text.find(part, at)) >= 0:
            number = bisect_right(ends, at + behind - 1) - 1
            yield number
            at = ends[number + 1] if number + 1 < len(ends) else len(text)

    def _worded(self, piece: str) -> Iterator[tuple[int, int]]:
        pattern = self._pattern(piece)
        if len(piece) <= _FEW:
            for rank, form in enumerate((f"\t(?:{pattern})\t", f"\t(?:{pattern})", pattern)):
                yield from ((rank, self._line(match.start())) for match in self._matches(form))
            return
        ranked: list[tuple[int, int]] = []
        for match in islice(self._matches(pattern), _MOST_LOOKED_AT):
            start, end = match.span()
            at_edge = self._words[start - 1] == _TAB
            ranked.append((0 if at_edge and self._words[end] == _TAB else 2 - at_edge, start))
        yield from ((rank, self._line(start)) for rank, start in sorted(ranked))

    def _matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """First hit of each line."""
        search, text, at = re.compile(pattern).search, self._words, 1
        while (match := search(text, at)) is not None:
            yield match
            at = text.index(_LINE, match.start()) + 1

    def _line(self, place: int) -> int:
        return bisect_right(self._word_ends, place) - 1

    def _has(self, number: int, piece: str) -> bool:
        start, end = self._word_ends[number], self._word_ends[number + 1]
        pattern = self._pattern(piece)
        if pattern and re.compile(pattern).search(self._words, start, end):
            return True
        first, last = self._code_ends[number], self._code_ends[number + 1]
        return piece in self._codes[first:last]

    def _pattern(self, piece: str) -> str:
        """Make the pattern of one piece: letters become sets of characters; '' finds nothing."""
        if not _LETTERS.search(piece):
            return re.escape(piece)
        made, at = "", 0
        for match in _LETTERS.finditer(piece):
            letters = self._sounding(match[0])
            made += re.escape(piece[at : match.start()]) + letters
            at = match.end()
        return made + re.escape(piece[at:])

    def _sounding(self, letters: str) -> str:
        """Pattern of letters: themselves, or characters that sound so in this list."""
        ways: dict[tuple[str, ...], None] = {}
        for cut in _cuts(letters):
            sets = tuple(self._set(piece, last=n == len(cut)) for n, piece in enumerate(cut, 1))
            if all(sets):
                ways[sets] = None
        if not ways:
            return letters
        # One set of all that may come first, so that `re` skips everything else at full speed.
        heads = {letters[0]: [f"(?:{letters[1:]})"]}
        for way in ways:
            heads.setdefault(way[0], [])
        for head, tails in heads.items():
            rest = [way[1:] for way in ways if way[0] == head]
            if rest:
                tails.append("" if () in rest else f"(?:{_branch(rest)})")
        parts = [f"(?<=[{head}]){tail}" for head, tails in heads.items() for tail in tails]
        return f"[{''.join(dict.fromkeys(''.join(heads)))}](?:{'|'.join(parts)})"

    def _set(self, piece: str, *, last: bool) -> str:
        """Characters of this list read as a piece of what was typed; '' for none."""
        initial = len(piece) == 1 or piece in ("zh", "ch", "sh")
        some = (self._begun if last or initial else self._whole).get(piece)
        return "".join(some) if some else ""

    @cached_property
    def _whole(self) -> dict[str, list[str]]:
        """Syllables → characters of this list that are read so."""
        here = self._characters
        found = {s: [c for c in characters if c in here] for s, characters in sounds().items()}
        return {syllable: some for syllable, some in found.items() if some}

    @cached_property
    def _begun(self) -> dict[str, list[str]]:
        """Beginnings of syllables → characters of this list whose reading begins so."""
        found: dict[str, dict[str, None]] = {}
        for syllable, some in self._whole.items():
            for end in range(1, len(syllable) + 1):
                found.setdefault(syllable[:end], {}).update(dict.fromkeys(some))
        return {start: list(some) for start, some in found.items()}


def _branch(ways: Iterable[tuple[str, ...]]) -> str:
    """Join sequences of character sets into one pattern that shares their beginnings."""
    heads: dict[str, list[tuple[str, ...]]] = {}
    for way in ways:
        heads.setdefault(way[0], []).append(way[1:])
    parts = []
    for head, tails in heads.items():
        follow = "" if () in tails else f"(?:{_branch(tails)})"
        parts.append(f"[{head}]{follow}")
    return "|".join(parts)
