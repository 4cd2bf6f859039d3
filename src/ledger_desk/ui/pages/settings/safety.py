"""账套体检 and the password: is everything whole, and who may open it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ledger_desk.errors import UserError
from ledger_desk.files import atomic_write, safe_name
from ledger_desk.progress import Progress
from ledger_desk.store import health, passwords
from ledger_desk.store.health import Health
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow

_LEAST = 6


class SafetyView(QWidget):
    """Checks the ledger, and sets or removes its password.

    Signals:
        closed_work_wanted: (title, work): close the ledger, call ``work()``, open it again, and say
            the sentence that it gave. Only whoever opened the ledger can do that.
    """

    closed_work_wanted = Signal(str, object)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show where things stand."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        Column(self, gap=12).add(self._check_card(), self._password_card()).push()
        self.reload()

    def _check_card(self) -> QWidget:
        card = Card("账套体检")
        words = "看文件有没有坏、修改记录有没有断、查找和划型对不对得上。只看不改，可以边干活边查。"
        card.body.add(label(words, "dim", wrap=True))
        self.head = TextField("", "可以不填；填了就核对那一次以后有没有被删掉步骤")
        card.body.add(Field("签字页或回执上印的指纹", self.head))
        self._result = Notice("hint", "")
        self._result.hide()
        self._findings = TextArea("", lines=4)
        self._findings.setReadOnly(True)
        self._findings.setAccessibleName("体检发现的问题")
        self._findings.hide()
        self._check = Button("开始体检", self.check, kind="pri", icon="clipboard-check")
        self._copy = Button("复制指纹", self._copy_head, kind="words", icon="copy")
        card.body.add(self._result, self._findings)
        card.body.add(Row(gap=8).add(self._check, self._copy).push())
        return card

    def _password_card(self) -> QWidget:
        card = Card("密码")
        self._state = Notice("hint", "")
        self._set = Button("设密码…", self.ask_password, icon="lock")
        self._clear = Button("去掉密码…", self.ask_clear, icon="lock-open")
        card.body.add(self._state)
        words = "有密码的账套整个是加密的，别人拷走文件也看不到内容。密码忘了只能用恢复单打开，请存好。"
        card.body.add(label(words, "dim", wrap=True))
        card.body.add(Row(gap=8).add(self._set, self._clear).push())
        return card

    def reload(self) -> None:
        """Look again whether there is a password."""
        has, allowed = self._ledger.key is not None, not self._ledger.read_only
        if has:
            self._state.set("done", "这本账设了密码，文件是加密的。")
        else:
            self._state.set("explain", "这本账没有设密码：谁拿到文件都能打开，里面有电话和证件号。")
        self._set.set_text("换密码…" if has else "设密码…")
        self._set.setEnabled(allowed)
        self._clear.setVisible(has)
        self._clear.setEnabled(allowed)

    def check(self) -> None:
        """Check everything, as a job."""
        wanted = self.head.text().strip() or None

        def work(progress: Progress) -> Health:
            return health.check(self._ledger, head=wanted, progress=progress)

        self._check.block("正在体检")
        self._jobs.start(
            work, title="正在体检账套", leaves="停下，不查了", succeeded=self._checked, failed=self._failed,
            ended=self._ended,
        )  # fmt: skip

    def ask_password(self) -> None:
        """Ask for a new password."""
        dialog = PasswordSetDialog(self._window, change=self._ledger.key is not None)
        dialog.chosen.connect(self._set_password)
        dialog.open()

    def ask_clear(self) -> None:
        """Ask whether the password is to go."""
        sentence = "去掉以后谁拿到文件都能打开。会先写一份新的，核对过再换下原来的。"
        if ask_choice(self._window, "去掉密码", sentence, [("go", "去掉密码")], close="留着") is None:
            return
        work = partial(_rewrite, self._ledger.path, self._ledger.key, None)
        self.closed_work_wanted.emit("去掉密码", work)

    def _set_password(self, key: str) -> None:
        work = partial(_rewrite, self._ledger.path, self._ledger.key, key)
        self.closed_work_wanted.emit("设密码", work)

    def _checked(self, found: Health) -> None:
        if found.ok:
            sentence = f"体检通过：{found.steps:,} 步、{found.changes:,} 处改动，前后连得上。现在的指纹是 {found.head[:16]}。"
            self._result.set("done", sentence)
        else:
            self._result.set("must", f"体检发现 {len(found.findings)} 处不对。先别改账，还原最近一份好的备份。")
        self._findings.set_text("\n".join(found.findings))
        self._findings.setVisible(not found.ok)
        self._result.show()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "体检没有做完")

    def _ended(self) -> None:
        self._check.allow("再体检一次")

    def _copy_head(self) -> None:
        QGuiApplication.clipboard().setText(self._ledger.head())
        self._window.status.say("指纹已复制")


def _rewrite(path: Path, old: str | None, new: str | None) -> str:
    passwords.rewrite(path, old, new)
    return "密码已设好，下次打开要输。" if new else "密码已去掉。"


class PasswordSetDialog(Dialog):
    """Asks for a new password twice, then shows the recovery sheet; `chosen` carries the raw key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, change: bool) -> None:
        """Ask."""
        super().__init__(parent, "换密码" if change else "设密码", width=560)
        self._key = ""
        self.first, self.second = TextField(), TextField()
        for line in (self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self._judge)
        self._first = Field("新密码", self.first, required=True)
        self._second = Field("再输一次", self.second, required=True)
        self._sheet = TextArea("", lines=3)
        self._sheet.setReadOnly(True)
        self._paper = Field("恢复单：忘了密码只能靠它打开", self._sheet)
        self._save = Button("存成文本…", self._ask_file, icon="device-floppy")
        self._copy = Button("复制", self._copy_sheet, kind="words", icon="copy")
        self._tools = QWidget()
        Row(self._tools, gap=8).add(self._save, self._copy).push()
        self.body.add(self._first, self._second, self._paper, self._tools)
        self._paper.hide()
        self._tools.hide()
        self.add_close("不设了")
        self.go = self.add_button(Button("下一步", self._go, kind="pri"))
        self._judge()
        self.first.setFocus()

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
        self._sheet.set_text(self._key)
        self._first.hide()
        self._second.hide()
        self._paper.show()
        self._tools.show()
        self.go.allow("恢复单存好了，设上密码")
        self._save.setFocus()

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "把恢复单存到哪里", f"{safe_name('账套恢复单')}.txt", "文本 (*.txt)")
        if name:
            try:
                atomic_write(Path(name), f"专班台账恢复单\n忘了密码时，用下面这一行打开账套：\n{self._key}\n".encode())
            except UserError as error:
                show_error(self, error, "恢复单没有存成")

    def _copy_sheet(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
