"""What is asked of a file off the window: its tables, their columns, how each column can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger_desk.exchange import senders
from ledger_desk.exchange.column_readings import Reading
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.suggesting import Suggestion
from ledger_desk.exchange.telling_kinds import KindGuess
from ledger_desk.model.records import Intake
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where


@dataclass(frozen=True)
class Judged:
    """A table with what takes a moment to find out about it.

    Attributes:
        prepared: The table.
        readings: Column → the ways to read it, the usual one first.
        suggestions: Corrections to offer.
        kinds: What it may be a list of, the likeliest first.
    """

    prepared: Prepared
    readings: Mapping[int, tuple[Reading, ...]]
    suggestions: tuple[Suggestion, ...]
    kinds: tuple[KindGuess, ...]


@dataclass(frozen=True)
class Opened:
    """A file that was read: the tables that are to be read in, and who may have sent it."""

    tables: tuple[Judged, ...]
    senders: tuple[str, ...]


def open_file(
    ledger: Ledger, path: Path, kind: str | None, sheet: str | None, progress: Progress
) -> Opened:
    """Open a file in a child process and match its columns.

    Where the last file of this layout was read in with several of its tables, so is this one.
    """
    from ledger_desk.exchange.importing import prepare  # late: spreadsheet libraries

    first = prepare(path, ledger, kind=kind, sheet=sheet, progress=progress)
    names = _as_last_time(ledger, first) if kind is None and sheet is None else ()
    if len(names) > 1:
        tables = tuple(look_at_sheets(ledger, first, names, (), progress))
    else:
        tables = (judge(first, None, progress),)
    with ledger.read() as rows:
        known = senders.known_senders(rows, ledger.office, Places(ledger.office.division or ""))
        offered = senders.offered(rows, known)
    return Opened(tables, tuple(offered))


def look_again(
    ledger: Ledger,
    prepared: Prepared,
    how: Mapping[str, str],
    header: tuple[int, int] | None,
    progress: Progress,
) -> Judged:
    """Look at the table in another way: ``kind``, ``sheet``, ``sender``, or another header."""
    from ledger_desk.exchange.preparing import again

    progress(0, 0, "正在重新看这张表")
    return judge(again(prepared, ledger, header=header, **how), None, progress)


def look_at_sheets(
    ledger: Ledger,
    prepared: Prepared,
    names: Sequence[str],
    held: Sequence[Judged],
    progress: Progress,
) -> list[Judged]:
    """Look at several tables of the file; those in ``held`` stay as they were corrected."""
    from ledger_desk.exchange.preparing import again

    known = {one.prepared.sheet.title: one for one in held}
    found = []
    for done, name in enumerate(names):
        progress(done, len(names), f"正在看“{name}”")
        if name in known:
            found.append(known[name])
        elif name == prepared.sheet.title:
            found.append(judge(prepared, None, progress))
        else:
            found.append(judge(again(prepared, ledger, sheet=name, sender=""), None, progress))
    return found


def judge(prepared: Prepared, before: Judged | None, progress: Progress) -> Judged:
    """Find the readings of all columns, and what to suggest; reuses what did not change."""
    from ledger_desk.exchange.preparing import kinds_of

    same = before is not None and _same_rows(before.prepared, prepared)
    readings: dict[int, tuple[Reading, ...]] = {}
    for column in prepared.mapping:
        progress(0, 0, "正在看各列怎么读")
        if column.field is None:
            continue
        number = column.column
        held = before.readings.get(number) if before is not None and same else None
        if held and before is not None and before.prepared.mapping.column(number) == column:
            readings[number] = held
        else:
            readings[number] = tuple(prepared.readings(number))
    kinds = before.kinds if before is not None and same else tuple(kinds_of(prepared))
    return Judged(prepared, readings, prepared.suggestions, kinds)


def _same_rows(one: Prepared, other: Prepared) -> bool:
    return (
        one.sheet is other.sheet
        and one.cls is other.cls
        and one.layout.header_rows == other.layout.header_rows
    )


def _as_last_time(ledger: Ledger, first: Prepared) -> tuple[str, ...]:
    """Names of the tables to take, where a file of this layout was read in with several tables."""
    if not first.known or len(first.sheets) < 2:
        return ()
    where = (Where("layout", "=", first.mapping.signature),)
    with ledger.read() as rows:
        layouts = [i.sheet or "" for i in rows.find(Query(Intake, where))]
    if not layouts or not any("、" in sheet for sheet in layouts):
        return ()
    return tuple(s.name for s in first.sheets if s.known and s.enough and not s.helps)


def together(tables: Sequence[Judged]) -> list[Prepared]:
    """The tables as one reading in takes them: what is read in besides is no longer left over."""
    names = {one.prepared.sheet.title for one in tables}
    return [
        replace(p, others=tuple(name for name in p.others if name not in names))
        for p in (one.prepared for one in tables)
    ]
