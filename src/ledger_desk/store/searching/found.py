"""What a search found: the most recently touched first, looked up no further than it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ledger_desk.store.searching import places

Look = Callable[[], "tuple[array[int], int]"]  # row numbers of a segment, and which of them match


class Found:
    """Row numbers of firms that match, at most so many.

    A part of the index is only looked into when those before it are not enough. It is asked by one
    thread at a time.
    """

    def __init__(self, looks: Sequence[Look], limit: int | None) -> None:
        """Take the parts of the index in their order."""
        self._looks = iter(looks)
        self._limit = limit
        self._parts: list[tuple[array[int], int, int]] = []  # row numbers, matching, how many
        self._known = 0
        self._whole: list[int] | None = None

    @classmethod
    def of(cls, numbers: list[int]) -> Found:
        """What is known already."""
        made = cls((), None)
        made._whole = numbers
        return made

    def __len__(self) -> int:
        """How many there are, up to the limit."""
        if self._whole is not None:
            return len(self._whole)
        self._look(self._limit)
        return self._known if self._limit is None else min(self._known, self._limit)

    def first(self, limit: int | None, offset: int = 0) -> list[int]:
        """Give the row numbers of some, of all that follow for None."""
        if self._whole is None and limit is None and not offset:
            self._whole = list(self._numbers(self._limit))
        if self._whole is not None:
            return self._whole[offset:] if limit is None else self._whole[offset : offset + limit]
        end = self._limit if limit is None else offset + limit
        if end is not None and self._limit is not None:
            end = min(end, self._limit)
        return list(islice(self._numbers(end), offset, None))

    def _look(self, enough: int | None) -> None:
        """Look until so many are known."""
        while enough is None or self._known < enough:
            look = next(self._looks, None)
            if look is None:
                return
            rowids, matching = look()
            many = matching.bit_count()
            self._parts.append((rowids, matching, many))
            self._known += many

    def _numbers(self, end: int | None) -> Iterator[int]:
        self._look(end)
        return islice(self._each(), end)

    def _each(self) -> Iterator[int]:
        for rowids, matching, many in self._parts:
            if many:
                yield from places.chosen(rowids, matching)
