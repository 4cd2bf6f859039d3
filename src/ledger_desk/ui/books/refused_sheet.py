"""The sheet of what could not be done: each record with the reason, one sentence, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.blocks import write_block
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_model import ListSource
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow
from ledger_desk.ui.labels import label
from ledger_desk.work.outcome import Outcome

_ROWS = 9  # seen without scrolling
_COLUMNS = (
    GridColumn("title", "哪一条", "text", 260, essential=True),
    GridColumn("why", "为什么没有办", "text", 440, essential=True, stretch=True),
)


class RefusedSheet(Dialog):
    """Lists them; `open_wanted` carries the id of the one to go to."""

    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, outcome: Outcome, noun: str) -> None:
        """List what an outcome says was refused."""
        super().__init__(parent, f"{title}：{len(outcome.refused):,} {noun}没有办", width=860)
        self._refused = list(outcome.refused)
        done = len(outcome.done)
        told = f"办了 {done:,} {noun}，可以撤销。" if done else f"一{noun}也没有办。"
        self.body.add(label(f"{told}下面这些没有动，每{noun}的原因：", "body", wrap=True))
        rows = [
            GridRow(f"{number}", [each.title, Cell(each.why, note=each.why)])
            for number, each in enumerate(self._refused)
        ]
        self.panel = GridPanel(ListSource(_COLUMNS, rows), noun=noun, name="没有办的")
        self.panel.grid.opened.connect(self._open)
        self.panel.grid.current_changed.connect(self._moved)
        self._whole = label("", "dim", wrap=True)
        self.body.add(self.panel, self._whole)
        self.copy_button = self.add_button(Button("复制这张单子", self.copy, icon="copy"))
        self.add_close("知道了")
        self.open_button = self.add_button(Button("打开这一条", self.open_current, kind="pri"))
        theme.follow(self._fit_rows)
        self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        self.panel.grid.setFocus()

    def copy(self) -> None:
        """Put the list on the clipboard, as a table for Excel or a message."""
        rows = [[each.title, each.why] for each in self._refused]
        QGuiApplication.clipboard().setText(write_block([["哪一条", "为什么没有办"], *rows]))
        self.copy_button.set_text("已复制")

    def open_current(self) -> None:
        """Close, and go to the present record."""
        self._open(self.panel.grid.current_id())

    def _open(self, number: str) -> None:
        if number:
            self.accept()
            self.open_wanted.emit(self._refused[int(number)].id)

    def _moved(self, number: str) -> None:
        """A long reason is told in full below the list."""
        if number:
            each = self._refused[int(number)]
            self._whole.setText(f"{each.title}：{each.why}")

    def _fit_rows(self) -> None:
        rows = min(max(len(self._refused), 3), _ROWS)
        self.panel.setFixedHeight(theme.look().px(44 + 32 * rows))
