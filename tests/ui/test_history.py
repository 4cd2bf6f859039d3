"""修改记录, 时光机 and 回收站 in the window: looked at, gone back to, brought back; at every size."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from ledger_desk.exchange.ways import Way
from ledger_desk.model.records import Bank, Enterprise, Figure, Matching
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.dialogs.exporting import ExportOrder
from ledger_desk.ui.history.past_page import ADDED, CHANGED, GONE
from ledger_desk.ui.jobs import Jobs
from tests.ui.places import (
    focus,
    ledger_of,
    meet,
    open_sheet,
    press,
    settle,
    show,
    type_into,
)
from tests.ui.walk import walk


class Story:
    """Ten firms; then three are changed, two binned with a contact of one, one is new."""

    def __init__(self, ledger: Ledger) -> None:
        self.firms = [firm.id for firm in ledger.find(Query(Enterprise))]
        self.contact = meet(ledger, self.firms[4])
        self.then = ledger.log(1)[0].id
        with ledger.step("批量改电话") as step:
            rows = [
                (firm, {"phone": "13903761145", "capital": 123_000_000}) for firm in self.firms[:3]
            ]
            step.change_many(Enterprise, rows)
        self.edited = step.result.id
        with ledger.step("删除 2 户") as step:
            step.remove(Matching, self.contact)
            for firm in self.firms[4:6]:
                step.remove(Enterprise, firm)
        with ledger.step("新增 光山茶庄") as step:
            self.new = step.create(Enterprise(name="光山茶庄"))


ledger = ledger_of(10)


@pytest.fixture
def story(ledger) -> Story:
    return Story(ledger)


@pytest.fixture
def desk(qtbot, theme, jobs, ledger, story) -> Iterator[Desk]:
    made = Desk(ledger, theme, jobs)
    for entry in entries(made):
        made.add(entry)
    show(qtbot, made.window, 1366, 768)
    yield made
    jobs.wait()


def _history(qtbot, desk: Desk, step: int):
    desk.show_history()
    view = desk.window.page("settings").steps
    view.panel.grid.go_to(str(step))
    settle(qtbot, lambda: view.details.step is not None and view.details.step.id == step)
    return view


def _cells(panel) -> list[list[str]]:
    model = panel.grid.lazy_model()
    return [
        [model.data(model.index(row, column)) or "" for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_key_in_the_top_bar_leads_to_the_steps_and_a_step_shows_old_and_new(
    qtbot, desk, story
) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    settle(qtbot, lambda: desk.window.page_key() == "settings")
    assert desk.window.page("settings").tabs.chosen_key() == "steps"
    view = _history(qtbot, desk, story.edited)
    cells = _cells(view.details.panel)
    assert len(cells) == 6
    assert cells[1][1:] == ["注册资本", "1.00 万元", "123.00 万元"]
    assert cells[3 - 1][2] == "138****0001"
    assert cells[2][3] == "139****1145"
    assert not any("13903761145" in text for row in cells for text in row)


def test_a_reported_number_is_told_by_its_indicator_and_in_its_unit(qtbot, desk, ledger) -> None:
    spec = next(each for each in INDICATORS.values() if each.reported and each.unit == "万元")
    with ledger.step("填报数") as step:
        figure = step.create(Figure(indicator=spec.id, day=dt.date(2024, 11, 30), value=1_000_000))
    with ledger.step("改填报数") as step:
        step.change(Figure, figure, {"value": 2_000_000})
    view = _history(qtbot, desk, step.result.id)
    title, what, before, after = _cells(view.details.panel)[0]
    assert spec.label in title
    assert (what, before, after) == ("数值", "1.00 万元", "2.00 万元")
    assert spec.id not in title


def test_steps_are_narrowed_by_person_kind_day_record_and_words(qtbot, desk, story, ledger) -> None:
    view = _history(qtbot, desk, story.edited)
    names = lambda: [row[2] for row in _cells(view.panel)]  # noqa: E731
    every = names()
    view.filters._set(kinds=("import",))
    assert names() == ["装入 名录.csv"]
    view.filters._set(kinds=())
    view.filters.words.committed.emit("改电话")
    assert names() == ["批量改电话"]
    view.filters.clear()
    view.filters._set(last=dt.date.today() - dt.timedelta(days=1))
    assert names() == []
    assert view.panel._nothing.text() == "没有这样的步骤。"
    view.filters.clear()
    view.filters._set(person=ledger.person.id)
    assert names() == every[:-1]  # nobody was registered when the ledger was made
    view.filters.clear()
    assert names() == every
    view.panel.grid.go_to(str(story.edited))
    settle(qtbot, lambda: view.details.step.id == story.edited)
    view.details._only.click()
    assert names() == ["批量改电话", "装入 名录.csv"]


def test_one_field_and_one_record_come_back_as_one_step_each(qtbot, desk, story, ledger) -> None:
    view = _history(qtbot, desk, story.edited)
    view.details.panel.grid.setCurrentIndex(view.details.panel.grid.lazy_model().index(1, 0))
    steps = len(ledger.log())
    view.details.bring_back("capital", before=True)
    settle(qtbot, lambda: len(ledger.log()) == steps + 1)
    firm = ledger.get(Enterprise, story.firms[0])
    assert (firm.capital, firm.phone) == (1_000_000, "13903761145")
    assert ledger.log(1)[0].name.endswith("：注册资本")
    settle(qtbot, lambda: bool(desk.window.toasts.shown()))
    desk.window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: ledger.get(Enterprise, story.firms[0]).capital == 123_000_000)
    view = _history(qtbot, desk, story.edited)
    view.details.panel.grid.setCurrentIndex(view.details.panel.grid.lazy_model().index(2, 0))
    view.details.bring_back("", before=True)
    settle(qtbot, lambda: ledger.get(Enterprise, story.firms[1]).phone == "13803970001")
    assert ledger.get(Enterprise, story.firms[1]).capital == 2_000_000


def test_going_back_is_said_first_then_done_and_can_be_undone(qtbot, desk, story, ledger) -> None:
    view = _history(qtbot, desk, story.then)
    assert view.details.go_back.isVisible()
    view.details.go_back.click()
    settle(qtbot, lambda: view.deeds.dialog is not None)
    dialog = view.deeds.dialog
    texts = [each.text() for each in dialog.findChildren(type(view.details.title))]
    assert "这以后的 3 步会一起退回。退回也是一步，随时能再撤回来。" in texts
    assert "经营主体：改回 5 条，收回后来新增的 1 条" in texts
    assert not walk(dialog)
    dialog.go.click()
    settle(qtbot, lambda: ledger.get(Enterprise, story.new) is None)
    assert ledger.count(Query(Enterprise)) == 10
    settle(qtbot, lambda: bool(desk.window.toasts.shown()))
    desk.undo()
    settle(qtbot, lambda: ledger.get(Enterprise, story.new) is not None)
    assert ledger.get(Enterprise, story.firms[0]).capital == 123_000_000


def _past(qtbot, desk: Desk, step: int):
    desk.show_past("enterprise", step)
    page = desk.window.page("enterprises")
    settle(qtbot, lambda: page.machine.view is not None)
    return page.machine.view


def test_the_past_is_unmistakable_and_says_what_became_of_it(qtbot, desk, story) -> None:
    view = _past(qtbot, desk, story.then)
    assert view.band.isVisible()
    assert "只能看" in view.band.sentence.text()
    assert f"第 {story.then} 步" in view.band.sentence.text()
    assert view.tabs.text_of(1).startswith("后来改过")
    many = {CHANGED: 3, GONE: 2, ADDED: 1}
    assert view.panel.grid.lazy_model().rowCount() == 10
    row = view.panel.grid.lazy_model().row_at(0)
    capital = row.cells[view.source.names.index("capital")]
    assert (capital.text, capital.state, capital.note) == ("1.00", "changed", "现在是：123.00")
    gone = view.panel.grid.lazy_model().row_at(4).cells[0]
    assert gone.state == "old"
    assert all(not column.editable for column in view.source.columns)
    for key, count in many.items():
        view.tabs.choose(key)
        settle(qtbot, lambda count=count: view.panel.grid.lazy_model().rowCount() == count)
    assert view.panel.grid.lazy_model().row_at(0).id == story.new
    focus(qtbot, view.panel.grid)
    press(qtbot, Qt.Key.Key_Escape)
    page = desk.window.page("enterprises")
    settle(qtbot, lambda: page.machine.view is None)
    assert page.panel.grid.lazy_model().rowCount() == 9


def test_search_order_and_conditions_work_in_the_past(qtbot, desk, story) -> None:
    view = _past(qtbot, desk, story.then)
    desk.window.bar.search.searched.emit("戊004")
    settle(qtbot, lambda: view.panel.grid.lazy_model().rowCount() == 1)
    desk.window.bar.search.searched.emit("")
    settle(qtbot, lambda: view.panel.grid.lazy_model().rowCount() == 10)
    view.source.sort((("capital", True),))
    view.panel.reload()
    assert view.panel.grid.lazy_model().row_at(0).id == story.firms[9]


def test_a_list_of_then_goes_out_as_it_was(qtbot, desk, story, ledger, tmp_path) -> None:
    view = _past(qtbot, desk, story.then)
    out = tmp_path / "那时.csv"
    order = ExportOrder(("name", "capital"), ".csv", Way(tokens=False))
    view._lists.export(view.source.query(), out, order, view.past.step.id)
    settle(qtbot, out.exists)
    desk.jobs.wait()
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 11
    assert rows[1][1] == "1.00"


def test_firms_come_back_from_the_past_with_what_hung_on_them(qtbot, desk, story, ledger) -> None:
    view = _past(qtbot, desk, story.then)
    view.tabs.choose(GONE)
    settle(qtbot, lambda: view.panel.grid.lazy_model().rowCount() == 2)
    view.panel.grid.setCurrentIndex(view.panel.grid.lazy_model().index(0, 1))
    view.bring_back()
    settle(qtbot, lambda: not ledger.get(Enterprise, story.firms[4]).removed)
    assert not ledger.get(Matching, story.contact).removed
    settle(qtbot, lambda: view.panel.grid.lazy_model().rowCount() == 1)
    assert view.found.gone == {story.firms[5]}


def test_the_moment_is_chosen_by_day_or_from_the_steps(qtbot, desk, story) -> None:
    page = desk.window.page("enterprises")
    page.ask_past()
    dialog = page.machine.dialog
    open_sheet(qtbot, dialog)
    assert not dialog.go.isEnabled()
    type_into(qtbot, dialog.day, "1999-01-01")
    press(qtbot, Qt.Key.Key_Tab)
    said = [each.text() for each in dialog._field.findChildren(QLabel)]
    assert any("还没有这本账" in text for text in said)
    type_into(qtbot, dialog.day, dt.date.today().isoformat())
    press(qtbot, Qt.Key.Key_Tab)
    settle(qtbot, lambda: dialog.go.isEnabled())
    focus(qtbot, dialog.panel.grid)
    dialog.panel.grid.go_to(str(story.then))
    settle(qtbot, lambda: dialog.go.words.endswith(f"第 {story.then} 步以后的"))
    assert not walk(dialog)
    dialog.go.click()
    settle(qtbot, lambda: page.machine.view is not None)
    assert page.machine.view.past.step.id == story.then


def test_the_bin_holds_everything_and_gives_it_back_with_what_belongs_to_it(
    qtbot, desk, story, ledger, monkeypatch
) -> None:
    asked: list[str] = []

    def answer(parent, title, sentence, choices, *, close=""):
        asked.append(sentence)
        return "all"

    monkeypatch.setattr("ledger_desk.ui.history.bin_view.ask_choice", answer)
    with ledger.step("删除银行") as step:
        step.remove(Bank, ledger.find(Query(Bank))[0].id)
    page = desk.window.page("settings")
    desk.window.show_page("settings")
    page.show_tab("bin")
    view = page.bin
    cells = [row[1:] for row in _cells(view.panel)]
    assert [row[0] for row in cells] == ["银行", "经营主体", "经营主体", "银企对接"]
    assert cells[3][2] == ledger.get(Enterprise, story.firms[4]).name
    view.show_kind("matching")
    focus(qtbot, view.panel.grid)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: not ledger.get(Matching, story.contact).removed)
    assert "它挂着的 银行 1 条、经营主体 1 条也在回收站里" in asked[0] or "它挂着的 经营主体 1 条、银行 1 条也在回收站里" in asked[0]  # fmt: skip
    assert not ledger.get(Enterprise, story.firms[4]).removed
    assert [each.record for each in ledger.binned()] == [story.firms[5]]


def test_a_ledger_opened_for_looking_has_a_history_and_a_past_too(
    qtbot, theme, ledger, story
) -> None:
    path = ledger.path
    ledger.close()
    jobs = Jobs()
    with Ledger.open(path, read_only=True) as reading:
        desk = Desk(reading, theme, jobs)
        for entry in entries(desk):
            desk.add(entry)
        show(qtbot, desk.window, 1366, 768)
        view = _history(qtbot, desk, story.edited)
        assert not view.details.undo.isVisible()
        assert not view.details.go_back.isVisible()
        assert not view.details.whole.isVisible()
        past = _past(qtbot, desk, story.then)
        assert past.panel.grid.lazy_model().rowCount() == 10
        assert past._restorable() == []
        desk.window.close()
    jobs.shutdown()


def test_everything_can_be_read_and_reached_at_every_size(qtbot, theme, desk, story) -> None:
    for factor in (1.0, 2.0):
        theme.set(factor=factor, contrast=False)
        desk.window.resize(QSize(1366, 768))
        view = _history(qtbot, desk, story.edited)
        assert _found(qtbot, desk) == []
        view.open_current()
        assert _found(qtbot, desk) == []
        view.close_details()
        desk.window.page("settings").show_tab("bin")
        assert _found(qtbot, desk) == []
        past = _past(qtbot, desk, story.then)
        assert _found(qtbot, desk) == []
        past.tabs.choose(GONE)
        assert _found(qtbot, desk) == []
        desk.window.page("enterprises").machine.leave()


def _found(qtbot, desk: Desk) -> list[str]:
    found: list[str] = []
    for _ in range(10):
        found = [str(each) for each in walk(desk.window)]
        if not found:
            break
        qtbot.wait(20)
    return found
