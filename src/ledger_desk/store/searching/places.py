"""Sets of places of a segment: one large number with a byte a place, 1 or 0.

Sets are cut and joined by & and |, in C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

SIZE = 1 << 14  # places of a segment: the number of one takes two bytes
_FEW = SIZE // 8  # places up to which they are looked for one after another


def of(places: Iterable[int]) -> int:
    """Make a set of places that may come several times."""
    room = bytearray(SIZE)
    for place in places:
        room[place] = 1
    return int.from_bytes(room, "little")


def chosen(values: Sequence[int], places: int) -> Iterable[int]:
    """Give the values of the places of a set, in their order."""
    if not places:
        return ()
    flags = places.to_bytes(SIZE, "little")
    if places.bit_count() > _FEW:
        return compress(values, flags)
    return [values[place] for place in ones(flags)]


def ones(flags: bytes) -> list[int]:
    """Where the ones are among few."""
    found: list[int] = []
    find, place = flags.find, flags.find(1)
    while place >= 0:
        found.append(place)
        place = find(1, place + 1)
    return found
