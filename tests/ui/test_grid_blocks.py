"""Blocks of cells in a list with check boxes: taken by Shift and the mouse, written as one step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Enterprise
from ledger_desk.settings import Settings
from ledger_desk.ui.grid_habits import turn_enter
from ledger_desk.ui.pages.enterprises import EnterprisePage
from tests.ui.enterprise_places import FIRMS, cell, column, enterprise_page
from tests.ui.places import ledger_of, press, settle
from tests.ui.sources import Counting, shown

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


ledger = ledger_of(FIRMS)
page = enterprise_page


def go(page: EnterprisePage, row: int, key: str) -> None:
    grid = page.panel.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.lazy_model().index(row, column(page, key)))


def firm(page: EnterprisePage, row: int) -> Enterprise:
    found = page._ledger.get(Enterprise, page.source.ids(row, 1)[0])
    assert found is not None
    return found


def drag(grid, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Draw the mouse over cells with the left button down."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    places = [grid.visualRect(grid.model().index(*cell)).center() for cell in (first, last)]
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, places[0], left, left),
        (QEvent.Type.MouseMove, places[1], none, left),
        (QEvent.Type.MouseButtonRelease, places[1], left, none),
    ):
        spot = QPointF(grid.viewport().mapToGlobal(place))
        event = QMouseEvent(
            kind, QPointF(place), spot, button, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), event)


def test_shift_takes_a_block_and_marks_no_row(qtbot) -> None:
    grid = shown(qtbot, Counting(100), checks=True)
    sums: list[str] = []
    grid.summary_changed.connect(sums.append)
    grid.setCurrentIndex(grid.model().index(2, 2))
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Down, SHIFT)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Right, SHIFT)
    cells = grid.block.cells()
    assert cells is not None
    assert (cells.top, cells.bottom, cells.columns) == (2, 4, (2, 3, 4))
    assert grid.selected_ids() == []
    assert grid.currentIndex().row() == 2  # the cell that is typed into stays, as in Excel
    assert sums[-1] == "选中 3 行 × 3 列　计数 3　求和 9.00 万元　平均 3.00 万元"
    press(qtbot, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "C00000000000000002\t小型\t2.00"
    press(qtbot, Qt.Key.Key_Escape)
    assert grid.block.cells() is None


def test_a_block_goes_to_the_edges_and_space_marks_its_rows(qtbot) -> None:
    grid = shown(qtbot, Counting(100), checks=True)
    grid.setCurrentIndex(grid.model().index(95, 2))
    press(qtbot, Qt.Key.Key_Down, CONTROL | SHIFT)
    assert grid.block.cells().bottom == 99
    press(qtbot, Qt.Key.Key_End, SHIFT)
    assert grid.block.cells().columns == (2, 3, 4, 5)
    press(qtbot, Qt.Key.Key_Home, CONTROL | SHIFT)
    assert (grid.block.cells().top, grid.block.cells().columns) == (0, (1, 2))
    press(qtbot, Qt.Key.Key_Escape)
    grid.setCurrentIndex(grid.model().index(95, 2))
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_Space, CONTROL)
    assert grid.selected_ids() == ["r95", "r96"]
    assert grid.block.cells() is None
    press(qtbot, Qt.Key.Key_A, CONTROL)
    assert grid.selected_count() == 100


def test_the_mouse_drawn_over_cells_takes_a_block_and_the_boxes_mark(qtbot) -> None:
    grid = shown(qtbot, Counting(100), checks=True)
    drag(grid, (1, 2), (3, 4))
    cells = grid.block.cells()
    assert (cells.top, cells.bottom, cells.columns) == (1, 3, (2, 3, 4))
    assert grid.selected_ids() == []
    box = grid.visualRect(grid.model().index(5, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert grid.selected_ids() == ["r5"]
    assert grid.block.cells() is None
    there = grid.visualRect(grid.model().index(8, 3)).center()
    grid.setCurrentIndex(grid.model().index(7, 2))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, there)
    assert (grid.block.cells().top, grid.block.cells().bottom) == (7, 8)


def test_home_and_end_stay_beside_the_boxes(qtbot) -> None:
    grid = shown(qtbot, Counting(100), checks=True)
    press(qtbot, Qt.Key.Key_End)
    assert grid.currentIndex().column() == 5
    press(qtbot, Qt.Key.Key_Home)
    assert grid.currentIndex().column() == 1
    press(qtbot, Qt.Key.Key_End, CONTROL)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (99, 5)


def test_typing_over_a_block_and_ctrl_enter_writes_all_as_one_step(qtbot, page, ledger) -> None:
    go(page, 1, "person")
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    head = ledger.head()
    qtbot.keyClicks(page.panel.grid, "Z")
    settle(qtbot, lambda: page.panel.grid.editing.editing() is not None)
    page.panel.grid.editing.editing().widget.setText("程映雪")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert [firm(page, n).person for n in range(5)] == [
        "付长青",
        "程映雪",
        "程映雪",
        "程映雪",
        "付长青",
    ]
    assert ledger.log(1)[0].name.startswith("填充 3 格：")
    assert page.panel.grid.block.cells().height == 3  # still there
    page.writer.deeds.undo()
    settle(qtbot, lambda: cell(page, 2, "person") == "付长青")
    assert ledger.head() != head


def test_a_block_is_filled_down_right_cut_and_cleared(qtbot, page, ledger) -> None:
    first = firm(page, 1)
    go(page, 1, "person")
    press(qtbot, Qt.Key.Key_Right, SHIFT)
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert firm(page, 2).capital == first.capital
    go(page, 4, "person")
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_Delete)
    assert [firm(page, n).person for n in (4, 5)] == [None, None]
    assert ledger.log(1)[0].name == "清空 2 格"
    go(page, 6, "person")
    press(qtbot, Qt.Key.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "付长青"
    assert firm(page, 6).person is None
    press(qtbot, Qt.Key.Key_V, CONTROL)
    assert firm(page, 6).person == "付长青"


def test_ctrl_r_gives_what_stands_left(qtbot, page) -> None:
    page.tools._show(("name", "person", "village", "capital"))
    go(page, 2, "person")
    press(qtbot, Qt.Key.Key_Right, SHIFT)
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_R, CONTROL)
    assert [firm(page, n).village for n in (2, 3)] == ["付长青", "付长青"]
    go(page, 5, "village")
    press(qtbot, Qt.Key.Key_R, CONTROL)
    assert firm(page, 5).village == "付长青"


def test_today_above_and_again(qtbot, page) -> None:
    go(page, 1, "founded")
    press(qtbot, Qt.Key.Key_Semicolon, CONTROL)
    assert firm(page, 1).founded == date.today()
    go(page, 2, "founded")
    press(qtbot, Qt.Key.Key_Apostrophe, CONTROL)
    assert firm(page, 2).founded == date.today()
    go(page, 5, "founded")
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_Semicolon, CONTROL)
    go(page, 8, "founded")
    press(qtbot, Qt.Key.Key_F4)
    assert [firm(page, n).founded for n in (5, 6, 8)] == [date.today()] * 3
    go(page, 1, "person")
    press(qtbot, Qt.Key.Key_Semicolon, CONTROL)
    assert "不是日期" in page.panel.grid.cell_note.text()
    assert firm(page, 1).person == "付长青"


def test_f4_writes_again_what_was_typed(qtbot, page) -> None:
    go(page, 1, "person")
    press(qtbot, Qt.Key.Key_F2)
    page.panel.grid.editing.editing().widget.setText("沈砚")
    press(qtbot, Qt.Key.Key_Return)
    go(page, 7, "person")
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_F4)
    assert [firm(page, n).person for n in (1, 7, 8)] == ["沈砚"] * 3


def test_enter_goes_right_where_somebody_wants_it_so(qtbot, page) -> None:
    turn_enter()
    try:
        go(page, 1, "person")
        press(qtbot, Qt.Key.Key_F2)
        page.panel.grid.editing.editing().widget.setText("沈砚")
        press(qtbot, Qt.Key.Key_Return)
        index = page.panel.grid.currentIndex()
        assert (index.row(), index.column()) == (1, column(page, "person") + 1)
    finally:
        turn_enter()
    assert not Settings.load().enter_right


def test_removing_with_a_block_takes_its_rows(page) -> None:
    go(page, 3, "person")
    page.panel.grid.block.extend_by(1, 0)
    assert page.selected() == page.source.ids(3, 2)
