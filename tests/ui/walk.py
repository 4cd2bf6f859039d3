"""Walks every widget of a window and tells what a person could not read, reach or understand.

Used on all pages at 100 % and 200 % on 1366 × 768 (issue 2, done-when 10; look.md §7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)

from ledger_desk.ui import theme
from ledger_desk.ui.grid_header import GridHeader
from ledger_desk.ui.labels import ElidedLabel, FittingLabel
from ledger_desk.ui.main_window import MainWindow

_ALLOWED = """
    Excel Word WPS PDF CSV QR USB ID IP UTF GB GBK MB KB SHA Windows Linux SQLite Qt LGPL OFL MIT GPL
    Ctrl Alt Shift Enter Esc Insert Del Tab Home End PgUp PgDn PgDown Space
    xlsx xlsm xls csv et ods pdf ldx ldxb ldb ldform zip json txt
"""
ALLOWED = frozenset(_ALLOWED.split())
"""Words in Latin letters that may stand on the screen."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_CODE = re.compile(r"\b(?=[0-9A-Z-]*\d)[0-9A-Z-]{4,}\b|\bF\d{1,2}\b|\bA[345]\b|\bE-\d{4}\b")
LEAST_TARGET = 32
_ROUNDS = 10
SLACK = 2
"""Pixels a text may be wider than measured: rounding of side bearings."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong: what kind, which widget, which words, how much."""

    kind: str
    where: str
    text: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where} “{self.text}” {self.detail}"


EACH_SIZE = [
    1.0,
    pytest.param(1.25, marks=pytest.mark.slow),
    pytest.param(1.5, marks=pytest.mark.slow),
    2.0,
]
"""Text sizes of a test that walks; those between are left to the slow run."""


def walk(root: QWidget, *, allow: Iterable[str] = ()) -> list[Finding]:
    """Look at a widget and everything visible in it.

    Args:
        root: A shown window, page or dialog.
        allow: Latin words besides `ALLOWED` that may stand here (names in data).
    """
    QApplication.processEvents()
    allowed = ALLOWED | set(allow)
    found: list[Finding] = []
    for widget in _visible(root):
        found += _fits(widget)
        found += _squeezed(widget)
        found += _named(widget)
        found += _large_enough(widget)
        for text in _texts(widget):
            found += _chinese(widget, text, allowed)
    return found


def walk_pages(
    window: MainWindow,
    *,
    factors: Iterable[float] = (1.0, 2.0),
    size: QSize | None = None,
    allow: Iterable[str] = (),
) -> list[str]:
    """Show every page at every text size and walk it; sentences with page and size in front."""
    size = size or QSize(1366, 768)
    found: list[str] = []
    for factor in _nearest_first(factors):
        theme.current().set(factor=factor)
        window.resize(size)
        window.show()
        for item in window.navigation.items():
            window.show_page(item.key)
            window.resize(size)
            QApplication.processEvents()
            if window.size() != size:
                found.append(f"{factor:.0%} {item.key}: window grew to {window.size().toTuple()}")
            found += [f"{factor:.0%} {item.key}: {each}" for each in _settled(window, allow)]
    return found


def walk_parts(
    window: MainWindow,
    parts: Iterable[tuple[str, Callable[[], object]]],
    *,
    factors: Iterable[float] = (1.0, 2.0),
    allow: Iterable[str] = (),
) -> list[str]:
    """Walk all pages with each part shown, a text size at a time: dressing the window costs most.

    Args:
        window: The window.
        parts: Name of a part, and what shows it.
        factors: Text sizes.
        allow: As for `walk`.
    """
    shown = list(parts)
    found: list[str] = []
    for factor in _nearest_first(factors):
        theme.current().set(factor=factor)
        for name, show in shown:
            show()
            found += [
                f"{name} {each}" for each in walk_pages(window, factors=(factor,), allow=allow)
            ]
    return found


def _nearest_first(factors: Iterable[float]) -> list[float]:
    """Begin with the size that stands: every change dresses all widgets anew."""
    return sorted(factors, key=lambda factor: abs(factor - theme.look().factor))


def _settled(window: MainWindow, allow: Iterable[str]) -> list[Finding]:
    """Walk until nothing is found, or what is found stays: layouts ask for another round or two."""
    for _ in range(_ROUNDS):
        found = walk(window, allow=allow)
        if not found:
            break
        QTest.qWait(20)
    return found


def _visible(root: QWidget) -> Iterator[QWidget]:
    yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QScrollBar):
            yield widget


def _path(widget: QWidget) -> str:
    parts: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(parts) < 4:
        parts.append(here.objectName() or type(here).__name__)
        here = here.parentWidget()
    return "/".join(reversed(parts))


def _width(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


def _fits(widget: QWidget) -> Iterator[Finding]:
    """Text no wider (or, wrapped, no higher) than its place."""
    if isinstance(widget, QLabel) and widget.text():
        yield from _label_fits(widget)
    elif isinstance(widget, QPushButton):
        short = widget.sizeHint().width() - widget.width()
        if short > SLACK:
            yield Finding("text", _path(widget), widget.text(), f"{short} px too wide")
    elif isinstance(widget, GridHeader):
        for section in range(widget.count()):
            short = widget.wanted_width(section) - widget.sectionSize(section)
            if not widget.isSectionHidden(section) and short > SLACK and widget.model():
                title = str(widget.model().headerData(section, Qt.Orientation.Horizontal) or "")
                if title:
                    yield Finding("text", _path(widget), title, f"{short} px too wide")
    elif isinstance(widget, QHeaderView):
        yield Finding("header", _path(widget), "", "not one of the house's headers")
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            short = _width(widget, widget.tabText(place)) - widget.tabRect(place).width()
            if short > SLACK:
                yield Finding("text", _path(widget), widget.tabText(place), f"{short} px too wide")
    elif isinstance(widget, QLineEdit) and not _in_spin_or_combo(widget):
        room = widget.width() - 2 * theme.look().px(10)
        short = _width(widget, widget.placeholderText()) - room
        if short > SLACK:
            yield Finding("text", _path(widget), widget.placeholderText(), f"{short} px too wide")
    elif isinstance(widget, QComboBox):
        room = widget.width() - theme.look().px(40)
        for text in {widget.currentText(), (_line(widget) or QLineEdit()).placeholderText()}:
            short = _width(widget, text) - room
            if short > SLACK:
                yield Finding("text", _path(widget), text, f"{short} px too wide")


def _label_fits(label: QLabel) -> Iterator[Finding]:
    if isinstance(label, ElidedLabel):
        if label.width() < min(label.minimumSizeHint().width(), _width(label, label.text())):
            yield Finding("text", _path(label), label.text(), "no room even for the shortened name")
        return
    if label.wordWrap() and not isinstance(label, FittingLabel):
        short = label.heightForWidth(label.width()) - label.height()
        if short > SLACK:
            yield Finding("text", _path(label), label.text(), f"{short} px too high")
        longest = max(
            (_width(label, part) for part in re.findall(r"[\x21-\x7e]+", label.text())), default=0
        )
        if longest > label.width() + SLACK:
            yield Finding("text", _path(label), label.text(), "one word is wider than the place")
        return
    short = _width(label, label.text()) - label.contentsRect().width()
    if short > SLACK:
        yield Finding("text", _path(label), label.text(), f"{short} px too wide")


def _squeezed(widget: QWidget) -> Iterator[Finding]:
    """No widget smaller than it says it has to be, none outside its parent."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _is_inner(widget):
        return
    least = widget.minimumSizeHint()
    if least.isValid() and not isinstance(widget, QAbstractScrollArea):
        for name, has, needs in (
            ("width", widget.width(), least.width()),
            ("height", widget.height(), least.height()),
        ):
            limit = widget.maximumWidth() if name == "width" else widget.maximumHeight()
            own = widget.minimumWidth() if name == "width" else widget.minimumHeight()
            if has < min(needs, limit) - 1 and not 0 < own <= has:
                yield Finding("squeezed", _path(widget), _said(widget), f"{name} {has} < {needs}")
    if isinstance(parent, QAbstractScrollArea) or _in_viewport(widget):
        return
    box, room = widget.geometry(), parent.rect()
    if box.right() > room.right() + SLACK or box.bottom() > room.bottom() + SLACK:
        yield Finding(
            "outside", _path(widget), _said(widget), f"{box.getRect()} in {room.getRect()}"
        )


def _named(widget: QWidget) -> Iterator[Finding]:
    """Everything that takes the focus says what it is."""
    if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_inner(widget):
        return
    if isinstance(widget, QWidget) and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    if not (name or widget.accessibleName()):
        yield Finding("unnamed", _path(widget), _said(widget), "no accessible name")


def _large_enough(widget: QWidget) -> Iterator[Finding]:
    """Everything that can be pressed is at least 32 high, and 32 wide."""
    if not isinstance(
        widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox | QPlainTextEdit
    ):
        return
    if _is_inner(widget) or _in_spin_or_combo(widget) or widget.objectName() == "celledit":
        return
    least = round(LEAST_TARGET * theme.look().factor)
    if widget.height() < least or widget.width() < least:
        size = f"{widget.width()}×{widget.height()}"
        yield Finding("small", _path(widget), _said(widget), f"{size}, needs {least}")


def _texts(widget: QWidget) -> Iterator[str]:
    """Every string a person may see or hear from a widget, its data left away."""
    yield widget.windowTitle() if widget.isWindow() else ""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel):
        yield from widget.texts() if isinstance(widget, FittingLabel) else (widget.text(),)
    elif isinstance(widget, QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QHeaderView) and widget.model() is not None:
        for place in range(widget.count()):
            yield str(widget.model().headerData(place, widget.orientation()) or "")
    menu = widget.menu() if isinstance(widget, QPushButton) else None
    if isinstance(menu, QMenu):
        yield from (action.text() for action in menu.actions())


def _chinese(widget: QWidget, text: str, allowed: frozenset[str] | set[str]) -> Iterator[Finding]:
    if not text or _is_inner(widget):
        return
    for word in _WORD.findall(_CODE.sub(" ", text)):
        if word not in allowed:
            yield Finding("latin", _path(widget), text, word)


def _said(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = text() if callable(text) and not isinstance(widget, QTabBar) else ""
    return said or widget.accessibleName()


def _line(box: QComboBox) -> QLineEdit | None:
    return box.lineEdit() if box.isEditable() else None


def _in_spin_or_combo(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)


def _in_viewport(widget: QWidget) -> bool:
    """Whether it lies in something that scrolls, or floats over the page."""
    here = widget
    while here is not None and not here.isWindow():
        parent = here.parentWidget()
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        here = parent
    return False


def _is_inner(widget: QWidget) -> bool:
    """Qt's own parts: viewports, scroll buttons of tab bars, lines of combo boxes."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or (isinstance(widget, QToolButton) and isinstance(parent, QTabBar))
        or (isinstance(widget, QLineEdit) and isinstance(parent, QComboBox))
    )
