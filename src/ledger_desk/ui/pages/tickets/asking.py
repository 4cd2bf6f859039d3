"""The sheet that asks what goes with a deed: a day, words, a unit, a choice; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.kinds import DAY, NOTE, TEXT
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.keying.keys import goes_on, in_long_text
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.records.editors import make_editor
from ledger_desk.ui.records.pick_editors import PickEditor
from ledger_desk.ui.records.showing import split_unit

UNITS = frozenset(["lead", "assist", "unit", "escalated_to"])
_LONG = frozenset(["extended_why", "satisfied", "satisfied_way"])
_OWN = {"day": ("日期", DAY), "words": ("办理情况", NOTE), "unit": ("办理单位", TEXT)}
Check = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Asked:
    """One field of the sheet.

    Attributes:
        name: Field of the class, or ``day``, ``words``, ``unit`` of what is written with the deed.
        value: What stands in it at first.
        required: Whether it may not stay empty.
        text: Label; '' for that of the field.
        hint: What is said under it.
    """

    name: str
    value: Any = None
    required: bool = False
    text: str = ""
    hint: str = ""


class DeedSheet(Dialog):
    """Asks once; Enter goes on, Ctrl+S does it.

    Signals:
        answered: Values by name of the field.
    """

    answered = Signal(dict)

    def __init__(
        self,
        parent: QWidget | None,
        ledger: Ledger,
        title: str,
        cls: type[Record],
        asked: Sequence[Asked],
        *,
        action: str,
        sentence: str = "",
        units: Iterable[str] = (),
        check: Check | None = None,
        again: str = "",
    ) -> None:
        """Ask for some fields.

        Args:
            parent: Window behind it.
            ledger: For pickers.
            title: Verb and what it is done to.
            cls: Class whose fields they are.
            asked: The fields, in their order.
            action: Verb on the button.
            sentence: What is being done, above the fields.
            units: Names of units that are offered.
            check: Says why the answer cannot be taken, '' when it can.
            again: Words of a second button that asks anew afterwards.
        """
        super().__init__(parent, title, width=760 if len(asked) > 4 else 620)
        self._ledger, self._cls, self._asked, self._check = ledger, cls, tuple(asked), check
        self._known = [PickItem(name, name) for name in dict.fromkeys(units)]
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        if sentence:
            self.body.add(label(sentence, "dim", wrap=True))
        self._form = Form2(gap=24)
        for each in self._asked:
            self._add(each)
        self.body.add(self._form)
        self.wrong = label("", "must", wrap=True)
        self.wrong.hide()
        self.body.add(self.wrong)
        self.add_close("不办了")
        self.more = Button(again, self._go_again, key="F12", kind="pri") if again else None
        self.go = self.add_button(
            Button(action, self._go, key="Ctrl+S", kind="plain" if again else "pri")
        )
        if self.more is not None:
            self.add_button(self.more)
        self._fit_columns()
        theme.current().changed.connect(self._fit_columns)
        self._first().setFocus(Qt.FocusReason.TabFocusReason)

    # What it holds

    def answer(self) -> dict[str, Any] | None:
        """The values; None while something is missing or cannot be read, which is said then."""
        found: dict[str, Any] = {}
        wrong = ""
        for each in self._asked:
            field, editor = self.fields[each.name], self.editors[each.name]
            field.say("hint" if each.hint else "", each.hint)
            try:
                value = editor.value()
            except ValueError as error:
                field.say("must", str(error))
                wrong = wrong or each.name
                continue
            if value in (None, "") and each.required:
                field.say("must", f"{self._title(each)}还空着，这一栏要写。")
                wrong = wrong or each.name
            found[each.name] = value
        sentence = "" if wrong or self._check is None else self._check(found)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.fit_height()
        if wrong:
            self.editors[wrong].widget.setFocus()
        return None if wrong or sentence else found

    def set_value(self, name: str, value: Any) -> None:
        """Put a value into a field."""
        self.editors[name].set_value(value)

    def load(self, values: Mapping[str, Any]) -> None:
        """Begin anew with some values, the keyboard at the first field."""
        for each in self._asked:
            self.editors[each.name].set_value(values.get(each.name, each.value))
            self.fields[each.name].say("hint" if each.hint else "", each.hint)
        self._first().setFocus(Qt.FocusReason.TabFocusReason)

    # Inner

    def _add(self, each: Asked) -> None:
        spec = self._spec(each)
        editor = self._editor(spec)
        editor.set_value(each.value)
        _, unit = split_unit(spec.label)
        field = Field(self._title(each), editor.widget, required=each.required, unit=unit)
        if each.hint:
            field.say("hint", each.hint)
        self.editors[each.name], self.fields[each.name] = editor, field
        if self._is_wide(spec):
            self._form.add_wide(field)
        else:
            self._form.add(field)

    @staticmethod
    def _is_wide(spec: FieldSpec) -> bool:
        """Words take a whole line, and so does a choice of four side by side."""
        return spec.kind.name == "note" or spec.name in _LONG

    def _editor(self, spec: FieldSpec) -> Editor:
        if spec.name in UNITS and spec.kind.name == "text":
            return PickEditor(
                pick_from(self._known), lambda value: PickItem(value, value), free=True,
                placeholder="写单位，写过的输首字母就有", remember="ticket-unit",
            )  # fmt: skip
        return make_editor(spec, self._cls, self._ledger)

    def _spec(self, each: Asked) -> FieldSpec:
        known = field_map(self._cls).get(each.name)
        if each.name in _OWN and (known is None or each.name != "unit"):
            text, kind = _OWN[each.name]
            return FieldSpec(each.name, each.text or text, kind)
        assert known is not None
        return known

    def _title(self, each: Asked) -> str:
        title = each.text or split_unit(self._spec(each).label)[0]
        return title.replace("(", "（").replace(")", "）")

    def _first(self) -> QWidget:
        """The first field that is still empty, else the first of all."""
        empty = (e for e in self._asked if not self.editors[e.name].text() and e.required)
        chosen = next(empty, self._asked[0])
        return self.editors[chosen.name].widget

    def _go(self) -> None:
        found = self.answer()
        if found is not None:
            self.accept()
            self.answered.emit(found)

    def _go_again(self) -> None:
        found = self.answer()
        if found is not None:
            self.answered.emit(found)
            self.load({})

    def _fit_columns(self) -> None:
        window = self.parentWidget().window() if self.parentWidget() else self
        narrow = mode_of(window.width(), theme.look().factor) == "single"
        self._form.set_columns(1 if narrow else 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        if goes_on(event):
            if not in_long_text():
                self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
