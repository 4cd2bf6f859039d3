"""Where an event happened: it keeps the township that its firm had on that day (`decisions.md` 25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.lineage import chunks, fetch


@cache
def keeps_place(cls: Any) -> bool:
    """Whether records of a class belong to a firm and keep its township."""
    known = field_map(cls)
    return "enterprise" in known and "township" in known


def placed(
    connection: Connection, cls: type[Record], rows: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """Give new rows of a class, with the firm's township where none was said.

    Args:
        connection: Sees the firms as they are in this step.
        cls: Class of the rows.
        rows: Field → value.
    """
    key: Any = cls  # the type checker does not see that a class is hashable
    if not keeps_place(key):
        return rows
    firms = {row["enterprise"] for row in rows if row.get("enterprise") and not row.get("township")}
    places: dict[str, str] = {}
    for some in chunks(sorted(firms)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT id, township FROM enterprise WHERE id IN ({marks}) AND township <> ''"
        places.update(fetch(connection, sql, some))
    if not places:
        return rows
    return [
        row
        if row.get("township") or row.get("enterprise") not in places
        else {**row, "township": places[row["enterprise"]]}
        for row in rows
    ]
