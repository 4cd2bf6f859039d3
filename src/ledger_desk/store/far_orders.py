"""Whole lists in the order of words that few records share, or of the records that they refer to.

The names of firms are in a kept order already (`word_orders`). So the engine walks the firms in that
order and takes the visits of each by index; no name is read. Where there are few words, 拒访 or 正常经营
on 1,000,000 visits, each gets a rank and the engine sorts by ranks.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ledger_desk.store import collating
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.lineage import fetch
from ledger_desk.store.packed import PACKED, unpacked
from ledger_desk.store.word_orders import Column, give_way

if TYPE_CHECKING:
    from ledger_desk.store.queries import Query, Rows

MOST_WORDS = 2_000
_AT_ONCE = 10_000  # row numbers that are written down without a break
# Records of equal names have one rank, so that ties go by the row numbers of those who refer to them.
_RANKS = (
    "WITH o(k, id, word) AS MATERIALIZED ("
    "SELECT j.key, f.id, f.{word} FROM json_each(CAST(? AS TEXT)) AS j"
    " CROSS JOIN {table} AS f ON f.rowid = j.value),"
    " q(id, k, c) AS (SELECT id, k, word IS NOT lag(word) OVER (ORDER BY k) FROM o),"
    " r(id, k) AS (SELECT id, sum(c) OVER (ORDER BY k) FROM q)"
)


def few_words(rows: Rows, column: Column, *, by: str = "") -> Mapping[str, int] | None:
    """Give each word of a column its rank, equal ones of equal keys; None where there are many.

    Args:
        rows: The ledger.
        column: Table and column.
        by: Another column: the ranks of its values, each by the word beside it, instead.
    """
    table, word = column
    sql = (
        f"SELECT DISTINCT {by or word}, {word} FROM {table} NOT INDEXED WHERE {word} <> ''"
        f" LIMIT {MOST_WORDS + 1}"
    )
    found = fetch(rows.connection, sql)
    if len(found) > MOST_WORDS:
        return None
    keys = {word: collating.key(word) for _, word in found}
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    return {value: ranks[keys[word]] for value, word in found}


def by_ranks(
    rows: Rows, query: Query[Any], name: str, ranks: Mapping[str, int], *, descending: bool
) -> array[int]:
    """Give the row numbers of a query by the ranks of the values of a field; without one comes last."""
    table, falling = query.cls.TABLE, "DESC" if descending else "ASC"
    source, values = rows._source(replace(query, sort=()), reads=True)
    inner = (
        f"SELECT n FROM (SELECT {table}.rowid AS n, {table}.{name} AS w FROM {source})"
        f" LEFT JOIN r ON r.word = w ORDER BY r.k {falling} NULLS LAST, n {falling} LIMIT -1"
    )
    sql = (
        "WITH r(word, k) AS MATERIALIZED (SELECT key, value FROM json_each(?))"
        f" SELECT {PACKED} FROM ({inner})"
    )
    return unpacked(fetch(rows.connection, sql, [json.dumps(ranks), *values])[0][0])


def along(
    rows: Rows, query: Query[Any], link: str, column: Column, order: Sequence[int],
    stop: Stop | None, *, descending: bool,
) -> array[int]:  # fmt: skip
    """Give the row numbers of a query in the order of the records that it refers to.

    Args:
        rows: The ledger.
        query: What is listed.
        link: Its field that refers to them.
        column: Table and title of the records referred to.
        order: Row numbers of these as they shall stand, without those that have no title.
        stop: Whether nobody waits any more.
        descending: Ties go from the latest row to the first.

    Returns:
        Those that refer to none of them come last, by row number.
    """
    table, falling = query.cls.TABLE, "DESC" if descending else "ASC"
    source, values = rows._source(replace(query, sort=()))
    # Said outright: of many visits with a need the engine would look through all for each firm.
    taken = source.replace(table, f"{table} INDEXED BY {table}_{link}", 1)
    ranks = _RANKS.format(table=column[0], word=column[1])
    inner = (
        f"SELECT {table}.rowid AS n FROM r CROSS JOIN {taken} AND {table}.{link} = r.id"
        f" ORDER BY r.k, n {falling} LIMIT -1"
    )
    document = b"".join(_pieces(order, stop))
    found = unpacked(
        fetch(rows.connection, f"{ranks} SELECT {PACKED} FROM ({inner})", [document, *values])[0][0]
    )
    sql = f"SELECT {PACKED} FROM (SELECT {table}.rowid AS n FROM {source} ORDER BY n {falling} LIMIT -1)"
    if len(found) == fetch(rows.connection, f"SELECT count(*) FROM {source}", values)[0][0]:
        return found
    there = set(found)
    everything = unpacked(fetch(rows.connection, sql, values)[0][0])
    for start in range(0, len(everything), _AT_ONCE):
        give_way(stop)
        some = everything[start : start + _AT_ONCE]
        found.extend([number for number in some if number not in there])
    return found


def _pieces(numbers: Sequence[int], stop: Stop | None) -> Iterator[bytes]:
    """Row numbers as a JSON list, piece by piece."""
    yield b"["
    for start in range(0, len(numbers), _AT_ONCE):
        give_way(stop)
        piece = ",".join(map(str, numbers[start : start + _AT_ONCE]))
        yield f"{',' if start else ''}{piece}".encode()
    yield b"]"
