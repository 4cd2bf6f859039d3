"""Rows of a list as it was, with marks where things are different now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.overlay import Differences
from ledger_desk.store.past import Past
from ledger_desk.store.queries import Rows
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.source import BookSource
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.record_source import RecordSource

LOCKED = "这是过去的样子，只能看。要恢复这一{noun}，请用下面的按钮。"
GONE = "这一{noun}后来删除了，现在的名单里没有。"


if TYPE_CHECKING:
    _Source = RecordSource[Any]
else:
    _Source = object


class Marking(_Source):
    """Over a source: cells that say something else now are marked, with what they say now.

    Attributes:
        found: What became of the records since.
    """

    found: Differences
    _present: Ledger

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns; nothing can be changed."""
        made = super().make_columns(LOCKED.format(noun=self.noun))
        return tuple(replace(column, editable=False) for column in made)

    def make_rows(self, rows: Rows, records: Sequence[Any]) -> list[GridRow]:
        """Make the rows of some records, and mark what is different now."""
        made = super().make_rows(rows, records)
        changed = [each.id for each in records if each.id in self.found.changed]
        with self._present.read() as now:
            there: list[Record] = list(now.many(self.cls, changed).values())
            cells = {row.id: row.cells for row in super().make_rows(now, there)}
        return [self._marked(row, cells.get(row.id, ())) for row in made]

    def _marked(self, row: GridRow, now: Sequence[CellLike]) -> GridRow:
        if row.id in self.found.gone:
            cells = [_cell(row.cells[0], "old", GONE.format(noun=self.noun)), *row.cells[1:]]
            return GridRow(row.id, cells)
        cells = list(row.cells)
        for place, cell in enumerate(now):
            if _text(cell) != _text(cells[place]) and not isinstance(cell, int):
                cells[place] = _cell(cells[place], "changed", f"现在是：{_text(cell) or '空的'}")
        return GridRow(row.id, cells)


class PastBookSource(Marking, BookSource):
    """Records of a book of a past."""

    def __init__(
        self, past: Past, ledger: Ledger, found: Differences, book: Book, jobs: Jobs
    ) -> None:
        """List a past of a ledger.

        Args:
            past: Where rows come from.
            ledger: The ledger as it is now.
            found: What became of the records since.
            book: Whose records.
            jobs: Read long lists beside the window.
        """
        self._present, self.found, self.noun = ledger, found, book.noun
        super().__init__(cast("Ledger", past), book, jobs)


def _text(cell: CellLike) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)


def _cell(cell: CellLike, state: str, note: str) -> CellLike:
    if isinstance(cell, int):
        return cell
    held = cell if isinstance(cell, Cell) else Cell(cell)
    return replace(held, text=held.text or "（空）", state=state, note=note)  # type: ignore[arg-type]
