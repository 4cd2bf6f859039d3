"""What a grid shows: columns, rows, cells, and where rows come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

ColumnKind = Literal["text", "money", "number", "day", "code", "computed", "bar", "five", "check"]
CellState = Literal[
    "",
    "must",
    "explain",
    "hint",
    "missing",
    "computed",
    "readonly",
    "unreported",
    "na",
    "old",
    "changed",
    "doubtful",
    "edit",
    "same",
    "locked",
]
Order = tuple[tuple[str, bool], ...]
"""Sort order: (column key, descending), first key first."""

_NUMERIC = ("money", "number", "bar")


@dataclass(frozen=True)
class GridColumn:
    """One column.

    Attributes:
        key: Name for sorting, totals and changes.
        title: Heading; the unit stands in it, once: ``需求(万元)``.
        kind: How cells look and align.
        width: Pixels at 100 %.
        numeric: Aligned right and summed; taken from the kind when None.
        sortable: Whether a click on the heading sorts.
        essential: Stays in front in the narrowest layout.
        editable: F2 or typing edits.
        unit: 万元 or 元 for money in fen (integers of 0.01 元) in ``Cell.value``, or any word.
        stretch: Takes spare width; without any, the first text column does.
        locked: Why nothing can be written into its cells, for lists that take pasted cells.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    width: int = 120
    numeric: bool | None = None
    sortable: bool = True
    essential: bool = False
    editable: bool = False
    unit: str = ""
    stretch: bool = False
    locked: str = ""

    def is_numeric(self) -> bool:
        """Whether cells align right and can be summed."""
        return self.kind in _NUMERIC if self.numeric is None else self.numeric

    def show_number(self, value: float) -> str:
        """A sum or mean as text: fen become the unit, rounded half up to two decimals."""
        if self.kind != "money":
            return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
        fen_per_hundredth = {"万元": 10_000, "元": 1}.get(self.unit, 10_000)
        size = abs(value) / fen_per_hundredth
        hundredths = int(size + 0.5)
        sign = "-" if value < 0 and hundredths else ""
        return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text.

    Attributes:
        text: What is shown; the states 缺, 未报, 不适用 bring their own words.
        state: must, explain, hint, missing, computed, readonly, unreported, na, old, changed,
            doubtful, or ordinary (empty); in a preview also edit, same, locked (changed, the
            same, not to be changed, each with its mark).
        value: Number for sums (fen for money); marks for the kind ``five``.
        note: The sentence of a check, for the status bar and under the cell.
    """

    text: str = ""
    state: CellState = ""
    value: object = None
    note: str = ""


CellLike = str | int | Cell


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: the record's id and its cells in the order of the columns."""

    id: str
    cells: Sequence[CellLike]


class RowSource:
    """Where a grid's rows come from. `count` and `page` are needed, the rest may be left as it is.

    A source may answer later (`waiting`): until then it goes on giving the rows that it had, and
    ``news``, an object with the signals of `lists.news.News`, says when the new ones are there.
    """

    columns: tuple[GridColumn, ...] = ()
    news: Any = None

    @property
    def waiting(self) -> bool:
        """Whether rows that were asked for by `sort` or `renew` are still to come."""
        return False

    def renew(self) -> None:
        """Read everything anew, at once or later; called before each reload."""

    def count(self) -> int:
        """How many rows there are now."""
        raise NotImplementedError

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Rows from ``offset`` on, at most ``limit``; asked for when they come into sight."""
        raise NotImplementedError

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids of rows, for selections; override it where ids alone are quicker."""
        return [row.id for row in self.page(offset, limit)]

    def place(self, record: str) -> int | None:
        """Row number of a record; override it where the store knows. Looks at 2,000 rows."""
        ids = self.ids(0, 2000)
        return ids.index(record) if record in ids else None

    def places(self, records: Sequence[str]) -> dict[str, int]:
        """Row numbers of several records; those that are not there are left out."""
        return {each: place for each in records if (place := self.place(each)) is not None}

    def sort(self, order: Order) -> None:
        """Sort by these keys from the next `renew` on; the grid reads everything again."""

    def totals(self) -> dict[str, str]:
        """Texts of the 合计 row by column key; the first column gets ``合计 1,284 户``."""
        return {}

    def rows_of(self, ids: Sequence[str]) -> list[GridRow]:
        """Rows by their ids, for lists that take pasted cells; those not there any more are left out."""
        raise NotImplementedError

    def change(self, record: str, key: str, text: str) -> None:
        """Store what was typed into a cell.

        Raises:
            UserError: It cannot be stored, with the reason.
            ValueError: The same, from a kind's ``parse``.
        """
        raise NotImplementedError


class ListSource(RowSource):
    """A short list in memory that sorts itself."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        rows: Sequence[GridRow],
        totals: dict[str, str] | None = None,
    ) -> None:
        """Keep the rows in the order given until a heading is pressed."""
        self.columns = tuple(columns)
        self._given = list(rows)
        self._rows = list(rows)
        self._totals = totals or {}

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Rows from the list."""
        return self._rows[offset : offset + limit]

    def place(self, record: str) -> int | None:
        """Row number of a record."""
        return next((n for n, row in enumerate(self._rows) if row.id == record), None)

    def totals(self) -> dict[str, str]:
        """Totals given at the start."""
        return self._totals

    def sort(self, order: Order) -> None:
        """Sort by value where there is one, else by text; empty ones last in both directions."""
        keys = [column.key for column in self.columns]
        self._rows = list(self._given)
        for key, descending in reversed(order):
            place = keys.index(key)

            def rank(row: GridRow, place: int = place) -> tuple[int, float, str]:
                return _rank(row.cells[place])

            full = [row for row in self._rows if rank(row) != _EMPTY]
            empty = [row for row in self._rows if rank(row) == _EMPTY]
            full.sort(key=rank, reverse=descending)
            self._rows = full + empty


_EMPTY = (2, 0.0, "")


def _rank(cell: CellLike) -> tuple[int, float, str]:
    if isinstance(cell, int):
        return (0, float(cell), "")
    if isinstance(cell, Cell):
        if isinstance(cell.value, int | float):
            return (0, float(cell.value), "")
        cell = cell.text
    return (1, 0.0, cell) if cell else _EMPTY
