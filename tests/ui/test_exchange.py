"""数据交换: readings in listed, taken back with choices, put in again; destinations; the register."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.model.records import Bank, Destination, Dispatch, Enterprise, Matching, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.dialogs.importing import DONE, LOOK, MATCH
from ledger_desk.ui.pages.exchange import ExchangePage
from ledger_desk.ui.pages.exchange.dispatches import DispatchSheet
from ledger_desk.ui.pages.exchange.kept_rows import FIXED, KEEP, REVERT
from ledger_desk.ui.pages.exchange.page import TABS
from ledger_desk.ui.pages.exchange.take_back_page import TakeBackPage
from tests.ui.exchange_places import exchange_page
from tests.ui.places import (
    credit_code,
    focus,
    ledger_at,
    open_sheet,
    press,
    settle,
    show,
    type_into,
)
from tests.ui.walk import EACH_SIZE, walk

Keys = Qt.Key


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套") as made:
        with made.step("原有") as step:
            step.create(
                Enterprise(name="新县老茶厂", code=code_of("新县老茶厂"), phone="13900000001")
            )
        yield made


page = exchange_page


def write(path: Path, firms: list[tuple[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerow(("单位名称", "社会信用代码", "联系电话"))
        for name, phone in firms:
            csv.writer(out).writerow((name, code_of(name), phone))
    return path


def code_of(name: str) -> str:
    return credit_code(sum(map(ord, name)) % 90_000)


def read_in(ledger: Ledger, path: Path) -> int:
    result = apply(ledger, prepare(path, ledger))
    assert result.step is not None
    return result.step.id


def take_in(ledger: Ledger, folder: Path) -> int:
    """One reading in that changes the old firm and makes three new ones."""
    new = [(f"浒湾{n}号油茶厂", f"1380000000{n}") for n in "一二三"]
    return read_in(ledger, write(folder / "浒湾乡.csv", [("新县老茶厂", "13900000002"), *new]))


def firm(ledger: Ledger, name: str) -> Enterprise | None:
    return next((f for f in ledger.find(Query(Enterprise)) if f.name == name), None)


def texts(grid) -> list[list[str]]:
    model = grid.lazy_model()
    return [
        [str(model.data(model.index(r, c)) or "") for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]


def open_take_back(qtbot, page: ExchangePage) -> TakeBackPage:
    view = page.view("intakes")
    page.refresh()
    focus(qtbot, view.panel.grid)
    press(qtbot, Keys.Key_Return)
    settle(qtbot, lambda: view.taking_back.view() is not None)
    found = view.taking_back.view()
    assert isinstance(found, TakeBackPage)
    return found


def done(qtbot, page: ExchangePage) -> None:
    settle(
        qtbot, lambda: page.view("intakes").taking_back.view() is None and not page.jobs.running()
    )


def test_every_reading_in_is_listed_with_its_rows_also_those_taken_back(
    page, ledger, tmp_path
) -> None:
    number = take_in(ledger, tmp_path)
    other = read_in(ledger, write(tmp_path / "沙窝镇.csv", [("沙窝茶厂", "")]))
    ledger.undo(other)
    page.refresh()
    rows = texts(page.view("intakes").panel.grid)
    assert [row[1:9] for row in rows] == [
        ["沙窝镇.csv", "已撤销", "1", "0", "0", "0", "0", "0"],
        ["浒湾乡.csv", "在账里", "3", "1", "0", "0", "0", "0"],
    ]
    assert rows[0][9] == "程映雪"
    assert page.head._counts.texts()[0] == "装入过 2 次，传出过 0 个文件"
    found = ledger.imports(5)
    assert [reading.step.id for reading in found] == [other, number]
    assert [reading.step.rows for reading in found] == [1, 4]  # without what the program notes
    assert found[0].undone_by == "程映雪"
    assert len(found[1].intake.hash) == 64


def test_a_reading_in_nobody_touched_goes_by_two_keys_and_comes_back_by_two(
    qtbot, page, ledger, window, tmp_path
) -> None:
    take_in(ledger, tmp_path)
    with ledger.step("别的事") as step:
        step.create(Bank(name="新县农商行"))
    view = open_take_back(qtbot, page)
    assert "装入以后没有人动过" in "".join(part.text() for part in view._long)
    assert view._go.words == "撤销 4 条"
    press(qtbot, Keys.Key_Return)
    done(qtbot, page)
    assert firm(ledger, "浒湾一号油茶厂") is None
    assert firm(ledger, "新县老茶厂").phone == "13900000001"
    assert ledger.count(Query(Bank)) == 1
    assert window.toasts.shown()[0].accessibleName() == "已撤销装入 浒湾乡.csv"
    view = open_take_back(qtbot, page)
    assert (view.head.title(), view._go.words) == ("恢复装入", "恢复 4 条")
    press(qtbot, Keys.Key_Return)
    done(qtbot, page)
    assert firm(ledger, "浒湾一号油茶厂") is not None
    assert firm(ledger, "新县老茶厂").phone == "13900000002"
    assert texts(page.view("intakes").panel.grid)[0][2] == "在账里"


def edit_since(ledger: Ledger) -> None:
    """Two firms are edited, one gets a matching."""
    one, two, three = (firm(ledger, f"浒湾{n}号油茶厂").id for n in "一二三")
    with ledger.step("改两户") as step:
        step.change_many(Enterprise, [(one, {"phone": "137"}), (two, {"staff": 9})])
    with ledger.step("对接") as step:
        bank = step.create(Bank(name="新县农商行"))
        step.create(Matching(enterprise=three, bank=bank, office=ledger.office.id, day=date(2024, 1, 2)))  # fmt: skip


def test_what_was_edited_since_is_shown_and_chosen_line_by_line_with_keys(
    qtbot, page, ledger, window, tmp_path
) -> None:
    take_in(ledger, tmp_path)
    edit_since(ledger)
    view = open_take_back(qtbot, page)
    rows = {row[0].removeprefix("经营主体 ").split("号")[0]: row for row in texts(view.panel.grid)}
    assert {row[1] for row in rows.values()} == {KEEP}
    assert rows["浒湾一"][2] == "联系电话"
    assert rows["浒湾一"][3] == "（账里没有）"
    assert rows["浒湾二"][4:7] == ["（空）", "9", "程映雪"]
    assert rows["浒湾三"][5] == "银企对接 1 条"
    assert view._go.words == "撤销 1 条"  # the old firm's telephone
    focus(qtbot, view.panel.grid)
    press(qtbot, Keys.Key_Home, Qt.KeyboardModifier.ControlModifier)
    names = [row[0] for row in texts(view.panel.grid)]
    for _ in range(next(n for n, name in enumerate(names) if "浒湾一" in name)):
        press(qtbot, Keys.Key_Down)
    press(qtbot, Keys.Key_2)
    qtbot.waitUntil(lambda: view._go.words == "撤销 2 条")
    assert view._words.texts()[0] == "后来改过的：保留 2 条，恢复 1 条"
    press(qtbot, Keys.Key_1)
    qtbot.waitUntil(lambda: view._go.words == "撤销 1 条")
    press(qtbot, Keys.Key_Return)  # the other way to the same
    assert view._go.words == "撤销 2 条"
    assert [row[1] for row in texts(view.panel.grid) if "浒湾一" in row[0]] == [REVERT]
    focus(qtbot, view._go)
    press(qtbot, Keys.Key_Space)
    done(qtbot, page)
    assert firm(ledger, "浒湾一号油茶厂") is None
    assert firm(ledger, "浒湾二号油茶厂").staff == 9
    assert firm(ledger, "浒湾三号油茶厂") is not None
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: firm(ledger, "浒湾一号油茶厂") is not None)
    assert firm(ledger, "浒湾一号油茶厂").phone == "137"
    assert ledger.verify() == []


def test_all_at_once_and_what_can_only_be_kept(qtbot, page, ledger, tmp_path) -> None:
    take_in(ledger, tmp_path)
    edit_since(ledger)
    third = firm(ledger, "浒湾三号油茶厂").id
    with ledger.step("删除") as step:
        step.remove(Enterprise, third)
    view = open_take_back(qtbot, page)
    view.choose_all(revert=True)
    choices = {row[0].removeprefix("经营主体 "): row[1] for row in texts(view.panel.grid)}
    assert choices == {"浒湾一号油茶厂": REVERT, "浒湾二号油茶厂": REVERT, "浒湾三号油茶厂": FIXED}
    assert view._go.words == "撤销 3 条"
    view.choose_all(revert=False)
    assert view._go.words == "撤销 1 条"
    press(qtbot, Keys.Key_Escape)
    done(qtbot, page)
    assert firm(ledger, "浒湾一号油茶厂") is not None


def test_a_file_is_read_in_from_here_and_the_second_time_it_is_said(
    qtbot, page, ledger, tmp_path
) -> None:
    page.refresh()
    assert "还没有装入过表格" in page.view("intakes").panel._nothing.text()
    path = write(tmp_path / "名录.csv", [("浒湾茶厂", "138")])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))  # fmt: skip
    assistant = page.assistant()
    assert page.cover_view is assistant
    settle(qtbot, lambda: assistant.stage() in (MATCH, LOOK) and assistant._job is None)
    if assistant.stage() == MATCH:
        assistant.go_on()
    settle(qtbot, lambda: assistant.stage() == LOOK and assistant._job is None)
    with qtbot.waitSignal(page.changed, timeout=20_000):
        assistant.go_on()
    settle(qtbot, lambda: assistant.stage() == DONE and assistant._job is None)
    assistant.leave()
    assert [row[1] for row in texts(page.view("intakes").panel.grid)] == ["名录.csv"]
    press(qtbot, Keys.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.cover_view is assistant)
    assistant.start(path)
    settle(qtbot, lambda: assistant.stage() == LOOK and assistant._job is None)
    assert any("已经装入过（第" in remark for remark in assistant._seen.result.remarks)


def test_a_destination_is_entered_edited_and_taken_away_by_keyboard(
    qtbot, page, ledger, window
) -> None:
    focus(qtbot, page.tabs)
    for _ in range(3):
        press(qtbot, Keys.Key_Right)
    assert page.tabs.chosen_key() == "destinations"
    view = page.view("destinations")
    assert "还没有登记去向" in view.panel._nothing.text()
    focus(qtbot, view._new)
    press(qtbot, Keys.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.form.editor("name").widget, "市普惠金融专班")
    press(qtbot, Keys.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: ledger.count(Query(Destination)) == 1)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert page.tabs.text_of(3) == "去向 1"
    focus(qtbot, view.panel.grid)
    view.open_current()
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.form.editor("contact").widget, "王主任")
    press(qtbot, Keys.Key_Tab)  # what was typed is stored on leaving
    press(qtbot, Keys.Key_Escape)
    settle(qtbot, lambda: ledger.find(Query(Destination))[0].contact == "王主任")
    focus(qtbot, view.panel.grid)
    press(qtbot, Keys.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: ledger.count(Query(Destination)) == 0)
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: ledger.count(Query(Destination)) == 1)


def dispatch(ledger: Ledger) -> None:
    with ledger.step("去向") as step:
        place = step.create(Destination(name="市人民银行"))
        who = step.create(Person(name="卢振东"))
    with ledger.step("传出", kind="dispatch") as step:
        step.create(Dispatch(day=date(2024, 11, 3), time="14:02:27", file="名单.xlsx", receiver="浒湾乡",
                             rows=326, private="遮盖", hash="a1" * 32, folder="E:\\"))  # fmt: skip
        step.create(Dispatch(day=date(2024, 11, 9), time="09:00:00", file="月报.xlsx", destination=place,
                             person=who, purpose="11月月报"))  # fmt: skip


def test_the_register_is_listed_newest_first_found_by_words_and_opened(qtbot, page, ledger) -> None:
    dispatch(ledger)
    page.show_tab("dispatches")
    view = page.view("dispatches")
    assert [row[:4] for row in texts(view.panel.grid)] == [
        ["2024-11-09", "09:00", "月报.xlsx", "市人民银行"],
        ["2024-11-03", "14:02", "名单.xlsx", "浒湾乡"],
    ]
    for words, files in (
        ("浒湾", ["名单.xlsx"]),
        ("卢振", ["月报.xlsx"]),
        ("人民", ["月报.xlsx"]),
        ("没有", []),
    ):
        view.filter.setText(words)
        qtbot.waitUntil(lambda files=files: [r[2] for r in texts(view.panel.grid)] == files)
    assert "没有哪个传出的文件带“没有”" in view.panel._nothing.text()
    view.filter.setText("浒湾")
    qtbot.waitUntil(lambda: len(texts(view.panel.grid)) == 1)
    focus(qtbot, view.panel.grid)
    press(qtbot, Keys.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DispatchSheet))
    sheet = QApplication.activeModalWidget()
    assert sheet.windowTitle() == "名单.xlsx"
    assert [str(found) for found in walk(sheet)] == []
    sheet.reject()


def test_a_ledger_opened_for_looking_offers_no_undo(qtbot, window, jobs, ledger, tmp_path) -> None:
    take_in(ledger, tmp_path)
    with Ledger.open(ledger.path, read_only=True) as looked:
        page = ExchangePage(looked, jobs, window)
        window.add_page("exchange", "数据交换", "arrows-exchange", page)
        show(qtbot, window, 1366, 768)
        page.refresh()
        qtbot.wait(150)
        view = page.view("intakes")
        assert view.details.button is None
        assert not page._in.isEnabled()
        view.open_current()
        assert view.taking_back.view() is None


@pytest.mark.parametrize("factor", EACH_SIZE)
@pytest.mark.parametrize("filled", [False, True])
def test_nothing_is_cut_off_on_any_tab_nor_while_taking_back(
    qtbot, page, ledger, window, theme, tmp_path, factor, filled
) -> None:
    theme.set(factor=factor)
    if filled:
        take_in(ledger, tmp_path)
        edit_since(ledger)
        dispatch(ledger)
    for tab in TABS:
        page.show_tab(tab.key)
        qtbot.wait(150)
        assert [str(found) for found in walk(window)] == [], tab.key
    if filled:
        page.show_tab("intakes")
        open_take_back(qtbot, page)
        qtbot.wait(50)
        assert [str(found) for found in walk(window)] == []
