"""A small record in a sheet over the window: a bank, a person, a help given, a repayment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.keying.leaving import may_leave
from ledger_desk.ui.labels import label
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.records.form import RecordForm


class RecordDialog(Dialog):
    """Edits one record; show it with ``open()``, listen to `saved`.

    A new record is one step when it is stored (Ctrl+S); F12 stores it and begins another.
    """

    saved = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        ledger: Ledger,
        cls: type[Record],
        record: str = "",
        *,
        preset: Mapping[str, Any] | None = None,
        hidden: Collection[str] = (),
        title: str = "",
        noun: str = "个",
    ) -> None:
        """Show a record, or a new one with ``preset``; ``hidden`` leaves fields away."""
        super().__init__(parent, title or (cls.LABEL if record else f"新增{cls.LABEL}"), width=820)
        self._preset = dict(preset or {})
        self._noun = noun
        self.form = RecordForm(ledger, cls, record, preset=preset, hidden=hidden)
        self.body.add(self.form)
        self._how = label("每格离开即存", "dim")
        self.buttons.insertWidget(0, self._how)
        self._close = self.add_close("关闭")
        self._save = self.add_button(Button("存下", self._save_and_close, key="Ctrl+S"))
        self._again = self.add_button(
            Button(f"存下，再登一{noun}", self.save_and_begin, key="F12", kind="pri")
        )
        self.form.saved.connect(self.saved)
        self.form.state_changed.connect(self._tell)
        self._tell()
        self._fit_columns()
        theme.current().changed.connect(self._fit_columns)
        self.form.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def save_and_begin(self) -> None:
        """Store, and begin another new one."""
        if self.form.save():
            self.form.load("", self._preset)
            self.form.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def reject(self) -> None:
        """Esc: store what can be stored, ask about the rest."""
        if not self.form.keeper.is_new:
            self.form.settle()
        unsaved = self.form.unsaved()
        if unsaved:
            labels = "、".join(f"“{each}”" for each in unsaved[:4])
            title = f"还有 {len(unsaved)} 项没有存"
            text = f"{labels}只写在这张表上，还没有存进账里。"
            if not may_leave(self, title, self.form.save, text):
                return
        super().reject()

    def _save_and_close(self) -> None:
        if self.form.save():
            self.accept()

    def _tell(self) -> None:
        new = self.form.keeper.is_new
        self._how.setVisible(not new)
        self._save.setVisible(new)
        self._again.setVisible(new)

    def _fit_columns(self) -> None:
        window = self.parentWidget().window()
        self.form.set_columns(1 if mode_of(window.width(), theme.look().factor) == "single" else 2)
