"""Buttons: words first, the key in the text, one filled button in each bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcutEvent,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ledger_desk.ui import icons, theme
from ledger_desk.ui.labels import dress

Slot = Callable[[], object]
Entry = tuple[str, Slot] | tuple[str, Slot, str] | None

_NO_SHORTCUT = ("Enter", "Esc", "F6", "Tab")
_ICON_TOKEN = {
    "pri": "sheet",
    "words": "dai",
    "danger": "zhu",
    "ontop": "white",
    "onpractice": "white",
    "ondark": "white",
    "ondarkpri": "top",
}
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def paint_ring(painter: QPainter, box: QRect, *, light: bool = False) -> None:
    """Draw the keyboard focus ring inside a box: 2 px, 黛 or white on dark."""
    look = theme.look()
    width = look.px(2)
    pen = QPen(look.colour("sheet" if light else "dai"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width // 2 + (look.px(2) if light else 0)
    painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))


class Button(QPushButton):
    """A push button whose key stands in its text and is its shortcut."""

    def __init__(
        self,
        text: str,
        on: Slot | None = None,
        *,
        kind: str = "plain",
        icon: str | None = None,
        key: str | None = None,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button.

        Args:
            text: The word or words; the exact number it will touch belongs into it.
            on: Called without arguments when pressed.
            kind: plain, pri (filled), words (no border), danger; ontop and ondark for dark bars.
            icon: Name of an outline icon.
            key: Key as shown, ``F12`` or ``Ctrl+PgDn``; becomes the shortcut unless Qt's own
                keyboard handling already has it (Enter, Esc, F6).
            tip: Tool tip, one sentence.
            parent: Owner.
        """
        super().__init__(parent)
        self._words = text
        self._key = key or ""
        self._icon = icon
        self._ring = False
        self._open_words = text
        self.retired = False
        self.setProperty("k", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if on is not None:
            self.clicked.connect(lambda _checked=False: on())
        if tip:
            self.setToolTip(tip)
        self.set_text(text)
        theme.follow(self._draw_icon)

    def event(self, event: QEvent) -> bool:
        """Press at once when the key comes: Qt would wait a tenth of a second, and keys get lost."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)

    @property
    def words(self) -> str:
        """The text without its key."""
        return self._words

    def set_text(self, text: str) -> None:
        """Say something else; the key stays."""
        self._words = text
        shown = f"{text}  {self._key}" if self._key else text
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(text)
        if self._key and self._key not in _NO_SHORTCUT:
            self.setShortcut(QKeySequence(self._key))

    def block(self, why: str) -> None:
        """Switch off and say in the button what is missing: "合账：还差 5 户"."""
        self.set_text(why)
        self.setEnabled(False)

    def allow(self, text: str | None = None) -> None:
        """Switch on again, with new words when given."""
        if text is not None:
            self._open_words = text
        self.set_text(self._open_words)
        self.setEnabled(True)

    def retire(self, *, away: bool = True) -> None:
        """Take the button off the page (and out of 更多), or bring it back."""
        self.retired = away
        self.setVisible(not away)

    def set_kind(self, kind: str) -> None:
        """Change between plain, pri, words, danger and so on."""
        dress(self, k=kind)
        self._draw_icon()

    def set_icon(self, name: str | None) -> None:
        """Change or drop the icon."""
        self._icon = name
        self._draw_icon()

    def minimumSizeHint(self) -> QSize:
        """A button never gets narrower than its words."""
        return self.sizeHint()

    def _draw_icon(self) -> None:
        if self._icon:
            token = _ICON_TOKEN.get(str(self.property("k")), "ink2")
            shade = "#FFFFFF" if token == "white" else token
            self.setIcon(icons.icon(self._icon, shade, 18, self.devicePixelRatioF()))
            self.setIconSize(icons.icon_size(18))
        else:
            self.setIcon(QIcon())
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again for another screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, never the filled one beside it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether the keyboard brought the focus."""
        self._ring = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the ring when the keyboard is here."""
        super().paintEvent(event)
        if self._ring and self.hasFocus():
            painter = QPainter(self)
            dark = str(self.property("k")) in ("pri", "ontop", "onpractice", "ondark")
            paint_ring(painter, self.rect(), light=dark)


class MenuButton(Button):
    """A button that opens a menu of words; ▾ stands in its text."""

    def __init__(
        self,
        text: str,
        entries: Sequence[Entry] = (),
        *,
        kind: str = "plain",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Take entries of (text, slot) or (text, slot, icon); None is a rule between them."""
        super().__init__(text, kind=kind, icon=icon, parent=parent)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.set_entries(entries)

    def set_text(self, text: str) -> None:
        """Say something else; the sign stays."""
        super().set_text(text)
        self.setText(self.text() + " ▾")

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the menu."""
        self._menu.clear()
        fill_menu(self._menu, entries)


def fill_menu(menu: QMenu, entries: Sequence[Entry]) -> None:
    """Add entries to a menu; None is a rule."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = menu.addAction(entry[0].replace("&", "&&"))
        if len(entry) == 3:
            action.setIcon(icons.icon(entry[2]))
        action.triggered.connect(lambda _checked=False, slot=entry[1]: slot())
