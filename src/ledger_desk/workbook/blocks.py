"""The text of one cell: cut into lines, made smaller where it must be, and put in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ledger_desk.workbook.fonts import Face, face, face_key
from ledger_desk.workbook.grid import GridCell
from ledger_desk.workbook.measures import PADDING
from ledger_desk.workbook.pen import Pen
from ledger_desk.workbook.styles import CellStyle, Font, Styles
from ledger_desk.workbook.wrapping import wrap

# Distance of lines, and where the baseline lies in an em box (hanzi: 0.88 up, 0.12 down).
PITCH, _ASCENT = 1.3, 0.88
_FIRST = (PITCH - 1) / 2 + _ASCENT
# Space above and below the text of a cell, in points.
_EDGE = 1.0
_TIGHT = 1.12
_SMALLEST = 3.0
_STEP = 0.25
_INDENT = 9.0


@dataclass(frozen=True)
class Look:
    """What a cell style means for text; ``sides`` is the width that is not for text, in points."""

    style: CellStyle
    face: Face
    size: float
    wraps: bool
    stacked: bool
    turned: int
    font: Font
    sides: float


class Room(NamedTuple):
    """A cell's place on paper in points from the top left, and how far its text may reach."""

    x: float
    y: float
    width: float
    height: float
    left: float = 0.0
    right: float = 0.0


class Setter:
    """Sets cell texts of one workbook.

    Args:
        styles: Its cell styles.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._looks: dict[int, Look] = {}
        self.missing: set[str] = set()

    def look(self, index: int) -> Look:
        """Text look of a style, made once."""
        found = self._looks.get(index)
        if found is None:
            style = self._styles[index]
            turned = style.rotation if 0 < style.rotation <= 180 else 0
            found = self._looks[index] = Look(
                style=style,
                face=face(face_key(style.font.name, style.font.bold)),
                size=style.font.size,
                wraps=style.wrap
                or style.horizontal in ("justify", "distributed")
                or style.vertical in ("justify", "distributed"),
                stacked=style.rotation == 255,
                turned=turned if turned <= 90 else 90 - turned,
                font=style.font,
                sides=2 * PADDING + style.indent * _INDENT,
            )
        return found

    def needed(self, cell: GridCell, width: float) -> float:
        """Height in points that a cell's text wants at its full size in a column this wide."""
        look = self.look(cell.style)
        if look.stacked:
            return len(cell.text) * look.size * PITCH + 2 * _EDGE
        if look.turned:
            return look.face.width(cell.text) * look.size + 2 * PADDING
        lines = 1
        if look.wraps and not look.style.shrink and cell.side != "r":
            lines = len(wrap(cell.text, look.face, look.size, self._room(look, width)))
        elif "\n" in cell.text:
            lines = cell.text.count("\n") + 1
        return lines * look.size * PITCH + 2 * _EDGE

    def _room(self, look: Look, width: float) -> float:
        return max(width - look.sides, 1.0)

    def fit(self, cell: GridCell, width: float, height: float) -> tuple[list[str], float, float]:
        """Lines, size and line distance at which a text lies wholly inside its cell.

        A text that wraps is made smaller until its lines fit the height; one that does not is
        made smaller until it fits the width, and wraps after all when it would get illegible.
        """
        look = self.look(cell.style)
        room = self._room(look, width)
        down = height - _EDGE
        size = look.size
        if look.stacked:
            letters = [letter for letter in cell.text if letter != "\n"]
            size = max(_SMALLEST / 2, min(size, down / (len(letters) * _TIGHT or 1), width))
            return letters, size, size * _TIGHT
        if not look.wraps or cell.side == "r":
            lines = cell.text.split("\n")
            widest = max(look.face.width(line) for line in lines)
            size = min(size, room / widest if widest else size)
            if len(lines) > 1:
                size = min(size, down / (len(lines) * _TIGHT))
            # A number is never broken into lines, however small it gets.
            if size >= min(_SMALLEST * 1.5, look.size) or cell.side == "r":
                return lines, size, self._pitch(len(lines), size, down)
            size = look.size
        while True:
            lines = wrap(cell.text, look.face, size, room)
            enough = len(lines) * size * _TIGHT <= down + 0.01
            widest = max(look.face.width(line) for line in lines)
            if (enough and widest * size <= room + 0.01) or size <= 1.0:
                return lines, size, self._pitch(len(lines), size, down)
            size = max(1.0, size - (_STEP if size > _SMALLEST else _STEP / 2))

    @staticmethod
    def _pitch(count: int, size: float, height: float) -> float:
        """Line distance: the usual one, or closer where the height asks for it."""
        return max(size * _TIGHT, min(size * PITCH, height / count)) if count else size

    def draw(self, pen: Pen, cell: GridCell, room: Room, scale: float) -> None:
        """Set a cell's text; ``room`` is in sheet points already scaled to paper."""
        look = self.look(cell.style)
        wide = look.face.width(cell.text) * look.size
        if look.face.lacking:
            self.missing |= look.face.missing(cell.text)
        if look.turned:
            self._draw_turned(pen, cell, look, room, scale)
            return
        height, width = room.height / scale, room.width / scale
        low = look.size * _TIGHT <= height - _EDGE and not look.stacked
        if low and wide <= width - look.sides and "\n" not in cell.text:
            # the usual case: one line that fits
            size = look.size * scale
            top = self._top(look, room, size * PITCH, scale)
            place = (room.x, room.width, top + _FIRST * size)
            self._draw_line(pen, look, cell.side, cell.text, place, size, scale, wide * scale)
            return
        free = width + (room.left + room.right) / scale
        overflow = free > width and self._runs_over(look, cell, width, free)
        lines, size, pitch = self.fit(cell, free if overflow else width, height)
        size, pitch = size * scale, pitch * scale
        x, wide = room.x, room.width
        top = self._top(look, room, len(lines) * pitch, scale)
        for line in lines:
            baseline = top + (pitch - size) / 2 + _ASCENT * size
            self._draw_line(pen, look, cell.side, line, (x, wide, baseline), size, scale)
            top += pitch

    @staticmethod
    def _runs_over(look: Look, cell: GridCell, width: float, free: float) -> bool:
        """Whether a text without wrapping reaches into the empty cells beside it."""
        if look.wraps or look.style.shrink or look.stacked or cell.side == "r":
            return False
        widest = max(look.face.width(line) for line in cell.text.split("\n")) * look.size
        return widest > width - 2 * PADDING and free > width

    def draw_piece(
        self,
        pen: Pen,
        cell: GridCell,
        room: Room,
        scale: float,
        earlier: tuple[float, ...],
        whole: float,
    ) -> None:
        """Set the part of a text that falls on this page of a row taller than a page.

        Args:
            pen: The page.
            cell: The cell.
            room: The piece's place on paper.
            scale: Paper points for one sheet point.
            earlier: Heights of the row's pieces on the pages before, in sheet points.
            whole: The row's full height in sheet points.
        """
        look = self.look(cell.style)
        self.missing |= look.face.missing(cell.text)
        lines, size, pitch = self.fit(cell, room.width / scale, whole)

        def count(height: float) -> int:
            # Whole lines only, so that none is cut by the foot of the page.
            return max(1, int((height - _EDGE) // pitch))

        first = sum(count(height) for height in earlier)
        top = room.y + _EDGE / 2 * scale
        for line in lines[first : first + count(room.height / scale)]:
            baseline = top + ((pitch - size) / 2 + _ASCENT * size) * scale
            place = (room.x, room.width, baseline)
            self._draw_line(pen, look, cell.side, line, place, size * scale, scale)
            top += pitch * scale

    def _top(self, look: Look, room: Room, block: float, scale: float) -> float:
        """Top of a block of lines by the cell's vertical alignment."""
        edge = _EDGE * scale
        if block >= room.height - edge:
            return room.y + max(0.0, (room.height - block) / 2)
        if look.style.vertical == "top":
            return room.y + edge
        if look.style.vertical == "bottom":
            return room.y + room.height - block - edge
        return room.y + (room.height - block) / 2

    def _draw_line(
        self,
        pen: Pen,
        look: Look,
        side: str,
        line: str,
        place: tuple[float, float, float],
        size: float,
        scale: float,
        wide: float | None = None,
    ) -> None:
        """Set one line by the cell's horizontal alignment."""
        if not line:
            return
        left, width, baseline = place
        if wide is None:
            wide = look.face.width(line) * size
        indent = look.style.indent * _INDENT * scale
        across = look.style.horizontal
        if look.stacked or across in ("center", "centerContinuous", "distributed"):
            x = left + (width - wide) / 2
        elif across == "right" or (across == "general" and side == "r"):
            x = left + width - wide - PADDING * scale - indent
        elif across == "general" and side == "c":
            x = left + (width - wide) / 2
        else:
            x = left + PADDING * scale + indent
        font = look.font
        pen.text(x, baseline, line, look.face, size, font.colour, font.italic)
        if font.underline:
            pen.rule(x, x + wide, baseline + 0.1 * size, size, font.colour)
            if font.underline.startswith("double"):
                pen.rule(x, x + wide, baseline + 0.18 * size, size, font.colour)
        if font.strike:
            pen.rule(x, x + wide, baseline - 0.35 * size, size, font.colour)

    def _draw_turned(self, pen: Pen, cell: GridCell, look: Look, room: Room, scale: float) -> None:
        """Set a turned text in the middle of its cell, small enough to lie inside."""
        import math

        text = cell.text.replace("\n", " ")
        wide = look.face.width(text) or 1.0
        angle = math.radians(look.turned)
        cos, sin = math.cos(angle), math.sin(angle)
        edge = 2 * PADDING * scale
        limits = [look.size * scale]
        if abs(cos) > 0.01:
            limits.append((room.width - edge) / (wide * abs(cos) + abs(sin)))
        if abs(sin) > 0.01:
            limits.append((room.height - edge) / (wide * abs(sin) + abs(cos)))
        size = max(1.0, min(limits))
        middle = room.x + room.width / 2, room.y + room.height / 2
        rise = (_ASCENT - 0.5) * size
        x = middle[0] - cos * wide * size / 2 + sin * rise
        y = middle[1] + sin * wide * size / 2 + cos * rise
        pen.text(x, y, text, look.face, size, look.font.colour, upright=(cos, sin))
