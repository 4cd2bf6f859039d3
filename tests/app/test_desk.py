from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ledger_desk.errors import UserError
from ledger_desk.model.periods import month
from ledger_desk.model.records import Enterprise, Matching
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.desk import Desk
from tests.app.conftest import NotedPage


def _page(desk: Desk, key: str) -> NotedPage:
    return cast("NotedPage", desk.window.page(key))


def _edit(ledger: Ledger, note: str) -> str:
    firm = ledger.find(Query(Enterprise))[0]
    with ledger.step(f"改备注：{note}") as step:
        step.change(Enterprise, firm.id, {"note": note})
    return firm.id


def test_the_window_names_the_ledger_and_the_month(desk: Desk) -> None:
    assert "新县专班" in desk.window.windowTitle()
    assert desk.period == month(2024, 11)
    assert _page(desk, "firms").told[0] == month(2024, 11)


def test_a_step_made_anywhere_is_noticed(desk: Desk, qtbot: QtBot) -> None:
    _edit(desk.ledger, "甲")
    page = _page(desk, "firms")
    qtbot.waitUntil(lambda: "ledger_changed" in page.told)
    assert "改备注：甲" in desk.window.bar.undo.toolTip() + desk.window.bar.undo.accessibleName()


def test_ctrl_z_takes_the_step_back_and_ctrl_y_does_it_again(desk: Desk, qtbot: QtBot) -> None:
    firm = _edit(desk.ledger, "乙")
    desk.look()
    page = _page(desk, "firms")
    QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "refresh" in page.told)
    assert desk.ledger.get(Enterprise, firm).note is None
    page.told.clear()
    QTest.keyClick(desk.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "refresh" in page.told)
    assert desk.ledger.get(Enterprise, firm).note == "乙"


def test_an_undo_that_is_refused_is_said_in_words(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[BaseException] = []
    monkeypatch.setattr("ledger_desk.ui.desk.show_error", lambda parent, error: said.append(error))
    monkeypatch.setattr(Ledger, "undo", _refuse)
    _edit(desk.ledger, "丙")
    desk.undo()
    qtbot.waitUntil(lambda: bool(said))
    assert str(said[0]) == "没有撤销。"


def _refuse(self: Ledger) -> None:
    raise UserError("没有撤销。")


def test_all_that_was_found_is_looked_at_among_the_firms(desk: Desk) -> None:
    desk.window.show_page("forms")
    desk.window.searched.emit("茶")
    assert desk.window.page_key() == "forms"  # typing alone leads nowhere
    desk.answering.list_wanted.emit("茶")
    assert desk.window.page_key() == "firms"
    desk.window.show_page("forms")
    desk.answering.list_wanted.emit("")
    assert desk.window.page_key() == "forms"


def test_another_period_is_told_to_every_page_once(desk: Desk) -> None:
    for key in ("firms", "forms"):
        _page(desk, key).told.clear()
    desk.window.period_chosen.emit("2024-10")
    _page(desk, "forms").period_changed.emit(month(2024, 10))
    for key in ("firms", "forms"):
        assert [told for told in _page(desk, key).told if told == month(2024, 10)] == [
            month(2024, 10)
        ]


def test_a_record_is_shown_by_its_page_or_by_its_firm(desk: Desk) -> None:
    desk.window.show_page("forms")
    matching = desk.ledger.find(Query(Matching))[0]
    desk.open_record("matching", matching.id)
    assert desk.window.page_key() == "firms"
    assert _page(desk, "firms").told[-1] == matching.enterprise


def test_closing_backs_up_what_was_changed_and_lets_go(desk: Desk) -> None:
    _edit(desk.ledger, "丁")
    path = desk.ledger.path
    desk.window.close()
    assert [backup.why for backup in backups.listing(path)] == ["关闭"]
    Ledger.open(path).close()


def test_closing_without_a_change_makes_no_backup(desk: Desk) -> None:
    path = desk.ledger.path
    desk.window.close()
    assert backups.listing(path) == []
    Ledger.open(path).close()


def test_half_an_hour_after_a_change_it_is_backed_up(desk: Desk, qtbot: QtBot) -> None:
    _edit(desk.ledger, "戊")
    desk.look()
    assert desk._changed_at is not None
    desk._changed_at = datetime.now() - timedelta(minutes=31)
    qtbot.waitUntil(lambda: len(backups.listing(desk.ledger.path)) == 1)
    assert backups.listing(desk.ledger.path)[0].why == "自动"


def test_going_on_to_another_ledger_is_asked_of_whoever_built_the_desk(
    desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.practice_wanted):
        _page(desk, "firms").practice_wanted.emit()
