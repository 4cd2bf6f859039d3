"""Small things put on finished pages that are no part of the sheet: a code, a QR square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.workbook.fonts import SERIF, face
from ledger_desk.workbook.pen import Pen


@dataclass(frozen=True)
class Overlay:
    """A text or a QR square at a fixed place of the paper.

    Attributes:
        x: Points from the left edge of the paper.
        y: Points from the top: baseline of the text, or top of the square.
        text: Text to set.
        qr: What the square says; empty for none.
        size: Size of the text, or side of the square, in points.
        page: Page from 0, None for every page.
    """

    x: float
    y: float
    text: str = ""
    qr: str = ""
    size: float = 8.0
    page: int | None = None


def draw_overlays(pen: Pen, overlays: Sequence[Overlay], page: int) -> None:
    """Draw the overlays of one page (from 0)."""
    for item in overlays:
        if item.page not in (None, page):
            continue
        if item.text:
            pen.text(item.x, item.y, item.text, face(SERIF), item.size)
        if item.qr:
            _draw_qr(pen, item)


def _draw_qr(pen: Pen, item: Overlay) -> None:
    """Draw the dark squares of a QR code; runs in a row are one rectangle."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(item.qr)
    code.make()
    count = code.getModuleCount()
    side = item.size / count
    for row in range(count):
        start: int | None = None
        for column in range(count + 1):
            dark = column < count and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                x, y = item.x + start * side, item.y + row * side
                pen.fill_over(x, y, (column - start) * side, side, "000000")
                start = None
