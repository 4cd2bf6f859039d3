"""A page that lies over the lists while one paper after another is keyed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.keying.leaving import may_leave
from ledger_desk.ui.page import Page


class Touched(Protocol):
    """A form that knows whether something stands in it that is not stored."""

    def is_touched(self) -> bool:
        """Whether something was typed that is not stored."""
        ...


class KeyingPage(Page):
    """Goes back with Esc, and asks first where something typed would be lost.

    Signals:
        closed: Back to the lists.
        saved: Id of a record that was stored.
        told: A sentence for the status bar.
    """

    closed = Signal()
    saved = Signal(str)
    told = Signal(str)
    form: Touched
    unsaved = "这张表还没有存"
    """What is said of a form that was not stored."""

    def add_back(self) -> None:
        """Put 返回 into the head."""
        self.head.add_button(Button("返回", self.leave, icon="arrow-left", key="Esc"))

    def add_keys(self, keys: dict[str, Callable[[], None]], *, within: bool = False) -> None:
        """Take keys while the page is in front; ``within``: while it has the keyboard.

        A button's own shortcut waits a tenth of a second, and would eat the first keys of the next.
        """
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            if within:
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def store(self) -> bool:
        """Store what stands in the form; False when it could not be stored."""
        raise NotImplementedError

    def store_to_leave(self) -> bool:
        """Store it because somebody goes and wants to keep it."""
        return self.store()

    def save_and_leave(self) -> None:
        """Store and go back (Ctrl+S)."""
        if self.store():
            self.closed.emit()

    def leave(self) -> None:
        """Go back; asks only when something typed is not stored."""
        if self.settled():
            self.closed.emit()

    def settled(self) -> bool:
        """Ask about what is typed and not stored; whether one may go on."""
        if not self.form.is_touched():
            return True
        return may_leave(self.window(), self.unsaved, self.store_to_leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)


class Verdict:
    """必改 and 须说明 of a form in the bar below, and a word when all is well."""

    def __init__(self, fine: str) -> None:
        """Take the word for a form without anything to mend."""
        self.must = MarkLabel("must", "", "must")
        self.explain = MarkLabel("explain", "", "explain")
        self.fine = MarkLabel("done", fine, "ok")
        self.marks = (self.must, self.explain, self.fine)

    def tell(self, must: int, explain: int, *, fine: bool) -> None:
        """Say how much there is to mend."""
        self.must.set("must", f"必改 {must}")
        self.explain.set("explain", f"须说明 {explain}")
        self.must.setVisible(must > 0)
        self.explain.setVisible(explain > 0)
        self.fine.setVisible(fine)
