"""A part of the index: up to `places.SIZE` firms, the most recently touched first."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable

from ledger_desk.store.searching import places, spelling
from ledger_desk.store.searching.names import Names
from ledger_desk.store.searching.spelling import LINE
from ledger_desk.store.searching.texts import Latins, Texts
from ledger_desk.store.searching.wanted import HEAD, Piece, Wanted

Firm = tuple[int, bool, str]  # row number, whether in the recycle bin, search text
_PUT = 10  # firms put in without a break: a fraction of a millisecond
_ASCII_RUNS = re.compile("[\x00-\x09\x0b-\x7f]+").findall


class Segment:
    """Texts of firms, and where what can be spelt stands in them.

    A search text is kept in three parts: the spelt lines, other lines that are not plain ASCII, and
    all that is ASCII, runs inside of other lines among it. A piece looks where it can stand.
    """

    def __init__(self, firms: Iterable[Firm], breath: Callable[[], None]) -> None:
        """Take firms, the latest first; ``breath`` lets other threads have their turn."""
        self.rowids = array("q")
        heads: list[tuple[str, int]] = []
        others: list[tuple[str, int]] = []
        latins: list[tuple[str, int]] = []
        live, binned = bytearray(places.SIZE), bytearray(places.SIZE)
        for place, (rowid, removed, text) in enumerate(firms):
            self.rowids.append(rowid)
            (binned if removed else live)[place] = 1
            named, more, latin = _parts(text)
            heads += [(head, place) for head in named]
            others += [(other, place) for other in more]
            latins.append((latin, place))
            if not place % _PUT:
                breath()
        self._heads = Names(heads, breath)
        self._others = Texts(others, breath)
        self._latins = Latins(latins, breath)
        self._live = int.from_bytes(live, "little")
        self._binned = int.from_bytes(binned, "little")

    def drop(self, rowids: frozenset[int]) -> int:
        """Forget firms; gives how many there were."""
        before = self._live | self._binned
        gone = places.of([p for p, rowid in enumerate(self.rowids) if rowid in rowids]) & before
        self._live &= ~gone
        self._binned &= ~gone
        return gone.bit_count()

    def firms(self) -> frozenset[int]:
        """Row numbers of all firms."""
        return frozenset(places.chosen(self.rowids, self._live | self._binned))

    def find(self, wanted: Wanted, removed: bool) -> Iterable[int]:
        """Give the row numbers of the firms that match, the most recent first."""
        within = self._binned if removed else self._live
        for piece in wanted.pieces:
            if not within:
                break
            within &= self._having(piece)
        return places.chosen(self.rowids, within)

    def _having(self, piece: Piece) -> int:
        """Places that have a piece."""
        if piece.text.isascii():
            return self._latins.having(piece.text) | self._heads.spelt(piece.cuts)
        return self._heads.having(piece.text) | self._others.having(piece.text)


def _parts(text: str) -> tuple[list[str], list[str], str]:
    """Cut a search text: spelt lines (without signs too), other lines that are not ASCII, all ASCII."""
    lines = text.split(LINE)
    head = LINE.join(lines[:HEAD]).rstrip(LINE)
    sounding = spelling.only_sounding(head)
    heads = [head] if sounding is head else [head, sounding]
    latin: list[str] = []
    others: list[str] = []
    for line in lines[HEAD:]:
        if line.isascii():
            if line:
                latin.append(line)
        elif line not in others and not any(line in other for other in others):
            others.append(line)  # many addresses are given twice
    for line in (*heads, *others):
        latin += _ASCII_RUNS(line)
    return heads, others, LINE.join(latin)
