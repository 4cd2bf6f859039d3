"""The common case, quickly: a column of clean text, a plain number, a plain telephone number.

Large lists are read at the speed of these; whatever they do not know for certain they leave to
the kind's own ``parse``. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from operator import mul
from typing import Any

from ledger_desk.model import money
from ledger_desk.model.identifiers import CREDIT_CHARACTERS, CREDIT_PREFIXES
from ledger_desk.model.kinds import Kind, is_empty

ColumnReader = Callable[[Sequence[Any], set[type]], Sequence[Any] | None]


def _table(values: dict[str, int], weight: int, modulus: int) -> bytes:
    """Table for `bytes.translate`: character → its weighted value; 255 for other characters."""
    table = bytearray([255] * 256)
    for character, value in values.items():
        table[ord(character)] = value * weight % modulus
    return bytes(table)


# Anything that `kinds.clean` would change, but the line feed that joins the cells here.
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xa0\xad\u200b-\u200d\u2060\u3000\ufeff#]|^ | $|\n | \n"
)
_LONGEST_EMPTY_WORD = 4
_AMOUNT = re.compile(r"(\d{1,8})(?:\.(\d{1,6}))?", re.ASCII)
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_CREDIT_VALUES = {character: value for value, character in enumerate(CREDIT_CHARACTERS)}
# The check character counts once, so that a whole code adds up to a multiple of 31.
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
_BODY_VALUES = {character: int(character, 36) for character in CREDIT_CHARACTERS}
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_TABLES = [_table(_CREDIT_VALUES, weight, 31) for weight in _CREDIT_WEIGHTS]
_BODY_TABLES = [_table(_BODY_VALUES, weight, 11) for weight in _BODY_WEIGHTS]
_MOST = 1e8  # with six decimals that is 14 digits, all of which a double keeps


_says_nothing = lru_cache(maxsize=1 << 13)(is_empty)  # given names come again and again


def texts(cells: Sequence[str | None]) -> list[str | None] | None:
    """Take a column of text as it stands, empty words as None; None if a cell needs cleaning."""
    given = cells if all(cells) else [cell or "" for cell in cells]
    together = "".join(given)  # type: ignore[arg-type]
    if not together.isprintable() or "#" in together or " " in together:
        joined = "\n".join(given)  # type: ignore[arg-type]
        if _ODD.search(joined) or joined.count("\n") != len(given) - 1:
            return None
    if min(map(len, given), default=0) > _LONGEST_EMPTY_WORD:  # type: ignore[arg-type]
        return [*given]
    short = {cell for cell in set(given) if cell is not None and len(cell) <= _LONGEST_EMPTY_WORD}
    empty = set(filter(_says_nothing, short))
    return [None if cell in empty else cell for cell in given] if empty else [*given]


def reader_for(kind: Kind, unit: str | None) -> Callable[[object], object] | None:
    """Give a quick reader of single cells of a kind; it answers None where it is not certain."""
    if kind.name == "phone":
        return _phone
    if kind.name == "day":
        return _day
    if kind.name != "money":
        return None
    try:
        factor = money.unit_in_fen(unit)
    except ValueError:
        return None
    return _amount_reader(factor) if factor <= money.FEN_PER_WAN else None


def _day(cell: object) -> date | None:
    if type(cell) is str and _ISO.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return None
    return cell if type(cell) is date and 1900 <= cell.year < 2100 else None


def column_reader_for(kind: Kind, unit: str | None) -> ColumnReader | None:
    """Give a quick reader of whole columns of a kind: (cells, their types) → values.

    It answers None where it is not certain of every cell.
    """
    if kind.name == "phone":
        return _phones
    if kind.name == "day":
        return _days
    if kind.name == "whole":
        return _wholes
    if kind.name != "money":
        return None
    try:
        factor = money.unit_in_fen(unit)
    except ValueError:
        return None
    return _amounts_reader(factor) if factor <= money.FEN_PER_WAN else None


def _phones(cells: Sequence[Any], types: set[type]) -> Sequence[Any] | None:
    if types != {str}:
        return None
    together = "".join(cells)
    lengths = set(map(len, cells))
    sound = together.isascii() and together.isdigit() and min(lengths) >= 7 and max(lengths) <= 12
    return cells if sound else None


def _days(cells: Sequence[Any], types: set[type]) -> Sequence[Any] | None:
    filled = cells if types == {date} else [c for c in cells if c is not None]
    if types - {date, type(None)} or min(filled).year < 1900 or max(filled).year >= 2100:
        return None
    return cells


def _wholes(cells: Sequence[Any], types: set[type]) -> Sequence[Any] | None:
    if types != {int} or min(cells) < -_MOST or max(cells) > _MOST:
        return None
    return cells


def _amounts_reader(factor: int) -> ColumnReader:
    """Make a reader of columns of numbers in a unit of ``factor`` fen; see `_amount_reader`."""

    def read(cells: Sequence[Any], types: set[type]) -> Sequence[Any] | None:
        if types - {float, int, type(None)}:
            return None
        filled = [c for c in cells if c is not None] if type(None) in types else cells
        if min(filled) < 0 or not max(filled) < _MOST or not all(map(isfinite, filled)):
            return None
        found = [round(cell * factor) for cell in filled]
        if [amount / factor for amount in found] != list(filled):
            return None
        if len(found) == len(cells):
            return found
        coming = iter(found)
        return [None if cell is None else next(coming) for cell in cells]

    return read


def sound_codes(texts: Sequence[str]) -> list[bool]:
    """Tell of many texts what `is_sound_code` tells of one."""
    together = "".join(texts)
    if set(map(len, texts)) != {18} or not together.isascii() or not together.isalnum():
        return list(map(is_sound_code, texts))
    given = together.encode("ascii")
    # The characters of one place at a time, each as its weighted value; 255 for none at all.
    whole = zip(*[given[n::18].translate(t) for n, t in enumerate(_CREDIT_TABLES)], strict=True)
    bodies = zip(
        *[given[n + 8 :: 18].translate(t) for n, t in enumerate(_BODY_TABLES)], strict=True
    )
    return [
        255 not in values
        and sum(values) % 31 == 0
        and "0123456789X"[-sum(body) % 11] == text[16]
        and text[:2] in CREDIT_PREFIXES
        and text[2:8].isdigit()
        for text, values, body in zip(texts, whole, bodies, strict=True)
    ]


def is_sound_code(text: str) -> bool:
    """Tell that a text is a credit code with which everything is right (GB 32100-2015).

    False says nothing: `identifiers.check_credit_code` judges then.
    """
    if len(text) != 18 or text[:2] not in CREDIT_PREFIXES or not text[2:8].isdigit():
        return False
    try:
        total = sum(map(mul, map(_CREDIT_VALUES.__getitem__, text), _CREDIT_WEIGHTS))
    except KeyError:
        return False
    if total % 31:
        return False
    ninth = sum(map(mul, map(_BODY_VALUES.__getitem__, text[8:16]), _BODY_WEIGHTS))
    return "0123456789X"[-ninth % 11] == text[16]


def _phone(cell: object) -> str | None:
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and 7 <= len(cell) <= 12:
        return cell
    return None


def _amount_reader(factor: int) -> Callable[[object], int | None]:
    """Make a reader of plain decimal numbers in a unit of ``factor`` fen (a power of ten)."""
    places = len(str(factor)) - 1

    def read(cell: object) -> int | None:
        if type(cell) is float:
            # Equal to the nearest double of so many whole fen: then those are what was written.
            if not 0 <= cell < _MOST:
                return None
            found = round(cell * factor)
            return found if found / factor == cell else None
        if type(cell) is str:
            text = cell
        elif type(cell) is int and 0 <= cell < 10**8:
            return cell * factor
        else:
            return None
        match = _AMOUNT.fullmatch(text)
        if match is None:
            return None
        part = match[2] or ""
        if len(part) > places:
            return None
        return int(match[1] + part.ljust(places, "0"))

    return read
