"""Answers under the search box: typed on any page, chosen by keys alone."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Query
from ledger_desk.store.searching.searcher import Searcher
from ledger_desk.ui import theme as themes
from ledger_desk.ui.desk import Desk
from tests.app.conftest import NotedPage
from tests.ui.walk import walk


def _type(qtbot: QtBot, desk: Desk, text: str) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(desk.window.bar.search.hasFocus)
    if text.isascii():
        QTest.keyClicks(desk.window.bar.search, text)
    else:  # as an input method commits it
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(desk.window.bar.search, event)


def _press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window.bar.search, key)


def _make(desk: Desk, *names: str) -> list[str]:
    with desk.ledger.step("建") as step:
        rows = [
            {
                "name": name,
                "person": "曾单",
                "township": "411523100",
                "code": f"91411523MA00000{n}9P",
            }
            for n, name in enumerate(names)
        ]
        return step.create_many(Enterprise, rows)


@pytest.mark.parametrize("ready", [True, False])
def test_typing_on_any_page_is_answered_below_the_box(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ready: bool
) -> None:
    desk.window.show_page("forms")
    one, two = _make(desk, "罕见茶行", "罕见茶铺")
    if ready:
        desk.ledger.searching.load()
    else:  # the ledger is so large that the index takes its time
        monkeypatch.setattr(Searcher, "warm", lambda self: None)
    _type(qtbot, desk, "hanjian")
    answers = desk.answering.answers
    qtbot.waitUntil(lambda: len(answers.items()) == 2 and answers.isVisible())
    assert [item.id for item in answers.items()] == [two, one]
    assert answers.items()[0].text == "罕见茶铺"
    for part in ("…019P", "新集镇", "曾单"):
        assert part in answers.items()[0].hint
    assert "共 2 户" in answers.words()
    assert desk.window.page_key() == "forms"


def test_arrow_keys_and_enter_open_a_firm_on_its_page(desk: Desk, qtbot: QtBot) -> None:
    one, _ = _make(desk, "罕见茶行", "罕见茶铺")
    desk.ledger.searching.load()
    desk.window.show_page("forms")
    _type(qtbot, desk, "hjc")
    answers = desk.answering.answers
    qtbot.waitUntil(lambda: len(answers.items()) == 2)
    _press(desk, Qt.Key.Key_Down)
    _press(desk, Qt.Key.Key_Down)
    _press(desk, Qt.Key.Key_Return)
    assert desk.window.page_key() == "firms"
    assert cast("NotedPage", desk.window.page("firms")).told[-1] == one
    assert not answers.isVisible()


def test_enter_opens_the_only_answer_and_shows_several_in_the_list(
    desk: Desk, qtbot: QtBot
) -> None:
    one, _ = _make(desk, "罕见茶行", "罕见茶铺")
    desk.ledger.searching.load()
    desk.window.show_page("forms")
    answers = desk.answering.answers
    _type(qtbot, desk, "罕见茶")
    qtbot.waitUntil(lambda: len(answers.items()) == 2)
    _press(desk, Qt.Key.Key_Return)
    assert desk.window.page_key() == "firms"
    assert desk.window.search_text() == "罕见茶"
    desk.window.show_page("forms")
    _type(qtbot, desk, "罕见茶行")
    qtbot.waitUntil(lambda: len(answers.items()) == 1)
    _press(desk, Qt.Key.Key_Return)
    assert cast("NotedPage", desk.window.page("firms")).told[-1] == one


def test_esc_closes_the_answers_first_and_clears_then(desk: Desk, qtbot: QtBot) -> None:
    _make(desk, "罕见茶行")
    desk.ledger.searching.load()
    answers = desk.answering.answers
    _type(qtbot, desk, "罕见")
    qtbot.waitUntil(answers.isVisible)
    _press(desk, Qt.Key.Key_Escape)
    assert not answers.isVisible()
    assert desk.window.search_text() == "罕见"
    _press(desk, Qt.Key.Key_Escape)
    assert desk.window.search_text() == ""


def test_nothing_found_is_said_in_words(desk: Desk, qtbot: QtBot) -> None:
    desk.ledger.searching.load()
    _type(qtbot, desk, "没有这样的户")
    answers = desk.answering.answers
    qtbot.waitUntil(lambda: "没有查到" in answers.words())
    assert answers.items() == []
    _press(desk, Qt.Key.Key_Down)
    _press(desk, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: "没有这样的”" in answers.words())


def test_the_index_is_there_soon_after_the_window(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.ledger.searching.is_ready, timeout=15_000)
    assert desk.ledger.count(Query(Enterprise, text="x")) > 0


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_the_answers_can_be_read_at_any_size(desk: Desk, qtbot: QtBot, factor: float) -> None:
    _make(
        desk,
        "罕见茶行",
        "罕见的名称很长很长很长很长很长很长很长很长的农民专业合作社联合社（普通合伙）",
    )
    desk.ledger.searching.load()
    themes.current().set(factor=factor, contrast=False)
    try:
        desk.window.resize(1366, 768)
        _type(qtbot, desk, "罕见")
        answers = desk.answering.answers
        qtbot.waitUntil(lambda: answers.isVisible() and len(answers.items()) == 2)
        assert answers.parentWidget().rect().contains(answers.geometry())
        assert answers.height() >= 3 * themes.look().px(34)
        assert not walk(answers)
    finally:
        themes.current().set(factor=1.0, contrast=False)
