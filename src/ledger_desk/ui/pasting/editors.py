"""Editors that open in a cell: a line, several lines, or a list to choose from, by the field's kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ledger_desk.model import money
from ledger_desk.model.fields import FieldSpec, Record, values_of
from ledger_desk.model.terms import dictionary_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.fields import TextArea
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.editors import PickEditor, make_editor

_NUMBERS = ("money", "rate", "whole", "figure", "year", "quantity")
_CHOSEN = ("choice", "yes_no", "division", "industry", "reference")


def edit_text(spec: FieldSpec, value: Any) -> str:
    """Give a value as text that the field reads back exactly; '' for none."""
    if value is None:
        return ""
    if spec.kind.name == "money":
        return money.exact_wan(value)
    return spec.kind.show(value)


class LineCell(QObject):
    """One line."""

    picked = Signal()

    def __init__(self, parent: QWidget, spec: FieldSpec, value: Any) -> None:
        """Show a value whole, personal data too: the keyboard is in it."""
        line = QLineEdit(parent)
        super().__init__(line)
        line.setObjectName("celledit")
        line.setFrame(False)
        if spec.kind.name in _NUMBERS:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.initial = edit_text(spec, value)
        line.setText(self.initial)
        self.widget: QWidget = line
        self._line = line

    def text(self) -> str:
        """The line."""
        return self._line.text().strip()

    def to_end(self) -> None:
        """Put the caret behind the text."""
        self._line.end(False)

    def is_tall(self) -> bool:
        """It is not."""
        return False

    def is_choosing(self) -> bool:
        """It has no list."""
        return False


class AreaCell(QObject):
    """Several lines; Alt+Enter begins a new one."""

    picked = Signal()

    def __init__(self, parent: QWidget, spec: FieldSpec, value: Any) -> None:
        """Show a note."""
        area = TextArea()
        area.setParent(parent)
        super().__init__(area)
        self.initial = edit_text(spec, value)
        area.set_text(self.initial)
        area.selectAll()
        self.widget: QWidget = area
        self._area = area

    def text(self) -> str:
        """All lines."""
        return self._area.text()

    def to_end(self) -> None:
        """Put the caret behind the text."""
        self._area.moveCursor(QTextCursor.MoveOperation.End)

    def is_tall(self) -> bool:
        """It is."""
        return True

    def is_choosing(self) -> bool:
        """It has no list."""
        return False


class PickCell(QObject):
    """A list to choose from, found by code, fragment or initials; `picked` when one was taken."""

    picked = Signal()

    def __init__(self, parent: QWidget, editor: PickEditor, value: Any) -> None:
        """Show a value by its name."""
        picker = editor.picker
        picker.setParent(parent)
        picker.lineEdit().setPlaceholderText("")  # a cell is too narrow for it
        super().__init__(picker)
        editor.set_value(value)
        self.widget: QWidget = picker
        self._editor, self._picker = editor, picker
        self.initial = self.text()
        picker.lineEdit().selectAll()
        picker.picked.connect(self._taken)
        self._going_on = False
        picker.popup().installEventFilter(self)

    def _taken(self, *_: object) -> None:
        if self._picker.item() is not None and not self._going_on:
            self.picked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the open list takes what is marked and goes on; else it would only leave the cell."""
        tab = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if tab and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._going_on = True
            self._picker.take_marked()
            again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers())
            QApplication.sendEvent(self._picker, again)
            self._going_on = False
            return True
        return super().eventFilter(watched, event)

    def text(self) -> str:
        """Id of what was chosen, or the words that stand there."""
        item, words = self._picker.item(), self._picker.text()
        if item is not None and words == item.text:
            return item.id or item.text
        exact = self._picker.exact(words)
        return words if exact is None else exact.id or exact.text

    def to_end(self) -> None:
        """Put the caret behind the text."""
        self._picker.lineEdit().end(False)

    def is_tall(self) -> bool:
        """It is not."""
        return False

    def is_choosing(self) -> bool:
        """Whether the list is open."""
        return self._picker.popup().isVisible()


def cell_editor(
    parent: QWidget,
    spec: FieldSpec,
    cls: type[Record],
    ledger: Ledger,
    value: Any,
    record: Record | None = None,
) -> LineCell | AreaCell | PickCell:
    """Make the editor of a field in a cell.

    Args:
        parent: Viewport of the grid.
        spec: The field.
        cls: Class of the record.
        ledger: Knows what references point to.
        value: What the cell holds now.
        record: The record as it is, where what is offered depends on its other values.
    """
    kind = spec.kind.name
    if kind == "note":
        return AreaCell(parent, spec, value)
    listed = dictionary_of(cls, spec.name) is not None
    if kind not in _CHOSEN and not listed:
        return LineCell(parent, spec, value)
    if kind in ("choice", "yes_no") and not listed:
        words = spec.kind.options or ("是", "否")
        items = pick_from([PickItem(word, word) for word in words])
        editor = PickEditor(items, lambda held: _word(spec, held), free=spec.kind.open)
    else:
        made = make_editor(spec, cls, ledger)
        assert isinstance(made, PickEditor)
        made.set_context({} if record is None else values_of(record))
        editor = made
    return PickCell(parent, editor, value)


def _word(spec: FieldSpec, value: Any) -> PickItem:
    text = spec.kind.show(value)
    return PickItem(text, text)
