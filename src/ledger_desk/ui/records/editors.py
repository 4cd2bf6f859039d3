"""One editor for each kind of value. To add a kind: a class or a function, and a line in `_MAKERS`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ledger_desk.model import money
from ledger_desk.model.fields import FieldSpec, Record
from ledger_desk.model.kinds import clean
from ledger_desk.model.records import Office
from ledger_desk.model.terms import BY_KEY, dictionary_of
from ledger_desk.model.vocabulary import LEVELS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.day_field import DayField, read_day
from ledger_desk.ui.fields import TextArea, TextField
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records import dictionaries
from ledger_desk.ui.records.choosing import item_of, reference_items
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.records.masked import MaskedField
from ledger_desk.ui.records.pick_editors import PickEditor, entries_editor
from ledger_desk.ui.records.showing import mask

__all__ = [
    "AreaEditor", "ClearableSegments", "DayEditor", "Editor", "LineEditor", "PickEditor", "SegmentEditor",
    "make_editor",
]  # fmt: skip
_MOST_SEGMENTS = 4
_MOST_SEGMENT_CHARACTERS = 14


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


def make_editor(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    """Make the editor of a field of a record class."""
    return _MAKERS[spec.kind.name](spec, cls, ledger)


def _line(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    found = dictionary_of(cls, spec.name)
    if found is not None:
        return entries_editor(found, ledger)
    return LineEditor(spec, spec.kind.show)


def _money(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, money.exact_wan, numeric=True)


def _rate(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    # The label carries the per-cent sign.
    return LineEditor(spec, lambda value: money.show_rate(value).removesuffix("%"), numeric=True)


def _number(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, str, numeric=True)


def _quantity(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return LineEditor(spec, spec.kind.show, numeric=True)


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
    found = dictionary_of(cls, spec.name)
    if found is not None:
        return entries_editor(found, ledger, free=spec.kind.open)
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
    return entries_editor(BY_KEY["division"], ledger)


def _industry(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return entries_editor(BY_KEY["industry"], ledger, free=False)


def _reference(spec: FieldSpec, cls: type[Record], ledger: Ledger) -> Editor:
    return PickEditor(
        reference_items(ledger, spec.ref),
        lambda record: item_of(ledger, spec.ref, record),
        placeholder="输名称、代码或拼音",
        remember=f"{ledger.path}|{spec.ref}",
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
    "year": _number,
    "quantity": _quantity,
    "month": _line,
    "day": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "division": _division,
    "industry": _industry,
    "reference": _reference,
}
