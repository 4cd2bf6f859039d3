"""今天要办 by keyboard: the list of the day, its filters, the record behind each, the overview, sizes."""

from __future__ import annotations

from datetime import date, timedelta

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.records import Rectification, VisitTask
from ledger_desk.reports.progress import STAGES
from ledger_desk.store.queries import Query
from ledger_desk.ui.firms import behind_page
from ledger_desk.ui.pages.today.reading import Figure
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.printing.papers import PreviewDialog
from ledger_desk.work.duty import LATE, STATES
from tests.ui.places import focus, ledger_of, press, settle
from tests.ui.today_places import fill_county, open_today, read
from tests.ui.walk import walk_pages

TODAY = date(2026, 11, 19)  # a Thursday
ledger = ledger_of()
Key = Qt.Key


class Clock:
    """A day that a test may change."""

    def __init__(self, day: date = TODAY) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(qtbot, window, jobs, ledger, clock):
    made = open_today(qtbot, window, jobs, ledger, clock)
    yield made
    made._timer.stop()
    jobs.wait()


@pytest.fixture
def full(qtbot, window, jobs, ledger, clock):
    fill_county(ledger, TODAY)
    made = open_today(qtbot, window, jobs, ledger, clock)
    yield made
    made._timer.stop()
    jobs.wait()


def nav(window):
    return next(item for item in window.navigation.items() if item.key == "today")


def test_an_empty_ledger_says_that_there_is_nothing_to_do(page, window) -> None:
    assert page.agenda.nothing.isVisible()
    assert page.agenda.nothing.sentence.text() == "今天没有要办的。"
    assert nav(window).accessibleName() == "今天要办"
    assert page.overview.overview().whole.firms("visited") == 0


def test_late_ones_stand_first_and_the_counts_add_up(full, window) -> None:
    agenda = full.agenda.agenda()
    states = [list(STATES).index(duty.state) for duty in agenda.duties]
    assert states == sorted(states)
    assert agenda.late > 0
    tabs = {tab.key: tab.count for tab in full.agenda.tabs.tabs()}
    assert tabs[""] == sum(tabs[state] for state in STATES) == len(full.agenda.list.duties())
    assert "有逾期" in nav(window).accessibleName()
    assert f"{agenda.late} 件已逾期" in full.head._counts.texts()[0]


def test_enter_goes_to_the_record_of_each_duty(qtbot, full) -> None:
    went: list[tuple[str, str]] = []
    full.elsewhere_wanted.connect(lambda table, record: went.append((table, record)))
    focus(qtbot, full.agenda.list)
    press(qtbot, Key.Key_Home)
    wanted = []
    for _ in range(12):
        duty = full.agenda.list.current()
        if duty.record and duty.table != "form":
            wanted.append((duty.table, duty.record))
            press(qtbot, Key.Key_Return)
        press(qtbot, Key.Key_Down)
    assert went == wanted
    assert len({table for table, _ in went}) >= 1
    with full.ledger.read() as rows:
        from ledger_desk.model.records import BY_TABLE

        assert all(rows.get(BY_TABLE[table], record) is not None for table, record in went)


def test_kinds_people_and_townships_narrow_the_list(qtbot, full) -> None:
    whole = len(full.agenda.list.duties())
    full.agenda.kinds.choose("tickets")
    read(qtbot, full)
    some = full.agenda.list.duties()
    assert 0 < len(some) < whole
    assert {duty.kind for duty in some} == {"tickets"}
    full.agenda.kinds.choose("")
    full.agenda.tabs.choose(LATE)
    read(qtbot, full)
    assert {duty.state for duty in full.agenda.list.duties()} == {LATE}
    full.agenda.tabs.choose("")
    task = full.ledger.find(Query(VisitTask), 1)[0]
    full.agenda.person.set_item(PickItem(task.first, "程甲"))
    full.agenda.asked.emit()
    read(qtbot, full)
    assert {
        task.first in duty.people or duty.kind == "reviewing" for duty in full.agenda.list.duties()
    } == {True}
    full.agenda.show_all()
    full.agenda.township.set_item(PickItem("411523100", "新集镇"))
    full.agenda.asked.emit()
    read(qtbot, full)
    assert {duty.township for duty in full.agenda.list.duties() if duty.kind != "reviewing"} == {
        "411523100"
    }


def test_what_is_done_goes_from_the_list_and_from_the_navigation(qtbot, full, window) -> None:
    fault = next(
        duty
        for duty in full.agenda.list.duties()
        if duty.table == "rectification" and duty.state == LATE
    )
    before = full.agenda.agenda().total(states=(LATE,))
    with full.ledger.step("整改完成") as step:
        step.change(Rectification, fault.record, {"done_on": TODAY})
    settle(qtbot, lambda: full.agenda.agenda().total(states=(LATE,)) == before - 1)
    assert fault.key not in [duty.key for duty in full.agenda.list.duties()]


def test_at_midnight_the_list_is_that_of_the_new_day(qtbot, full, clock) -> None:
    late = full.agenda.agenda().late
    clock.day = TODAY + timedelta(days=1)
    settle(qtbot, lambda: full.agenda.agenda().today == clock.day)
    assert full.agenda.agenda().late > late
    assert "11月20日" in full.head._counts.texts()[0]


def test_the_list_of_the_day_is_printed(qtbot, full) -> None:
    full.print_day()
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    dialog = QApplication.activeModalWidget()
    assert "今日要办清单" in dialog.windowTitle()
    dialog.reject()


def test_every_bar_opens_to_exactly_its_firms(qtbot, full) -> None:
    full.show_tab("overview")
    shown = full.overview.overview()
    assert [bar.value for bar in full.overview.funnel.plot.bars()] == [
        shown.whole.firms(s.key) for s in STAGES
    ]
    for stage in STAGES:
        full.overview.funnel.plot.opened.emit(stage.key)
        settle(qtbot, lambda: full.cover_view is full.firms)
        assert len(full.firms.members()) == shown.whole.firms(stage.key) > 0
        press(qtbot, Key.Key_Escape)
        settle(qtbot, lambda: full.cover_view is None)
    for rate in ("contacted", "granted", "drawn"):
        full.overview.rates.plot.opened.emit(rate)
        settle(qtbot, lambda: full.cover_view is full.firms)
        assert {m.enterprise for m in full.firms.members()} == shown.whole.rates[rate].short
        full.uncover()


def test_figures_of_townships_open_by_keyboard_and_a_firm_from_there(qtbot, full) -> None:
    went: list[tuple[str, str]] = []
    full.elsewhere_wanted.connect(lambda table, record: went.append((table, record)))
    full.show_tab("overview")
    grid = full.overview.panel.grid
    focus(qtbot, grid)
    grid.setCurrentIndex(grid.lazy_model().index(2, 4))  # the third township, 推荐
    row = full.overview.overview().rows[2]
    press(qtbot, Key.Key_Return)
    settle(qtbot, lambda: full.cover_view is full.firms)
    assert len(full.firms.members()) == row.firms("recommended")
    assert full.firms.head.title() == f"{row.name}　推荐"
    settle(qtbot, full.firms.panel.grid.hasFocus)
    press(qtbot, Key.Key_Return)
    assert went == [("enterprise", full.firms.members()[0].enterprise)]


def test_banks_and_another_span_are_one_key_away(qtbot, full) -> None:
    full.show_tab("overview")
    focus(qtbot, full.overview.splits)
    press(qtbot, Key.Key_2)
    settle(qtbot, lambda: full.overview.overview().by == "bank")
    assert [row.name for row in full.overview.overview().rows][:1] != []
    assert sum(
        row.firms("granted") for row in full.overview.overview().rows
    ) >= full.overview.overview().whole.firms("granted")
    focus(qtbot, full.overview.measures)
    press(qtbot, Key.Key_1)
    settle(qtbot, lambda: full.overview.overview().measure == "本期")
    grid = full.overview.panel.grid
    grid.sort_by((("granted", True),))
    by_granted = [grid.lazy_model().cell(n, 6).value for n in range(grid.lazy_model().rowCount())]
    assert by_granted == sorted(by_granted, reverse=True)
    full.refresh()  # the order stays when the numbers are read again
    read(qtbot, full)
    assert full.overview.panel.grid.lazy_model().order == (("granted", True),)


def test_the_firms_of_a_figure_go_out_as_a_list(qtbot, full, tmp_path, monkeypatch) -> None:
    target = tmp_path / "推荐.xlsx"
    monkeypatch.setattr(behind_page, "choose_target", lambda *_a, **_k: target)
    full.open_figure(Figure("stage", "recommended", "推荐"))
    settle(qtbot, lambda: full.cover_view is full.firms)
    full.firms.export()
    settle(qtbot, lambda: target.exists() and not full.jobs.running())
    sheet = openpyxl.load_workbook(target).active
    assert sheet.max_row == len(full.firms.members()) + 1
    assert full.ledger.find(Query(Dispatch), 1)[0].content == "推荐名单"


def test_an_overview_is_kept_while_nothing_was_written(qtbot, full, monkeypatch) -> None:
    from ledger_desk.ui.pages.today import reading

    counted: list[str] = []
    real = reading.read_overview
    monkeypatch.setattr(reading, "read_overview", lambda *a: counted.append(a[3]) or real(*a))
    full.read_overview()
    read(qtbot, full)
    assert counted == []
    full.overview.measures.set_value("本年累计")
    full.read_overview()
    read(qtbot, full)
    assert counted == ["本年累计"]


@pytest.mark.parametrize("tab", ["todo", "overview"])
def test_nothing_is_cut_off_at_any_size(qtbot, full, window, tab: str) -> None:
    full.show_tab(tab)
    assert walk_pages(window, factors=(1.0, 1.25, 2.0)) == []


def test_nothing_is_cut_off_while_there_is_nothing(page, window) -> None:
    assert walk_pages(window) == []


def test_the_list_of_firms_fits_at_any_size(qtbot, full, window) -> None:
    full.open_figure(Figure("stage", "visited", "走访"))
    settle(qtbot, lambda: full.cover_view is full.firms)
    assert walk_pages(window) == []
