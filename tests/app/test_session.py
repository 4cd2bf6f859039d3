"""The program from its start to the closing of its window, without a screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ledger_desk.app import Opener, Session
from ledger_desk.settings import Settings
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from tests.app.conftest import TODAY
from tests.conftest import Practised

Start = Callable[[], Session]


@pytest.fixture
def start(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, practised: Practised
) -> Start:
    themes.install(qapp)
    monkeypatch.setattr(qapp, "quit", lambda: None)
    path = practised(tmp_path / "新县.账套", firms=15, today=TODAY)

    def go() -> Session:
        session = Session(qapp, Ledger.open(path), Opener(Settings.load()))
        session.begin()
        return session

    return go


def _end(session: Session) -> None:
    session.desk.window.close()
    session.desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_session_shows_its_pages_and_remembers_its_ledger(start: Start, qtbot: QtBot) -> None:
    session = start()
    assert [item.key for item in session.desk.window.navigation.items()] == [
        "today", "enterprises", "visits", "applications", "pushing", "first_loan", "renewals",
        "tickets", "parks", "activities", "exchange", "reports", "bulletins", "targets", "settings",
    ]  # fmt: skip
    path = session.desk.ledger.path
    _end(session)
    settings = Settings.load()
    assert settings.last_ledger == str(path)
    assert settings.window
    Ledger.open(path).close()


def test_a_chosen_text_size_holds_at_once_and_next_time(start: Start) -> None:
    session = start()
    session.desk.look_chosen.emit(1.5, False)
    assert themes.look().factor == 1.5
    assert Settings.load().factor == 1.5
    themes.current().set(factor=1.0, contrast=False)
    _end(session)


def test_the_practice_ledger_takes_the_place_of_the_one_before(start: Start) -> None:
    session = start()
    before = session.desk.ledger.path
    session.desk.practice_wanted.emit()
    assert session.desk.ledger.path != before
    assert session.desk.ledger.practice
    Ledger.open(before).close()  # it was let go
    _end(session)


def test_a_restored_backup_takes_the_place_of_the_ledger(start: Start) -> None:
    session = start()
    ledger = session.desk.ledger
    backup = backups.back_up(ledger)
    head = ledger.head()
    with ledger.step("改") as step:
        step.change(type(ledger.office), ledger.office.id, {"contact": "试验员"})
    session.desk.restore_wanted.emit(backup)
    assert session.desk.ledger.head() == head
    assert session.desk.ledger.office.contact is None
    assert "还原前" in {found.why for found in backups.listing(session.desk.ledger.path)}
    _end(session)
