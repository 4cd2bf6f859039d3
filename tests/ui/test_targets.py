"""任务与口径 by keyboard: quotas laid down and counted, one definition changed."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Target
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.targets.laying import LayDown
from ledger_desk.ui.pages.targets.rule_dialog import RuleDialog
from ledger_desk.work import parameters
from tests.ui.places import focus, ledger_at, ledger_of, press, settle, type_into
from tests.ui.season_places import CONTROL, fill_season, open_page, sheet
from tests.ui.walk import walk, walk_parts

ledger = ledger_of(6)
KEY = "targets"


def test_one_key_lays_the_quotas_down_and_they_are_counted(qtbot, window, jobs, ledger) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    assert page.view().empty_state() is not None
    focus(qtbot, page.view().panel.grid)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    laying = sheet(qtbot, LayDown)
    assert laying.go.words == "布置 13 项"
    assert not walk(laying)
    laying.scopes["state_listed"].set_value("合计")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Target)) == 13)
    settle(qtbot, lambda: page.view().count() == 13 and not jobs.running())
    settle(qtbot, page.plot.isVisible)
    model = page.view().panel.grid.lazy_model()
    keys = [column.key for column in model.columns]
    cells = [model.cell(row, keys.index("done")) for row in range(13)]
    done = {getattr(cell, "text", cell) for cell in cells}
    assert "0 户" in done
    assert "没有数" in done
    plot = page.plot.plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.view().current() == plot.current().key)
    jobs.wait()


def test_one_definition_is_found_changed_from_a_day_on_and_taken_back(
    qtbot, window, jobs, ledger
) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    rules = page.show_panel("rules")
    type_into(qtbot, rules.filter, "续贷")
    settle(qtbot, lambda: rules.panel.grid.lazy_model().rowCount() == 1)
    focus(qtbot, rules.panel.grid)
    press(qtbot, Qt.Key.Key_Return)
    dialog = sheet(qtbot, RuleDialog)
    settle(qtbot, dialog.go.isEnabled)
    assert "只管提醒、时限和审核" in dialog.told.text()
    type_into(qtbot, dialog.editor.widget, "45")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: "写一句为什么改" in dialog._reason.message())
    type_into(qtbot, dialog.why, "县里定的")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: not dialog.isVisible())
    assert days(ledger) == 45
    model = rules.panel.grid.lazy_model()
    told = [getattr(model.cell(0, n), "text", model.cell(0, n)) for n in range(5)]
    assert told[2:] == ["45", date.today().isoformat(), "本单位改过"]
    focus(qtbot, rules.panel.grid)
    press(qtbot, Qt.Key.Key_Return)
    again = sheet(qtbot, RuleDialog)
    assert not walk(again)
    again.reject()
    ledger.undo()
    page.refresh()
    assert days(ledger) == 30
    jobs.wait()


def days(ledger: Ledger) -> int:
    with ledger.read() as rows:
        return parameters.read(rows)["clock.renewal_days"]


def test_a_text_that_nothing_has_says_so(qtbot, window, jobs, ledger) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    rules = page.show_panel("rules")
    rules.search("没有这种口径")
    settle(qtbot, lambda: rules.panel.grid.lazy_model().rowCount() == 0)
    assert "没有找到“没有这种口径”" in rules.panel._nothing.text()
    assert not rules.change.isEnabled()


def test_a_ledger_that_is_only_looked_at_takes_no_change(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套", 2) as made:
        fill_season(made)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_page(qtbot, window, jobs, ledger, KEY)
        rules = page.show_panel("rules")
        assert not rules.change.isEnabled()
        rules.open("clock.renewal_days")
        settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), RuleDialog))
        dialog = QApplication.activeModalWidget()
        settle(qtbot, lambda: dialog.effects() is not None)
        assert not dialog.go.isEnabled()
        dialog.reject()
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
