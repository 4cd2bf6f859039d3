"""What the assistant does off the window: rehearse, write, take back. Plain functions of the ledger."""

from __future__ import annotations

import contextlib
import csv
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger_desk.exchange.blocks import read_block
from ledger_desk.exchange.errors_workbook import ErrorsWritten, write_all_errors
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.results import FATES, ImportResult
from ledger_desk.model.records import BY_TABLE, Matching
from ledger_desk.progress import Progress
from ledger_desk.store import backups
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.importing.candidates import Candidate, candidates_of

# Number of the table (from 0) and of the row → what is done about it.
Place = tuple[int, int]
Decisions = Mapping[Place, str]


@dataclass(frozen=True)
class Seen:
    """Results with what is needed to show them.

    Attributes:
        tables: The tables of the file that are read in.
        results: One for each: of a dry run, or of the real one.
        candidates: Records that doubtful rows may be, by id.
        before: Kind of record → how many the ledger held before.
        decisions: Those that the results rest on.
    """

    tables: Sequence[Prepared]
    results: Sequence[ImportResult]
    candidates: Mapping[str, Candidate]
    before: Mapping[str, int]
    decisions: Decisions

    @property
    def result(self) -> ImportResult:
        """Of the first table."""
        return self.results[0]

    @property
    def step(self) -> StepInfo | None:
        """The step that it was written in; one for all tables."""
        return next((r.step for r in self.results if r.step is not None), None)

    @property
    def moved(self) -> bool:
        """Whether the ledger had changed since it was looked at."""
        return any(result.moved for result in self.results)

    def count(self, fate: str) -> int:
        """Rows of all tables with a fate."""
        return sum(result.counts[fate] for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by fate."""
        return {fate: self.count(fate) for fate in FATES}


def rehearse(
    ledger: Ledger,
    tables: Sequence[Prepared],
    decisions: Decisions,
    create_missing: bool,
    progress: Progress,
) -> Seen:
    """Do everything and roll it back."""
    from ledger_desk.exchange.importing_several import dry_run_all

    before = _counts(ledger, tables)
    results = dry_run_all(
        ledger, tables, decisions=_by_table(decisions), create_missing=create_missing,
        keep=True, progress=progress,
    )  # fmt: skip
    return Seen(tables, results, candidates_of(ledger, results), before, dict(decisions))


def write(ledger: Ledger, seen: Seen, create_missing: bool, progress: Progress) -> Seen:
    """Back the ledger up, then read the tables in as one step."""
    from ledger_desk.exchange.importing_several import apply_all

    backups.back_up(ledger, why="装入前", progress=progress)
    backups.thin(ledger.path, key=ledger.key)
    before = _counts(ledger, seen.tables)
    results = apply_all(
        ledger, seen.tables, _by_table(seen.decisions), seen.result.head,
        create_missing=create_missing, seen=seen.results, progress=progress,
    )  # fmt: skip
    moved = any(result.moved for result in results)
    candidates = candidates_of(ledger, results) if moved else seen.candidates
    return Seen(seen.tables, results, candidates, before, seen.decisions)


def give_back(
    ledger: Ledger, seen: Seen, out: Path, taken: bool, progress: Progress
) -> tuple[ErrorsWritten, Seen]:
    """Write what became of each row into a copy of the sender's file.

    Gives what was written, and what was seen as it is now: the register of files that left is part
    of the ledger, but nothing that was looked at has changed by it.
    """
    pairs = list(zip(seen.tables, seen.results, strict=True))
    fresh = ledger.head() == seen.result.head
    written = write_all_errors(ledger, pairs, out, progress, taken=taken)
    if fresh:
        seen = replace(seen, results=[replace(r, head=ledger.head()) for r in seen.results])
    return written, seen


def from_clipboard(text: str) -> Path | None:
    """Write a block that was copied from a spreadsheet as a file of its own; None for no table."""
    rows = [row for row in read_block(text) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        return None
    path = Path(tempfile.mkdtemp(prefix="ledger-desk-")) / "粘贴的名单.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def forget(path: Path) -> None:
    """Take a file that was made from the clipboard away, with its folder."""
    with contextlib.suppress(OSError):
        path.unlink()
        path.parent.rmdir()


def take_back(ledger: Ledger, step: int, progress: Progress) -> StepInfo:
    """Undo a reading in."""
    progress(0, 0, "正在收回")
    return ledger.undo(step)


def _by_table(decisions: Decisions) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for (table, row), decision in decisions.items():
        found[table][row] = decision
    return found


def _counts(ledger: Ledger, tables: Sequence[Prepared]) -> dict[str, int]:
    classes = dict.fromkeys(BY_TABLE.get(table.cls.TABLE, Matching) for table in tables)
    return {cls.LABEL: ledger.count(Query(cls)) for cls in classes}
