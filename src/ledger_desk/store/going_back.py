"""Going back to a step: everything after it is taken back as one new step, itself undoable.

Values come back as they were, also as to whose they are, so that older steps can still be taken
back one by one afterwards. Kept is what records things done outside of the ledger, whatever that
needs, and the names of people who signed steps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE, NOTED, Person
from ledger_desk.progress import Progress, silent
from ledger_desk.store import lineage, rowing
from ledger_desk.store.lineage import Change, chunks, fetch
from ledger_desk.store.moves import Kept, Moves, UndoPlan
from ledger_desk.store.overlay import values_before
from ledger_desk.store.queries import Rows
from ledger_desk.store.standing import NOT_TAKEN_BACK
from ledger_desk.store.undo_planning import UndoPlanner

_SENT = "登记的是已经办了的事，收不回来，保留"
_SIGNED = "有步骤是这个人做的，名字要留着"


@dataclass(frozen=True)
class Part:
    """What going back does to the records of one class: how many come back, change back, go away."""

    label: str
    returned: int = 0
    changed: int = 0
    gone: int = 0


@dataclass(frozen=True)
class BackPlan:
    """What going back to a step would do.

    Attributes:
        plan: The step that is gone back to, how many records are touched, what is kept and why.
        steps: How many steps are taken back.
        parts: The same by class of record, in menu order.
    """

    plan: UndoPlan
    steps: int
    parts: tuple[Part, ...]


class _BackPlanner(UndoPlanner):
    """Works out the way back, some records at a time."""

    def __init__(self, connection: Connection, step: int) -> None:
        super().__init__(connection, step, ())
        sql = "SELECT first + count - 1 FROM step WHERE id = ?"
        self.last = int(connection.exec_driver_sql(sql, (step,)).scalar_one())
        marks = ",".join("?" * len(NOT_TAKEN_BACK))
        sql = f"SELECT id FROM step WHERE id > ? AND kind IN ({marks})"
        self._final = {row[0] for row in fetch(connection, sql, (step, *sorted(NOT_TAKEN_BACK)))}
        sql = (
            "SELECT person FROM step WHERE id > ? UNION SELECT value FROM meta WHERE key = 'person'"
        )
        self._signed = {row[0] for row in fetch(connection, sql, (step,))}

    def take(self, mine: dict[str, list[Change]]) -> None:
        """Plan some records, given with all their changes since."""
        histories = lineage.changes_of(self._connection, list(mine))
        now = self._now(mine)
        for record, since in mine.items():
            table, held = since[0].table, now.get(record)
            if any(change.step in self._final for change in since):
                self._keep(table, record, _SENT)
            elif since[0].before is None:
                if held is not None and table == Person.TABLE and record in self._signed:
                    self._keep(table, record, _SIGNED)
                elif held is not None:
                    self.made[record] = table
            else:
                older = (c for c in histories[record] if c.id <= self.last)
                self._put(table, record, since, held, lineage.fold(older, self._names))

    def _put(
        self, table: str, record: str, since: list[Change], held: dict[str, Any] | None,
        then: lineage.Lineage,
    ) -> None:  # fmt: skip
        values, whole = values_before(since)
        if held is None:
            self.moves.inserts.setdefault(table, {})[record] = values
            self.moves.owners[record] = then.owners
            return
        if whole:
            names = rowing.columns(BY_TABLE[table])[2:]
            values = {**dict.fromkeys(names), "removed": 0, **values}
        older = {name: value for name, value in values.items() if held[name] != value}
        if older:
            self.moves.updates.setdefault(table, {})[record] = older
            self.moves.owners[record] = {n: s for n in older if (s := then.owner(n)) is not None}

    def _keep(self, table: str, record: str, why: str) -> None:
        self.moves.kept.append(Kept(table, record, (), why, fixed=True))

    def _now(self, mine: dict[str, list[Change]]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for table in {since[0].table for since in mine.values()}:
            records = [record for record, since in mine.items() if since[0].table == table]
            found |= Rows(self._connection).stored(BY_TABLE[table], records)
        return found


def plan_back(
    connection: Connection, step: int, progress: Progress = silent
) -> tuple[BackPlan, Moves]:
    """Work out what going back to a step does; nothing is written.

    Raises:
        UserError: There is no such step, or nothing comes after it.
        Cancelled: From ``progress``.
    """
    row = connection.exec_driver_sql("SELECT name FROM step WHERE id = ?", (step,)).first()
    if row is None:
        raise UserError(f"没有第 {step} 步。请在“修改记录”里看步骤的编号。")
    later = connection.exec_driver_sql("SELECT count(*) FROM step WHERE id > ?", (step,)).scalar()
    if not later:
        raise UserError(f"第 {step} 步“{row[0]}”就是最近一步，没有要退回的。")
    planner = _BackPlanner(connection, step)
    progress(0, 0, "正在看后来改了什么")
    sql = "SELECT DISTINCT record FROM change WHERE id > ?"
    records = [each[0] for each in fetch(connection, sql, (planner.last,))]
    for number, some in enumerate(chunks(records)):
        progress(number * len(some), len(records), "正在看后来改了什么")
        marks = ",".join("?" * len(some))
        sql = (
            f"SELECT {lineage.COLUMNS} FROM change WHERE record IN ({marks}) AND id > ? ORDER BY id"
        )
        mine: dict[str, list[Change]] = {}
        for each in fetch(connection, sql, (*some, planner.last)):
            mine.setdefault(each[3], []).append(lineage.to_change(each))
        planner.take(mine)
    moves = planner.finish()
    return BackPlan(moves.plan(step, row[0]), int(later), _parts(moves)), moves


def _parts(moves: Moves) -> tuple[Part, ...]:
    counts = [
        Counter({table: len(some) for table, some in group.items()})
        for group in (moves.inserts, moves.updates, moves.deletes)
    ]
    told = [cls for table, cls in BY_TABLE.items() if table not in NOTED]
    parts = [Part(cls.LABEL, *(count[cls.TABLE] for count in counts)) for cls in told]
    return tuple(part for part in parts if part.returned + part.changed + part.gone)
