"""The first thing that somebody without a ledger sees: make one, open one, or try a made-up one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row

SUFFIX = ".账套"
FILTER = f"账套 (*{SUFFIX});;全部文件 (*)"
_SHOWN = 3


class OpeningDialog(Dialog):
    """Offers the ways to a ledger; each is a signal, what follows is the composition root's affair.

    Signals:
        new_wanted, practice_wanted: The button was pressed.
        chosen: Path of a ledger file.
    """

    new_wanted = Signal()
    practice_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None, recent: Sequence[Path], folder: Path) -> None:
        """Show the ways and the ledgers opened lately, if they are still there."""
        super().__init__(parent, "专班台账", width=680, headed=False)
        self._folder = folder
        steps = [
            NextStep(
                "plus",
                "新建账套",
                "写上单位和区划就能开始，两分钟",
                "新建",
                self.new_wanted.emit,
                pri=not recent,
            ),
            NextStep(
                "folder-open", "打开账套", "本机或 U 盘上的 .账套 文件", "选文件…", self.ask_file
            ),
        ]
        for number, path in enumerate(recent[:_SHOWN]):
            where = str(path.parent)
            steps.insert(
                number,
                NextStep(
                    "book-2",
                    path.stem,
                    where,
                    "打开",
                    partial(self.chosen.emit, path),
                    pri=number == 0,
                ),
            )
        self.ways = EmptyState(
            "打开一本账",
            "账套是一个文件，一个单位一本。不用账号，不用联网。",
            steps,
            foot=(
                "只想试试？",
                "练习账套里的企业和人都是编的，不会和真账混在一起。",
                "打开练习账套",
                self.practice_wanted.emit,
            ),
        )
        self.body.add(self.ways)
        self.add_close("退出")

    def ask_file(self) -> None:
        """Let the person choose a file."""
        name, _ = QFileDialog.getOpenFileName(self, "打开账套", str(self._folder), FILTER)
        if name:
            self.chosen.emit(Path(name))


class PasswordDialog(Dialog):
    """Asks for the password of a ledger, without showing it, or for the line of its recovery sheet."""

    def __init__(
        self, parent: QWidget | None, name: str, why: str = "", *, by_recovery: bool = False
    ) -> None:
        """Ask for ``name``.

        Args:
            parent: Window behind it.
            name: File name of the ledger.
            why: What was wrong with the last try.
            by_recovery: Ask for the recovery line at once, as in the last try.
        """
        super().__init__(parent, "输入密码", width=520)
        self.field, self.line = TextField(), TextArea("", lines=3)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self._holder = Field(f"“{name}”的密码", self.field, required=True)
        self._sheet = Field(f"“{name}”的恢复码", self.line, required=True)
        self._hint = label("", "dim", wrap=True)
        self.other = Button("", self._change, kind="words")
        self.body.add(self._holder, self._sheet, self._hint, Row(gap=0).add(self.other).push())
        self.add_close("另选账套")
        self.go = self.add_button(Button("打开", self._go, kind="pri"))
        self._by_recovery = not by_recovery
        self._change()
        if why:
            (self._sheet if by_recovery else self._holder).say("must", why)

    def password(self) -> str | None:
        """The password written, None where the recovery line is given instead."""
        return None if self._by_recovery else self.field.text()

    def recovery(self) -> str | None:
        """The recovery line written, None where the password is given."""
        return self.line.text() if self._by_recovery else None

    def _change(self) -> None:
        """Ask for the other one."""
        self._by_recovery = by = not self._by_recovery
        self._holder.setVisible(not by)
        self._sheet.setVisible(by)
        self.other.set_text("改用密码打开" if by else "忘了密码，用恢复码打开")
        self._hint.setText(
            "恢复码在设密码时给出的恢复单上，空格和换行不要紧。换过密码的，要用最后那一张。"
            if by
            else "密码只在本机用来解开账套，不会存下来。"
        )
        (self.line if by else self.field).setFocus()

    def _go(self) -> None:
        if (self.line if self._by_recovery else self.field).text().strip():
            self.accept()
