"""Initials of spelt lines: where in them some initials follow one another, in all readings.

Each letter has a plane: one large number with a bit a character. First stand the first characters of
all texts, then all second ones, and so on: where 有限 is begun is the plane of Y cut with that of X
moved by as many bits as there are texts, and whose characters they are is found by laying the parts of
a plane upon one another. Long texts stand one behind the other in planes of their own. Characters that
may stand for the same letters share a sign, so that planes are made in C from the texts in signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import lru_cache
from itertools import compress

from ledger_desk.store.searching import places, spelling

_WIDTHS = (8, 12, 16, 20, 24, 28, 32, 40, 48, 64)  # characters of texts that are not long
_LONG = 3  # what a character of a long text costs, in those of others
_ROW = 8  # characters of a byte of the long ones; at least one behind each text is empty
_PUT = 250  # texts written in signs without a break
_ANY = bytes(int(byte > 0) for byte in range(256))
_LOW = frozenset("NOPQRSTUVWXYZ0123456789")
_MOST = 0xD8  # different bytes of a sign

Planes = tuple[int, int]  # of the texts that are not long, and of the long ones


class _Signs(dict[int, str]):
    """Characters → signs, a table for `str.translate`; 0 for what stands for no letter."""

    def __missing__(self, code: int) -> str:
        self[code] = "\x00"
        return "\x00"


@lru_cache(maxsize=1)
def _tables() -> tuple[_Signs, tuple[dict[str, bytes], dict[str, bytes]]]:
    """Signs of characters, and how each letter is found in them.

    The low byte of a sign stands for letters of `_LOW`, the high byte for other ones; for each letter
    there is a table from such bytes to the digits 1 and 0.
    """
    first: dict[str, set[str]] = {letter: {letter} for letter in spelling.INITIALS}
    for spelt, characters in spelling.syllables().items():
        for character in characters:
            first.setdefault(character, set()).add(spelt[0])
    low: dict[str, int] = {"": 0}
    high: dict[str, int] = {"": 0}
    signs = _Signs()
    for character, some in first.items():
        one = low.setdefault("".join(sorted(some & _LOW)), len(low))
        other = high.setdefault("".join(sorted(some - _LOW)), len(high))
        signs[ord(character)] = chr(other << 8 | one)
    return signs, (_digits(low, _LOW), _digits(high, set(spelling.INITIALS) - _LOW))


def _digits(known: dict[str, int], letters: Set[str]) -> dict[str, bytes]:
    assert len(known) <= _MOST, "a sign is no surrogate"
    tables = {letter: bytearray(b"0" * 256) for letter in letters}
    for together, sign in known.items():
        for letter in together:
            tables[letter][sign] = ord("1")
    return {letter: bytes(table) for letter, table in tables.items()}


class Sounds:
    """Initials of the texts of many places."""

    def __init__(self, texts: Sequence[str], breath: Callable[[], None]) -> None:
        """Take lines of sounding characters; ``breath`` lets other threads have their turn."""
        signs, _ = _tables()
        heard = []
        for place, text in enumerate(texts):
            heard.append(text.translate(signs))
            if not place % _PUT:
                breath()
        self._count, self._width = len(texts), _width(Counter(map(len, heard)))
        self._whose: list[int] = []  # places of the bytes of the long ones
        long = []
        for place, text in enumerate(heard):
            if len(text) > self._width:
                many = len(text) // _ROW + 1
                self._whose += [place] * many
                long.append(text.ljust(many * _ROW, "\x00"))
                heard[place] = ""
        rows = "".join([text.ljust(self._width, "\x00") for text in heard])
        self._planes = _planes(rows, self._width, breath)
        self._long = _planes("".join(long), 1, breath)

    def begun(self, initials: str, known: dict[str, Planes]) -> Planes:
        """Planes of where some initials begin to follow one another; beginnings are remembered."""
        if len(initials) == 1:
            return self._planes[initials], self._long[initials]
        if initials not in known:
            plane, long = self.begun(initials[:-1], known)
            letter, before = initials[-1], len(initials) - 1
            if plane:
                plane &= self._planes[letter] >> before * self._count
            if long:
                long &= self._long[letter] >> before
            known[initials] = plane, long
        return known[initials]

    def whose(self, planes: Planes) -> int:
        """Places whose characters are set in planes."""
        plane, long = planes
        width = self._width
        while plane and width > 1:
            width = (width + 1) >> 1
            bits = width * self._count
            plane = plane & _full(bits) | plane >> bits
        if not long:
            return plane
        eights = long.to_bytes(len(self._whose), "little")
        return plane | places.of(list(compress(self._whose, eights.translate(_ANY))), self._count)


def _width(lengths: Counter[int]) -> int:
    """Characters of the texts that are not long, so that there is little room and few are long."""

    def cost(width: int) -> int:
        long = sum([length * many for length, many in lengths.items() if length > width])
        return width * lengths.total() + _LONG * long

    return min(_WIDTHS, key=cost)


def _planes(rows: str, width: int, breath: Callable[[], None]) -> dict[str, int]:
    """Make the planes of texts in signs, all of one width: all first characters, then the second ones."""
    _, digits = _tables()
    joined = rows.encode("utf-16-le")
    found: dict[str, int] = {}
    for half, tables in enumerate(digits):
        signs = joined[half::2]
        behind_first = b"".join([signs[at::width] for at in range(width)])[::-1] or b"\x00"
        breath()
        for letter, table in tables.items():
            found[letter] = int(behind_first.translate(table), 2)
            breath()
    return found


@lru_cache(maxsize=64)
def _full(bits: int) -> int:
    return (1 << bits) - 1


def unclear(lines: str) -> list[str]:
    """Characters that stand at several places with other characters next to them.

    Of all others it is certain what stands before and behind them.
    """
    line = spelling.LINE
    if len(set(lines)) + max(lines.count(line) - 1, 0) == len(lines):
        return []
    around = f"{line}{lines}{line}"
    seen: dict[str, str] = {}
    found = []
    for place, character in enumerate(lines):
        window = around[place : place + 3]
        if seen.setdefault(character, window) != window and character != line:
            found.append(character)
    return found
