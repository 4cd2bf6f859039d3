"""Rows of any record class for a grid: ordered once, read by the page, never in the window's way.

A short ledger answers at once. A long list goes on showing what it had while the new order is
worked out in a thread; a newer question gives the older one up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from ledger_desk.model.fields import Record
from ledger_desk.model.money import show_wan
from ledger_desk.store import far_paging, orders, paging
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import CAP, Query, Rows
from ledger_desk.ui.grid_rows import GridColumn, GridRow, Order, RowSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.fields import RecordCells, record_column, shown_field
from ledger_desk.ui.lists.news import News

R = TypeVar("R", bound=Record)
AT_ONCE = 2_000  # records of a class up to which everything is done on the window's thread


@dataclass(frozen=True)
class Listing(Generic[R]):
    """What is shown.

    Attributes:
        query: What was asked.
        count: Rows.
        ordering: Their order, or how pages are found without it; None: all live records as they came, read by the page until the
            order is there.
    """

    query: Query[R]
    count: int
    ordering: orders.Ordering[R] | paging.Paged[R] | far_paging.FarPaged[R] | None


class RecordSource(RowSource, Generic[R]):
    """What a grid asks; `choose`, `sort` and `show_columns` change what it answers after `renew`.

    Attributes:
        noun: Measure word of a record.
        is_short: Everything is read at once.
    """

    noun = "户"

    def __init__(
        self, ledger: Ledger, cls: type[R], names: Sequence[str], jobs: Jobs | None = None
    ) -> None:
        """Show all live records in the order in which they came.

        Args:
            ledger: Where they are.
            cls: Record class.
            names: Fields shown; computed names and ``reference.field`` too.
            jobs: Read long lists beside the window; None: read all at once.
        """
        self.ledger, self.cls, self.names = ledger, cls, tuple(names)
        self.news = News(jobs)
        self.choice = Choice()
        self._order: Order = ()
        self._listing: Listing[R] | None = None
        self._sums: dict[str, int] = {}
        self.is_short = True
        self._lay_out()

    # What is shown

    def show_columns(self, names: Sequence[str]) -> None:
        """Take other columns; the grid has to be reloaded."""
        self.names = tuple(names)
        self._order = tuple(key for key in self._order if key[0] in self.names)
        self._lay_out()

    def choose(self, choice: Choice) -> None:
        """Show other records; the grid has to be reloaded."""
        was, self.choice = self.choice, choice
        if was.removed != choice.removed:
            self._lay_out()

    def sort(self, order: Order) -> None:
        """Sort by columns, also by computed ones and by titles of records referred to."""
        self._order = order

    def query(self) -> Query[R]:
        """The question to the ledger in the present order."""
        return self.choice.query(self.cls, self._order)

    def _lay_out(self) -> None:
        locked = "账套是以只看方式打开的，不能改。" if self.ledger.read_only else ""
        if self.choice.removed:
            locked = "回收站里的不能改，请先恢复。"
        self.columns = self.make_columns(locked)

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns of `names`; ``locked`` says why no cell can be changed, if so."""
        fields = [shown_field(self.cls, name) for name in self.names]
        self._cells = RecordCells(self.cls, fields)
        return tuple(
            record_column(field, locked=locked, essential=place < 2, stretch=place == 0)
            for place, field in enumerate(fields)
        )

    def make_rows(self, rows: Rows, records: Sequence[R]) -> list[GridRow]:
        """Make the rows of some records."""
        return self._cells.rows(rows, records)

    # Reading

    @property
    def waiting(self) -> bool:
        """Whether the rows shown are not yet those asked for."""
        return self.news.is_waiting

    def renew(self) -> None:
        """Work the order out anew: at once for short lists, else in a thread."""
        query, before = self.query(), self._listing
        self.news.give_up()
        names = self._summed()
        with self.ledger.read() as rows:
            self.is_short = self.news.jobs is None or rows.is_short(self.cls, AT_ONCE)
            if self.is_short:
                ordering = orders.order(rows, query)
                self._listing = Listing(query, len(ordering), ordering)
                self._sums = {} if self.capped else rows.sums(query, names)[1]
                return
            if before is None:  # something to look at, at once
                natural = self.choice.is_everything()
                self._listing = Listing(
                    replace(query, sort=()), rows.count(query) if natural else 0, None
                )
        same = before is not None and replace(before.query, sort=()) == replace(query, sort=())
        words = "正在筛选…"
        if same or before is None:
            words = "正在排序…" if before is None or before.query != query else ""
        self.news.read(partial(_order, self.ledger, query), self._take, words=words)

    def _take(self, listing: Listing[R]) -> None:
        self.news.arriving.emit()
        before, self._listing = self._listing, listing
        if before is None or replace(before.query, sort=()) != replace(listing.query, sort=()):
            self._sums = {}
        self.news.arrived.emit()
        names = self._summed()
        if names and not self.capped and not self.waiting:
            query = replace(listing.query, sort=())
            work = partial(_sums, self.ledger, query, names, listing.count)
            self.news.read(work, self._take_sums, rows=False)

    def _take_sums(self, sums: dict[str, int]) -> None:
        self._sums = sums
        self.news.totals_changed.emit()

    def _summed(self) -> list[str]:
        """Columns that are summed: money, and numbers of people or things."""
        return [
            column.key
            for column in self.columns
            if column.kind == "money"
            or (column.kind == "number" and shown_field(self.cls, column.key).kind.name == "whole")
        ]

    # What a grid asks

    def count(self) -> int:
        """How many rows are shown."""
        if self._listing is None:
            self.renew()
        return self._listing.count if self._listing is not None else 0

    @property
    def capped(self) -> bool:
        """Whether a search found more than are counted."""
        listing = self._listing
        return listing is not None and bool(listing.query.text.strip()) and listing.count > CAP

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some rows with all their cells; what has been taken back meanwhile stays as an empty row."""
        listing = self._listing
        if listing is None:
            return []
        with self.ledger.read() as rows:
            if listing.ordering is None:
                found: Sequence[R | None] = rows.page(listing.query, offset, limit)
            else:
                found = listing.ordering.records(rows, offset, limit)
            there = [record for record in found if record is not None]
            made = {row.id: row for row in self.make_rows(rows, there)}
        empty = GridRow("", [""] * len(self.columns))
        return [empty if record is None else made[record.id] for record in found]

    def rows_of(self, ids: Sequence[str]) -> list[GridRow]:
        """Rows by their ids."""
        with self.ledger.read() as rows:
            return self.make_rows(rows, list(rows.many(self.cls, list(ids)).values()))

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids alone, which is quicker."""
        listing = self._listing
        if listing is None:
            return []
        with self.ledger.read() as rows:
            if listing.ordering is None:
                return rows.ids(listing.query, limit, offset)
            return listing.ordering.ids(rows, offset, limit)

    def place(self, record: str) -> int | None:
        """Row number of a record."""
        return self.places([record]).get(record)

    def places(self, records: Sequence[str]) -> dict[str, int]:
        """Row numbers of several records; those that are not there are left out."""
        listing = self._listing
        if listing is None:
            return {}
        with self.ledger.read() as rows:
            if listing.ordering is not None:
                return listing.ordering.places(rows, records)
            found = {record: rows.arrival(self.cls, record) for record in records}
        return {record: place for record, place in found.items() if place is not None}

    def totals(self) -> dict[str, str]:
        """How many, and the sum of each column of money."""
        if not self.columns:
            return {}
        first, noun = self.columns[0].key, self.noun
        if self.capped:
            return {first: f"合计 超过 {CAP:,} {noun}"}
        money = {column.key for column in self.columns if column.kind == "money"}
        shown = {
            name: show_wan(self._sums[name]) if name in money else f"{self._sums[name]:,}"
            for name in self._summed()
            if name in self._sums
        }
        return {first: f"合计 {self.count():,} {noun}"} | shown


def _order(ledger: Ledger, query: Query[Any], stop: Stop) -> Listing[Any]:
    with ledger.read() as rows:
        found = paging.paged(rows, query, stop) or far_paging.far_paged(rows, query, stop)
        ordering = found if found is not None else orders.order(rows, query, stop)
    return Listing(query, len(ordering), ordering)


def _sums(
    ledger: Ledger, query: Query[Any], names: list[str], many: int, stop: Stop
) -> dict[str, int]:
    with ledger.read() as rows:
        return rows.sums(query, names, stop, many)[1]
