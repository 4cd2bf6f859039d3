"""Several tables of one file, read in as one step: sixteen townships on sixteen sheets.

What the records of one table point to may stand in another, so the tables are read in the order in
which records need each other, whatever the order of the sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from contextlib import AbstractContextManager
from dataclasses import replace

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

# Number of the table (from 0) → its decisions.
AllDecisions = MappingType[int, Decisions]


def dry_run_all(
    ledger: Ledger,
    tables: Sequence[Prepared],
    *,
    decisions: AllDecisions | None = None,
    create_missing: bool = False,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Say what reading several tables in would do, each seeing what the ones before it bring.

    Returns:
        One result for each table, in the order given.

    Raises:
        UserError: A table lacks needed columns, or the ledger is open read-only.
        Cancelled: From ``progress``.
    """
    return _in_step(ledger.rehearse, ledger, tables, decisions, create_missing, progress)[0]


def apply_all(
    ledger: Ledger,
    tables: Sequence[Prepared],
    decisions: AllDecisions | None = None,
    expected_head: str | None = None,
    *,
    create_missing: bool = False,
    progress: Progress = silent,
) -> list[ImportResult]:
    """Read several tables of a file in as one journal step; all of them or none.

    Args:
        ledger: Open for writing.
        tables: From `preparing.prepare_all`, perhaps with corrected columns.
        decisions: For each table with any: row number → what to do (`importing.apply`).
        expected_head: ``head`` of the dry run that the person saw.
        create_missing: For 工作台帐: make firms that are not known, by name.
        progress: May cancel until the step is written.

    Returns:
        One result for each table, in the order given; all name the same step.

    Raises:
        UserError: A table lacks needed columns, or the ledger cannot be written.
        Cancelled: From ``progress``; nothing is changed.
    """

    def begin() -> AbstractContextManager[Step]:
        return ledger.step(f"装入 {_called(tables)}", kind="import")

    results, step = _in_step(begin, ledger, tables, decisions, create_missing, progress)
    moved = expected_head is not None and expected_head != results[0].head
    return [replace(result, step=step.result, moved=moved) for result in results]


def _in_step(
    begin: Callable[[], AbstractContextManager[Step]],
    ledger: Ledger,
    tables: Sequence[Prepared],
    decisions: AllDecisions | None,
    create_missing: bool,
    progress: Progress,
) -> tuple[list[ImportResult], Step]:
    if not tables:
        raise UserError("没有选要装入的表。请至少选一张。")
    lacking = [table.missing for table in tables if table.missing]
    if lacking:
        raise UserError(lacking[0])
    wanted = decisions or {}
    rank = {cls: place for place, cls in enumerate(in_order(t.cls for t in tables))}
    results: dict[int, ImportResult] = {}
    with hurry(), begin() as step:
        for number in sorted(range(len(tables)), key=lambda n: (rank[tables[n].cls], n)):
            results[number] = run_table(
                ledger, step, tables[number], wanted.get(number), create_missing, progress
            )
        done = [(tables[n], results[n]) for n in range(len(tables))]
        if any(result.new or result.changed for _, result in done):
            for table, result in done:
                if result.new or result.changed:
                    senders.remember(step, table.mapping, table.sender)
            intake_register.enter_all(step, done)
        rows = [row for _, result in done for row in result.rows]
        step.name = step_name(_called(tables), rows)
    return [results[number] for number in range(len(tables))], step


def _called(tables: Sequence[Prepared]) -> str:
    file = tables[0].file if tables else ""
    return f"{file}（{len(tables)} 张表）" if len(tables) > 1 else file
