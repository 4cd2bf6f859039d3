"""When a whole list is wanted, whether an index helps or a plain walk over the table is quicker.

The engine takes any index of live records for a short cut, and then leaps from each of its entries
into the table: of 1,000,000 visits that costs four times a walk. An index helps where a condition
begins it, or where everything that is asked for stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from ledger_desk.store.schema import metadata

if TYPE_CHECKING:
    from ledger_desk.store.conditions import Where
    from ledger_desk.store.queries import Query

WALK = "NOT INDEXED"
_MANY = 100_000
# Computed names that have an index of their own expression.
_EXPRESSIONS: Mapping[str, frozenset[str]] = {"visit": frozenset({"facts"})}
# What an index answers by looking up; all else is asked of every row.
_LOOKED_UP = frozenset({"=", "<", "<=", ">", ">=", "in", "between", "notblank", "notnull"})


@lru_cache
def leading(table: str, *, live: bool = False) -> frozenset[str]:
    """Names in a table that begin an index; ``live``: one of just the live records."""
    found = set() if live else {"id"} | _EXPRESSIONS.get(table, frozenset())
    for index in metadata().tables[table].indexes:
        rows = index.dialect_options["sqlite"]["where"]
        if live and str(rows) != "removed = 0":
            continue
        first = next(iter(index.expressions))
        name = first.name if isinstance(first, Column) else str(first).partition(",")[0].strip()
        if name.isidentifier():
            found.add(name)
    return frozenset(found)


def hint(query: Query[Any], *, reads: bool) -> str:
    """Give `WALK` where a walk over the table is the quickest, else nothing.

    Args:
        query: All of whose records are wanted, not a first page of them.
        reads: Whether more of each record is read than its conditions and its order.
    """
    table = query.cls.TABLE
    if query.text.strip() or _is_led(table, query.where):
        return ""
    plain = len(query.sort) == 1 and query.sort[0][0] in leading(table, live=True)
    covered = not query.where and not reads and (plain or not query.sort)
    return "" if covered else f" {WALK}"


def is_covered(query: Query[Any], names: Sequence[str]) -> bool:
    """Whether an index of live records holds the one field that is read of all of them."""
    alone = not query.where and not query.removed and len(names) == 1
    return alone and names[0] in leading(query.cls.TABLE, live=True)


def past_indexes(source: str, table: str, many: int) -> str:
    """Give what comes after FROM for records that are so many that a walk beats the leaps to them."""
    walk = many > _MANY and WALK not in source and source.startswith(f"{table} ")
    return source.replace(table, f"{table} {WALK}", 1) if walk else source


def _is_led(table: str, wheres: Sequence[Where]) -> bool:
    for where in wheres:
        if where.op == "any":
            if where.value and all(_is_led(table, (each,)) for each in where.value):
                return True
        elif where.op in _LOOKED_UP and where.field.partition(".")[0] in leading(table):
            return True
    return False
