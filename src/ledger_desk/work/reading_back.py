"""Reading back what banks filled in: look at all files, then write what they say as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk import files as outlets
from ledger_desk.errors import Problem
from ledger_desk.exchange import errors_workbook
from ledger_desk.exchange.bank_books import opening
from ledger_desk.exchange.bank_books.matching import Found, Matched, match_file
from ledger_desk.exchange.bank_books.opening import BankFile, BookRow
from ledger_desk.exchange.results import FATES, FieldChange, ImportResult, RowFate
from ledger_desk.model.bank_answers import BY_NAME, show
from ledger_desk.model.records import Intake, Referral
from ledger_desk.progress import Progress, silent
from ledger_desk.store import intakes
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.work.answered import Answered, read_answered
from ledger_desk.work.deciding import put
from ledger_desk.work.following import Following
from ledger_desk.work.judging import differing, judge

_MOST_NAMED = 3  # banks in the name of a step
ERRORS = "校验结果"  # folder beside the banks' files


@dataclass(frozen=True)
class FileRead:
    """What one file says, row by row.

    Attributes:
        file: The file as it was opened.
        bank: Name of its bank; '' if nobody can tell.
        result: One fate for each row; no rows where the whole file was refused.
        why: Why the whole file was refused; '' if it was not.
        again: When this very file was read in before, in words.
    """

    file: BankFile
    bank: str
    result: ImportResult
    why: str = ""
    again: str = ""

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.file.path.name

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.why) or self.result.needs_attention


@dataclass(frozen=True)
class ReadBack:
    """All files; ``step`` is None for a dry run and where nothing differed."""

    files: tuple[FileRead, ...]
    step: StepInfo | None = None
    refused: int = field(default=0)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by fate over all files."""
        total = Counter[str]()
        for one in self.files:
            total.update(one.result.counts)
        return {fate: total[fate] for fate in FATES}

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look."""
        return any(one.needs_attention for one in self.files)

    def summary(self) -> str:
        """Say the counts in one line."""
        said = "、".join(f"{FATES[fate]} {count}" for fate, count in self.counts.items() if count)
        return said or "一行都没有"


def open_files(paths: Sequence[Path], progress: Progress = silent) -> list[BankFile]:
    """Read files one after another, each in a child process; what is wrong is said, not raised.

    Raises:
        Cancelled: From ``progress``.
    """
    found = []
    for place, path in enumerate(paths):
        progress(place, len(paths), f"正在读“{Path(path).name}”（{place + 1}/{len(paths)}）")

        found.append(opening.open_file(path, _Part(progress, place, len(paths))))
    progress(len(paths), len(paths), "读完了")
    return found


class _Part:
    """Progress of one file among several: its words, the place of the file."""

    def __init__(self, progress: Progress, place: int, of: int) -> None:
        self._progress, self._place, self._of = progress, place, of

    def __call__(self, done: int, total: int, note: str = "") -> None:
        self._progress(self._place, self._of, note)


def look(ledger: Ledger, files: Sequence[BankFile], progress: Progress = silent) -> ReadBack:
    """Say what reading these files in would do; nothing is written and no lock is held."""
    with ledger.read() as rows:
        reading = _Reading(rows, date.today())
        found = [reading.read(file) for file in files]
    progress(1, 1, "看完了")
    return ReadBack(tuple(found))


def apply(
    ledger: Ledger,
    files: Sequence[BankFile],
    on: date | None = None,
    progress: Progress = silent,
) -> ReadBack:
    """Write what the files say, all as one step; doubtful and wrong rows are left out.

    Raises:
        UserError: The ledger refuses it.
        Cancelled: From ``progress``; nothing is written.
    """
    day = on or date.today()
    with ledger.step(f"读回银行表 {len(files)} 份", kind=intakes.KIND) as step:
        reading = _Reading(step.rows, day)
        found = []
        for place, file in enumerate(files):
            progress(place, len(files), f"正在登“{file.path.name}”")
            one = reading.read(file)
            changed = reading.write(step, one, ledger.office.id)
            found.append(one)
            if changed:
                _enter(step, one)
        made = ReadBack(tuple(found))
        banks = list(dict.fromkeys(one.bank for one in found if one.bank))
        more = f"等 {len(banks)} 家" if len(banks) > _MOST_NAMED else ""
        named = "、".join(banks[:_MOST_NAMED]) + more
        step.name = f"读回银行表 {len(files)} 份（{named or '认不出银行'}）：{made.summary()}"
    info = step.result
    told = tuple(
        replace(one, result=replace(one.result, step=info)) if one.result.rows else one
        for one in found
    )
    return ReadBack(told, info)


def write_errors(
    ledger: Ledger, one: FileRead, *, taken: bool, folder: Path | None = None
) -> errors_workbook.ErrorsWritten | None:
    """Write what became of each row into a copy of the bank's own file; None for a refused file.

    It goes into a folder of its own, so that reading the folder again does not meet it.
    """
    if one.file.prepared is None or not one.result.rows:
        return None
    name = errors_workbook.suggest_path(one.file.prepared).name
    where = Path(folder) if folder is not None else one.file.path.parent / ERRORS
    where.mkdir(parents=True, exist_ok=True)
    out = outlets.free_name(where / name)
    return errors_workbook.write_errors(ledger, one.file.prepared, one.result, out, taken=taken)


class _Reading:
    """Matches and compares against one picture of the ledger."""

    def __init__(self, rows: Rows, day: date) -> None:
        self.rows, self.day = rows, day
        self.new: dict[tuple[str, int], tuple[Answered, Mapping[str, Any]]] = {}
        self.seen: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def read(self, file: BankFile) -> FileRead:
        if file.why or file.prepared is None:
            return FileRead(file, file.bank, self._result(file, []), file.why)
        matched = match_file(self.rows, file)
        if matched.why:
            why = f"“{file.path.name}”：{matched.why}"
            return FileRead(file, matched.bank_name or file.bank, self._result(file, []), why)
        fates, problems = self._fates(file, matched)
        left = [RowFate(o.row, "left_out", "", o.why) for o in file.prepared.layout.left_out
                if o.kind != "blank"]  # fmt: skip
        fates = sorted([*fates, *left], key=lambda fate: fate.row)
        before = (
            intakes.read_before(self.rows, file.prepared.digest) if file.prepared.digest else None
        )
        again = f"这个文件 {before.at.month} 月 {before.at.day} 日已经读过" if before else ""
        return FileRead(file, matched.bank_name, self._result(file, fates, problems), "", again)

    def write(self, step: Step, one: FileRead, office: str) -> bool:
        """Write the changed rows of a file; whether there were any."""
        following = Following.of(self.rows, office, self.day)
        changed = False
        for fate in one.result.fates("new", "changed"):
            known, new = self.new[str(one.file.path), fate.row]
            put(step, known, new, office, following, self.day)
            changed = True
        return changed

    def _fates(self, file: BankFile, matched: Matched) -> tuple[list[RowFate], list[Problem]]:
        ids = [found.referral for found in matched.rows.values() if found.referral]
        known = read_answered(self.rows, ids)
        fates, problems = [], []
        for row in file.rows:
            fate, own = self._fate(file, row, matched.rows[row.row], known)
            fates.append(fate)
            problems += own
        return fates, problems

    def _fate(
        self, file: BankFile, row: BookRow, found: Found, known: Mapping[str, Answered]
    ) -> tuple[RowFate, list[Problem]]:
        title = row.firm or row.code or f"第 {row.row} 行"
        if found.fate:
            return RowFate(row.row, found.fate, title, found.why, (), "", found.candidates), []
        one = known[found.referral]
        if row.problems:
            why = "".join(f"{p.label}：{p.why}" for p in row.problems)
            return RowFate(row.row, "wrong", title, why, (), found.referral), list(row.problems)
        new = differing(one, row.given)
        earlier, said_there = self.seen.get(found.referral, ("", {}))
        if earlier and new and new != said_there:
            why = f"这一笔在“{earlier}”里写的不一样。请问清银行以哪一份为准，删掉另一份再读。"
            return RowFate(row.row, "doubtful", title, why, (), "", (found.referral,)), []
        if earlier and new:
            return RowFate(row.row, "same", title, f"与“{earlier}”写的一样", (), found.referral), []
        said = judge(one, new, self.day) if new else []
        problems = [
            Problem(row.row, BY_NAME[s.name].label, show(s.name, new.get(s.name)), s.why,
                    "must" if s.grade == "must" else "explain")
            for s in said
        ]  # fmt: skip
        bad = next(
            (grade for grade in ("must", "doubt") if any(s.grade == grade for s in said)), ""
        )
        if bad:
            why = "".join(s.why for s in said if s.grade == bad)
            fate = "wrong" if bad == "must" else "doubtful"
            changes = () if bad == "must" else _changes(one, new)
            return RowFate(row.row, fate, title, why, changes, found.referral), problems
        if not new:
            return RowFate(row.row, "same", title, "", (), found.referral), []
        self.new[str(file.path), row.row] = (one, new)
        self.seen[found.referral] = (file.path.name, new)
        fate = "changed" if one.values else "new"
        why = "".join(s.why for s in said)
        return RowFate(row.row, fate, title, why, _changes(one, new), found.referral), problems

    @staticmethod
    def _result(
        file: BankFile, fates: Sequence[RowFate], problems: Sequence[Problem] = ()
    ) -> ImportResult:
        sheet = file.prepared.sheet.name if file.prepared is not None else ""
        return ImportResult(file.path.name, sheet, Referral.TABLE, tuple(fates), tuple(problems))


def _changes(one: Answered, new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, BY_NAME[name].label, show(name, one.values.get(name)), show(name, value))
        for name, value in new.items()
    )


def _enter(step: Step, one: FileRead) -> None:
    """Register the file among those read in (装入登记)."""
    result, prepared = one.result, one.file.prepared
    step.create(Intake(
        file=one.name, sheet=result.sheet, sender=one.bank or None, content="银行回填表",
        hash=(prepared.digest if prepared is not None else "") or None,
        new=result.new, changed=result.changed, same=result.same, doubtful=result.doubtful,
        wrong=result.wrong, left_out=result.left_out,
    ))  # fmt: skip
