"""Blank and list point at each other: the line with the keyboard is seen on paper, and back again."""

from __future__ import annotations

from functools import partial

from ledger_desk.reports.designing.suggesting import add_block
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.designing.blank_panel import HEAD_FIRST
from ledger_desk.ui.designing.block_card import HEAD_KEYS
from ledger_desk.ui.designing.frame import COLUMNS, DesignFrame
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.workbook.references import letters, name, number, split


class PointingFrame(DesignFrame):
    """Ties the painted blank to the lists beside it."""

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Build the stages."""
        super().__init__(ledger, window)
        self._window = window
        self.columns.column_entered.connect(self._point)
        self.columns.cell_entered.connect(self._point_cell)
        self.blank.cell_chosen.connect(self._pointed)
        self.blank.row_told.connect(self._row_told)
        self.columns.tabs.chosen.connect(lambda _key: self._point_first())

    def _point(self, place: int, at: str) -> None:
        """The keyboard is on a column: show it on the blank."""
        draft = self.held.draft
        if draft is None or place >= len(draft.blocks):
            return
        block = draft.blocks[place]
        self.blank.show_bands(draft, (place, at))
        row = block.header_rows[1] or max(block.first_row - 1, 1)
        self.blank.go_to(block.sheet, row, number(at))

    def _point_first(self) -> None:
        """Show the whole header of the block whose columns are listed."""
        draft, place = self.held.draft, self.columns.block()
        if draft is None or place is None:
            return
        block = draft.blocks[place]
        first = number(block.columns[0].at) if block.columns else 1
        for row in (block.header_rows[0] or 1, block.header_rows[1] or block.first_row):
            self.blank.go_to(block.sheet, row, first)

    def _point_cell(self, sheet: str, at: str) -> None:
        if self.held.draft is not None:
            self.blank.show_bands(self.held.draft)
            self.blank.go_to(sheet, *split(at))

    def _pointed(self, sheet: str, row: int, column: int) -> None:
        """A cell of the blank was clicked: go to the line that is about it."""
        draft = self.held.draft
        if draft is None or self._stage != COLUMNS:
            return
        for place, block in enumerate(draft.blocks):
            ats = [each.at for each in block.columns]
            last = block.total_row or block.first_row + block.room - 1
            first = block.header_rows[0] or block.first_row
            if block.sheet == sheet and first <= row <= last and letters(column) in ats:
                self.columns.tabs.choose(str(place))
                self._show_list()
                self.columns.go_to(letters(column))
                return
        if self.columns.block() is None:
            self._show_list()
            self.columns.add_cell(sheet, name(row, column))

    def _show_list(self) -> None:
        if self._tight and self._beside:
            self._turn()

    def _row_told(self, key: str, sheet: str, row: int) -> None:
        """A person says what a row of the blank is."""
        draft = self.held.draft
        if draft is None:
            return
        places = [n for n, block in enumerate(draft.blocks) if block.sheet == sheet]
        if not places and key == HEAD_FIRST:
            self.side.wanted.emit(
                "加上一块表", partial(add_block, sheet=sheet, header_rows=(row, row)), True
            )
            return
        if not places:
            self._window.toasts.warn("这张工作表里还没有表", "先说表头从哪一行起。")
            return
        near = min(places, key=lambda n: abs(draft.blocks[n].first_row - row))
        value = row
        if HEAD_KEYS[key] == "room":
            value = row - draft.blocks[near].first_row + 1
        self.side.card(near).tell(HEAD_KEYS[key], value)
