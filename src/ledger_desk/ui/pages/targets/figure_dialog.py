"""One reported number (填报数) in a sheet: what, for which day and place, how much, and who says so."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map, values_of
from ledger_desk.model.records import Figure
from ledger_desk.model.terms import BY_KEY
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.keying.leaving import may_leave
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.picker import pick_from
from ledger_desk.ui.records import figure_values
from ledger_desk.ui.records.editors import Editor, LineEditor, PickEditor, make_editor
from ledger_desk.ui.records.pick_editors import entries_editor

_KEPT = ("indicator", "day", "office", "source", "reporter")  # from one to the next
_TITLES = {
    "indicator": "指标",
    "day": "截止日期",
    "division": "乡镇（街道）",
    "bank": "银行",
    "value": "数值",
    "source": "数据来源",
    "office": "填报单位",
    "reporter": "提供人",
}
_REQUIRED = ("indicator", "day", "value", "source")
_NOTES = {"division": "不写就是合计数", "bank": "不写就是各家合计"}


class FigureDialog(Dialog):
    """Takes one reported number; each save is one step. `saved` carries its id."""

    saved = Signal(str)

    def __init__(self, parent: QWidget, ledger: Ledger, record: str = "") -> None:
        """Show a reported number, or a new one."""
        super().__init__(parent, "填报数" if record else "记填报数", width=820)
        self._ledger, self._record = ledger, record
        self.editors: dict[str, Editor] = {name: self._make(name) for name in _TITLES}
        self.fields: dict[str, Field] = {}
        self._form = Form2()
        for name, editor in self.editors.items():
            self.fields[name] = field = Field(
                _TITLES[name],
                editor.widget,
                required=name in _REQUIRED,
                note=_NOTES.get(name, ""),
            )
            self._form.add(field)
            editor.left.connect(partial(self._left, name))
            editor.widget.setEnabled(not ledger.read_only)
        self.body.add(self._form)
        self.add_close("关闭")
        self.keep = self.add_button(Button("存下", self._save_and_close, key="Ctrl+S"))
        self.again = self.add_button(
            Button("存下，再记一个", self.save_and_begin, key="F12", kind="pri")
        )
        self.again.setVisible(not record)
        self.keep.setEnabled(not ledger.read_only)
        self.again.setEnabled(not ledger.read_only)
        self._fill(values_of(ledger.get(Figure, record)) if record else self._usual())
        self._fit_columns()
        theme.current().changed.connect(self._fit_columns)
        first = "day" if self.editors["indicator"].text() else "indicator"
        self.editors[first].widget.setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> bool:
        """Store what stands in the sheet as one step; whether it is stored."""
        values = self._read()
        if values is None:
            return False
        figure = Figure(**values)
        name = figure_values.name_of(figure)
        try:
            with self._ledger.step(f"{'改' if self._record else '记'}填报数 {name}") as step:
                if self._record:
                    step.change(Figure, self._record, values)
                else:
                    self._record = step.create(figure)
        except UserError as error:
            show_error(self, error, "填报数没有存下")
            return False
        self._before = self._texts()
        self.saved.emit(self._record)
        return True

    def save_and_begin(self) -> None:
        """Store, and begin the next one: only place and value are asked anew."""
        if not self.save():
            return
        kept = {name: self.editors[name].value() for name in _KEPT}
        self._record = ""
        self._fill(kept)
        self.editors["division"].widget.setFocus(Qt.FocusReason.TabFocusReason)

    def reject(self) -> None:
        """Esc: ask about what is not stored yet."""
        touched = not self._ledger.read_only and self._texts() != self._before
        if touched and not may_leave(self, "这个数还没有存", self.save):
            return
        super().reject()

    def _save_and_close(self) -> None:
        if self.save():
            self.accept()

    def _make(self, name: str) -> Editor:
        spec = field_map(Figure)[name]
        if name == "indicator":
            items = pick_from(figure_values.reported_items())
            return PickEditor(items, figure_values.indicator_item, placeholder="选一个指标")
        if name == "division":
            return entries_editor(BY_KEY["division"], self._ledger, free=False)
        if name == "value":
            return LineEditor(spec, self._write, numeric=True)
        return make_editor(spec, Figure, self._ledger)

    def _usual(self) -> dict[str, Any]:
        items = figure_values.reported_items()
        only = items[0].id if len(items) == 1 else None
        return {"indicator": only, "office": self._ledger.office.id}

    def _fill(self, values: dict[str, Any]) -> None:
        for name, editor in self.editors.items():
            editor.set_value(values.get(name))
            self.fields[name].say("", "")
        self._before = self._texts()
        self._say_unit()

    def _texts(self) -> list[str]:
        return [editor.text() for editor in self.editors.values()]

    def _indicator(self) -> Indicator | None:
        try:
            return INDICATORS.get(self.editors["indicator"].value() or "")
        except ValueError:
            return None

    def _write(self, value: int) -> str:
        spec = self._indicator()
        return figure_values.write_value(spec.id if spec else None, value)

    def _take(self, name: str) -> Any:
        """Value of one field.

        Raises:
            ValueError: A Chinese sentence.
        """
        if name != "value":
            value = self.editors[name].value()
        else:
            text, spec = self.editors[name].text(), self._indicator()
            value = figure_values.read_value(spec, text) if text and spec else None
        if value is None and name in _REQUIRED:
            raise ValueError(f"“{_TITLES[name]}”还没填。")
        return value

    def _read(self) -> dict[str, Any] | None:
        """All values, or None after saying what is wrong where."""
        values: dict[str, Any] = {}
        wrong = ""
        for name in self.editors:
            try:
                values[name] = self._take(name)
                self.fields[name].say("", "")
            except ValueError as error:
                self.fields[name].say("must", str(error))
                wrong = wrong or name
        if wrong:
            self.editors[wrong].widget.setFocus(Qt.FocusReason.TabFocusReason)
            return None
        return values

    def _left(self, name: str) -> None:
        try:
            self._take(name)
            self.fields[name].say("", "")
        except ValueError as error:
            self.fields[name].say("must", str(error))
            return
        if name == "day":
            self.editors[name].set_value(self._take(name))
        self._say_unit()

    def _say_unit(self) -> None:
        """Under the number: its unit, or that one for the same place and day is on record."""
        field, spec = self.fields["value"], self._indicator()
        if spec is None:
            return
        before = self._same(spec)
        if before is not None:
            shown = figure_values.show_value(spec.id, before.value)
            field.say(
                "explain", f"这一天、这个地方已经记过 {shown}。存下以后按新的算，旧的还留着。"
            )
        else:
            field.say("hint", f"按{spec.unit}填。{spec.text}")

    def _same(self, spec: Indicator) -> Figure | None:
        places = ("office", "bank", "division")
        try:
            mine = {name: self.editors[name].value() for name in ("day", *places)}
        except ValueError:
            return None
        if mine["day"] is None:
            return None
        query = Query(Figure, (Where("indicator", "=", spec.id), Where("day", "=", mine["day"])))
        for figure in self._ledger.find(query):
            same = all((getattr(figure, name) or None) == mine[name] for name in places)
            if same and figure.id != self._record:
                return figure
        return None

    def _fit_columns(self) -> None:
        window = self.parentWidget().window()
        single = mode_of(window.width(), theme.look().factor) == "single"
        self._form.set_columns(1 if single else 2)
