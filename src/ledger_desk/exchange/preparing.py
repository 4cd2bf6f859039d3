"""Read → look: a file opened in a child process, its tables found, their columns matched.

Nothing of the ledger is written here. What comes out can be shown and corrected before the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.exchange import making, newcomers, senders, telling_kinds
from ledger_desk.exchange.content import LOOKED_AT
from ledger_desk.exchange.known import knows
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.mapping import Mapping, signature
from ledger_desk.exchange.matching_columns import Seen
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.prepared import Prepared, SheetInfo
from ledger_desk.exchange.targets import LEDGER_ROWS, find_kind, kind_name
from ledger_desk.exchange.telling_kinds import KINDS, KindGuess
from ledger_desk.exchange.typical import amounts
from ledger_desk.model.fields import Record
from ledger_desk.model.records import Matching
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.workbook import layout as layouts
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.tables import Table, find_all, find_tables

__all__ = ["Prepared", "SheetInfo", "again", "kinds_of", "prepare", "prepare_all"]

# Enough rows to see 200 filled cells in most columns.
_SAMPLED_ROWS = 3 * LOOKED_AT
# The sheet that `errors_workbook` adds to a table whose errors go back.
_FINDINGS = "校验汇总"
Wanted = type[Record] | str | None


def prepare(
    path: Path,
    ledger: Ledger,
    *,
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    sender: str | None = None,
    header: tuple[int, int] | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Open a file, find its table and match its columns.

    Args:
        path: The file, of any spreadsheet format.
        ledger: Knows the columns that were confirmed for this sender and layout before.
        kind: What is read in: a table name or label of a record class; None: told by itself.
        sheet: Name of the sheet (`SheetInfo.name`); None: the one whose columns fit best.
        mapping: Columns already matched (for a file of a known layout).
        sender: Who the file came from; None: guessed.
        header: First and last row of the header, from 1, (0, 0) for none; None: found.
        progress: May cancel.

    Raises:
        UserError: The file cannot be read, has no such sheet, or holds no table at all.
        Cancelled: From ``progress``.
    """
    path = Path(path)
    wanted = find_kind(kind)
    book, digest = _read(path, ledger.office.division or "", progress)
    beside = making.start_beside(max((len(page.rows) for page in book.sheets), default=0))
    progress(0, 0, "正在找表头")
    chosen = find_tables(book, path.name, sheet=sheet, knows=knows)
    if header is not None:
        chosen = [_headed(chosen[0], header)]
    tables = chosen if sheet is None and header is None else _with_others(book, chosen)
    with _looking(path, ledger, tables, digest) as look:
        found = [look.at(table, wanted, mapping, sender) for table in chosen]
        best = _best(found)
        whole = look.complete(best, found, book.kind)
    if beside is not None and not newcomers.suits(whole.mapping):
        beside.stop()
    return replace(whole, beside=beside)


def prepare_all(
    path: Path,
    ledger: Ledger,
    sheets: Sequence[str] | None = None,
    *,
    kind: str | None = None,
    sender: str | None = None,
    progress: Progress = silent,
) -> list[Prepared]:
    """Open a file once and prepare several of its tables, of one or of different kinds.

    Args:
        path: The file.
        ledger: Knows the columns that were confirmed before.
        sheets: Names (`SheetInfo.name`, or of whole sheets); None: all that can be read in and do
            not only serve others.
        kind: What all of them are; None: each told by itself.
        sender: Who the file came from; None: guessed, table by table (a sheet for each township).
        progress: May cancel.

    Returns:
        The tables in the order of the file; at least one.

    Raises:
        UserError: The file cannot be read, has no such sheet, or holds no table at all.
        Cancelled: From ``progress``.
    """
    path = Path(path)
    wanted = find_kind(kind)
    book, digest = _read(path, ledger.office.division or "", progress)
    progress(0, 0, "正在找表头")
    every = find_tables(book, path.name, knows=knows) if sheets is None else []
    for name in dict.fromkeys(sheets or ()):
        every += find_tables(book, path.name, sheet=name, knows=knows)
    order = [page.name for page in book.sheets]
    every.sort(key=lambda table: order.index(table.sheet.name))
    with _looking(path, ledger, _with_others(book, every), digest) as look:
        found = []
        for done, table in enumerate(every):
            progress(done, len(every), f"正在看“{table.sheet.title}”")
            found.append(look.at(table, wanted, None, sender))
        if sheets is None:
            of_use = [p for p, t in zip(found, every, strict=True) if not p.missing and not t.helps]
            found = of_use or [_best(found)]
        whole = [look.complete(one, found, book.kind) for one in found]
    names = {one.sheet.title for one in whole}
    return [replace(p, others=tuple(n for n in p.others if n not in names)) for p in whole]


def again(
    prepared: Prepared,
    ledger: Ledger,
    *,
    kind: str | None = None,
    sheet: str | None = None,
    sender: str | None = None,
    header: tuple[int, int] | None = None,
) -> Prepared:
    """Look at a file that was read already in another way: as another kind, sheet, header, sender.

    What is None stays as it is (of another sheet all but the sender is told anew).

    Raises:
        UserError: There is no such kind or table.
    """
    wanted: Wanted = find_kind(kind) or (None if sheet else prepared.cls)
    name = sheet or prepared.sheet.title
    table = next((t for t in prepared.tables if t.sheet.title == name), None)
    if table is None:
        raise UserError(f"“{prepared.file}”里没有“{name}”这张表。请另选工作表。")
    if header is not None:
        table = _headed(table, header)
    elif not sheet:
        table = replace(table, layout=prepared.layout)
    who = prepared.sender if sender is None else sender
    tables = [table if t.sheet.title == name else t for t in prepared.tables]
    with _looking(prepared.path, ledger, tables, prepared.digest) as look:
        one = look.at(table, wanted, None, who or None)
        return replace(look.complete(one, [one], prepared.kind), beside=prepared.beside)


def kinds_of(prepared: Prepared) -> list[KindGuess]:
    """Rank what a table may be a list of, for a person to choose; the likeliest first."""
    if prepared.guesses:
        return list(prepared.guesses)
    if prepared.seen is None:
        return []
    return telling_kinds.rank(
        prepared.seen, _said(prepared.path, prepared.sheet.name, prepared.layout)
    )


def _read(path: Path, home: str, progress: Progress) -> tuple[Book, str]:
    """Read a file for an office at division ``home``; gives it and its hash.

    A sheet of findings that went out with it is left out.

    The hash is taken first: a file that changes while it is read does not match it afterwards.
    """
    digest = ""
    if path.is_file():
        with suppress(OSError), path.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
    beside = ThreadPoolExecutor(1, thread_name_prefix="words")
    try:
        beside.submit(_warm_up, home)  # nothing else is to be done here while the child reads
        book = read_guarded(path, progress=progress)
    finally:
        beside.shutdown(wait=False)  # who cancels does not wait for it
    pages = [page for page in book.sheets if not _is_findings(page)]
    return replace(book, sheets=tuple(pages)), digest


def _warm_up(home: str) -> None:
    """Gather the words and places that every table is looked at with, where nobody has yet."""
    telling_kinds.warm_up()
    Places(home).code_of("河南省新县")


def _is_findings(page: Sheet) -> bool:
    return page.name.startswith(_FINDINGS) and str(page.cell(1, 1)).startswith(_FINDINGS)


def _headed(table: Table, header: tuple[int, int]) -> Table:
    last = len(table.sheet.rows)
    if header[1] > last:
        raise UserError(
            f"“{table.sheet.title}”只到第 {last} 行，没有第 {header[1]} 行可当表头。请另选表头所在的行。"
        )
    layout = layouts.find(table.sheet, header=header, knows=knows)
    if not layout.headings or not layout.data_rows:
        raise UserError(
            f"“{table.sheet.title}”的第 {header[0]}—{header[1]} 行下面没有数据，不能当表头。请另选表头所在的行。"
        )
    return replace(table, layout=layout)


def _with_others(book: Book, chosen: Sequence[Table]) -> list[Table]:
    """All tables of a file in its order, of which some were found already."""
    mine: dict[str, list[Table]] = {}
    for table in chosen:
        mine.setdefault(table.sheet.name, []).append(table)
    found = []
    for page in book.sheets:
        if not page.width:
            continue
        some = mine.get(page.name, [])
        named = {table.sheet.title for table in some}
        if not some or any(table.sheet.part for table in some):
            some = some + [t for t in find_all(page, knows) if t.sheet.title not in named]
        found += [t for t in some if t.layout.headings and t.layout.data_rows]
    return found


def _said(path: Path, sheet: str, layout: layouts.Layout) -> list[str]:
    return [path.stem, layout.title, sheet]


def _best(found: Sequence[Prepared]) -> Prepared:
    # max keeps the first of equals: the leftmost sheet.
    return max(
        found,
        key=lambda p: (
            not p.missing, not p.sheet.hidden, p.known, len(p.mapping.used), len(p.layout.data_rows)
        ),
    )  # fmt: skip


@contextmanager
def _looking(
    path: Path, ledger: Ledger, tables: Sequence[Table], digest: str
) -> Iterator[_Looking]:
    places = Places(ledger.office.division or "")
    with ledger.read() as rows:
        known = senders.known_senders(rows, ledger.office, places)
        yield _Looking(path, rows, places, known, tuple(tables), digest)


@dataclass
class _Looking:
    """Everything that is asked of the ledger while the tables of one file are looked at."""

    path: Path
    rows: Rows
    places: Places
    known: senders.Known
    tables: tuple[Table, ...]
    digest: str

    def at(
        self, table: Table, wanted: Wanted, mapping: Mapping | None, sender: str | None
    ) -> Prepared:
        """Match the columns of a table for what is wanted, or tell what it is."""
        sheet, layout = table.sheet, table.layout
        seen = self._seen(table)
        who = senders.guess(self.known, self.path, sheet, layout) if sender is None else sender
        guesses: list[KindGuess] = []
        if mapping is None:
            asked = LedgerRow if wanted == LEDGER_ROWS else wanted
            if asked is LedgerRow and telling_kinds.went_out_as(seen) is Matching:
                asked = Matching  # our own list of matchings, not a 工作台帐
            classes = [asked] if isinstance(asked, type) else list(KINDS)
            names = {cls: signature(cls, seen.columns) for cls in classes}
            memories = senders.recalled(self.rows, list(names.values()), who)
            if isinstance(asked, type):
                mapping = seen.match(asked, memories.get(names[asked], ()))
            else:
                guesses = telling_kinds.rank(seen, _said(self.path, sheet.name, layout), memories)
                mapping = guesses[0].mapping
            if sender is None and not who and mapping.remembered:
                who = senders.last_sender(memories[names[mapping.cls]])
        return Prepared(self.path, sheet, layout, mapping, digest=self.digest, sender=who,
                        guesses=tuple(guesses), seen=seen)  # fmt: skip

    def complete(self, one: Prepared, looked: Sequence[Prepared], kind: str) -> Prepared:
        """Add what is known of the whole file, and of the ledger's own amounts."""
        by_name = {p.sheet.title: p for p in looked}
        infos = []
        for table in self.tables:
            name = table.sheet.title
            other = by_name.get(name) or self.at(table, None, None, "")
            infos.append(SheetInfo(
                name, len(table.layout.data_rows), table.sheet.hidden, table.helps,
                kind_name(other.cls), other.cls.LABEL, not other.missing, other.known,
            ))  # fmt: skip
            by_name[name] = other
        others = tuple(info.name for info in infos if info.name != one.sheet.title)
        fields = [name for name in one.mapping.used]
        return replace(
            one, kind=kind, others=others, sheets=tuple(infos), tables=self.tables,
            typical=amounts(self.rows, one.cls, fields),
        )  # fmt: skip

    def _seen(self, table: Table) -> Seen:
        sheet, layout = table.sheet, table.layout
        headings = [replace(h, unit=h.unit or layout.unit) for h in layout.headings]
        sampled = [sheet.rows[n - 1] for n in layout.data_rows[:_SAMPLED_ROWS]]
        cells = {h.column: [row[h.column - 1] for row in sampled] for h in headings}
        return Seen(headings, cells, self.places)
