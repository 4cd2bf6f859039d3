"""Rows that Python worked out, in memory: narrowed and sorted like those that the ledger gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.store import collating
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, Order, RowSource


@dataclass(frozen=True)
class LocalRow:
    """One row.

    Attributes:
        id: Of the record that it stands for.
        cells: In the order of the columns.
        values: Values of columns whose cells do not say them themselves.
    """

    id: str
    cells: Sequence[CellLike]
    values: Mapping[str, Any] = field(default_factory=dict)


Totals = Callable[[Sequence[LocalRow]], dict[str, str]]


class LocalSource(RowSource):
    """A list in memory whose columns can be asked.

    Attributes:
        cls: Class whose fields say what kind each column is; no record of it is ever stored.
        noun: Measure word of a row.
    """

    def __init__(
        self, cls: type[Record], columns: Sequence[GridColumn], noun: str, totals: Totals | None = None
    ) -> None:  # fmt: skip
        """Start empty; `put` gives the rows."""
        self.cls, self.noun = cls, noun
        self.columns = tuple(columns)
        self._places = {column.key: place for place, column in enumerate(columns)}
        self._kinds = {name: spec.kind for name, spec in field_map(cls).items()}
        self._total = totals
        self._given: list[LocalRow] = []
        self._rows: list[LocalRow] = []
        self._row_of: dict[str, int] = {}
        self._wheres: tuple[Where, ...] = ()
        self._order: Order = ()

    @property
    def names(self) -> list[str]:
        """Columns that can be asked."""
        return [column.key for column in self.columns if column.key in self._kinds]

    def put(self, rows: Sequence[LocalRow]) -> None:
        """Take other rows; the grid has to be reloaded."""
        self._given = list(rows)
        self._lay_out()

    def choose(self, wheres: Sequence[Where]) -> None:
        """Show only the rows of which the conditions hold; the grid has to be reloaded."""
        self._wheres = tuple(wheres)
        self._lay_out()

    def sort(self, order: Order) -> None:
        """Sort by value; empty ones last in both directions, words in the order of pinyin."""
        self._order = order
        self._lay_out()

    def query(self) -> Query[Any]:
        """What is shown, as conditions."""
        return Query(self.cls, self._wheres, sort=self._order)

    def values(self, name: str, wheres: Sequence[Where]) -> list[tuple[Any, int]]:
        """Values of a column with their counts, the commonest first, among what conditions leave."""
        counts = Counter(self.value(r, name) for r in self._given if self._fits(r, wheres))
        return counts.most_common()

    def value(self, row: LocalRow, name: str) -> Any:
        """What a row says in a column; None: nothing."""
        if name in row.values:
            return row.values[name]
        return _value(row.cells[self._places[name]], self._kinds[name])

    def find(self, text: str) -> list[str]:
        """Ids of the rows shown in which a text stands somewhere."""
        wanted = text.casefold()
        return [r.id for r in self._rows if any(wanted in _text(c).casefold() for c in r.cells)]

    # What a grid asks

    def count(self) -> int:
        """How many rows are shown."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some rows."""
        return [GridRow(row.id, row.cells) for row in self._rows[offset : offset + limit]]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids alone."""
        return [row.id for row in self._rows[offset : offset + limit]]

    def place(self, record: str) -> int | None:
        """Row number of a record."""
        return self._row_of.get(record)

    def places(self, records: Sequence[str]) -> dict[str, int]:
        """Row numbers of several records; those that are not shown are left out."""
        return {r: self._row_of[r] for r in records if r in self._row_of}

    def totals(self) -> dict[str, str]:
        """合计 of the rows shown."""
        return self._total(self._rows) if self._total is not None else {}

    # Inner

    def _lay_out(self) -> None:
        rows = [row for row in self._given if self._fits(row, self._wheres)]
        for name, descending in reversed(self._order):
            if name not in self._kinds:
                continue
            ranked = [(_rank(self.value(row, name)), row) for row in rows]
            full = [pair for pair in ranked if pair[0] is not None]
            full.sort(key=lambda pair: pair[0], reverse=descending)
            rows = [row for _, row in full] + [row for rank, row in ranked if rank is None]
        self._rows = rows
        self._row_of = {row.id: place for place, row in enumerate(rows)}

    def _fits(self, row: LocalRow, wheres: Sequence[Where]) -> bool:
        return all(
            holds(where, self.value(row, where.field), _text(row.cells[self._places[where.field]]))
            for where in wheres
            if where.field in self._kinds
        )


def holds(where: Where, value: Any, text: str) -> bool:
    """Tell whether a condition holds of a value and the text that is shown; see `Where`."""
    op, wanted = where.op, where.value
    if op in ("in", "notin"):
        return (value in _values(wanted)) == (op == "in")
    if op in ("blank", "null", "notblank", "notnull"):
        return (value is None) == (op in ("blank", "null"))
    if op in ("contains", "like", "lacks", "starts", "ends"):
        said, part = text.casefold(), str(wanted).casefold()
        if op == "starts":
            return said.startswith(part)
        if op == "ends":
            return said.endswith(part)
        return (part in said) == (op != "lacks")
    if value is None:
        return False
    if op == "between":
        low, high = wanted
        return (low is None or value >= low) and (high is None or value <= high)
    return bool({
        "=": value == wanted, "!=": value != wanted, "<": value < wanted, "<=": value <= wanted,
        ">": value > wanted, ">=": value >= wanted,
    }[op])  # fmt: skip


def _values(wanted: Collection[Any]) -> set[Any]:
    return {None if each == "" else each for each in wanted}


def _text(cell: CellLike) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)


def _value(cell: CellLike, kind: Kind) -> Any:
    if isinstance(cell, int):
        return cell
    if isinstance(cell, Cell) and cell.value is not None:
        return cell.value
    text = _text(cell)
    if not text or kind.storage != "TEXT":
        return None
    if kind.name == "day":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return text


def _rank(value: Any) -> Any:
    return collating.key(value) if isinstance(value, str) else value
