"""A group over the whole page: where there is no room beside the list, or chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.duplicates.compare_view import CompareView
from ledger_desk.ui.duplicates.deeds import DuplicateDeeds
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.page import Page
from ledger_desk.ui.rules import frame

BY_HAND = "从名单里选的几户"


class MergePage(Page):
    """Nothing is changed before the last button.

    Signals:
        closed: The person has finished here, or does not want to.
        open_wanted: Id of a firm that is to be opened.
    """

    closed = Signal()
    open_wanted = Signal(str)

    def __init__(
        self, ledger: Ledger, window: MainWindow, deeds: DuplicateDeeds, records: Sequence[str],
        why: str,
    ) -> None:  # fmt: skip
        """Show some firms side by side."""
        super().__init__("看是不是同一户")
        self._deeds, self._why = deeds, why
        self.head.set_counts(f"{len(records)} 户　{why}", f"{len(records)} 户")
        self.view = CompareView(ledger, alone=True)
        self.view.reveal.set_kind("plain")
        self.head.add_button(self.view.reveal)
        self.head.add_button(Button("返回", self.closed.emit, key="Esc"))
        box = frame("box")
        Column(box, margins=1, gap=0).add(self.view)
        self.body.add(box, stretch=1)
        for button in self.view.buttons():
            self.bottom.add_button(button)
        self.bottom.push()
        self.view.merge_wanted.connect(self._merge)
        self.view.apart_wanted.connect(self._apart)
        self.view.open_wanted.connect(self.open_wanted)
        self.view.told.connect(window.status.say)
        self.view.show_firms(records, why)

    def first_focus(self) -> QWidget | None:
        """The lines to be decided."""
        return self.view.table if self.view.comparing is not None else super().first_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _merge(self) -> None:
        if self.view.comparing is not None and self._deeds.merge(self.view.comparing, self._why):
            self.closed.emit()

    def _apart(self) -> None:
        if self.view.comparing is not None:
            self._deeds.ask_apart(self.view.comparing).given.connect(lambda _: self.closed.emit())
