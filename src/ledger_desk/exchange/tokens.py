"""Record tokens (台账记号): what tells, in a table that comes back, which record each row is.

A token is the record's id and a checksum over its class and id, in 34 capital letters and digits:
``LD`` and 32 characters of base32 (RFC 4648, no 0, 1, 8 or 9). It survives any case, sorting and
every spreadsheet, and looks like no number, day or formula. The checksum guards identity, so that
nothing needs to be locked and the table can be sorted (`decisions.md` 28).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from ledger_desk.model.fields import Record
from ledger_desk.model.kinds import is_empty
from ledger_desk.model.plain import plain
from ledger_desk.model.records import BY_TABLE

HEADING: Final = "台账记号"
DAMAGED: Final = "damaged"
LENGTH: Final = 34
_MARK = "LD"
_CHECK_BYTES = 4
_SOUND = re.compile(rf"{_MARK}[A-Z2-7]{{32}}")
_INSIDE = re.compile(rf"〔({_MARK}[A-Z2-7]{{32}})〕\s*$|^({_MARK}[A-Z2-7]{{32}})$", re.IGNORECASE)
# Half of the filled cells of a column make it one of tokens, whatever its heading says now.
_ENOUGH = 0.5


class Token(NamedTuple):
    """A sound token: the table of the record's class and the record's id."""

    table: str
    record: str


Reading: TypeAlias = "Token | Literal['damaged'] | None"


def make(cls: type[Record], record: str) -> str:
    """Give the token of a record.

    Raises:
        ValueError: The id is not 32 hexadecimal digits.
    """
    body = bytes.fromhex(record)
    if len(body) != 16:
        raise ValueError(f"not a record id: {record!r}")
    return _MARK + base64.b32encode(body + _check(cls.TABLE, body)).decode("ascii")


def read(cell: object, expected: str = "") -> Reading:
    """Read a cell of a token column.

    Args:
        cell: As the workbook holds it.
        expected: Table that is tried first; another class's token is read all the same.

    Returns:
        The token; None for an empty cell; ``DAMAGED`` for anything else.
    """
    if is_empty(cell):
        return None
    text = "".join(plain(cell).split()).lstrip("'").upper() if isinstance(cell, str) else ""
    if not _SOUND.fullmatch(text):
        return DAMAGED
    data = base64.b32decode(text[len(_MARK) :])
    body, check = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
    for table in (expected, *BY_TABLE):
        if table and _check(table, body) == check:
            return Token(table, body.hex())
    return DAMAGED


def inside(text: str) -> Token | None:
    """Find the token of a cell that names another record: ``某某公司〔LD…〕``, or the token alone."""
    if _MARK not in text.upper():
        return None
    found = _INSIDE.search(text.strip())
    if found is None:
        return None
    token = read(found[1] or found[2])
    return token if isinstance(token, Token) else None


def beside(title: str, token: str) -> str:
    """Write a record's title with its token, for a cell whose title alone would be ambiguous."""
    return f"{title}〔{token}〕"


def is_heading(heading: str) -> bool:
    """Tell whether a heading is that of the token column."""
    return "".join(plain(heading).split()) == HEADING


def is_column(cells: Iterable[object]) -> bool:
    """Tell from its cells whether a column holds tokens, sound or damaged, whatever its heading."""
    filled = alike = 0
    for cell in cells:
        if is_empty(cell):
            continue
        filled += 1
        if isinstance(cell, str) and LENGTH <= len(cell) < 2 * LENGTH:
            alike += bool(_SOUND.fullmatch("".join(plain(cell).split()).lstrip("'").upper()))
    return filled > 0 and alike >= filled * _ENOUGH


def table_of(cells: Iterable[object]) -> str:
    """Tell of which class the records of a token column are: the commonest table, '' for none."""
    counts: dict[str, int] = {}
    last = ""
    for cell in cells:
        found = read(cell, last)
        if isinstance(found, Token):
            last = found.table
            counts[last] = counts.get(last, 0) + 1
    return max(counts, key=lambda table: counts[table]) if counts else ""


def _check(table: str, body: bytes) -> bytes:
    return hashlib.sha256(b"ledger-desk record\0" + table.encode() + b"\0" + body).digest()[
        :_CHECK_BYTES
    ]
