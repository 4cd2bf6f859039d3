"""Spelt lines of many places: where the characters are that can be read so.

For each initial there is a plane (`texts`): where some initials follow one another, with all the
readings of all characters, is one plane cut with the next moved by one. What is left is looked at
character by character where it is little; where it is much, syllables are made planes too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ledger_desk.store.searching import spelling
from ledger_desk.store.searching.spelling import Units
from ledger_desk.store.searching.texts import Texts, positions

_FEW = 1_000  # positions whose characters are looked at one by one


class Names(Texts):
    """Texts that can be spelt."""

    def __init__(self, items: Iterable[tuple[str, int]], breath: Callable[[], None]) -> None:
        """Take texts with their places; ``breath`` lets other threads have their turn."""
        super().__init__(items, breath)
        self._initials: dict[str, int] = {}
        for initial in spelling.INITIALS:
            self._initials[initial] = self._sounding(initial, last=True)
            breath()

    def spelt(self, cuts: tuple[Units, ...]) -> int:
        """Places that one of several ways to spell finds."""
        planes: dict[tuple[str, bool], int] = {}
        begun: dict[str, int] = {}
        found = looked_at = 0
        for units in cuts:
            left = self._begun("".join([unit[0] for unit in units]), begun)
            if not left:
                continue
            last = len(units) - 1
            open_ = [(n, u) for n, u in enumerate(units) if not spelling.is_single(u)]
            while open_ and left.bit_count() > _FEW:
                number, unit = open_.pop()
                key = unit, number == last
                if key not in planes:
                    planes[key] = self._sounding(unit, last=number == last)
                left &= planes[key] >> number
            if open_ and left:
                looked_at |= self.whose(self._spelt(positions(left), open_, last))
            else:
                found |= left
        return self.whose_bits(found) | looked_at

    def _begun(self, initials: str, known: dict[str, int]) -> int:
        """Positions where some initials stand; beginnings are remembered."""
        if len(initials) == 1:
            return self._initials[initials]
        if initials not in known:
            left = self._begun(initials[:-1], known)
            if left:
                left &= self._initials[initials[-1]] >> (len(initials) - 1)
            known[initials] = left
        return known[initials]

    def _spelt(self, begun: list[int], units: list[tuple[int, str]], last: int) -> list[int]:
        """Of positions those where units stand so many characters further on."""
        for number, unit in units:
            allowed = spelling.characters(unit, last=number == last)
            begun = [position for position in begun if self.joined[position + number] in allowed]
        return begun

    def _sounding(self, unit: str, *, last: bool) -> int:
        """Plane of the characters that a unit may stand for."""
        wanted = spelling.characters(unit, last=last)
        found = self.plane([self._lists[c] for c in wanted & self._lists.keys()])
        for character in wanted & self._planes.keys():
            found |= self._planes[character]
        return found
