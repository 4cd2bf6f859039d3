"""Drawing operators of one PDF page: texts, backgrounds and lines, written out in bulk.

Texts go through the font's own subset tables, but each distinct text only once; that is what
makes a long list cheaper than drawing string by string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ledger_desk.workbook.fonts import Face, face

# Line styles of a spreadsheet: weight for conflicts, width in points, dashes in points.
LINES: dict[str, tuple[int, float, tuple[float, ...]]] = {
    "hair": (1, 0.25, (0.75, 0.75)),
    "dotted": (2, 0.5, (1.0, 1.0)),
    "dashDotDot": (3, 0.5, (6.0, 2.0, 2.0, 2.0, 2.0, 2.0)),
    "dashDot": (4, 0.5, (6.0, 2.0, 2.0, 2.0)),
    "dashed": (5, 0.5, (3.0, 2.0)),
    "thin": (6, 0.6, ()),
    "mediumDashDotDot": (7, 1.2, (6.0, 2.0, 2.0, 2.0, 2.0, 2.0)),
    "slantDashDot": (8, 1.2, (6.0, 2.0, 2.0, 2.0)),
    "mediumDashDot": (9, 1.2, (6.0, 2.0, 2.0, 2.0)),
    "mediumDashed": (10, 1.2, (6.0, 2.0)),
    "medium": (11, 1.2, ()),
    "double": (12, 0.5, ()),
    "thick": (13, 2.0, ()),
}
_SLANT = 0.21


def colour_code(colour: str) -> str:
    """``RRGGBB`` as three numbers of a PDF colour operator."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (0, 2, 4))


@dataclass
class Encoder:
    """Texts as operators of one document; each distinct text is encoded once."""

    document: Any
    _known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def encode(self, setting: Face, text: str) -> tuple[tuple[str, str], ...]:
        """(font resource, hex string) pairs of a text, other faces stepping in where needed."""
        key = (setting.key, text)
        found = self._known.get(key)
        if found is None:
            parts = []
            for name, run in setting.runs(text):
                font = face(name).font
                for subset, data in font.splitString(run, self.document):
                    resource = font.getSubsetInternalName(subset, self.document)
                    parts.append((resource, data.hex()))
            found = self._known[key] = tuple(parts)
        return found


class Pen:
    """Collects the operators of one page; y counts from the top of the paper, in points."""

    def __init__(self, encoder: Encoder, height: float) -> None:
        self._encoder = encoder
        self._height = height
        self._fills: list[str] = []
        self._texts: list[str] = []
        self._lines: dict[tuple[str, str], list[str]] = {}
        self._font: tuple[str, float] | None = None
        self._colour = "000000"

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Colour a rectangle."""
        bottom = self._height - y - height
        self._fills.append(
            f"{colour_code(colour)} rg {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f"
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        setting: Face,
        size: float,
        colour: str = "000000",
        italic: bool = False,
        upright: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        """Set one line of text with its baseline at ``y``; ``upright`` is (cos, sin) of its turn."""
        out = self._texts
        if colour != self._colour:
            out.append(f"{colour_code(colour)} rg")
            self._colour = colour
        cos, sin = upright
        if sin or italic:
            slant = _SLANT if italic else 0.0
            matrix = f"{cos:.5f} {sin:.5f} {slant * cos - sin:.5f} {cos + slant * sin:.5f}"
            out.append(f"{matrix} {x:.2f} {self._height - y:.2f} Tm")
        else:
            out.append(f"1 0 0 1 {x:.2f} {self._height - y:.2f} Tm")
        for resource, code in self._encoder.encode(setting, text):
            if self._font != (resource, size):
                self._font = (resource, size)
                out.append(f"{resource} {size:.3f} Tf")
            out.append(f"<{code}> Tj")

    def line(self, x0: float, y0: float, x1: float, y1: float, style: str, colour: str) -> None:
        """Draw a border line; a double one as two thin lines."""
        if style == "double":
            flat = abs(y1 - y0) < abs(x1 - x0)
            dx, dy = (0.0, 0.8) if flat else (0.8, 0.0)
            self._segment(x0 - dx, y0 - dy, x1 - dx, y1 - dy, style, colour)
            self._segment(x0 + dx, y0 + dy, x1 + dx, y1 + dy, style, colour)
        else:
            self._segment(x0, y0, x1, y1, style, colour)

    def _segment(self, x0: float, y0: float, x1: float, y1: float, style: str, colour: str) -> None:
        top = self._height
        self._lines.setdefault((style, colour), []).append(
            f"{x0:.2f} {top - y0:.2f} m {x1:.2f} {top - y1:.2f} l"
        )

    def rule(self, x0: float, x1: float, y: float, size: float, colour: str) -> None:
        """Draw an underline or a strike-through, as thick as suits the size of the text."""
        thick = max(0.3, size * 0.05)
        self.fill_over(x0, y, x1 - x0, thick, colour)

    def fill_over(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Colour a rectangle above the texts."""
        self._lines.setdefault(("rule", colour), []).append(
            f"{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re"
        )

    def operators(self) -> str:
        """All operators of the page: backgrounds, then texts, then lines."""
        out = ["q", *self._fills, "Q"] if self._fills else []
        if self._texts:
            out += ["q BT 0 0 0 rg", *self._texts, "ET Q"]
        for (style, colour), segments in sorted(self._lines.items()):
            if style == "rule":
                out += [f"q {colour_code(colour)} rg", *segments, "f Q"]
                continue
            _, width, dashes = LINES.get(style, LINES["thin"])
            cap = 0 if dashes else 2  # corners of solid lines close
            dash = " ".join(f"{dash:g}" for dash in dashes)
            out += [
                f"q {colour_code(colour)} RG {width:g} w {cap} J [{dash}] 0 d",
                *segments,
                "S Q",
            ]
        return "\n".join(out)
