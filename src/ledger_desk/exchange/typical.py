"""What the ledger's own amounts look like, to notice a file that is off by a unit."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.queries import Query, Rows, Where

# So many records are looked at; fewer than these say nothing.
_MOST, _FEWEST = 300, 20


def amounts(rows: Rows, cls: type[Record], fields: Iterable[str]) -> dict[str, int]:
    """Give the middle amount in fen that the ledger holds in each money field of a class."""
    if cls.TABLE not in BY_TABLE:
        return {}
    known = field_map(cls)
    found = {}
    for name in fields:
        if known[name].kind.name != "money":
            continue
        records = rows.find(Query(cls, (Where(name, "notnull"),)), _MOST)
        values = [abs(value) for r in records if (value := getattr(r, name))]
        if len(values) >= _FEWEST:
            found[name] = round(median(values))
    return found
