"""Draws one page of a sheet: backgrounds, texts, border lines, header and footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger_desk.workbook.blocks import Room, Setter
from ledger_desk.workbook.borders import Borders
from ledger_desk.workbook.fonts import SERIF, face
from ledger_desk.workbook.grid import Grid, GridCell
from ledger_desk.workbook.paging import Frame, PageColumn, PageRow, Paging
from ledger_desk.workbook.pen import Pen
from ledger_desk.workbook.print_setup import PrintSetup, Slogan


class CellBox(NamedTuple):
    """Where a cell (or a whole merge) lies on paper.

    ``page`` counts from 0; ``row`` and ``column`` are the sheet's; the rest is in points from the
    top left of the page. Repeated title rows have a box on every page.
    """

    page: int
    row: int
    column: int
    x: float
    y: float
    w: float
    h: float


class Painter:
    """Draws the pages of one sheet."""

    def __init__(
        self, grid: Grid, setup: PrintSetup, setter: Setter, paging: Paging, title: str
    ) -> None:
        self._grid = grid
        self._setup = setup
        self._setter = setter
        self._paging = paging
        self._title = title
        self._borders: dict[tuple[PageColumn, ...], Borders] = {}
        self.boxes: list[CellBox] = []
        self._coloured = any(style.fill for style in grid.styles.cells)

    def _origin(self, frame: Frame) -> tuple[float, float]:
        """Top left of the printed block on paper."""
        setup, scale = self._setup, self._paging.scale
        margins = setup.margins
        x, y = margins.left, margins.top
        if setup.center_across:
            x += max(0.0, (setup.width - margins.left - margins.right - frame.width * scale) / 2)
        if setup.center_down:
            y += max(0.0, (setup.height - margins.top - margins.bottom - frame.height * scale) / 2)
        return x, y

    def draw_frame(self, pen: Pen, frame: Frame, page: int) -> None:
        """Draw the cells of one page (from 0) and note their boxes."""
        scale = self._paging.scale
        x0, y0 = self._origin(frame)
        xs = [x0 + item.x * scale for item in frame.columns]
        xs.append(x0 + frame.width * scale)
        ys = [y0 + item.y * scale for item in frame.rows]
        ys.append(y0 + frame.height * scale)
        places = {item.column: place for place, item in enumerate(frame.columns)}
        row_places = {item.row: place for place, item in enumerate(frame.rows)}
        for place, item in enumerate(frame.rows):
            self._draw_backgrounds(pen, item.row, frame.columns, xs, (ys[place], ys[place + 1]))
            line = self._grid.rows.get(item.row)
            if line is None:
                continue
            for column, cell in line.cells.items():
                at = places.get(column)
                if at is None or (item.row, column) in self._grid.tails:
                    continue
                right, bottom = at + 1, place + 1
                merge = self._grid.merges.get((item.row, column))
                if merge is not None:
                    while right < len(frame.columns):
                        if frame.columns[right].column > merge.last_column:
                            break
                        right += 1
                    last = max(r for r in row_places if item.row <= r <= merge.last_row)
                    bottom = row_places[last] + 1
                x, y = xs[at], ys[place]
                w, h = xs[right] - x, ys[bottom] - y
                self.boxes.append(CellBox(page, item.row, column, x, y, w, h))
                if cell.text:
                    self._draw_text(pen, item, cell, (x, y, w, h), frame, (at, right), xs)
                style = self._grid.styles[cell.style]
                if style.diagonal is not None:
                    kind, colour = style.diagonal.style, style.diagonal.colour
                    if style.down:
                        pen.line(x, y, x + w, y + h, kind, colour)
                    if style.up:
                        pen.line(x, y + h, x + w, y, kind, colour)
        borders = self._borders.get(frame.columns)
        if borders is None:
            borders = self._borders[frame.columns] = Borders(self._grid, frame.columns)
        borders.draw(pen, frame.rows, xs, ys)

    def _draw_backgrounds(
        self,
        pen: Pen,
        row: int,
        columns: Sequence[PageColumn],
        xs: Sequence[float],
        ends: tuple[float, float],
    ) -> None:
        """Colour the cells of a row, neighbours of one colour in one stroke."""
        if not self._coloured:
            return
        start, current = 0, None
        for place in range(len(columns) + 1):
            colour = None
            if place < len(columns):
                colour = self._grid.styles[self._grid.style(row, columns[place].column)].fill
            if colour != current:
                if current is not None:
                    pen.fill(xs[start], ends[0], xs[place] - xs[start], ends[1] - ends[0], current)
                start, current = place, colour

    def _draw_text(
        self,
        pen: Pen,
        item: PageRow,
        cell: GridCell,
        box: tuple[float, float, float, float],
        frame: Frame,
        ends: tuple[int, int],
        xs: Sequence[float],
    ) -> None:
        scale = self._paging.scale
        if item.height < item.whole:
            self._setter.draw_piece(pen, cell, Room(*box), scale, item.earlier, item.whole)
            return
        look = self._setter.look(cell.style)
        left = right = 0.0
        if not look.wraps:
            across = look.style.horizontal
            if across in ("general", "left", "center", "centerContinuous", "fill"):
                right = self._free(item.row, frame, range(ends[1], len(frame.columns)), xs)
            if across in ("right", "center", "centerContinuous"):
                left = self._free(item.row, frame, range(ends[0] - 1, -1, -1), xs)
            if across in ("center", "centerContinuous"):
                left = right = min(left, right)
        self._setter.draw(pen, cell, Room(*box, left=left, right=right), scale)

    def _free(self, row: int, frame: Frame, places: range, xs: Sequence[float]) -> float:
        """Width of the empty cells beside a cell, which its text may run over."""
        line, free = self._grid.rows[row], 0.0
        for place in places:
            column = frame.columns[place].column
            cell = line.cells.get(column)
            if (cell is not None and cell.text) or (row, column) in self._grid.tails:
                break
            if (row, column) in self._grid.merges:
                break
            free += xs[place + 1] - xs[place]
        return free

    def draw_slogans(self, pen: Pen, page: int, pages: int) -> None:
        """Set header and footer, as much smaller as the sheet where its set-up says so."""
        header, footer = self._setup.slogans(page + 1)
        number = page + self._setup.first_page
        margins = self._setup.margins
        texts = header.texts(number, pages, self._grid.name, self._title)
        self._draw_slogan(pen, header, texts, margins.header, down=True)
        texts = footer.texts(number, pages, self._grid.name, self._title)
        self._draw_slogan(pen, footer, texts, self._setup.height - margins.footer, down=False)

    def _draw_slogan(
        self, pen: Pen, slogan: Slogan, texts: tuple[str, str, str], y: float, down: bool
    ) -> None:
        setting = face(SERIF)
        size = slogan.size * (self._paging.scale if self._setup.scaled_slogans else 1.0)
        left, right = self._setup.margins.left, self._setup.width - self._setup.margins.right
        for side, text in enumerate(texts):
            lines = text.split("\n") if text else []
            top = y if down else y - len(lines) * size * 1.3
            for line in lines:
                wide = setting.width(line) * size
                x = (left, (left + right - wide) / 2, right - wide)[side]
                pen.text(x, top + size, line, setting, size)
                top += size * 1.3
