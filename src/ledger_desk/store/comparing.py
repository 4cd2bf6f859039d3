"""Comparing two copies that went apart, field by field, by what each change replaced.

The same firm may have been made in both copies under different ids: the same valid credit code means
the same enterprise, and the smaller id speaks for both (`decisions.md` 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model import identifiers
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.lineage import ALL, COLUMNS, Change, Names, fetch, to_change

START = ""  # identity of "before the record existed"


@dataclass(frozen=True)
class Difference:
    """One field that differs. ``newer``: ``a`` or ``b`` where one copy simply went on, else ``both``.

    ``common`` is the value from which both went apart; stored values throughout. The field ``*``
    stands for the record itself (True: it exists).
    """

    table: str
    record: str
    field: str
    a: Any
    b: Any
    common: Any
    newer: str


@dataclass(frozen=True)
class Comparison:
    """Differences that settle themselves, conflicts that a person must settle, and counts."""

    differences: tuple[Difference, ...]
    conflicts: tuple[Difference, ...]
    only_a: int
    only_b: int
    shared_steps: int

    def swapped(self) -> Comparison:
        """The same comparison seen from the other copy."""

        def turn(some: tuple[Difference, ...]) -> tuple[Difference, ...]:
            word = {"a": "b", "b": "a", "both": "both"}
            return tuple(
                Difference(d.table, d.record, d.field, d.b, d.a, d.common, word[d.newer])
                for d in some
            )

        return Comparison(
            turn(self.differences),
            turn(self.conflicts),
            self.only_b,
            self.only_a,
            self.shared_steps,
        )


@dataclass(frozen=True)
class _Version:
    """One value of one field: the change that set it, the one it replaced, and the value."""

    ref: str
    parent: str
    value: Any


class _Copy:
    """The changes of one copy that the other does not have, and the heads of the fields they touch."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.names = Names(connection)
        self.steps = {f"{r}:{n}": (i, f, c) for i, r, n, f, c in fetch(
            connection, "SELECT id, replica, n, first, count FROM step ORDER BY id")}  # fmt: skip

    def changes(self, refs: set[str]) -> Iterator[Change]:
        for ref, (_, first, count) in self.steps.items():
            if ref in refs:
                sql = f"SELECT {COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id"
                yield from map(to_change, fetch(self.connection, sql, (first, first + count)))

    def versions(self, changes: list[Change], fields: set[str]) -> dict[str, list[_Version]]:
        """All versions of each of ``fields`` of one record, oldest first; making it counts for all."""
        found: dict[str, list[_Version]] = {}
        for change in changes:
            ref = self.names.ref(change.step)
            whole = change.before is None or change.after is None
            for name in (*fields, ALL) if whole else (change.after or {}):
                line = found.setdefault(name, [])
                parent = line[-1].ref if line else START
                value = change.after is not None if name == ALL else (change.after or {}).get(name)
                if name == "removed" and value is None and change.after is not None:
                    value = 0
                line.append(_Version(ref, parent, value))
        return found

    def history(self, record: str) -> list[Change]:
        sql = f"SELECT {COLUMNS} FROM change WHERE record = ? ORDER BY id"
        return [to_change(row) for row in fetch(self.connection, sql, (record,))]


def compare(a: Ledger, b: Ledger) -> Comparison:
    """Compare two copies of a ledger, or two ledgers that share nothing.

    Nothing is written, and nothing counts twice: steps that both have are known by their identity.
    """
    with a.read() as rows_a, b.read() as rows_b:
        left, right = _Copy(rows_a.connection), _Copy(rows_b.connection)
        shared = set(left.steps) & set(right.steps)
        only_a, only_b = set(left.steps) - shared, set(right.steps) - shared
        touched: dict[tuple[str, str], None] = {}
        for copy, refs in ((left, only_a), (right, only_b)):
            for change in copy.changes(refs):
                touched.setdefault((change.table, change.record))
        same = _same_firms(left, right)
        differences: list[Difference] = []
        conflicts: list[Difference] = []
        done: set[tuple[str, str]] = set()
        for table, record in sorted(touched):
            one, other = same.get(record, (record, record))
            if (one, other) in done:
                continue
            done.add((one, other))
            for found in _record(table, left, right, one, other):
                (conflicts if found.newer == "both" else differences).append(found)
    return Comparison(tuple(differences), tuple(conflicts), len(only_a), len(only_b), len(shared))


def _same_firms(left: _Copy, right: _Copy) -> dict[str, tuple[str, str]]:
    """Pairs (id in a, id in b) of live firms with the same valid code, by either id.

    Only ids that the other copy has never seen are joined: a firm that one copy removed and made
    again is told as what it is, a removal and a new record.
    """
    sql = "SELECT code, id FROM enterprise WHERE removed = 0 AND code IS NOT NULL"
    codes = dict(fetch(left.connection, sql))
    found: dict[str, tuple[str, str]] = {}
    for code, other in fetch(right.connection, sql):
        one = codes.get(code)
        if one is None or one == other or left.history(other) or right.history(one):
            continue
        if identifiers.check_credit_code(code).ok:
            found[one] = found[other] = (one, other)
    return found


def _record(table: str, left: _Copy, right: _Copy, one: str, other: str) -> Iterator[Difference]:
    history_a, history_b = left.history(one), right.history(other)
    fields = {
        name for c in (*history_a, *history_b) for name in (*(c.before or ()), *(c.after or ()))
    }
    versions_a, versions_b = left.versions(history_a, fields), right.versions(history_b, fields)
    for name in sorted({*versions_a, *versions_b}):
        line_a, line_b = versions_a.get(name, []), versions_b.get(name, [])
        value_a, value_b = _last(name, line_a), _last(name, line_b)
        refs_a, refs_b = [v.ref for v in line_a], [v.ref for v in line_b]
        if value_a == value_b:
            continue
        if refs_b and refs_b[-1] in refs_a:
            newer, common = "a", value_b
        elif refs_a and refs_a[-1] in refs_b:
            newer, common = "b", value_a
        elif not line_a or not line_b:
            newer, common = ("b" if line_b else "a"), _nothing(name)
        else:
            newer, common = "both", _common(name, line_a, set(refs_b))
        yield Difference(table, min(one, other), name, value_a, value_b, common, newer)


def _nothing(name: str) -> Any:
    return False if name == ALL else None


def _last(name: str, line: list[_Version]) -> Any:
    return line[-1].value if line else _nothing(name)


def _common(name: str, line: list[_Version], refs: set[str]) -> Any:
    for version in reversed(line):
        if version.ref in refs:
            return version.value
    return _nothing(name)
