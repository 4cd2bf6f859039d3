"""Columns of a list: sorted, narrowed, frozen, hidden, chosen; remembered; views saved in the ledger."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ledger_desk.model.keeping import Setting
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.ask import TextQuestion
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.lists.chooser import ColumnChooser
from ledger_desk.ui.lists.column_sheet import ColumnSheet
from ledger_desk.ui.lists.going import GoTo
from ledger_desk.ui.lists.state import ListState, wheres_of_json, wheres_to_json
from ledger_desk.ui.lists.tools import ListTools
from ledger_desk.ui.pages.enterprises import EnterprisePage
from tests.ui.enterprise_places import FIRMS, column, enterprise_page, open_page, rows
from tests.ui.places import SHAWO, XINJI, focus, ledger_at, ledger_of, open_sheet, press, settle
from tests.ui.sources import Counting
from tests.ui.walk import walk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


ledger = ledger_of(FIRMS)
page = enterprise_page


def go(page: EnterprisePage, row: int, key: str) -> None:
    grid = page.panel.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.lazy_model().index(row, column(page, key)))


def sheet(qtbot, kind):
    """The sheet in front, its values counted."""
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), kind))
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    if isinstance(dialog, ColumnSheet) and dialog.box is not None:
        settle(qtbot, lambda: dialog.box.loaded)
    return dialog


def keys(page: EnterprisePage) -> list[str]:
    return [c.key for c in page.panel.grid.lazy_model().columns if c.key]


def column_sheet(qtbot, page: EnterprisePage, key: str) -> ColumnSheet:
    go(page, 0, key)
    qtbot.keyClick(page.panel.grid, Qt.Key.Key_L, CONTROL | SHIFT)
    return sheet(qtbot, ColumnSheet)


def draw_edge(page: EnterprisePage, key: str, width: int) -> None:
    """Draw the right edge of a heading with the mouse until it is so wide."""
    header, place = page.panel.grid.header(), column(page, key)
    edge = QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) - 1, 15)
    target = edge + QPoint(width - header.sectionSize(place), 0)
    left = Qt.MouseButton.LeftButton
    QTest.mouseMove(header.viewport(), edge)
    QTest.mousePress(header.viewport(), left, pos=edge)
    spot = QPointF(header.viewport().mapToGlobal(target))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(target), spot, left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(header.viewport(), moved)
    QTest.mouseRelease(header.viewport(), left, pos=target)


# Narrowing


def test_a_value_is_ticked_by_keyboard_and_stands_as_a_chip(qtbot, page) -> None:
    dialog = column_sheet(qtbot, page, "township")
    settle(qtbot, dialog.box.values.hasFocus)  # two values need no search line
    counts = {value.text: value.rows for value in dialog.box.values.unticked()}
    assert counts == {"新集镇": 15, "沙窝镇": 15}
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.go.words == "只看勾上的 1 个值"
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(page) == 15)
    assert list(page.conditions.words()) == ["township"]
    assert page.panel.grid.header().is_filtered(column(page, "township"))
    again = column_sheet(qtbot, page, "township")
    assert [value.text for value in again.box.values.ticked()] == [
        page.conditions.words()["township"]
    ]
    again._clear()
    settle(qtbot, lambda: rows(page) == FIRMS)
    assert not page.conditions.fields()


def test_names_are_found_by_a_part_and_by_what_they_are_not(qtbot, page) -> None:
    dialog = column_sheet(qtbot, page, "name")
    dialog.box.ways._segments[1].click()
    dialog.box.words.setFocus()
    dialog.box.words.setText("沙窝")
    assert dialog.go.words == "只看含“沙窝”的"
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(page) < FIRMS)
    there = rows(page)
    assert page.conditions.words() == {"name": "含“沙窝”"}
    page.conditions.filters.put("name", (Where("name", "lacks", "沙窝"),))
    assert rows(page) == FIRMS - there


def test_money_and_days_are_narrowed_to_a_range(qtbot, page) -> None:
    dialog = column_sheet(qtbot, page, "capital")
    dialog.box.ways._segments[1].click()
    dialog.box.low.setText("五万")
    assert not dialog.go.isEnabled()
    assert dialog.box._wrong.text()
    dialog.box.low.setText("5")
    dialog.box.high.setText("7")
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(page) == 3)
    assert page.conditions.words() == {"capital": "5.00—7.00"}
    page.conditions.filters.clear()
    low = date(2015, 3, 3)
    page.conditions.filters.put("founded", (Where("founded", "between", (low, None)),))
    assert page.conditions.words() == {"founded": "从 2015-03-03"}
    assert 0 < rows(page) <= FIRMS


def test_blank_ones_are_found_and_left_out(qtbot, page) -> None:
    dialog = column_sheet(qtbot, page, "phone")
    dialog.box.ways._segments[2].click()
    assert dialog.go.words == "只看空白的"
    dialog.go.click()
    settle(qtbot, lambda: 0 < rows(page) < FIRMS)
    blank = rows(page)
    page.conditions.filters.put("phone", (Where("phone", "notblank"),))
    assert rows(page) == FIRMS - blank
    assert page.conditions.words() == {"phone": "非空白"}


def test_nearly_all_values_are_told_by_what_is_left_out(qtbot, page) -> None:
    page.tools.open_field("founded")  # the same sheet, from a chip
    dialog = sheet(qtbot, ColumnSheet)
    values = dialog.box.values
    count = len(values.unticked())
    assert count > 5
    values.turn_over()
    values._toggle(values.model().index(0, 0))
    assert dialog.go.words == f"只看勾上的 {count - 1} 个值"
    (where,) = dialog.box.wheres()
    assert (where.op, len(where.value)) == ("notin", 1)
    dialog.box.search.setText("2015-03")
    values.tick_shown(False)
    assert len(values.unticked()) > 1


# Sorting


def test_the_sheet_sorts_and_adds_a_second_key(qtbot, page) -> None:
    page.panel.grid.sort_by((("township", False),))
    dialog = column_sheet(qtbot, page, "capital")
    words = [b.words for b in dialog.findChildren(type(dialog.go))]
    assert {"从小到大", "从大到小", "第 2 排序"} <= set(words)
    next(b for b in dialog.findChildren(type(dialog.go)) if b.words == "第 2 排序").click()
    assert page.panel.grid.lazy_model().order == (("township", False), ("capital", False))
    header = page.panel.grid.header()
    place = header.filter_box(column(page, "capital")).left() - 12
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, SHIFT, QPoint(place, 15))
    assert page.panel.grid.lazy_model().order == (("township", False), ("capital", True))


def test_the_sign_of_a_heading_opens_the_sheet_and_the_right_button_a_menu(qtbot, page) -> None:
    header = page.panel.grid.header()
    box = header.filter_box(column(page, "township"))
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    sheet(qtbot, ColumnSheet).reject()
    assert page.panel.grid.lazy_model().order == ()
    page.tools._pop_up(column(page, "township"), QPoint(300, 300))
    menu = next(m for m in page.panel.grid.findChildren(QMenu) if m.isVisible())
    said = [action.text() for action in menu.actions()]
    assert "固定到这一列" in said
    assert "隐藏这一列" in said
    menu.close()


# Columns


def test_columns_are_found_ordered_and_put_back(qtbot, page) -> None:
    page.choose_columns()
    dialog = sheet(qtbot, ColumnChooser)
    dialog.search.setText("从业人数")
    focus(qtbot, dialog.search)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    dialog.search.clear()
    assert dialog.list.ticked()[-1] == "staff"
    dialog.list.setCurrentRow(2)
    press(qtbot, Qt.Key.Key_Up, CONTROL)
    assert dialog.list.ticked()[:2] == ["code", "name"]
    assert dialog.go.words == "显示这 10 列"
    dialog.go.click()
    assert keys(page)[:2] == ["code", "name"]
    assert keys(page)[-1] == "staff"
    page.choose_columns()
    again = sheet(qtbot, ColumnChooser)
    again._usual()
    again.go.click()
    assert keys(page)[:2] == ["name", "code"]
    assert "staff" not in keys(page)


def test_a_hidden_column_takes_its_order_along(page) -> None:
    page.panel.grid.sort_by((("person", False), ("capital", True)))
    page.tools._hide("person")
    assert "person" not in keys(page)
    assert page.panel.grid.lazy_model().order == (("capital", True),)


def test_a_double_click_on_the_edge_fits_the_column(page) -> None:
    grid = page.panel.grid
    place = column(page, "person")
    grid.columns.set_width("person", 300)
    assert grid.header().sectionSize(place) == 300
    grid.header().sectionHandleDoubleClicked.emit(place)
    assert 60 <= grid.header().sectionSize(place) < 120


def test_frozen_columns_stay_when_scrolled(qtbot, page) -> None:
    page.tools._show((*keys(page), "place", "staff", "revenue"))
    page.tools._freeze(2)
    grid, frozen = page.panel.grid, page.panel.frozen
    assert not frozen.isVisible()
    grid.horizontalScrollBar().setValue(300)
    assert frozen.isVisible()
    seen = [n for n in range(grid.model().columnCount()) if not frozen.isColumnHidden(n)]
    assert seen == [0, 1, 2]
    page.tools._freeze(0)
    assert not frozen.isVisible()


def test_ctrl_g_goes_to_a_row_by_number_or_words(qtbot, page) -> None:
    go(page, 0, "person")
    press(qtbot, Qt.Key.Key_G, CONTROL)
    dialog = sheet(qtbot, GoTo)
    dialog.line.setText("17")
    press(qtbot, Qt.Key.Key_Return)
    assert page.panel.grid.currentIndex().row() == 16
    name = page.panel.grid.lazy_model().cell(4, column(page, "name"))
    page.tools.go_to(str(name)[3:9])
    assert page.panel.grid.currentIndex().row() == 4
    said: list[str] = []
    page.tools.said.connect(said.append)
    page.tools.go_to("没有这样的企业")
    assert said == ["这个名单里没有“没有这样的企业”。"]


# Memory


def test_a_list_is_as_it_was_left(qtbot, window, jobs, ledger, page) -> None:
    page.tools._show(("name", "capital", "township"))
    draw_edge(page, "township", 155)
    page.tools._freeze(1)
    page.panel.grid.sort_by((("capital", True),))
    page.tools._remember()
    kept = ListState.of(Settings.load().lists["enterprises"])
    assert kept.columns == ("name", "capital", "township")
    assert (kept.frozen, kept.order) == (1, (("capital", True),))
    again = EnterprisePage(ledger, jobs, window)
    assert keys(again) == ["name", "capital", "township"]
    assert again.panel.grid.columns.widths()["township"] == 155
    assert again.panel.grid.lazy_model().order == (("capital", True),)
    again.deleteLater()


def test_spoilt_memory_is_as_is_usual() -> None:
    state = ListState.of({"columns": 5, "widths": {"a": "x", "b": 9e9}, "order": [1], "frozen": -3})
    assert state == ListState()


def test_a_plain_list_hides_moves_and_remembers(qtbot) -> None:
    panel = GridPanel(Counting(50), checks=True)
    qtbot.addWidget(panel)
    panel.resize(1200, 500)
    panel.show()
    tools = ListTools(panel, "plain")
    tools._show(("need", "name"))
    header = panel.grid.header()
    seen = [
        panel.grid.lazy_model().columns[header.logicalIndex(n)].key
        for n in range(header.count())
        if not header.isSectionHidden(header.logicalIndex(n))
    ]
    assert seen == ["", "need", "name"]
    tools._remember()
    other = GridPanel(Counting(50), checks=True)
    qtbot.addWidget(other)
    assert list(ListTools(other, "plain").state().columns) == ["need", "name"]
    tools.reset()
    assert len(panel.grid.columns.shown()) == 5


# Saved views


def save(qtbot, page: EnterprisePage, name: str) -> None:
    page.shelf.ask_name()
    dialog = sheet(qtbot, TextQuestion)
    dialog.field.setText(name)
    press(qtbot, Qt.Key.Key_Return)


def test_a_view_is_saved_left_opened_and_undone(qtbot, page, ledger) -> None:
    page.conditions.filters.put("township", (Where("township", "in", (XINJI,)),))
    page.conditions.filters.put("founded", (Where("founded", "between", (date(2001, 1, 1), None)),))
    page.tools._show(("name", "township", "capital"))
    save(qtbot, page, "新集的")
    assert ledger.log(1)[0].name == "保存视图“新集的”"
    assert page.tabs.tabs()[-1].text == "新集的"
    shown = rows(page)
    key = page.tabs.chosen_key()
    page.show_view("all")
    page.conditions.clear()
    page.tools.reset()
    assert rows(page) == FIRMS
    page.show_view(key)
    assert keys(page) == ["name", "township", "capital"]
    assert rows(page) == shown
    page.show_view("all")
    assert rows(page) == FIRMS
    assert len(keys(page)) == 9
    ledger.undo()
    page.refresh()
    assert page.tabs.tabs()[-1].key == "bin"


def test_a_view_is_overwritten_renamed_and_removed(qtbot, page, ledger) -> None:
    page.conditions.filters.put("township", (Where("township", "in", (SHAWO,)),))
    save(qtbot, page, "沙窝的")
    assert not page.shelf.is_changed()
    page.tools._hide("phone")
    assert page.shelf.button.words == "视图改过了"
    page.shelf._overwrite()
    assert not page.shelf.is_changed()
    page.shelf.rename("沙窝镇的")
    assert page.tabs.tabs()[-1].text == "沙窝镇的"
    assert page.tabs.chosen_key().startswith("view:")
    page.shelf._remove()
    assert page.view() == "all"
    assert rows(page) == FIRMS
    names = [each.name for each in ledger.find(Query(Setting))]
    assert names == []
    ledger.undo()
    page.refresh()
    assert page.tabs.tabs()[-1].text == "沙窝镇的"


def test_a_view_survives_the_program_and_opens_without_a_field_that_is_gone(
    qtbot, window, jobs, tmp_path
) -> None:
    path = tmp_path / "乙.账套"
    gone = {"field": "gone", "op": "=", "value": 1}
    there = {"field": "township", "op": "in", "value": [XINJI]}
    data = {"columns": ["name", "gone"], "order": [["gone", False]], "wheres": [gone, there]}
    text = json.dumps(data)
    with ledger_at(path, 8) as ledger, ledger.step("放") as step:
        step.create(Setting(name="view:enterprises:旧的", value=text))
    with Ledger.open(path) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        said: list[str] = []
        page.shelf.said.connect(said.append)
        page.show_view(page.tabs.tabs()[-1].key)
        assert keys(page) == ["name"]
        assert rows(page) == 4
        assert said == ["视图“旧的”里有 1 列已经没有了，照其余的打开。"]
        jobs.wait()


def test_conditions_survive_being_written_down() -> None:
    from ledger_desk.model.records import Enterprise

    wheres = (
        Where("founded", "between", (date(2024, 1, 2), None)),
        Where("capital", "between", (None, 5_000_000)),
        Where("name", "contains", "茶"),
        Where("township", "notin", (XINJI, None)),
        Where("phone", "blank"),
        Where("complete", "<", 100),
    )
    assert wheres_of_json(Enterprise, wheres_to_json(Enterprise, wheres)) == (wheres, [])


# To be read by people


@pytest.mark.parametrize("factor", [1.0, 2.0])
@pytest.mark.parametrize("what", ["values", "words", "range", "chooser", "goto", "view"])
def test_every_sheet_of_a_list_can_be_read(qtbot, page, window, theme, factor, what) -> None:
    theme.set(factor=factor)
    settle(qtbot, lambda: page.panel.grid.rowHeight(0) == round(32 * factor))
    if what == "chooser":
        page.choose_columns()
        dialog = sheet(qtbot, ColumnChooser)
    elif what == "goto":
        page.tools.ask_place()
        dialog = sheet(qtbot, GoTo)
    elif what == "view":
        page.conditions.filters.put("township", (Where("township", "in", (XINJI,)),))
        page.shelf.save("新集镇的老企业")
        dialog = window
    else:
        page.panel.grid.sort_by((("name", False),))
        key = {"values": "township", "words": "person", "range": "capital"}[what]
        page.tools.open_column(column(page, key))
        dialog = sheet(qtbot, ColumnSheet)
        if what != "values":
            dialog.box.ways._segments[1].click()
    assert not walk(dialog)
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
