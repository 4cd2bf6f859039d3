"""The lines of a group as Qt's table model: label, one column for each firm, what will stand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.duplicates.comparing import Comparing, ordinal
from ledger_desk.ui.duplicates.field_rows import FieldRow, Shown, rows_of

Index = QModelIndex | QPersistentModelIndex
EMPTY = "（空）"
_NOWHERE = QModelIndex()


class FieldModel(QAbstractTableModel):
    """Lines of `field_rows.rows_of`; only values of firms can be reached."""

    def __init__(self, ledger: Ledger, parent: QObject) -> None:
        """Start with no group."""
        super().__init__(parent)
        self._ledger = ledger
        self.comparing: Comparing | None = None
        self.masked = True
        self.rows: list[FieldRow] = []

    def show(self, comparing: Comparing | None) -> None:
        """Show a group, or nothing."""
        self.beginResetModel()
        self.comparing = comparing
        self.rows = []
        if comparing is not None:
            self.rows = rows_of(self._ledger, comparing, masked=self.masked)
        self.endResetModel()

    def renew(self) -> None:
        """Read the lines of the same group again: one was left out, or personal data is shown."""
        self.show(self.comparing)

    def decided(self) -> None:
        """Tell that something was chosen."""
        if self.rows:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Lines, headings too."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Label, firms, result."""
        if parent.isValid() or self.comparing is None:
            return 0
        return len(self.comparing.ids) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only values of firms can be reached with the keyboard."""
        if self.record(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def record(self, index: Index) -> str | None:
        """Firm of a cell; None for labels, headings and the result."""
        if not index.isValid() or self.comparing is None or not self.rows[index.row()].field:
            return None
        place = index.column() - 1
        return self.comparing.ids[place] if 0 <= place < len(self.comparing.ids) else None

    def shown(self, index: Index) -> Shown:
        """Value of a firm's cell."""
        return self.rows[index.row()].values[index.column() - 1]

    def result(self, row: FieldRow) -> Shown:
        """What will stand in a field."""
        assert self.comparing is not None
        return row.values[self.comparing.ids.index(self.comparing.chosen(row.field))]

    def choosable(self, row: FieldRow) -> bool:
        """Whether there is anything to choose in a line."""
        return bool(row.field) and row.part != "same"

    def place(self, name: str) -> int | None:
        """Line of a field."""
        return next((n for n, row in enumerate(self.rows) if name and row.field == name), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a screen reader says, and the tool tip: the whole text."""
        if not index.isValid() or self.comparing is None:
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row, column = self.rows[index.row()], index.column()
        if column == 0 or not row.field:
            return row.label
        if column == self.columnCount() - 1:
            return self.result(row).text or EMPTY
        shown = row.values[column - 1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown.text
        record = self.comparing.ids[column - 1]
        chosen = "，用这个" if self.comparing.chosen(row.field) == record else ""
        return f"{row.label}，{ordinal(column - 1)}：{shown.text or EMPTY}{chosen}"
