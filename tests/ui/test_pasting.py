"""Pasting, clearing, filling and editing in the list of enterprises, by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ledger_desk.model.records import Bank, Enterprise
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.pasting.preview import PastePreview
from ledger_desk.ui.picker import Picker
from ledger_desk.ui.records.record_list import RecordList
from tests.ui.enterprise_places import FIRMS, cell, column, enterprise_page, open_page, rows
from tests.ui.places import (
    SHAWO,
    XINJI,
    credit_code,
    ledger_at,
    ledger_of,
    open_sheet,
    press,
    settle,
    show,
)
from tests.ui.walk import walk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


ledger = ledger_of(FIRMS)
page = enterprise_page


def go(page: EnterprisePage, row: int, key: str) -> None:
    grid = page.panel.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.lazy_model().index(row, column(page, key)))


def place(page: EnterprisePage) -> tuple[int, int]:
    index = page.panel.grid.currentIndex()
    return index.row(), index.column()


def firm(page: EnterprisePage, row: int) -> Enterprise:
    found = page._ledger.get(Enterprise, page.source.ids(row, 1)[0])
    assert found is not None
    return found


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def paste(qtbot, page: EnterprisePage, row: int, key: str, text: str) -> None:
    put(text)
    go(page, row, key)
    press(qtbot, Qt.Key.Key_V, CONTROL)


def preview(qtbot) -> PastePreview:
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), PastePreview))
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    settle(qtbot, dialog.panel.grid.hasFocus)
    return dialog


def compose(target, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(target, event)


# -- pasting -------------------------------------------------------------------------------------


def test_a_block_is_one_step_and_one_undo(qtbot, page, ledger, window) -> None:
    before = ledger.log(1)[0].id
    paste(qtbot, page, 4, "person", "程映雪\t12.5\r\n沈砚\t13\r\n黎青禾\t14.5\r\n")
    assert [(firm(page, n).person, firm(page, n).capital) for n in (4, 5, 6)] == [
        ("程映雪", 12_500_000), ("沈砚", 13_000_000), ("黎青禾", 14_500_000),
    ]  # fmt: skip
    step = ledger.log(1)[0]
    assert (step.id, step.name, step.rows) == (before + 1, "粘贴 3 行 × 2 列", 3)
    assert place(page) == (4, column(page, "person"))
    assert cell(page, 5, "person") == "沈砚"
    toast = window.toasts.shown()[0]
    assert toast.accessibleName() == "已粘贴 3 行 × 2 列"
    page.writer.deeds.undo()
    settle(qtbot, lambda: firm(page, 4).person == "付长青")
    settle(qtbot, lambda: cell(page, 5, "person") == "付长青")


def test_what_was_copied_changes_nothing_where_it_was(qtbot, page, ledger) -> None:
    head = ledger.head()
    go(page, 3, "name")
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert "138****0003" in copied
    assert copied.count("\n") == 3
    press(qtbot, Qt.Key.Key_V, CONTROL)
    page.panel.grid.clearSelection()
    paste(qtbot, page, 3, "phone", copied)
    assert QApplication.activeModalWidget() is None
    assert ledger.head() == head


def test_a_value_goes_into_all_marked_rows_of_the_column(qtbot, page, ledger) -> None:
    go(page, 1, "person")
    press(qtbot, Qt.Key.Key_Space)
    go(page, 5, "person")
    press(qtbot, Qt.Key.Key_Space)
    put("程映雪")
    press(qtbot, Qt.Key.Key_V, CONTROL)
    assert [firm(page, n).person for n in (1, 3, 5)] == ["程映雪", "付长青", "程映雪"]
    assert ledger.log(1)[0].name == "粘贴 2 行 × 1 列"
    assert len(page.panel.grid.selected_ids()) == 2  # still marked
    paste(qtbot, page, 8, "person", "沈砚")  # a row that is not marked counts alone
    assert [firm(page, n).person for n in (1, 8)] == ["程映雪", "沈砚"]


def test_a_wrong_cell_is_shown_first_and_the_rest_can_be_pasted(qtbot, page, ledger) -> None:
    head = ledger.head()
    paste(qtbot, page, 4, "founded", "2024-01-05\n2024-02-30\n2024-03-01")
    dialog = preview(qtbot)
    assert place_of(dialog) == (1, 1)
    assert "2024-02-30" in dialog._sentence.text()
    assert [dialog._marks[k].label.text() for k in ("changed", "wrong")] == ["改 2 格", "有错 1 格"]
    assert dialog.go.words == "贴能贴的 2 格"
    assert ledger.head() == head
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, dialog.go.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: firm(page, 6).founded == date(2024, 3, 1))
    assert firm(page, 4).founded == date(2024, 1, 5)
    assert firm(page, 5).founded == date(2015, 6, 6)
    assert page.window().focusWidget() is page.panel.grid


def place_of(dialog: PastePreview) -> tuple[int, int]:
    index = dialog.panel.grid.currentIndex()
    return index.row(), index.column()


def test_esc_in_the_preview_pastes_nothing(qtbot, page, ledger) -> None:
    head = ledger.head()
    paste(qtbot, page, 4, "size", "大型")
    dialog = preview(qtbot)
    assert "算出来" in dialog._sentence.text() or not dialog._sentence.text().startswith("用")
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: QApplication.activeModalWidget() is None)
    assert ledger.head() == head


def test_headings_tell_the_columns_or_are_only_left_out(qtbot, page, ledger) -> None:
    paste(qtbot, page, 4, "person", "联系电话\t经营者\n13900000001\t程映雪\n")
    dialog = preview(qtbot)
    assert dialog._heading.isChecked()
    assert dialog._by_heading.isVisible()
    assert dialog._by_heading.isChecked()
    dialog._by_heading.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.made.changes[firm(page, 4).id] == {"person": "13900000001"}
    press(qtbot, Qt.Key.Key_Space)
    dialog.go.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: firm(page, 4).phone == "13900000001")
    assert firm(page, 4).person == "程映雪"


def test_empty_cells_erase_when_the_box_is_ticked(qtbot, page) -> None:
    paste(qtbot, page, 4, "person", "\tx")
    dialog = preview(qtbot)
    dialog._erase.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    dialog.go.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: firm(page, 4).person is None)


def test_rows_below_the_end_become_a_list_to_be_read_in(qtbot, page, ledger, jobs) -> None:
    lines = [f"新厂{n}\t{credit_code(900 + n)}\t新集镇" for n in range(3)]
    paste(qtbot, page, FIRMS - 1, "name", "\n".join(lines))
    dialog = preview(qtbot)
    assert "多出 2 行" in dialog._notice.sentence.text()
    assert dialog._list.words == "贴上，多出的 2 行当作新名单装入"
    dialog._list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.cover_view is not None and not jobs.running())
    assert firm(page, FIRMS - 1).name == "新厂0"
    (table,) = page.assistant().map_page().tables()
    assert len(table.layout.data_rows) == 2


def test_a_masked_number_is_not_taken_for_another_firm(qtbot, page) -> None:
    paste(qtbot, page, 2, "phone", "139****0001")
    dialog = preview(qtbot)
    assert not dialog.go.isEnabled()
    press(qtbot, Qt.Key.Key_Escape)
    assert firm(page, 2).phone == "13803970002"


def test_the_bin_and_a_read_only_ledger_take_nothing(qtbot, page, ledger) -> None:
    head = ledger.head()
    page.show_view("bin")
    page.panel.grid.setFocus()
    page.writer.paste()
    page.show_view("all")
    ledger.read_only = True
    page.refresh()
    paste(qtbot, page, 2, "person", "程映雪")
    assert "只看" in page.panel.grid.cell_note.text()
    press(qtbot, Qt.Key.Key_F2)
    assert "只看" in page.panel.grid.cell_note.text()
    ledger.read_only = False
    assert ledger.head() == head


def test_two_thousand_rows_of_eight_columns_are_one_step_and_one_undo(
    qtbot, window, jobs, tmp_path
) -> None:
    with ledger_at(tmp_path / "大.账套", 2_100) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        names = ("name", "township", "person", "capital", "founded", "phone", "staff", "village")
        page.source.show_columns(names)
        page.panel.reload()
        go(page, 50, "name")
        ids = page.source.ids(50, 2_000)
        before = {n: ledger.get(Enterprise, ids[n]) for n in (0, 1_999)}
        lines = [
            f"改名厂{n}\t沙窝镇\t程映雪\t{n}.5\t2024-01-0{n % 9 + 1}\t1390000{n:04d}\t{n}\t麻布村"
            for n in range(2_000)
        ]
        put("\n".join(lines))
        press(qtbot, Qt.Key.Key_V, CONTROL)
        dialog = preview(qtbot)  # so many names: a list laid over another, perhaps
        assert "2,000 行" in dialog._notice.sentence.text()
        dialog.go.setFocus()
        press(qtbot, Qt.Key.Key_Return)
        settle(qtbot, lambda: ledger.log(1)[0].name == "粘贴 2,000 行 × 8 列", 60_000)
        settle(qtbot, lambda: not jobs.running())
        last = ledger.get(Enterprise, ids[1_999])
        assert (last.name, last.staff, last.capital) == ("改名厂1999", 1999, 1_999_500_000)
        assert page.panel.grid.currentIndex().row() == 50
        page.writer.deeds.undo()
        settle(qtbot, lambda: ledger.get(Enterprise, ids[1_999]) == before[1_999], 60_000)
        settle(qtbot, lambda: not jobs.running())
        assert ledger.get(Enterprise, ids[0]) == before[0]
        jobs.wait()


# -- editing in a cell ---------------------------------------------------------------------------


def editor(page: EnterprisePage):
    opened = page.panel.grid.editing.editing()
    return None if opened is None else opened.widget


def test_typing_replaces_enter_goes_down_and_tab_right(qtbot, page, ledger) -> None:
    go(page, 4, "capital")
    qtbot.keyClick(page.panel.grid, "7")
    assert isinstance(editor(page), QLineEdit)
    qtbot.keyClicks(editor(page), ".25")
    assert editor(page).text() == "7.25"
    press(qtbot, Qt.Key.Key_Return)
    assert firm(page, 4).capital == 7_250_000
    assert place(page) == (5, column(page, "capital"))
    assert ledger.log(1)[0].name == "修改 新集镇戊004茶叶加工厂：注册资本"
    qtbot.keyClick(page.panel.grid, "8")
    press(qtbot, Qt.Key.Key_Tab)
    assert firm(page, 5).capital == 8_000_000
    assert place(page)[0] == 5
    assert page.panel.grid.hasFocus()


def test_f2_shows_the_whole_number_and_esc_restores(qtbot, page, ledger) -> None:
    head = ledger.head()
    go(page, 2, "phone")
    press(qtbot, Qt.Key.Key_F2)
    assert editor(page).text() == "13803970002"
    qtbot.keyClicks(editor(page), "9")
    assert editor(page).text() == "138039700029"
    press(qtbot, Qt.Key.Key_Escape)
    assert editor(page) is None
    assert cell(page, 2, "phone") == "138****0002"
    assert ledger.head() == head
    assert page.panel.grid.hasFocus()


def test_a_wrong_text_stays_in_its_editor_with_the_reason_below(qtbot, page, ledger) -> None:
    head = ledger.head()
    go(page, 4, "founded")
    press(qtbot, Qt.Key.Key_F2)
    editor(page).selectAll()
    qtbot.keyClicks(editor(page), "2024-02-30")
    press(qtbot, Qt.Key.Key_Return)
    assert editor(page).text() == "2024-02-30"
    assert page.panel.grid.cell_note.isVisible()
    assert "2024-02-30" in page.panel.grid.cell_note.text()
    editor(page).selectAll()
    qtbot.keyClicks(editor(page), "20240228")
    press(qtbot, Qt.Key.Key_Return)
    assert firm(page, 4).founded == date(2024, 2, 28)
    assert ledger.head() != head


def test_chinese_typed_into_a_selected_cell_loses_nothing(qtbot, page) -> None:
    go(page, 4, "person")
    grid = page.panel.grid
    assert grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    compose(grid, "c")
    assert editor(page) is not None
    compose(grid, "cheng")
    compose(grid, "", "程")
    target = QApplication.focusWidget()
    assert target is editor(page)
    compose(target, "ying")
    compose(target, "", "映雪")
    assert editor(page).text() == "程映雪"
    press(qtbot, Qt.Key.Key_Return)
    assert firm(page, 4).person == "程映雪"


def test_a_word_committed_at_once_goes_into_the_editor_whole(qtbot, page) -> None:
    go(page, 4, "person")
    compose(page.panel.grid, "", "沈砚")
    assert editor(page).text() == "沈砚"
    press(qtbot, Qt.Key.Key_Tab)
    assert firm(page, 4).person == "沈砚"


def test_a_township_is_picked_by_initials_in_the_cell(qtbot, page) -> None:
    go(page, 4, "township")
    assert firm(page, 4).township == SHAWO
    qtbot.keyClick(page.panel.grid, "x")
    picker = editor(page)
    assert isinstance(picker, Picker)
    qtbot.keyClicks(picker, "jz")
    settle(qtbot, picker.popup().isVisible)
    qtbot.keyClick(picker.popup(), Qt.Key.Key_Return)
    settle(qtbot, lambda: firm(page, 4).township == XINJI)
    assert place(page) == (5, column(page, "township"))
    settle(qtbot, page.panel.grid.hasFocus)


def test_chinese_composed_into_a_picker_filters_its_list(qtbot, page) -> None:
    go(page, 5, "township")
    grid = page.panel.grid
    compose(grid, "sha")
    compose(grid, "", "沙窝")
    picker = editor(page)
    assert picker.text() == "沙窝"
    press(qtbot, Qt.Key.Key_Return) if not picker.popup().isVisible() else qtbot.keyClick(
        picker.popup(), Qt.Key.Key_Return
    )
    settle(qtbot, lambda: firm(page, 5).township == SHAWO)


def test_a_computed_cell_says_why_it_cannot_be_changed(qtbot, page) -> None:
    for key, words in (("size", "算出来的"), ("complete", "补上")):
        go(page, 4, key)
        press(qtbot, Qt.Key.Key_F2)
        assert words in page.panel.grid.cell_note.text()
        page.panel.grid.cell_note.hide()
        qtbot.keyClick(page.panel.grid, "5")
        assert page.panel.grid.cell_note.isVisible()
        assert editor(page) is None


def test_enter_opens_the_file_in_every_column(qtbot, page) -> None:
    go(page, 4, "capital")
    press(qtbot, Qt.Key.Key_Return)
    assert page.cover_view is page.editor()


def test_del_clears_the_cell_and_not_marked_rows(qtbot, page, ledger) -> None:
    go(page, 4, "person")
    press(qtbot, Qt.Key.Key_Delete)
    assert firm(page, 4).person is None
    assert ledger.log(1)[0].name == "清空 1 格"
    go(page, 4, "name")
    press(qtbot, Qt.Key.Key_Backspace)
    assert firm(page, 4).name
    assert "不能空着" in page.panel.grid.cell_note.text()
    go(page, 6, "person")
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Delete)
    assert firm(page, 6).person == "付长青"
    assert "Ctrl+-" in page.panel.grid.cell_note.text()


def test_ctrl_d_takes_what_stands_above_whole(qtbot, page, ledger) -> None:
    with ledger.step("改") as step:
        step.change(Enterprise, firm(page, 4).id, {"capital": 12_345_678, "phone": "13911112222"})
    page.refresh()
    go(page, 5, "capital")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    go(page, 5, "phone")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert (firm(page, 5).capital, firm(page, 5).phone) == (12_345_678, "13911112222")


def test_ctrl_enter_gives_one_value_to_all_marked_rows(qtbot, page, ledger) -> None:
    for row in (1, 2, 3):
        go(page, row, "capital")
        press(qtbot, Qt.Key.Key_Space)
    qtbot.keyClick(page.panel.grid, "9")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert [firm(page, n).capital for n in (0, 1, 2, 3)] == [1_000_000] + [9_000_000] * 3
    assert ledger.log(1)[0].name == "填充 3 格：注册资本"


def test_an_edit_in_a_sorted_list_goes_on_to_the_row_that_was_next(qtbot, page) -> None:
    page.panel.grid.sort_by((("capital", True),))
    go(page, 3, "capital")
    following = page.panel.grid.lazy_model().record(4)
    qtbot.keyClick(page.panel.grid, "1")
    press(qtbot, Qt.Key.Key_Return)
    assert page.panel.grid.current_id() == following


# -- other lists, looks --------------------------------------------------------------------------


def test_the_list_of_banks_takes_blocks_and_selected_cells(qtbot, window, jobs, ledger) -> None:
    with ledger.step("登记") as step:
        ids = step.create_many(
            Bank, [{"name": f"练习银行{n}", "type": "农信系统"} for n in range(4)]
        )
    banks = RecordList(
        ledger, window, Bank, ("name", "short", "contact"), noun="家", hint="", jobs=jobs
    )
    show(qtbot, banks)
    grid = banks.panel.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.lazy_model().index(0, 1))
    put("甲行\t赵\n乙行\t钱\n")
    press(qtbot, Qt.Key.Key_V, CONTROL)
    shown = [grid.lazy_model().record(n) for n in range(4)]
    assert set(shown) == set(ids)
    assert [ledger.get(Bank, n).short for n in shown] == ["甲行", "乙行", None, None]
    press(qtbot, Qt.Key.Key_Right)
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Down, SHIFT)
    put("沈砚")
    press(qtbot, Qt.Key.Key_V, CONTROL)
    assert [ledger.get(Bank, n).contact for n in shown] == ["沈砚"] * 4
    assert ledger.log(1)[0].name == "粘贴 4 行 × 1 列"
    press(qtbot, Qt.Key.Key_Delete)
    assert [ledger.get(Bank, n).contact for n in shown] == [None] * 4
    assert ledger.log(1)[0].name == "清空 4 格"


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_everything_in_the_preview_can_be_read(qtbot, page, theme, factor) -> None:
    theme.set(factor=factor)
    block = (
        "经营者\t注册资本\t成立日期\t完整度\n程映雪\t十万\t2024-02-30\t90%\n\t3\t2024-01-01\t1%\n"
    )
    paste(qtbot, page, FIRMS - 1, "person", block + block)
    dialog = preview(qtbot)
    assert [str(each) for each in walk(dialog)] == []


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_a_cell_being_edited_can_be_read(qtbot, page, window, theme, factor) -> None:
    theme.set(factor=factor)
    for key in ("township", "capital"):
        go(page, 4, key)
        press(qtbot, Qt.Key.Key_F2)
        assert editor(page) is not None
        assert [str(each) for each in walk(window) if "Grid" in str(each)] == []
        press(qtbot, Qt.Key.Key_Escape)


def test_the_numbers_of_rows_stay(page) -> None:
    assert rows(page) == FIRMS
