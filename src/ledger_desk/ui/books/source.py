"""Rows of a book for a grid, and the columns that it can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.grid_rows import GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.chooser import Offer
from ledger_desk.ui.lists.fields import RecordCells, record_column, shown_field
from ledger_desk.ui.lists.record_source import RecordSource

_NAME_WIDTH = 196  # of the first column: fourteen characters


class BookSource(RecordSource[Any]):
    """What the grid of a book asks: fields of the class, of what it refers to, and extras."""

    def __init__(self, ledger: Ledger, book: Book, jobs: Jobs | None = None) -> None:
        """Show all live records of the class; `choose` narrows them to the book."""
        self._book = book
        self._extras = {extra.key: extra for extra in book.extras}
        self.noun = book.noun
        super().__init__(ledger, book.cls, book.usual(), jobs)
        self.sort(book.sort)

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns of `names`."""
        plain = [name for name in self.names if name not in self._extras]
        self._cells = RecordCells(self.cls, [shown_field(self.cls, name) for name in plain])
        made = []
        for place, name in enumerate(self.names):
            front, wide = place < 2, place == 0
            extra = self._extras.get(name)
            if extra is not None:
                made.append(GridColumn(
                    name, extra.title, extra.kind, extra.width, sortable=False, essential=front,
                    locked="这一列是程序算出来的，不能直接改。",
                ))  # fmt: skip
                continue
            why = locked or self._book.locked.get(name, "")
            field = shown_field(self.cls, name)
            column = record_column(field, locked=why, essential=front, stretch=wide)
            if wide and column.kind == "text":  # what a record is called is read in full
                column = replace(column, width=max(column.width, _NAME_WIDTH))
            made.append(column)
        return tuple(made)

    def make_rows(self, rows: Rows, records: Sequence[Record]) -> list[GridRow]:
        """Make the rows of some records, the extra cells put in where they stand."""
        made = self._cells.rows(rows, records)
        extras = [
            (place, self._extras[name].cells(rows, records))
            for place, name in enumerate(self.names)
            if name in self._extras
        ]
        for row in made if extras else ():
            assert isinstance(row.cells, list)
            for place, cells in extras:
                row.cells.insert(place, cells.get(row.id, ""))
        return made

    def _summed(self) -> list[str]:
        real = tuple(column for column in self.columns if column.key not in self._extras)
        every, self.columns = self.columns, real
        try:
            return super()._summed()
        finally:
            self.columns = every

    def query(self) -> Any:
        """The question to the ledger; an order by an extra is none."""
        query = super().query()
        return replace(query, sort=tuple(k for k in query.sort if k[0] not in self._extras))


class BookPool:
    """Which columns a book can show: its own fields by group, computed ones, those of its firm."""

    def __init__(self, book: Book, source: BookSource, reload: Callable[[], object]) -> None:
        """Offer columns of ``source``; ``reload`` reads the list again."""
        self._book, self._source, self._reload = book, source, reload

    def offers(self) -> Sequence[Offer]:
        """All columns, by group."""
        cls = self._book.cls
        specs = fields_of(cls)
        groups = list(dict.fromkeys(spec.group for spec in specs))
        own = sorted(specs, key=lambda spec: groups.index(spec.group))
        made = [Offer(s.name, s.label, s.group or cls.LABEL) for s in own]
        known = COMPUTED.get(cls.TABLE, {})
        made += [Offer(name, each.label, "算出来的") for name, each in known.items()]
        made += [Offer(extra.key, extra.title, "算出来的") for extra in self._book.extras]
        for spec in specs:
            far = BY_TABLE.get(spec.ref)
            if far is not None and spec.required:
                made += [
                    Offer(f"{spec.name}.{s.name}", s.label, f"{spec.label}的")
                    for s in fields_of(far)
                ]
        there = {offer.key for offer in made}
        more = [name for name in self._book.usual() if name not in there]
        return [*made, *(Offer(n, shown_field(cls, n).label, "别处的") for n in more)]

    def standard(self) -> Sequence[str]:
        """What the book declares."""
        return self._book.usual()

    def shown(self) -> Sequence[str]:
        """What is shown now."""
        return self._source.names

    def show(self, keys: Sequence[str]) -> None:
        """Show these."""
        self._source.show_columns(keys)
        self._reload()
