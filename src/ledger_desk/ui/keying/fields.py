"""Fields that are keyed in in the order of a paper, and how keys move between them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ledger_desk.ui.choices import Segmented
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.fields import Field
from ledger_desk.ui.keying.keys import goes_on
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.editors import Editor, PickEditor
from ledger_desk.ui.sections import Section

_TRIES, _PAUSE = 20, 10  # times, and milliseconds between them, that a closed list is waited for


class KeyedFields(QWidget):
    """Editors by field name: Enter goes on, Ctrl+; is today, Ctrl+' takes what stood there before.

    Signals:
        typed: Name of a field, after each key.
        left: Name of a field that was left, or in which something was picked.
    """

    typed = Signal(str)
    left = Signal(str)
    below = 24
    """Pixels under a field that are brought into sight with it."""

    def __init__(self) -> None:
        """Begin without a field; the heir adds sections and fields, then calls `order_tabs`."""
        super().__init__()
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        self.sections: list[Section] = []
        self._column = Column(self, gap=0)
        self._column.push()
        for keys, slot in (("Ctrl+;", self._today), ("Ctrl+'", self._copy_above)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # Building

    def add_section(self, numeral: str, title: str, where: str) -> Section:
        """Put a section under those before."""
        made = Section(numeral, title, where)
        self._column.insertWidget(len(self.sections), made)
        self.sections.append(made)
        return made

    def add_field(
        self,
        section: Section,
        name: str,
        title: str,
        editor: Editor,
        share: int,
        *,
        required: bool = False,
        unit: str = "",
    ) -> Field:
        """Put a field behind those of a section; ``share`` of twelve is its width."""
        field = Field(title, editor.widget, required=required, unit=unit)
        self.fields[name] = field
        self.follow(name, editor)
        section.flow.add(field, share)
        return field

    def follow(self, name: str, editor: Editor) -> None:
        """Hear of what is done in an editor."""
        self.editors[name] = editor
        editor.typed.connect(partial(self.typed.emit, name))
        editor.left.connect(partial(self.left.emit, name))
        if isinstance(editor, PickEditor):
            editor.picker.picked.connect(partial(self._picked, editor))

    # What heirs may say otherwise

    def target(self, name: str) -> QWidget:
        """The widget of a field that takes the keyboard."""
        widget = self.editors[name].widget
        if isinstance(widget, Segmented):
            buttons = widget.findChildren(QAbstractButton)
            return next((button for button in buttons if button.isChecked()), buttons[0])
        return widget

    def tab_stops(self, name: str) -> list[QWidget]:
        """Where Tab stops within a field."""
        widget = self.editors[name].widget
        if isinstance(widget, Segmented):
            return list(widget.findChildren(QAbstractButton))
        return [widget]

    def in_order(self) -> list[str]:
        """Names of the fields as they stand on the paper."""
        return list(self.fields)

    def above(self, name: str) -> tuple[bool, Any]:
        """What the field had on the paper before (同上); False first where nothing is known."""
        return False, None

    def go_on(self) -> None:
        """Go to the next field."""
        self.focusNextPrevChild(True)

    def set_mode(self, mode: Mode) -> None:
        """Fewer fields in a line where room is short."""
        for section in self.sections:
            section.set_mode(mode)

    # Going on

    def order_tabs(self) -> None:
        """Let Tab go in the order of the paper; Qt's own is that in which the parts were made."""
        stops = [stop for name in self.in_order() for stop in self.tab_stops(name)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field and bring it into sight."""
        self.target(name).setFocus(Qt.FocusReason.TabFocusReason)
        self.bring_up(name)

    def bring_up(self, name: str) -> None:
        """Scroll so that a field is seen with what stands under it."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.fields[name], 0, self.below)

    def here(self) -> str:
        """Name of the field that has the keyboard, '' for none."""
        focus = QApplication.focusWidget()
        if focus is not None:
            for name, editor in self.editors.items():
                if focus is editor.widget or editor.widget.isAncestorOf(focus):
                    return name
        return ""

    def _picked(self, editor: PickEditor, item: object) -> None:
        """Taken from the list by Enter or the mouse: go on to the next field."""
        if item is not None and editor.picker.lineEdit().hasFocus():
            QTimer.singleShot(0, self, self._go_on_when_active)

    def _go_on_when_active(self, tries: int = _TRIES) -> None:
        """Go on once the window is active again after the list has closed."""
        if QApplication.activeWindow() is self.window():
            self.go_on()
        elif tries:
            QTimer.singleShot(_PAUSE, self, lambda: self._go_on_when_active(tries - 1))

    def _today(self) -> None:
        here = QApplication.focusWidget()
        if isinstance(here, DayField):
            here.setText(dt.date.today().isoformat())
            here.textEdited.emit(here.text())

    def _copy_above(self) -> None:
        name = self.here()
        known, value = self.above(name) if name else (False, None)
        if known:
            self.editors[name].set_value(value)
            self.left.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        if goes_on(event):
            self.go_on()
            return
        super().keyPressEvent(event)
