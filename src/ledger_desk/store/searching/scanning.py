"""Search without the index: every firm is looked at, with the same answer in the same order."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from ledger_desk.store.lineage import fetch
from ledger_desk.store.searching.wanted import Wanted, packed


def scan(
    connection: Connection, wanted: Wanted, removed: bool, limit: int | None = None
) -> list[int]:
    """Give the row numbers of firms that match, the most recently touched first.

    Reads the search texts as they stand, so it sees what an open step has written.
    """
    # The engine leaves away what cannot match: a fragment of Chinese has all its characters there.
    must = {c for piece in wanted.pieces for c in piece.text if not piece.cuts}
    tests = "".join([" AND instr(i.text, ?) > 0"] * len(must))
    rows = fetch(
        connection,
        "SELECT e.rowid, i.text FROM enterprise_index i CROSS JOIN enterprise e ON e.id = i.id"
        f" WHERE e.removed = {int(removed)}{tests}",
        sorted(must),
    )
    matching = [row[0] for row in rows if wanted.matches(row[1])]
    order = fetch(
        connection,
        "SELECT h.value, coalesce(max(c.id), 0) AS touched FROM json_each(?) AS h"
        " CROSS JOIN enterprise e ON e.rowid = h.value LEFT JOIN change c ON c.record = e.id"
        " GROUP BY h.value ORDER BY touched DESC, h.value DESC",
        (packed(matching),),
    )
    return whole_first(connection, wanted, [int(row[0]) for row in order][:limit])


def whole_first(
    connection: Connection, wanted: Wanted, found: list[int], written: list[int] | None = None
) -> list[int]:
    """Put firms first whose code, registration number or internal number was typed whole.

    Only those are looked at in which it is written, where they are known.
    """
    if not wanted.code or len(found) < 2:
        return found
    looked_at = found if written is None else written
    rows = fetch(
        connection,
        "SELECT e.rowid, i.text FROM json_each(?) AS h CROSS JOIN enterprise e ON e.rowid = h.value"
        " CROSS JOIN enterprise_index i ON i.id = e.id",
        (packed(looked_at),),
    )
    whole = {row[0] for row in rows if wanted.is_exact(row[1])}
    if whole.isdisjoint(found):
        return found
    return sorted(found, key=lambda number: number not in whole)
