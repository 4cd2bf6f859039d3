"""What a reading in did, or would do: one fate for each row, and the counts that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from ledger_desk.errors import Problem
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.tape import Tape

# In the order in which results are told. A row has exactly one of them.
FATES: dict[str, str] = {
    "new": "新增",
    "changed": "变更",
    "same": "相同",
    "doubtful": "存疑",
    "wrong": "有错",
    "left_out": "未读入",
}


class FieldChange(NamedTuple):
    """One field of an existing record that the file changes; values as lists show them."""

    field: str
    label: str
    old: str
    new: str
    private: bool = False

    def as_json(self) -> dict[str, str]:
        """Give the change for a program's output: personal data only by the fact."""
        old, new = ("***", "***") if self.private else (self.old, self.new)
        return {"field": self.field, "label": self.label, "old": old, "new": new}


class RowFate(NamedTuple):
    """What becomes of one row.

    Attributes:
        row: Row number as the file's own program shows it.
        fate: A key of `FATES`.
        title: What the row is about (name of the firm), or the row's own words.
        reason: One sentence; empty for new, changed and same rows that need none.
        changes: For changed rows (and doubtful ones with one candidate): old → new by field.
        record: Id of the record that the row made, changed or equals; empty otherwise.
        candidates: For doubtful rows: ids of the records it may be, first the likeliest.
    """

    row: int
    fate: str
    title: str
    reason: str = ""
    changes: tuple[FieldChange, ...] = ()
    record: str = ""
    candidates: tuple[str, ...] = ()


class Kept(Protocol):
    """What a dry run did, and for what."""

    @property
    def tape(self) -> Tape:
        """The changes."""

    def fits(self, wish: object) -> bool:
        """Tell whether it was for what is wished now."""


@dataclass(frozen=True)
class ImportResult:
    """The outcome of a dry run or of a reading in.

    Attributes:
        file: File name; sheet: name of its sheet; table: table of the records read in.
        rows: One fate for each row below the heading, and for each row left out above it.
        problems: What is wrong or odd in single cells; ``must`` ones belong to wrong rows.
        remarks: Sentences about the whole file: columns not used, banks created …
        step: The journal step; None for a dry run and where nothing differed.
        head: Journal head before the reading in; a dry run's is handed to `importing.apply`.
        moved: The ledger had changed since the dry run, so everything was compared again.
        kept: What a dry run did, where it was kept to be carried out as it stands.
    """

    file: str
    sheet: str
    table: str
    rows: Sequence[RowFate]
    problems: Sequence[Problem] = ()
    remarks: Sequence[str] = ()
    step: StepInfo | None = None
    head: str = ""
    moved: bool = False
    also_created: dict[str, int] = field(default_factory=dict)
    kept: Kept | None = field(default=None, repr=False, compare=False)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows by fate; the six add up to ``len(rows)``."""
        found = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in FATES}

    @property
    def new(self) -> int:
        """Rows that made a record."""
        return self.counts["new"]

    @property
    def changed(self) -> int:
        """Rows that changed a record."""
        return self.counts["changed"]

    @property
    def same(self) -> int:
        """Rows that say what the ledger already holds."""
        return self.counts["same"]

    @property
    def doubtful(self) -> int:
        """Rows that a person has to decide."""
        return self.counts["doubtful"]

    @property
    def wrong(self) -> int:
        """Rows that cannot be read in as they are."""
        return self.counts["wrong"]

    @property
    def left_out(self) -> int:
        """Rows that are no records, or repeat another row."""
        return self.counts["left_out"]

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look (exit status 1 of the command line)."""
        return bool(self.doubtful or self.wrong)

    def summary(self) -> str:
        """Say the counts in one line: ``新增 101、变更 0、…``."""
        return "、".join(f"{FATES[fate]} {count}" for fate, count in self.counts.items())

    def fates(self, *names: str) -> list[RowFate]:
        """Give the rows of some fates, in the order of the file."""
        return [row for row in self.rows if row.fate in names]

    def as_json(self) -> dict[str, Any]:
        """Give the result for ``--json``: counts, step, rows that need a word, problems."""
        step = self.step
        told = None
        if step is not None:
            told = {"id": step.id, "name": step.name, "rows": step.rows, "at": step.at.isoformat(),
                    "hash": step.hash}  # fmt: skip
        return {
            "file": self.file,
            "sheet": self.sheet,
            "table": self.table,
            **self.counts,
            "step": told,
            "also_created": dict(self.also_created),
            "moved": self.moved,
            "remarks": list(self.remarks),
            "rows": [
                {"row": r.row, "fate": r.fate, "title": r.title, "reason": r.reason,
                 "changes": [c.as_json() for c in r.changes]}
                for r in self.rows
                if r.fate not in ("new", "same")
            ],
            "problems": [asdict(p) for p in self.problems],
        }  # fmt: skip


def step_name(file: str, result_rows: Sequence[RowFate]) -> str:
    """Name the journal step: ``装入 新县名录.csv：新增 101、变更 0``."""
    found = Counter(row.fate for row in result_rows)
    return f"装入 {file}：新增 {found['new']}、变更 {found['changed']}"
