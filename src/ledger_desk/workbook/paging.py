"""Which rows and columns go on which page, as the print set-up says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger_desk.workbook.print_setup import PrintSetup
from ledger_desk.workbook.references import Area

# Rounding of heights must not push a row to the next page.
_SLACK = 0.01
# Height of a line in large print: what a piece of a row may lose at the foot of a page.
_LINE = 24.0


class PageRow(NamedTuple):
    """A row, or one piece of a row that is taller than a page, on one page; sheet points.

    ``earlier`` has the heights of the row's pieces on pages before; ``whole`` its full height.
    """

    row: int
    y: float
    height: float
    earlier: tuple[float, ...]
    whole: float


class PageColumn(NamedTuple):
    """A column on one page; sheet points from the left of the printed block."""

    column: int
    x: float
    width: float


@dataclass(frozen=True)
class Frame:
    """What stands on one page, before scaling."""

    rows: tuple[PageRow, ...]
    columns: tuple[PageColumn, ...]

    @property
    def height(self) -> float:
        """Height of the block in sheet points."""
        return self.rows[-1].y + self.rows[-1].height if self.rows else 0.0

    @property
    def width(self) -> float:
        """Width of the block in sheet points."""
        return self.columns[-1].x + self.columns[-1].width if self.columns else 0.0


@dataclass(frozen=True)
class Paging:
    """All pages of a sheet, and the scale they are drawn at."""

    frames: tuple[Frame, ...]
    scale: float


def lay_out(
    setup: PrintSetup,
    printed: Sequence[Area],
    height: Callable[[int], float],
    width: Callable[[int], float],
) -> Paging:
    """Cut a sheet into pages.

    Args:
        setup: Its print set-up.
        printed: The areas to print, each from a new page.
        height: Row → points, 0 when hidden.
        width: Column → points, 0 when hidden.
    """
    wide = setup.width - setup.margins.left - setup.margins.right
    tall = setup.height - setup.margins.top - setup.margins.bottom
    cutter = _Cutter(setup, height, width, max(wide, 36.0), max(tall, 36.0))
    scale = setup.scale if setup.fit is None else cutter.fitting(printed, setup.fit)
    frames: list[Frame] = []
    for area in printed:
        rows = cutter.row_pages(area, scale)
        columns = cutter.column_pages(area, scale)
        if setup.over_then_down:
            frames += [Frame(down, across) for down in rows for across in columns]
        else:
            frames += [Frame(down, across) for across in columns for down in rows]
    return Paging(tuple(frames), scale)


@dataclass(frozen=True)
class _Cutter:
    setup: PrintSetup
    height: Callable[[int], float]
    width: Callable[[int], float]
    wide: float
    tall: float

    def fitting(self, printed: Sequence[Area], fit: tuple[int, int]) -> float:
        """Largest whole percentage, at most 100, at which the areas fit the wanted pages."""
        low, high = 10, 100
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(printed, fit, middle / 100):
                low = middle
            else:
                high = middle - 1
        return low / 100

    def _fits(self, printed: Sequence[Area], fit: tuple[int, int], scale: float) -> bool:
        across, down = fit
        if across:
            for area in printed:
                total = sum(self.width(c) for c in range(area.first_column, area.last_column + 1))
                if total * scale > self.wide * across + _SLACK:
                    return False
                if across > 1 and len(self.column_pages(area, scale)) > across:
                    return False
        return not down or sum(len(self.row_pages(area, scale)) for area in printed) <= down

    def row_pages(self, area: Area, scale: float) -> list[tuple[PageRow, ...]]:
        """Rows of each page, titles first."""
        room = self.tall / scale
        titles = self._titles(self.setup.title_rows, area.first_row, area.last_row, self.height)
        titles_height = sum(size for _, size in titles)
        if titles_height > room / 2:  # titles that leave no room for rows are not repeated
            titles, titles_height = [], 0.0
        last_title = titles[-1][0] if titles else 0
        pages: list[tuple[PageRow, ...]] = []
        page: list[PageRow] = []
        y = 0.0

        def turn(next_row: int) -> None:
            nonlocal page, y
            if page:
                pages.append(tuple(page))
            page, y = [], 0.0
            if next_row > last_title:
                for row, size in titles:
                    page.append(PageRow(row, y, size, (), size))
                    y += size

        turn(area.first_row)
        fresh = True
        for row in range(area.first_row, area.last_row + 1):
            size = self.height(row)
            if size <= 0:
                continue
            if y + size > room + _SLACK and not fresh:
                turn(row)
            pieces: tuple[float, ...] = ()
            if y + size > room + _SLACK:
                # Taller than a page: in pieces, with room for the line each page cannot take.
                size += _LINE * math.ceil(size / (room - max(y, titles_height)))
            left = size
            while y + left > room + _SLACK:
                page.append(PageRow(row, y, room - y, pieces, size))
                left -= room - y
                pieces = (*pieces, room - y)
                turn(row)
            page.append(PageRow(row, y, left, pieces, size))
            y += left
            fresh = False
            if row in self.setup.row_breaks and not self._fixed(1) and row < area.last_row:
                turn(row + 1)
                fresh = True
        if page and not fresh:
            pages.append(tuple(page))
        return pages or [()]

    def column_pages(self, area: Area, scale: float) -> list[tuple[PageColumn, ...]]:
        """Columns of each page, titles first."""
        room = self.wide / scale
        titles = self._titles(
            self.setup.title_columns, area.first_column, area.last_column, self.width
        )
        if sum(size for _, size in titles) > room / 2:
            titles = []
        last_title = titles[-1][0] if titles else 0
        pages: list[tuple[PageColumn, ...]] = []
        page: list[PageColumn] = []
        x = 0.0
        fitted = self.setup.fit is not None and self.setup.fit[0] == 1
        for column in range(area.first_column, area.last_column + 1):
            size = self.width(column)
            if size <= 0:
                continue
            forced = column - 1 in self.setup.column_breaks and not self._fixed(0)
            if page and (forced or (x + size > room + _SLACK and not fitted)):
                pages.append(tuple(page))
                page, x = [], 0.0
                for title, wide in titles if column > last_title else ():
                    page.append(PageColumn(title, x, wide))
                    x += wide
            page.append(PageColumn(column, x, size))
            x += size
        return [*pages, tuple(page)] if page else pages or [()]

    def _fixed(self, way: int) -> bool:
        """Whether the sheet is fitted to a number of pages across (0) or down (1).

        Breaks set by hand do not count there, as in Excel.
        """
        return self.setup.fit is not None and self.setup.fit[way] > 0

    @staticmethod
    def _titles(
        ends: tuple[int, int] | None, first: int, last: int, size: Callable[[int], float]
    ) -> list[tuple[int, float]]:
        """Title rows or columns with their sizes; they may lie outside the printed area."""
        if ends is None or ends[0] > last:
            return []
        limit = min(ends[1], ends[0] + 200)
        return [(n, size(n)) for n in range(ends[0], limit + 1) if size(n) > 0]
