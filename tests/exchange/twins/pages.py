"""A twin before it is a file: pages of cells and merged ranges, and how its header is built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Cell: TypeAlias = str | int | float | date | None
# A heading; or a heading over others, which may be more than one row high.
Node: TypeAlias = "Cell | tuple[str, Sequence[Node]] | tuple[str, Sequence[Node], int]"


@dataclass
class Page:
    """One sheet; rows and columns from 1, merged ranges as (row, column, row, column)."""

    name: str = "Sheet1"
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def row(self, number: int, *cells: Cell, at: int = 1) -> Page:
        """Write a row from a column on; None leaves a gap."""
        for column, cell in enumerate(cells, at):
            if cell is not None:
                self.cells[number, column] = cell
        return self

    def rows(self, first: int, rows: Iterable[Sequence[Cell]], at: int = 1) -> Page:
        """Write rows below each other."""
        for number, cells in enumerate(rows, first):
            self.row(number, *cells, at=at)
        return self

    def merge(self, *places: tuple[int, int, int, int]) -> Page:
        self.merged += places
        return self

    def across(self, number: int, text: Cell, first: int, last: int, down: int = 1) -> Page:
        """Write a text into cells merged from one column to another."""
        if text is not None:
            self.cells[number, first] = text
        return self.merge((number, first, number + down - 1, last))

    def head(self, first: int, depth: int, *nodes: Node, at: int = 1, down: bool = True) -> Page:
        """Write a header of ``depth`` rows; headings reach down to its last row if ``down``."""
        column = at
        for node in nodes:
            column += self._head(node, first, column, depth, down)
        return self

    def _head(self, node: Node, row: int, column: int, depth: int, down: bool) -> int:
        if not isinstance(node, tuple):
            self.row(row, node, at=column)
            if depth > 1 and down:
                self.merge((row, column, row + depth - 1, column))
            return 1
        text, under = node[0], node[1]
        high = node[2] if len(node) > 2 else 1
        width = 0
        for child in under:
            width += self._head(child, row + high, column + width, depth - high, down)
        self.row(row, text, at=column)
        if width > 1 or high > 1:
            self.merge((row, column, row + high - 1, column + width - 1))
        return width


@dataclass(frozen=True)
class Twin:
    """A file to write.

    Attributes:
        file: Its name; the ending may lie about the format, as those of real files do.
        format: What is written: ``xlsx xlsm xls csv xml xlsb ods``, or ``raw``.
        pages: Its sheets; one for a csv.
        encoding: Of a csv.
        raw: The bytes of a file that is no workbook.
        drop: Parts of a zip that are taken out again.
    """

    file: str
    format: str
    pages: tuple[Page, ...] = ()
    encoding: str = "utf-8"
    raw: bytes = b""
    drop: tuple[str, ...] = ()


def blank_pages(*names: str) -> tuple[Page, ...]:
    """The untouched sheets that every new workbook of the years before 2013 has."""
    return tuple(Page(name) for name in names or ("Sheet2", "Sheet3"))
