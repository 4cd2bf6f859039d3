"""Spelt lines of many places: what is written in them, and how they may be read.

Of characters there are grams of one and two: a longer text has all its grams in a row. Where they all
are, and each character inside stands at one place only, they are in a row; other places are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import add

from ledger_desk.store.searching import grams, places, sounds, spelling
from ledger_desk.store.searching.grams import Grams
from ledger_desk.store.searching.sounds import Sounds
from ledger_desk.store.searching.spelling import LINE, Units

_PUT = 10  # texts put in without a break
_FEW = 100  # places that are looked at rather than narrowed down further
_PAIRS = 3_000  # pairs of characters up to which two units in a row are looked up


class Names:
    """Texts that can be spelt."""

    def __init__(self, texts: Sequence[str], breath: Callable[[], None]) -> None:
        """Take lines of sounding characters; ``breath`` lets other threads have their turn."""
        self._texts = texts
        words, unclear = grams.noted(), grams.noted()
        for place, text in enumerate(texts):
            here = grams.written(place)
            for note in map(words.__getitem__, {*text, *map(add, text, text[1:])}):
                note += here
            for character in sounds.unclear(text):
                unclear[character] += here
            if not place % _PUT:
                breath()
        count = len(texts)
        self._characters = {gram for gram in words if len(gram) == 1 and gram != LINE}
        self._words = Grams(words, count, 2, grams.ANY, breath)
        self._unclear = Grams(unclear, count, 1, grams.ANY, breath)
        self._sounds = Sounds(texts, breath)

    def having(self, text: str, within: int) -> int:
        """Places, of those within, whose text has another in it."""
        if len(text) <= 2:
            return self._words.having(text) & within
        left = self._words.all(set(map(add, text, text[1:])), within)
        unclear = left & self._unclear.any(set(text[1:-1])) if left else 0
        return left & ~unclear | places.containing(self._texts, unclear, text)

    def spelt(self, cuts: tuple[Units, ...], within: int) -> int:
        """Places, of those within, that one of several ways to spell finds."""
        begun: dict[str, sounds.Planes] = {}
        found = 0
        for units in cuts:
            if len(units) == 1 and not spelling.is_single(units[0]):
                some = spelling.characters(units[0]) & self._characters
                found |= self._words.any(some) & within
                continue
            planes = self._sounds.begun("".join([unit[0] for unit in units]), begun)
            if not any(planes) or not (left := within & ~found):
                continue
            left &= self._sounds.whose(planes)
            found |= left if all(map(spelling.is_single, units)) else self._spelt(units, left)
        return found

    def _spelt(self, units: Units, within: int) -> int:
        """Of places that have the initials of units in a row those that have the units so."""
        many, unclear = len(units), within
        if within.bit_count() > _FEW:
            pairs = list(pairwise(units))
            rows = [self._row(*pair, last=number == many - 2) for number, pair in enumerate(pairs)]
            for row in rows:
                within &= -1 if row is None else row
            if None not in rows:
                unclear = self._unclear_units(units[1:-1], within)
        return within & ~unclear | places.having(
            self._texts, within & unclear, spelling.speller(units)
        )

    def _unclear_units(self, units: Units, within: int) -> int:
        """Of some places those where one of some units stands twice, or in two different places.

        Elsewhere each is one character, and what stands before it and behind it is certain.
        """
        found = 0
        for unit in units:
            once = 0
            for character in spelling.characters(unit, last=False) & self._characters:
                here = self._words.having(character) & within
                found |= once & here
                once |= here
                if here:
                    found |= self._unclear.having(character)
        return found & within

    def _row(self, first: str, second: str, *, last: bool) -> int | None:
        """Places where two units stand in a row; None where that is too much to look up."""
        before = spelling.characters(first, last=False) & self._characters
        behind = spelling.characters(second, last=last) & self._characters
        if len(before) * len(behind) > _PAIRS:
            return None
        return self._words.any([one + other for one in before for other in behind])
