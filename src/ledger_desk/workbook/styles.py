"""Cell styles of a workbook: fonts, fills, borders, alignment, number formats, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger_desk.workbook.colours import Palette
from ledger_desk.workbook.numbers import BUILT_IN
from ledger_desk.workbook.package import MAIN, Package

SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True)
class Font:
    """A font as the workbook names it; size in points, colour as ``RRGGBB``."""

    name: str = "宋体"
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    underline: str = ""
    strike: bool = False
    colour: str = "000000"


@dataclass(frozen=True)
class Line:
    """A border line: its style name (thin, medium, double, hair …) and colour."""

    style: str
    colour: str = "000000"


@dataclass(frozen=True)
class CellStyle:
    """Everything that a cell's style number stands for.

    Attributes:
        font: Font of the text.
        fill: Background as ``RRGGBB``, None for none.
        left: Border lines, None where there is none; likewise the other sides.
        diagonal: Line of a crossed cell, with ``down`` (top left to bottom right) and ``up``.
        number_format: Number format code.
        horizontal: general, left, center, right, fill, justify, centerContinuous, distributed.
        vertical: top, center, bottom, justify, distributed.
        indent: Steps of about one character.
        rotation: 0–90 up, 91–180 down, 255 letters one below the other.
    """

    font: Font = Font()
    fill: str | None = None
    left: Line | None = None
    right: Line | None = None
    top: Line | None = None
    bottom: Line | None = None
    diagonal: Line | None = None
    down: bool = False
    up: bool = False
    number_format: str = "General"
    horizontal: str = "general"
    vertical: str = "bottom"
    wrap: bool = False
    shrink: bool = False
    indent: int = 0
    rotation: int = 0

    @property
    def bordered(self) -> bool:
        """Whether an empty cell of this style still shows on paper."""
        return bool(self.left or self.right or self.top or self.bottom or self.fill)


@dataclass(frozen=True)
class Styles:
    """All cell styles by number, and the font that column widths are counted in."""

    cells: tuple[CellStyle, ...]
    normal: Font

    def __getitem__(self, index: int) -> CellStyle:
        """Style by its number; a number outside the table is the first style."""
        return self.cells[index] if 0 <= index < len(self.cells) else self.cells[0]


def read_styles(package: Package) -> Styles:
    """Read the style part of a workbook; a workbook without one has a single plain style."""
    links = {link.kind: link.part for link in package.links(package.workbook_part())}
    part = links.get("styles")
    if part is None or part not in package.parts:
        return Styles((CellStyle(),), Font())
    theme = links.get("theme")
    root = package.xml(part)
    palette = Palette.read(
        package.xml(theme) if theme in package.parts else None,
        root.find(f".//{{{MAIN}}}indexedColors"),
    )
    fonts = [_font(item, palette) for item in _children(root, "fonts")] or [Font()]
    fills = [_fill(item, palette) for item in _children(root, "fills")] or [None]
    borders = [_border(item, palette) for item in _children(root, "borders")] or [{}]
    formats = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "General")
        for item in _children(root, "numFmts")
    }
    cells = tuple(
        _style(item, fonts, fills, borders, formats) for item in _children(root, "cellXfs")
    )
    return Styles(cells or (CellStyle(),), _normal(root, fonts))


def _normal(root: Any, fonts: list[Font]) -> Font:
    """Font of the built-in style Normal, by which column widths are counted."""
    base = 0
    for item in _children(root, "cellStyles"):
        if item.get("builtinId") == "0":
            base = int(item.get("xfId", "0"))
    formats = _children(root, "cellStyleXfs")
    place = int(formats[base].get("fontId", "0")) if base < len(formats) else 0
    return fonts[place] if place < len(fonts) else fonts[0]


def _children(root: Any, tag: str) -> list[Any]:
    group = root.find(f"{{{MAIN}}}{tag}")
    return [] if group is None else [item for item in group if isinstance(item.tag, str)]


def _value(item: Any, tag: str, default: str = "") -> str:
    """``val`` of a child; a child without it means yes."""
    child = item.find(f"{{{MAIN}}}{tag}")
    return default if child is None else str(child.get("val", "1"))


def _on(item: Any, tag: str) -> bool:
    return _value(item, tag, "0") not in ("0", "false")


def _font(item: Any, palette: Palette) -> Font:
    name = _value(item, "name") or "宋体"
    underline = item.find(f"{{{MAIN}}}u")
    return Font(
        name=name,
        size=float(_value(item, "sz") or 11),
        bold=_on(item, "b"),
        italic=_on(item, "i"),
        underline="" if underline is None else underline.get("val", "single").replace("none", ""),
        strike=_on(item, "strike"),
        colour=palette.colour(item.find(f"{{{MAIN}}}color")) or "000000",
    )


def _fill(item: Any, palette: Palette) -> str | None:
    """Background of a fill; dotted patterns become an even mixture of their two colours."""
    pattern = item.find(f"{{{MAIN}}}patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return None
    front = palette.colour(pattern.find(f"{{{MAIN}}}fgColor"))
    kind = pattern.get("patternType")
    if kind == "solid":
        return front or "FFFFFF"
    share = {"gray125": 0.125, "gray0625": 0.0625, "lightGray": 0.25, "darkGray": 0.75}.get(
        kind, 0.5
    )
    back = palette.colour(pattern.find(f"{{{MAIN}}}bgColor")) or "FFFFFF"
    return palette.mix(back, front or "000000", share)


def _border(item: Any, palette: Palette) -> dict[str, Any]:
    found: dict[str, Any] = {}
    names = {"start": "left", "end": "right"}
    for side in item:
        if not isinstance(side.tag, str):
            continue
        style = side.get("style", "none")
        if style != "none":
            tag = side.tag.rsplit("}", 1)[-1]
            colour = palette.colour(side.find(f"{{{MAIN}}}color")) or "000000"
            found[names.get(tag, tag)] = Line(style, colour)
    found["down"] = item.get("diagonalDown") in ("1", "true")
    found["up"] = item.get("diagonalUp") in ("1", "true")
    return found


def _style(
    item: Any,
    fonts: list[Font],
    fills: list[str | None],
    borders: list[dict[str, Any]],
    formats: dict[int, str],
) -> CellStyle:
    def pick(key: str, table: list[Any]) -> Any:
        index = int(item.get(key, "0"))
        return table[index] if index < len(table) else table[0]

    number = int(item.get("numFmtId", "0"))
    place = item.find(f"{{{MAIN}}}alignment")
    given = {} if place is None else place.attrib
    border = {key: value for key, value in pick("borderId", borders).items() if value}
    allowed = {*SIDES, "diagonal", "down", "up"}
    return CellStyle(
        font=pick("fontId", fonts),
        fill=pick("fillId", fills),
        **{key: value for key, value in border.items() if key in allowed},
        number_format=formats.get(number) or BUILT_IN.get(number, "General"),
        horizontal=given.get("horizontal", "general"),
        vertical=given.get("vertical", "bottom"),
        wrap=given.get("wrapText") in ("1", "true"),
        shrink=given.get("shrinkToFit") in ("1", "true"),
        indent=int(given.get("indent", "0")),
        rotation=int(given.get("textRotation", "0")),
    )
