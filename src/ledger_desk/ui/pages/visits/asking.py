"""Small sheets: why firms are dropped, who goes there, until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.records.editors import Editor


@dataclass(frozen=True)
class Asked:
    """One field of a sheet."""

    name: str
    title: str
    editor: Editor
    required: bool = False
    value: Any = None


class AskSheet(Dialog):
    """Asks for a few values; ``on`` gets them by name once all that is required is there."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, asked: Sequence[Asked], action: str,
        on: Callable[[dict[str, Any]], object],
    ) -> None:  # fmt: skip
        """Show fields one under another."""
        super().__init__(parent, title, width=520)
        self._asked, self._on = list(asked), on
        if sentence:
            self.body.add(label(sentence, "dim", wrap=True))
        self.fields: dict[str, Field] = {}
        self.editors: dict[str, Editor] = {}
        for each in asked:
            if each.value is not None:
                each.editor.set_value(each.value)
            self.fields[each.name] = Field(each.title, each.editor.widget, required=each.required)
            self.editors[each.name] = each.editor
            self.body.add(self.fields[each.name])
        self.add_close("不办了")
        self.go = self.add_button(Button(action, self.take, key="Ctrl+S", kind="pri"))
        if asked:
            asked[0].editor.widget.setFocus()

    def take(self) -> None:
        """Read what stands there, and close when it is whole."""
        values: dict[str, Any] = {}
        wrong: Editor | None = None
        for each in self._asked:
            field = self.fields[each.name]
            field.say("", "")
            try:
                values[each.name] = each.editor.value()
            except ValueError as error:
                field.say("must", str(error))
                wrong = wrong or each.editor
                continue
            if each.required and values[each.name] in (None, ""):
                field.say("must", f"请填{each.title}。")
                wrong = wrong or each.editor
        if wrong is not None:
            wrong.widget.setFocus()
            return
        self.accept()
        self._on(values)
