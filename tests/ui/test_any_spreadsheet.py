"""By keyboard alone: a township's table in, corrected, looked at, written, the next one, a block, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.dialogs.importing import DONE, LOOK, MATCH, ImportAssistant
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.theme import Theme
from tests.conftest import Practised
from tests.ui.places import credit_code, press, settle

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
HEADS = ["序号", "单位名称", "社会信用代码", "负责人", "注册资金", "走访人"]
WALKED_BY = 6
"""The column that is wrong at first: it goes into 联络员."""


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, practised: Practised) -> Iterator[Desk]:
    path = practised(tmp_path / "新县练习.账套", firms=12, today=date(2024, 11, 20))
    made = Desk(Ledger.open(path), theme, Jobs())
    for entry in entries(made):
        made.add(entry)
    made.window.resize(1366, 768)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    qtbot.waitUntil(lambda: not made.jobs.running(), timeout=20_000)
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def make(path: Path, first: int, capital: int = 50) -> Path:
    """Title, unit, header, four firms and a total, as a township sends it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["浒湾乡经营主体名单"])
    sheet.append(["单位：万元"])
    sheet.append(HEADS)
    for n in range(first, first + 4):
        row = [n, f"浒湾{n}号油茶厂", credit_code(700 + n), "卢振东", capital + n, "程映雪"]
        sheet.append(row)
    sheet.append(["合计", None, None, None, 999])
    book.save(path)
    return path


def firm(desk: Desk, number: int) -> Enterprise | None:
    found = desk.ledger.find(Query(Enterprise, text=f"浒湾{number}号"))
    return found[0] if found else None


def at(qtbot: QtBot, assistant: ImportAssistant, stage: int) -> None:
    settle(qtbot, lambda: assistant.stage() == stage and assistant._job is None)
    settle(qtbot, lambda: QApplication.focusWidget() is not None)


def go(qtbot: QtBot, desk: Desk, page: str) -> None:
    """Go to a page as the first nine are reached, and then along the navigation."""
    names = [item.key for item in desk.window.navigation.items()]
    place = names.index(page)
    press(qtbot, getattr(Qt.Key, f"Key_{min(place, 8) + 1}"), ALT)
    if place > 8:
        desk.window.navigation.items()[8].setFocus(Qt.FocusReason.ShortcutFocusReason)
        for _ in range(place - 8):
            press(qtbot, Qt.Key.Key_Down)
        press(qtbot, Qt.Key.Key_Return)


def test_any_spreadsheet_goes_in_by_keyboard_alone(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [make(tmp_path / "浒湾乡 10 月.xlsx", 0), make(tmp_path / "浒湾乡 11 月.xlsx", 3, 60)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(files.pop(0)), ""))
    before = desk.ledger.count(Query(Enterprise))

    # Choose a file.
    go(qtbot, desk, "exchange")
    settle(qtbot, lambda: desk.window.page_key() == "exchange")
    press(qtbot, Qt.Key.Key_O, CONTROL)
    page = desk.window.page("exchange")
    assistant = page.assistant()  # type: ignore[attr-defined]
    settle(qtbot, assistant._start.choose.hasFocus)
    press(qtbot, Qt.Key.Key_Return)

    # See the match.
    at(qtbot, assistant, MATCH)
    columns = assistant.map_page().columns
    assert columns.picker(2).text() == "经营主体名称"
    assert columns.reading_picker(5).text() == "万元"
    assert columns.picker(WALKED_BY).text() == "不装入"
    assert assistant._words.texts()[0].startswith("对上 4 列，2 列没有对应")
    assert assistant.map_page().around.who.text() == "新县浒湾乡融资服务专班"
    assert assistant._go.hasFocus()

    # Correct one column: back to the last one, type its initials, take the first.
    picker = columns.picker(WALKED_BY)
    for _ in range(30):
        if picker.lineEdit().hasFocus():
            break
        press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert picker.lineEdit().hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "lly")
    settle(qtbot, picker.popup().isVisible)
    qtbot.keyClick(picker.popup(), Qt.Key.Key_Return)
    settle(qtbot, lambda: picker.text() == "联络员")
    settle(qtbot, lambda: not desk.jobs.running())
    desk.window.activateWindow()  # the offscreen platform does not give it back after a list
    settle(qtbot, desk.window.isActiveWindow)

    # See what will change.
    press(qtbot, Qt.Key.Key_F12)
    at(qtbot, assistant, LOOK)
    assert assistant.result_view().tabs.text_of(0) == "新增 4"
    assert assistant._go.words == "写入 4 行：新增 4、变更 0"
    assert desk.ledger.count(Query(Enterprise)) == before
    assert assistant._go.hasFocus()

    # Apply, close, and see it in the list.
    press(qtbot, Qt.Key.Key_Return)
    at(qtbot, assistant, DONE)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.cover_view is None)  # type: ignore[attr-defined]
    assert desk.ledger.count(Query(Enterprise)) == before + 4
    made = firm(desk, 0)
    assert made is not None
    assert (made.liaison, made.capital) == ("程映雪", 50_000_000)
    go(qtbot, desk, "enterprises")
    listing = desk.window.page("enterprises")
    grid = listing.panel.grid  # type: ignore[attr-defined]
    settle(qtbot, lambda: grid.lazy_model().rowCount() == before + 4)
    assert grid.go_to(made.id)

    # The same sender's next file: two keys more than choosing it.
    go(qtbot, desk, "exchange")
    press(qtbot, Qt.Key.Key_O, CONTROL)
    settle(qtbot, assistant._start.choose.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    at(qtbot, assistant, LOOK)
    assert assistant._go.words == "写入 4 行：新增 3、变更 1"
    press(qtbot, Qt.Key.Key_Return)  # one
    at(qtbot, assistant, DONE)
    press(qtbot, Qt.Key.Key_Return)  # two
    settle(qtbot, lambda: page.cover_view is None)  # type: ignore[attr-defined]
    assert desk.ledger.count(Query(Enterprise)) == before + 7
    next_one = firm(desk, 6)
    assert next_one is not None
    assert next_one.liaison == "程映雪"  # the correction was remembered

    # Paste a block into the list, and undo it.
    go(qtbot, desk, "enterprises")
    settle(qtbot, lambda: grid.lazy_model().rowCount() == before + 7)
    for _ in range(30):
        if grid.hasFocus():
            break
        press(qtbot, Qt.Key.Key_Tab)
    assert grid.hasFocus()
    model = grid.lazy_model()
    at_person = [column.key for column in model.columns].index("person")
    press(qtbot, Qt.Key.Key_Home, CONTROL)
    while grid.currentIndex().column() != at_person:
        step = Qt.Key.Key_Right if grid.currentIndex().column() < at_person else Qt.Key.Key_Left
        press(qtbot, step)
    ids = [model.record(row) for row in (0, 1)]
    was = persons(desk, ids)
    QGuiApplication.clipboard().setText("苗春生\r\n沈砚\r\n")
    press(qtbot, Qt.Key.Key_V, CONTROL)
    assert persons(desk, ids) == ["苗春生", "沈砚"]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, lambda: persons(desk, ids) == was)
    assert desk.ledger.count(Query(Enterprise)) == before + 7


def persons(desk: Desk, ids: list[str]) -> list[str | None]:
    with desk.ledger.read() as rows:
        found = rows.many(Enterprise, ids)
    return [found[record].person for record in ids]
