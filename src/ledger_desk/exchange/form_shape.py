"""What a ``form.toml`` may say: a form is a sheet of text cells and blocks of rows × columns.

A list and a matrix are the same thing: a block takes its rows from the records of a class, from a
row source (matchings with an event in the period), from a dictionary (townships, banks, kinds) or
from its own list, and every column says what stands in it: see `form_parts`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ledger_desk.exchange.form_parts import (
    Balance,
    Block,
    Check,
    Column,
    Empty,
    Fixed,
    Listed,
    Measure,
    Shape,
    Total,
    Word,
)

__all__ = [
    "Balance", "Block", "Check", "Column", "Due", "Empty", "Fixed", "FormShape", "Listed", "Measure",
    "Shape", "Source", "Standing", "Total", "Word",
]  # fmt: skip

Standing = Literal["正式表样", "默认表样"]


class Source(Shape):
    """Where the form comes from: the document's file and number, and the clause."""

    document: Word
    title: Word
    clause: Word


class Due(Shape):
    """When it is due: ``day`` of the month that follows the end of the period.

    ``every`` 随时 is a form without a date; then ``day`` is left out.
    """

    every: Literal["月", "季", "年", "随时"]
    day: Annotated[int, Field(ge=1, le=28)] | None = None
    clause: str = ""

    @model_validator(mode="after")
    def _with_day(self) -> Due:
        if (self.day is None) != (self.every == "随时"):
            raise ValueError("按月、季、年报的表要写 day（期后几日），随时报的表不写 day")
        return self

    @property
    def text(self) -> str:
        """``月报，月后10日内`` or ``随时``."""
        return "随时" if self.day is None else f"{self.every}报，{self.every}后{self.day}日内"

    def due_day(self, end: date) -> date | None:
        """The last day to hand in a period that ends on ``end``; None when it has no date."""
        if self.day is None:
            return None
        return date(end.year + end.month // 12, end.month % 12 + 1, self.day)


class FormShape(Shape):
    """A whole ``form.toml``.

    Attributes:
        mechanism: From which mechanism's first day 启动以来累计 counts.
        sheet: The tab of cells and blocks that name none.
        checks: Rules of the program that are run on this form, by id.
        check: Rules of the form's own, as formulas.
        balance: Sums that are kept when the numbers are rounded.
        notes: How to fill it in (填表说明), shown beside the form.
        each: One sheet like the form's own for each township or bank (`form_each`).
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Word
    standing: Standing
    mechanism: Word
    source: Source
    due: Due
    blank: Word = "blank.xlsx"
    sheet: Word
    checks: Annotated[tuple[str, ...], Field(strict=False)] = ()
    notes: Annotated[tuple[str, ...], Field(strict=False)] = ()
    cell: Annotated[tuple[Fixed, ...], Field(strict=False)] = ()
    block: Annotated[tuple[Block, ...], Field(strict=False)] = ()
    check: Annotated[tuple[Check, ...], Field(strict=False)] = ()
    balance: Balance | None = None
    each: Literal["township", "bank"] | None = None

    @model_validator(mode="after")
    def _something(self) -> FormShape:
        if not self.cell and not self.block:
            raise ValueError("表里一个 [[cell]] 或 [[block]] 都没有，出不了数")
        return self

    @property
    def sheets(self) -> tuple[str, ...]:
        """Tabs that the form writes to, its own first."""
        parts: tuple[Fixed | Block, ...] = (*self.cell, *self.block)
        return tuple(dict.fromkeys([self.sheet, *(self.sheet_of(part) for part in parts)]))

    def sheet_of(self, part: Fixed | Block | Check | Balance) -> str:
        """The tab that a cell, a block, a check or a kept sum is about."""
        return part.sheet or self.sheet
