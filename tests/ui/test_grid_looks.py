"""What a grid shows: totals, empty states, states of cells, layouts, refusals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication

from ledger_desk.errors import UserError
from ledger_desk.ui import theme as themes
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.widgets import Nothing
from tests.ui.sources import COLUMNS, FEN, Counting, shown


def test_the_totals_row_follows_the_columns_and_speaks(qtbot) -> None:
    panel = GridPanel(Counting(1284), totals=True)
    qtbot.addWidget(panel)
    panel.resize(1300, 400)
    panel.show()
    QApplication.processEvents()
    assert panel.totals_text() == "合计 1,284 户　需求(万元) 96,418.00"
    row = panel.totals
    grid, look = panel.grid, themes.look()
    left = grid.header().sectionViewportPosition(3)
    inked = QColor(look.tokens.ink)
    image = row.grab().toImage()

    def ink(start: int, end: int) -> bool:
        return any(
            image.pixelColor(x, y) == inked
            for x in range(start, end)
            for y in range(10, image.height() - 4)
        )

    assert ink(left + 20, left + grid.columnWidth(3))
    assert not ink(grid.header().sectionViewportPosition(2) + 4, left - 2)


def test_an_empty_grid_shows_its_way_on_and_a_search_without_result_a_sentence(qtbot) -> None:
    empty = Nothing("search", "这本账还没有经营主体")
    panel = GridPanel(Counting(0), empty=empty)
    qtbot.addWidget(panel)
    panel.resize(1300, 400)
    panel.show()
    assert empty.isVisible()
    panel.say_nothing("没有叫“某某”的企业。")
    assert not empty.isVisible()
    panel.say_nothing("")
    panel.set_source(Counting(3))
    assert not empty.isVisible()


def test_cells_are_spoken_with_heading_value_and_sentence(qtbot) -> None:
    rows = [
        GridRow("a", ("甲", Cell("914", "must", note="只有 3 位"), "", Cell("", "unreported"), 5))
    ]
    grid = shown(qtbot, ListSource(COLUMNS, rows))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert grid.model().index(0, 1).data(role) == "统一社会信用代码：914，只有 3 位"
    assert grid.model().index(0, 3).data(role) == "需求(万元)：未报"
    assert QAccessible.queryAccessibleInterface(grid).text(QAccessible.Text.Name) == "表格"


def test_the_sentence_of_a_check_goes_to_the_status_bar_and_under_the_cell(qtbot) -> None:
    rows = [GridRow("a", ("甲", Cell("914", "must", note="只有 3 位"), "", "", 5))] * 3
    grid = shown(qtbot, ListSource(COLUMNS, rows))
    told: list[str] = []
    grid.note_changed.connect(told.append)
    grid.setCurrentIndex(grid.model().index(1, 1))
    assert told[-1] == "只有 3 位"
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert grid.cell_note.isVisible()
    assert grid.cell_note.text() == "只有 3 位"
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert not grid.cell_note.isVisible()
    assert told[-1] == ""


@pytest.mark.parametrize(
    "state", ["must", "explain", "hint", "missing", "computed", "readonly", "old"]
)
def test_every_state_of_a_cell_is_seen(qtbot, state: str) -> None:
    plain = shown(qtbot, ListSource(COLUMNS, [GridRow("a", ("甲", "914", "", "", 5))]))
    marked = shown(
        qtbot, ListSource(COLUMNS, [GridRow("a", ("甲", Cell("914", state), "", "", 5))])
    )
    box = plain.visualRect(plain.model().index(0, 1))
    for grid in (plain, marked):
        grid.setCurrentIndex(grid.model().index(0, 4))
    assert plain.viewport().grab(box).toImage() != marked.viewport().grab(box).toImage()


def test_a_number_that_does_not_fit_shows_signs_and_never_fewer_digits(qtbot) -> None:
    grid = shown(qtbot, Counting(5))
    delegate = grid.itemDelegate()
    assert delegate.elide("1,234,567.00", 20, number=True) == "####"
    assert delegate.elide("1,234,567.00", 400, number=True) == "1,234,567.00"
    assert delegate.elide("中国农业银行新县支行二分店", 120).endswith("店")


def test_an_edited_cell_is_stored_or_refused_with_its_reason(qtbot) -> None:
    source = Counting(5)
    source.columns = (GridColumn("need", "需求(万元)", "money", 200, editable=True),)
    source._row = lambda place: GridRow(f"r{place}", (f"{place}.00",))
    grid = shown(qtbot, source)
    model = grid.lazy_model()
    assert model.setData(model.index(1, 0), "12.50")
    assert source.changed == [("r1", "need", "12.50")]
    assert not model.setData(model.index(1, 0), "bad")
    assert grid.cell_note.isVisible()
    assert "不是金额" in grid.cell_note.text()
    assert not model.setData(model.index(1, 0), "1.00")
    assert len(source.changed) == 1


def test_a_source_that_fails_is_told_and_does_not_end_the_program(qtbot) -> None:
    source = Counting(50)
    grid = shown(qtbot, source)

    def broken(offset: int, limit: int) -> list[GridRow]:
        raise UserError("账套文件读不到了。")

    source.page = broken
    with qtbot.waitSignal(grid.failed) as told:
        grid.reload()
        grid.viewport().repaint()
    assert isinstance(told.args[0], UserError)


def test_the_menu_speaks_in_words(qtbot) -> None:
    grid = shown(qtbot, Counting(50))
    grid.set_menu([("打开档案", grid.update)])
    grid.setCurrentIndex(grid.model().index(0, 3))
    words = [entry[0] for entry in grid.menu_entries() if entry]
    assert words == ["打开档案", "复制  Ctrl+C", "按“需求(万元)”从小到大", "按“需求(万元)”从大到小"]


def test_the_narrowest_layout_puts_essential_columns_first_and_freezes_the_name(
    qtbot, theme
) -> None:
    panel = GridPanel(Counting(500), checks=True, totals=True)
    qtbot.addWidget(panel)
    panel.resize(1300, 600)
    panel.show()
    QApplication.processEvents()
    header = panel.grid.header()
    names = [column.key for column in panel.grid.lazy_model().columns]
    assert [names[header.logicalIndex(n)] for n in range(6)] == names
    theme.set(factor=2.0)
    panel.resize(1000, 600)
    QApplication.processEvents()
    order = [names[header.logicalIndex(n)] for n in range(6)]
    assert order == ["", "name", "need", "full", "code", "size"]
    assert not panel.totals.isVisible()
    bar = panel.grid.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert panel.frozen.isVisible()
    assert panel.frozen.columnAt(panel.frozen.width() - 2) == 1


def test_spare_width_goes_to_the_names_and_headings_always_fit(qtbot) -> None:
    grid = shown(qtbot, Counting(50))
    header = grid.header()
    assert header.length() == grid.viewport().width()
    for place in range(header.count()):
        assert header.sectionSize(place) >= header.wanted_width(place)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(150 * FEN, "150.00"), (5_000, "0.01"), (4_999, "0.00"), (-150 * FEN, "-150.00"), (0, "0.00")],
)
def test_sums_of_money_round_half_up_to_hundredths_of_the_unit(fen: int, text: str) -> None:
    assert GridColumn("n", "需求", "money", unit="万元").show_number(fen) == text
