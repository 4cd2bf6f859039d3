"""The fields of one application: the need above, the five standards below, all by keyboard."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ledger_desk.model import work_words as words
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Application
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.choices import Option
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.keying.keys import goes_on, in_long_text
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Form2, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.applications.marking import WORDS
from ledger_desk.ui.records.choosing import find_enterprises, item_of
from ledger_desk.ui.records.editors import ClearableSegments, Editor, PickEditor, make_editor
from ledger_desk.ui.records.showing import split_unit
from ledger_desk.ui.rules import frame

_NEED = ("source", "amount", "months", "purpose", "security", "bank1", "bank2", "first_loan", "renewal")  # fmt: skip
_TONES = ("ok", "zhu", "zhe")


class EntryForm(QWidget):
    """Editors by field name, and a segment with its evidence for each standard.

    Signals:
        firm_picked: Id of the firm.
        typed: Something was typed or chosen.
    """

    firm_picked = Signal(str)
    typed = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Build the form."""
        super().__init__()
        self._ledger = ledger
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        self.segments: dict[str, ClearableSegments] = {}
        self.evidence: dict[str, TextField] = {}
        self._rows: list[Row] = []
        self._captions: list[QWidget] = []
        self._shown: dict[str, Any] = {}
        column = Column(self, gap=8)
        self._form = Form2(gap=24, columns=3)
        firm = PickEditor(
            lambda text: find_enterprises(ledger, text), lambda r: item_of(ledger, "enterprise", r),
            placeholder="输名称、代码或拼音首字母",
        )  # fmt: skip
        self._add("enterprise", firm)
        for name in _NEED:
            self._add(name, make_editor(field_map(Application)[name], Application, ledger))
        column.add(self._form, frame("rule"))
        head = (
            Row(gap=10)
            .add(label("五项标准", "bold"), label("按 1 符合、2 不符合、3 待核", "dim"))
            .push()
        )
        column.add(head)
        for place, name in enumerate(CRITERIA):
            column.add(self._criterion(place, name))
        column.push()
        firm.picker.picked.connect(self._firm_picked)
        theme.follow(self._fit_captions)

    def _fit_captions(self) -> None:
        """The segments of all standards begin at one place."""
        for caption in self._captions:
            caption.setMinimumWidth(theme.look().px(116))

    def _add(self, name: str, editor: Editor) -> None:
        spec = field_map(Application)[name]
        title, unit = split_unit(spec.label)
        field = Field(title, editor.widget, required=spec.required, unit=unit)
        self.editors[name], self.fields[name] = editor, field
        editor.left.connect(partial(self._left, name))
        editor.typed.connect(self.typed)
        self._form.add(field)

    def _criterion(self, place: int, name: str) -> Row:
        options = [Option(w, w, tone) for w, tone in zip(words.CRITERION, _TONES, strict=True)]
        segments = ClearableSegments(options, None, WORDS[place])
        evidence = TextField(placeholder="依据，例如：执照、纳税、用电、征信报告")
        evidence.setAccessibleName(f"{WORDS[place]}依据")
        caption = label(WORDS[place], "body")
        self._captions.append(caption)
        row = Row(gap=10).add(caption, segments).add(evidence, stretch=1)
        self.segments[name], self.evidence[name] = segments, evidence
        segments.changed.connect(partial(self._judged, name))
        self._rows.append(row)
        return row

    # Values

    def begin(self, values: dict[str, Any]) -> None:
        """Show values; what is not named is emptied."""
        for name, editor in self.editors.items():
            editor.set_value(values.get(name))
            self.fields[name].say("", "")
        for name in CRITERIA:
            self.segments[name].set_value(values.get(name))
            self.evidence[name].set_text(values.get(f"{name}_why") or "")
        self._shown = self._texts()

    def fill_empty(self, values: dict[str, Any]) -> None:
        """Take values where nothing stands yet."""
        for name, editor in self.editors.items():
            if name != "enterprise" and not editor.text() and values.get(name) is not None:
                editor.set_value(values[name])
        for name in CRITERIA:
            if self.segments[name].value() is None:
                self.segments[name].set_value(values.get(name))
            if not self.evidence[name].text():
                self.evidence[name].set_text(values.get(f"{name}_why") or "")

    def values(self) -> dict[str, Any] | None:
        """All values; None while a text cannot be read, which is said under its field."""
        found: dict[str, Any] = {}
        wrong = ""
        for name, editor in self.editors.items():
            try:
                found[name] = editor.value()
                self.fields[name].say("", "")
            except ValueError as error:
                self.fields[name].say("must", str(error))
                wrong = wrong or name
        if wrong:
            self.editors[wrong].widget.setFocus()
            return None
        for name in CRITERIA:
            found[name] = self.segments[name].value()
            found[f"{name}_why"] = self.evidence[name].text().strip() or None
        return found

    def firm(self) -> str:
        """Id of the firm chosen; ''."""
        try:
            return str(self.editors["enterprise"].value() or "")
        except ValueError:
            return ""

    def is_touched(self) -> bool:
        """Whether something differs from what was shown."""
        return self._texts() != self._shown

    def _texts(self) -> dict[str, Any]:
        texts: dict[str, Any] = {name: editor.text() for name, editor in self.editors.items()}
        for name in CRITERIA:
            texts[name] = self.segments[name].value()
            texts[f"{name}_why"] = self.evidence[name].text()
        return texts

    # Keys

    def set_mode(self, mode: Mode) -> None:
        """One column, and the evidence below its standard, where it is narrow."""
        narrow = mode in ("single", "narrow")
        self._form.set_columns({"full": 3, "drawer": 3, "single": 1}.get(mode, 2))
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def _firm_picked(self, item: object) -> None:
        if item is not None and self.firm():
            self.firm_picked.emit(self.firm())

    def _left(self, name: str) -> None:
        try:
            self.editors[name].value()
            self.fields[name].say("", "")
        except ValueError as error:
            self.fields[name].say("must", str(error))
        self.typed.emit()

    def _judged(self, name: str, verdict: object) -> None:
        """Met: on to the next standard; else its evidence is wanted."""
        self.typed.emit()
        place = CRITERIA.index(name)
        if verdict == words.CRITERION[0] and place + 1 < len(CRITERIA):
            self.segments[CRITERIA[place + 1]].setFocus(Qt.FocusReason.TabFocusReason)
        elif verdict is not None and verdict != words.CRITERION[0]:
            self.evidence[name].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        if goes_on(event):
            if not in_long_text():
                self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
