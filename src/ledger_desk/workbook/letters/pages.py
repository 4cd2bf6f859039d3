"""A letter as PDF: the same text, set on the same margins with the bundled fonts."""

from __future__ import annotations

import io
from typing import Any

from ledger_desk.workbook.fonts import BLACK, BOLD, SERIF, Face, face
from ledger_desk.workbook.letters.blocks import (
    BOTTOM,
    LEAD,
    LEFT,
    NUMBER,
    PAPER,
    RIGHT,
    TABLE,
    TABLE_LEAD,
    TEXT,
    TITLE,
    TITLE_LEAD,
    TOP,
    Grid,
    Letter,
    Line,
)
from ledger_desk.workbook.pen import Encoder, Pen
from ledger_desk.workbook.wrapping import wrap

_MM = 72 / 25.4
_WIDTH, _HEIGHT = PAPER[0] * _MM, PAPER[1] * _MM
_X0, _X1 = LEFT * _MM, (PAPER[0] - RIGHT) * _MM
_Y0, _Y1 = TOP * _MM, (PAPER[1] - BOTTOM) * _MM
_ROOM = _X1 - _X0
_PAD = 4.0
_FACES = {"body": SERIF, "address": SERIF, "right": SERIF, "chapter": BOLD, "section": BLACK}
_INDENT = "　　"


def draw_pages(letter: Letter) -> bytes:
    """Give the bytes of the PDF."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    face(SERIF)  # registered before the canvas names it, as in `painting`
    first_font: Any = SERIF
    canvas: Any = Canvas(
        out, (_WIDTH, _HEIGHT), pageCompression=1, invariant=1, initialFontName=first_font
    )
    canvas.setTitle(letter.title.replace("\n", ""))
    canvas.setAuthor(letter.office)
    canvas.setCreator("Ledger Desk 专班台账")
    paper = _Paper(Encoder(canvas._doc))
    _title(paper, letter.title)
    for block in letter.blocks:
        if isinstance(block, Line):
            _line(paper, block)
        else:
            _grid(paper, block)
    for number, pen in enumerate(paper.pages, start=1):
        words, small = f"— {number} —", face(SERIF)
        x = (_WIDTH - small.width(words) * NUMBER) / 2
        pen.text(x, _Y1 + 7 * _MM + NUMBER, words, small, NUMBER)
        canvas.addLiteral(pen.operators())
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Paper:
    """Pages that are written from top to bottom."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.pages: list[Pen] = []
        self.y = 0.0
        self.turn()

    @property
    def pen(self) -> Pen:
        return self.pages[-1]

    def turn(self) -> None:
        self.pages.append(Pen(self._encoder, _HEIGHT))
        self.y = _Y0

    def need(self, height: float) -> bool:
        """Turn the page where the height does not fit; tells whether it did."""
        if self.y + height <= _Y1:
            return False
        self.turn()
        return True


def _title(paper: _Paper, title: str) -> None:
    setting = face(BLACK)
    for text in wrap(title, setting, TITLE, _ROOM):
        paper.y += TITLE_LEAD
        x = _X0 + (_ROOM - setting.width(text) * TITLE) / 2
        paper.pen.text(x, paper.y - 6, text, setting, TITLE)
    paper.y += LEAD


def _line(paper: _Paper, block: Line) -> None:
    setting = face(_FACES[block.kind])
    right = block.kind == "right"
    indent = "" if block.kind in ("right", "address") else _INDENT
    texts = wrap(f"{indent}{block.text}", setting, TEXT, _ROOM)
    if block.kind in ("chapter", "section"):
        paper.need(2 * LEAD)  # a heading never stands alone at the foot
    for text in texts:
        paper.need(LEAD)
        paper.y += LEAD
        wide = setting.width(text) * TEXT
        x = _X1 - 2 * TEXT - wide if right else _X0
        paper.pen.text(max(x, _X0), paper.y - 8, text, setting, TEXT)


def _grid(paper: _Paper, block: Grid) -> None:
    widths = [_ROOM * share for share in block.weights]
    head, body = face(BOLD), face(SERIF)
    titles = _cells(block.columns, widths, head)
    paper.need(_high(titles) + TABLE_LEAD + 2 * _PAD)
    _row(paper, titles, widths, head, "centre")
    for texts in block.lines:
        cells = _cells(texts, widths, body)
        if paper.need(_high(cells)):
            _row(paper, titles, widths, head, "centre")
        _row(paper, cells, widths, body, "right")
    paper.y += TABLE_LEAD


def _cells(texts: tuple[str, ...], widths: list[float], setting: Face) -> list[list[str]]:
    return [
        wrap(text, setting, TABLE, width - 2 * _PAD)
        for text, width in zip(texts, widths, strict=True)
    ]


def _high(cells: list[list[str]]) -> float:
    return max(len(lines) for lines in cells) * TABLE_LEAD + _PAD


def _row(
    paper: _Paper, cells: list[list[str]], widths: list[float], setting: Face, side: str
) -> None:
    high, x, top = _high(cells), _X0, paper.y
    for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
        y = top + (high - len(lines) * TABLE_LEAD) / 2
        for text in lines:
            y += TABLE_LEAD
            spare = width - 2 * _PAD - setting.width(text) * TABLE
            shift = spare / 2 if side == "centre" else spare if place else 0.0
            paper.pen.text(x + _PAD + shift, y - 4.5, text, setting, TABLE)
        for one, other in (((x, top), (x + width, top)), ((x, top + high), (x + width, top + high)),
                           ((x, top), (x, top + high)), ((x + width, top), (x + width, top + high))):  # fmt: skip
            paper.pen.line(*one, *other, "thin", "000000")
        x += width
    paper.y += high
