"""Texts of many places in one string, looked through in C as far as can be.

Common characters have a plane each, one large number with a bit a position: where 公司 stands is the
plane of 公 cut with that of 司 moved by one, some microseconds for thousands of hits. Of the others the
positions are listed: a text that has one of them can only stand where that one stands.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from ledger_desk.store.searching import places
from ledger_desk.store.searching.spelling import LINE

SHIFT = 3  # each text begins at a multiple of eight: one look into a table tells whose it is
_COMMON = places.SIZE // 8  # positions of a character from which on it has a plane
_FEW = 2_500  # positions up to which they are looked for one after another
_AT_ONCE = 2_000  # characters looked at without a break
_BIT = tuple(1 << n for n in range(8))
_BITS = tuple(tuple(n for n in range(8) if byte >> n & 1) for byte in range(256))
_ANY = bytes(int(byte > 0) for byte in range(256))


class Joined:
    """One string of all texts, and whose each eight characters of it are."""

    def __init__(self, items: Iterable[tuple[str, int]], breath: Callable[[], None]) -> None:
        """Take texts with their places; ``breath`` lets other threads have their turn."""
        parts: list[str] = []
        whose = array("H")
        for text, place in items:
            if text:
                units = (len(text) >> SHIFT) + 1  # at least one end of line behind
                parts.append(text.ljust(units << SHIFT, LINE))
                whose.extend([place] * units)
        self.joined = "".join(parts)
        self._whose = array("H", whose)
        self._planes: dict[str, int] = {}
        breath()

    def having(self, text: str) -> int:
        """Places whose text has another in it."""
        if self._planes.keys() >= set(text):
            found = self._planes[text[0]]
            for number, character in enumerate(text[1:], 1):
                found &= self._planes[character] >> number
            return self.whose_bits(found)
        return self._scanned(text)

    def _scanned(self, text: str) -> int:
        find, hit = self.joined.find, self.joined.find(text)
        if hit < 0:
            return 0
        whose, room = self._whose, bytearray(places.SIZE)
        while hit >= 0:
            room[whose[hit >> SHIFT]] = 1
            hit = find(text, (hit | 7) + 1)  # whatever else is among these eight is of one place
        return int.from_bytes(room, "little")

    def whose(self, positions: Iterable[int]) -> int:
        """Places whose positions they are."""
        whose = self._whose
        return places.of([whose[position >> SHIFT] for position in positions])

    def whose_bits(self, plane: int) -> int:
        """Places whose positions are set in a plane."""
        if not plane:
            return 0
        eights = plane.to_bytes((plane.bit_length() + 7) >> SHIFT, "little")
        if plane.bit_count() > _FEW:
            return places.of(compress(self._whose, eights))
        whose = self._whose
        return places.of([whose[eight] for eight in places.ones(eights.translate(_ANY))])


class Latins(Joined):
    """Texts of ASCII: the digits have planes."""

    def __init__(self, items: Iterable[tuple[str, int]], breath: Callable[[], None]) -> None:
        """Take texts with their places; ``breath`` lets other threads have their turn."""
        super().__init__(items, breath)
        text = self.joined[::-1].encode()
        for digit in "0123456789":
            ones = bytes(ord("1") if n == ord(digit) else ord("0") for n in range(256))
            self._planes[digit] = int(text.translate(ones) or b"0", 2)  # all of it in C
            breath()


class Texts(Joined):
    """Texts of any characters."""

    def __init__(self, items: Iterable[tuple[str, int]], breath: Callable[[], None]) -> None:
        """Take texts with their places; ``breath`` lets other threads have their turn."""
        super().__init__(items, breath)
        counts = Counter(self.joined)
        del counts[LINE]
        breath()
        common = [character for character, count in counts.items() if count >= _COMMON]
        rooms = {character: bytearray(len(self._whose)) for character in common}
        lists = {character: array("I") for character in counts.keys() - rooms.keys()}
        notes = {character: some.append for character, some in lists.items()}
        for start in range(0, len(self.joined), _AT_ONCE):
            for position, character in enumerate(self.joined[start : start + _AT_ONCE], start):
                if character in notes:
                    notes[character](position)
                elif character != LINE:
                    rooms[character][position >> SHIFT] |= _BIT[position & 7]
            breath()
        self._lists = {character: array("I", some) for character, some in lists.items()}
        self._planes = {c: int.from_bytes(room, "little") for c, room in rooms.items()}
        # Whose they are, once and for all: one character is the most that is often looked for.
        self._having = {character: self.whose_bits(p) for character, p in self._planes.items()}

    def having(self, text: str) -> int:
        """Places whose text has another in it."""
        if text in self._having:
            return self._having[text]
        rare = [(len(self._lists[c]), n, c) for n, c in enumerate(text) if c in self._lists]
        if len(rare) + sum([c in self._planes for c in text]) < len(text):
            return 0  # it has a character that stands nowhere
        if not rare:
            return super().having(text)
        _, before, rarest = min(rare)
        if len(text) == 1:
            return self.whose(self._lists[rarest])
        stands = self.joined.startswith
        return self.whose(
            [p for p in self._lists[rarest] if p >= before and stands(text, p - before)]
        )

    def plane(self, lists: Sequence[array[int]]) -> int:
        """Make a plane of positions."""
        room = bytearray(len(self._whose))
        for some in lists:
            for position in some:
                room[position >> SHIFT] |= _BIT[position & 7]
        return int.from_bytes(room, "little")


def positions(plane: int) -> list[int]:
    """Positions that are set in a plane."""
    eights = plane.to_bytes((plane.bit_length() + 7) >> SHIFT, "little")
    return [
        eight << SHIFT | bit
        for eight in places.ones(eights.translate(_ANY))
        for bit in _BITS[eights[eight]]
    ]
