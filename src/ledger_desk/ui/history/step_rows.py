"""The list of steps: filtered by person, kind, day, record and words; read a page at a time."""

from __future__ import annotations

from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import StepFilter
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, RowSource
from ledger_desk.ui.history.words import NOBODY, kind_word
from ledger_desk.ui.records.times import when


class StepSource(RowSource):
    """Steps, newest first."""

    columns = (
        GridColumn("n", "第几步", "number", 68, sortable=False, essential=True),
        GridColumn("at", "时间", "text", 108, sortable=False),
        GridColumn("name", "做了什么", "text", 150, sortable=False, essential=True, stretch=True),
        GridColumn("person", "谁", "text", 76, sortable=False),
        GridColumn("kind", "种类", "text", 58, sortable=False),
        GridColumn("rows", "条数", "number", 62, sortable=False),
        GridColumn("state", "现在", "text", 72, sortable=False),
    )

    def __init__(self, ledger: Ledger) -> None:
        """List all steps of a ledger."""
        self._ledger = ledger
        self._numbers: list[int] = []
        self.chosen = StepFilter()

    def count(self) -> int:
        """How many there are; read anew at each reload."""
        self._numbers = self._ledger.steps(self.chosen)
        return len(self._numbers)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        return [_row(step) for step in self._ledger.infos(self._numbers[offset : offset + limit])]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Numbers of steps as ids."""
        return [str(number) for number in self._numbers[offset : offset + limit]]

    def place(self, record: str) -> int | None:
        """Row of a step."""
        return self._numbers.index(int(record)) if record and int(record) in self._numbers else None


def _row(step: StepInfo) -> GridRow:
    name = Cell(step.name, "old") if step.undone else step.name
    return GridRow(
        str(step.id),
        [Cell(f"{step.id:,}", value=step.id), when(step.at, clock=True), name, step.person or NOBODY,
         kind_word(step.kind), Cell(f"{step.rows:,}", value=step.rows),
         Cell("已撤销", "old") if step.undone else ""],
    )  # fmt: skip
