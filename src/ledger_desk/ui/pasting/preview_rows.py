"""Rows of the preview of a paste: the block as it would lie, each cell with its mark and its sentence."""

from __future__ import annotations

from ledger_desk.exchange import pasting
from ledger_desk.exchange.pasting import PasteCell, PastePlan, PasteRow
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_rows import Cell, CellState, GridColumn, GridRow, RowSource

MARKS: dict[str, tuple[str, str]] = {
    "changed": ("changed", "改"),
    "same": ("same", "相同"),
    "wrong": ("must", "有错"),
    "locked": ("none", "不能改"),
}
"""What is counted above the preview: mark and word."""
_STATES: dict[str, CellState] = {
    pasting.CHANGED: "edit",
    pasting.SAME: "same",
    pasting.WRONG: "must",
    pasting.LOCKED: "locked",
    pasting.HIDDEN: "locked",
    pasting.OUTSIDE: "locked",
    pasting.BLANK: "",
}


def counts_of(made: PastePlan) -> dict[str, int]:
    """Cells by the four words of `MARKS`."""
    counts = made.counts
    return {
        "changed": counts[pasting.CHANGED],
        "same": counts[pasting.SAME],
        "wrong": counts[pasting.WRONG],
        "locked": counts[pasting.LOCKED] + counts[pasting.HIDDEN] + counts[pasting.OUTSIDE],
    }


class PreviewSource(RowSource):
    """The data rows of a plan, a page at a time; ids are their numbers."""

    def __init__(self, ledger: Ledger, made: PastePlan) -> None:
        """Show a plan."""
        self._ledger, self.made = ledger, made
        titles = made.layout.titles
        known = {column.name: column.spec for column in made.columns}
        self.columns = (
            GridColumn("row", "贴到哪一行", width=190, sortable=False, essential=True),
            *(
                GridColumn(
                    str(number), _title(column.name, titles, known) or "没有这一列", width=150,
                    sortable=False, essential=True, stretch=number == 0,
                )
                for number, column in enumerate(made.columns)
            ),
        )  # fmt: skip

    def count(self) -> int:
        """How many rows there are."""
        return len(self.made.rows)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        rows = pasting.view(self._ledger, self.made, offset, limit)
        return [
            GridRow(str(place), [_head(row, place), *map(_cell, row.cells)])
            for place, row in enumerate(rows, offset)
        ]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Numbers of rows."""
        return [str(place) for place in range(offset, min(offset + limit, self.count()))]

    def place(self, record: str) -> int | None:
        """The number itself."""
        return int(record)

    def next_wrong(self, row: int, column: int) -> tuple[int, int] | None:
        """Find the next wrong cell after one (row, grid column), from the top again at the end."""
        places = [
            (at, number + 1)
            for at, fates in enumerate(self.made.fates)
            for number, fate in enumerate(fates)
            if fate == pasting.WRONG
        ]
        return next((p for p in places if p > (row, column)), places[0] if places else None)


def _title(name: str, titles: object, known: object) -> str:
    assert isinstance(titles, dict)
    assert isinstance(known, dict)
    spec = known.get(name)
    return str(titles.get(name) or (spec.label if spec is not None else ""))


def _head(row: PasteRow, place: int) -> Cell:
    if row.record:
        return Cell(row.title or "（没有名称）")
    return Cell(f"第 {place + 1:,} 行，名单外", "locked", note="名单里没有这么多行，这一行贴不下。")


def _cell(cell: PasteCell) -> Cell:
    text = cell.text.replace("\n", " ")
    if cell.fate == pasting.CHANGED:
        note = f"原来是“{cell.old}”，改成“{cell.new}”。" if cell.old else f"原来空着，改成“{cell.new}”。"  # fmt: skip
        if not text:
            note = f"原来是“{cell.old}”，清空。"
        return Cell(text or "（清空）", "edit", note=note + cell.why)
    note = cell.why
    if cell.fate == pasting.BLANK and cell.old:
        note = f"这一格是空的，账里的“{cell.old}”不动。"
    return Cell(text, _STATES[cell.fate], note=note)
