"""The page of enterprises by keyboard: find, narrow, open, enter, bin and back, export."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.grid_rows import Cell
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.picker import PickItem
from tests.ui.places import SHAWO, XINJI, credit_code, ledger_at, meet, open_sheet, press, settle, show, type_into
from tests.ui.walk import walk

FIRMS = 30


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套", FIRMS) as made:
        yield made


def open_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> EnterprisePage:
    """The page in a shown window, its counts found."""
    page = EnterprisePage(ledger, jobs, window)
    window.add_page("enterprises", "经营主体", "building-store", page)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: "缺必填 " in page.tabs.tabText(1))
    page.panel.grid.setFocus()
    return page


@pytest.fixture
def page(qtbot, window, jobs, ledger) -> Iterator[EnterprisePage]:
    made = open_page(qtbot, window, jobs, ledger)
    yield made
    jobs.wait()


def rows(page: EnterprisePage) -> int:
    return page.panel.grid.lazy_model().rowCount()


def column(page: EnterprisePage, key: str) -> int:
    return [c.key for c in page.panel.grid.lazy_model().columns].index(key)


def cell(page: EnterprisePage, row: int, key: str):
    return page.panel.grid.lazy_model().cell(row, column(page, key))


def go_to_row(page: EnterprisePage, row: int) -> None:
    page.panel.grid.setCurrentIndex(page.panel.grid.lazy_model().index(row, 1))


def test_counts_of_the_views_add_up_and_the_sum_stands_below(page, ledger) -> None:
    assert [page.tabs.tabText(n) for n in (0, 1, 3)] == ["全部 30", "缺必填 6", "回收站 0"]
    assert page.panel.totals_text() == "合计 30 户　注册资本(万元) 465.00"


def test_cells_say_what_is_missing_wrong_computed_or_private(page) -> None:
    assert cell(page, 0, "phone") == Cell(state="missing", note="“联系电话”还没填，按 Enter 打开补上。")
    assert cell(page, 1, "phone") == "138****0001"
    assert cell(page, 1, "township") == "新集镇"
    odd = cell(page, 3, "code")
    assert (odd.state, "校验不符" in odd.note) == ("explain", True)
    assert (cell(page, 1, "size").text, cell(page, 1, "size").state) == ("微型", "computed")
    assert cell(page, 0, "complete") == 90
    assert cell(page, 1, "capital").value == 2_000_000


def test_typing_into_the_search_box_narrows_the_list(qtbot, page, window) -> None:
    press(qtbot, Qt.Key.Key_F3)
    for letter in "013":
        qtbot.keyClick(QApplication.focusWidget(), letter)
    settle(qtbot, lambda: rows(page) < FIRMS)
    assert cell(page, 0, "name") == "新集镇丁013茶叶加工厂"
    assert page.head._counts.texts()[0].startswith("共 30 户，筛出 ")


@pytest.mark.parametrize("typed", ["xjzj", "023茶叶", "13803970007"])
def test_initials_fragments_and_telephones_find_firms(qtbot, page, typed) -> None:
    page.search(typed)
    assert 0 < rows(page) < FIRMS


def test_nothing_found_is_said_in_words_with_a_way_out(page) -> None:
    page.search("没有这样的企业")
    assert page.panel._nothing.text().startswith("没有找到“没有这样的企业”")
    page.conditions.set_condition("township", (PickItem(XINJI, "新集镇"),))
    assert "没有同时符合这 2 个条件的经营主体。去掉“没有这样的企业”有 15 户。" in page.panel._nothing.text()
    page.search("")
    assert page.panel._nothing.text() == ""


def test_a_condition_is_a_chip_that_del_takes_away(qtbot, page) -> None:
    page.conditions.set_condition("township", (PickItem(SHAWO, "沙窝镇"),))
    assert rows(page) == 15
    assert {page._ledger.get(Enterprise, i).township for i in page.source.ids(0, 99)} == {SHAWO}
    chip = next(c for c in page.conditions.findChildren(type(page.conditions._add)) if "沙窝镇" in c.text())
    settle(qtbot, chip.isVisible)
    chip.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    assert rows(page) == FIRMS
    settle(qtbot, page.conditions._add.hasFocus)  # the keyboard stays where it was


def test_townships_are_ticked_in_a_sheet_by_keyboard(qtbot, page) -> None:
    page.conditions.open("township")
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    dialog._filter.setFocus()
    qtbot.keyClicks(dialog._filter, "xjz")
    shown = [box for box in dialog._boxes.values() if box.isVisible()]
    assert [box.text() for box in shown] == ["新集镇"]
    shown[0].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert dialog._go.words == "用这 1 个"
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(page) == 15)


def test_a_heading_sorts_and_computed_columns_sort_too(page) -> None:
    page.panel.grid.sort_by((("capital", True),))
    assert cell(page, 0, "capital").text == "30.00"
    assert page._sorted.texts()[0] == "排序：注册资本(万元)从大到小"
    page.panel.grid.sort_by((("complete", False),))
    assert [cell(page, n, "complete") for n in range(7)] == [90] * 6 + [100]


def test_the_view_of_incomplete_firms_keeps_search_and_order(page) -> None:
    page.show_view("incomplete")
    assert rows(page) == 6
    page.panel.grid.sort_by((("name", True),))
    assert cell(page, 0, "name") == "新集镇甲020茶叶加工厂"
    page.search("甲")
    assert rows(page) == 3


def test_the_view_of_odd_codes_finds_the_one_with_a_wrong_digit(qtbot, page, ledger) -> None:
    page.show_view("odd")
    settle(qtbot, lambda: rows(page) == 1)
    assert cell(page, 0, "name") == "新集镇丁003茶叶加工厂"
    firm = page.source.ids(0, 1)[0]
    with ledger.step("写明原因") as step:
        step.change(Enterprise, firm, {"code_reason": "执照如此"})
    page.refresh()
    settle(qtbot, lambda: rows(page) == 0 and "对得上" in page.panel._nothing.text())


def test_the_details_follow_the_list(qtbot, page, ledger) -> None:
    firm = page.source.ids(1, 1)[0]
    meet(ledger, firm)
    go_to_row(page, 1)
    settle(qtbot, lambda: page.pane_content.record() == firm)
    page.pane_content.reload()
    texts = " ".join(each.text() for each in page.pane_content.findChildren(type(page._sorted).__mro__[1]))
    assert "农商行授信 30.00 万元" in texts
    assert "138****0001" in texts
    assert "13803970001" not in texts


def test_enter_opens_the_file_and_esc_comes_back_to_the_row(qtbot, page, ledger) -> None:
    go_to_row(page, 4)
    press(qtbot, Qt.Key.Key_Return)
    assert page.cover_view is page.editor()
    assert page.editor().form.focused_name() == "name"
    type_into(qtbot, page.editor().form.editor("village").widget, "麻布村")
    press(qtbot, Qt.Key.Key_Escape)  # Esc restores what was typed …
    assert page.cover_view is not None
    type_into(qtbot, page.editor().form.editor("village").widget, "麻布村")
    press(qtbot, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.changed):
        type_into(qtbot, page.editor().form.editor("staff").widget, "9")
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Escape)  # … and goes back when there is nothing to restore
    assert page.cover_view is None
    firm = ledger.get(Enterprise, page.source.ids(4, 1)[0])
    assert (firm.village, firm.staff) == ("麻布村", 9)
    assert page.panel.grid.hasFocus()
    assert page.panel.grid.currentIndex().row() == 4


def test_ctrl_page_down_goes_to_the_next_firm(qtbot, page) -> None:
    go_to_row(page, 0)
    press(qtbot, Qt.Key.Key_Return)
    name = page.editor().form.title()
    press(qtbot, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: page.editor().form.title() != name)
    assert page.editor().form.keeper.record == page.source.ids(1, 1)[0]


def test_f12_enters_firms_one_after_another(qtbot, page, ledger) -> None:
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: page.cover_view is not None)
    for number, name in enumerate(("泗店竹编工坊", "郭家河惠农站")):
        type_into(qtbot, page.editor().form.editor("name").widget, name)
        press(qtbot, Qt.Key.Key_Return)
        type_into(qtbot, page.editor().form.editor("code").widget, credit_code(500 + number))
        press(qtbot, Qt.Key.Key_F12)
        settle(qtbot, lambda: page.editor().form.editor("name").text() == "")
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)
    assert rows(page) == FIRMS + 2
    assert [step.name for step in ledger.log(2)] == ["新增经营主体 郭家河惠农站", "新增经营主体 泗店竹编工坊"]


def test_removing_many_is_one_step_and_comes_back_by_the_toast(qtbot, page, window, ledger) -> None:
    for row in (0, 1, 2):
        go_to_row(page, row)
        press(qtbot, Qt.Key.Key_Space)
    assert page._remove.words == "删除 3 户"
    steps = len(ledger.log())
    press(qtbot, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: rows(page) == FIRMS - 3)
    assert len(ledger.log()) == steps + 1
    assert ledger.log(1)[0].name == "删除 3 户经营主体"
    toast = window.toasts.shown()[0]
    assert "已删除 3 户经营主体" in toast.accessibleName()
    toast.first_button().click()
    settle(qtbot, lambda: rows(page) == FIRMS)


def test_the_bin_gives_firms_back_as_one_step(qtbot, page, ledger) -> None:
    page.deeds.remove(page.source.ids(0, 2))
    page.show_view("bin")
    assert rows(page) == 2
    page.panel.grid.selectAll()
    page._restore.click()
    settle(qtbot, lambda: rows(page) == 0)
    assert ledger.count(Query(Enterprise)) == FIRMS
    assert ledger.log(1)[0].name == "恢复 2 户经营主体"


def test_a_firm_whose_code_was_given_to_another_cannot_come_back_and_says_so(
    qtbot, page, ledger, monkeypatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "ledger_desk.ui.pages.enterprises.deeds.show_error", lambda parent, error, doing: said.append(str(error))
    )
    firm = page.source.ids(1, 1)[0]
    code = ledger.get(Enterprise, firm).code
    page.deeds.remove([firm])
    with ledger.step("新增") as step:
        step.create(Enterprise(name="另一户", code=code))
    page.deeds.restore([firm])
    assert "同一个统一社会信用代码" in said[0]
    assert ledger.get(Enterprise, firm).removed


def test_undo_while_a_new_firm_is_open_closes_the_editor(qtbot, page, ledger, monkeypatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(
        "ledger_desk.ui.pages.enterprises.listing.show_error", lambda parent, error: said.append(error)
    )
    with ledger.step("新增经营主体 甲厂") as step:
        firm = step.create(Enterprise(name="甲厂"))
    page.refresh()
    page.open_record(firm)
    ledger.undo()
    page.refresh()
    assert page.cover_view is None
    assert "已经不在账里" in str(said[0])


def test_the_list_goes_out_as_it_is_filtered(qtbot, page, window, tmp_path) -> None:
    page.conditions.set_condition("township", (PickItem(SHAWO, "沙窝镇"),))
    assert page._out.words == "导出 15 户"
    path = tmp_path / "名单.csv"
    page.deeds.export(page.source.query(), path, page.source.names)
    settle(qtbot, lambda: bool(window.toasts.shown()))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 16
    assert lines[0].startswith("经营主体名称,统一社会信用代码,乡镇(街道)")
    assert "138****0002" in path.read_text(encoding="utf-8-sig")
    assert "已导出 15 户" in window.toasts.shown()[0].accessibleName()


def test_a_view_found_by_looking_goes_out_too(qtbot, page, window, tmp_path) -> None:
    page.show_view("incomplete")
    path = tmp_path / "缺.csv"
    page.deeds.export(page.source.query(), path, ("name",))
    settle(qtbot, lambda: bool(window.toasts.shown()))
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 7


def test_columns_can_be_chosen_from_all_declared_fields(page) -> None:
    page._take_columns([PickItem("name", ""), PickItem("industry", ""), PickItem("revenue", "")])
    assert [c.title for c in page.panel.grid.lazy_model().columns if c.key] == ["经营主体名称", "行业代码", "上年收入(万元)"]
    assert cell(page, 0, "industry") == "1530 精制茶加工"
    assert page.source.totals()["revenue"] == "2,400.00"


def test_a_file_dropped_on_the_list_opens_the_assistant(qtbot, page, tmp_path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text("企业名称,统一社会信用代码\n泗店竹编工坊,\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPoint(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    assert page.cover_view is page.assistant()
    settle(qtbot, lambda: page.assistant().stage() == 1)
    page.assistant().leave()
    assert page.cover_view is None


def test_an_empty_ledger_shows_ways_to_begin_and_the_keyboard_reaches_them(
    qtbot, window, jobs, tmp_path
) -> None:
    with ledger_at(tmp_path / "空.账套") as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        assert page.panel._empty.isVisible()
        assert page._out.words == "导出 0 户"
        assert not page._out.isEnabled()
        press(qtbot, Qt.Key.Key_F12)
        settle(qtbot, lambda: page.cover_view is page.editor())
        type_into(qtbot, page.editor().form.editor("name").widget, "泗店竹编工坊")
        press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, lambda: ledger.count(Query(Enterprise)) == 1)
        press(qtbot, Qt.Key.Key_Escape)
        assert not page.panel._empty.isVisible() if page.panel._empty else True
        assert rows(page) == 1
        jobs.wait()


def test_a_ledger_opened_for_looking_offers_no_changes(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套", 3):
        pass
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        assert not page._new.isEnabled()
        assert not page._in.isEnabled()
        page.panel.grid.selectAll()
        assert not page._remove.isVisible()
        page.remove_selected()
        assert rows(page) == 3
        jobs.wait()


def test_a_search_that_finds_too_many_says_more_than_it_counts(page, monkeypatch) -> None:
    monkeypatch.setattr("ledger_desk.ui.pages.enterprises.source.CAP", 10)
    monkeypatch.setattr("ledger_desk.ui.pages.enterprises.listing.CAP", 10)
    page.search("新集镇")
    assert "超过 10 户" in page.head._counts.texts()[0]
    assert page.source.totals() == {"name": "合计 超过 10 户"}


def test_conditions_ask_the_ledger_and_not_the_page(page, ledger) -> None:
    page.conditions.set_condition("kind", (PickItem("企业", "企业"),))
    assert rows(page) == ledger.count(Query(Enterprise, (Where("kind", "in", ("企业",)),))) == 0


@pytest.mark.parametrize(
    ("what", "factor"),
    [(what, factor) for what in ("full", "empty", "nothing", "editor", "pane") for factor in (1.0, 2.0)]
    + [("full", 1.25), ("pane", 1.25)],
)
def test_nothing_is_cut_off_or_nameless(qtbot, window, jobs, theme, tmp_path, what, factor) -> None:
    with ledger_at(tmp_path / "甲.账套", 0 if what == "empty" else 8) as ledger:
        theme.set(factor=factor)
        page = open_page(qtbot, window, jobs, ledger)
        if what == "nothing":
            page.conditions.set_condition("township", (PickItem(SHAWO, "沙窝镇"), PickItem(XINJI, "新集镇")))
            page.search("没有这样的企业")
        elif what == "editor":
            page.open_record(page.source.ids(3, 1)[0])
        elif what == "pane":
            meet(ledger, page.source.ids(1, 1)[0])
            go_to_row(page, 1)
            page.open_pane()
        qtbot.wait(150)
        window.resize(1366, 768)
        qtbot.wait(60)
        assert (window.width(), window.height()) == (1366, 768)
        assert [str(f) for f in walk(window)] == []
        jobs.wait()
