"""Sets of places of a segment: one large number with a bit a place, cut and joined by & and |."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import Any

SIZE = 1 << 14  # places of a segment
_BIT = tuple(1 << n for n in range(8))
_ONES = bytes(int(byte == ord("1")) for byte in range(256))
_BITS = tuple(tuple(n for n in range(8) if byte >> n & 1) for byte in range(256))
_ANY = bytes(int(byte > 0) for byte in range(256))
_FEW = 8  # places up to which the lowest is taken out of a set, and the next
_PART = 1 << 11  # places whose values are looked up at once
_SOME = 500  # places up to which they are looked for one after another
_SHORT = 500  # places up to which bits are set one after another


def of(places: Sequence[int], count: int) -> int:
    """Make a set of places, all below ``count``; one may come several times."""
    if len(places) <= _SHORT:
        room = bytearray((count >> 3) + 1)
        for place in places:
            room[place >> 3] |= _BIT[place & 7]
        return int.from_bytes(room, "little")
    digits = bytearray(b"0" * count)
    for place in places:
        digits[~place] = 49  # "1": the last digit is place 0
    return int(digits, 2)  # linear for a base that is a power of two


def chosen(values: Sequence[int], places: int) -> Iterator[int]:
    """Give the values of the places of a set, in their order, no more looked up than is taken."""
    full = (1 << _PART) - 1
    for start in range(0, places.bit_length(), _PART):
        some = places >> start & full
        if some.bit_count() > _SOME:
            yield from compress(values[start : start + _PART], _flags(some))
        else:
            yield from [values[start + place] for place in ones(some)]


def ones(places: int) -> list[int]:
    """Places of a set, in their order."""
    many = places.bit_count()
    if many > _SOME:
        return list(compress(range(places.bit_length()), _flags(places)))
    found: list[int] = []
    if many <= _FEW:
        while places:
            lowest = places & -places
            found.append(lowest.bit_length() - 1)
            places ^= lowest
        return found
    eights = places.to_bytes((places.bit_length() + 7) >> 3, "little")
    any_ = eights.translate(_ANY)
    at = any_.find(1)
    while at >= 0:
        found += [at << 3 | bit for bit in _BITS[eights[at]]]
        at = any_.find(1, at + 1)
    return found


def _flags(places: int) -> bytes:
    """A byte a place, 1 or 0, up to the last place of a set."""
    return bin(places)[:1:-1].encode().translate(_ONES)


def having(texts: Sequence[str], within: int, test: Callable[[str], Any]) -> int:
    """Of some places those whose text passes a test."""
    if not within:
        return 0
    looked_at = ones(within)
    there = map(test, [texts[place] for place in looked_at])
    found = list(compress(looked_at, there))
    return of(found, len(texts)) if found else 0


def containing(texts: Sequence[str], within: int, text: str) -> int:
    """Of some places those whose text has another in it."""
    if not within:
        return 0
    found = [place for place in ones(within) if text in texts[place]]
    return of(found, len(texts)) if found else 0
