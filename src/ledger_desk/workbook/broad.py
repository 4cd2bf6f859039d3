"""One ruled table on A4 across (横向), with boxes for signatures below it, as PDF.

Beside `booklet`, which binds upright pages: this is the sheet that goes round and is signed. The
heading row stands on every page; the boxes never stand without a row of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from ledger_desk.workbook.fonts import BLACK, BOLD, SANS, SERIF, face
from ledger_desk.workbook.pen import Encoder, Pen
from ledger_desk.workbook.wrapping import wrap

WIDTH, HEIGHT = 841.89, 595.28  # A4 across, in points
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 40.0, 36.0, 44.0
_ROOM = WIDTH - _LEFT - _RIGHT
_INK, _QUIET, _GREY = "1C2726", "5C6661", "F1EFE8"
_SIZE, _LEAD, _PAD = 9.5, 13.0, 3.5
_BOX = 92.0


@dataclass(frozen=True)
class BroadColumn:
    """Heading, share of the width, and whether its texts stand at the right."""

    title: str
    weight: float = 1.0
    numeric: bool = False


@dataclass(frozen=True)
class SignBox:
    """A box to be signed in: whose, and the lines that stand in it already."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broad:
    """What is printed.

    Attributes:
        title: In the middle above.
        facts: Lines below it, each of texts spread over the width.
        columns: The table's columns.
        rows: Texts.
        total: Texts of the last row.
        boxes: Boxes side by side below the table, on the last page.
        notes: Small lines below the boxes.
        foot: Small line at the foot of every page, before its number.
    """

    title: str
    facts: tuple[tuple[str, ...], ...]
    columns: tuple[BroadColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    boxes: tuple[SignBox, ...] = ()
    notes: tuple[str, ...] = ()
    foot: str = ""


def write_broad(sheet: Broad, out: BinaryIO) -> tuple[int, str]:
    """Write the sheet; gives its pages and the characters that no font has."""
    from reportlab.pdfgen.canvas import Canvas

    face(SERIF)
    first_font: Any = SERIF
    canvas: Any = Canvas(
        out, (WIDTH, HEIGHT), pageCompression=1, invariant=1, initialFontName=first_font
    )
    canvas.setTitle(sheet.title)
    canvas.setAuthor("")
    canvas.setCreator("Ledger Desk 专班台账")
    pages = _split(sheet)
    encoder = Encoder(canvas._doc)
    for number, rows in enumerate(pages, 1):
        pen = Pen(encoder, HEIGHT)
        y = _head(pen, sheet)
        y = _row(pen, sheet, y, [c.title for c in sheet.columns], heading=True)
        for row in rows:
            y = _row(pen, sheet, y, row)
        if number == len(pages):
            if sheet.total:
                y = _row(pen, sheet, y, sheet.total, bold=True)
            _sign(pen, sheet, y + 10)
        _foot(pen, sheet, number, len(pages))
        canvas.addLiteral(pen.operators())
        canvas.showPage()
    canvas.save()
    texts = [sheet.title, *(t for row in sheet.rows for t in row)]
    texts += [line for box in sheet.boxes for line in box.lines]
    return len(pages), "".join(sorted(face(SERIF).missing("".join(texts))))


def _widths(sheet: Broad) -> list[float]:
    whole = sum(column.weight for column in sheet.columns)
    return [_ROOM * column.weight / whole for column in sheet.columns]


def _lines(sheet: Broad, texts: Sequence[str], bold: bool) -> list[list[str]]:
    setting = face(BOLD if bold else SERIF)
    return [
        wrap(text, setting, _SIZE, width - 2 * _PAD) if text else [""]
        for text, width in zip(texts, _widths(sheet), strict=True)
    ]


def _height(sheet: Broad, texts: Sequence[str], bold: bool = False) -> float:
    return max(len(lines) for lines in _lines(sheet, texts, bold)) * _LEAD + 2 * _PAD


def _split(sheet: Broad) -> list[list[tuple[str, ...]]]:
    """Rows by page; the last page has room for the total and the boxes."""
    top = _TOP + 34 + len(sheet.facts) * 15 + 6
    top += _height(sheet, [c.title for c in sheet.columns], True)
    room = HEIGHT - _BOTTOM - top
    ending = (_height(sheet, sheet.total, True) if sheet.total else 0.0) + 10
    ending += (_BOX + 8 if sheet.boxes else 0.0) + len(sheet.notes) * 12
    pages: list[list[tuple[str, ...]]] = [[]]
    used = 0.0
    for row in sheet.rows:
        high = _height(sheet, row)
        if pages[-1] and used + high > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += high
    if used + ending > room and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    elif used + ending > room:
        pages.append([])
    return pages


def _head(pen: Pen, sheet: Broad) -> float:
    wide = face(BLACK).width(sheet.title) * 17
    pen.text((WIDTH - wide) / 2, _TOP + 17, sheet.title, face(BLACK), 17, _INK)
    y = _TOP + 34
    for texts in sheet.facts:
        share = _ROOM / max(len(texts), 1)
        for n, text in enumerate(texts):
            pen.text(_LEFT + n * share, y + 9, text, face(SANS), 9.5, _INK)
        y += 15
    return y + 6


def _row(
    pen: Pen, sheet: Broad, y: float, texts: Sequence[str], *, heading: bool = False, bold: bool = False
) -> float:  # fmt: skip
    strong = heading or bold
    setting, high = face(BOLD if strong else SERIF), _height(sheet, texts, strong)
    x = _LEFT
    if heading:
        pen.fill(_LEFT, y, _ROOM, high, _GREY)
    for column, width, lines in zip(
        sheet.columns, _widths(sheet), _lines(sheet, texts, strong), strict=True
    ):
        for n, line in enumerate(lines):
            spare = width - 2 * _PAD - setting.width(line) * _SIZE
            shift = spare / 2 if heading else spare if column.numeric else 0.0
            pen.text(x + _PAD + shift, y + _PAD + 9.5 + n * _LEAD, line, setting, _SIZE, _INK)
        pen.line(x, y, x, y + high, "thin", _INK)
        x += width
    pen.line(x, y, x, y + high, "thin", _INK)
    pen.line(_LEFT, y, x, y, "medium" if heading else "thin", _INK)
    pen.line(_LEFT, y + high, x, y + high, "thin", _INK)
    return y + high


def _sign(pen: Pen, sheet: Broad, y: float) -> None:
    many = len(sheet.boxes)
    gap = 8.0
    width = (_ROOM - gap * (many - 1)) / many if many else 0.0
    for n, box in enumerate(sheet.boxes):
        x = _LEFT + n * (width + gap)
        for x0, y0, x1, y1 in (
            (x, y, x + width, y), (x, y + _BOX, x + width, y + _BOX),
            (x, y, x, y + _BOX), (x + width, y, x + width, y + _BOX),
        ):  # fmt: skip
            pen.line(x0, y0, x1, y1, "thin", _INK)
        pen.text(x + 6, y + 15, box.title, face(BOLD), 10.5, _INK)
        at = y + 30
        for line in [cut for text in box.lines for cut in wrap(text, face(SERIF), 9, width - 12)][
            :2
        ]:
            pen.text(x + 6, at, line, face(SERIF), 9, _INK)
            at += 12.5
        pen.text(x + 6, y + _BOX - 24, "签字：", face(SERIF), 10, _INK)
        pen.line(x + 38, y + _BOX - 22, x + width - 8, y + _BOX - 22, "thin", _QUIET)
        pen.text(x + 6, y + _BOX - 7, "　　　　　年　　月　　日", face(SERIF), 10, _INK)
    at = y + (_BOX + 8 if many else 0)
    for note in sheet.notes:
        pen.text(_LEFT, at + 8, note, face(SANS), 8.5, _QUIET)
        at += 12


def _foot(pen: Pen, sheet: Broad, number: int, total: int) -> None:
    small = face(SANS)
    pen.line(_LEFT, HEIGHT - 34, WIDTH - _RIGHT, HEIGHT - 34, "thin", "C9C3B3")
    pen.text(_LEFT, HEIGHT - 22, sheet.foot, small, 8.5, _QUIET)
    words = f"第 {number} 页　共 {total} 页"
    pen.text(WIDTH - _RIGHT - small.width(words) * 8.5, HEIGHT - 22, words, small, 8.5, _QUIET)
