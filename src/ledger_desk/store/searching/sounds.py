"""Initials of spelt lines: where in them some initials follow one another, in all readings.

Each text has rows of so many characters, and each letter a plane: one large number with a bit a
character. Where 有限 is begun is the plane of Y cut with that of X moved by one. Characters that may
stand for the same letters share a sign, so that planes are made in C from the texts in signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import lru_cache

from ledger_desk.store.searching import places, spelling

_ROW = 24  # characters of a row, three bytes of a plane; at least one behind each text is empty
_BYTES = _ROW >> 3
_FEW = 400  # bits that are looked for one after another
_PUT = 250  # texts written in signs without a break
_ANY = bytes(int(byte > 0) for byte in range(256))
_DIGITS = b"0" + b"1" * 255  # as a number is written
_LOW = frozenset("NOPQRSTUVWXYZ0123456789")
_MOST = 0xD8  # different bytes of a sign


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
        signs, digits = _tables()
        rows, more = [], []
        self._whose: list[int] = []  # places of the rows behind those that each place has
        self._count = len(texts)
        for place, text in enumerate(texts):
            heard = text.translate(signs)
            if len(heard) < _ROW:
                rows.append(heard.ljust(_ROW, "\x00"))
            else:  # all of it stands behind, so that no run of characters is cut
                many = len(heard) // _ROW + 1
                rows.append("\x00" * _ROW)
                more.append(heard.ljust(many * _ROW, "\x00"))
                self._whose += [place] * many
            if not place % _PUT:
                breath()
        joined = "".join(rows + more).encode("utf-16-le")
        self._planes: dict[str, int] = {}
        for half, tables in enumerate(digits):
            behind_first = joined[half::2][::-1] or b"0"
            for letter, table in tables.items():
                self._planes[letter] = int(behind_first.translate(table), 2)
                breath()

    def begun(self, initials: str, known: dict[str, int]) -> int:
        """Plane of where some initials begin to follow one another; beginnings are remembered."""
        if len(initials) == 1:
            return self._planes[initials]
        if initials not in known:
            left = self.begun(initials[:-1], known)
            if left:
                left &= self._planes[initials[-1]] >> len(initials) - 1
            known[initials] = left
        return known[initials]

    def whose(self, plane: int) -> int:
        """Places whose characters are set in a plane."""
        if not plane:
            return 0
        rows = self._count + len(self._whose)
        eights = plane.to_bytes(rows * _BYTES, "little")
        if plane.bit_count() <= _FEW:
            found, any_ = [], eights.translate(_ANY)
            at = any_.find(1)
            while at >= 0:
                row = at // _BYTES
                found.append(row if row < self._count else self._whose[row - self._count])
                at = any_.find(1, (row + 1) * _BYTES)
            return places.of(found, self._count)
        together = 0
        for byte in range(_BYTES):
            together |= int.from_bytes(eights[byte::_BYTES], "little")
        flags = together.to_bytes(rows, "little")
        here = int(flags[self._count - 1 :: -1].translate(_DIGITS), 2)
        behind = [self._whose[row] for row, flag in enumerate(flags[self._count :]) if flag]
        return here | places.of(behind, self._count) if behind else here


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
