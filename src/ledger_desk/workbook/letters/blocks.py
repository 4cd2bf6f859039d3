"""What a letter is made of: text only; how it is set is decided by what writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Kind = Literal["body", "address", "chapter", "section", "right"]
"""``address``: whom it is to, not indented; ``chapter``: 一、…; ``section``: （一）…; ``right``: the office and the day at the end."""

# Millimetres of the paper and its margins (GB/T 9704-2012, 5.1 and 5.2).
PAPER = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
# Points: title, text, table, page number; and from line to line.
TITLE, TEXT, TABLE, NUMBER = 22.0, 16.0, 12.0, 14.0
TITLE_LEAD, LEAD, TABLE_LEAD = 32.0, 28.0, 17.0


@dataclass(frozen=True)
class Line:
    """One paragraph."""

    text: str
    kind: Kind = "body"


@dataclass(frozen=True)
class Grid:
    """A ruled table.

    Attributes:
        columns: Headings; the first column is text, the others are numbers set right.
        rows: Texts by row and column.
        total: Texts of the last row, none when empty.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """All rows below the heading."""
        return (*self.rows, *([self.total] if self.total else []))

    @property
    def weights(self) -> tuple[float, ...]:
        """Shares of the width: as the longest text of each column asks, within bounds."""
        found = []
        for place, title in enumerate(self.columns):
            longest = max((_wide(row[place]) for row in self.lines), default=0.0)
            found.append(min(max(longest, _wide(title) / 2, 3.0), 12.0))
        whole = sum(found) or 1.0
        return tuple(each / whole for each in found)


Block: TypeAlias = Line | Grid


@dataclass(frozen=True)
class Letter:
    """One letter.

    Attributes:
        title: Set large in the middle; line breaks are kept.
        blocks: What follows it.
        day: Day that the file says it was made, so that the same data gives the same bytes.
        office: Author.
    """

    title: str
    blocks: tuple[Block, ...]
    day: date
    office: str = ""


def _wide(text: str) -> float:
    """About how many hanzi wide a text is."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text) + 1.0
