"""Status bar: which ledger, how many rows, last backup, and 已安全保存, which never gives way."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QFrame

from ledger_desk.ui import theme
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import frame


class StatusBar(QFrame):
    """Four places, from left to right."""

    def __init__(self) -> None:
        """Start with an unsaved, nameless state."""
        super().__init__()
        self.setProperty("k", "status")
        self.setAccessibleName("状态栏")
        self._mode: Mode = "full"
        self._rows_text = self._rows_short = self._selection = self._said = ""
        self._saved: dt.datetime | None = None
        self._where = FittingLabel([""], "dim")
        self._rows = FittingLabel([""], "body")
        self._backup = FittingLabel([""], "dim")
        self._tick = Mark("done")
        self._saved_label = label("", "ok", name="saved")
        self._left_rule, self._right_rule = frame("vrule"), frame("vrule")
        row = Row(self, margins=(14, 0, 14, 0), gap=12)
        row.add(self._where, self._left_rule).add(self._rows, stretch=1)
        row.add(self._backup, self._right_rule, self._tick, self._saved_label)
        theme.follow(self._fit)
        self.set_saved(None)

    def set_where(self, file_name: str, level: str, period: str) -> None:
        """Name the ledger's file, its level and the period."""
        whole = " ・ ".join(part for part in (file_name, level, period) if part)
        self._where.set_texts([whole, file_name])

    def set_rows(self, text: str, short: str = "") -> None:
        """Say how many rows there are; ``short`` is for narrow windows."""
        self._rows_text, self._rows_short, self._said = text, short or text, ""
        self._show_rows()

    def set_selection(self, text: str) -> None:
        """Say what is selected: "已选 3 户　求和 530.00 万元"."""
        self._selection, self._said = text, ""
        self._show_rows()

    def say(self, text: str) -> None:
        """Put a passing sentence where the rows are told, until those change; empty takes it back."""
        self._said = text
        self._show_rows()

    def said(self) -> str:
        """The passing sentence, '' where the rows are told."""
        return self._said

    def set_backup(self, text: str) -> None:
        """Say when and where the last backup was made."""
        self._backup.set_texts([text, ""])

    def set_saved(self, when: dt.datetime | None) -> None:
        """Say when the ledger was last saved; None while there is no ledger."""
        self._saved = when
        for part in (self._tick, self._saved_label):
            part.setVisible(when is not None)
        if when is not None:
            narrow = self._mode == "single"
            self._saved_label.setText(
                f"已存 {when:%H:%M}" if narrow else f"已安全保存 {when:%H:%M:%S}"
            )

    def text(self) -> str:
        """What the middle says now, for tests."""
        return self._rows.texts()[0]

    def set_mode(self, mode: Mode) -> None:
        """Drop what gives way in a narrow window."""
        self._mode = mode
        self._where.setVisible(mode != "single")
        self._left_rule.setVisible(mode != "single")
        self._backup.setVisible(mode == "full")
        self._right_rule.setVisible(mode == "full")
        self.set_saved(self._saved)
        self._show_rows()

    def _show_rows(self) -> None:
        if self._said:
            self._rows.set_texts([self._said, ""])
            return
        parts = [part for part in (self._rows_text, self._selection) if part]
        whole = "　".join(parts)
        tight = "　".join(part for part in (self._rows_short, self._selection) if part)
        self._rows.set_texts([whole, tight, self._selection or self._rows_short, ""])

    def _fit(self) -> None:
        self.setFixedHeight(theme.look().px(30))
