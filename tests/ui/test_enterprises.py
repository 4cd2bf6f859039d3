"""The page of enterprises by keyboard: find, narrow, open, enter, bin and back, export."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.grid_rows import Cell
from ledger_desk.ui.picker import PickItem
from tests.ui.enterprise_places import FIRMS, cell, enterprise_page, go_to_row, open_page, rows
from tests.ui.places import (
    SHAWO,
    XINJI,
    focus,
    ledger_at,
    ledger_of,
    meet,
    open_sheet,
    press,
    settle,
)
from tests.ui.walk import walk

ledger = ledger_of(FIRMS)
page = enterprise_page


def test_counts_of_the_views_add_up_and_the_sum_stands_below(page, ledger) -> None:
    assert [page.tabs.tabText(n) for n in (0, 1, 3)] == ["全部 30", "缺必填 6", "回收站 0"]
    assert page.panel.totals_text() == "合计 30 户　注册资本(万元) 465.00"


def test_cells_say_what_is_missing_wrong_computed_or_private(page) -> None:
    assert cell(page, 0, "phone") == Cell(
        state="missing", note="“联系电话”还没填，按 Enter 打开补上。"
    )
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
    assert (
        "没有同时符合这 2 个条件的经营主体。去掉“没有这样的企业”有 15 户。"
        in page.panel._nothing.text()
    )
    page.search("")
    assert page.panel._nothing.text() == ""


def test_a_condition_is_a_chip_that_del_takes_away(qtbot, page) -> None:
    page.conditions.set_condition("township", (PickItem(SHAWO, "沙窝镇"),))
    assert rows(page) == 15
    assert {page._ledger.get(Enterprise, i).township for i in page.source.ids(0, 99)} == {SHAWO}
    chip = next(
        c for c in page.conditions.findChildren(type(page.conditions._add)) if "沙窝镇" in c.text()
    )
    settle(qtbot, chip.isVisible)
    chip.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    assert rows(page) == FIRMS
    settle(qtbot, page.conditions._add.hasFocus)  # the keyboard stays where it was


def test_townships_are_ticked_in_a_sheet_by_keyboard(qtbot, page) -> None:
    page.conditions.open("township")
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    settle(qtbot, lambda: dialog.box.loaded)
    focus(qtbot, dialog.box.values)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.go.words == "只看勾上的 1 个值"
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
    texts = " ".join(
        each.text() for each in page.pane_content.findChildren(type(page._sorted).__mro__[1])
    )
    assert "农商行授信 30.00 万元" in texts
    assert "138****0001" in texts
    assert "13803970001" not in texts


def said(page) -> list[str]:
    return [each.text() for each in page.pane_content.findChildren(QLabel) if each.isVisible()]


def test_the_details_say_each_firm_anew_and_keep_nothing_of_the_one_before(page, ledger) -> None:
    pane, (bare, plain, met) = page.pane_content, page.source.ids(0, 3)
    meet(ledger, met)
    alone = {}
    for record in (met, bare, plain):
        pane.show_record(record)
        alone[record] = said(page)
    assert "农商行授信 30.00 万元" in alone[met]
    assert "还没有银企对接，也不在首贷培植名单里。" in alone[bare]
    assert not any(text.startswith("138") for text in alone[bare])  # it has no telephone
    widgets = len(pane.findChildren(QWidget))
    for record in (plain, met, bare, met, plain, bare):
        pane.show_record(record)
        assert said(page) == alone[record]
    assert len(pane.findChildren(QWidget)) == widgets
    pane.show_record(plain)
    next(b for b in pane.findChildren(Button) if b.accessibleName() == "显示联系电话").click()
    assert "13803970001" in said(page)
    pane.show_record(met)
    pane.show_record(plain)
    assert said(page) == alone[plain]  # what was shown of one firm is hidden again
    pane.show_record("")
    assert said(page) == ["在名单里点一户，这里就是它的情况：缺什么、谈过哪几家银行、改过什么。"]


@pytest.mark.parametrize(
    ("what", "factor"),
    [
        (what, factor)
        for what in ("full", "empty", "nothing", "editor", "pane")
        for factor in (1.0, 2.0)
    ]
    + [("full", 1.25), ("pane", 1.25)],
)
def test_nothing_is_cut_off_or_nameless(qtbot, window, jobs, theme, tmp_path, what, factor) -> None:
    with ledger_at(tmp_path / "甲.账套", 0 if what == "empty" else 8) as ledger:
        theme.set(factor=factor)
        page = open_page(qtbot, window, jobs, ledger)
        if what == "nothing":
            page.conditions.set_condition(
                "township", (PickItem(SHAWO, "沙窝镇"), PickItem(XINJI, "新集镇"))
            )
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
