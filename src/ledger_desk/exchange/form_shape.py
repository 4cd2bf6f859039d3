"""What a ``form.toml`` may say: a form is a sheet of text cells and blocks of rows × columns.

A list and a matrix are the same thing: a block takes its rows from a row source (matchings with
an event in the period) or from a dictionary (townships, banks, kinds), and every column says what
stands in it: a field of the row, or an indicator with its measure.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Standing = Literal["正式表样", "默认表样"]
Measure = Literal["本期", "本期新增", "本年累计", "启动以来累计", "期末数"]
Total = Literal["none", "sum", "count", "firms"]

CellAt = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
ColumnAt = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
RowNumber = Annotated[int, Field(ge=1, le=1_048_576)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(_Shape):
    """Where the form comes from: the document's file and number, and the clause."""

    document: Word
    title: Word
    clause: Word


class Due(_Shape):
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


class Fixed(_Shape):
    """One cell outside the blocks: text with ``{placeholders}``, or one number."""

    at: CellAt
    text: str | None = None
    indicator: str | None = None
    measure: Measure | None = None
    sheet: str | None = None

    @model_validator(mode="after")
    def _one_content(self) -> Fixed:
        if (self.text is None) == (self.indicator is None):
            raise ValueError("text 与 indicator 要写一个，也只能写一个")
        if (self.indicator is None) != (self.measure is None):
            raise ValueError("indicator 与 measure 要一起写")
        return self


class Column(_Shape):
    """One column of a block.

    Totals: ``sum`` adds up, ``count`` counts the filled cells, ``firms`` the distinct firms with a
    filled cell; an indicator's total is always its own number for the whole, so any word will do.
    ``total_where`` takes only the rows whose cell in this column shows that word; ``total_text``
    writes the total as text, ``{n}`` being the number.
    """

    at: ColumnAt
    heading: Word
    field: str | None = None
    indicator: str | None = None
    measure: Measure | None = None
    unit: str = ""
    places: Annotated[int, Field(ge=0, le=6)] = 2
    total: Total = "none"
    total_where: str | None = None
    total_text: str | None = None
    notes: str = ""

    @model_validator(mode="after")
    def _one_content(self) -> Column:
        if (self.field is None) == (self.indicator is None):
            raise ValueError("field 与 indicator 要写一个，也只能写一个")
        if (self.indicator is None) != (self.measure is None):
            raise ValueError("indicator 与 measure 要一起写")
        if self.total == "none" and (self.total_where or self.total_text):
            raise ValueError(
                '写了 total_where 或 total_text，就要写 total = "sum"、"count" 或 "firms"'
            )
        if self.total_text is not None and "{n}" not in self.total_text:
            raise ValueError("total_text 里要有 {n}，那里写数")
        return self


class Empty(_Shape):
    """What a block without rows says, and in which column."""

    at: ColumnAt
    text: Word


class Block(_Shape):
    """A run of rows: ``room`` ready rows in the blank from ``first_row`` on, more are inserted.

    With ``shrink`` the ready rows that are not needed are taken out; one always stays.
    """

    rows: Word
    first_row: RowNumber
    room: Annotated[int, Field(ge=1, le=10_000)]
    total_row: RowNumber | None = None
    shrink: bool = False
    sheet: str | None = None
    empty: Empty | None = None
    column: Annotated[tuple[Column, ...], Field(min_length=1, strict=False)]

    @property
    def last_row(self) -> int:
        """The last ready row of the blank."""
        return self.first_row + self.room - 1

    def added(self, count: int) -> int:
        """How many rows ``count`` rows of content add to the blank; negative: take out."""
        return max(count, 1) - self.room if self.shrink else max(count - self.room, 0)


class FormShape(_Shape):
    """A whole ``form.toml``.

    Attributes:
        mechanism: From which mechanism's first day 启动以来累计 counts.
        sheet: The tab of cells and blocks that name none.
        checks: Rules that are run on this form, by id.
        notes: How to fill it in (填表说明), shown beside the form.
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

    @model_validator(mode="after")
    def _something(self) -> FormShape:
        if not self.cell and not self.block:
            raise ValueError("表里一个 [[cell]] 或 [[block]] 都没有，出不了数")
        return self

    def sheet_of(self, part: Fixed | Block) -> str:
        """The tab that a cell or a block stands on."""
        return part.sheet or self.sheet
