"""Planning the undo of one step: what goes away, what is put back, what is kept and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import lineage, schema
from ledger_desk.store.lineage import ALL, Change, Lineage, Names, chunks, fetch
from ledger_desk.store.moves import Kept, Moves, settle
from ledger_desk.store.queries import Rows


class UndoPlanner:
    """Works out the undo of one step, some records at a time."""

    def __init__(self, connection: Connection, step: int, revert: Collection[str] | None) -> None:
        """Plan with the chosen records, or (None) with everything taken back."""
        self._connection, self._step, self._revert = connection, step, revert
        self._names = Names(connection)
        self.made: dict[str, str] = {}  # what the step made and nobody edited: record → table
        self._edited: dict[str, str] = {}  # what the step made and somebody edited
        self._later: dict[
            str, tuple[str, dict[str, Any]]
        ] = {}  # table, older values of such fields
        self.moves = Moves()

    def take(self, mine: dict[str, list[Change]]) -> None:
        """Plan some records, given with their changes in the step."""
        histories = lineage.changes_of(self._connection, list(mine))
        kept: list[Kept] = []
        for record, changes in mine.items():
            history = histories[record]
            now = lineage.fold(history, self._names)
            if changes[0].before is None:
                if changes[-1].after is not None and now.exists:
                    kept += self._plan_made(changes[0], now)
            elif changes[-1].after is not None and now.exists:  # one that went is not undone so
                earlier = lineage.fold((c for c in history if c.step < self._step), self._names)
                kept += self._plan_changed(changes, earlier, now)
        self.moves.kept += self._unlike(kept, mine)

    def _plan_made(self, change: Change, now: Lineage) -> Iterable[Kept]:
        since = sorted(n for n, step in now.owners.items() if n != ALL and step != self._step)
        if since:
            self._edited[change.record] = change.table
            yield Kept(change.table, change.record, tuple(since), "这条记录后来又改过，保留")
        elif now.owner(ALL) == self._step:
            self.made[change.record] = change.table

    def _plan_changed(
        self, changes: list[Change], earlier: Lineage, now: Lineage
    ) -> Iterable[Kept]:
        table, record = changes[0].table, changes[0].record
        values: dict[str, Any] = {}
        for change in changes:
            for name, value in (change.before or {}).items():
                values.setdefault(name, value)
        self.moves.owners[record] = {
            name: step for name in values if (step := earlier.owner(name)) is not None
        }
        later = {name: values.pop(name) for name in list(values) if now.owner(name) != self._step}
        if values:
            self.moves.updates.setdefault(table, {})[record] = values
        if later:
            self._later[record] = table, later
            yield Kept(table, record, tuple(sorted(later)), "这几项后来又改过，保留现在的内容")

    def _unlike(self, kept: list[Kept], records: Iterable[str]) -> Iterable[Kept]:
        """Leave out what has its older value already, for instance put back by hand.

        Args:
            kept: What was edited since, among ``records``.
            records: Those planned just now.
        """
        concerned = set(records)
        for table, items in self.moves.updates.items():
            mine = [record for record in items if record in concerned]
            held = Rows(self._connection).stored(BY_TABLE[table], mine)
            for record in mine:
                values = {n: v for n, v in items[record].items() if held[record][n] != v}
                items[record] = values
                if not values:
                    del items[record]
        for table in sorted({item.table for item in kept}):
            some = [item for item in kept if item.table == table]
            held = Rows(self._connection).stored(BY_TABLE[table], [i.record for i in some])
            for item in some:
                older = self._later.get(item.record, (table, None))[1]
                now = held[item.record]
                names = tuple(
                    n for n in item.fields if older is None or n not in now or older[n] != now[n]
                )
                if names:
                    yield Kept(table, item.record, names, item.why)

    def finish(self) -> Moves:
        """Settle what hangs together, and give the moves."""
        moves = self.moves
        for record, (table, label) in self._needed(self.made).items():
            moves.kept.append(Kept(table, record, (), f"后来有{label}挂在它下面，保留"))
            self._edited[record] = table
        self._fix()
        chosen = {item.record for item in moves.kept if not item.fixed}
        if self._revert is not None:
            chosen &= set(self._revert)
        moves.kept = [item for item in moves.kept if item.record not in chosen]
        again = {record: self._edited[record] for record in sorted(chosen & self._edited.keys())}
        going = {**self.made, **again}
        for record, (table, _) in self._needed(going).items():
            moves.updates.setdefault(table, {})[record] = {"removed": 1}
            moves.owners[record] = {}
        for record, table in going.items():
            moves.deletes.setdefault(table, []).append(record)
        for record in sorted(chosen & self._later.keys()):
            table, values = self._later[record]
            moves.updates.setdefault(table, {}).setdefault(record, {}).update(values)
        settle(self._connection, moves)
        return moves

    def _fix(self) -> None:
        """Mark what is in the recycle bin already and has to stay there: others hang on it."""
        kept = self.moves.kept
        binned = {i.record for i in kept if i.record in self._edited and "removed" in i.fields}
        if not binned:
            return
        held = binned & self._needed({**self.made, **self._edited}).keys()
        tables = {record: self._edited[record] for record in held}
        stay = {
            record for table in set(tables.values())
            for record, now in Rows(self._connection).stored(
                BY_TABLE[table], [r for r, where in tables.items() if where == table]
            ).items()
            if now["removed"]
        }  # fmt: skip
        why = "已在回收站里，又有别的记录挂在它下面，保留"
        self.moves.kept = [
            replace(item, why=why, fixed=True) if item.record in stay else item for item in kept
        ]

    def _needed(self, going: dict[str, str]) -> dict[str, tuple[str, str]]:
        """Take out of ``going`` what records outside of it point to, until nothing changes.

        Returns:
            What was taken out: record → (its table, label of what points to it).
        """
        pointing = schema.references()
        found: dict[str, tuple[str, str]] = {}
        again = True
        while again:
            again = False
            for table in sorted(set(going.values())):
                ids = [record for record, where in going.items() if where == table]
                for child, name in pointing.get(table, ()):
                    for record in self._pointed_at(child, name, ids, going):
                        del going[record]
                        found[record] = (table, BY_TABLE[child].LABEL)
                        again = True
                    ids = [record for record in ids if record in going]
        return found

    def _pointed_at(self, child: str, name: str, ids: list[str], going: dict[str, str]) -> set[str]:
        moved = self.moves.updates.get(child, {})
        found = set()
        for some in chunks(ids):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, {name} FROM {child} WHERE {name} IN ({marks})"
            for row in fetch(self._connection, sql, some):
                # What this very undo turns away from the record does not hold it.
                if row[0] not in going and moved.get(row[0], {}).get(name, row[1]) == row[1]:
                    found.add(row[1])
        return found
