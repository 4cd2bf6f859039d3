"""Which step each field's present value comes from: folding a record's changes in order.

The *carrier* of a field is the last step that wrote it: the parent of the next change. Its *owner*
is the step whose value it is: the same step, except after an undo or redo, which put back another
step's value. Undo asks for the owner; comparing copies asks for the carrier.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE

if TYPE_CHECKING:  # the process beside an import does without the engine
    from sqlalchemy.engine import Connection

_CHUNK = 800  # bound parameters in one statement
T = TypeVar("T")
ALL = "*"  # stands for every field that a creation did not name, and for existence itself


@dataclass
class Lineage:
    """Where the values of one record come from; keys are field names and `ALL`."""

    exists: bool = False
    carriers: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)

    def carrier(self, name: str) -> int | None:
        """Step that last wrote the field, None before the record existed."""
        return self.carriers.get(name, self.carriers.get(ALL))

    def owner(self, name: str) -> int | None:
        """Step whose value the field holds."""
        return self.owners.get(name, self.owners.get(ALL))

    def touch(self, change: Change, owned: dict[str, int]) -> None:
        """Take one change into account; ``owned`` maps fields to the steps whose value was put back."""
        if change.before is None or change.after is None:
            self.carriers, self.owners = {ALL: change.step}, {ALL: owned.get(ALL, change.step)}
            self.exists = change.after is not None
            for name, step in owned.items():
                self.owners[name] = step
        else:
            for name in change.after:
                self.carriers[name] = change.step
                self.owners[name] = owned.get(name, change.step)


@dataclass(frozen=True)
class Change:
    """One row of the journal; ``before`` and ``after`` hold stored values by field, None: no record."""

    id: int
    step: int
    table: str
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    parents: str | None
    owners: str | None


COLUMNS = "id, step, record_table, record, before, after, parents, owners"


def to_change(row: Sequence[Any]) -> Change:
    """Make a change of a stored row in the order of `COLUMNS`.

    Raises:
        UserError: The row cannot be understood any more: the file is damaged.
    """
    try:
        before = None if row[4] is None else json.loads(row[4])
        after = None if row[5] is None else json.loads(row[5])
        known = row[2] in BY_TABLE
    except (TypeError, ValueError):
        known = False
    if not known:
        raise UserError("修改记录里有读不懂的变更，账套已损坏。请先做“体检”，再用最近的备份还原。")
    return Change(row[0], row[1], row[2], row[3], before, after, row[6], row[7])


def chunks(items: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that fit one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def fetch(connection: Connection, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Fetch all rows of one statement as plain tuples, without the cost of result objects."""
    cursor = connection.exec_driver_sql(sql, tuple(values)).cursor
    found: list[tuple[Any, ...]] = cursor.fetchall() if cursor is not None else []  # type: ignore[assignment]
    return found


def changes_of(connection: Connection, records: Sequence[str]) -> dict[str, list[Change]]:
    """Read all changes of the given records, oldest first, by record."""
    found: dict[str, list[Change]] = {record: [] for record in records}
    for some in chunks(records):
        marks = ",".join("?" * len(some))
        sql = f"SELECT {COLUMNS} FROM change WHERE record IN ({marks}) ORDER BY id"
        for row in fetch(connection, sql, some):
            found[row[3]].append(to_change(row))
    return found


class Names:
    """Step numbers of this file ↔ step identities ``replica:n`` that hold in every copy."""

    def __init__(self, connection: Connection) -> None:
        """Read identities through ``connection`` as they are asked for."""
        self._connection = connection
        self._refs: dict[int, str] = {}
        self._ids: dict[str, int] = {}

    def ref(self, step: int) -> str:
        """Identity of a step of this file."""
        if step not in self._refs:
            row = self._connection.exec_driver_sql(
                "SELECT replica, n FROM step WHERE id = ?", (step,)
            ).one()
            self.learn(step, f"{row[0]}:{row[1]}")
        return self._refs[step]

    def step(self, ref: str) -> int:
        """Number in this file of a step's identity."""
        if ref not in self._ids:
            replica, _, n = ref.partition(":")
            row = self._connection.exec_driver_sql(
                "SELECT id FROM step WHERE replica = ? AND n = ?", (replica, int(n))
            ).one()
            self.learn(int(row[0]), ref)
        return self._ids[ref]

    def learn(self, step: int, ref: str) -> None:
        """Remember a pair, for example of the step that is being written."""
        self._refs[step], self._ids[ref] = ref, step

    def pack(self, steps: dict[str, int]) -> str | None:
        """Write a map of field → step as JSON ``{identity: [fields]}``."""
        grouped: dict[str, list[str]] = {}
        for name, step in steps.items():
            grouped.setdefault(self.ref(step), []).append(name)
        return json.dumps(grouped, separators=(",", ":")) if grouped else None

    def unpack(self, text: str | None) -> dict[str, int]:
        """Read what `pack` wrote, back to the step numbers of this file."""
        if not text:
            return {}
        return {name: self.step(ref) for ref, names in json.loads(text).items() for name in names}


def fold(changes: Iterable[Change], names: Names) -> Lineage:
    """Fold a record's changes, oldest first, into where its values come from."""
    lineage = Lineage()
    for change in changes:
        lineage.touch(change, names.unpack(change.owners))
    return lineage
