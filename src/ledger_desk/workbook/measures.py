"""Column widths and default row height of a sheet in points (ECMA-376 part 1, 18.3.1.13)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ledger_desk.workbook.package import MAIN
from ledger_desk.workbook.references import LAST_COLUMN
from ledger_desk.workbook.styles import Font

# Space between a cell's border and its text, in points, on each side.
PADDING = 2.0
_PIXEL = 72 / 96
_LATIN = ("calibri", "arial", "times", "helvetica", "cambria", "verdana", "tahoma", "liberation")


def digit_width(font: Font) -> int:
    """Pixels at 96 dpi of the widest digit in the workbook's normal font.

    Chinese fonts set digits half an em wide, rounded up (宋体 11: 8 pixels, which is why Chinese
    Excel says 8.38 for a column of 72 pixels); Calibri 11 and Arial 10 have 7.
    """
    pixels = font.size * 96 / 72
    latin = font.name.casefold().startswith(_LATIN)
    return max(1, round(0.507 * pixels) if latin else math.ceil(round(pixels) / 2))


def row_height(points: float) -> float:
    """Height of a row as it is shown: whole pixels of 96 dpi, what is over falls away.

    Excel, WPS and LibreOffice all do so (32 points are 42 pixels, 31.5 points), on paper too.
    """
    return math.floor(points / _PIXEL + 1e-6) * _PIXEL


def row_height_for(points: float) -> float:
    """Smallest height that is shown in full and holds so many points."""
    return math.ceil(points / _PIXEL - 1e-6) * _PIXEL


@dataclass(frozen=True)
class Columns:
    """Widths of a sheet's columns in points, and its height of a row that states none."""

    widths: dict[int, float]
    styles: dict[int, int]
    default_width: float
    default_height: float

    def width(self, column: int) -> float:
        """Width of one column in points; 0 when it is hidden."""
        return self.widths.get(column, self.default_width)

    @classmethod
    def read(cls, root: Any, normal: Font) -> Columns:
        """Read ``cols`` and ``sheetFormatPr`` of a worksheet element."""
        digit = digit_width(normal)
        form = root.find(f"{{{MAIN}}}sheetFormatPr")
        given = {} if form is None else form.attrib
        base = int(given.get("baseColWidth", "8"))
        # Excel's default: eight digits and padding, up to a multiple of eight pixels.
        pixels = math.ceil((base * digit + 5) / 8) * 8
        if "defaultColWidth" in given:
            pixels = _pixels(float(given["defaultColWidth"]), digit)
        height = float(given.get("defaultRowHeight", round(normal.size * 1.23 * 4) / 4))
        widths: dict[int, float] = {}
        styles: dict[int, int] = {}
        for item in root.iterfind(f"{{{MAIN}}}cols/{{{MAIN}}}col"):
            wide = _pixels(float(item.get("width", "0")), digit) if item.get("width") else pixels
            if item.get("hidden") in ("1", "true"):
                wide = 0
            last = min(int(item.get("max", "1")), LAST_COLUMN)
            for column in range(int(item.get("min", "1")), last + 1):
                widths[column] = wide * _PIXEL
                if item.get("style"):
                    styles[column] = int(item.get("style"))
        return cls(widths, styles, pixels * _PIXEL, row_height(height))


def _pixels(width: float, digit: int) -> int:
    """The file's width (padding included) as pixels: 10.7109375 in Calibri 11 is 75."""
    return int((256 * width + int(128 / digit)) / 256 * digit)
