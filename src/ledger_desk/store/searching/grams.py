"""In which places of a segment grams stand: runs of one, two or three characters."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable

from ledger_desk.store.searching import places

ASCII, ANY = 8, 22  # bits of a character in a code
_PLACE = 16  # bits of a place, a quarter of what is listed
_LAST_PART = 0 if sys.byteorder == "little" else 3
_RARE = 7  # a gram that stands in one of 2**7 firms or fewer is listed
_PACK = 16  # sets made without a break
_KEYS = 2_000  # grams gone through without a break
# Grams → places, two bytes each as the machine writes them: half a million lists would be walked
# through by the collector again and again, a tenth of a second of all threads each time.
Noted = defaultdict[str, bytearray]


def noted() -> Noted:
    """Nothing noted yet."""
    return defaultdict(bytearray)


def written(place: int) -> bytes:
    """A place as it is noted."""
    return place.to_bytes(2, sys.byteorder)


class Grams:
    """Grams of one kind.

    Frequent ones have a set each. Of the others there is one sorted list of (code of the gram, place):
    eight bytes each, without an object for every gram, and those that begin alike stand together.
    """

    def __init__(self, noted: Noted, count: int, longest: int, bits: int,
                 breath: Callable[[], None]) -> None:  # fmt: skip
        """Take the places of each gram.

        Args:
            noted: Grams → places; one may come several times. It is emptied.
            count: How many places there are.
            longest: Characters of the longest gram; with ``bits`` at most 48 bits.
            bits: `ASCII` or `ANY`.
            breath: Lets other threads have their turn.
        """
        self._longest, self._bits, self._count = longest, bits, count
        self._sets: dict[str, int] = {}
        self._rare = array("Q")
        few = count >> _RARE
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for number, gram in enumerate(noted):
            alike[gram[0]].append(gram)
            if not number % _KEYS:
                breath()
        for first in sorted(alike):  # in small parts: nobody gets a turn while something is sorted
            for number, gram in enumerate(sorted(alike.pop(first))):
                some = memoryview(noted.pop(gram)).cast("H").tolist()
                if len(some) <= few:
                    code = self._code(gram) << _PLACE
                    self._rare.extend([code | place for place in some])
                else:
                    self._sets[gram] = places.of(some, count)
                if not number % _PACK:
                    breath()

    def _code(self, gram: str) -> int:
        """Number of a gram; those that begin with the same characters are next to one another."""
        code, bits = 0, self._bits
        for character in gram:
            code = code << bits | ord(character) + 1
        return code << bits * (self._longest - len(gram))

    def having(self, gram: str) -> int:
        """Places where a gram stands."""
        found = self._sets.get(gram)
        if found is not None:
            return found
        code = self._code(gram)
        return self._listed(code, code + 1)

    def beginning(self, gram: str, alphabet: Iterable[str]) -> int:
        """Places where a gram stands that is longer by one character, one of an alphabet or any rare."""
        found, sets = 0, self._sets
        for character in alphabet:
            found |= sets.get(gram + character, 0)
        code = self._code(gram)
        return found | self._listed(
            code + 1, code + (1 << self._bits * (self._longest - len(gram)))
        )

    def any(self, grams: Iterable[str]) -> int:
        """Places where one of several grams stands."""
        found = 0
        for gram in grams:
            found |= self.having(gram)
        return found

    def all(self, grams: Iterable[str], within: int) -> int:
        """Places of a set where all of several grams stand."""
        for gram in grams:
            if not within:
                break
            within &= self.having(gram)
        return within

    def _listed(self, first: int, end: int) -> int:
        """Places of all codes from one to another."""
        rare = self._rare
        begin = bisect_left(rare, first << _PLACE)
        last = bisect_left(rare, end << _PLACE, begin)
        if begin == last:
            return 0
        parts = memoryview(rare)[begin:last].cast("B").cast("H")
        return places.of(parts[_LAST_PART::4].tolist(), self._count)
