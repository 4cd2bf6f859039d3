"""设置与备份: office, people, backups, health, password, looks, holidays, history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk import paths
from ledger_desk.model.records import Bank, CalendarDay, Enterprise, Office, Person
from ledger_desk.store import backups, connecting
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.settings import SettingsPage
from ledger_desk.ui.pages.settings.page import TABS
from ledger_desk.ui.pages.settings.safety import PasswordSetDialog
from ledger_desk.ui.picker import PickItem
from tests.ui.places import (
    fill,
    focus,
    ledger_at,
    ledger_of,
    open_sheet,
    press,
    settle,
    show,
    type_into,
)
from tests.ui.walk import EACH_SIZE, walk

NOTICE = """year = 2027
papers = ["国办发明电〔2026〕1号"]

[off]
2027-01-01 = "元旦"
2027-02-06 = "春节"

[work]
2027-01-03 = "元旦"
"""


ledger = ledger_of(3)


def open_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> SettingsPage:
    page = SettingsPage(ledger, jobs, window)
    window.add_page("settings", "设置与备份", "settings", page, "settings")
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    return page


@pytest.fixture
def page(qtbot, window, jobs, ledger) -> Iterator[SettingsPage]:
    yield open_page(qtbot, window, jobs, ledger)
    jobs.wait()


def test_the_office_is_edited_field_by_field_and_the_page_names_it_anew(
    qtbot, page, ledger
) -> None:
    type_into(qtbot, page.office.form.editor("name").widget, "新县小微专班")
    with qtbot.waitSignal(page.renamed):
        press(qtbot, Qt.Key.Key_Tab)
    assert ledger.get(Office, ledger.office.id).name == "新县小微专班"
    assert ledger.office.name == "新县小微专班"
    assert page.head._counts.texts()[0].startswith("新县小微专班　现在是程映雪在用")


def test_who_is_working_now_is_picked_and_stands_with_the_next_step(qtbot, page, ledger) -> None:
    with ledger.step("登记人员") as step:
        other = step.create(Person(name="卢振东"))
    page.refresh()
    page.office.who.picked.emit(PickItem(other, "卢振东"))
    assert ledger.person.name == "卢振东"
    with ledger.step("改") as step:
        step.create(Bank(name="农商行"))
    assert ledger.log(1)[0].person == "卢振东"


def test_a_bank_is_entered_edited_and_taken_away_by_keyboard(qtbot, page, window, ledger) -> None:
    page.show_tab("banks")
    page.banks.begin()
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.form.editor("name").widget, "新县农村商业银行")
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: ledger.count(Query(Bank)) == 1)
    grid = page.banks.panel.grid
    focus(qtbot, grid)
    assert grid.lazy_model().rowCount() == 1
    press(qtbot, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: ledger.count(Query(Bank)) == 0)
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: ledger.count(Query(Bank)) == 1)


def test_the_office_that_keeps_the_ledger_cannot_be_removed(page, ledger) -> None:
    page.show_tab("offices")
    page.offices.panel.grid.setCurrentIndex(page.offices.panel.grid.lazy_model().index(0, 0))
    page.offices.remove_current()
    assert not ledger.get(Office, ledger.office.id).removed
    assert not page.offices._remove.isEnabled()


def test_a_backup_is_made_listed_and_offered_for_restoring(
    qtbot, page, ledger, monkeypatch
) -> None:
    asked: list[str] = []

    def answer(parent, title, sentence, choices, *, close=""):
        asked.append(sentence)
        return "go"

    monkeypatch.setattr("ledger_desk.ui.pages.settings.backups.ask_choice", answer)
    page.show_tab("backups")
    assert "还没有备份" in page.backups.panel._nothing.text()
    with qtbot.waitSignal(page.backed_up, timeout=20_000):
        page.backups.back_up()
    found = backups.listing(ledger.path)
    assert page.backups.panel.grid.lazy_model().rowCount() == len(found) == 1
    focus(qtbot, page.backups.panel.grid)
    with qtbot.waitSignal(page.restore_wanted) as told:
        press(qtbot, Qt.Key.Key_Return)
    assert told.args == [found[0].path]
    assert "先把现在的账另存一份备份" in asked[0]


def test_a_sound_ledger_passes_its_check_and_a_wrong_head_does_not(qtbot, page, ledger) -> None:
    page.show_tab("safety")
    page.safety.check()
    settle(qtbot, lambda: page.safety._check.isEnabled())
    assert page.safety._result.sentence.text().startswith("体检通过：")
    assert ledger.head()[:16] in page.safety._result.sentence.text()
    page.safety.head.setText("0" * 64)
    page.safety.check()
    settle(qtbot, lambda: page.safety._check.isEnabled())
    assert page.safety._result.sentence.text().startswith("体检发现")
    assert page.safety._findings.text()


def test_setting_a_password_shows_the_recovery_sheet_first_and_encrypts_the_file(
    qtbot, page, ledger, window, tmp_path
) -> None:
    works: list[object] = []
    page.closed_work_wanted.connect(lambda title, work: works.append(work))
    page.show_tab("safety")
    page.safety.ask_password()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasswordSetDialog)
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.first, "abc")
    assert not dialog.go.isEnabled()
    type_into(qtbot, dialog.first, "abc12345")
    type_into(qtbot, dialog.second, "abc12345")
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, dialog._sheet.isVisible)
    key = dialog._sheet.text()
    dialog.go.click()
    settle(qtbot, lambda: bool(works))
    path = ledger.path
    ledger.close()
    made = works[0]()
    assert made.said == "密码已设好"
    assert made.key is not None
    assert not connecting.is_plain(path)
    with Ledger.open(path, password="abc12345") as again:
        assert again.count(Query(Enterprise)) == 3
    with Ledger.open(path, recovery_key=key) as again:
        assert again.count(Query(Enterprise)) == 3


def test_text_size_and_contrast_change_at_once_and_are_told(qtbot, page, theme) -> None:
    page.show_tab("looks")
    with qtbot.waitSignal(page.look_chosen) as told:
        page.looks.scale.picked.emit(PickItem("1.5", "150%"))
    assert told.args == [1.5, False]
    assert theme.look.factor == 1.5
    page.looks.contrast.click()
    assert theme.look.tokens.contrast


def test_a_new_years_holidays_are_pasted_checked_and_written_as_one_step(
    qtbot, page, ledger
) -> None:
    page.show_tab("holidays")
    view = page.holidays
    view.text.setPlainText("year = 2027\n[off]\n2027-13-01 = '元旦'\n")
    assert not view._add.isEnabled()
    assert "写法不对" in view._field.message() or "不是日期" in view._field.message()
    view.text.setPlainText(NOTICE)
    assert view._add.words == "加进 2027 年的 3 天"
    with qtbot.waitSignal(page.changed):
        view._add.click()
    days = {day.day: day for day in ledger.find(Query(CalendarDay))}
    assert (days[date(2027, 1, 1)].off, days[date(2027, 1, 3)].off) == (True, False)
    assert ledger.log(1)[0].name == "加进 2027 年的节假日"
    first = view.panel.grid.lazy_model().row_at(0)
    assert [first.cells[0].text, first.cells[1].text, first.cells[3]] == [
        "2027",
        "2 天",
        "本单位加的",
    ]
    steps = len(ledger.log())
    view.text.setPlainText(NOTICE)
    view.add()
    assert len(ledger.log()) == steps  # the same notice again changes nothing


def test_any_step_can_be_taken_back_and_says_first_what_stays(
    qtbot, page, ledger, monkeypatch
) -> None:
    asked: list[tuple[str, str]] = []

    def answer(parent, title, sentence, choices, *, close=""):
        asked.append((title, sentence))
        return "go"

    monkeypatch.setattr("ledger_desk.ui.history.deeds.ask_choice", answer)
    firms = ledger.find(Query(Enterprise))
    with ledger.step("批量改电话") as step:
        step.change_many(Enterprise, [(firm.id, {"phone": "0376-1"}) for firm in firms])
    with ledger.step("修改") as step:
        step.change(Enterprise, firms[0].id, {"phone": "0376-2"})
    page.show_tab("steps")
    grid = page.steps.panel.grid
    texts = [grid.lazy_model().data(grid.lazy_model().index(row, 2)) for row in range(3)]
    assert texts == ["修改", "批量改电话", "装入 名录.csv"]
    grid.setCurrentIndex(grid.lazy_model().index(1, 2))
    with qtbot.waitSignal(page.changed, timeout=20_000):
        page.steps.ask_undo()
    assert asked[0][0] == "撤销“批量改电话”"
    assert "会恢复 2 条" in asked[0][1]
    assert f"{firms[0].name}：联系电话" in asked[0][1]
    phones = {firm.id: firm.phone for firm in ledger.find(Query(Enterprise))}
    assert phones[firms[0].id] == "0376-2"
    assert phones[firms[1].id] == firms[1].phone
    assert ledger.log(1)[0].name == "撤销：批量改电话"


def test_a_step_shows_old_and_new_values_with_personal_numbers_masked(qtbot, page, ledger) -> None:
    firm = ledger.find(Query(Enterprise))[1]
    with ledger.step("修改 甲厂：联系电话") as step:
        step.change(Enterprise, firm.id, {"phone": "13903761145"})
    page.show_tab("steps")
    page.steps.panel.grid.setCurrentIndex(page.steps.panel.grid.lazy_model().index(0, 2))
    settle(qtbot, lambda: page.steps.details.title.text() == "修改 甲厂：联系电话")
    cells = page.steps.details.panel.grid.lazy_model().row_at(0).cells
    assert [cells[1], cells[2].text, cells[3].text] == ["联系电话", "138****0001", "139****1145"]


def test_a_ledger_opened_for_looking_allows_nothing_here(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套") as made:
        fill(made, 2)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        page.show_tab("people")
        assert not page.people._new.isEnabled()
        page.show_tab("safety")
        assert not page.safety._set.isEnabled()
        page.show_tab("steps")
        qtbot.wait(120)
        assert not page.steps.details.undo.isVisible()
        jobs.wait()


@pytest.mark.parametrize("factor", EACH_SIZE)
def test_nothing_is_cut_off_or_nameless_on_any_tab(qtbot, page, window, theme, factor) -> None:
    theme.set(factor=factor)
    window.resize(1366, 768)
    found: list[str] = []
    for tab in TABS:
        page.show_tab(tab.key)
        qtbot.wait(120)
        found += [
            f"{tab.key}: {each}"
            for each in walk(window, allow={"Apache", *re.findall(r"\w+", str(paths.resources()))})
        ]
    assert (window.width(), window.height()) == (1366, 768)
    assert found == [], "\n".join(found)
