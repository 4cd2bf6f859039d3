from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ledger_desk.app import Opener, make_ledger, open_practice
from ledger_desk.model.records import Office
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from ledger_desk.ui.dialogs.ask import ChoiceQuestion
from ledger_desk.ui.dialogs.error import ErrorDialog
from ledger_desk.ui.dialogs.new_ledger import NewLedger, NewLedgerDialog
from ledger_desk.ui.dialogs.opening import OpeningDialog, PasswordDialog

Answer = Callable[[QDialog], object]


@pytest.fixture
def answers(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[type[QDialog], Answer]]:
    """What a person does with each dialog, in order; a dialog that was not expected fails."""
    themes.install(qapp)
    wanted: list[tuple[type[QDialog], Answer]] = []

    def play(self: QDialog) -> int:
        assert wanted, f"nobody expected {type(self).__name__}: {self.accessibleName()}"
        kind, answer = wanted.pop(0)
        assert isinstance(self, kind), type(self)
        self.show()
        answer(self)
        result = self.result()
        self.close()
        return result

    monkeypatch.setattr(QDialog, "exec", play)
    return wanted


def _make(path: Path, password: str | None = None) -> Path:
    Ledger.create(path, office=Office(name="甲", level="县级"), password=password).close()
    return path


def _leave(dialog: QDialog) -> None:
    dialog.reject()


def test_the_last_ledger_opens_by_itself(answers: list[object], tmp_path: Path) -> None:
    path = _make(tmp_path / "甲.账套")
    found = Opener(Settings().opened(path)).first(None)
    assert found is not None
    with found:
        assert (found.path, found.read_only) == (path, False)


def test_a_ledger_that_is_gone_brings_the_choice(answers: list[object], tmp_path: Path) -> None:
    answers.append((OpeningDialog, _leave))
    assert Opener(Settings().opened(tmp_path / "没有.账套")).first(None) is None
    assert answers == []


def test_a_file_that_is_no_ledger_is_said_and_the_choice_follows(
    answers: list[object], tmp_path: Path
) -> None:
    path = tmp_path / "便条.账套"
    path.write_text("SQLite format 3 was here, but not really", encoding="utf-8")
    answers += [(PasswordDialog, _leave), (OpeningDialog, _leave)]
    assert Opener(Settings()).first(path) is None
    empty = tmp_path / "空.账套"
    empty.touch()
    answers += [(ErrorDialog, _leave), (OpeningDialog, _leave)]
    assert Opener(Settings()).first(empty) is None


def test_a_password_is_asked_until_it_is_right(answers: list[object], tmp_path: Path) -> None:
    path = _make(tmp_path / "密.账套", "茶乡春来早6")

    def say(word: str) -> Answer:
        def answer(dialog: QDialog) -> None:
            assert isinstance(dialog, PasswordDialog)
            dialog.field.setText(word)
            dialog.go.click()

        return answer

    answers += [(PasswordDialog, say("错")), (PasswordDialog, say("茶乡春来早6"))]
    found = Opener(Settings()).open(path)
    assert found is not None
    found.close()


def test_a_ledger_open_elsewhere_can_be_looked_at(answers: list[object], tmp_path: Path) -> None:
    path = _make(tmp_path / "甲.账套")
    with Ledger.open(path):
        answers.append((ChoiceQuestion, lambda dialog: dialog._take("read")))
        found = Opener(Settings()).open(path)
        assert found is not None
        assert found.read_only
        found.close()
        answers.append((ChoiceQuestion, _leave))
        assert Opener(Settings()).open(path) is None


def test_a_new_ledger_is_made_from_the_dialog(
    answers: list[object], qtbot: QtBot, tmp_path: Path
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewLedgerDialog)
        assert not dialog.go.isEnabled() or "还差单位名称" in dialog.go.text()
        dialog.office.setText("新县专班")
        dialog.person.setText("试验员")
        dialog.go.click()

    answers += [(OpeningDialog, lambda dialog: dialog.new_wanted.emit()), (NewLedgerDialog, fill)]
    found = Opener(Settings()).ask()
    assert found is not None
    with found:
        assert (found.office.name, found.office.level) == ("新县专班", "县级")
        assert found.person is not None
        assert found.person.name == "试验员"


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = _make(tmp_path / "甲.账套")
    before = path.read_bytes()
    from ledger_desk.errors import UserError

    with pytest.raises(UserError, match="已经有了"):
        make_ledger(NewLedger(path, "乙", "县级", None, None))
    assert path.read_bytes() == before


def test_the_practice_ledger_is_made_once() -> None:
    with open_practice() as first:
        assert first.practice
        path = first.path
    with open_practice() as again:
        assert again.path == path
