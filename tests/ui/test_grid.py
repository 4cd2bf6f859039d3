"""The grid: pages read when seen, Excel's keys, selection, sums, sorting."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ledger_desk.ui.grid_header import next_order
from ledger_desk.ui.grid_model import PAGE_ROWS, PAGES_KEPT, LazyModel
from ledger_desk.ui.grid_rows import Cell, GridRow, ListSource
from tests.ui.sources import COLUMNS, Counting, shown


def test_a_million_rows_open_with_one_page_and_scroll_with_few(qtbot) -> None:
    source = Counting(1_000_000)
    grid = shown(qtbot, source)
    assert grid.model().rowCount() == 1_000_000
    assert set(source.asked) == {0}
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert max(source.asked) == 1_000_000 - PAGE_ROWS
    assert len(source.asked) <= 4


def test_pages_seen_long_ago_are_forgotten_and_read_again() -> None:
    source = Counting(100_000)
    model = LazyModel(source)
    for page in range(PAGES_KEPT + 5):
        model.row_at(page * PAGE_ROWS)
    assert len(source.asked) == PAGES_KEPT + 5
    model.row_at((PAGES_KEPT + 4) * PAGE_ROWS)
    assert len(source.asked) == PAGES_KEPT + 5
    model.row_at(0)
    assert len(source.asked) == PAGES_KEPT + 6


def test_painting_asks_each_page_once_however_often_it_repaints(qtbot) -> None:
    source = Counting(100_000)
    grid = shown(qtbot, source)
    before = len(source.asked)
    for _ in range(20):
        grid.viewport().repaint()
    assert len(source.asked) == before


def test_rows_are_32_high_and_follow_the_text_size(qtbot, theme) -> None:
    grid = shown(qtbot, Counting(500))
    assert grid.rowHeight(0) == 32
    theme.set(factor=1.5)
    QApplication.processEvents()
    assert grid.rowHeight(0) == grid.rowHeight(499) == 48
    assert grid.horizontalHeader().height() == 57


def test_keys_move_as_in_excel(qtbot) -> None:
    grid = shown(qtbot, Counting(1000))
    control = Qt.KeyboardModifier.ControlModifier

    def place() -> tuple[int, int]:
        return grid.currentIndex().row(), grid.currentIndex().column()

    for key, modifier, wanted in (
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (1, 1)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (1, 4)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (1, 0)),
        (Qt.Key.Key_End, control, (999, 4)),
        (Qt.Key.Key_Home, control, (0, 0)),
        (Qt.Key.Key_Down, control, (999, 0)),
        (Qt.Key.Key_Right, control, (999, 4)),
        (Qt.Key.Key_Up, control, (0, 4)),
    ):
        qtbot.keyClick(grid, key, modifier)
        assert place() == wanted, key
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert 5 < place()[0] < 30


def test_enter_and_double_click_open_the_row(qtbot) -> None:
    grid = shown(qtbot, Counting(50))
    opened: list[str] = []
    grid.opened.connect(opened.append)
    grid.setCurrentIndex(grid.model().index(3, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    middle = grid.visualRect(grid.model().index(5, 1)).center()
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened == ["r3", "r5"]


def test_moving_tells_the_row_once(qtbot) -> None:
    grid = shown(qtbot, Counting(50))
    told: list[str] = []
    grid.current_changed.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(grid, key)
    assert told == ["r1", "r2"]


def test_check_boxes_select_and_moving_does_not(qtbot) -> None:
    grid = shown(qtbot, Counting(300), checks=True)
    told: list[list[str]] = []
    sums: list[str] = []
    grid.selection_changed.connect(told.append)
    grid.summary_changed.connect(sums.append)
    for row in (0, 2):
        box = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box)
    cell = grid.visualRect(grid.model().index(5, 4)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert told == [["r0"], ["r0", "r2"]]
    assert sums[-1] == "已选 2 户　计数 2　求和 2.00 万元　平均 1.00 万元"
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.selected_ids() == ["r0", "r2", "r6"]
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == ["r0", "r2"]  # a block of cells marks nothing
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.selected_ids() == ["r0", "r2", "r6", "r7"]


def test_the_box_in_the_header_takes_all_and_none_without_reading_rows(qtbot) -> None:
    source = Counting(100_000)
    grid = shown(qtbot, source, checks=True)
    before = len(source.asked)
    header = grid.header()
    place = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.selected_count() == 100_000
    assert len(source.asked) == before
    assert len(grid.selected_ids()) == 100_000
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.selected_count() == 0


def test_ctrl_c_copies_rows_and_cells_as_tab_separated_text(qtbot) -> None:
    grid = shown(qtbot, Counting(30), checks=True)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(grid, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "练习企业0"
    model, flags = grid.selectionModel(), QItemSelectionModel.SelectionFlag
    for row in (1, 3):
        model.select(grid.model().index(row, 0), flags.Select | flags.Rows)
    qtbot.keyClick(grid, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == (
        "练习企业1\tC00000000000000001\t小型\t1.00\t1%\n练习企业3\tC00000000000000003\t小型\t3.00\t3%"
    )


def test_a_block_of_cells_is_selected_and_copied_without_check_boxes(qtbot) -> None:
    grid = shown(qtbot, Counting(30))
    shift = Qt.KeyboardModifier.ShiftModifier
    grid.setCurrentIndex(grid.model().index(1, 2))
    qtbot.keyClick(grid, Qt.Key.Key_Down, shift)
    qtbot.keyClick(grid, Qt.Key.Key_Right, shift)
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "小型\t1.00\n小型\t2.00"


def test_a_click_on_a_heading_sorts_and_stays_on_the_record(qtbot) -> None:
    source = Counting(1000)
    grid = shown(qtbot, source)
    grid.go_to("r7", column=0)
    header = grid.header()
    place = QPoint(header.sectionViewportPosition(3) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert source.orders == [(("need", False),), (("need", True),)]
    assert grid.current_id() == "r7"
    assert grid.currentIndex().row() == 992


def test_shift_adds_keys_to_the_order() -> None:
    one = next_order((), "a", add=False)
    two = next_order(one, "b", add=True)
    assert two == (("a", False), ("b", False))
    assert next_order(two, "b", add=True) == (("a", False), ("b", True))
    assert next_order((("a", False), ("b", True)), "b", add=True) == (("a", False),)
    assert next_order(two, "b", add=False) == (("b", True),)


def test_a_short_list_sorts_by_value_with_empty_ones_last() -> None:
    rows = [
        GridRow("a", ("甲", "", "", Cell("9.00", value=9), 3)),
        GridRow("b", ("乙", "", "", Cell("10.00", value=10), 2)),
        GridRow("c", ("丙", "", "", "", 1)),
    ]
    source = ListSource(COLUMNS, rows)
    source.sort((("need", False),))
    assert [row.id for row in source.page(0, 9)] == ["a", "b", "c"]
    source.sort((("need", True),))
    assert [row.id for row in source.page(0, 9)] == ["b", "a", "c"]
    source.sort(())
    assert [row.id for row in source.page(0, 9)] == ["a", "b", "c"]


def test_reload_keeps_the_record_and_the_place_on_the_screen(qtbot) -> None:
    source = Counting(2000)
    grid = shown(qtbot, source)
    grid.go_to("r900")
    top = grid.verticalScrollBar().value()
    source.rows = 2001
    grid.reload()
    assert grid.current_id() == "r900"
    assert grid.verticalScrollBar().value() == top
    assert grid.model().rowCount() == 2001
