"""What a cell can hold, and the few things that can be told about it without a heading.

A spreadsheet's numbers are doubles: 15 digits are safe, the rest is lost before any program sees
the file. Whole numbers below that bound become ``int``, so that a telephone number reads as it
was typed; larger ones stay ``float`` and `is_damaged` tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeAlias

# ``datetime`` is a ``date``; both stand here because callers look for either.
CellValue: TypeAlias = str | int | float | bool | date | datetime | None

# Excel keeps 15 significant digits (ECMA-376 part 1, 18.17.2, numbers are IEEE doubles).
SAFE_WHOLE = 10**15

# ECMA-376 part 1, 18.18.11 (ST_CellType "e") and 18.17.3: the error values a cell can show.
ERRORS = frozenset(
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!"]
)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SCIENTIFIC = re.compile(r"\s*[+-]?\d(?:\.\d+)?[Ee]\+(\d{2,3})\s*")
# A csv made for Excel protects digits as ="0123"; Excel shows what is inside.
_PROTECTED = re.compile(r'="([^"]*)"')
# `lists.write_csv` puts one apostrophe before text that a spreadsheet would run; see there.
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def is_error(cell: object) -> bool:
    """Tell whether a cell holds an error of the spreadsheet, such as ``#DIV/0!``."""
    return isinstance(cell, str) and cell in ERRORS


def is_damaged(cell: object) -> bool:
    """Tell whether a cell, if it is an identifier, has lost digits to the spreadsheet.

    True for numbers of 16 and more digits and for text as Excel saves them (``1.10101E+17``).
    For an amount such a cell may still be right: only the kind of the column decides.
    """
    if isinstance(cell, float):
        return abs(cell) >= SAFE_WHOLE
    if isinstance(cell, str) and "+" in cell:
        found = _SCIENTIFIC.fullmatch(cell)
        return found is not None and int(found[1]) >= 11
    return False


def text_of(cell: CellValue) -> str:
    """Give any cell as one text without outer blanks; '' for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def tidy_text(text: str) -> str | None:
    r"""Clean text from a file: no control characters, ``\n`` for every line break.

    Private-use and extension characters stay: real names are written with them. Text of blanks
    only is an empty cell.
    """
    if text.isprintable():
        return None if not text or text.isspace() else text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    return None if not text or text.isspace() else text


# Rows tidied together; a whole column of them costs little more than one cell.
_TOGETHER = 500


def tidy_rows(rows: Iterable[list[Any]]) -> Iterator[list[CellValue]]:
    """Turn rows of python-calamine's values into cells, as `tidy_row` does, some rows at a time."""
    coming = iter(rows)
    while some := list(islice(coming, _TOGETHER)):
        if len(set(map(len, some))) == 1 and some[0]:
            columns = map(tidy_column, zip(*some, strict=True))
            yield from map(list, zip(*columns, strict=True))
        else:
            yield from map(tidy_row, some)


def tidy_column(column: Sequence[Any]) -> Sequence[CellValue]:
    """Tidy a column as `tidy_row` does a row: in one go where all cells are alike, else cell by cell."""
    kinds = set(map(type, column))
    if kinds == {str}:
        together = "".join(column)
        if not together.isprintable() or " " in together:
            return list(map(tidy_text, column))
        return column if all(column) else [text or None for text in column]
    if kinds == {float} and min(column) > -1e15 and max(column) < 1e15:
        return [value if value % 1 else int(value) for value in column]
    return column if kinds == {date} else tidy_row(column)


def tidy_row(row: Iterable[object]) -> list[CellValue]:
    """Turn one row of python-calamine's values into cells.

    Times of day and durations become text (``09:30:00``, ``30:00:00``): nothing in a list of
    records is one, and as text they show what the person sees.
    """
    cells: list[CellValue] = []
    add = cells.append
    for value in row:
        # Exact types first: this runs for every cell of every file.
        if type(value) is str:
            add(tidy_text(value))
        elif type(value) is float:
            add(int(value) if -1e15 < value < 1e15 and value.is_integer() else value)
        else:
            add(_tidy_other(value))
    return cells


def _tidy_other(value: object) -> CellValue:
    """Turn a rarer value into a cell: whole numbers, dates, times, durations."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if value is None or isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}"
    return tidy_text(str(value))


def tidy_csv_row(row: list[str]) -> list[CellValue]:
    """Turn one record of a csv into cells: all text, protection of digits and formulas undone."""
    return [_tidy_csv(text) if text[:1] in "='" else tidy_text(text) for text in row]


def _tidy_csv(text: str) -> CellValue:
    protected = _PROTECTED.fullmatch(text)
    if protected is not None:
        return tidy_text(protected[1])
    return tidy_text(text[1:] if _NEUTRALISED.match(text) else text)


def column_letters(column: int) -> str:
    """Give a column's letters as a spreadsheet shows them: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
