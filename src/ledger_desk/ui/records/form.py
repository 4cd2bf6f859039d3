"""The record editor: fields by group, one editor each, messages under them, stored as they are left.

A record of the ledger is written field by field (每格离开即存); a new one as one step when it is
saved. See `keeping`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model import locks
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.keying.keys import goes_on, in_long_text
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.records.checks import (
    Finding,
    check_text,
    check_values,
    has_wrong_digit,
    size_of,
)
from ledger_desk.ui.records.editors import Editor, make_editor
from ledger_desk.ui.records.field_history import FieldHistory, count_changes
from ledger_desk.ui.records.groups import GroupBox
from ledger_desk.ui.records.keeping import RecordKeeper
from ledger_desk.ui.records.scrolling import bring_into_sight
from ledger_desk.ui.records.showing import split_unit


class RecordForm(QWidget):
    """Edits one record of any class.

    Signals:
        saved: Id of the record, after each step that was written.
        state_changed: What `counts`, `unsaved` or `title` say may have changed.
        refused: Exception that the ledger raised, where no field can show it.
    """

    saved = Signal(str)
    state_changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        ledger: Ledger,
        cls: type[Record],
        record: str = "",
        *,
        preset: Mapping[str, Any] | None = None,
        hidden: Collection[str] = (),
        read_only: bool = False,
        keeper: RecordKeeper | None = None,
    ) -> None:
        """Build the form of a class and show a record, or a new one with ``preset``.

        Args:
            ledger: Where it is read and written.
            cls: Record class.
            record: Id; empty for a new record.
            preset: Values of a new record given beforehand.
            hidden: Fields left away, for instance the firm that the form belongs to.
            read_only: Nothing can be changed.
            keeper: Holds the record for several forms, each of which shows a part of it.
        """
        super().__init__()
        self.keeper = keeper or RecordKeeper(ledger, cls, record, preset)
        self._is_part = keeper is not None
        self.groups: list[GroupBox] = []
        self._ledger, self._cls = ledger, cls
        self._read_only = read_only or ledger.read_only
        self._editors: dict[str, Editor] = {}
        self._fields: dict[str, Field] = {}
        self._shown: dict[str, str] = {}
        self._bad: dict[str, str] = {}
        self._visited: set[str] = set()
        self._findings: dict[str, Finding] = {}
        self._size: Field | None = None
        self._build([spec for spec in fields_of(cls) if spec.name not in hidden])
        own = () if self._is_part else (("Alt+H", self.open_history), ("F8", self.next_problem))
        for keys, slot in own:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._fill()

    # What pages and dialogs call

    def load(self, record: str = "", preset: Mapping[str, Any] | None = None) -> None:
        """Go to another record, or to a new one."""
        self.keeper.take(record, preset)
        self.show_kept(afresh=True)

    def reload(self) -> None:
        """Read the record again after a change elsewhere; texts not stored yet stay."""
        self.keeper.reload()
        self._fill(keep_typed=True)

    def show_kept(self, *, afresh: bool = False) -> None:
        """Show what the shared keeper holds; ``afresh`` drops texts, for another record."""
        if afresh:
            self._bad.clear()
            self._visited.clear()
        self._fill(keep_typed=not afresh)

    def title(self) -> str:
        """What the record is called now."""
        return self.keeper.title

    def counts(self) -> tuple[int, int]:
        """How many 必改 and 须说明 there are, seen or not."""
        kinds = Counter(
            finding.kind for name, finding in self._findings.items() if name in self._fields
        )
        return kinds["must"] + len(self._bad.keys() - self._findings.keys()), kinds["explain"]

    def unsaved(self) -> list[str]:
        """Labels of what was typed and is not in the ledger."""
        specs = field_map(self._cls)
        if self.keeper.is_touched:
            return [specs[name].label for name in self.keeper.values]
        return [specs[name].label for name in self._editors if self._is_typed(name)]

    def save(self) -> bool:
        """Store everything typed, and make the record where it is new; whether all of it is stored."""
        self.settle()
        if self._bad:
            self.focus_field(next(name for name in self._editors if name in self._bad))
            return False
        if not self.keeper.is_new:
            return True
        try:
            record = self.keeper.make()
        except UserError as error:
            missing = [spec.name for spec in self.keeper.missing() if spec.name in self._fields]
            for name in missing:
                self._fields[name].say("must", str(error))
            if missing:
                self.focus_field(missing[0])
            else:
                self.refused.emit(error)
            return False
        self._visited = set(self._fields)
        self._judge()
        self.saved.emit(record)
        return True

    def settle(self) -> None:
        """Take over texts that were typed but not left yet."""
        for name in self._editors:
            if self._is_typed(name):
                self._left(name)

    def focus_field(self, name: str) -> None:
        """Put the focus into a field and bring it into sight."""
        field, editor = self._fields[name], self._editors[name]
        editor.widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.layout().activate()
        bring_into_sight(field)

    def first_field(self) -> QWidget:
        """Editor of the first field."""
        found = [each.widget for each in self._editors.values()]
        return next((each for each in found if each.isEnabled()), found[0])

    def next_problem(self) -> None:
        """Go to the next 必改 or 须说明 after the present field, going round (F8)."""
        names = list(self._fields)
        here = self.focused_name()
        start = names.index(here) + 1 if here in names else 0
        for name in names[start:] + names[:start]:
            finding = self._findings.get(name)
            if name in self._bad or (finding is not None and finding.kind in ("must", "explain")):
                self._visited.add(name)
                self._say(name)
                self.focus_field(name)
                return

    def focused_name(self) -> str:
        """Name of the field that has the focus."""
        here = QApplication.focusWidget()
        for name, field in self._fields.items():
            if here is not None and field.isAncestorOf(here):
                return name
        return ""

    def field(self, name: str) -> Field:
        """The field of a name, with its label and message."""
        return self._fields[name]

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def set_columns(self, columns: int) -> None:
        """Change between one and two columns."""
        for group in self.groups:
            group.form.set_columns(columns)

    def open_history(self, name: str = "") -> FieldHistory | None:
        """Show the history of a field, the focused one by default (Alt+H)."""
        name = name or self.focused_name()
        if not name or self.keeper.is_new:
            return None
        popup = FieldHistory.of(
            self, self._ledger, self.keeper.record, field_map(self._cls)[name],
            not self._read_only and name not in locks.locked(self._cls),
        )  # fmt: skip
        if popup is not None:
            popup.restore_wanted.connect(partial(self._restore, name))
            popup.open_under(self._editors[name].widget)
        return popup

    # Building

    def _build(self, specs: list[FieldSpec]) -> None:
        column = Column(self, gap=14)
        groups: dict[str, GroupBox] = {}
        for spec in specs:
            box = groups.get(spec.group)
            if box is None:
                number = 0 if self._is_part else len(groups) + 1
                box = groups[spec.group] = GroupBox(spec.group, number)
                self.groups.append(box)
                column.add(box)
            self._add_field(box, spec)
            if self._cls is Enterprise and spec.name == "assets":
                self._size = Field("划型", TextField(computed=True), note="自动算出")
                box.add(self._size)
        column.push()

    def _add_field(self, box: GroupBox, spec: FieldSpec) -> None:
        editor = make_editor(spec, self._cls, self._ledger)
        title, unit = split_unit(spec.label)
        title = title.replace("(", "（").replace(")", "）")
        field = Field(title, editor.widget, required=spec.required, unit=unit)
        self._editors[spec.name], self._fields[spec.name] = editor, field
        editor.left.connect(partial(self._left, spec.name))
        editor.typed.connect(partial(self._typed, spec.name))
        field.history_wanted.connect(partial(self.open_history, spec.name))
        if self._read_only or spec.name in locks.locked(self._cls):
            editor.widget.setEnabled(False)
        if spec.name == "code_reason" and "code" in self._fields:
            box.add_below(self._fields["code"], field)
        else:
            box.add(field, required=spec.required, wide=spec.kind.name == "note", name=spec.name)

    # Values in and out

    def _fill(self, *, keep_typed: bool = False) -> None:
        for name, editor in self._editors.items():
            if keep_typed and self._is_typed(name):
                continue
            editor.set_value(self.keeper.values.get(name))
            self._shown[name] = editor.text()
        if not self.keeper.is_new:
            self._visited = set(self._fields)
        count_changes(self._ledger, self.keeper.record, self._fields)
        self._judge()

    def _is_typed(self, name: str) -> bool:
        return self._editors[name].text() != self._shown.get(name, "")

    def _typed(self, name: str) -> None:
        if name in self._bad:
            return
        finding = check_text(self._cls, name, self._editors[name].text())
        if finding is None and self._fields[name].message() and self._is_typed(name):
            self._fields[name].say("", "")
        elif finding is not None and finding.kind == "explain":
            self._fields[name].say(*finding)
        if name == "code":
            self._show_reason(self._editors[name].text())

    def _left(self, name: str) -> None:
        editor = self._editors[name]
        self._visited.add(name)
        self._bad.pop(name, None)
        try:
            value = editor.value()
            written = self.keeper.keep(name, value)
        except (ValueError, UserError) as error:
            self._bad[name] = str(error)
            self._judge()
            return
        editor.set_value(self.keeper.values.get(name))
        self._shown[name] = editor.text()
        self._judge()
        if written:
            count_changes(self._ledger, self.keeper.record, self._fields)
            self.saved.emit(self.keeper.record)

    def _restore(self, name: str, value: object) -> None:
        self._editors[name].set_value(value)
        self._shown[name] = "\0"  # differs from any text, so that it is stored
        self._left(name)

    # Saying what is wrong

    def _judge(self) -> None:
        for each in self._editors.values():
            each.set_context(self.keeper.values)
        self._findings = check_values(
            self._cls, self.keeper.values, self._ledger, self.keeper.record
        )
        for name in self._fields:
            self._say(name)
        self._show_reason(str(self.keeper.values.get("code") or ""))
        if self._size is not None:
            size = size_of(self.keeper.values)
            editor = self._size.editor
            assert isinstance(editor, TextField)
            editor.set_text(size.grade or "还算不出")
            self._size.say("hint", size.reason)
        for group in self.groups:
            group.set_values(self.keeper.values)
        self.state_changed.emit()

    def _say(self, name: str) -> None:
        finding = self._findings.get(name)
        if name in self._bad:
            self._fields[name].say("must", self._bad[name])
        elif finding is None or (name not in self._visited and not self.keeper.values.get(name)):
            self._fields[name].say("", "")
        else:
            self._fields[name].say(*finding)

    def _show_reason(self, code: str) -> None:
        if "code_reason" in self._fields:
            wanted = has_wrong_digit(code) or bool(self.keeper.values.get("code_reason"))
            self._fields["code_reason"].setVisible(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        if goes_on(event):
            if not in_long_text():
                self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
