"""对各列: each column of a table with its heading, what stands in it, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.reports.designing.choices import Offer, cells_for, columns_for, tie, tie_cell
from ledger_desk.reports.designing.draft import (
    Choice,
    Draft,
    DraftCell,
    DraftColumn,
    Nothing,
    Text,
    with_cell,
    with_column,
    without_cell,
)
from ledger_desk.ui import theme
from ledger_desk.ui.designing.choice_row import ChoiceRow
from ledger_desk.ui.designing.column_words import cell_sureness, said_heading, sureness
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.scrolling import Scrolling, bring_into_sight
from ledger_desk.ui.rules import DoubleRule, frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.workbook.references import split

CELLS = "cells"
_HEADS = ("列", "表头", "填什么", "怎么算", "单位", "把握")
_CELL_HEADS = ("格", "印着的字", "填什么", "写成", "单位", "说明")
_STRETCHES = {  # of the cells outside tables, and where room is short
    (False, False): (0, 13, 15, 13, 0, 11), (True, False): (0, 10, 6, 20, 0, 9),
    (False, True): (0, 9, 7, 9, 0, 0), (True, True): (0, 4, 3, 12, 0, 0),
}  # fmt: skip


class ColumnsView(QWidget):
    """Lets a person tie columns and cells.

    Signals:
        wanted: As that of `FormSide`.
        column_entered: Place of the block and letters of the column that the keyboard is on.
        cell_entered: Tab and name of the cell that the keyboard is on.
    """

    wanted = Signal(str, object, bool)
    column_entered = Signal(int, str)
    cell_entered = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._draft: Draft | None = None
        self._wrong: Mapping[str, str] = {}
        self._narrow = False
        self._shape: object = None
        self.rows: dict[str, ChoiceRow] = {}
        self.tabs = Tabs([], "表里的块")
        self.tabs.chosen.connect(lambda _key: self._rebuild())
        self._hint = label(
            "在表样上点一个格子，就能加一处：单位、日期、填表人，或者一个数。",
            "dim",
            wrap=True,
        )
        self._host = QWidget()
        self._column = Column(self._host, gap=0)
        box = frame("panel")
        Column(box, margins=1, gap=0).add(Scrolling(self._host, clear=0))
        Column(self, gap=6).add(self.tabs, self._hint).add(box, stretch=1)
        theme.follow(self._rebuild)

    def block(self) -> int | None:
        """Place of the block whose columns are shown; None for the cells outside tables."""
        key = self.tabs.chosen_key()
        return int(key) if key.isdecimal() else None

    def show_draft(self, draft: Draft, wrong: Mapping[str, str]) -> None:
        """Show the columns; ``wrong`` says what is wrong with some (`mistake_places.by_place`)."""
        before = self._draft
        self._draft, self._wrong = draft, wrong
        if before is None or before.blank != draft.blank or len(before.blocks) != len(draft.blocks):
            self.tabs.set_tabs(self._tabs(draft))
            self.tabs.choose("0" if draft.blocks else CELLS)
        for tab in self._tabs(draft):
            self.tabs.set_count(tab.key, tab.count)
        if self._shape != self._shape_of(draft):
            self._rebuild()
        else:
            self._tell()

    def set_mode(self, mode: Mode) -> None:
        """Units and letters give way where room is short."""
        narrow = mode in ("narrow", "single")
        if narrow != self._narrow:
            self._narrow = narrow
            self._rebuild()

    def go_to(self, key: str) -> None:
        """Put the focus on the line of a column or a cell."""
        row = self.rows.get(key)
        if row is not None:
            target = row.inner_focus()
            target.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(target)
            row.entered.emit()

    def next_open(self, after: str = "") -> str:
        """Go to the next line that needs a look; gives its name, '' for none."""
        draft = self._draft
        if draft is None:
            return ""
        keys = list(self.rows)
        here = keys.index(after) + 1 if after in keys else 0
        for key in [*keys[here:], *keys[:here]]:
            if self._needs_look(key):
                self.go_to(key)
                return key
        return ""

    def current(self) -> str:
        """The line that has the focus."""
        for key, row in self.rows.items():
            if any(each.isAncestorOf(here) or each is here for each in _editors(row)
                   if (here := self.focusWidget()) is not None):  # fmt: skip
                return key
        return ""

    def _needs_look(self, key: str) -> bool:
        place = self.block()
        if key in self._wrong:
            return True
        if self._draft is None or place is None:
            return False
        column = self._draft.blocks[place].column(key)
        return not column.sure

    # Building

    def _tabs(self, draft: Draft) -> list[Tab]:
        tabs = [
            Tab(str(n), _block_name(draft, n), len(block.columns))
            for n, block in enumerate(draft.blocks)
        ]
        return [*tabs, Tab(CELLS, "表外的格子", len(draft.cells))]

    def _shape_of(self, draft: Draft) -> object:
        place = self.block()
        if place is None or place >= len(draft.blocks):
            return (CELLS, tuple((cell.sheet, cell.at) for cell in draft.cells), self._narrow)
        block = draft.blocks[place]
        columns = tuple((column.at, column.printed) for column in block.columns)
        return (place, block.rows, block.of, columns, self._narrow)

    def _rebuild(self) -> None:
        draft = self._draft
        if draft is None:
            return
        while self._column.count():
            part = self._column.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        for row in self.rows.values():
            row.deleteLater()
        self.rows = {}
        self._shape = self._shape_of(draft)
        place = self.block()
        self._hint.setVisible(place is None)
        host = QWidget()
        grid = QGridLayout(host)
        px = theme.look().px
        grid.setContentsMargins(px(12), px(4), px(12), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        for number, text in enumerate(_HEADS if place is not None else _CELL_HEADS):
            if not self._narrow:
                head = label(text, "bold")
                head.setMinimumHeight(px(34))
                grid.addWidget(head, 0, number)
        grid.addWidget(DoubleRule(), 1, 0, 1, len(_HEADS))
        if place is not None:
            for order, column in enumerate(draft.blocks[place].columns):
                self._place_column(grid, 2 + 3 * order, place, column)
        else:
            for order, cell in enumerate(draft.cells):
                self._place_cell(grid, 2 + 3 * order, cell)
        wide = _STRETCHES[place is None, self._narrow]
        for number, stretch in enumerate(wide):
            grid.setColumnStretch(number, stretch)
        self._column.add(host)
        self._column.push()
        self._tell()

    def _place_column(
        self, grid: QGridLayout, at: int, place: int, column: DraftColumn
    ) -> None:  # fmt: skip
        heading = said_heading(column)
        row = ChoiceRow(self, f"{column.at} 列“{column.heading}”", partial(self._offers, place))
        row.chosen.connect(partial(self._tied, place, column.at))
        row.unit_said.connect(partial(self._united, place, column.at))
        row.entered.connect(partial(self.column_entered.emit, place, column.at))
        self._place(grid, at, column.at, heading or "（没有标题）", row)

    def _place_cell(self, grid: QGridLayout, at: int, cell: DraftCell) -> None:
        assert self._draft is not None
        printed = self._draft.outlines[cell.sheet].texts.get(split(cell.at), "")
        name = f"{cell.sheet} {cell.at}" if len(self._draft.sheets) > 1 else cell.at
        row = ChoiceRow(self, f"{name} 格", self._cell_offers, texts=True)
        row.chosen.connect(partial(self._cell_tied, cell.sheet, cell.at))
        row.entered.connect(partial(self.cell_entered.emit, cell.sheet, cell.at))
        key = f"{cell.sheet}!{cell.at}"
        self._place(grid, at, key, " ".join(printed.split()) or cell.label or "（空格）", row, name)

    def _place(
        self, grid: QGridLayout, at: int, key: str, heading: str, row: ChoiceRow, name: str = ""
    ) -> None:
        self.rows[key] = row
        px, middle = theme.look().px, Qt.AlignmentFlag.AlignVCenter
        grid.setRowMinimumHeight(at, px(43))
        letters, words = label(name or key, "clause"), ElidedLabel(heading, "bold")
        grid.addWidget(letters, at, 0, middle)
        if self._narrow:  # the heading over its editors
            grid.addWidget(words, at, 1, 1, 2, middle)
            grid.addWidget(row.mark, at, 3, middle)
            grid.addWidget(row.picker, at + 1, 1, 1, 2, middle)
            grid.addWidget(row.beside, at + 1, 3, middle)
            grid.setRowMinimumHeight(at + 1, px(43))
            row.shows_unit = False
            row.unit.setParent(grid.parentWidget())
            row.unit.hide()
        else:
            for place, part in enumerate((words, row.picker, row.beside, row.unit, row.mark), 1):
                grid.addWidget(part, at, place, middle)
            row.unit.setFixedWidth(px(106))
        grid.addWidget(frame("rule"), at + 2, 0, 1, len(_HEADS))

    # Telling

    def _tell(self) -> None:
        draft, place = self._draft, self.block()
        if draft is None:
            return
        if place is None:
            for cell in draft.cells:
                key = f"{cell.sheet}!{cell.at}"
                row = self.rows[key]
                row.show_choice(cell.choice, None, cell.unit)
                row.tell(*self._fitting(*cell_sureness(cell, self._wrong.get(key, ""))))
            return
        block = draft.blocks[place]
        for column in block.columns:
            row = self.rows[column.at]
            row.show_choice(column.choice, block, column.unit, column.offered)
            row.tell(*self._fitting(*sureness(column, self._wrong.get(f"{place}:{column.at}", ""))))

    def _fitting(self, mark: str, words: str) -> tuple[str, str, str]:
        """Where room is short only the verdict; the whole is the tip."""
        short = {"done": "认得", "hint": "请看一眼", "none": "留空"}.get(mark, words)
        return mark, short if self._narrow else words, words

    # Changes

    def _offers(self, place: int) -> Sequence[Offer]:
        assert self._draft is not None
        return columns_for(self._draft, self._draft.blocks[place])

    def _cell_offers(self) -> Sequence[Offer]:
        assert self._draft is not None
        return [o for o in cells_for(self._draft) if not isinstance(o.choice, Text)]

    def _tied(self, place: int, at: str, choice: Choice) -> None:
        self.wanted.emit(f"改 {at} 列", lambda draft: tie(draft, place, at, choice), False)
        self._follow(at)

    def _united(self, place: int, at: str, unit: str) -> None:
        self.wanted.emit(
            f"改 {at} 列的单位", lambda draft: with_column(draft, place, at, unit=unit), False
        )

    def _cell_tied(self, sheet: str, at: str, choice: Choice) -> None:
        change: Callable[[Draft], Draft] = partial(tie_cell, sheet=sheet, at=at, choice=choice)
        if isinstance(choice, Nothing):
            change = partial(without_cell, sheet=sheet, at=at)
        self.wanted.emit(f"改 {at} 格", change, False)
        self._follow(f"{sheet}!{at}")

    def _follow(self, key: str) -> None:
        """Go on into the editor that the choice brought, once it is there."""
        row = self.rows.get(key)
        if row is not None and row.inner_focus() is not row.picker:
            QTimer.singleShot(0, row, partial(self.go_to, key))

    def add_cell(self, sheet: str, at: str) -> None:
        """Take a cell up that was clicked on the blank."""
        draft = self._draft
        if draft is None:
            return
        key = f"{sheet}!{at}"
        if key not in self.rows:
            printed = draft.outlines[sheet].texts.get(split(at), "")
            cell = DraftCell(at, Text(printed), sheet, why="你加的")
            self.wanted.emit(f"加上 {at} 格", lambda draft: with_cell(draft, cell), False)
        self.go_to(key)


def _editors(row: ChoiceRow) -> tuple[QWidget, ...]:
    return row.picker, row.beside, row.unit


def _block_name(draft: Draft, place: int) -> str:
    block = draft.blocks[place]
    same = [n for n, each in enumerate(draft.blocks) if each.sheet == block.sheet]
    order = f" 第 {same.index(place) + 1} 块" if len(same) > 1 else ""
    several = len({each.sheet for each in draft.blocks}) > 1
    return f"{block.sheet}{order}" if several else f"各列{order}"
