"""Bringing back what was: one record or field as it was after a step, records out of the bin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import lineage, rowing, schema
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.moves import Kept, Moves, settle
from ledger_desk.store.overlay import values_before
from ledger_desk.store.queries import Rows

Item = tuple[str, str]  # table and id of a record


def stored_after(rows: Rows, table: str, record: str, step: int) -> dict[str, Any] | None:
    """Stored values of one record as they were after a step; None where it was not there then.

    Raises:
        UserError: The journal is damaged, or there is no such step.
    """
    sql = "SELECT first + count - 1 FROM step WHERE id = ?"
    last = rows.connection.exec_driver_sql(sql, (step,)).scalar()
    if last is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    cls = BY_TABLE[table]
    history = lineage.changes_of(rows.connection, [record])[record]
    now = rows.stored(cls, [record]).get(record)
    since = [change for change in history if change.id > last]
    if not since:
        return now
    if since[0].before is None:
        return None
    values, whole = values_before(since)
    names = rowing.columns(cls)[2:]
    base = {**dict.fromkeys(names), "removed": 0} if whole or now is None else now
    return {**base, "id": record, **values}


def record_after(rows: Rows, cls: type[Record], record: str, step: int) -> Record | None:
    """Give one record as it was after a step; None where it was not there then."""
    found = stored_after(rows, cls.TABLE, record, step)
    if found is None:
        return None
    return rowing.to_record(cls, tuple(found[name] for name in rowing.columns(cls)))


def plan_restore(
    connection: Connection, items: Sequence[Item], step: int, fields: Collection[str] = ()
) -> Moves:
    """Work out how records become again what they were after a step.

    Args:
        connection: A reader's or the writer's.
        items: The records.
        step: After which step.
        fields: Only these fields, of records that are there now; none: all of the record.
    What cannot come back is among what the moves keep, with the reason.
    """
    rows, moves = Rows(connection), Moves()
    for table, record in items:
        then = stored_after(rows, table, record, step)
        now = rows.stored(BY_TABLE[table], [record]).get(record)
        if then is None:
            moves.kept.append(Kept(table, record, (), "那时账里还没有它", fixed=True))
        elif now is None and fields:
            moves.kept.append(Kept(table, record, (), "它现在不在账里，请先恢复整条", fixed=True))
        elif now is None:
            values = {k: v for k, v in then.items() if v is not None and k != "id"}
            moves.inserts.setdefault(table, {})[record] = values
        else:
            wanted = fields or [name for name in then if name != "id"]
            older = {name: then[name] for name in wanted if then[name] != now[name]}
            if older:
                moves.updates.setdefault(table, {})[record] = older
    settle(connection, moves)
    return moves


def lost_below(then: Rows, now: Rows, items: Sequence[Item]) -> list[Item]:
    """Give what hung on some records in the past, live, and is in the bin or gone now."""
    found = []
    for table, record in below(then.connection, items):
        old, new = (rows.get(BY_TABLE[table], record) for rows in (then, now))
        if old is not None and not old.removed and (new is None or new.removed):
            found.append((table, record))
    return found


def below(connection: Connection, items: Sequence[Item]) -> list[Item]:
    """Give what hangs on some records, and on that, and so on, in the order of the tables."""
    return list(_walk(connection, items))


def _walk(connection: Connection, items: Sequence[Item]) -> Iterator[Item]:
    known, waiting = set(items), list(items)
    while waiting:
        found: list[Item] = []
        for table in sorted({table for table, _ in waiting}):
            ids = [record for where, record in waiting if where == table]
            for child, name in schema.references().get(table, ()):
                for some in chunks(ids):
                    marks = ",".join("?" * len(some))
                    sql = f"SELECT id FROM {child} WHERE {name} IN ({marks}) ORDER BY rowid"
                    found += [(child, row[0]) for row in fetch(connection, sql, some)]
        waiting = [item for item in dict.fromkeys(found) if item not in known]
        known.update(waiting)
        yield from waiting
