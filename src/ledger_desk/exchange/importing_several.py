"""Several tables of one file, read in as one step: sixteen townships on sixteen sheets.

What the records of one table point to may stand in another, so the tables are read in the order in
which records need each other, whatever the order of the sheets.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger_desk.errors import UserError
from ledger_desk.exchange import intake_register, senders
from ledger_desk.exchange.importing import Decisions, run_table
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.results import ImportResult, step_name
from ledger_desk.exchange.targets import in_order
from ledger_desk.progress import Progress, silent
from ledger_desk.store.hurrying import hurry
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.tape import Tape

# Number of the table (from 0) → its decisions.
AllDecisions = MappingType[int, Decisions]


def dry_run_all(
    ledger: Ledger,
    tables: Sequence[Prepared],
    *,
    decisions: AllDecisions | None = None,
    create_missing: bool = False,
    keep: bool = False,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Say what reading several tables in would do, each seeing what the ones before it bring.

    Args:
        ledger: Open for writing.
        tables: From `preparing.prepare_all`, perhaps with corrected columns.
        decisions: For each table with any: row number → what to do (`importing.apply`).
        create_missing: For 工作台帐: make firms that are not known, by name.
        keep: Keep what was found, so that `apply_all` need not find it again.
        progress: May cancel.

    Returns:
        One result for each table, in the order given.

    Raises:
        UserError: A table lacks needed columns, or the ledger is open read-only.
        Cancelled: From ``progress``.
    """
    wish = _Wish(tables, decisions or {}, create_missing)
    with hurry(), ledger.rehearse() as step:
        if keep:
            step.tape = Tape()
        results = _run(ledger, step, wish, progress)
    if step.tape is None or not step.tape.whole:
        return results
    return [replace(result, kept=_Kept(wish, step.tape)) for result in results]


def apply_all(
    ledger: Ledger,
    tables: Sequence[Prepared],
    decisions: AllDecisions | None = None,
    expected_head: str | None = None,
    *,
    create_missing: bool = False,
    seen: Sequence[ImportResult] = (),
    progress: Progress = silent,
) -> list[ImportResult]:
    """Read several tables of a file in as one journal step; all of them or none.

    Args:
        ledger: Open for writing.
        tables: From `preparing.prepare_all`, perhaps with corrected columns.
        decisions: For each table with any: row number → what to do (`importing.apply`).
        expected_head: ``head`` of the dry run that the person saw.
        create_missing: For 工作台帐: make firms that are not known, by name.
        seen: Results of a dry run that kept what it found. Of the same tables and decisions, and
            where the ledger's head is still theirs, they are carried out as they stand.
        progress: May cancel until the step is written.

    Returns:
        One result for each table, in the order given; all name the same step.

    Raises:
        UserError: A table lacks needed columns, or the ledger cannot be written.
        Cancelled: From ``progress``; nothing is changed.
    """
    wish = _Wish(tables, decisions or {}, create_missing)
    with hurry(), ledger.step(f"装入 {_called(tables)}", kind="import") as step:
        kept = seen[0].kept if seen else None
        if kept is not None and kept.fits(wish) and seen[0].head == ledger.head():
            kept.tape.play(step, progress)
            results = list(seen)
        else:
            results = _run(ledger, step, wish, progress)
        done = list(zip(tables, results, strict=True))
        if any(result.new or result.changed for result in results):
            for table, result in done:
                if result.new or result.changed:
                    senders.remember(step, table.mapping, table.sender)
            intake_register.enter_all(step, done)
        step.name = step_name(_called(tables), [row for r in results for row in r.rows])
    moved = expected_head is not None and expected_head != results[0].head
    return [replace(result, step=step.result, moved=moved, kept=None) for result in results]


@dataclass(frozen=True)
class _Wish:
    """What is to be read in, and how."""

    tables: Sequence[Prepared]
    decisions: AllDecisions
    create_missing: bool

    def __eq__(self, other: object) -> bool:
        """Tell whether another wish is the same; a table with other columns is another object."""
        if not isinstance(other, _Wish) or len(self.tables) != len(other.tables):
            return False
        same = all(mine is its for mine, its in zip(self.tables, other.tables, strict=True))
        return same and self._choices() == other._choices()

    def _choices(self) -> tuple[bool, dict[int, dict[int, str]]]:
        return self.create_missing, {n: dict(d) for n, d in self.decisions.items() if d}


@dataclass(frozen=True)
class _Kept:
    """What a dry run did, and for what."""

    wish: _Wish
    tape: Tape

    def fits(self, wish: object) -> bool:
        """Tell whether it is what is wished for now."""
        return self.tape.whole and self.wish == wish


def _run(ledger: Ledger, step: Step, wish: _Wish, progress: Progress) -> list[ImportResult]:
    """Compare the tables with the ledger inside a step, in the order in which records need each other."""
    tables = wish.tables
    if not tables:
        raise UserError("没有选要装入的表。请至少选一张。")
    lacking = [table.missing for table in tables if table.missing]
    if lacking:
        raise UserError(lacking[0])
    rank = {cls: place for place, cls in enumerate(in_order(t.cls for t in tables))}
    results: dict[int, ImportResult] = {}
    for number in sorted(range(len(tables)), key=lambda n: (rank[tables[n].cls], n)):
        results[number] = run_table(
            ledger, step, tables[number], wish.decisions.get(number), wish.create_missing, progress
        )
    return [results[number] for number in range(len(tables))]


def _called(tables: Sequence[Prepared]) -> str:
    file = tables[0].file if tables else ""
    return f"{file}（{len(tables)} 张表）" if len(tables) > 1 else file
