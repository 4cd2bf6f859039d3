"""账套体检 and the password: is everything whole, and who may open it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ledger_desk.progress import Progress
from ledger_desk.store import health, passwords
from ledger_desk.store.health import Health
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, Notice
from ledger_desk.ui.closed_work import Reopening
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.settings.password_sheet import PasswordSetDialog


class SafetyView(QWidget):
    """Checks the ledger, and sets or removes its password.

    Signals:
        closed_work_wanted: (title, work): close the ledger, call ``work()``, and open it again as
            the `Reopening` says that it gives. Only whoever opened the ledger can do that.
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
        words = "有密码的账套整个是加密的，别人拷走文件也看不到内容。密码忘了只能用恢复单上的恢复码打开，请存好。"
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
        dialog = PasswordSetDialog(
            self._window, change=self._ledger.key is not None, name=self._ledger.path.name
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._set_password)
        dialog.open()

    def ask_clear(self) -> None:
        """Ask whether the password is to go."""
        sentence = "去掉以后谁拿到文件都能打开。会先写一份新的，核对过再换下原来的。"
        if (
            ask_choice(self._window, "去掉密码", sentence, [("go", "去掉密码")], close="留着")
            is None
        ):
            return
        work = partial(_rewrite, self._ledger.path, self._ledger.key, None)
        self.closed_work_wanted.emit("去掉密码", work)

    def _set_password(self, key: str) -> None:
        work = partial(_rewrite, self._ledger.path, self._ledger.key, key)
        title = "设密码" if self._ledger.key is None else "换密码"
        # The dialog that says so stands on the window that is going to close: let it go first.
        QTimer.singleShot(0, self, partial(self.closed_work_wanted.emit, title, work))

    def _checked(self, found: Health) -> None:
        if found.ok:
            sentence = f"体检通过：{found.steps:,} 步、{found.changes:,} 处改动，前后连得上。现在的指纹是 {found.head[:16]}。"
            self._result.set("done", sentence)
        else:
            self._result.set(
                "must", f"体检发现 {len(found.findings)} 处不对。先别改账，还原最近一份好的备份。"
            )
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


def _rewrite(path: Path, old: str | None, new: str | None) -> Reopening:
    kept = passwords.change(path, old, new)
    if new is None:
        return Reopening(None, "密码已去掉", "现在谁拿到文件都能打开。")
    if old is None:
        detail = f"下次打开要输密码。设密码前的备份“{kept.name}”没有加密，不要了请自己删掉。"
        return Reopening(new, "密码已设好", detail)
    return Reopening(new, "密码已换好", "下次打开用新密码；以前的备份还是旧密码。")
