"""In which places of a segment grams stand: runs of one, two or three characters."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping

from ledger_desk.store.searching import places

ASCII, ANY = 8, 22  # bits of a character in a code
_PLACE = 14  # bits of a place
_RARE = 7  # a gram that stands in one of 2**7 firms or fewer is listed
_PACK = 16  # sets made without a break
Noted = Mapping[str, list[int]]


class Grams:
    """Grams of one kind.

    Frequent ones have a set each. Of the others there is one sorted list of (code of the gram, place):
    eight bytes each, without an object for every gram, and those that begin alike stand together.
    """

    def __init__(self, noted: Noted, count: int, longest: int, bits: int,
                 breath: Callable[[], None]) -> None:  # fmt: skip
        """Take the places of each gram.

        Args:
            noted: Grams → places; one may come several times.
            count: How many places there are.
            longest: Characters of the longest gram; with ``bits`` at most 50 bits.
            bits: `ASCII` or `ANY`.
            breath: Lets other threads have their turn.
        """
        self._longest, self._bits, self._count = longest, bits, count
        self._sets: dict[str, int] = {}
        rare: list[int] = []
        few = count >> _RARE
        for number, (gram, some) in enumerate(noted.items()):
            if len(some) <= few:
                code = self._code(gram) << _PLACE
                rare += [code | place for place in some]
            else:
                self._sets[gram] = places.of(some, count)
            if not number % _PACK:
                breath()
        rare.sort()
        breath()
        self._rare = array("Q", rare)

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
        low = (1 << _PLACE) - 1
        return places.of([value & low for value in rare[begin:last]], self._count)
