"""A sheet that asks for what goes with a deed: a few fields of a record class, then one button."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.records.editors import make_editor
from ledger_desk.ui.records.showing import split_unit


@dataclass(frozen=True)
class Ask:
    """One field of the sheet.

    Attributes:
        name: Field of the class, or of ``spec``.
        value: What stands in it at first.
        required: Whether it may not stay empty.
        text: Label; '' for that of the field.
        note: Faint words beside the label.
        spec: A field that the class does not have.
    """

    name: str
    value: Any = None
    required: bool = False
    text: str = ""
    note: str = ""
    spec: FieldSpec | None = None


class AskFields(Dialog):
    """Asks once; Enter or Ctrl+S does it, Esc does nothing.

    Signals:
        answered: Values by name, those of hidden fields left out.
    """

    answered = Signal(dict)

    def __init__(
        self,
        parent: QWidget,
        ledger: Ledger,
        cls: type[Record],
        title: str,
        asked: Sequence[Ask],
        action: str,
        *,
        sentence: str = "",
        shown: Callable[[Mapping[str, Any]], Collection[str]] | None = None,
        check: Callable[[Mapping[str, Any]], str] | None = None,
    ) -> None:
        """Ask for some fields.

        Args:
            parent: Window behind it.
            ledger: For pickers.
            cls: Class whose fields they are.
            title: Verb and what it is done to.
            asked: The fields in their order.
            action: Words of the button.
            sentence: What is being done, above the fields.
            shown: Names of the fields that are asked, by what was answered so far; None: all.
            check: Says why the answer cannot be taken, '' when it can.
        """
        super().__init__(parent, title, width=760 if len(asked) > 3 else 560)
        self._asked, self._shown, self._check = tuple(asked), shown, check
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        if sentence:
            self.body.add(label(sentence, "dim", wrap=True))
        self._form = Form2(gap=24)
        for each in self._asked:
            self._add(each, cls, ledger)
        self.body.add(self._form)
        self._wrong = label("", "must", wrap=True)
        self._wrong.hide()
        self.body.add(self._wrong)
        self.add_close("不办了")
        self.go = self.add_button(Button(action, self._go, key="Ctrl+S", kind="pri"))
        self._fit_columns()
        theme.current().changed.connect(self._fit_columns)
        self._show_fields()
        empty = [a.name for a in self._asked if a.required and not self.editors[a.name].text()]
        first = next((name for name in empty if not self.fields[name].isHidden()), asked[0].name)
        self.editors[first].widget.setFocus(Qt.FocusReason.TabFocusReason)

    def answer(self) -> dict[str, Any] | None:
        """The values; None while something is missing or cannot be read, which is said then."""
        found: dict[str, Any] = {}
        wrong = ""
        for each in self._asked:
            field = self.fields[each.name]
            if field.isHidden():
                continue
            field.say("", "")
            try:
                value = self.editors[each.name].value()
            except ValueError as error:
                field.say("must", str(error))
                wrong = wrong or each.name
                continue
            if value in (None, "") and each.required:
                field.say("must", f"“{field.title}”还没填。")
                wrong = wrong or each.name
            found[each.name] = value
        said = "" if wrong or self._check is None else self._check(found)
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))
        if wrong:
            self.editors[wrong].widget.setFocus(Qt.FocusReason.TabFocusReason)
        return None if wrong or said else found

    def wrong(self) -> str:
        """The sentence under the fields."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _add(self, each: Ask, cls: type[Record], ledger: Ledger) -> None:
        spec = each.spec or field_map(cls)[each.name]
        title, unit = split_unit(spec.label)
        editor = make_editor(spec, cls, ledger)
        editor.set_value(each.value)
        field = Field(
            each.text or title, editor.widget, required=each.required, unit=unit, note=each.note
        )
        self.editors[each.name], self.fields[each.name] = editor, field
        (self._form.add_wide if spec.kind.name == "note" else self._form.add)(field)
        editor.left.connect(partial(self._left, each.name))

    def _left(self, name: str) -> None:
        editor, field = self.editors[name], self.fields[name]
        field.say("", "")
        try:
            value = editor.value()
        except ValueError as error:
            field.say("must", str(error))
            return
        if hasattr(value, "isoformat"):  # 11.20 becomes the whole day
            editor.set_value(value)
        self._show_fields()

    def _show_fields(self) -> None:
        if self._shown is None:
            return
        values: dict[str, Any] = {}
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
            except ValueError:
                values[name] = None
        wanted = self._shown(values)
        for name, field in self.fields.items():
            field.setVisible(name in wanted)

    def _go(self) -> None:
        found = self.answer()
        if found is not None:
            self.accept()
            self.answered.emit(found)

    def _fit_columns(self) -> None:
        window = self.parentWidget().window()
        self._form.set_columns(1 if mode_of(window.width(), theme.look().factor) == "single" else 2)
