"""The painted blank: its parts set off, and below it what the chosen row may be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.designing.draft import Draft, DraftBlock
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import MenuButton
from ledger_desk.ui.designing.banded_paper import BandedPaper
from ledger_desk.ui.designing.lattice import COLUMN, HEADER, ROWS, TOTAL, Band
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.preview.panel import PreviewPanel, SheetPaper
from ledger_desk.workbook.painting import Painted
from ledger_desk.workbook.references import number

_ANY_HEIGHT = 16_777_215  # QWIDGETSIZE_MAX
HEAD_FIRST, HEAD_LAST, ROW_FIRST, ROW_LAST, TOTAL_ROW = (
    "head_first", "head_last", "row_first", "row_last", "total",
)  # fmt: skip
_ROLES = (
    (HEAD_FIRST, "表头从这行起"), (HEAD_LAST, "表头到这行止"), (ROW_FIRST, "从这行填起"),
    (ROW_LAST, "空行到这行止"), (TOTAL_ROW, "这行是合计"),
)  # fmt: skip


class BlankPanel(QWidget):
    """Shows the blank of a draft.

    Signals:
        cell_chosen: Tab, row and column of the cell gone to.
        row_told: What the chosen row is (`HEAD_FIRST` …), tab and row.
    """

    cell_chosen = Signal(str, int, int)
    row_told = Signal(str, str, int)

    def __init__(self, tip: str) -> None:
        """Show nothing yet; ``tip`` tells what a click does."""
        super().__init__()
        self.paper = BandedPaper()
        self.panel = PreviewPanel(tip, self.paper)
        self._asks = False
        self._row = 0
        self._high: int | None = None
        self.role = MenuButton(
            "这一行是", [(text, partial(self._told, key)) for key, text in _ROLES]
        )
        self._strip = QWidget()
        Row(self._strip, gap=6).add(self.role).push()
        Column(self, gap=8).add(self.panel, stretch=1).add(self._strip)
        self._strip.hide()
        self.panel.chosen.connect(self._chosen)
        theme.follow(self._fit)

    def show_blank(self, painted: Painted | None, sheets: Sequence[str]) -> None:
        """Show another blank; every cell of it can be gone to."""
        self._strip.hide()
        if painted is None:
            self.panel.clear("这张空白表画不出来，可以照着右边的行号接着做。")
            return
        boxes = {tab: tuple(painted.by_sheet.get(tab, ())) for tab in sheets}
        if len(sheets) == 1 and not boxes[sheets[0]]:
            boxes[sheets[0]] = tuple(painted.boxes)
        self.panel.show_sheets(painted.pdf, [
            SheetPaper(tab, some, {(box.row, box.column) for box in some}, {})
            for tab, some in boxes.items()
        ])  # fmt: skip

    def show_bands(self, draft: Draft, column: tuple[int, str] | None = None) -> None:
        """Set the parts of the blocks off, and one column (place of its block, letters) more."""
        bands = [band for block in draft.blocks for band in bands_of(block)]
        if column is not None:
            block = draft.blocks[column[0]]
            at = number(column[1])
            last = block.total_row or block.first_row + block.room - 1
            first = block.header_rows[0] or block.first_row
            bands.append(Band(COLUMN, block.sheet, (first, last), (at, at)))
        self.paper.set_bands(bands)

    def ask_rows(self, *, asks: bool) -> None:
        """Let a person say what the chosen row is; else the blank is only a strip over a list."""
        self._asks = asks
        self.panel.show_bar(shown=asks)
        self._strip.setVisible(asks and self._row > 0)

    def set_strip(self, *, high: int | None) -> None:
        """Be a strip of this height (at 100 %), or as high as there is room."""
        self._high = high
        self._fit()

    def _fit(self) -> None:
        if self._high is None:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY_HEIGHT)
        else:
            self.setFixedHeight(theme.look().px(self._high))

    def go_to(self, sheet: str, row: int, column: int) -> None:
        """Bring a cell into sight."""
        self.paper.blockSignals(True)
        self.paper.go_to(row, column, sheet)
        self.paper.blockSignals(False)

    def _chosen(self, row: int, column: int) -> None:
        self._row = row
        self.role.set_text(f"第 {row} 行是")
        self._strip.setVisible(self._asks)
        self.cell_chosen.emit(self.paper.sheet(), row, column)

    def _told(self, key: str) -> None:
        if self._row:
            self.row_told.emit(key, self.paper.sheet(), self._row)


def bands_of(block: DraftBlock) -> list[Band]:
    """Header, rows and total of one block."""
    ats = [number(column.at) for column in block.columns] or [1]
    wide = min(ats), max(ats)
    found = []
    if block.header_rows[0]:
        found.append(Band(HEADER, block.sheet, block.header_rows, wide))
    last = block.first_row + max(block.room, 1) - 1
    found.append(Band(ROWS, block.sheet, (block.first_row, last), wide, "填这里"))
    if block.total_row:
        found.append(Band(TOTAL, block.sheet, (block.total_row, block.total_row), wide, "合计"))
    return found
