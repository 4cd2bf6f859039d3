"""Looks at pages of a PDF: texts in boxes, lines, and the same workbook as LibreOffice prints it."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from ledger_desk import paths
from ledger_desk.workbook.drawing import CellBox
from ledger_desk.workbook.fonts import BLACK, BOLD, SANS, SERIF, face

MM = 72 / 25.4
# What 宋体 (SimSun) measures in ems: digits (8 pixels of an 11 point line, as Excel counts column
# widths), and how far a line reaches above and below its baseline.
_DIGIT, _UP, _DOWN = 0.5464, 0.859, 0.141
_FONTS = {
    SERIF: "NotoSerifSC-400.ttf",
    BLACK: "NotoSerifSC-900.ttf",
    SANS: "NotoSansSC-400.ttf",
    BOLD: "NotoSansSC-700.ttf",
}
_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family" qual="any"><string>宋体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Serif SC</string></edit></match>
</fontconfig>"""


@dataclass(frozen=True)
class Page:
    """One page: (character, left, top, right, bottom) of each, and the places of its lines.

    Points from the top left; ``across`` has the y of the level lines, ``down`` the x of the
    upright ones, each once.
    """

    width: float
    height: float
    characters: tuple[tuple[str, float, float, float, float], ...]
    across: tuple[float, ...]
    down: tuple[float, ...]

    @property
    def text(self) -> str:
        """All characters, without spaces."""
        return _pairs("".join(item[0] for item in self.characters))

    def in_boxes(
        self, boxes: Iterable[CellBox], slack: float | None = 0.5
    ) -> tuple[Mapping[CellBox, str], str]:
        """Characters that lie wholly in each box, and those in none.

        With ``slack`` None the middle of a character tells where it is.
        """
        bands: dict[int, list[tuple[CellBox, float, float, float, float]]] = defaultdict(list)
        for box in boxes:
            edge = (box, box.x, box.y, box.x + box.w, box.y + box.h)
            for band in range(int(edge[2]), int(edge[4]) + 1):
                bands[band].append(edge)
        found: dict[CellBox, str] = defaultdict(str)
        astray = ""
        for letter, left, top, right, bottom in self.characters:
            if slack is None:
                left = right = (left + right) / 2
                top = bottom = (top + bottom) / 2
            room = slack or 0.0
            for box, x0, y0, x1, y1 in bands[int((top + bottom) / 2)]:
                across = left >= x0 - room and right <= x1 + room
                if across and top >= y0 - room and bottom <= y1 + room:
                    found[box] += letter
                    break
            else:
                astray += letter
        return {box: _pairs(text) for box, text in found.items()}, _pairs(astray)


def read_pages(pdf: bytes | Path, *, lines: bool = True) -> list[Page]:
    """Take a PDF apart, its lines only where they are asked for."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_read(document[number], lines) for number in range(len(document))]
    finally:
        document.close()


def _read(page: Any, lines: bool) -> Page:
    height = page.get_height()
    text = page.get_textpage()
    characters = []
    for place in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
        if not letter.isspace() and letter >= " ":
            left, bottom, right, top = text.get_charbox(place)
            characters.append((letter, left, height - top, right, height - bottom))
    across, down = [], []
    for (x0, y0), (x1, y1) in _segments(page) if lines else ():
        if abs(x0 - x1) < 0.3 and abs(y0 - y1) > 4:
            down.append((x0 + x1) / 2)
        elif abs(y0 - y1) < 0.3 and abs(x0 - x1) > 4:
            across.append(height - (y0 + y1) / 2)
    found = Page(page.get_width(), height, tuple(characters), _once(across), _once(down))
    text.close()
    page.close()
    return found


def _segments(page: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight strokes of all paths, also of the sides of thin rectangles."""
    found = []
    for item in page.get_objects(max_depth=5):
        if item.type != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        a, b, c, d, e, f = item.get_matrix().get()
        begun = last = (0.0, 0.0)
        for place in range(pdfium.FPDFPath_CountSegments(item.raw)):
            segment = pdfium.FPDFPath_GetPathSegment(item.raw, place)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                begun = point
            else:
                found.append((last, point))
            if pdfium.FPDFPathSegment_GetClose(segment):
                found.append((point, begun))
            last = point
    return found


def _once(places: Sequence[float]) -> tuple[float, ...]:
    """Places of lines; strokes nearer than 1.5 points are one line (both sides of a thin box)."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] < 1.5:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(sum(group) / len(group) for group in groups)


def _pairs(text: str) -> str:
    """Characters beyond U+FFFF, which the library gives in halves, whole again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def print_with_libreoffice(books: Sequence[Path], folder: Path) -> dict[str, list[Page]]:
    """Let LibreOffice print workbooks; stem of the file → its pages.

    It measures columns by the workbook's font, which no machine but Windows has: it is given the
    program's own fonts with the measures of 宋体, so that its widths are those of Excel and WPS.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    fonts = folder / "fonts"
    fonts.mkdir()
    for key, name in _FONTS.items():
        (fonts / name).write_bytes(_with_measures(key, paths.resources() / "fonts" / name))
    config = folder / "fonts.conf"
    config.write_text(_CONFIG.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "printed"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, books)],
        env=_environment(config), check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {book.stem: read_pages(out / f"{book.stem}.pdf") for book in books}


def _environment(config: Path) -> dict[str, str]:
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def _with_measures(key: str, path: Path) -> bytes:
    """The program's font with the line height of 宋体, and its digits where it stands for it."""
    data = bytearray(path.read_bytes())
    tables = {}
    for place in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        tables[tag] = start
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    up, down = round(_UP * em), round(_DOWN * em)
    struct.pack_into(">hhh", data, tables[b"hhea"] + 4, up, -down, 0)
    struct.pack_into(">hhhHH", data, tables[b"OS/2"] + 68, up, -down, 0, up, down)
    if key == SERIF:
        glyphs = face(key).font.face.charToGlyph
        for digit in "0123456789":
            place = tables[b"hmtx"] + 4 * glyphs[ord(digit)]
            struct.pack_into(">H", data, place, round(_DIGIT * em))
    return bytes(data)
