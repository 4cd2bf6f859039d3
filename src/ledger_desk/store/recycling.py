"""The recycle bin over all kinds of records: what lies in it, of which firm, since when, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import BY_TABLE, NOTED, Enterprise
from ledger_desk.store import reviewing
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.moves import Moves, settle
from ledger_desk.store.queries import Rows
from ledger_desk.store.restoring import Item, below

_DEEP = 4  # references followed up to a firm
_PLAIN = frozenset(["office", "bank", "person", "destination"])  # these lead to no firm


@dataclass(frozen=True)
class Binned:
    """One record in the bin; ``change`` is the change that put it there, the higher the later."""

    table: str
    record: str
    change: int


@dataclass(frozen=True)
class BinnedRow:
    """A record of the bin, told.

    Attributes:
        binned: Which.
        held: The record itself.
        firm: The firm that it belongs to, None for none and for a firm itself.
        step, step_name, at, person: The step that put it there: number, name, when, by whom.
        under: How many other records of the bin hang on it.
    """

    binned: Binned
    held: Record
    firm: Enterprise | None
    step: int
    step_name: str
    at: datetime
    person: str | None
    under: int


def listing(rows: Rows) -> list[Binned]:
    """List everything in the bin, what was put there last first; looks at every record once."""
    found: list[Binned] = []
    for table in BY_TABLE.keys() - NOTED:
        ids = [row[0] for row in fetch(rows.connection, f"SELECT id FROM {table} WHERE removed")]
        for some in chunks(ids):
            marks = ",".join("?" * len(some))
            sql = (
                f"SELECT record, max(id) FROM change WHERE record IN ({marks})"
                " AND after LIKE '%\"removed\":1%' GROUP BY record"
            )
            when = dict(fetch(rows.connection, sql, some))
            found += [Binned(table, record, when.get(record, 0)) for record in some]
    return sorted(found, key=lambda each: (-each.change, each.table, each.record))


def describe(rows: Rows, some: Sequence[Binned]) -> list[BinnedRow]:
    """Tell about some of them; those that left the bin meanwhile are left out."""
    steps = dict(_steps(rows, [each.change for each in some]))
    infos = reviewing.infos(rows, sorted(set(steps.values())))
    held: dict[Item, Record] = {}
    for table in {each.table for each in some}:
        ids = [each.record for each in some if each.table == table]
        held |= {(table, r): found for r, found in rows.many(BY_TABLE[table], ids).items()}
    told = []
    for each in some:
        record, info = held.get((each.table, each.record)), infos.get(steps.get(each.change, 0))
        if record is None or not record.removed or info is None:
            continue
        under = len(_in_bin(rows.connection, below(rows.connection, [(each.table, each.record)])))
        firm = None if each.table == Enterprise.TABLE else firm_of(rows, record)
        told.append(BinnedRow(each, record, firm, info.id, info.name, info.at, info.person, under))
    return told


def _steps(rows: Rows, changes: Sequence[int]) -> list[tuple[Any, ...]]:
    marks = ",".join("?" * len(changes))
    return fetch(rows.connection, f"SELECT id, step FROM change WHERE id IN ({marks})", changes)


def firm_of(rows: Rows, record: Record, deep: int = _DEEP) -> Enterprise | None:
    """Find the firm that a record belongs to, directly or through what it hangs on."""
    links = [spec for spec in fields_of(type(record)) if spec.ref and spec.ref not in _PLAIN]
    links.sort(key=lambda spec: spec.ref != Enterprise.TABLE)
    for spec in links:
        found: Any = rows.get(BY_TABLE[spec.ref], getattr(record, spec.name))
        if isinstance(found, Enterprise):
            return found
        if found is not None and deep:
            firm = firm_of(rows, found, deep - 1)
            if firm is not None:
                return firm
    return None


def family(rows: Rows, items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Give what else in the bin belongs to some records of it: (what they hang on, what hangs on them)."""
    known, waiting, above = set(items), list(items), []
    while waiting:
        table, record = waiting.pop()
        held: Any = rows.get(BY_TABLE[table], record)
        for spec in fields_of(BY_TABLE[table]) if held is not None else ():
            link = getattr(held, spec.name) if spec.ref else None
            if (
                link
                and (spec.ref, link) not in known
                and _in_bin(rows.connection, [(spec.ref, link)])
            ):
                known.add((spec.ref, link))
                above.append((spec.ref, link))
                waiting.append((spec.ref, link))
    under = [item for item in below(rows.connection, items) if item not in known]
    return above, _in_bin(rows.connection, under)


def _in_bin(connection: Connection, items: Sequence[Item]) -> list[Item]:
    """Those of some records that lie in the bin."""
    found: set[Item] = set()
    for table in {table for table, _ in items} - NOTED:
        for some in chunks([record for where, record in items if where == table]):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id FROM {table} WHERE removed AND id IN ({marks})"
            found.update((table, row[0]) for row in fetch(connection, sql, some))
    return [item for item in items if item in found]


def plan_out(connection: Connection, items: Sequence[Item]) -> Moves:
    """Work out how records leave the bin; what cannot, for instance a code given away, is kept."""
    moves = Moves()
    for table, record in _in_bin(connection, items):
        moves.updates.setdefault(table, {})[record] = {"removed": 0}
    settle(connection, moves)
    return moves
