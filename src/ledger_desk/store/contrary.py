"""Doing the contrary of a step that put older values back: of an undo, or of going back.

Every value comes back as what it was before, also as to whose it is; only where what the step left
still stands. That is doing an undone step again, and taking back that one went back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.engine import Connection

from ledger_desk.progress import Progress, silent
from ledger_desk.store import lineage
from ledger_desk.store.lineage import ALL, Change, Lineage, chunks, fetch
from ledger_desk.store.moves import Kept, Moves
from ledger_desk.store.undo_planning import UndoPlanner

_EDITED = "这几项后来又改过，保留现在的内容"
_MADE = "这条记录后来又改过，保留"


class Contrary(UndoPlanner):
    """Works out the contrary of one compensating step, some records at a time."""

    def __init__(
        self, connection: Connection, step: int, revert: Collection[str] | None, *, fixed: bool
    ) -> None:
        """Plan against ``step``; ``fixed``: what was edited since cannot be chosen."""
        super().__init__(connection, step, revert)
        self._fixed = fixed

    def take(self, mine: dict[str, list[Change]]) -> None:
        """Plan some records, given with their changes in the step."""
        histories = lineage.changes_of(self._connection, list(mine))
        kept: list[Kept] = []
        for record, changes in mine.items():
            history, change = histories[record], changes[0]
            now = lineage.fold(history, self._names)
            then = lineage.fold((c for c in history if c.step < self._step), self._names)
            put = self._names.unpack(change.owners)  # whose values the step left in place
            if change.after is None:
                if not now.exists:
                    self.moves.inserts.setdefault(change.table, {})[record] = dict(
                        change.before or {}
                    )
                    self.moves.owners[record] = then.owners
            elif not now.exists:
                continue
            elif change.before is None:
                kept += self._plan_inserted(change, put, now)
            else:
                kept += self._plan_updated(change, put, now, then)
        self.moves.kept += kept if self._fixed else self._unlike(kept, mine)

    def _plan_inserted(self, change: Change, put: dict[str, int], now: Lineage) -> Iterable[Kept]:
        whole = put.get(ALL, self._step)
        if now.owner(ALL) != whole:
            return
        since = sorted(n for n, step in now.owners.items() if step != put.get(n, whole))
        if since:
            self._edited[change.record] = change.table
            yield Kept(change.table, change.record, tuple(since), _MADE, fixed=self._fixed)
        else:
            self.made[change.record] = change.table

    def _plan_updated(
        self, change: Change, put: dict[str, int], now: Lineage, then: Lineage
    ) -> Iterable[Kept]:
        table, record = change.table, change.record
        older = dict(change.before or {})
        self.moves.owners[record] = {n: s for n in older if (s := then.owner(n)) is not None}
        ours = {n: v for n, v in older.items() if now.owner(n) == put.get(n, self._step)}
        later = {n: v for n, v in older.items() if n not in ours}
        if ours:
            self.moves.updates.setdefault(table, {})[record] = ours
        if later:
            if not self._fixed:
                self._later[record] = table, later
            yield Kept(table, record, tuple(sorted(later)), _EDITED, fixed=self._fixed)


def plan_contrary(
    connection: Connection,
    step: int,
    *,
    revert: Collection[str] | None = (),
    fixed: bool = False,
    progress: Progress = silent,
    says: str = "正在看能恢复多少",
) -> Moves:
    """Plan the contrary of a step that carries whose values it put back.

    Args:
        connection: A reader's or the writer's.
        step: Number of the undo, redo or going back.
        revert: Ids of kept records that are taken along all the same; None: everything.
        fixed: What was edited since is kept for good.
        progress: Told after some hundreds of records.
        says: What it tells.
    """
    first, count = connection.exec_driver_sql(
        "SELECT first, count FROM step WHERE id = ?", (step,)
    ).one()
    planner = Contrary(connection, step, revert, fixed=fixed)
    sql = f"SELECT {lineage.COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id"
    mine: dict[str, list[Change]] = {}
    for row in fetch(connection, sql, (first, first + count)):
        mine.setdefault(row[3], []).append(lineage.to_change(row))
    for number, some in enumerate(chunks(list(mine))):
        progress(number * len(some), len(mine), says)
        planner.take({record: mine[record] for record in some})
    return planner.finish()
