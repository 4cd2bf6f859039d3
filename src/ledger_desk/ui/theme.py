"""The one theme of the program: tokens, text size, palette, style sheet, fonts, translation.

Widgets ask `look` for sizes and colours and `follow` the theme when they keep either.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ledger_desk import paths
from ledger_desk.ui import fonts, sheet
from ledger_desk.ui.tokens import CONTRAST, LIGHT, Tokens, limit_factor


@dataclass(frozen=True)
class Look:
    """Tokens at one text size; made anew on each change, never altered."""

    tokens: Tokens
    factor: float
    _colours: dict[str, QColor] = field(default_factory=dict, repr=False, compare=False)
    _fonts: dict[str, QFont] = field(default_factory=dict, repr=False, compare=False)

    def px(self, size: float) -> int:
        """Pixels for a size given at 100 %, rounded; at least 1 for anything above 0."""
        return max(round(size * self.factor), 1) if size > 0 else round(size * self.factor)

    def colour(self, name: str) -> QColor:
        """Colour of a token by its name."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(getattr(self.tokens, name))
        return found

    def font(self, use: str) -> QFont:
        """Font of a use named in `fonts.STYLES`."""
        found = self._fonts.get(use)
        if found is None:
            found = self._fonts[use] = fonts.make_font(use, self.factor)
        return found


class Theme(QObject):
    """Owned by the application; the only place that sets palette, font and style sheet."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Attach to the application without showing anything yet."""
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._dressed = False
        self.look = Look(LIGHT, 1.0)

    def set(self, *, factor: float | None = None, contrast: bool | None = None) -> None:
        """Change text size (1.0–2.0, limited by the screen) or contrast; everything follows at once."""
        wanted = self.look.factor if factor is None else factor
        screen = self._app.primaryScreen()
        if screen is not None and factor is not None:
            # The offscreen platform of tests reports 800 × 800, which is nobody's screen.
            room = screen.availableSize()
            if QGuiApplication.platformName() != "offscreen":
                wanted = limit_factor(wanted, room.width(), room.height())
        wanted = max(1.0, min(wanted, 2.0))
        high = self.look.tokens.contrast if contrast is None else contrast
        if self._dressed and (wanted, high) == (self.look.factor, self.look.tokens.contrast):
            return  # dressing every widget anew takes seconds
        self._dressed = True
        self.look = Look(CONTRAST if high else LIGHT, wanted)
        self._app.setFont(self.look.font("body"))
        self._app.setPalette(make_palette(self.look))
        self._app.setStyleSheet(sheet.build(self.look))
        self.changed.emit()


def before_application() -> None:
    """Set what Qt reads only once: scaling policy, and Chinese input on Linux."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    if sys.platform.startswith("linux"):
        os.environ.update(input_method_variables(dict(os.environ), _portal_owned))


def input_method_variables(
    environ: dict[str, str], portal_owned: Callable[[], bool]
) -> dict[str, str]:
    """Variables that let fcitx type into PySide6, which ships the ibus plug-in only.

    With fcitx5's ibus portal, ``QT_IM_MODULE=ibus`` alone types Latin letters; with
    ``IBUS_USE_PORTAL=1`` the candidate window comes (dependencies.md §2, run there).
    """
    if environ.get("QT_IM_MODULE", "") in ("", "fcitx", "fcitx5") and portal_owned():
        return {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    return {}


def _portal_owned() -> bool:
    """Whether somebody on the session bus answers for the ibus portal."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    from PySide6.QtDBus import QDBusConnection  # late: only Linux desktops need it

    bus = QDBusConnection.sessionBus().interface()
    if bus is None:
        return False
    return bool(bus.isServiceRegistered("org.freedesktop.portal.IBus").value())


def install(
    app: QApplication,
    *,
    factor: float = 1.0,
    contrast: bool = False,
    resources: Path | None = None,
) -> Theme:
    """Dress the application: Fusion, fonts, Qt's own Chinese words, palette and sheet."""
    existing = app.findChild(Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly)
    if existing is not None:
        existing.set(factor=factor, contrast=contrast)
        return existing
    app.setStyle("Fusion")
    fonts.load_fonts((resources or paths.resources()) / "fonts")
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    theme = Theme(app)
    theme.set(factor=factor, contrast=contrast)
    return theme


def current() -> Theme:
    """The application's theme.

    Raises:
        RuntimeError: `install` was not called.
    """
    app = QApplication.instance()
    found = (
        app.findChild(Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly) if app else None
    )
    if found is None:
        raise RuntimeError("theme.install(app) has to come before the first widget")
    return found


def look() -> Look:
    """Tokens and sizes of this moment."""
    return current().look


def follow(method: Callable[[], None]) -> None:
    """Call a QObject's bound method now and after each change of theme, as long as it lives."""
    method()
    current().changed.connect(method)


def make_palette(of: Look) -> QPalette:
    """Palette from the tokens: selection, placeholder and disabled colours live here and in the sheet."""
    palette = QPalette()
    role = QPalette.ColorRole
    for name, token in (
        (role.Window, "work"),
        (role.WindowText, "ink"),
        (role.Base, "sheet"),
        (role.AlternateBase, "grey"),
        (role.Text, "ink"),
        (role.Button, "sheet"),
        (role.ButtonText, "ink"),
        (role.BrightText, "zhu"),
        (role.Highlight, "sel"),
        (role.HighlightedText, "ink"),
        (role.PlaceholderText, "ink3"),
        (role.ToolTipBase, "sheet"),
        (role.ToolTipText, "ink"),
        (role.Link, "dai"),
        (role.LinkVisited, "dai"),
        (role.Mid, "line"),
        (role.Dark, "line2"),
        (role.Light, "sheet"),
        (role.Midlight, "line"),
        (role.Shadow, "ink2"),
        (role.Accent, "dai"),
    ):
        palette.setColor(name, of.colour(token))
    off = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(off, name, of.colour("off"))
    palette.setColor(off, role.Base, of.colour("grey"))
    palette.setColor(off, role.Button, of.colour("grey"))
    return palette
