"""口径词典 by keyboard: an indicator found, its numbers as bars, the firms behind one, its parameter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.reports.evidence import Explanation
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.reports.cell_strip import CellStrip
from ledger_desk.ui.pages.targets.page import TargetsPage
from ledger_desk.ui.pages.targets.rule_dialog import RuleDialog
from ledger_desk.work import parameters
from tests.ui.places import focus, ledger_of, press, settle, type_into
from tests.ui.season_places import CONTROL, open_page, sheet
from tests.ui.walk import walk, walk_pages

ledger = ledger_of(4)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def visit(ledger: Ledger) -> list[str]:
    with ledger.read() as rows:
        firms = rows.ids(Query(Enterprise))
    with ledger.step("登记走访") as step:
        for firm in firms[:3]:
            step.create(
                Visit(enterprise=firm, day=date.today(), kind="走访", office=ledger.office.id)
            )
    return firms


@pytest.fixture
def page(qtbot, window, jobs, ledger) -> TargetsPage:
    visit(ledger)
    made = open_page(qtbot, window, jobs, ledger, "targets")
    assert isinstance(made, TargetsPage)
    panel = made.show_panel("dictionary")
    settle(qtbot, lambda: bool(panel.shown()))
    return made


def find(qtbot, page: TargetsPage, text: str) -> None:
    panel = page.panel("dictionary")
    type_into(qtbot, panel.filter, text)
    settle(qtbot, lambda: bool(panel.shown()) and len(panel.shown()) < 100)
    focus(qtbot, panel.panel.grid)


def test_an_indicator_is_found_looked_at_by_township_and_its_firms_are_listed(
    qtbot, page, jobs
) -> None:
    find(qtbot, page, "zfhs")
    panel = page.panel("dictionary")
    assert panel.shown()[0].indicator.label == "走访户数"
    assert "找到" in panel.words()[0]
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.indicator.series() is not None and not jobs.running())
    assert page.front() is page.indicator
    assert page.indicator.series().points[-1].text == "3 户"
    press(qtbot, Qt.Key.Key_C, CONTROL | SHIFT)
    settle(qtbot, lambda: not QGuiApplication.clipboard().pixmap().isNull())
    page.indicator.look_by("township")
    settle(qtbot, lambda: page.indicator.series().whole is not None and not jobs.running())
    focus(qtbot, page.indicator.plot())
    press(qtbot, Qt.Key.Key_Right)
    while not page.indicator.plot().current().value:
        press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.front() is page.firms)
    current = page.indicator.plot().current()
    assert {each.township for each in page.firms.members()} == {current.key}
    assert f"{len(page.firms.members())} 户" == current.text
    went = []
    page.elsewhere_wanted.connect(lambda table, record: went.append((table, record)))
    focus(qtbot, page.firms.panel.grid)
    press(qtbot, Qt.Key.Key_Return)
    assert went == [("enterprise", page.firms.members()[0].enterprise)]
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.front() is page.indicator)
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.front() is page)
    jobs.wait()


def test_a_parameter_opened_from_its_indicator_says_what_changes_before_it_is_saved(
    qtbot, page, jobs, ledger
) -> None:
    find(qtbot, page, "有效走访户数")
    page.open_rule("visit.on_site")
    dialog = sheet(qtbot, RuleDialog)
    settle(qtbot, dialog.go.isEnabled)
    assert "有效走访户数" in dialog.told.text()
    assert "走访进度日报" in dialog.told.text()
    assert not walk(dialog)
    dialog.editor.set_value(True)
    dialog.why.setText("县里定的")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: not dialog.isVisible())
    with ledger.read() as rows:
        assert parameters.read(rows)["visit.on_site"] is True
    jobs.wait()


def test_a_cell_of_a_report_leads_to_the_plot_of_its_indicator(qtbot, page, jobs) -> None:
    strip = CellStrip()
    qtbot.addWidget(strip)
    strip.plot_wanted.connect(lambda indicator: page.show_record("indicator", indicator))
    told = Explanation("合计 · 走访次数（本期）", "3", "", "", "", "笔", (), 3, True, "3 笔")
    strip.show_explanation(told)
    assert strip.plot.isHidden()
    strip.show_explanation(replace(told, indicator="visits"))
    assert not strip.plot.isHidden()
    strip.plot.click()
    settle(qtbot, lambda: page.front() is page.indicator and not jobs.running())
    assert page.indicator.series().asked.indicator == "visits"
    jobs.wait()


def test_nothing_is_cut_off_beside_the_plot(qtbot, page, jobs, window) -> None:
    page.open_indicator("effective_firms")
    settle(qtbot, lambda: page.indicator.series() is not None and not jobs.running())
    assert not walk_pages(window)
    page.indicator.look_by("township")
    settle(qtbot, lambda: page.indicator.series().whole is not None and not jobs.running())
    assert not walk_pages(window)
    jobs.wait()
