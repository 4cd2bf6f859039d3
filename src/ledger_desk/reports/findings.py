"""Findings of the checks: three grades, a sentence with the numbers, the cell, the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ledger_desk.reports.shapes import Ref, Report
from ledger_desk.store.queries import Rows

Grade = Literal["must", "explain", "hint"]
GRADES: dict[Grade, str] = {"must": "必改", "explain": "须说明", "hint": "提示"}


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        grade: ``must`` has to be mended, ``explain`` passes with a written explanation.
        rule: Id of the rule.
        title: ``第 6 行 担保情况没有填``: place and what, in one breath.
        sentence: Firm, field and the numbers.
        remedy: Likely cause, and what to do.
        sheet: Tab of the cell.
        cell: ``G9``; empty when it is about the whole form.
        row: Row in the filled sheet, 0 for the whole form.
        column: Column in the filled sheet, 0 for the whole form.
        records: Records to open for mending, the most telling first.
        enterprise: The firm, if it is about one.
        beside: The tab again where it is not the form's own sheet (`checks` fills it in).
    """

    grade: Grade
    rule: str
    title: str
    sentence: str
    remedy: str
    sheet: str = ""
    cell: str = ""
    row: int = 0
    column: int = 0
    records: tuple[Ref, ...] = ()
    enterprise: Ref | None = None
    beside: str = ""

    @property
    def key(self) -> str:
        """What an explanation hangs on: the rule and the record, not the place in the table."""
        return f"{self.rule}:{self.records[0].record if self.records else self.place}"

    @property
    def place(self) -> str:
        """``F12``, and ``附表!F12`` on another sheet than the form's own."""
        return f"{self.beside}!{self.cell}" if self.beside and self.cell else self.cell

    @property
    def grade_label(self) -> str:
        """必改, 须说明 or 提示."""
        return GRADES[self.grade]


@dataclass(frozen=True)
class Case:
    """What a rule looks at: the report, and the same picture of the ledger it was made on."""

    report: Report
    rows: Rows


@dataclass(frozen=True)
class Rule:
    """One rule; ``run`` yields its findings in reading order."""

    id: str
    label: str
    grade: Grade
    clause: str
    run: Callable[[Rule, Case], Iterable[Finding]]
