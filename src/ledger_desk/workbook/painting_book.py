"""Several sheets of one workbook painted into one PDF, each with its own paper and print set-up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.blocks import Setter
from ledger_desk.workbook.drawing import CellBox, Painter
from ledger_desk.workbook.grid import read_grid
from ledger_desk.workbook.overlays import draw_overlays
from ledger_desk.workbook.package import Package
from ledger_desk.workbook.paging import Paging, lay_out
from ledger_desk.workbook.painting import Painted, _canvas, _Heights
from ledger_desk.workbook.pen import Encoder, Pen
from ledger_desk.workbook.print_setup import PrintSetup, read_setup
from ledger_desk.workbook.stamping import Stamp, place_stamp


@dataclass(frozen=True)
class _Sheet:
    """One sheet that was laid out and waits to be painted."""

    name: str
    setup: PrintSetup
    paging: Paging
    painter: Painter
    setter: Setter
    uncomputed: int


def paint_sheets(
    xlsx: bytes,
    sheets: Sequence[str],
    *,
    title: str = "",
    progress: Progress = silent,
    stamp: Stamp | None = None,
) -> Painted:
    """Paint sheets one after another; pages are counted through all of them, tabs are bookmarks.

    Args:
        xlsx: The workbook.
        sheets: Names on the tabs, in the order of the pages; at least one.
        title: Title of the document; the first sheet's name when empty.
        progress: Told the pages done; may cancel.
        stamp: A code with its QR square for the margin of each page.

    Returns:
        All pages; ``boxes`` are those of the first sheet, ``by_sheet`` those of each.

    Raises:
        UserError: The workbook is damaged or has no such sheet.
    """
    package = Package.read(xlsx)
    laid = []
    for name in sheets:
        progress(0, 0, "计算版面")
        laid.append(_lay_out(package, name, title or sheets[0]))
    total = sum(len(sheet.paging.frames) for sheet in laid)
    out = io.BytesIO()
    canvas = _canvas(out, laid[0].setup, invariant=True)
    canvas.setTitle(title or laid[0].name)
    canvas.setAuthor("")
    canvas.setSubject("、".join(sheet.name for sheet in laid))
    canvas.setCreator("Ledger Desk 专班台账")
    encoder = Encoder(canvas._doc)
    boxes: dict[str, tuple[CellBox, ...]] = {}
    first = 0
    for sheet in laid:
        _paint(sheet, canvas, encoder, (first, total), stamp, progress)
        own = (box._replace(page=box.page + first) for box in sheet.painter.boxes)
        boxes[sheet.name] = tuple(own)
        first += len(sheet.paging.frames)
    canvas.save()
    progress(total, total, "生成 PDF")
    return Painted(
        pdf=out.getvalue(),
        pages=total,
        boxes=boxes[laid[0].name],
        missing="".join(sorted({mark for sheet in laid for mark in sheet.setter.missing})),
        uncomputed=sum(sheet.uncomputed for sheet in laid),
        scale=laid[0].paging.scale,
        by_sheet=boxes,
    )


def _lay_out(package: Package, name: str, title: str) -> _Sheet:
    part = package.sheet(name)
    root = package.xml(part.part)
    grid, setup = read_grid(package, part, root), read_setup(package, part, root)
    setter = Setter(grid.styles)
    printed = setup.areas or (grid.extent(),)
    paging = lay_out(setup, printed, _Heights(grid, setter).of, grid.columns.width)
    painter = Painter(grid, setup, setter, paging, title)
    return _Sheet(part.name, setup, paging, painter, setter, grid.uncomputed)


def _paint(
    sheet: _Sheet, canvas: Any, encoder: Encoder, counted: tuple[int, int], stamp: Stamp | None,
    progress: Progress,
) -> None:  # fmt: skip
    """Paint one sheet; ``counted`` is the number of pages before it, and of all."""
    first, total = counted
    over = place_stamp(sheet.setup, stamp) if stamp is not None else ()
    for page, frame in enumerate(sheet.paging.frames):
        progress(first + page, total, "生成 PDF")
        canvas.setPageSize((sheet.setup.width, sheet.setup.height))
        if page == 0:
            canvas.bookmarkPage(f"tab{first}")
            canvas.addOutlineEntry(sheet.name, f"tab{first}", 0)
        pen = Pen(encoder, sheet.setup.height)
        sheet.painter.draw_frame(pen, frame, page)
        sheet.painter.draw_slogans(pen, first + page, total)
        draw_overlays(pen, over, page)
        canvas.addLiteral(pen.operators())
        canvas.showPage()
