"""Which pairs are worth weighing: firms that share a key, found without comparing all with all.

Each firm gives a dozen keys as 64-bit numbers: fingerprint, its sound, owner with telephone, and half of
the name with owner, with telephone, with address. One wrong character leaves one of the two halves
whole, so every slip that owner, telephone or address bears out is met; the sound catches slips of
firms of which nothing but the name is known. Keys met once are dropped by a small table of counts,
so that memory is about 120 bytes a firm.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from ledger_desk.exchange.duplicates import naming
from ledger_desk.exchange.duplicates.weighing import organisation_of, phones_of, place_of
from ledger_desk.store.alikes import Slim
from ledger_desk.store.likeness import plain

_HALF = 2
_TABLE = 1 << 22  # counts of keys, one byte each
_PEOPLE, _RARE = 1 << 20, 4  # the same for owners; up to so many of one name are few
_MOST_WHOLE, _MOST_HALVES = 60, 200  # more firms at one key: it says nothing (an agent's telephone)


class Keys:
    """Collects the keys of firms and gives the pairs that share one."""

    def __init__(self, home: str) -> None:
        """Read names as the office at division ``home`` does."""
        self._home = home
        self._numbers = array("q")  # row numbers of the firms
        self._keys = array("q")
        self._ends = array("q")  # where the keys of each firm end
        self._counts = bytearray(_TABLE)
        self._people = bytearray(_PEOPLE)

    def add(self, firms: Iterable[Slim]) -> None:
        """Take firms in."""
        counts, people, mask, home = self._counts, self._people, _TABLE - 1, self._home
        for firm in firms:
            if firm.person:
                place = hash(firm.person) % _PEOPLE
                if people[place] <= _RARE:
                    people[place] += 1
            keys = _keys_of(firm, home)
            self._keys.extend(keys)
            for key in keys:
                if counts[key & mask] < 2:
                    counts[key & mask] += 1
            self._numbers.append(firm.number)
            self._ends.append(len(self._keys))

    def is_rare(self, person: str | None) -> bool:
        """Tell whether hardly any firm has an owner of this name."""
        return bool(person) and self._people[hash(person) % _PEOPLE] <= _RARE

    def pairs(self) -> list[tuple[int, int]]:
        """Give pairs of row numbers, the smaller first, in order, each once."""
        counts, mask, keys = self._counts, _TABLE - 1, self._keys
        blocks: dict[int, list[int]] = {}
        start = 0
        for number, end in zip(self._numbers, self._ends, strict=True):
            for place in range(start, end):
                key = keys[place]
                if counts[key & mask] > 1:
                    blocks.setdefault(key, []).append(number)
            start = end
        found: set[tuple[int, int]] = set()
        for key, members in blocks.items():
            if 1 < len(members) <= (_MOST_HALVES if key & 1 else _MOST_WHOLE):
                found.update(_couples(members))
        return sorted(found)


def _couples(members: list[int]) -> Iterator[tuple[int, int]]:
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            if one != other:
                yield (one, other) if one < other else (other, one)


def _keys_of(firm: Slim, home: str) -> set[int]:
    """Keys of one firm; odd ones hold half of the name besides something else."""
    keys = set()
    if firm.regno:
        keys.add(hash(("regno", firm.regno)) & ~1)
    if organisation := organisation_of(firm):
        keys.add(hash(("organisation", organisation)) & ~1)
    if not firm.name:
        return keys
    name = naming.take_apart(firm.name, home)
    keys.add(hash(("finger", name.finger)) & ~1)
    keys.add(hash(("sound", name.sound)) & ~1)
    person, phones = plain(firm.person or ""), phones_of(firm.phone)
    first, last = name.stem[:_HALF] + "<", name.stem[-_HALF:] + ">"
    for other in (person, *phones, place_of(firm.place), place_of(firm.address)):
        if other:
            keys.add(hash((other, first)) | 1)
            keys.add(hash((other, last)) | 1)
    if person:
        for phone in phones:
            keys.add(hash((person, phone)) & ~1)
    return keys
