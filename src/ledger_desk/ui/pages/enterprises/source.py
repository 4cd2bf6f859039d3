"""Rows of the list of enterprises: read from the ledger a page at a time, whatever their number.

A search looks at every firm once: its hits are kept by their ids until something changes, and count,
page, sum and place are taken from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import CAP, Query, Rows, Where
from ledger_desk.ui.grid_rows import GridRow, Order, RowSource
from ledger_desk.ui.pages.enterprises.columns import USUAL, cell_makers, column_of, columns_of

_AT_ONCE = 5_000


@dataclass(frozen=True)
class Choice:
    """Which enterprises a list shows.

    Attributes:
        text: Search text.
        wheres: Conditions.
        removed: The recycle bin instead of the live ones.
        among: Ids that a view has found by looking at each firm; None: no such view.
    """

    text: str = ""
    wheres: tuple[Where, ...] = ()
    removed: bool = False
    among: frozenset[str] | None = None

    def query(self, order: Order = ()) -> Query[Enterprise]:
        """The question to the ledger, but for ``among``."""
        return Query(Enterprise, self.wheres, self.text, order, self.removed)


class EnterpriseSource(RowSource):
    """What a grid asks; `choose` and `show_columns` change what it answers."""

    def __init__(self, ledger: Ledger, names: Sequence[str] = USUAL) -> None:
        """Show all live enterprises in the order in which they came."""
        self._ledger = ledger
        self._order: Order = ()
        self._found: list[str] | None = None
        self._count = 0
        self._sums: dict[str, str] = {}
        self.choice = Choice()
        self.show_columns(names)

    def show_columns(self, names: Sequence[str]) -> None:
        """Take other columns; the grid has to be reloaded."""
        self.names = tuple(names)
        self._make_columns()
        self._makers = cell_makers(names)
        self._order = tuple(key for key in self._order if key[0] in self.names)

    def choose(self, choice: Choice) -> None:
        """Show other enterprises; the grid has to be reloaded."""
        was, self.choice = self.choice, choice
        if was.removed != choice.removed:
            self._make_columns()

    def _make_columns(self) -> None:
        locked = "账套是以只看方式打开的，不能改。" if self._ledger.read_only else ""
        if self.choice.removed:
            locked = "回收站里的不能改，请先恢复。"
        self.columns = columns_of(self.names, locked)

    def query(self) -> Query[Enterprise]:
        """The question to the ledger in the present order; a view that was looked for comes as ids."""
        query = self.choice.query(self._order)
        if self.choice.among is None:
            return query
        return replace(query, text="", where=(Where("id", "in", tuple(self._ids())),))

    def count(self) -> int:
        """How many there are; read anew at each reload."""
        self._found, self._sums = None, {}
        with self._ledger.read() as rows:
            self._count = len(self._ids(rows)) if self._is_kept else rows.count(self.choice.query())
        return self._count

    @property
    def capped(self) -> bool:
        """Whether a search found more than are counted."""
        return bool(self.choice.text.strip()) and self._count > CAP

    @property
    def _is_kept(self) -> bool:
        """Whether the ids are kept: what was searched, or looked for firm by firm."""
        return self.choice.among is not None or bool(self.choice.text.strip())

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some rows with all their cells."""
        with self._ledger.read() as rows:
            if self._is_kept:
                some = self._ids(rows)[offset : offset + limit]
                found = rows.many(Enterprise, some)
                firms = [found[record] for record in some if record in found]
            else:
                firms = rows.page(self.choice.query(self._order), offset, limit)
            computed = rows.computed([firm.id for firm in firms])
        return self._rows(firms, computed)

    def rows_of(self, ids: Sequence[str]) -> list[GridRow]:
        """Rows by their ids."""
        with self._ledger.read() as rows:
            found = rows.many(Enterprise, list(ids))
            return self._rows(list(found.values()), rows.computed(list(found)))

    def _rows(
        self, firms: Sequence[Enterprise], computed: Mapping[str, tuple[str, int]]
    ) -> list[GridRow]:
        return [GridRow(firm.id, [make(firm, computed) for make in self._makers]) for firm in firms]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids alone, which is quicker."""
        with self._ledger.read() as rows:
            if self._is_kept:
                return self._ids(rows)[offset : offset + limit]
            return rows.ids(self.choice.query(self._order), limit, offset)

    def place(self, record: str) -> int | None:
        """Row number of a firm, if it is among the first of a long list."""
        ids = self.ids(0, _AT_ONCE)
        return ids.index(record) if record in ids else None

    def sort(self, order: Order) -> None:
        """Sort by columns; the computed ones too."""
        self._order = order
        self._found = None

    def totals(self) -> dict[str, str]:
        """How many, and the sum of each column of money."""
        if self.capped:
            return {"name": f"合计 超过 {CAP:,} 户"}
        found = {"name": f"合计 {self._count:,} 户"}
        with self._ledger.read() as rows:
            for name in self.names:
                if column_of(name).kind == "money" and name not in self._sums:
                    self._sums[name] = show_wan(self._total(rows, name))
        return found | {name: self._sums[name] for name in self.names if name in self._sums}

    def _total(self, rows: Rows, name: str) -> int:
        if not self._is_kept:
            return rows.total(self.choice.query(), name)
        ids, removed = self._ids(rows), self.choice.removed
        return sum(
            rows.total(Query(Enterprise, (Where("id", "in", tuple(some)),), removed=removed), name)
            for some in (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        )

    def _ids(self, rows: Rows | None = None) -> list[str]:
        """Ids of a search or a view, in the present order."""
        if self._found is None:
            if rows is None:
                with self._ledger.read() as own:
                    return self._ids(own)
            found = rows.ids(self.choice.query(self._order))
            among = self.choice.among
            self._found = (
                found if among is None else [record for record in found if record in among]
            )
        return self._found
