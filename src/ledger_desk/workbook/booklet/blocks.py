"""What a booklet is made of: text only, no measures. How it looks is decided in `laying`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Facts:
    """Names and values, two pairs to a line; long values take a whole line.

    Attributes:
        pairs: (label, value); an empty value is drawn as a line to write on.
        title: Small heading above; none when empty.
    """

    pairs: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        title: Heading.
        weight: Share of the width against the other columns.
        numeric: Aligned right.
    """

    title: str
    weight: float = 1.0
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table; its heading is repeated on each page it reaches.

    Attributes:
        columns: Columns.
        rows: Texts by row and column.
        total: Texts of the last row (合计), none when empty.
        blank: Empty rows added, to be written in by hand.
        title: Small heading above; none when empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    blank: int = 0
    title: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph; ``quiet`` ones are smaller and grey."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class FormCell:
    """One box of a form to be filled by hand: its label, what is known already, its share of the row."""

    label: str
    value: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class FormRow:
    """One row of boxes, ``lines`` lines high."""

    cells: tuple[FormCell, ...]
    lines: float = 1


Block: TypeAlias = Facts | Table | Words | FormRow


@dataclass(frozen=True)
class Chapter:
    """One chapter: numbered in the contents when ``number`` is set."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""

    @property
    def headed(self) -> str:
        """Title with its number."""
        return f"{self.number}　{self.title}" if self.number else self.title


@dataclass(frozen=True)
class Booklet:
    """One bound file.

    Attributes:
        title: Large on the cover and in the bookmark: whose file it is.
        kind: Above the title: 一企一档, 走访登记表.
        cover: Names and values on the cover.
        chapters: Chapters.
        head: Left in the head of each page.
        foot: Left in the foot of each page.
        bound: With cover and contents; otherwise the chapters begin under a heading on page 1.
        wide: A4 lying on its side, for lists; not for bound ones.
        mark: Drawn as a QR code at the right of that heading; ASCII, none when empty.
        under: One quiet line under that heading.
    """

    title: str
    kind: str
    chapters: tuple[Chapter, ...]
    cover: tuple[tuple[str, str], ...] = ()
    head: str = ""
    foot: str = ""
    bound: bool = True
    mark: str = ""
    under: str = ""
    wide: bool = False
