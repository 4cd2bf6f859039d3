"""查重, by keyboard: found, looked at, merged field by field, judged apart, many at once, taken apart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.errors import Cancelled
from ledger_desk.exchange.duplicates import merging
from ledger_desk.model.records import Enterprise, Matching, Verdict
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.duplicates import search as searching
from ledger_desk.ui.duplicates.comparing import Comparing
from ledger_desk.ui.duplicates.dialogs import ApartDialog, ManyDialog, SplitDialog
from ledger_desk.ui.duplicates.field_rows import differing
from ledger_desk.ui.duplicates.merge_page import MergePage
from ledger_desk.ui.duplicates.view import DuplicatesView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.pages.exchange import ExchangePage
from tests.ui.duplicate_places import BEAN, MILL, TEA, hang, plant, put
from tests.ui.exchange_places import exchange_page
from tests.ui.places import focus, ledger_at, ledger_of, press, settle, show
from tests.ui.walk import EACH_SIZE, walk

Keys = Qt.Key


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    """Every search counts as a quick one, however busy the machine."""
    monkeypatch.setattr(searching, "_QUICK", 1e9)


ledger = ledger_of()
page = exchange_page


def open_tab(qtbot, page: ExchangePage) -> DuplicatesView:
    """Come to the tab and wait for the search."""
    page.show_tab("duplicates")
    view = page.view("duplicates")
    found(qtbot, view)
    return view


def found(qtbot, view: DuplicatesView) -> None:
    settle(qtbot, lambda: view.search.searched() and not view.search.running())
    qtbot.wait(400)  # the present group follows the list, and has been there to be seen


def titles(view: DuplicatesView) -> list[str]:
    return [group.titles[0] for group in view.groups.list.groups()]


def modal(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def live(ledger: Ledger, record: str) -> bool:
    return not ledger.get(Enterprise, record).removed


def row_of(view, name: str) -> int:
    place = view.table.field_model().place(name)
    assert place is not None
    return place


def to_field(qtbot, compare, name: str) -> None:
    """Go down to a field with the arrow."""
    focus(qtbot, compare.table)
    press(qtbot, Keys.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(40):
        index = compare.table.currentIndex()
        if compare.table.field_model().rows[index.row()].field == name:
            return
        press(qtbot, Keys.Key_Down)
    raise AssertionError(name)


def test_a_pair_is_found_looked_at_merged_by_keys_and_gone(qtbot, page, ledger, window) -> None:
    stays, goes = put(ledger, *MILL)
    (matching,) = hang(ledger, goes)
    view = open_tab(qtbot, page)
    assert titles(view) == ["新县千斤竹木加工厂"]
    focus(qtbot, view.groups.list)
    press(qtbot, Keys.Key_Return)
    compare = view.groups.compare
    assert compare.table.hasFocus()
    # The one with a sound code would stay; nothing of the other is newer.
    assert compare.comparing.survivor == stays
    assert compare.merge.words == "合并（都照第一户）"
    rows = compare.table.field_model().rows
    assert [row.label for row in rows if not row.field] == [
        "写得不一样的 3 项，看用哪一户的", "只有一边写了的 2 项，自动补上", "一样的 3 项",
    ]  # fmt: skip
    to_field(qtbot, compare, "phone")
    press(qtbot, Keys.Key_2)  # chooses, and goes on
    to_field(qtbot, compare, "staff")
    press(qtbot, Keys.Key_Right)
    press(qtbot, Keys.Key_Space)
    assert compare.merge.words == "合并（2 项来自第二户）"
    press(qtbot, Keys.Key_F12)
    settle(qtbot, lambda: not live(ledger, goes))
    firm = ledger.get(Enterprise, stays)
    assert (firm.phone, firm.staff, firm.name) == ("13939710003", 8, "新县千斤竹木加工厂")
    assert ledger.get(Matching, matching).enterprise == stays
    assert (
        window.toasts.shown()[0].accessibleName()
        == "已把 新县千金竹木加工厂 并入 新县千斤竹木加工厂"
    )
    found(qtbot, view)
    assert view._nothing.isVisible()
    assert view._nothing.sentence.text() == "查到的 1 组都看完了。"
    assert view.tabs.text_of(4) == "合并过的 1"
    (verdict,) = ledger.find(Query(Verdict))
    assert "同音字" in verdict.reason
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: live(ledger, goes))
    found(qtbot, view)
    assert titles(view) == ["新县千斤竹木加工厂"]
    assert ledger.verify() == []


def test_the_list_keeps_its_place_and_brings_back_what_is_undone(
    qtbot, page, ledger, monkeypatch
) -> None:
    monkeypatch.setattr(searching, "_QUICK", 0.0)  # as in a ledger that takes long to search
    plant(ledger)
    view = open_tab(qtbot, page)
    before = titles(view)
    assert len(before) == 4
    focus(qtbot, view.groups.list)
    press(qtbot, Keys.Key_Down)
    qtbot.wait(400)
    press(qtbot, Keys.Key_F12)
    press(qtbot, Keys.Key_F12)  # once too often: the next one has not been looked at
    settle(qtbot, lambda: len(titles(view)) == 3)
    assert titles(view) == [before[0], *before[2:]]
    assert view.groups.current().titles[0] == before[2]
    assert not view.notice.isVisible()
    step = ledger.undo()
    page.ledger_changed()
    assert titles(view) == before
    assert not view.notice.isVisible()
    ledger.redo(step.id - 1)
    page.ledger_changed()
    assert titles(view) == [before[0], *before[2:]]
    with ledger.step("别人改的") as other:
        other.create(Enterprise(**BEAN[0] | {"code": None, "internal_no": "7"}))
    page.ledger_changed()
    assert "再查一遍" in view.notice.sentence.text()
    assert view.notice.isVisible()
    focus(qtbot, view.groups.list)
    press(qtbot, Keys.Key_F5)
    found(qtbot, view)
    assert not view.notice.isVisible()


def test_not_one_firm_is_never_asked_again_until_it_may_be(qtbot, page, ledger, window) -> None:
    one, other = put(ledger, *MILL)
    view = open_tab(qtbot, page)
    focus(qtbot, view.groups.list)
    press(qtbot, Keys.Key_F9)
    dialog = modal(qtbot, ApartDialog)
    dialog.reason.setText("两兄弟各一家")
    press(qtbot, Keys.Key_Return)
    settle(qtbot, lambda: ledger.count(Query(Verdict)) == 1)
    (verdict,) = ledger.find(Query(Verdict))
    assert (verdict.verdict, verdict.reason) == ("不是同一户", "两兄弟各一家")
    assert {verdict.one, verdict.other} == {one, other}
    found(qtbot, view)
    view.search.start()
    found(qtbot, view)
    assert titles(view) == []
    assert view._nothing.sentence.text() == "查了 2 户，没有像是同一户的。"
    assert view.search.count() == 0
    focus(qtbot, view.tabs)
    for _ in range(5):
        press(qtbot, Keys.Key_Right)
    assert view.tabs.chosen_key() == "apart"
    focus(qtbot, view.verdicts["apart"].panel.grid)
    press(qtbot, Keys.Key_Return)
    settle(qtbot, lambda: ledger.count(Query(Verdict)) == 0)
    found(qtbot, view)
    assert view.tabs.text_of(0) == "全部 1"


def test_many_sure_ones_are_merged_in_one_step_without_those_passed_over(
    qtbot, page, ledger, window
) -> None:
    made = plant(ledger)
    view = open_tab(qtbot, page)
    assert [view.tabs.text_of(n) for n in range(4)] == [
        "全部 4", "可以直接合并 3", "多半是同一户 0", "可能是同一户 1",
    ]  # fmt: skip
    place = titles(view).index("新县沙窝王记豆腐坊")
    focus(qtbot, view.groups.list)
    for _ in range(place):
        press(qtbot, Keys.Key_Down)
    press(qtbot, Keys.Key_F8)
    assert view.groups.many.words == "一起合并可以直接合并的 2 组"
    focus(qtbot, view.groups.many)
    press(qtbot, Keys.Key_Space)
    dialog = modal(qtbot, ManyDialog)
    said = " ".join(part.text() for part in dialog.findChildren(type(view.groups._none)))
    assert "2 组里共 5 户，合并成 2 户，并掉 3 户。" in said
    assert "你跳过的 1 组不动" in [label.text() for label in _labels(dialog)]
    press(qtbot, Keys.Key_Return)
    settle(qtbot, lambda: ledger.count(Query(Verdict)) == 3)
    assert all(live(ledger, record) for record in made["bean"])
    assert not live(ledger, made["tea"][1])
    found(qtbot, view)
    assert sorted(titles(view)) == ["新县千斤竹木加工厂", "新县沙窝王记豆腐坊"]
    assert window.toasts.shown()[0].accessibleName() == "已合并 2 组，并掉 3 户"
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: live(ledger, made["tea"][1]))
    assert ledger.count(Query(Verdict)) == 0
    found(qtbot, view)
    assert len(titles(view)) == 4


def _labels(dialog):
    from PySide6.QtWidgets import QLabel

    return dialog.findChildren(QLabel)


def test_a_merge_is_taken_apart_with_words_and_undone(qtbot, page, ledger, window) -> None:
    stays, goes = put(ledger, *TEA)
    (matching,) = hang(ledger, goes)
    view = open_tab(qtbot, page)
    focus(qtbot, view.groups.list)
    press(qtbot, Keys.Key_F12)
    settle(qtbot, lambda: not live(ledger, goes))
    later = hang(ledger, stays)
    view.choose("merged")
    list_ = view.verdicts["merged"]
    qtbot.waitUntil(lambda: list_.source.count() == 1)
    row = list_.source.page(0, 1)[0].cells
    assert row[:2] == ["新县鸿运茶业有限责任公司", "新县鸿运茶业有限公司"]
    assert row[3] == "程映雪"
    assert "经营者、电话相同" in row[4]
    focus(qtbot, list_.panel.grid)
    press(qtbot, Keys.Key_Return)
    dialog = modal(qtbot, SplitDialog)
    said = [label.text() for label in _labels(dialog)]
    assert any("程映雪并入了“新县鸿运茶业有限公司”" in each for each in said)
    assert any("1 条银企对接回到它名下" in each for each in said)
    assert any("1 条银企对接留在“新县鸿运茶业有限公司”名下" in each for each in said)
    assert walk(dialog) == []
    press(qtbot, Keys.Key_Return)
    settle(qtbot, lambda: live(ledger, goes))
    assert ledger.get(Matching, matching).enterprise == goes
    assert ledger.get(Matching, later[0]).enterprise == stays
    assert {v.verdict for v in ledger.find(Query(Verdict))} == {"不是同一户"}
    assert [view.tabs.text_of(n) for n in (4, 5)] == ["合并过的 0", "不是同一户 1"]
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: not live(ledger, goes))
    assert ledger.verify() == []


def test_one_of_three_is_left_out_and_another_stays(qtbot, page, ledger) -> None:
    farm = plant(ledger)["farm"]
    view = open_tab(qtbot, page)
    place = next(n for n, g in enumerate(view.groups.list.groups()) if len(g.ids) == 3)
    view.groups.list.go_to(place)
    qtbot.wait(120)
    compare = view.groups.compare
    first, second, third = compare.comparing.ids
    assert first == farm[0]
    assert compare.merge.words == "合并 3 户（1 项来自第二户）"
    heads = compare.heads.heads()
    focus(qtbot, heads[2])
    press(qtbot, Keys.Key_Delete)
    assert compare.comparing.merged() == [first, second]
    assert compare.apart.words == "1 户不是同一户"
    press(qtbot, Keys.Key_2)  # the second stays
    assert compare.comparing.survivor == second
    assert heads[1].hasFocus()
    press(qtbot, Keys.Key_F12)
    settle(qtbot, lambda: not live(ledger, first))
    assert live(ledger, second)
    assert live(ledger, third)
    assert ledger.get(Enterprise, second).code == _code(804)


def _code(number: int) -> str:
    from tests.ui.places import credit_code

    return credit_code(number, "93")


def test_choices_outlive_another_survivor_but_not_a_firm_left_out(ledger) -> None:
    ids = plant(ledger)["farm"]
    comparing = Comparing(ledger, ids)
    one, two, three = comparing.ids
    comparing.choose("staff", three)
    comparing.keep(two)
    assert (comparing.chosen("staff"), comparing.chosen("code")) == (three, one)
    assert comparing.taken() == {one: 2, three: 1}  # name and code; staff
    assert comparing.hanging_together() == {"首贷培植": 1, "银企对接": 1}
    comparing.leave_out(three)
    assert comparing.chosen("staff") == two
    comparing.leave_out(one)  # two at least
    assert comparing.merged() == [one, two]
    assert comparing.pairs_apart() == [(three, one), (three, two)]


def test_personal_data_is_masked_until_asked_for(qtbot, page, ledger) -> None:
    put(ledger, *MILL)
    view = open_tab(qtbot, page)
    compare = view.groups.compare
    model = compare.table.field_model()
    row = model.rows[row_of(compare, "phone")]
    assert [shown.text for shown in row.values] == ["139****0003", "139****0003"]
    assert {shown.said for shown in row.values} == {"遮住的几位不一样"}
    focus(qtbot, compare.reveal)
    press(qtbot, Keys.Key_Space)
    row = model.rows[row_of(compare, "phone")]
    assert [shown.text for shown in row.values] == ["13939700003", "13939710003"]
    assert row.values[1].marked == ((6, 7),)
    compare.show_firms((), "")
    assert model.masked


def test_differing_characters_are_those_the_other_has_not() -> None:
    assert differing("新县千斤竹木厂", "新县千金竹木厂") == ((3, 4),)
    assert differing("新县千斤竹木厂", "新县竹木厂") == ()
    assert differing("完全不同的一句", "毫无关系的另外") == ()


def test_the_filter_narrows_by_name_and_reason(qtbot, page, ledger) -> None:
    plant(ledger)
    view = open_tab(qtbot, page)
    view.groups.filter.setText("王记")
    qtbot.waitUntil(lambda: titles(view) == ["新县沙窝王记豆腐坊"])
    view.groups.filter.setText("同音")
    qtbot.waitUntil(lambda: titles(view) == ["新县千斤竹木加工厂"])
    view.groups.filter.setText("没有的")
    qtbot.waitUntil(lambda: titles(view) == [])
    assert view.groups._none.text() == "没有哪一组带“没有的”。少打几个字再找。"
    view.groups.filter.setText("")
    qtbot.waitUntil(lambda: len(titles(view)) == 4)
    view.choose("likely")
    assert view.groups._none.text() == "没有“多半是同一户”的了。"


def test_a_search_that_is_stopped_says_so_and_can_begin_again(
    qtbot, page, ledger, monkeypatch
) -> None:
    put(ledger, *MILL)

    def stopped(*_: object) -> None:
        raise Cancelled

    real = searching.find_groups
    monkeypatch.setattr(searching, "find_groups", stopped)
    page.show_tab("duplicates")
    view = page.view("duplicates")
    settle(qtbot, lambda: view.search.stopped)
    assert "停下了，没有查完" in view._nothing.sentence.text()
    monkeypatch.setattr(searching, "find_groups", real)
    focus(qtbot, view.again)
    press(qtbot, Keys.Key_F5)
    found(qtbot, view)
    assert titles(view) == ["新县千斤竹木加工厂"]


def test_a_step_of_this_page_that_the_watch_saw_first_makes_nothing_stale(
    qtbot, page, ledger, monkeypatch
) -> None:
    monkeypatch.setattr(searching, "_QUICK", 0.0)
    plant(ledger)
    view = open_tab(qtbot, page)
    sure = [group for group in view.groups.list.groups() if group.level == "exact"]
    step = merging.merge_exact(ledger, sure)  # as the job does, in its thread
    view.search.look()
    assert view.search.stale
    view.search.settle(step, searching.Settled(frozenset(i for g in sure for i in g.ids)))
    assert not view.search.stale
    assert titles(view) == ["新县千斤竹木加工厂"]


def test_an_empty_ledger_and_one_without_look_alikes_say_so(qtbot, page, ledger) -> None:
    page.show_tab("duplicates")
    view = page.view("duplicates")
    assert "还没有经营主体" in view._nothing.sentence.text()
    put(ledger, TEA[0])
    page.ledger_changed()
    found(qtbot, view)
    assert view._nothing.sentence.text() == "查了 1 户，没有像是同一户的。"
    view.choose("merged")
    assert "还没有合并过" in view.verdicts["merged"].panel._nothing.text()


def test_a_firm_that_went_meanwhile_is_told_and_nothing_is_merged(
    qtbot, page, ledger, monkeypatch
) -> None:
    monkeypatch.setattr(searching, "_QUICK", 0.0)
    _, other = put(ledger, *MILL)
    view = open_tab(qtbot, page)
    with ledger.step("删除") as step:
        step.remove(Enterprise, other)
    page.ledger_changed()
    qtbot.waitUntil(lambda: "在回收站里" in view.groups.compare._nothing.text())
    assert not view.groups.compare.merge.isEnabled()


def test_a_ledger_opened_for_looking_merges_nothing(qtbot, window, jobs, ledger) -> None:
    plant(ledger)
    with Ledger.open(ledger.path, read_only=True) as looked:
        page = ExchangePage(looked, jobs, window)
        window.add_page("exchange", "数据交换", "arrows-exchange", page)
        show(qtbot, window, 1366, 768)
        view = open_tab(qtbot, page)
        assert not view.groups.many.isEnabled()
        assert not view.groups.compare.merge.isEnabled()
        jobs.wait()


def desk_on(qtbot, ledger: Ledger, theme) -> Desk:
    desk = Desk(ledger, theme, Jobs())
    for entry in entries(desk):
        desk.add(entry)
    qtbot.addWidget(desk.window)
    desk.window.resize(1366, 768)
    desk.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return desk


def test_firms_chosen_in_the_list_are_merged_and_the_search_is_reached(
    qtbot, theme, tmp_path
) -> None:
    with ledger_at(tmp_path / "乙.账套", 5) as ledger:
        stays, goes = put(ledger, *BEAN)
    desk = desk_on(qtbot, Ledger.open(tmp_path / "乙.账套"), theme)
    desk.window.show_page("enterprises")
    page = desk.window.page("enterprises")
    grid = page.panel.grid
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for record in (stays, goes):
        grid.go_to(record)
        grid.selectionModel().select(grid.currentIndex(), rows)
    words = [entry[0] for entry in grid.menu_entries() if entry is not None]
    assert "合并这 2 户…" in words
    entry = next(e for e in grid.menu_entries() if e is not None and e[0].startswith("合并"))
    entry[1]()
    view = page.cover_view
    assert isinstance(view, MergePage)
    assert not view.view._doubt.isVisible()
    qtbot.waitUntil(view.view.table.hasFocus)
    assert walk(desk.window) == []
    press(qtbot, Keys.Key_F12)
    settle(qtbot, lambda: page.cover_view is None)
    assert not live(desk.ledger, goes)
    page.find_duplicates()
    qtbot.waitUntil(lambda: desk.window.page_key() == "exchange")
    exchange = desk.window.page("exchange")
    assert exchange.tabs.chosen_key() == "duplicates"
    found(qtbot, exchange.view("duplicates"))
    exchange.open_firm(stays)
    assert desk.window.page_key() == "enterprises"
    assert page.cover_view is page.editor()
    page._leave()
    two = [row.id for row in page.source.page(0, 2)]
    grid.clearSelection()
    for record in two:
        grid.go_to(record)
        grid.selectionModel().select(grid.currentIndex(), rows)
    page.merge_selected()
    assert page.cover_view.view._doubt.isVisible()  # two sound codes: most likely two firms
    press(qtbot, Keys.Key_Escape)
    qtbot.waitUntil(lambda: page.cover_view is None)
    desk.jobs.wait()
    desk.window.close()


def test_nothing_flashes(qtbot, qapp, page, ledger, window, theme) -> None:
    from tests.app.test_flashes import _Watch

    watch = _Watch()
    qapp.installEventFilter(watch)
    plant(ledger)
    view = open_tab(qtbot, page)
    for key in ("exact", "merged", "apart", "all"):
        view.choose(key)
    view.groups.list.go_to(1)
    qtbot.wait(120)
    view.look()
    qtbot.wait(50)
    qapp.removeEventFilter(watch)
    assert watch.seen == []


def test_f6_goes_from_the_list_to_the_group_and_back(qtbot, page, ledger, window) -> None:
    put(ledger, *MILL)
    view = open_tab(qtbot, page)
    focus(qtbot, view.groups.list)
    seen = []
    for _ in range(4):
        window.next_area()
        seen.append(QApplication.focusWidget())
    right = view.groups._right
    assert any(right.isAncestorOf(widget) for widget in seen)
    assert view.groups.list in seen


@pytest.mark.parametrize("factor", EACH_SIZE)
def test_nothing_is_cut_off_in_any_state(qtbot, page, ledger, window, theme, factor) -> None:
    theme.set(factor=factor)
    window.resize(1366, 768)
    plant(ledger)
    view = open_tab(qtbot, page)
    assert [str(each) for each in walk(window)] == []
    assert window.size().toTuple() == (1366, 768)
    view.groups.open_current()
    qtbot.wait(50)
    assert (page.cover_view is not None) == (factor >= 1.5)
    assert [str(each) for each in walk(window)] == []
    if page.cover_view is not None:
        press(qtbot, Keys.Key_Escape)
        qtbot.waitUntil(lambda: page.cover_view is None)
    view.groups.ask_many()
    dialog = modal(qtbot, ManyDialog)
    assert [str(each) for each in walk(dialog)] == []
    dialog.go.click()
    settle(qtbot, lambda: ledger.count(Query(Verdict)) == 4)
    found(qtbot, view)
    for key in ("merged", "apart", "exact"):
        view.choose(key)
        qtbot.wait(30)
        assert [str(each) for each in walk(window)] == [], key
    view.choose("merged")
    view.verdicts["merged"].open_current()
    dialog = modal(qtbot, SplitDialog)
    assert [str(each) for each in walk(dialog)] == []
    dialog.reject()
