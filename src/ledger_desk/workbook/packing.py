"""Rows of cells as bytes: by column, so that a thousand cells cost a few steps of a loop in C.

They travel from the reading process and wait outside the heap until asked for. Texts of a column
that repeat are kept once; others are joined into one text; numbers and days become arrays.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, TypeAlias

from ledger_desk.workbook.cells import CellValue, tidy_column, tidy_text

Column: TypeAlias = Sequence[CellValue]
Packed: TypeAlias = tuple[str, Any, Any]

_TEXTS = frozenset([str, type(None)])
_FEW = 256  # different texts that one byte can count
# Cells are tidied: neither character stands in a text of one line. NUL stands for an empty cell.
_END, _EMPTY = "\n", "\0"
_LARGEST = 1 << 62


def pack_rows(rows: Sequence[Sequence[CellValue]]) -> bytes:
    """Pack some rows for `unpack_rows`; shorter ones are filled up."""
    return pickle.dumps((len(rows), list(map(pack_column, zip_longest(*rows)))), protocol=5)


def pack_given(rows: Sequence[Sequence[Any]]) -> tuple[bytes, int, int]:
    """Pack rows of python-calamine's values, tidied (`cells.tidy_rows`), for `unpack_rows`.

    Returns:
        The packed rows; the last column and the last row, from 1, in which a cell is filled.
    """
    columns = list(map(_pack_given, zip_longest(*rows)))
    filled = list(map(gaps, columns))
    width = max([n for n, some in enumerate(filled, 1) if some is not None], default=0)
    last = len(rows) if False in filled else _last_filled(columns[:width])
    return pickle.dumps((len(rows), columns), protocol=5), width, last


def _last_filled(columns: Sequence[Packed]) -> int:
    rows = list(zip(*map(unpack_column, columns), strict=True))
    while rows and rows[-1].count(None) == len(rows[-1]):
        rows.pop()
    return len(rows)


def _pack_given(column: Sequence[Any]) -> Packed:
    """Tidy and pack one column; texts that repeat are tidied once."""
    if set(map(type, column)) == {str}:
        different = _different(column)
        if different is not None:
            tidied = list(map(tidy_text, different))
            if len(set(tidied)) == len(tidied):
                return "few", tidied, _places(different, column)
        else:
            together = "".join(column)
            if together.isprintable() and " " not in together:  # as they stand, none of blanks only
                gaps = not all(column)
                texts = [text or _EMPTY for text in column] if gaps else column
                return "texts", _END.join(texts), gaps
    return pack_column(tidy_column(column))


def packed_columns(packed: bytes) -> tuple[int, list[Packed]]:
    """Give the number of rows, and their columns, which are still packed."""
    count, columns = pickle.loads(packed)
    return count, columns


def unpack_columns(packed: bytes) -> tuple[int, list[Column]]:
    """Give the number of rows, and their columns."""
    count, columns = packed_columns(packed)
    return count, list(map(unpack_column, columns))


def gaps(column: Packed) -> bool | None:
    """Tell whether cells of a packed column are empty: none (False), some (True), all (None)."""
    how, some, more = column
    if how == "few":  # each of these stands somewhere
        return (None if some == [None] else True) if None in some else False
    if how == "any":
        return (None if some.count(None) == len(some) else True) if None in some else False
    return bool(more)


def unpack_rows(packed: bytes) -> list[list[CellValue]]:
    """Give rows back; all have the width of the longest."""
    count, columns = unpack_columns(packed)
    return list(map(list, zip(*columns, strict=True))) if columns else [[] for _ in range(count)]


def pack_column(column: Sequence[Any]) -> Packed:
    """Pack one column of values of any kind, for a pickle to be small and quick."""
    kinds = set(map(type, column))
    if kinds <= _TEXTS:
        different = _different(column)
        if different is not None:
            return "few", list(different), _places(different, column)
        empty = column.count(None)
        together = _END.join([_EMPTY if c is None else c for c in column] if empty else column)
        if together.count(_END) == len(column) - 1 and together.count(_EMPTY) == empty:
            return "texts", together, empty > 0
    elif kinds == {float}:
        return "floats", array("d", column).tobytes(), None
    elif kinds == {int} and min(column) > -_LARGEST and max(column) < _LARGEST:
        return "wholes", array("q", column).tobytes(), None
    elif kinds == {date}:
        return "days", array("q", map(date.toordinal, column)).tobytes(), None
    return "any", list(column), None


def _different(column: Sequence[Any]) -> dict[Any, None] | None:
    """Give the different texts of a column in their order, if they are few."""
    different = dict.fromkeys(column[: _FEW + 1])
    if len(different) <= _FEW and len(different := dict.fromkeys(column)) <= _FEW:
        return different
    return None


def _places(different: dict[Any, None], column: Sequence[Any]) -> bytes:
    places = dict(zip(different, range(_FEW), strict=False))
    return bytes(map(places.__getitem__, column))


def unpack_column(packed: Packed) -> Column:
    """Give back what `pack_column` packed."""
    how, some, more = packed
    return _UNPACK[how](some, more)


def _few(different: list[CellValue], places: bytes) -> Column:
    return list(map(different.__getitem__, places))


def _texts(together: str, gaps: bool) -> Column:
    found: list[CellValue] = [*together.split(_END)]
    return [None if text == _EMPTY else text for text in found] if gaps else found


def _numbers(code: str) -> Callable[[bytes, Any], Column]:
    return lambda packed, _: array(code, packed).tolist()


_UNPACK: dict[str, Callable[[Any, Any], Column]] = {
    "few": _few,
    "texts": _texts,
    "floats": _numbers("d"),
    "wholes": _numbers("q"),
    "days": lambda packed, _: list(map(date.fromordinal, array("q", packed))),
    "any": lambda column, _: column,
}
