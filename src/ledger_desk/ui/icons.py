"""Outline icons: SVG from the resources folder, recoloured and drawn at the exact device size."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from ledger_desk import paths
from ledger_desk.ui import theme

_STROKE = re.compile(r'stroke-width="[^"]*"')


@functools.lru_cache(maxsize=256)
def read_svg(name: str, folder: Path | None = None) -> str:
    """Text of an icon, with the stroke of look.md §2; empty where the file does not exist.

    Every icon stands beside a word, so a missing file costs a picture and not the program.
    """
    path = (folder or paths.resources() / "icons") / f"{name}.svg"
    if not path.is_file():
        return ""
    return _STROKE.sub('stroke-width="1.75"', path.read_text("utf-8"))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon as pixels.

    Args:
        name: File name without ``.svg``.
        colour: ``#RRGGBB`` that takes the place of ``currentColor``.
        size: Edge in Qt's pixels, text-size factor already in it.
        ratio: Device pixels for each of Qt's pixels.

    Returns:
        A transparent pixmap with the icon, kept in Qt's pixmap cache.
    """
    edge = max(round(size * ratio), 1)
    key = f"ledger-desk-icon:{name}:{colour}:{edge}:{ratio:.3f}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    made = QPixmap(edge, edge)
    made.fill(Qt.GlobalColor.transparent)
    svg = read_svg(name)
    if svg:
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
        renderer.render(painter, QRectF(0, 0, edge, edge))
        painter.end()
    made.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, made)
    return made


def icon(name: str, colour: str = "ink2", size: int = 18, ratio: float = 1.0) -> QIcon:
    """Icon for a button or a menu; ``colour`` is the name of a token, ``size`` is at 100 %."""
    look = theme.look()
    edge = look.px(size)
    made = QIcon()
    shades = ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, "off"))
    for mode, token in shades:
        shade = getattr(look.tokens, token, None) or token
        for each in {1.0, ratio}:
            made.addPixmap(pixmap(name, shade, edge, each), mode)
    return made


def icon_size(size: int = 18) -> QSize:
    """Size of an icon at the present text size."""
    edge = theme.look().px(size)
    return QSize(edge, edge)
