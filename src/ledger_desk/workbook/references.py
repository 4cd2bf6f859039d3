"""Cell references: A1 to numbers and back, and the references inside a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_SHEET = r"(?:'(?:[^']|'')*'|(?:\[[^\]]*\])?[^\s!'\"(),+\-*/^&=<>:;{}\[\]%]+)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
# A text in quotes, or an optional sheet with: a cell, a range, whole rows, whole columns.
_TOKEN = re.compile(
    rf'"(?:[^"]|"")*"'
    rf"|(?P<sheet>(?<![\w.\]]){_SHEET})?"
    rf"(?:(?P<a>(?<![\w.$]){_CELL})(?::(?P<b>{_CELL}))?(?![\w(\[.!])"
    rf"|(?P<ra>(?<![\w.$:])\$?[0-9]{{1,7}}):(?P<rb>\$?[0-9]{{1,7}})(?![\w(.!])"
    rf"|(?P<ca>(?<![\w.$:])\$?[A-Za-z]{{1,3}}):(?P<cb>\$?[A-Za-z]{{1,3}})(?![\w(\[.!]))"
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")


@lru_cache(maxsize=LAST_COLUMN)
def letters(column: int) -> str:
    """Column number (1-based) as letters: 28 → ``AB``."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text: str) -> int:
    """Column letters as a number: ``AB`` → 28."""
    value = 0
    for letter in text.upper():
        value = value * 26 + ord(letter) - 64
    return value


@lru_cache(maxsize=LAST_COLUMN)
def column_of(text: str) -> int:
    """Column letters of the files' own making, remembered: ``AB`` → 28."""
    return number(text)


def name(row: int, column: int) -> str:
    """Row and column (1-based) as ``C7``."""
    return f"{letters(column)}{row}"


def split(reference: str) -> tuple[int, int]:
    """``$C$7`` → (7, 3).

    Raises:
        ValueError: Not a reference to one cell.
    """
    match = _PARTS.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    return int(match[4]), number(match[2])


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, 1-based, both ends inside; ``sheet`` is None for the formula's own."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    sheet: str | None = None

    def __contains__(self, cell: tuple[int, int]) -> bool:
        """Whether (row, column) lies inside."""
        return (
            self.first_row <= cell[0] <= self.last_row
            and self.first_column <= cell[1] <= self.last_column
        )

    @property
    def text(self) -> str:
        """As it stands in a file, ``A1:C7`` or ``A1``."""
        first = name(self.first_row, self.first_column)
        last = name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


def area(reference: str) -> Area:
    """``A1:C7``, ``A1``, ``$1:$3`` or ``$A:$C`` (no sheet) as a rectangle.

    Raises:
        ValueError: Not a reference.
    """
    plain = reference.replace("$", "")
    first, _, last = plain.partition(":")
    last = last or first
    if first.isdigit() and last.isdigit():
        return Area(int(first), 1, int(last), LAST_COLUMN)
    if first.isalpha() and last.isalpha():
        return Area(1, number(first), LAST_ROW, number(last))
    (row, column), (row2, column2) = split(first), split(last)
    return Area(min(row, row2), min(column, column2), max(row, row2), max(column, column2))


def sheet_name(prefix: str | None) -> str | None:
    """``'我的表'!`` → ``我的表``; None stays None."""
    if prefix is None:
        return None
    bare = prefix[:-1]
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare


def areas(formula: str) -> list[Area]:
    """Every rectangle a formula refers to (texts in quotes left out)."""
    found = []
    for match in _TOKEN.finditer(formula):
        body = _body(match)
        if body:
            found.append(_with_sheet(area(body), sheet_name(match["sheet"])))
    return found


def _body(match: re.Match[str]) -> str:
    """The reference without its sheet; empty for a quoted text."""
    if match["a"]:
        return f"{match['a']}:{match['b']}" if match["b"] else match["a"]
    if match["ra"]:
        return f"{match['ra']}:{match['rb']}"
    return f"{match['ca']}:{match['cb']}" if match["ca"] else ""


def _with_sheet(rectangle: Area, sheet: str | None) -> Area:
    return Area(
        rectangle.first_row,
        rectangle.first_column,
        rectangle.last_row,
        rectangle.last_column,
        sheet,
    )


def map_rows(formula: str, span: Callable[[str | None, int, int], tuple[int, int] | None]) -> str:
    """Rewrite the rows of every reference in a formula, dollars and sheets kept.

    Args:
        formula: Without the leading ``=``.
        span: (sheet or None, first row, last row) → the new rows, or None when they are gone.
    """

    def change(match: re.Match[str]) -> str:
        prefix = match["sheet"] or ""
        sheet = sheet_name(match["sheet"])
        if match["a"]:
            return prefix + _change_cells(match["a"], match["b"], sheet, span)
        if match["ra"]:
            first, last = match["ra"], match["rb"]
            rows = span(sheet, int(first.strip("$")), int(last.strip("$")))
            if rows is None:
                return prefix + "#REF!"
            mark, mark2 = "$" * first.startswith("$"), "$" * last.startswith("$")
            return f"{prefix}{mark}{rows[0]}:{mark2}{rows[1]}"
        return match[0]

    return _TOKEN.sub(change, formula)


def _change_cells(
    first: str,
    last: str | None,
    sheet: str | None,
    span: Callable[[str | None, int, int], tuple[int, int] | None],
) -> str:
    """Rewrite ``C4`` or ``C4:F9``."""
    one = _PARTS.fullmatch(first)
    two = _PARTS.fullmatch(last or first)
    if one is None or two is None:
        return first if last is None else f"{first}:{last}"
    upside = int(one[4]) > int(two[4])
    low, high = sorted((int(one[4]), int(two[4])))
    rows = span(sheet, low, high)
    if rows is None:
        return "#REF!"
    top, bottom = (rows[1], rows[0]) if upside else rows
    text = f"{one[1]}{one[2]}{one[3]}{top}"
    return text if last is None else f"{text}:{two[1]}{two[2]}{two[3]}{bottom}"


def translate(formula: str, rows: int, columns: int = 0) -> str:
    """Copy a formula to another cell: references without a dollar move along."""

    def move(reference: str) -> str:
        match = _PARTS.fullmatch(reference)
        if match is None:
            return reference
        row = int(match[4]) + (0 if match[3] else rows)
        column = number(match[2]) + (0 if match[1] else columns)
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            return "#REF!"
        return f"{match[1]}{letters(column)}{match[3]}{row}"

    def change(match: re.Match[str]) -> str:
        if match["a"]:
            text = (match["sheet"] or "") + move(match["a"])
            return f"{text}:{move(match['b'])}" if match["b"] else text
        if match["ra"]:
            ends = [
                end if end.startswith("$") else str(int(end) + rows)
                for end in (match["ra"], match["rb"])
            ]
            return f"{match['sheet'] or ''}{ends[0]}:{ends[1]}"
        return match[0]

    return _TOKEN.sub(change, formula)
