"""Paints a sheet of a workbook as PDF, as its own print set-up says.

The PDF is made from the filled workbook itself, so paper and file cannot differ. Fonts are
embedded; texts are wrapped or made smaller, never cut; the same input gives the same bytes.
Pictures, charts and conditional formats of the sheet are not painted.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.blocks import Setter
from ledger_desk.workbook.drawing import CellBox, Painter
from ledger_desk.workbook.fonts import SERIF, face
from ledger_desk.workbook.grid import Grid, read_grid
from ledger_desk.workbook.heights import HIGHEST
from ledger_desk.workbook.measures import row_height
from ledger_desk.workbook.overlays import Overlay, draw_overlays
from ledger_desk.workbook.package import Package
from ledger_desk.workbook.paging import lay_out
from ledger_desk.workbook.pen import Encoder, Pen
from ledger_desk.workbook.print_setup import PrintSetup, read_setup
from ledger_desk.workbook.stamping import Stamp, place_stamp

__all__ = ["CellBox", "Overlay", "Painted", "Stamp", "paint"]

_MEASURING, _PAINTING = "计算版面", "生成 PDF"


@dataclass(frozen=True)
class Painted:
    """A painted sheet.

    Attributes:
        pdf: The file.
        pages: Number of pages.
        boxes: Every cell on paper, page by page, row by row.
        missing: Characters that no bundled font has (a □ stands for them).
        uncomputed: Formulas whose value the workbook does not hold (left empty).
        scale: Scale of the print set-up, 1.0 for 100 %.
        by_sheet: Tab → its cells on paper; ``boxes`` are those of the first one.
    """

    pdf: bytes
    pages: int
    boxes: tuple[CellBox, ...]
    missing: str = ""
    uncomputed: int = 0
    scale: float = 1.0
    by_sheet: Mapping[str, tuple[CellBox, ...]] = field(default_factory=dict)


def paint(
    xlsx: bytes,
    *,
    sheet: str | None = None,
    invariant: bool = True,
    title: str = "",
    progress: Progress = silent,
    overlays: Sequence[Overlay] | None = None,
    stamp: Stamp | None = None,
) -> Painted:
    """Paint one sheet.

    Args:
        xlsx: The workbook.
        sheet: Name on the tab; None for the first visible sheet.
        invariant: Leave out time and random id, so that equal sheets give equal bytes.
        title: Title of the document; the sheet's name when empty.
        progress: Told the pages done; may cancel.
        overlays: Texts and QR squares at fixed places of the pages.
        stamp: A code with its QR square for the margin of each page.

    Raises:
        UserError: The workbook is damaged or has no such sheet.
    """
    package = Package.read(xlsx)
    part = package.sheet(sheet)
    root = package.xml(part.part)
    grid = read_grid(package, part, root)
    setup = read_setup(package, part, root)
    over = (*(overlays or ()), *(place_stamp(setup, stamp) if stamp is not None else ()))
    setter = Setter(grid.styles)
    progress(0, 0, _MEASURING)
    heights = _Heights(grid, setter)
    printed = setup.areas or (grid.extent(),)
    paging = lay_out(setup, printed, heights.of, grid.columns.width)
    painter = Painter(grid, setup, setter, paging, title or part.name)
    out = io.BytesIO()
    canvas = _canvas(out, setup, invariant)
    canvas.setTitle(title or part.name)
    canvas.setAuthor("")
    canvas.setSubject(part.name)
    canvas.setCreator("Ledger Desk 专班台账")
    encoder = Encoder(canvas._doc)
    frames = paging.frames
    for page, frame in enumerate(frames):
        progress(page, len(frames), _PAINTING)
        pen = Pen(encoder, setup.height)
        painter.draw_frame(pen, frame, page)
        painter.draw_slogans(pen, page, len(frames))
        draw_overlays(pen, over, page)
        canvas.addLiteral(pen.operators())
        canvas.showPage()
    canvas.save()
    progress(len(frames), len(frames), _PAINTING)
    boxes = tuple(painter.boxes)
    return Painted(
        pdf=out.getvalue(),
        pages=len(frames),
        boxes=boxes,
        missing="".join(sorted(setter.missing)),
        uncomputed=grid.uncomputed,
        scale=paging.scale,
        by_sheet={part.name: boxes},
    )


def _canvas(out: io.BytesIO, setup: PrintSetup, invariant: bool) -> Any:
    """An empty document of the set-up's paper."""
    from reportlab.pdfgen.canvas import Canvas

    face(SERIF)  # registered before the canvas names it
    # The stubs call the font's name a number; without it the file names an absent Helvetica.
    first_font: Any = SERIF
    return Canvas(
        out,
        pagesize=(setup.width, setup.height),
        invariant=int(invariant),
        pageCompression=1,
        initialFontName=first_font,
    )


class _Heights:
    """Heights of rows in points, worked out when first asked for."""

    def __init__(self, grid: Grid, setter: Setter) -> None:
        self._grid = grid
        self._setter = setter
        self._known: dict[int, float] = {}

    def of(self, row: int) -> float:
        """Height of one row: its own, or more where its texts need it and it is not fixed."""
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = self._work_out(row)
        return found

    def _work_out(self, row: int) -> float:
        line = self._grid.rows.get(row)
        if line is None:
            return self._grid.columns.default_height
        if line.hidden:
            return 0.0
        height = self._grid.columns.default_height if line.height is None else line.height
        if line.custom:
            return height
        if height >= row_height(HIGHEST):  # the most a workbook can say: the texts themselves tell
            height = self._grid.columns.default_height
        for column, cell in line.cells.items():
            if not cell.text or (row, column) in self._grid.tails:
                continue
            width = self._grid.columns.width(column)
            merge = self._grid.merges.get((row, column))
            if merge is not None:
                if merge.last_row > merge.first_row:
                    continue
                across = range(merge.first_column, merge.last_column + 1)
                width = sum(self._grid.columns.width(item) for item in across)
            height = max(height, self._setter.needed(cell, width))
        return height
