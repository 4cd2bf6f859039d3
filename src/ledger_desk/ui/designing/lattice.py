"""Rows and columns of a sheet as they lie on paper, put together from the boxes of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from ledger_desk.ui.preview.spots import Spot

HEADER, ROWS, TOTAL, COLUMN = "header", "rows", "total", "column"


@dataclass(frozen=True)
class Band:
    """Rows (or one column of them) that are set off on paper.

    Attributes:
        kind: `HEADER`, `ROWS`, `TOTAL` or `COLUMN`.
        sheet: Tab.
        rows: First and last row.
        columns: First and last column.
        words: What stands beside it.
    """

    kind: str
    sheet: str
    rows: tuple[int, int]
    columns: tuple[int, int]
    words: str = ""


@dataclass(frozen=True)
class Lattice:
    """The rows and columns of one page, in points from its top left.

    A merged cell has one box, at its first row and column: where nothing else stands in the others,
    they are not known, and a band that ends in them ends with the box.
    """

    tops: dict[int, float] = field(default_factory=dict)
    lefts: dict[int, float] = field(default_factory=dict)
    bottom: float = 0.0
    right: float = 0.0

    @classmethod
    def of(cls, spots: Iterable[Spot]) -> Lattice:
        """Put the boxes of one page together."""
        made = cls({}, {})
        bottom = right = 0.0
        for spot in spots:
            box = spot.box
            made.tops.setdefault(spot.row, box.top())
            made.lefts.setdefault(spot.column, box.left())
            bottom, right = max(bottom, box.bottom()), max(right, box.right())
        return cls(dict(sorted(made.tops.items())), dict(sorted(made.lefts.items())), bottom, right)

    def box(self, rows: tuple[int, int], columns: tuple[int, int]) -> QRectF | None:
        """The part of the page that rows and columns take up; None where none of them is on it."""
        high = _span(self.tops, rows, self.bottom)
        wide = _span(self.lefts, columns, self.right)
        if high is None or wide is None:
            return None
        return QRectF(wide[0], high[0], wide[1] - wide[0], high[1] - high[0])

    def column(self, number: int) -> tuple[float, float] | None:
        """Left and right edge of a column."""
        return _span(self.lefts, (number, number), self.right)

    def row(self, number: int) -> tuple[float, float] | None:
        """Upper and lower edge of a row."""
        return _span(self.tops, (number, number), self.bottom)


def _span(
    starts: dict[int, float], ends: tuple[int, int], last: float
) -> tuple[float, float] | None:
    first = [start for number, start in starts.items() if ends[0] <= number <= ends[1]]
    if not first:
        return None
    after = [start for number, start in starts.items() if number > ends[1]]
    return min(first), min(after, default=last)
