"""The common case, quickly: a column of clean text, a plain number, a plain telephone number.

Large lists are read at the speed of these; whatever they do not know for certain they leave to
the kind's own ``parse``. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from operator import mul

from ledger_desk.model import money
from ledger_desk.model.identifiers import CREDIT_CHARACTERS, CREDIT_PREFIXES
from ledger_desk.model.kinds import Kind, is_empty

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
_MOST = 1e8  # with six decimals that is 14 digits, all of which a double keeps


def texts(cells: Sequence[str | None]) -> list[str | None] | None:
    """Take a column of text as it stands, empty words as None; None if a cell needs cleaning."""
    given = [cell or "" for cell in cells]
    together = "".join(given)
    if not together.isprintable() or "#" in together or " " in together:
        joined = "\n".join(given)
        if _ODD.search(joined) or joined.count("\n") != len(given) - 1:
            return None
    empty = {cell for cell in set(given) if len(cell) <= _LONGEST_EMPTY_WORD and is_empty(cell)}
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
