"""活动信息 by keyboard: an activity with its firms and contacts; who has sent and who has not."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.records import Activity, Attendance, Bank, Enterprise, Matching
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.asking import AskFields
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.ui.pages.activities.matrix import Matrix
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.places import focus, ledger_of, press, settle
from tests.ui.season_places import CONTROL, TODAY, choose, fill_season, open_page, sheet
from tests.ui.walk import walk, walk_parts

ledger = ledger_of(6)
KEY = "activities"


def deed(view, key: str):
    return next(each for each in view.book.deeds if each.key == key)


def test_one_activity_from_first_key_to_its_contacts(qtbot, window, jobs, ledger) -> None:
    with ledger.step("登记银行") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
    page = open_page(qtbot, window, jobs, ledger, KEY)
    page.view().show_view("fairs")
    press(qtbot, Qt.Key.Key_F12)
    dialog = sheet(qtbot, RecordDialog)
    assert dialog.form._editors["kind"].value() == "首贷专场对接会"
    choose(qtbot, dialog, name="全县首贷专场对接会")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Activity)) == 1 and not jobs.running())
    made = ledger.find(Query(Activity))[0]
    assert (made.day, made.office, made.kind) == (TODAY, ledger.office.id, "首贷专场对接会")
    view = page.view()
    settle(qtbot, lambda: view.count() == 1)
    view.go_to(made.id)
    view.bar.do(deed(view, "firms"))
    adding = sheet(qtbot, AddFirms)
    firms = ledger.find(Query(Enterprise), 3)
    adding.area.set_text("\n".join(str(firm.code) for firm in firms))
    settle(qtbot, lambda: adding.go.words == "登记参加 3 户")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Attendance)) == 3 and not jobs.running())
    came = page.show_book("attendances")
    settle(qtbot, lambda: came.count() == 3)
    focus(qtbot, came.panel.grid)
    press(qtbot, Qt.Key.Key_A, CONTROL)
    came.bar.do(deed(came, "match"))
    asked = sheet(qtbot, AskFields)
    choose(qtbot, asked, bank="新县农村商业银行")
    assert not walk(asked)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Matching)) == 3)
    linked = Query(Matching, (Where("activity", "=", made.id), Where("bank", "=", bank)))
    assert ledger.count(linked) == 3
    settle(qtbot, lambda: not jobs.running())


def test_evidence_is_an_activity_with_indicator_and_period_that_files_hang_on(
    qtbot, window, jobs, ledger
) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    page.view().show_view("evidence")
    press(qtbot, Qt.Key.Key_F12)
    dialog = sheet(qtbot, RecordDialog)
    choose(qtbot, dialog, name="减环节佐证", indicator="办理环节", period="2024年11月")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Activity)) == 1 and not jobs.running())
    made = ledger.find(Query(Activity))[0]
    assert (made.kind, made.indicator, made.period) == ("佐证材料", "办理环节", "2024年11月")
    settle(qtbot, lambda: page.view().count() == 1)


def test_enter_in_the_matrix_begins_what_is_missing(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    matrix = page.show_panel("days")
    assert isinstance(matrix, Matrix)
    assert not page.pane.isVisible()
    grid = matrix.panel.grid
    focus(qtbot, grid)
    assert grid.lazy_model().cell(0, 6).text == "还没有"
    press(qtbot, Qt.Key.Key_Return)
    dialog = sheet(qtbot, RecordDialog)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Activity, (Where("kind", "=", "行长接待日"),))) == 1)
    settle(qtbot, lambda: grid.lazy_model().cell(0, 6).text == "✓")
    assert not dialog.isVisible()
    focus(qtbot, grid)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.tabs.chosen_key() == "activities")
    assert ledger.get(Activity, page.view().current()).kind == "行长接待日"
    jobs.wait()


def test_tax_rated_firms_stand_in_their_book(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    view = page.show_book("tax", "m")
    settle(qtbot, lambda: view.count() == 2)
    assert {record.grade for record in ledger.find(view.query())} == {"M"}
    jobs.wait()


@pytest.mark.parametrize("full", [False, True])
def test_nothing_is_cut_off(qtbot, window, jobs, ledger, full) -> None:
    if full:
        fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)

    def show(key: str) -> None:
        page.show_book(key)
        settle(qtbot, lambda: not jobs.running())

    parts = [(tab.key, partial(show, tab.key)) for tab in page.tabs.tabs()]
    assert not walk_parts(window, parts)
    jobs.wait()
