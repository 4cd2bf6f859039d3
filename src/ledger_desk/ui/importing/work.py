"""What the assistant does off the window: read, rehearse, write. Plain functions of the ledger."""

from __future__ import annotations

import contextlib
import csv
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.results import ImportResult
from ledger_desk.model.records import BY_TABLE, Enterprise, Matching
from ledger_desk.progress import Progress
from ledger_desk.store import backups
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.records.dictionaries import divisions


@dataclass(frozen=True)
class Seen:
    """A result with what is needed to show it.

    Attributes:
        result: Of a dry run, or of the real one.
        candidates: Id → name, with the end of the code, of records that doubtful rows may be.
        before: How many records the ledger held before.
        decisions: Those that the result rests on.
    """

    result: ImportResult
    candidates: Mapping[str, str]
    before: int
    decisions: Mapping[int, str]


def read_file(
    ledger: Ledger, path: Path, kind: str | None, sheet: str | None, progress: Progress
) -> Prepared:
    """Open a file in a child process and match its columns."""
    from ledger_desk.exchange.importing import prepare  # late: spreadsheet libraries

    return prepare(path, ledger, kind=kind, sheet=sheet, progress=progress)


def rehearse(
    ledger: Ledger,
    prepared: Prepared,
    decisions: Mapping[int, str],
    create_missing: bool,
    progress: Progress,
) -> Seen:
    """Do everything and roll it back."""
    from ledger_desk.exchange.importing import dry_run

    before = _count(ledger, prepared)
    result = dry_run(
        ledger,
        prepared,
        decisions=dict(decisions),
        create_missing=create_missing,
        progress=progress,
    )
    return Seen(result, _candidates(ledger, result), before, dict(decisions))


def write(
    ledger: Ledger, prepared: Prepared, seen: Seen, create_missing: bool, progress: Progress
) -> Seen:
    """Back the ledger up, then read the table in as one step."""
    from ledger_desk.exchange.importing import apply

    backups.back_up(ledger, why="装入前", progress=progress)
    backups.thin(ledger.path)
    before = _count(ledger, prepared)
    result = apply(
        ledger,
        prepared,
        dict(seen.decisions),
        seen.result.head,
        create_missing=create_missing,
        progress=progress,
    )
    return Seen(result, seen.candidates, before, seen.decisions)


def from_clipboard(text: str) -> Path | None:
    """Write a block that was copied from a spreadsheet as a file of its own; None for no table."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
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


def _count(ledger: Ledger, prepared: Prepared) -> int:
    cls = BY_TABLE.get(prepared.cls.TABLE, Matching)
    return ledger.count(Query(cls))


def _candidates(ledger: Ledger, result: ImportResult) -> dict[str, str]:
    """Names of the records that doubtful rows may be; for firms with code or place to tell them apart."""
    ids = list({each for row in result.rows for each in row.candidates})
    if not ids:
        return {}
    with ledger.read() as rows:
        firms = rows.many(Enterprise, ids)
        found = {}
        for record, firm in firms.items():
            tail = (
                f"…{firm.code[-4:]}"
                if firm.code
                else divisions().get(firm.township or "", firm.person or "")
            )
            found[record] = f"{firm.title} {tail}".strip()
        cls = BY_TABLE.get(result.table)
        if cls is not None and cls is not Enterprise:
            found.update({record: other.title for record, other in rows.many(cls, ids).items()})
    return found
