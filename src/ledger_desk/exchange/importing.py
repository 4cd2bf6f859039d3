"""Look → apply: the dry run and the run, which are the same code in two transactions.

`product.md` §6, `decisions.md` 32. The whole file is one named step; cancelling, or an error in
any row, leaves the ledger as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Protocol

from ledger_desk.errors import Problem, UserError
from ledger_desk.exchange import (
    enterprises,
    firm_cells,
    intake_register,
    ledger_rows,
    looking_up,
    newcomers,
    senders,
)
from ledger_desk.exchange.comparing_rows import NEW, SKIP, TAKE, Run
from ledger_desk.exchange.differences import Differ
from ledger_desk.exchange.identities import Identity, KeyIdentity
from ledger_desk.exchange.ledger_periods import period_in
from ledger_desk.exchange.making import ready_blocks
from ledger_desk.exchange.matching_rows import LedgerRun
from ledger_desk.exchange.packs import packs
from ledger_desk.exchange.parsing import ParsedRow, Special, TableReader
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.preparing import Prepared, prepare
from ledger_desk.exchange.results import ImportResult, RowFate, step_name
from ledger_desk.exchange.returning import TokenIdentity, by_token
from ledger_desk.exchange.strangers import Strangers
from ledger_desk.exchange.targets import target_of
from ledger_desk.exchange.terms import own_places
from ledger_desk.exchange.townships import townships
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress, silent
from ledger_desk.store.hurrying import hurry
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.cells import CellValue, text_of

__all__ = ["NEW", "SKIP", "TAKE", "Prepared", "apply", "dry_run", "prepare"]

# Large enough for few questions to the ledger, small enough to cancel within a moment.
_BLOCK = 1000
Decisions = MappingType[int, str]
_NUMBER = re.compile(r"^\d+$|\d{7}")


class _Running(Protocol):
    """What both kinds of run have in common."""

    fates: list[RowFate]
    problems: list[Problem]


def dry_run(
    ledger: Ledger,
    prepared: Prepared,
    *,
    decisions: Decisions | None = None,
    create_missing: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Say what reading in would do: the real run, rolled back.

    The write lock is let go before this returns. Hand ``result.head`` to `apply`, so that it can
    tell whether the ledger has changed since.

    Raises:
        UserError: The needed columns were not found, or the ledger is open read-only.
        Cancelled: From ``progress``.
    """
    with hurry(), ledger.rehearse() as step:
        return run_table(ledger, step, prepared, decisions, create_missing, progress)


def apply(
    ledger: Ledger,
    prepared: Prepared,
    decisions: Decisions | None = None,
    expected_head: str | None = None,
    *,
    create_missing: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Read a prepared table in as one journal step.

    Every row is compared inside the step, with the ledger as it is at that moment; if its head is
    not ``expected_head`` any more, the result says so (``moved``), and its fates may be others
    than the dry run's. Where nothing differs, nothing is recorded.

    Args:
        ledger: Open for writing.
        prepared: From `prepare`, perhaps with corrected columns.
        decisions: Row number → `SKIP`, `NEW`, `TAKE` or a candidate's id, for doubtful rows.
        expected_head: ``head`` of the dry run that the person saw.
        create_missing: For a 工作台帐: make firms that are not known, by name.
        progress: May cancel until the step is written.

    Raises:
        UserError: The needed columns were not found, or the ledger cannot be written.
        Cancelled: From ``progress``; nothing is changed.
    """
    with hurry(), ledger.step(f"装入 {prepared.file}", kind="import") as step:
        result = run_table(ledger, step, prepared, decisions, create_missing, progress)
        if result.new or result.changed:
            senders.remember(step, prepared.mapping, prepared.sender)
            intake_register.enter(step, prepared, result)
        step.name = step_name(prepared.file, result.rows)
    moved = expected_head is not None and expected_head != result.head
    return replace(result, step=step.result, moved=moved)


def run_table(
    ledger: Ledger,
    step: Step,
    prepared: Prepared,
    decisions: Decisions | None,
    create_missing: bool,
    progress: Progress,
) -> ImportResult:
    """Compare a table with the ledger inside a step, and write what follows from it.

    Raises:
        UserError: The needed columns were not found.
        Cancelled: From ``progress``.
    """
    if prepared.missing:
        raise UserError(prepared.missing)
    head = ledger.head()
    remarks = [*intake_register.read_before(step, prepared), *_remarks(prepared)]
    created: dict[str, int] = {}
    run: _Running
    if prepared.cls is ledger_rows.LedgerRow:
        reader = TableReader(prepared.mapping)
        period = period_in([prepared.layout.period, prepared.layout.title])
        matchings = LedgerRun(step, ledger.office, reader, period, decisions=decisions,
                              create_missing=create_missing)  # fmt: skip
        _each_block(prepared, reader, matchings.take, progress)
        remarks += matchings.remarks()
        created = {table: len(names) for table, names in matchings.created.items() if names}
        run = matchings
    else:
        run, told = _run_records(ledger, step, prepared, decisions, progress)
        remarks += told
    named = [f if f.title else f._replace(title=_first_words(prepared, f.row)) for f in run.fates]
    rows = sorted([*named, *_left_out(prepared)], key=lambda fate: fate.row)
    return ImportResult(
        prepared.file, prepared.sheet.title, prepared.cls.TABLE, tuple(rows), tuple(run.problems),
        tuple(remarks), None, head, also_created=created,
    )  # fmt: skip


def _run_records(
    ledger: Ledger, step: Step, prepared: Prepared, decisions: Decisions | None, progress: Progress
) -> tuple[Run, list[str]]:
    """Read in records of a class: the generic way, with what enterprises have of their own.

    Gives the run and what the person should know of a table that had gone out and came back.
    """
    cls = prepared.cls
    home = ledger.office.division or ""
    if newcomers.suits(prepared.mapping) and prepared.token_column is None:
        return _run_enterprises(step, prepared, home, decisions, progress), []
    places = Places(home)
    reader = TableReader(prepared.mapping, partial(_special, step, places, cls is Enterprise))
    identity: Identity
    if cls is Enterprise:
        identity = enterprises.EnterpriseIdentity(step.rows)
    else:
        identity = KeyIdentity(step.rows, target_of(cls))
    known = by_token(prepared, reader, identity, step.rows)
    if cls is Enterprise:
        run = Run(step, cls, known or identity, Differ(cls, reader), decisions=decisions,
                  derive=partial(firm_cells.derive, places=places), check=partial(_check_firm, known))  # fmt: skip
    else:
        run = Run(step, cls, known or identity, Differ(cls, reader), decisions=decisions)
    _each_block(prepared, reader, run.take, progress)
    run.finish()
    return run, known.remarks() if known is not None else []


def _run_enterprises(
    step: Step, prepared: Prepared, home: str, decisions: Decisions | None, progress: Progress
) -> Run:
    """Read in enterprises whose rows can be made ready without asking the ledger."""
    maker = newcomers.Maker(prepared.mapping, home, own_places(step.rows), step.asked)
    identity = enterprises.EnterpriseIdentity(step.rows)
    strangers = Strangers(step.rows, identity.aliases)
    run = Run(step, Enterprise, identity, Differ(Enterprise, maker.reader), decisions=decisions,
              derive=partial(firm_cells.derive, places=Places(home)), check=enterprises.check_row)  # fmt: skip
    total, done = len(prepared.layout.data_rows), 0

    def waiting(*_: object, **__: object) -> None:
        progress(done, total, "正在核对")

    with closing(
        ready_blocks(maker, packs(prepared, _BLOCK), total, waiting, prepared.beside)
    ) as blocks:
        waiting()
        for ready in blocks:
            sure = strangers.find(ready)
            if not all(sure):
                doubtful = [ready.block.row(p) for p, certain in enumerate(sure) if not certain]
                identity.begin([row for row in doubtful if not row.wrong], strangers.asked)
            run.take_ready(ready, sure)
            done += len(ready.ids)
            waiting()
    progress(total, total, "正在写入")
    run.finish()
    return run


def _check_firm(known: TokenIdentity | None, row: ParsedRow) -> str:
    """Say why a row cannot be a firm; one that its token names may lack name and code."""
    return "" if known is not None and known.knows(row) else enterprises.check_row(row)


def _special(step: Step, places: Places, firms: bool, spec: FieldSpec) -> Special | None:
    """Name the fields whose cells need the ledger or the dictionaries to be understood."""
    if spec.ref:
        return looking_up.references(step.rows)
    if firms:
        return newcomers.special(places, own_places(step.rows), spec)
    if spec.kind.name == "division":
        return townships(places, own_places(step.rows))
    return None


class _Take(Protocol):
    def __call__(self, block: list[ParsedRow]) -> None: ...


def _each_block(prepared: Prepared, reader: TableReader, take: _Take, progress: Progress) -> None:
    total, done = len(prepared.layout.data_rows), 0
    for numbers, rows in prepared.blocks(_BLOCK):
        progress(done, total, "正在核对")
        take(reader.read(numbers, rows))
        done += len(numbers)
    progress(total, total, "正在写入")


def _left_out(prepared: Prepared) -> list[RowFate]:
    """Name each row that the layout found to be no record; blank rows are no rows."""
    found = []
    for left in prepared.layout.left_out:
        if left.kind != "blank":
            said = _first_words(prepared, left.row)
            found.append(RowFate(left.row, "left_out", said, f"{left.why}，不是数据。"))
    return found


def _first_words(prepared: Prepared, number: int) -> str:
    """Give the first words of a row, to name it by; never a number, which may be somebody's own."""
    row: list[CellValue] = prepared.sheet.rows[number - 1]
    text = next((t for cell in row if (t := text_of(cell)) and not _NUMBER.search(t)), "")
    return " ".join(text.split())[:60]


def _remarks(prepared: Prepared) -> list[str]:
    remarks = list(prepared.layout.remarks)
    unmatched = [c.heading for c in prepared.mapping.unmatched if c.heading]
    if unmatched:
        remarks.append(f"有 {len(unmatched)} 列没有对应的项目，没有读入：{'、'.join(unmatched)}。")
    if prepared.others:
        names = "、".join(f"“{name}”" for name in prepared.others)
        remarks.append(f"这个文件还有别的表没有读入：{names}。需要时请另选工作表再读一次。")
    return remarks
