"""The table model behind a grid: pages of rows read when they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ledger_desk.errors import UserError
from ledger_desk.ui.grid_rows import (
    Cell,
    CellLike,
    GridColumn,
    GridRow,
    ListSource,
    Order,
    RowSource,
)

Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 25  # a page is read on the window's thread: little more than is seen at once
PAGES_KEPT = 120
CHECK = GridColumn("", "", "check", 34, sortable=False, essential=True)

_ROLE = Qt.ItemDataRole
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_WORDS = {"missing": "缺", "unreported": "未报", "na": "不适用"}
_LOCKED = ("computed", "readonly", "old")


def cell_text(cell: CellLike, kind: str = "text") -> str:
    """Text of a cell as it is shown and copied."""
    if isinstance(cell, Cell):
        return _WORDS.get(cell.state, cell.text) if not cell.text else cell.text
    if isinstance(cell, int):
        return f"{cell}%" if kind == "bar" else f"{cell:,}"
    return cell


class LazyModel(QAbstractTableModel):
    """Rows of a `RowSource`, read by the page and kept for a while.

    Signals:
        failed: Exception from the source.
        refused: (row, column, sentence): what was typed cannot be stored.
        waiting: "正在排序…" while rows are still to come and the old ones are shown; "" after that.
        totals_changed: The sums under the list are there.
        renewing: Rows of the same source are about to be put in place of those shown, or soon will.
        renewed: They are; True when they are the same rows in another order.
    """

    failed = Signal(object)
    refused = Signal(int, int, str)
    waiting = Signal(str)
    totals_changed = Signal()
    renewing = Signal()
    renewed = Signal(bool)

    def __init__(
        self, source: RowSource, *, checks: bool = False, parent: QObject | None = None
    ) -> None:
        """Attach to a source; ``checks`` puts a column of check boxes in front."""
        super().__init__(parent)
        self._source = source
        self._checks = checks
        self._pages: OrderedDict[int, list[GridRow]] = OrderedDict()
        self._count = 0
        self._order: Order = ()
        self.columns: tuple[GridColumn, ...] = ()
        self._sorted = False
        self._hear()
        self._ask()
        self._read()

    @property
    def source(self) -> RowSource:
        """Where the rows come from."""
        return self._source

    @property
    def order(self) -> Order:
        """Sort order in force."""
        return self._order

    def set_source(self, source: RowSource) -> None:
        """Show other rows; the sort order is the new source's own."""
        if self._source.news is not None:
            self._source.news.disconnect(self)
        self.beginResetModel()
        self._source, self._order = source, ()
        self._hear()
        self._ask()
        self._read()
        self.endResetModel()

    def _hear(self) -> None:
        """Listen to a source that answers later."""
        news = self._source.news
        if news is not None:
            news.arriving.connect(self.renewing)
            news.arrived.connect(self._take)
            news.failed.connect(self.failed)
            news.waiting.connect(self.waiting)
            news.totals_changed.connect(self.totals_changed)

    def reload(self) -> None:
        """Read everything again; of a source that answers later the old rows stay until then."""
        self._sorted = False
        self.renewing.emit()
        self._renew()

    def sort_by(self, order: Order) -> None:
        """Sort by keys and read again."""
        self._order, self._sorted = order, True
        self.renewing.emit()
        try:
            self._source.sort(order)
        except Exception as error:  # noqa: BLE001 - shown in the window
            self.failed.emit(error)
        self._renew()

    def _ask(self) -> None:
        try:
            self._source.renew()
        except Exception as error:  # noqa: BLE001 - shown in the window
            self.failed.emit(error)

    def _renew(self) -> None:
        self._ask()
        if not self._source.waiting or self._front() != self.columns:
            self._take()
        elif self._count and not self._sorted:  # the places are old, the cells are read anew
            self._pages.clear()
            last = self.index(self._count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _take(self) -> None:
        self.beginResetModel()
        self._read()
        self.endResetModel()
        self.renewed.emit(self._sorted)

    def refresh_row(self, row: int) -> None:
        """Read one row again, for instance after it was edited in the details."""
        self._pages.pop(row // PAGE_ROWS, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _front(self) -> tuple[GridColumn, ...]:
        return ((CHECK,) if self._checks else ()) + tuple(self._source.columns)

    def _read(self) -> None:
        self._pages.clear()
        self.columns = self._front()
        try:
            self._count = self._source.count()
        except Exception as error:  # noqa: BLE001 - shown in the window
            self._count = 0
            self.failed.emit(error)

    def row_at(self, row: int) -> GridRow | None:
        """One row, reading its page when needed; None beyond the end."""
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            page = self._load(number)
        else:
            self._pages.move_to_end(number)
        place = row - number * PAGE_ROWS
        return page[place] if place < len(page) else None

    def _load(self, number: int) -> list[GridRow]:
        try:
            page = self._source.page(number * PAGE_ROWS, PAGE_ROWS)
        except Exception as error:  # noqa: BLE001 - raised inside a paint it would end the program
            page = []
            self.failed.emit(error)
        self._pages[number] = page
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def cell(self, row: int, column: int) -> CellLike:
        """One cell, empty for the check column and beyond the end."""
        place = column - (1 if self._checks else 0)
        found = self.row_at(row)
        return found.cells[place] if found is not None and 0 <= place < len(found.cells) else ""

    def record(self, row: int) -> str:
        """Id of a row, empty beyond the end."""
        found = self.row_at(row) if 0 <= row < self._count else None
        return found.id if found is not None else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns, check boxes included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Text, tool tip, spoken text; the delegate asks `cell` and not this."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            cell = self.cell(index.row(), index.column())
            if role == _ROLE.EditRole and isinstance(cell, Cell):
                return cell.text
            return cell_text(cell, column.kind)
        if role == _ROLE.ToolTipRole:
            cell = self.cell(index.row(), index.column())
            return cell.note or None if isinstance(cell, Cell) else None
        if role == _ROLE.AccessibleTextRole:
            if column.kind == "check":
                return "选中这一行"
            cell = self.cell(index.row(), index.column())
            note = f"，{cell.note}" if isinstance(cell, Cell) and cell.note else ""
            return f"{column.title}：{cell_text(cell, column.kind) or '空'}{note}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """Headings across, row numbers down."""
        if role not in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        if not 0 <= section < len(self.columns):
            return None
        title = self.columns[section].title
        return "全选" if not title and role == _ROLE.AccessibleTextRole else title

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All cells can be selected; some can be edited."""
        flags = _PLAIN  # asked for each cell of each paint
        if index.isValid() and self.columns[index.column()].editable:
            cell = self.cell(index.row(), index.column())
            if not (isinstance(cell, Cell) and cell.state in _LOCKED):
                flags = _EDITABLE
        return flags

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Hand what was typed to the source; `refused` carries its reason when it will not have it."""
        if role != _ROLE.EditRole or not index.isValid():
            return False
        text, before = str(value).strip(), str(self.data(index, _ROLE.EditRole) or "")
        if text == before:
            return False
        try:
            self._source.change(self.record(index.row()), self.columns[index.column()].key, text)
        except (UserError, ValueError) as error:
            self.refused.emit(index.row(), index.column(), str(error))
            return False
        except Exception as error:  # noqa: BLE001 - shown in the window
            self.failed.emit(error)
            return False
        self.refresh_row(index.row())
        return True


__all__ = [
    "Cell",
    "GridColumn",
    "GridRow",
    "LazyModel",
    "ListSource",
    "Order",
    "RowSource",
    "cell_text",
]
