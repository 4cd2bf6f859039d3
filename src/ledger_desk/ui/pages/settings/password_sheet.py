"""Setting a password: asked twice, then the recovery sheet, to be kept before anything is changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ledger_desk.errors import UserError
from ledger_desk.files import atomic_write, safe_name
from ledger_desk.store import passwords
from ledger_desk.store.opening import show_recovery
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row

_LEAST = 6


class PasswordSetDialog(Dialog):
    """Asks for a new password twice, then shows the recovery sheet; `chosen` carries the raw key.

    The sheet is shown this once: nothing of it is stored anywhere.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, change: bool, name: str = "") -> None:
        """Ask.

        Args:
            parent: Window behind it.
            change: There is a password already.
            name: File name of the ledger, written on the sheet.
        """
        super().__init__(parent, "换密码" if change else "设密码", width=560)
        self._key, self._name = "", name
        self.first, self.second = TextField(), TextField()
        for line in (self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self._judge)
        self._first = Field("新密码", self.first, required=True)
        self._second = Field("再输一次", self.second, required=True)
        self._sheet = TextArea("", lines=3)
        self._sheet.setReadOnly(True)
        self._paper = Field("恢复码：忘了密码只能靠它打开", self._sheet)
        self._once = label(
            "只给这一次，请打印、存到别处或抄下来锁好。每设一次密码就是新的一张，旧的恢复单只能打开旧备份。",
            "dim",
            wrap=True,
        )
        self._save = Button("存成文本…", self._ask_file, icon="device-floppy")
        self._print = Button("打印…", self.ask_printer, icon="printer")
        self._copy = Button("复制", self._copy_sheet, kind="words", icon="copy")
        self._tools = QWidget()
        Row(self._tools, gap=8).add(self._print, self._save, self._copy).push()
        self.body.add(self._first, self._second, self._paper, self._tools, self._once)
        for each in (self._paper, self._tools, self._once):
            each.hide()
        self.add_close("不设了")
        self.go = self.add_button(Button("下一步", self._go, kind="pri"))
        self._judge()
        self.first.setFocus()

    def sheet(self) -> str:
        """Text of the recovery sheet."""
        return (
            f"专班台账恢复单\n账套：{self._name}\n"
            f"忘了密码时，打开账套，按“用恢复码打开”，输下面这一行：\n{show_recovery(self._key)}\n"
        )

    def ask_printer(self) -> None:
        """Ask for a printer and print the sheet."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        printer.setDocName("账套恢复单")
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("打印恢复单")
        if dialog.exec():
            document = QTextDocument(self)
            document.setPlainText(self.sheet())
            document.print_(printer)

    def _judge(self) -> None:
        one, two = self.first.text(), self.second.text()
        if len(one) < _LEAST:
            self.go.block(f"密码至少 {_LEAST} 个字符")
        elif one != two:
            self.go.block("两次还不一样")
        else:
            self.go.allow("下一步：看恢复单")

    def _go(self) -> None:
        if self._key:
            self.chosen.emit(self._key)
            self.accept()
            return
        try:
            self._key = passwords.new_key(self.first.text())
        except UserError as error:
            self._first.say("must", str(error))
            return
        self._sheet.set_text(show_recovery(self._key))
        self._first.hide()
        self._second.hide()
        for each in (self._paper, self._tools, self._once):
            each.show()
        self.go.allow("恢复单存好了，设上密码")
        self._save.setFocus()

    def _ask_file(self) -> None:
        start = f"{safe_name('账套恢复单')}.txt"
        name, _ = QFileDialog.getSaveFileName(self, "把恢复单存到哪里", start, "文本 (*.txt)")
        if name:
            try:
                atomic_write(Path(name), self.sheet().encode())
            except UserError as error:
                show_error(self, error, "恢复单没有存成")

    def _copy_sheet(self) -> None:
        QGuiApplication.clipboard().setText(show_recovery(self._key))
