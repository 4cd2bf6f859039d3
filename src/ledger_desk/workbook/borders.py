"""Border lines of a page: each edge once, the heavier style winning, runs drawn in one stroke."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.workbook.grid import Grid
from ledger_desk.workbook.paging import PageColumn, PageRow
from ledger_desk.workbook.pen import LINES, Pen
from ledger_desk.workbook.styles import Line

# Left, right, top and bottom line of one cell.
Edges = tuple[Line | None, Line | None, Line | None, Line | None]
_NONE: Edges = (None, None, None, None)


def heavier(one: Line | None, two: Line | None) -> Line | None:
    """The line that wins where two cells share an edge."""
    if one is None or two is None:
        return one or two
    return two if LINES.get(two.style, (0,))[0] > LINES.get(one.style, (0,))[0] else one


class Borders:
    """Knows the edges of a sheet's rows over one set of columns.

    Rows of a list look alike, so their edges are worked out once and known by a number.
    """

    def __init__(self, grid: Grid, columns: Sequence[PageColumn]) -> None:
        self._grid = grid
        self._columns = [item.column for item in columns]
        self._merged_rows = {row for row, _ in grid.tails} | {row for row, _ in grid.merges}
        self._numbers: dict[tuple[Edges, ...], int] = {}
        self._edges: list[tuple[Edges, ...]] = []
        self._by_styles: dict[tuple[int, ...], int] = {}
        self._flat: dict[tuple[int, int], list[tuple[int, int, Line]]] = {}
        self._upright: dict[int, list[tuple[int, Line]]] = {}
        self._empty = self._number(tuple(_NONE for _ in self._columns))

    def draw(
        self, pen: Pen, rows: Sequence[PageRow], xs: Sequence[float], ys: Sequence[float]
    ) -> None:
        """Draw all lines of a page.

        Args:
            pen: The page.
            rows: Rows on it, from top to bottom.
            xs: Left edges of the columns, and the right edge of the last.
            ys: Top edges of the rows, and the bottom edge of the last.
        """
        numbers = [self._row(item.row) for item in rows]
        above = self._empty
        for place, number in enumerate(numbers):
            # A row cut by the end of the page is closed there and opened again on the next.
            for first, last, line in self._level(above, number):
                pen.line(xs[first], ys[place], xs[last], ys[place], line.style, line.colour)
            above = number
        for first, last, line in self._level(above, self._empty):
            pen.line(xs[first], ys[-1], xs[last], ys[-1], line.style, line.colour)
        open_lines: dict[tuple[int, Line], float] = {}
        for place, number in enumerate([*numbers, self._empty]):
            # a dict, not a set: the order of lines must not hang on the day's hash seed
            now = dict.fromkeys(self._standing(number) if place < len(numbers) else ())
            for key in [key for key in open_lines if key not in now]:
                edge, line = key
                start = open_lines.pop(key)
                pen.line(xs[edge], start, xs[edge], ys[place], line.style, line.colour)
            for key in now:
                open_lines.setdefault(key, ys[place])

    def _number(self, edges: tuple[Edges, ...]) -> int:
        found = self._numbers.get(edges)
        if found is None:
            found = self._numbers[edges] = len(self._edges)
            self._edges.append(edges)
        return found

    def _row(self, row: int) -> int:
        """Number of the edges of a row."""
        styles = tuple(self._grid.style(row, column) for column in self._columns)
        if row in self._merged_rows:
            return self._number(
                tuple(self._cell(row, c, s) for c, s in zip(self._columns, styles, strict=True))
            )
        found = self._by_styles.get(styles)
        if found is None:
            found = self._by_styles[styles] = self._number(
                tuple(self._plain(style) for style in styles)
            )
        return found

    def _plain(self, style: int) -> Edges:
        cell = self._grid.styles[style]
        return cell.left, cell.right, cell.top, cell.bottom

    def _cell(self, row: int, column: int, style: int) -> Edges:
        """Edges of a cell that may be part of a merge: none inside it."""
        left, right, top, bottom = self._plain(style)
        merge = self._grid.merges.get((row, column)) or self._grid.tails.get((row, column))
        if merge is None:
            return left, right, top, bottom
        head = self._plain(self._grid.style(merge.first_row, merge.first_column))
        return (
            (left or head[0]) if column == merge.first_column else None,
            (right or head[1]) if column == merge.last_column else None,
            (top or head[2]) if row == merge.first_row else None,
            (bottom or head[3]) if row == merge.last_row else None,
        )

    def _level(self, above: int, below: int) -> list[tuple[int, int, Line]]:
        """Runs of equal line between two rows: (first edge, last edge, line)."""
        found = self._flat.get((above, below))
        if found is None:
            found = []
            for place, (one, two) in enumerate(
                zip(self._edges[above], self._edges[below], strict=True)
            ):
                line = heavier(one[3], two[2])
                if line is None:
                    continue
                if found and found[-1][1] == place and found[-1][2] == line:
                    found[-1] = (found[-1][0], place + 1, line)
                else:
                    found.append((place, place + 1, line))
            self._flat[above, below] = found
        return found

    def _standing(self, number: int) -> list[tuple[int, Line]]:
        """Upright lines of a row: (edge, line)."""
        found = self._upright.get(number)
        if found is None:
            edges = self._edges[number]
            found = []
            for place in range(len(edges) + 1):
                before = edges[place - 1][1] if place else None
                after = edges[place][0] if place < len(edges) else None
                line = heavier(before, after)
                if line is not None:
                    found.append((place, line))
            self._upright[number] = found
        return found
