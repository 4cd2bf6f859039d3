"""The four bundled font files, and the uses of type named in look.md §2."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"

STYLES: dict[str, tuple[str, int, int]] = {
    "title": (SERIF, 22, 900),
    "heading": (SERIF, 16, 900),
    "clause": (SERIF, 14, 400),
    "serif_bold": (SERIF, 14, 900),
    "seal": (SERIF, 15, 900),
    "brand": (SERIF, 17, 900),
    "card": (SANS, 16, 700),
    "nav": (SANS, 15, 400),
    "nav_bold": (SANS, 15, 700),
    "body": (SANS, 14, 400),
    "bold": (SANS, 14, 700),
    "figure": (SANS, 20, 700),
}
"""Name of a use: family, size in pixels at 100 %, weight."""


def load_fonts(folder: Path) -> list[str]:
    """Register every ``.ttf`` of the folder with Qt; families found, sorted.

    Loading costs about 10 ms a file (dependencies.md §2), so it is done once, by the theme.
    """
    families: set[str] = set()
    for path in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return sorted(families)


def make_font(use: str, factor: float) -> QFont:
    """Font for one use at a text-size factor, without hinting so that widths do not jump."""
    family, size, weight = STYLES[use]
    font = QFont(family)
    font.setPixelSize(round(size * factor))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font
