"""Writes booklets as one PDF: each is laid out, numbered and drawn before the next is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.booklet.blocks import Booklet
from ledger_desk.workbook.booklet.laying import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    ROOM,
    TOP,
    WIDTH,
    Page,
    Place,
    lay_out,
)
from ledger_desk.workbook.fonts import BLACK, SANS, SERIF, face
from ledger_desk.workbook.pen import Encoder, Pen
from ledger_desk.workbook.wrapping import wrap

_INK, _QUIET, _FAINT = "1C2726", "5C6661", "C9C3B3"
_CONTENTS_LEAD = 24.0
_MOST_ON_ONE = int((HEIGHT - TOP - BOTTOM - 50) // _CONTENTS_LEAD)


@dataclass(frozen=True)
class Written:
    """What was written: booklets, pages, and characters that no bundled font has."""

    booklets: int
    pages: int
    missing: str


def write(
    booklets: Iterable[Booklet],
    out: BinaryIO,
    *,
    title: str,
    count: int = 0,
    plain: bool = False,
    progress: Progress = silent,
) -> Written:
    """Write booklets one after another into one PDF, with a bookmark for each and its chapters.

    Args:
        booklets: May be made as they are asked for.
        out: Where the file goes.
        title: Title of the document.
        count: How many there are, for progress; 0 when not known.
        plain: Without tints, to save ink.
        progress: Told after each; may cancel.
    """
    from reportlab.pdfgen.canvas import Canvas

    face(SERIF)  # registered before the canvas names it, as in `painting`
    first_font: Any = SERIF
    canvas: Any = Canvas(
        out, (WIDTH, HEIGHT), pageCompression=1, invariant=1, initialFontName=first_font
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("Ledger Desk 专班台账")
    encoder = Encoder(canvas._doc)
    done = pages = 0
    missing: set[str] = set()
    for booklet in booklets:
        progress(done, count, f"生成“{booklet.title}”")
        pages += _write_one(canvas, encoder, booklet, done, plain)
        missing |= _missing(booklet)
        done += 1
    if not done:
        raise ValueError("no booklets")  # the caller says it in words
    canvas.save()
    return Written(done, pages, "".join(sorted(missing)))


def _write_one(canvas: Any, encoder: Encoder, booklet: Booklet, number: int, plain: bool) -> int:
    body, places = lay_out(booklet, plain=plain)
    front: list[Page] = []
    if booklet.bound:
        lists = max(1, -(-len(places) // _MOST_ON_ONE))
        first = 1 + lists
        front = [_cover(booklet), *_contents(places, first)]
    total = len(front) + len(body)
    marks: dict[int, list[Place]] = {}
    for place in places:
        marks.setdefault(place.page + len(front), []).append(place)
    for index, page in enumerate([*front, *body]):
        if index == 0:
            _mark(canvas, f"b{number}", booklet.title, 0)
        for place in marks.get(index, ()) if booklet.bound else ():
            _mark(canvas, f"b{number}c{places.index(place)}", place.chapter.title, 1)
        wide, high = (HEIGHT, WIDTH) if booklet.wide else (WIDTH, HEIGHT)
        canvas.setPageSize((wide, high))
        pen = Pen(encoder, high)
        for draw in page.draws:
            draw(pen)
        if not booklet.bound or index:
            _edges(pen, booklet, index + 1, total, (wide, high))
        canvas.addLiteral(pen.operators())
        canvas.showPage()
    return total


def _mark(canvas: Any, key: str, title: str, level: int) -> None:
    """Put a bookmark on the present page; the library keeps one title for each key."""
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(title, key, level, closed=level == 0)


def _edges(pen: Pen, booklet: Booklet, number: int, total: int, paper: tuple[float, float]) -> None:
    """Head and foot of a page: whose file, which page of how many."""
    small = face(SANS)
    width, height = paper
    room = width - LEFT - RIGHT
    head = booklet.head or booklet.title
    pen.text(LEFT, 40, _fitting(head, room * 0.62), small, 9, _QUIET)
    words = f"第 {number} 页　共 {total} 页"
    pen.text(width - RIGHT - small.width(words) * 9, 40, words, small, 9, _QUIET)
    pen.line(LEFT, 46, width - RIGHT, 46, "thin", _FAINT)
    if booklet.foot:
        pen.text(LEFT, height - 32, _fitting(booklet.foot, room), small, 8.5, _QUIET)


def _fitting(text: str, width: float) -> str:
    """A text that fits one line, shortened in its middle where it must be."""
    small = face(SANS)
    while len(text) > 3 and small.width(text) * 9 > width:
        middle = len(text) // 2
        text = text[: middle - 1] + "…" + text[middle + 1 :]
    return text


def _text(page: Page, x: float, y: float, text: str, key: str, size: float, ink: str) -> None:
    page.draws.append(lambda pen: pen.text(x, y, text, face(key), size, ink))


def _line(page: Page, x0: float, x1: float, y: float, style: str, ink: str = _INK) -> None:
    page.draws.append(lambda pen: pen.line(x0, y, x1, y, style, ink))


def _centred(page: Page, y: float, text: str, size: float) -> None:
    x = (WIDTH - face(BLACK).width(text) * size) / 2
    _text(page, x, y, text, BLACK, size, _INK)


def _cover(booklet: Booklet) -> Page:
    page, serif = Page(), face(SERIF)
    _centred(page, 210, booklet.kind, 30)
    _line(page, LEFT, WIDTH - RIGHT, 236, "thick")
    _line(page, LEFT, WIDTH - RIGHT, 240, "thin")
    y = 290.0
    for line in wrap(booklet.title, face(BLACK), 20, ROOM):
        _centred(page, y, line, 20)
        y += 30
    y = max(y + 40, 420.0)
    for words, value in booklet.cover:
        _text(page, 170 - serif.width(words) * 12, y, words, SERIF, 12, _QUIET)
        for line in wrap(value or " ", serif, 12, WIDTH - RIGHT - 216):
            _text(page, 186, y, line, SERIF, 12, _INK)
            _line(page, 182, WIDTH - RIGHT - 30, y + 5, "thin", _FAINT)
            y += 24
        y += 4
    return page


def _contents(places: list[Place], first: int) -> list[Page]:
    """The contents: chapter, dots, page; ``first`` is the number of pages before the body."""
    serif = face(SERIF)
    pages: list[Page] = []
    for start in range(0, max(1, len(places)), _MOST_ON_ONE):
        page = Page()
        _centred(page, TOP + 24, "目　录", 18)
        y = TOP + 64
        for place in places[start : start + _MOST_ON_ONE]:
            words = place.chapter.headed
            at = str(first + place.page + 1)
            right = WIDTH - RIGHT - serif.width(at) * 12
            _text(page, LEFT, y, words, SERIF, 12, _INK)
            _line(page, LEFT + serif.width(words) * 12 + 8, right - 6, y, "dotted", _QUIET)
            _text(page, right, y, at, SERIF, 12, _INK)
            y += _CONTENTS_LEAD
        pages.append(page)
    return pages


def _missing(booklet: Booklet) -> set[str]:
    serif = face(SERIF)
    texts = [booklet.title, *(text for _, text in booklet.cover)]
    for chapter in booklet.chapters:
        for block in chapter.blocks:
            for name in ("pairs", "rows"):
                for row in getattr(block, name, ()):
                    texts += row
            texts += [cell.value for cell in getattr(block, "cells", ())]
    return serif.missing("".join(texts))
