"""A part of the index: up to `places.SIZE` firms, the most recently touched first."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from operator import add

from ledger_desk.store.searching import grams, places, spelling
from ledger_desk.store.searching.grams import Grams
from ledger_desk.store.searching.names import Names
from ledger_desk.store.searching.spelling import LINE
from ledger_desk.store.searching.wanted import HEAD, Piece, Wanted

Firm = tuple[int, bool, str]  # row number, whether in the recycle bin, search text
_PUT = 10  # firms put in without a break: a fraction of a millisecond
_ASCII_RUNS = re.compile("[\x00-\x09\x0b-\x7f]+").findall
_RUN = 3  # letters of a gram of ASCII


class Segment:
    """Texts of firms, and in which of them each gram stands.

    A search text is kept in three parts: the spelt lines without signs, other lines that are not plain
    ASCII (the spelt ones with their signs among them), and all that is ASCII, runs inside of other
    lines among it. A piece looks where it can stand: what its grams say is certain is not looked at;
    of the rest the texts are.
    """

    def __init__(self, firms: Iterable[Firm], breath: Callable[[], None]) -> None:
        """Take firms, the latest first; ``breath`` lets other threads have their turn."""
        self.rowids = array("q")
        live: list[int] = []
        binned: list[int] = []
        self._others: list[str] = []
        self._latins: list[str] = []
        heads: list[str] = []
        words, runs = grams.noted(), grams.noted()
        for place, (rowid, removed, text) in enumerate(firms):
            self.rowids.append(rowid)
            (binned if removed else live).append(place)
            head, other, latin = _parts(text)
            heads.append(head)
            self._others.append(other)
            self._latins.append(latin)
            here = grams.written(place)
            for note in map(words.__getitem__, {*other, *map(add, other, other[1:])}):
                note += here
            ended = latin + LINE
            two = list(map(add, ended, ended[1:]))
            for note in map(runs.__getitem__, {*latin, *map(add, two, ended[2:])}):
                note += here
            if not place % _PUT:
                breath()
        count = len(self.rowids)
        self._alphabet = "".join([letter for letter in runs if len(letter) == 1] + [LINE])
        self._words = Grams(words, count, 2, grams.ANY, breath)
        self._runs = Grams(runs, count, _RUN, grams.ASCII, breath)
        self._names = Names(heads, breath)
        self._live, self._binned = places.of(live, count), places.of(binned, count)

    def drop(self, rowids: frozenset[int]) -> int:
        """Forget firms; gives how many there were."""
        if len(rowids) <= _PUT:
            gone = [self.rowids.index(rowid) for rowid in rowids if rowid in self.rowids]
        else:
            gone = [place for place, rowid in enumerate(self.rowids) if rowid in rowids]
        dropped = places.of(gone, len(self.rowids)) & (self._live | self._binned)
        self._live &= ~dropped
        self._binned &= ~dropped
        return dropped.bit_count()

    def firms(self) -> frozenset[int]:
        """Row numbers of all firms."""
        return frozenset(places.chosen(self.rowids, self._live | self._binned))

    def find(self, wanted: Wanted, removed: bool) -> Iterable[int]:
        """Give the row numbers of the firms that match, the most recent first."""
        return places.chosen(*self.look(wanted, removed))

    def look(self, wanted: Wanted, removed: bool) -> tuple[array[int], int]:
        """Give the row numbers of all places, and the places of the firms that match."""
        within = self._binned if removed else self._live
        for piece in wanted.pieces:
            if not within:
                break
            within = self._having(piece, within)
        return self.rowids, within

    def _having(self, piece: Piece, within: int) -> int:
        """Places, of those within, that have a piece."""
        if piece.text.isascii():
            found = self._written(piece.text, within)
            return found | self._names.spelt(piece.cuts, within & ~found) if piece.cuts else found
        found = self._names.having(piece.text, within)
        return found | self._told(piece.text, within & ~found)

    def _told(self, text: str, within: int) -> int:
        """Places whose other lines have a text."""
        if len(text) > 2:
            left = self._words.all(set(map(add, text, text[1:])), within)
            return places.containing(self._others, left, text)
        return self._words.having(text) & within

    def _written(self, text: str, within: int) -> int:
        """Places whose ASCII has a text."""
        if len(text) > _RUN:
            parts = {text[start : start + _RUN] for start in range(len(text) - _RUN + 1)}
            return places.containing(self._latins, self._runs.all(parts, within), text)
        if len(text) == _RUN - 1:
            return self._runs.beginning(text, self._alphabet) & within
        return self._runs.having(text) & within


def _parts(text: str) -> tuple[str, str, str]:
    """Cut a search text: spelt lines without signs, other lines that are not ASCII, all ASCII."""
    lines = text.split(LINE)
    head = LINE.join(lines[:HEAD]).rstrip(LINE)
    sounding = spelling.only_sounding(head)
    others = [] if sounding is head else [head]
    latin: list[str] = []
    for line in lines[HEAD:]:
        if line.isascii():
            if line:
                latin.append(line)
        elif line not in others and not any(line in other for other in others):
            others.append(line)  # many addresses are given twice
    for line in (sounding, *others):
        latin += _ASCII_RUNS(line)
    return sounding, LINE.join(others), LINE.join(latin)
