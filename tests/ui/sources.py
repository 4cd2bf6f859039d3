"""Rows of any length for tests of the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.errors import UserError
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, RowSource

COLUMNS = (
    GridColumn("name", "经营主体名称", width=160, essential=True),
    GridColumn("code", "统一社会信用代码", "code", 180),
    GridColumn("size", "划型", "computed", 76),
    GridColumn("need", "需求(万元)", "money", 96, unit="万元", essential=True),
    GridColumn("full", "完整度", "bar", 84, essential=True),
)
FEN = 1_000_000  # fen in a 万元


class Counting(RowSource):
    """A source of any length that remembers what it was asked."""

    columns = COLUMNS

    def __init__(self, rows: int) -> None:
        self.rows, self.asked, self.orders, self.descending = rows, [], [], False
        self.changed: list[tuple[str, str, str]] = []

    def count(self) -> int:
        return self.rows

    def page(self, offset: int, limit: int) -> list[GridRow]:
        self.asked.append(offset)
        return [self._row(place) for place in range(offset, min(offset + limit, self.rows))]

    def _row(self, place: int) -> GridRow:
        number = self.rows - 1 - place if self.descending else place
        need = Cell(f"{number}.00", value=number * FEN)
        return GridRow(
            f"r{number}", (f"练习企业{number}", f"C{number:017d}", "小型", need, number % 101)
        )

    def ids(self, offset: int, limit: int) -> list[str]:
        return [self._row(place).id for place in range(offset, min(offset + limit, self.rows))]

    def place(self, record: str) -> int | None:
        number = int(record[1:])
        place = self.rows - 1 - number if self.descending else number
        return place if 0 <= place < self.rows else None

    def sort(self, order) -> None:
        self.orders.append(order)
        self.descending = bool(order and order[0][1])

    def totals(self) -> dict[str, str]:
        return {"name": f"合计 {self.rows:,} 户", "need": "96,418.00"}

    def change(self, record: str, key: str, text: str) -> None:
        if text == "bad":
            raise UserError("“bad”不是金额，请写 1234.50。")
        self.changed.append((record, key, text))


def shown(qtbot, source: RowSource, *, checks: bool = False) -> Grid:
    grid = Grid(source, checks=checks)
    qtbot.addWidget(grid)
    grid.resize(1300, 500)
    with qtbot.waitActive(grid):
        grid.show()
        grid.activateWindow()
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Home)  # Qt remembers the modifiers of the last test's keys
    grid.setCurrentIndex(grid.model().index(0, 1))
    QApplication.processEvents()
    return grid
