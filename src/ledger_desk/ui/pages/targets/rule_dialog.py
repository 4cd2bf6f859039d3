"""One parameter in a sheet: what it decides, all its values, and a new one from a day on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.parameters import Parameter
from ledger_desk.model.records import Setting
from ledger_desk.progress import Progress
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.effects import Effects, effects
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.records.editors import make_editor
from ledger_desk.work import parameters


class RuleDialog(Dialog):
    """Changes one parameter.

    Signals:
        saved: (number of the step, what was done).
    """

    saved = Signal(int, str)

    def __init__(self, parent: QWidget, ledger: Ledger, parameter: Parameter, jobs: Jobs) -> None:
        """Show a parameter of a ledger; what a change alters is read beside the window."""
        super().__init__(parent, parameter.label, width=680)
        self._ledger, self._parameter = ledger, parameter
        with ledger.read() as rows:
            now: Any = parameters.read(rows)[parameter.key]
            history = parameters.history(rows, parameter)
        self.body.add(label(f"依据：{parameter.source}", "clause", wrap=True))
        if parameter.note:
            self.body.add(label(parameter.note, "dim", wrap=True))
        spec = FieldSpec("value", "改成", parameter.kind)
        self.editor = make_editor(spec, Setting, ledger)
        self.editor.set_value(now)
        self.day, self.why = DayField(date.today()), TextField()
        self._value = Field("改成", self.editor.widget, required=True)
        self._since = Field("从哪天起", self.day, required=True)
        self._reason = Field("为什么改", self.why, required=True, note="哪份文件、谁定的")
        self.body.add(Form2(gap=24).add(self._value, self._since).add_wide(self._reason))
        self._effects: Effects | None = None
        self.told = label("正在看会改动哪几期……", "body", wrap=True)
        self.body.add(label("改了会动哪些数", "bold"), self.told)
        self.day.picked.connect(self._tell_effects)
        lines = [f"{parameter.default}　一直这样（程序原来的）"]
        lines += [f"{each.value}　从 {each.since} 起　{each.why}".rstrip() for each in history]
        self.body.add(label("改过的", "bold"))
        for line in reversed(lines):
            self.body.add(label(line, "dim", wrap=True))
        self.add_close("不改了")
        self.go = self.add_button(Button("改", self.save, key="Ctrl+S", kind="pri"))
        self.go.block("正在看会改动哪几期")
        jobs.read(
            partial(_read_effects, ledger, parameter.key), succeeded=self._take_effects,
            failed=self._not_read,
        )  # fmt: skip
        self.editor.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def effects(self) -> Effects | None:
        """What a change would alter, once it is known."""
        return self._effects

    def _take_effects(self, found: Effects) -> None:
        self._effects = found
        self._tell_effects()
        self._allow()

    def _not_read(self, error: object) -> None:
        self.told.setText(f"没有看出会改动哪几期：{error}")
        self._allow()

    def _allow(self) -> None:
        if self._ledger.read_only:
            self.go.block("只看，不能改")
        else:
            self.go.allow("改")

    def _tell_effects(self, _day: object = None) -> None:
        """Say which forms and periods change, for the day that stands in the field."""
        day = self.day.day()
        if self._effects is not None and day is not None:
            self.told.setText("\n".join(self._effects.sentences(day, date.today())))
            self.fit_height()

    def save(self) -> bool:
        """Let the value hold from the day on, as one step; whether it is stored."""
        value, wrong = self._take()
        day = self.day.day()
        if day is None:
            self._since.say("must", "看不出是哪一天，请写成 2024-11-20 这样。")
            wrong = True
        why = self.why.text().strip()
        if not why:
            self._reason.say("must", "写一句为什么改：以后有人问起，就看这一句。")
            wrong = True
        if wrong or day is None:
            return False
        try:
            step = parameters.put(self._ledger, self._parameter.key, value, day, why)
        except UserError as error:
            show_error(self, error, "没有改成")
            return False
        self.accept()
        if step is not None:
            shown = self._parameter.kind.show(value)
            self.saved.emit(step, f"已定：{self._parameter.label}，从 {day} 起是 {shown}")
        return True

    def _take(self) -> tuple[Any, bool]:
        """The new value, and whether it cannot be taken."""
        for field in (self._value, self._since, self._reason):
            field.say("", "")
        try:
            value = self.editor.value()
        except ValueError as error:
            self._value.say("must", str(error))
            return None, True
        if value is None:
            self._value.say("must", "还没写改成什么。")
            return None, True
        if isinstance(value, int) and not isinstance(value, bool) and value < 0:
            self._value.say("must", "不能小于 0。")
            return None, True
        return value, False


def _read_effects(ledger: Ledger, key: str, progress: Progress) -> Effects:
    progress(0, 0, "")
    with ledger.read() as rows:
        return effects(rows, load_forms(ledger), key)
