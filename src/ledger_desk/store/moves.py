"""What taking a step back, or doing it again, puts in place; and what stands in the way of it.

A plan is made of stored values. Before it is carried out, what the ledger could not hold is taken
out of it again and named: a reference to a record that is gone, a code that another firm has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import BY_TABLE, NOTED, Enterprise
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.queries import Rows

_BATCH = 1000  # records between two reports: cancelling takes effect within a moment


@dataclass(frozen=True)
class Kept:
    """Something that taking a step back would leave as it is, and why.

    Attributes:
        table, record: The record.
        fields: Names of the fields that were edited since; empty where it is kept as a whole.
        why: A short Chinese sentence.
        fixed: It cannot be chosen to be taken back all the same: the ledger could not hold it.
    """

    table: str
    record: str
    fields: tuple[str, ...]
    why: str
    fixed: bool = False


@dataclass(frozen=True)
class UndoPlan:
    """What taking back (or doing again) a step does.

    Attributes:
        step, name: The step.
        restored: Records that are touched in all.
        kept: What is left as it is.
        gone: Of the restored ones: records that go away altogether (or come back, for redo).
    """

    step: int
    name: str
    restored: int
    kept: tuple[Kept, ...]
    gone: int = 0


@dataclass
class Moves:
    """Stored values to put in place, by table; ``owners`` names the steps whose values they are."""

    inserts: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    updates: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    deletes: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, dict[str, int]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)

    def count(self) -> int:
        """Records that are touched.

        What the program notes for itself counts only where a step did nothing else.
        """
        parts = (*self.inserts.items(), *self.updates.items(), *self.deletes.items())
        told = sum(len(some) for table, some in parts if table not in NOTED)
        return told or (0 if self.kept else sum(len(some) for _, some in parts))

    def gone(self) -> int:
        """Records that go away or come back."""
        if not self.updates.keys() - NOTED:
            return self.count()
        return sum(
            len(some)
            for table, some in (*self.inserts.items(), *self.deletes.items())
            if table not in NOTED
        )

    def plan(self, step: int, name: str) -> UndoPlan:
        """Say what this does."""
        return UndoPlan(step, name, self.count(), tuple(self.kept), self.gone())


def settle(connection: Connection, moves: Moves) -> None:
    """Take out of the moves what the ledger could not hold, and name it among what is kept."""
    while _drop_clashes(connection, moves) or _drop_dangling(connection, moves):
        pass


def _drop_dangling(connection: Connection, moves: Moves) -> bool:
    """Leave out references to records that are gone. True when something was left out."""
    found = False
    for what in (moves.updates, moves.inserts):
        for table, items in what.items():
            links = [spec for spec in fields_of(BY_TABLE[table]) if spec.ref]
            for link in links:
                wanted = {values[link.name] for values in items.values() if values.get(link.name)}
                missing = wanted - _existing(connection, link.ref, wanted)
                missing -= set(moves.inserts.get(link.ref, ()))
                for record in [r for r, v in items.items() if v.get(link.name) in missing]:
                    label = BY_TABLE[link.ref].LABEL
                    found = True
                    if what is moves.inserts:
                        del items[record]
                        why = f"它指的{label}已经不在，恢复不了"
                        moves.kept.append(Kept(table, record, (), why, fixed=True))
                    else:
                        _leave(moves, table, record, (link.name,), f"原来指的{label}已经不在")
    return found


def _existing(connection: Connection, table: str, records: set[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(sorted(records)):
        marks = ",".join("?" * len(some))
        found.update(r[0] for r in fetch(connection, f"SELECT id FROM {table} WHERE id IN ({marks})", some))  # fmt: skip
    return found


def _leave(moves: Moves, table: str, record: str, names: tuple[str, ...], why: str) -> None:
    """Leave some fields of a planned update as they are."""
    values = moves.updates[table][record]
    for name in names:
        values.pop(name, None)
        moves.owners.get(record, {}).pop(name, None)
    if not values:
        del moves.updates[table][record]
    moves.kept.append(Kept(table, record, names, f"{why}，保留现在的内容", fixed=True))


def _codes(connection: Connection, moves: Moves) -> Iterator[tuple[str, str | None, str | None]]:
    """(firm, live code before, live code after) of each firm whose live code would change."""
    items = moves.updates.get(Enterprise.TABLE, {})
    concerned = [record for record, v in items.items() if "code" in v or "removed" in v]
    held = Rows(connection).stored(Enterprise, concerned)
    for record in concerned:
        now = held.get(record)
        if now is not None:
            then = {**now, **items[record]}
            before, after = (v["code"] if not v["removed"] else None for v in (now, then))
            if before != after:
                yield record, before, after
    for record, values in moves.inserts.get(Enterprise.TABLE, {}).items():
        if values.get("code") and not values.get("removed"):
            yield record, None, values["code"]


def _drop_clashes(connection: Connection, moves: Moves) -> bool:
    """Leave out codes that another live firm has by now. True when something was left out."""
    changing = list(_codes(connection, moves))
    freed = {record for record, _, _ in changing} | set(moves.deletes.get(Enterprise.TABLE, ()))
    taken: dict[str, str] = {}
    for some in chunks(sorted({after for _, _, after in changing if after})):
        marks = ",".join("?" * len(some))
        sql = f"SELECT code, id FROM enterprise WHERE removed = 0 AND code IN ({marks})"
        rows = fetch(connection, sql, some)
        taken |= {code: record for code, record in rows if record not in freed}
    clashing = [
        record for record, _, after in changing if after and taken.setdefault(after, record) != record
    ]  # fmt: skip
    found = bool(clashing)
    why = "账里已另有一户用着这个统一社会信用代码"
    if not found:
        clashing = _in_turn(changing)[1]
        why = "几户之间互换了统一社会信用代码"
    for record in clashing:
        if record in moves.inserts.get(Enterprise.TABLE, {}):
            del moves.inserts[Enterprise.TABLE][record]
            moves.kept.append(Kept(Enterprise.TABLE, record, (), f"{why}，恢复不了", fixed=True))
        else:
            values = moves.updates[Enterprise.TABLE][record]
            names = tuple(name for name in ("code", "removed") if name in values)
            _leave(moves, Enterprise.TABLE, record, names, why)
    return bool(clashing)


def _in_turn(
    changing: list[tuple[str, str | None, str | None]],
) -> tuple[list[set[str]], list[str]]:
    """Order changes of live codes so that none is taken before it is given up.

    Returns:
        Firms in waves, one to be written after the other; and those that wait for each other in
        a ring, which cannot be written at all.
    """
    holders = {before: record for record, before, _ in changing if before}
    waves: list[set[str]] = []
    waiting = changing
    while waiting:
        ready = [
            each for each in waiting if not each[2] or holders.get(each[2], each[0]) == each[0]
        ]
        if not ready:
            break
        for _, before, _ in ready:
            holders.pop(before or "", None)
        waves.append({record for record, _, _ in ready})
        waiting = [each for each in waiting if each[0] not in waves[-1]]
    return waves, [record for record, _, _ in waiting]


def carry_out(step: Step, moves: Moves, progress: Progress = silent) -> None:
    """Write planned moves as changes of ``step``; references are checked at the commit.

    Codes are given up before others take them, so that two firms never hold one at the same time.

    Raises:
        Cancelled: From ``progress``.
    """
    waves, _ = _in_turn(list(_codes(step.rows.connection, moves)))
    turn = {record: number for number, wave in enumerate(waves, 1) for record in wave}
    total, done = moves.count(), 0

    def tell(some: int) -> None:
        nonlocal done
        done += some
        progress(min(done, total), total, "")

    for table, records in moves.deletes.items():
        for some in chunks(records, _BATCH):
            tell(len(some))
            step.delete(BY_TABLE[table], some)
    for number in range(len(waves) + 1):
        for table, items in moves.updates.items():
            ready = [item for item in items.items() if turn.get(item[0], 0) == number]
            for some_items in chunks(ready, _BATCH):
                tell(len(some_items))
                owners = {record: moves.owners.get(record, {}) for record, _ in some_items}
                step.update(BY_TABLE[table], some_items, owners)
    for table, rows in moves.inserts.items():
        for some_items in chunks(list(rows.items()), _BATCH):
            tell(len(some_items))
            owners = {record: moves.owners.get(record, {}) for record, _ in some_items}
            step.insert(BY_TABLE[table], some_items, owners)
