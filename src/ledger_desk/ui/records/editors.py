"""One editor for each kind of value. To add a kind: a class or a function, and a line in `_MAKERS`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.model import money
from ledger_desk.model.fields import FieldSpec, Record
from ledger_desk.model.kinds import clean
from ledger_desk.model.records import Office
from ledger_desk.model.vocabulary import LEVELS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.day_field import DayField, read_day
from ledger_desk.ui.fields import TextArea, TextField
from ledger_desk.ui.picker import Items, Picker, PickItem, pick_from
from ledger_desk.ui.records import dictionaries
from ledger_desk.ui.records.choosing import item_of, reference_items
from ledger_desk.ui.records.masked import MaskedField
from ledger_desk.ui.records.showing import mask

_MOST_SEGMENTS = 4
_MOST_SEGMENT_CHARACTERS = 14


class Editor(QObject):
    """What a form asks of an editor: a value, a text, and to be told of changes.

    Signals:
        typed: After each key that changed the text; for checks while typing.
        left: A changed text was left, or something was picked: time to store.
    """

    typed = Signal()
    left = Signal()

    def __init__(self, widget: QWidget) -> None:
        """Belong to ``widget``."""
        super().__init__(widget)
        self.widget = widget

    def value(self) -> Any:
        """The value typed or picked, None for nothing.

        Raises:
            ValueError: A Chinese sentence: it cannot be read, and what to write instead.
        """
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the editor, as text."""
        raise NotImplementedError


class LineEditor(Editor):
    """One line, parsed by the field's kind."""

    def __init__(
        self, spec: FieldSpec, show: Callable[[Any], str], *, numeric: bool = False
    ) -> None:
        """Show values with ``show``, whose text the kind's ``parse`` has to read back."""
        self.line = MaskedField(partial(mask, spec)) if spec.private else TextField(numeric=numeric)
        super().__init__(self.line)
        self._spec, self._show = spec, show
        self.line.textEdited.connect(lambda _: self.typed.emit())
        self.line.committed.connect(lambda _: self.left.emit())

    def value(self) -> Any:
        """Parse the text."""
        text = clean(self.line.text())
        return self._spec.kind.parse(text, None) if text else None

    def set_value(self, value: Any) -> None:
        """Show it."""
        self.line.set_text("" if value is None else self._show(value))

    def text(self) -> str:
        """The line."""
        return self.line.text().strip()


class AreaEditor(Editor):
    """Several lines."""

    def __init__(self, spec: FieldSpec) -> None:
        """Take a note."""
        self.area = TextArea(lines=2)
        super().__init__(self.area)
        self._spec = spec
        self.area.textChanged.connect(self.typed)
        self.area.committed.connect(lambda _: self.left.emit())

    def value(self) -> Any:
        """Parse the text."""
        return self._spec.kind.parse(self.area.text(), None) or None

    def set_value(self, value: Any) -> None:
        """Show it."""
        self.area.set_text(value or "")

    def text(self) -> str:
        """All lines."""
        return self.area.text()


class DayEditor(Editor):
    """A day in any spelling."""

    def __init__(self) -> None:
        """Start empty."""
        self.line = DayField()
        super().__init__(self.line)
        self.line.textEdited.connect(lambda _: self.typed.emit())
        self.line.committed.connect(lambda _: self.left.emit())

    def value(self) -> dt.date | None:
        """Read the text; 昨天 and 11.20 count from today."""
        return read_day(self.line.text(), dt.date.today())

    def set_value(self, value: Any) -> None:
        """Show it."""
        self.line.set_day(value)

    def text(self) -> str:
        """The line."""
        return self.line.text().strip()


class ClearableSegments(Segmented):
    """A segmented choice that Del empties again."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose by digit, empty by Del."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.value() is not None:
                self.set_value(None)
                self.changed.emit(None)
            return True
        return super().take_key(event)


class SegmentEditor(Editor):
    """Up to four options side by side."""

    def __init__(self, options: list[Option], name: str) -> None:
        """Offer the options."""
        self.segments = ClearableSegments(options, None, name)
        super().__init__(self.segments)
        self._texts = {option.value: option.text for option in options}
        self.segments.changed.connect(lambda _: self.left.emit())

    def value(self) -> Any:
        """What is chosen."""
        return self.segments.value()

    def set_value(self, value: Any) -> None:
        """Choose."""
        self.segments.set_value(value)

    def text(self) -> str:
        """Word of what is chosen."""
        return self._texts.get(self.segments.value(), "")


class SettlingPicker(Picker):
    """Keeps a text that fits nothing, so that nothing typed gets lost; `question` says what is wrong."""

    def question(self) -> str:
        """Why the text cannot be taken, as a sentence; empty if it can."""
        text, chosen = self.text(), self.item()
        if self._free or not text or (chosen is not None and text == chosen.text):
            return ""
        found = len(self._items(text))
        if not found:
            return f"“{text}”不在可选的内容里。请换一个说法，或按 Esc 恢复。"
        return f"“{text}”对得上 {found} 项，还没选定。请按 ↓ 在列表里选一项。"

    def _leave(self) -> None:
        text, before = self.text(), self.item()
        popup = self.popup()
        if self._free or not text or popup.isVisible() or text == (before.text if before else ""):
            super()._leave()
            return
        found = self._items(text)
        fitting = [item for item in found if text in (item.id, item.text, *item.keys)] or found
        if len(fitting) == 1:
            self.set_item(fitting[0])
            if fitting[0] != before:
                self.picked.emit(fitting[0])
        else:
            self.picked.emit(None)


class PickEditor(Editor):
    """One of many, found by code, fragment or initials."""

    def __init__(
        self,
        items: Items,
        show: Callable[[Any], PickItem | None],
        *,
        free: bool = False,
        placeholder: str = "",
    ) -> None:
        """Offer ``items``; ``show`` turns a stored value into an item."""
        self.picker = SettlingPicker(items, None, placeholder, free=free)
        super().__init__(self.picker)
        self._show = show
        self.picker.lineEdit().textEdited.connect(lambda _: self.typed.emit())
        self.picker.picked.connect(lambda _: self.left.emit())

    def value(self) -> Any:
        """Id of the item, or the free text."""
        question = self.picker.question()
        if question:
            raise ValueError(question)
        item = self.picker.item() if self.picker.text() else None
        return None if item is None else item.id or item.text

    def set_value(self, value: Any) -> None:
        """Show the item."""
        self.picker.set_item(None if value is None else self._show(value))

    def text(self) -> str:
        """What stands in the field."""
        return self.picker.text()


def make_editor(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    """Make the editor of a field of a record class."""
    return _MAKERS[spec.kind.name](spec, cls, ledger)


def _line(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, spec.kind.show)


def _money(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, money.exact_wan, numeric=True)


def _rate(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    # The label carries the per-cent sign.
    return LineEditor(spec, lambda value: money.show_rate(value).removesuffix("%"), numeric=True)


def _number(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, str, numeric=True)


def _note(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return AreaEditor(spec)


def _day(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return DayEditor()


def _yes_no(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return SegmentEditor([Option(True, "是"), Option(False, "否")], spec.label)


def _choice(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    if cls is Office and spec.name == "level":
        return _level(spec)
    options = spec.kind.options
    short = sum(map(len, options)) <= _MOST_SEGMENT_CHARACTERS
    if len(options) <= _MOST_SEGMENTS and short and not spec.kind.open:
        return SegmentEditor([Option(word, word) for word in options], spec.label)
    items = [PickItem(word, word) for word in options]
    return PickEditor(pick_from(items), lambda value: PickItem(value, value), free=spec.kind.open)


def _level(spec: FieldSpec) -> Editor:
    """Levels are kept by their Chinese words; the English names of `decisions.md` 26 are read too."""
    items = [PickItem(word, word) for word in LEVELS.values()]
    return PickEditor(pick_from(items), lambda value: PickItem(value, LEVELS.get(value, value)))


def _division(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    if cls is Office:
        return PickEditor(
            dictionaries.find_division,
            lambda code: PickItem(code, dictionaries.full_name(code) or code, code),
            placeholder="输代码或名称，如 411523、新县",
        )
    home = ledger.office.division or ""
    return PickEditor(
        lambda text: pick_from(dictionaries.townships(home))(text),
        dictionaries.township_item,
        free=True,
        placeholder="输代码、名称或拼音首字母",
    )


def _industry(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return PickEditor(
        lambda text: dictionaries.industry_items()(text),
        dictionaries.industry_item,
        placeholder="输代码、名称或拼音首字母",
    )


def _reference(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return PickEditor(
        reference_items(ledger, spec.ref),
        lambda record: item_of(ledger, spec.ref, record),
        placeholder="输名称、代码或拼音首字母",
    )


_MAKERS: dict[str, Callable[[FieldSpec, type[Record], Ledger], Editor]] = {
    "text": _line,
    "note": _note,
    "code": _line,
    "person_id": _line,
    "phone": _line,
    "money": _money,
    "rate": _rate,
    "whole": _number,
    "figure": _number,
    "day": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "division": _division,
    "industry": _industry,
    "reference": _reference,
}
