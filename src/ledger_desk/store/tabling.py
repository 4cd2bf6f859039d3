"""Reading columns of many records at once: tuples of stored values, no record made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger_desk.store import orders
from ledger_desk.store.columns import Column
from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Query, Rows


def read_columns(
    rows: Rows, query: Query[Any], wanted: Sequence[Column], live: Sequence[Column] = ()
) -> list[tuple[Any, ...]]:
    """Read columns of all records of a query, in its order.

    Args:
        rows: The picture of the ledger.
        query: Which records.
        wanted: Columns (`store.columns.column`, `title`), also of records referred to.
        live: References whose record must not lie in the recycle bin; empty ones pass.

    Returns:
        One tuple a record: its id, then the stored value of each column, None or '' for nothing.
    """
    table = query.cls.TABLE
    source, bound = rows._source(query, *wanted, *live)
    for each in live:
        source += f" AND NOT EXISTS (SELECT 1 FROM {each.ref} AS bin WHERE bin.id = {each.sql} AND bin.removed = 1)"
    shown = "".join(f", {column.sql}" for column in wanted)
    if not rows._is_worded(query):
        order = orders.order_by(query)
        return fetch(
            rows.connection, f"SELECT {table}.id{shown} FROM {source} ORDER BY {order}", bound
        )
    place = {number: n for n, number in enumerate(orders.order(rows, query).numbers)}
    found = fetch(rows.connection, f"SELECT {table}.rowid, {table}.id{shown} FROM {source}", bound)
    found.sort(key=lambda row: place[row[0]])
    return [row[1:] for row in found]
