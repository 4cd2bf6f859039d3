"""Colours of a workbook: plain, indexed, or of the theme with a tint (ECMA-376 part 1, 18.8.3)."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Any

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _each(text: str) -> tuple[str, ...]:
    """Colours written one behind the other, six digits each."""
    return tuple(text[place : place + 6] for place in range(0, len(text), 6))


_BASIC = "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF"
# The indexed colours 0 to 63.
_INDEXED = _each(
    _BASIC
    + _BASIC
    + "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF"
    + "660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    + "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00"
    + "FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
)
_OFFICE = _each("FFFFFF000000EEECE11F497D4F81BDC0504D9BBB598064A24BACC6F796460000FF800080")
# The theme lists dark before light; cells count light before dark.
_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")


@dataclass(frozen=True)
class Palette:
    """The workbook's own theme and indexed colours."""

    theme: tuple[str, ...]
    indexed: tuple[str, ...]

    @classmethod
    def read(cls, theme: Any, indexed: Any) -> Palette:
        """Take the colours from the theme part and the style part, where there are any."""
        colours = list(_OFFICE)
        scheme: Any = None if theme is None else theme.find(f".//{{{_DRAWING}}}clrScheme")
        for place, name in enumerate(_ORDER if scheme is not None else ()):
            item = scheme.find(f"{{{_DRAWING}}}{name}")
            if item is not None and len(item):
                value = item[0].get("lastClr") or item[0].get("val", "")
                if len(value) == 6:
                    colours[place] = value.upper()
        table = list(_INDEXED)
        for place, item in enumerate(() if indexed is None else indexed):
            if place < len(table):
                table[place] = item.get("rgb", table[place])[-6:].upper()
        return cls(tuple(colours), tuple(table))

    def colour(self, item: Any) -> str | None:
        """``RRGGBB`` of a colour element; None for automatic or none."""
        if item is None or item.get("auto") in ("1", "true"):
            return None
        value: str | None = None
        if item.get("rgb"):
            value = item.get("rgb")[-6:].upper()
        elif item.get("theme"):
            place = int(item.get("theme"))
            value = self.theme[place] if place < len(self.theme) else None
        elif item.get("indexed"):
            place = int(item.get("indexed"))
            value = self.indexed[place] if place < len(self.indexed) else None
        tint = float(item.get("tint", "0"))
        return _tint(value, tint) if value and tint else value

    @staticmethod
    def mix(back: str, front: str, share: float) -> str:
        """The colour that a dotted pattern looks like from afar."""
        return "".join(
            f"{round(int(back[i : i + 2], 16) * (1 - share) + int(front[i : i + 2], 16) * share):02X}"
            for i in (0, 2, 4)
        )


def _tint(value: str, tint: float) -> str:
    """Lighten (tint > 0) or darken a colour by its luminance."""
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), full)
    return "".join(f"{round(part * 255):02X}" for part in parts)
