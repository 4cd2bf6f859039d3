"""The password from the window: set, asked for, changed, taken off; and what happens when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ledger_desk.app import Opener, Session
from ledger_desk.cli import main
from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Figure, Office
from ledger_desk.settings import Settings
from ledger_desk.store import backups, connecting, passwords
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme as themes
from ledger_desk.ui.dialogs.error import ErrorDialog
from ledger_desk.ui.dialogs.opening import PasswordDialog
from ledger_desk.ui.pages.settings import SettingsPage
from ledger_desk.ui.pages.settings.password_sheet import PasswordSetDialog
from ledger_desk.ui.pages.targets import TargetsPage
from ledger_desk.ui.pages.targets.figure_dialog import FigureDialog
from tests.app.conftest import TODAY
from tests.conftest import Practised
from tests.ui.walk import walk

WORD, OTHER = "chaxiang2024", "chunlaizao88"


@pytest.fixture
def session(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, practised: Practised
) -> Session:
    themes.install(qapp)
    monkeypatch.setattr(qapp, "quit", lambda: None)
    monkeypatch.setattr(connecting, "_ROUNDS", 1_000)  # all of them: tests of the store
    path = practised(tmp_path / "新县.账套", firms=15, today=TODAY)
    made = Session(qapp, Ledger.open(path), Opener(Settings.load()))
    made.begin()
    return made


def _end(session: Session) -> None:
    session.desk.window.close()
    session.desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _page(session: Session) -> SettingsPage:
    session.desk.window.show_page("settings")
    page = session.desk.window.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_tab("safety")
    return page


def _reopened(qtbot: QtBot, session: Session, do: Callable[[], object]) -> None:
    """Do something that closes the ledger, and wait until it is open again."""
    before = session.desk
    do()
    qtbot.waitUntil(lambda: session.desk is not before, timeout=20_000)
    assert session.desk.window.isVisible()
    assert session.desk.window.page_key() == "settings"


def _set(qtbot: QtBot, session: Session, word: str) -> str:
    """Set a password through the dialog; gives what stands on the recovery sheet."""
    page = _page(session)
    page.safety._set.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasswordSetDialog)
    dialog.first.setText(word)
    dialog.second.setText(word)
    dialog.go.click()
    line = dialog._sheet.text()
    _reopened(qtbot, session, dialog.go.click)
    return line


def test_a_password_is_set_asked_for_changed_and_taken_off_again(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, head = session.desk.ledger.path, session.desk.ledger.head()
    line = _set(qtbot, session, WORD)
    ledger = session.desk.ledger
    assert not connecting.is_plain(path)
    assert (ledger.head(), ledger.count(Query(Enterprise)), ledger.read_only) == (head, 15, False)
    assert [each.why for each in backups.listing(path)] == ["换密码前"]
    assert connecting.is_plain(backups.listing(path)[0].path)
    (toast,) = session.desk.window.toasts.shown()
    assert "密码已设好" in toast.accessibleName() + toast.accessibleDescription() + _texts(toast)
    with ledger.step("改") as step:  # it is open for writing, under the new key
        step.change(Office, ledger.office.id, {"contact": "试验员"})
    assert _page(session).safety._set.words == "换密码…"

    second = _set(qtbot, session, OTHER)
    assert "".join(second.split()) != "".join(line.split())
    assert session.desk.ledger.office.contact == "试验员"
    _end(session)
    for kind, word in (("password", WORD), ("recovery_key", line)):
        with pytest.raises(UserError):
            Ledger.open(path, **{kind: word})
    Ledger.open(path, password=OTHER).close()
    word_file = tmp_path / "密码.txt"
    word_file.write_text(f"{OTHER}\n", encoding="utf-8")
    assert main(["check", str(path), "--password-file", str(word_file)]) == 0

    again = Session(session._app, Ledger.open(path, recovery_key=second), Opener(Settings.load()))
    again.begin()
    monkeypatch.setattr("ledger_desk.ui.pages.settings.safety.ask_choice", lambda *a, **k: "go")
    page = _page(again)
    _reopened(qtbot, again, page.safety._clear.click)
    assert connecting.is_plain(path)
    assert again.desk.ledger.key is None
    assert _page(again).safety._set.words == "设密码…"
    _end(again)
    Ledger.open(path).close()


def _texts(widget: object) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(each.text() for each in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_a_password_that_is_too_short_or_written_differently_goes_no_further(
    session: Session,
) -> None:
    page = _page(session)
    page.safety.ask_password()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasswordSetDialog)
    dialog.first.setText("12345")
    dialog.second.setText("12345")
    assert (dialog.go.isEnabled(), dialog.go.words) == (False, "密码至少 6 个字符")
    dialog.first.setText("123456")
    assert (dialog.go.isEnabled(), dialog.go.words) == (False, "两次还不一样")
    dialog.second.setText("123456")
    assert dialog.go.isEnabled()
    dialog.reject()
    assert connecting.is_plain(session.desk.ledger.path)
    _end(session)


def test_when_it_fails_the_reason_is_said_and_the_ledger_opens_as_it_was(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def play(self: QDialog) -> int:
        assert isinstance(self, ErrorDialog)
        said.append(_texts(self))
        return 0

    def refuse(path: Path, *rest: object) -> None:
        raise UserError("磁盘满了。请腾出空间再试。")

    monkeypatch.setattr(QDialog, "exec", play)
    monkeypatch.setattr(passwords, "_export", refuse)
    path, head = session.desk.ledger.path, session.desk.ledger.head()
    _set(qtbot, session, WORD)
    assert "没有做成：设密码" in said[0]
    assert "磁盘满了" in said[0]
    assert connecting.is_plain(path)
    assert (session.desk.ledger.head(), session.desk.ledger.read_only) == (head, False)
    _end(session)


def test_a_changed_office_name_stands_at_the_top_at_once(session: Session) -> None:
    page = _page(session)
    ledger = session.desk.ledger
    with ledger.step("改名") as step:
        step.change(Office, ledger.office.id, {"name": "新县小微专班", "short": None})
    page.office._saved("")
    assert "新县小微专班" in session.desk.window.windowTitle() + _texts(session.desk.window)
    _end(session)


def test_the_record_behind_a_reported_cell_opens_on_its_tab(session: Session) -> None:
    figure = session.desk.ledger.find(Query(Figure), 1)[0]
    session.desk.open_record("figure", figure.id)
    page = session.desk.window.page("targets")
    assert isinstance(page, TargetsPage)
    assert page.tabs.chosen_key() == "figures"
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FigureDialog)
    assert dialog.editors["day"].value() == figure.day
    dialog.reject()
    _end(session)


def test_a_rewrite_that_fails_leaves_the_ledger_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = _locked(tmp_path)

    def refuse(source: object, target: object) -> None:
        raise PermissionError(13, "refused")

    before = sorted(each.name for each in tmp_path.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(passwords.os, "replace", refuse)
        with pytest.raises(UserError, match="没有换成"):
            passwords.rewrite(path, key, None)
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    with (
        Ledger.open(path, password=WORD),
        pytest.raises(UserError, match="正在别处打开着"),
    ):
        passwords.rewrite(path, key, None)


# -- opening ---------------------------------------------------------------------------------------


def _locked(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "密.账套"
    with Ledger.create(path, office=Office(name="甲", level="县级"), password=WORD) as ledger:
        assert ledger.key is not None
        return path, ledger.key


def test_a_forgotten_password_is_replaced_by_the_line_of_the_recovery_sheet(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    themes.install(qapp)
    path, key = _locked(tmp_path)
    tries = ["123", "0" * 96, f"{key[:40].upper()}\n {key[40:]}"]
    said: list[str] = []

    def play(self: QDialog) -> int:
        assert isinstance(self, PasswordDialog)
        said.append(_texts(self))
        if len(said) == 1:
            self.other.click()
        self.line.set_text(tries[len(said) - 1])
        self.go.click()
        return self.result()

    monkeypatch.setattr(QDialog, "exec", play)
    found = Opener(Settings()).open(path)
    assert found is not None
    with found:
        assert found.key == key
        assert not found.read_only
    assert "现在是 3 个" in said[1]
    assert len(said) == 3


def test_a_recovery_line_never_reaches_the_file_as_it_was_typed(tmp_path: Path) -> None:
    path, _ = _locked(tmp_path)
    for line in ("x'; DROP TABLE step; --", "g" * 96, ""):
        with pytest.raises(UserError, match=r"恢复码|密码"):
            Ledger.open(path, recovery_key=line)


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_cut_off_where_passwords_are_asked_for(
    qapp: QApplication, qtbot: QtBot, factor: float
) -> None:
    theme = themes.install(qapp)
    theme.set(factor=factor, contrast=False)
    try:
        asking = PasswordDialog(None, "新县专班 2024.账套", "恢复码不对。", by_recovery=True)
        asking.show()
        qtbot.wait(60)
        assert [str(each) for each in walk(asking)] == []
        asking.other.click()
        qtbot.wait(60)
        assert asking.field.isVisible()
        assert [str(each) for each in walk(asking)] == []
        asking.close()
        asking.deleteLater()
    finally:
        theme.set(factor=1.0, contrast=False)
