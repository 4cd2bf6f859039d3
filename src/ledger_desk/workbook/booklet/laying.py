"""Lays a booklet out: blocks become drawn lines on pages of A4; nothing is cut, tables run on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ledger_desk.workbook.booklet.blocks import (
    Block,
    Booklet,
    Chapter,
    Facts,
    FormRow,
    Table,
    Words,
)
from ledger_desk.workbook.fonts import BLACK, BOLD, SANS, SERIF, Face, face
from ledger_desk.workbook.pen import Pen
from ledger_desk.workbook.squares import runs, squares
from ledger_desk.workbook.wrapping import wrap

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 62.0, 48.0, 62.0, 56.0  # more at the left: the file is bound there
ROOM = WIDTH - LEFT - RIGHT
_INK, _QUIET, _GREY = "1C2726", "5C6661", "F1EFE8"
_SIZE, _LEAD = 10.0, 14.5
_PAD = 4.0
_LABEL = 92.0  # width of a label beside its value
_MARK = 58.0  # edge of a QR code: read from an arm's length
Draw = Callable[[Pen], None]


@dataclass
class Page:
    """One page: what to draw, in order."""

    draws: list[Draw] = field(default_factory=list)


@dataclass
class Place:
    """Where a chapter begins: its index among the pages, counted from 0."""

    chapter: Chapter
    page: int


@dataclass
class Sheets:
    """Pages being filled from the top; `need` goes on to the next one where room is short."""

    pages: list[Page] = field(default_factory=list)
    y: float = HEIGHT
    plain: bool = False
    wide: bool = False

    @property
    def width(self) -> float:
        """Width of the paper."""
        return HEIGHT if self.wide else WIDTH

    @property
    def height(self) -> float:
        """Height of the paper."""
        return WIDTH if self.wide else HEIGHT

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - LEFT - RIGHT

    def need(self, height: float) -> bool:
        """Make room; whether a new page was begun."""
        if self.pages and self.y + height <= self.height - BOTTOM:
            return False
        self.pages.append(Page())
        self.y = TOP
        return True

    def draw(self, what: Draw) -> None:
        """Put something on the present page."""
        self.pages[-1].draws.append(what)

    def text(
        self, x: float, y: float, text: str, setting: Face, size: float, ink: str = _INK
    ) -> None:
        """Set a line of text with its baseline at ``y``."""
        if text:
            self.draw(lambda pen: pen.text(x, y, text, setting, size, ink))

    def rule(self, x0: float, y0: float, x1: float, y1: float, style: str = "thin") -> None:
        """Draw a line."""
        self.draw(lambda pen: pen.line(x0, y0, x1, y1, style, _INK))

    def fill(self, x: float, y: float, width: float, height: float) -> None:
        """Colour a rectangle."""
        if not self.plain:
            self.draw(lambda pen: pen.fill(x, y, width, height, _GREY))


def lay_out(booklet: Booklet, *, plain: bool = False) -> tuple[list[Page], list[Place]]:
    """Lay the chapters out, without cover and contents; ``plain`` without tints."""
    sheets, places = Sheets(plain=plain, wide=booklet.wide), []
    if not booklet.bound:
        sheets.need(sheets.height)
        _heading(sheets, booklet)
    for chapter in booklet.chapters:
        # A heading never stands alone at the foot of a page.
        sheets.need(34 + _first_height(chapter))
        places.append(Place(chapter, len(sheets.pages) - 1))
        if chapter.title:
            sheets.text(LEFT, sheets.y + 15, chapter.headed, face(BLACK), 13)
            _double(sheets, sheets.y + 22)
            sheets.y += 32
        for block, after in zip(chapter.blocks, (*chapter.blocks[1:], None), strict=True):
            _block(sheets, block)
            sheets.y += _gap(block, after)
    return sheets.pages, places


def _gap(block: Block, after: Block | None) -> float:
    """White below a block: rows of one form touch, and its headings stand close to them."""
    if isinstance(after, FormRow):
        return 0.0 if isinstance(block, FormRow) else 2.0
    return 3.0 if isinstance(block, FormRow) else 10.0


def _heading(sheets: Sheets, booklet: Booklet) -> None:
    wide = face(BLACK).width(booklet.kind) * 18
    sheets.text(LEFT + (sheets.room - wide) / 2, sheets.y + 18, booklet.kind, face(BLACK), 18)
    if booklet.mark:
        _mark(sheets, booklet.mark)
    if booklet.under:
        wide = face(SERIF).width(booklet.under) * 9
        x = LEFT if booklet.mark else LEFT + (sheets.room - wide) / 2
        sheets.text(x, sheets.y + 36, booklet.under, face(SERIF), 9, _QUIET)
        sheets.y += 12
    sheets.y += 34


def _mark(sheets: Sheets, text: str) -> None:
    """A QR code at the right of the heading, reaching up into the head of the page."""
    rows = squares(text)
    edge = _MARK / len(rows)
    x, y = sheets.width - RIGHT - _MARK, sheets.y + 56 - _MARK
    dark = runs(rows)

    def draw(pen: Pen) -> None:
        for row, first, many in dark:
            pen.fill(x + first * edge, y + row * edge, many * edge, edge, "000000")

    sheets.draw(draw)


def _double(sheets: Sheets, y: float) -> None:
    """文武线: a thick rule over a thin one."""
    sheets.rule(LEFT, y, sheets.width - RIGHT, y, "medium")
    sheets.rule(LEFT, y + 2.4, sheets.width - RIGHT, y + 2.4)


def _first_height(chapter: Chapter) -> float:
    first = chapter.blocks[0] if chapter.blocks else None
    if isinstance(first, Table):
        return 3 * (_LEAD + 2 * _PAD)
    return 2 * (_LEAD + 2 * _PAD)


def _block(sheets: Sheets, block: Block) -> None:
    if isinstance(block, Words):
        _words(sheets, block)
    elif isinstance(block, FormRow):
        _form_row(sheets, block)
    else:
        if block.title:
            sheets.need(4 * _LEAD)
            sheets.text(LEFT, sheets.y + 11, block.title, face(BOLD), 10.5)
            sheets.y += 18
        if isinstance(block, Facts):
            _facts(sheets, block)
        else:
            _table(sheets, block)


def _words(sheets: Sheets, block: Words) -> None:
    size, ink = (9.0, _QUIET) if block.quiet else (_SIZE, _INK)
    for line in wrap(block.text, face(SERIF), size, sheets.room):
        sheets.need(_LEAD)
        sheets.text(LEFT, sheets.y + 11, line, face(SERIF), size, ink)
        sheets.y += _LEAD


@dataclass(frozen=True)
class _Box:
    """A ruled cell: lines of text, its place across, its look."""

    x: float
    width: float
    lines: Sequence[str]
    setting: Face
    right: bool = False
    grey: bool = False
    centre: bool = False


def _boxes(sheets: Sheets, boxes: Sequence[_Box], height: float, start: int = 0) -> None:
    """Draw one ruled row; ``start`` is the first line of each box shown."""
    y = sheets.y
    for box in boxes:
        if box.grey:
            sheets.fill(box.x, y, box.width, height)
    for box in boxes:
        for n, line in enumerate(
            box.lines[start : start + int((height - _PAD) / _LEAD + 0.01) or None]
        ):
            x = box.x + _PAD
            if box.right or box.centre:
                spare = box.width - box.setting.width(line) * _SIZE - 2 * _PAD
                x += spare if box.right else spare / 2
            sheets.text(x, y + _PAD + 10.5 + n * _LEAD, line, box.setting, _SIZE)
        sheets.rule(box.x, y, box.x, y + height)
    last = boxes[-1]
    sheets.rule(last.x + last.width, y, last.x + last.width, y + height)
    sheets.rule(boxes[0].x, y, last.x + last.width, y)
    sheets.rule(boxes[0].x, y + height, last.x + last.width, y + height)
    sheets.y += height


def _row(sheets: Sheets, boxes: Sequence[_Box], again: Callable[[], None] | None = None) -> None:
    """Draw a row of boxes; one higher than the page runs on over several."""
    most = max(len(box.lines) for box in boxes)
    page_lines = int((sheets.height - TOP - BOTTOM - 3 * (_LEAD + 2 * _PAD)) // _LEAD)
    start = 0
    while True:
        some = min(most - start, page_lines) or 1
        height = some * _LEAD + 2 * _PAD
        if sheets.need(height) and again is not None:
            again()
        _boxes(sheets, boxes, height, start)
        start += some
        if start >= most:
            return


def _height(boxes: Sequence[_Box]) -> float:
    return max(len(box.lines) for box in boxes) * _LEAD + 2 * _PAD


def _facts(sheets: Sheets, block: Facts) -> None:
    half = sheets.room / 2
    label, value = face(SANS), face(SERIF)
    waiting: list[_Box] = []

    def pair(x: float, width: float, words: str, text: str) -> list[_Box]:
        return [
            _Box(x, _LABEL, wrap(words, label, _SIZE, _LABEL - 2 * _PAD), label, grey=True),
            _Box(x + _LABEL, width - _LABEL,
                 wrap(text, value, _SIZE, width - _LABEL - 2 * _PAD), value),
        ]  # fmt: skip

    def flush() -> None:
        if waiting:
            rest = [_Box(LEFT + half, half, [""], value)] if len(waiting) == 2 else []
            _row(sheets, [*waiting, *rest])
            waiting.clear()

    for words, text in block.pairs:
        narrow = pair(LEFT, half, words, text)
        if len(narrow[1].lines) > 2:
            flush()
            _row(sheets, pair(LEFT, sheets.room, words, text))
            continue
        waiting += pair(LEFT + half, half, words, text) if waiting else narrow
        if len(waiting) == 4:
            flush()
    flush()


def _table(sheets: Sheets, block: Table) -> None:
    whole = sum(column.weight for column in block.columns) or 1.0
    widths = [sheets.room * column.weight / whole for column in block.columns]
    lefts = [LEFT + sum(widths[:n]) for n in range(len(widths))]
    body, head = face(SERIF), face(BOLD)

    def boxes(texts: Sequence[str], setting: Face, *, heading: bool = False) -> list[_Box]:
        return [
            _Box(x, width, wrap(text, setting, _SIZE, width - 2 * _PAD), setting,
                 right=column.numeric and not heading, grey=heading, centre=heading)
            for x, width, text, column in zip(lefts, widths, texts, block.columns, strict=True)
        ]  # fmt: skip

    titles = boxes([column.title for column in block.columns], head, heading=True)
    height = _height(titles)

    def draw_head() -> None:
        _boxes(sheets, titles, height)

    sheets.need(height + _LEAD + 2 * _PAD)
    draw_head()
    rows = [boxes(row, body) for row in (*block.rows, *[[""] * len(widths)] * block.blank)]
    total = boxes(block.total, head) if block.total else None
    for row in rows[:-1]:
        _row(sheets, row, draw_head)
    if rows and total and sheets.need(_height(rows[-1]) + _height(total)):
        draw_head()  # 合计 never stands alone on a page
    if rows:
        _row(sheets, rows[-1], draw_head)
    if total:
        _row(sheets, total, draw_head)


def _form_row(sheets: Sheets, block: FormRow) -> None:
    whole = sum(cell.weight for cell in block.cells)
    x, boxes = LEFT, []
    for cell in block.cells:
        width = sheets.room * cell.weight / whole
        own = min(_LABEL, face(SANS).width(cell.label) * _SIZE + 2 * _PAD) if cell.label else 0.0
        if own:
            lines = wrap(cell.label, face(SANS), _SIZE, own - 2 * _PAD)
            boxes.append(_Box(x, own, lines, face(SANS), grey=True))
        lines = wrap(cell.value, face(SERIF), _SIZE, width - own - 2 * _PAD)
        boxes.append(_Box(x + own, width - own, lines, face(SERIF)))
        x += width
    lines_high = max(block.lines, *(len(box.lines) for box in boxes))
    height = lines_high * _LEAD + 1.7 * _PAD
    sheets.need(height)
    _boxes(sheets, boxes, height)
