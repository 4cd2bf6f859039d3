"""From a number to the firms behind it, and to the records of each; Enter opens one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.evidence import Evidence, Explanation, ExplanationRow
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row

_COLUMNS = (
    GridColumn("what", "企业与记录", width=190, essential=True, stretch=True, sortable=False),
    GridColumn("value", "数", "money", width=88, essential=True, sortable=False, unit="万元"),
)


class DrillDown(QWidget):
    """The list behind a cell.

    Signals:
        record_wanted: Table and id of a record to open.
        left: Back to the findings.
    """

    record_wanted = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._title = label("", "bold", wrap=True)
        self._sentence = label("", "dim", wrap=True)
        self._tip = label("按回车打开这一条", "faint", wrap=True)
        self.panel = GridPanel(
            ListSource(_COLUMNS, []), noun="行", name="这个数背后的企业和记录", frozen=0
        )
        self.back = Button("回到审核", self.left.emit, icon="arrow-left", kind="words")
        column = Column(self, margins=(12, 8, 12, 10), gap=8)
        column.add(Row().add(self.back).push())
        column.add(self._title, self._sentence).add(self.panel, stretch=1).add(self._tip)
        self.panel.grid.opened.connect(self._open)

    def show_explanation(self, explanation: Explanation) -> None:
        """List the firms of a number, each followed by its records."""
        self._title.setText(explanation.title)
        self._sentence.setText(explanation.sentence)
        rows: list[GridRow] = []
        for row in explanation.rows:
            rows += _rows_of(row, explanation.unit)
        self.panel.set_source(ListSource(_COLUMNS, rows))
        if rows:
            grid = self.panel.grid
            grid.setCurrentIndex(grid.lazy_model().index(0, 0))

    def focus_list(self) -> None:
        """Put the focus on the first row."""
        self.panel.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _open(self, key: str) -> None:
        table, _, record = key.partition(":")
        record = record.partition("#")[0]
        if table and record:
            self.record_wanted.emit(table, record)


def _rows_of(row: ExplanationRow, unit: str) -> list[GridRow]:
    """A firm, then its records; of a single record the number stands at the firm only."""
    value = row.amount if unit == "万元" else None
    own = [_evidence_row(each) for each in row.records]
    if row.enterprise is None:
        first = row.records[0].ref if row.records else None
        key = f"{first.table}:{first.record}#0" if first else f":{row.name}#0"
    else:
        # The same firm may stand in several rows of a list: the place keeps the ids apart.
        first = row.records[0].ref if row.records else None
        key = f"enterprise:{row.enterprise}#{first.record if first else ''}"
    head = GridRow(key, (row.name, Cell(row.text, value=value)))
    return [head, *own]


def _evidence_row(evidence: Evidence) -> GridRow:
    day = f" {evidence.day:%Y-%m-%d}" if evidence.day is not None else ""
    text = evidence.text if evidence.amount is not None else ""
    what = f"　　{evidence.label}{day}"
    return GridRow(f"{evidence.ref.table}:{evidence.ref.record}", (what, text))
