"""What stands in a form's sheets: single cells, blocks of rows × columns, checks, kept sums.

A number is an indicator, a measure and a part of the ledger; each of the three may be said by the
column, the row or the block. Instead of a number a column, a row or a cell may hold a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Measure = Literal[
    "本期", "本期新增", "本年累计", "启动以来累计", "期末数", "本日", "本周", "本月", "上期", "上年同期",
    "上年同期累计", "年初数", "上年同期末数", "同期增长量", "同期增长率", "累计同期增长量",
    "累计同期增长率", "比年初增长量", "比年初增长率", "比同期末增长量", "比同期末增长率",
    "任务数", "任务完成率",
]  # fmt: skip
Total = Literal["none", "sum", "count", "firms"]
Grade = Literal["must", "explain", "hint"]
Over = Literal["row", "total", "whole"]

RECORDS, LISTED = "records", "listed"
"""``rows`` of a block: records of one class, and rows that the form itself lists."""
PART_KEYS: Mapping[str, str] = {
    "township": "乡镇（街道）", "bank": "银行", "bank_type": "银行类别", "kind": "经营主体类型", "size": "划型",
    "category": "主体划型", "office": "填报单位", "industry": "行业门类", "star": "园区星级",
    "park": "园区", "guarantor": "担保机构", "person": "走访人", "what": "类别",
}  # fmt: skip
"""Ways in which the ledger is split, with what they are called."""

CellAt = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
ColumnAt = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
AreaAt = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?$")
]
Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
RowNumber = Annotated[int, Field(ge=1, le=1_048_576)]
Places = Annotated[int, Field(ge=0, le=6)]


class Shape(BaseModel):
    """Base of all parts: unknown keys are mistakes, nothing is converted in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Asked(Protocol):
    """What a row, a column, a block or a cell may say of a number."""

    @property
    def indicator(self) -> str | None:
        """Which indicator."""
        ...

    @property
    def measure(self) -> Measure | None:
        """本期, 本年累计 …."""
        ...

    @property
    def part(self) -> Mapping[str, str]:
        """Which part of the ledger, by the keys of `PART_KEYS`."""
        ...


class Fixed(Shape):
    """One cell outside the blocks: text with ``{placeholders}``, one number, or a formula."""

    at: CellAt
    text: str | None = None
    indicator: str | None = None
    measure: Measure | None = None
    part: Mapping[str, str] = {}
    formula: Word | None = None
    label: str = ""
    unit: str = ""
    places: Places = 2
    sheet: str | None = None

    @model_validator(mode="after")
    def _one_content(self) -> Fixed:
        said = [part for part in (self.text, self.indicator, self.formula) if part is not None]
        if len(said) != 1:
            raise ValueError("text、indicator、formula 三样要写一样，也只能写一样")
        if (self.indicator is None) != (self.measure is None):
            raise ValueError("indicator 与 measure 要一起写")
        if self.part and self.indicator is None:
            raise ValueError("写了 part，就要写 indicator 和 measure")
        return self


class Column(Shape):
    """One column of a block.

    A list's column shows a ``field`` (``number`` is 序号) or a ``formula``. A matrix's column says
    what the block and its rows leave open of indicator, measure and part, or holds a formula.

    Totals: ``sum`` adds up, ``count`` counts the filled cells, ``firms`` the distinct firms with a
    filled cell; an indicator's total is always its own number for the whole, and a formula is
    worked out again, so any word will do for these. ``total_where`` takes only the rows whose cell
    in this column shows that word; ``total_text`` writes the total as text, ``{n}`` being the number.
    """

    at: ColumnAt
    heading: Word
    field: str | None = None
    indicator: str | None = None
    measure: Measure | None = None
    part: Mapping[str, str] = {}
    formula: Word | None = None
    unit: str = ""
    places: Places = 2
    total: Total = "none"
    total_where: str | None = None
    total_text: str | None = None
    notes: str = ""

    @property
    def asks(self) -> bool:
        """Whether a number of the ledger stands in it, as far as rows hold no formula."""
        return self.field is None and self.formula is None

    @model_validator(mode="after")
    def _one_content(self) -> Column:
        number = self.indicator is not None or self.measure is not None or bool(self.part)
        if (self.field is not None) + (self.formula is not None) + number > 1:
            raise ValueError("field、formula、indicator（measure、part）只能写一样")
        if self.total == "none" and (self.total_where or self.total_text):
            raise ValueError(
                '写了 total_where 或 total_text，就要写 total = "sum"、"count" 或 "firms"'
            )
        if self.total_text is not None and "{n}" not in self.total_text:
            raise ValueError("total_text 里要有 {n}，那里写数")
        return self


class Listed(Shape):
    """One row of a ``listed`` block: what is said of it, and where it stands if not next.

    With ``formula`` its columns are worked out: a bare letter is this row's own cell, so rows are
    added as ``{6} + {7}``, where ``{6}`` stands for the column's cell in row 6 of the blank.
    """

    label: str = ""
    at_row: RowNumber | None = None
    indicator: str | None = None
    measure: Measure | None = None
    part: Mapping[str, str] = {}
    formula: Word | None = None
    unit: str = ""

    @model_validator(mode="after")
    def _one_content(self) -> Listed:
        if self.formula is not None and (self.indicator or self.measure or self.part):
            raise ValueError("formula 与 indicator、measure、part 只能写一样")
        return self


class Empty(Shape):
    """What a block without rows says, and in which column."""

    at: ColumnAt
    text: Word


class Block(Shape):
    """A run of rows: ``room`` ready rows in the blank from ``first_row`` on, more are inserted.

    With ``shrink`` the ready rows that are not needed are taken out; one always stays.

    ``rows = "records"`` lists records: ``of`` is their table, ``day`` the path of the day that must
    lie in the period (with ``until`` any day up to its end, with ``measure`` the days of that
    measure), ``where`` triples (path, operator, value) that must hold, ``sort`` paths, ``-`` first
    for falling ones. ``rows = "listed"`` has its rows in ``row``. ``each`` is the path of the township
    or bank by which the sheets of a form with ``each`` are told apart.
    """

    rows: Word
    first_row: RowNumber
    room: Annotated[int, Field(ge=1, le=10_000)]
    total_row: RowNumber | None = None
    shrink: bool = False
    sheet: str | None = None
    empty: Empty | None = None
    title: str = ""
    of: str | None = None
    day: str | None = None
    until: bool = False
    where: Annotated[
        tuple[Annotated[tuple[Any, ...], Field(strict=False)], ...], Field(strict=False)
    ] = ()
    sort: Annotated[tuple[str, ...], Field(strict=False)] = ()
    indicator: str | None = None
    measure: Measure | None = None
    part: Mapping[str, str] = {}
    each: Word | None = None
    row: Annotated[tuple[Listed, ...], Field(strict=False)] = ()
    column: Annotated[tuple[Column, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="before")
    @classmethod
    def _room_of_listed_rows(cls, data: Any) -> Any:
        """Rows that are listed need no ``room``: it is counted."""
        if isinstance(data, dict) and data.get("rows") == LISTED and "room" not in data:
            rows, first = data.get("row"), data.get("first_row")
            if isinstance(rows, list | tuple) and isinstance(first, int) and rows:
                last, place = first, first
                for row in rows:
                    own = row.get("at_row") if isinstance(row, dict) else None
                    place = own if isinstance(own, int) else place
                    last, place = max(last, place), place + 1
                return {**data, "room": min(last - first + 1, 10_000)}
        return data

    @model_validator(mode="after")
    def _kind_of_rows(self) -> Block:
        if (self.rows == RECORDS) != (self.of is not None):
            raise ValueError('rows = "records" 要写 of（哪一种记录），别的行来源不写 of')
        if self.rows != RECORDS and (self.day or self.until or self.where or self.sort):
            raise ValueError('day、until、where、sort 只写在 rows = "records" 里')
        if self.until and (self.day is None or self.measure is not None):
            raise ValueError("写了 until，就要写 day，不写 measure")
        if self.rows == RECORDS and (self.indicator or (self.part and self.each is None)):
            raise ValueError("记录清单不写 indicator 和 part")
        if self.each is not None and self.rows != RECORDS:
            raise ValueError('区块的 each 只写在 rows = "records" 里')
        if self.rows == RECORDS and self.measure and self.day is None:
            raise ValueError("写了 measure，就要写 day：按哪个日期算")
        if (self.rows == LISTED) != bool(self.row):
            raise ValueError('rows = "listed" 要写 [[block.row]]，别的行来源不写')
        if self.rows == LISTED and self.shrink:
            raise ValueError('rows = "listed" 的行是印好的，不写 shrink')
        return self

    @property
    def last_row(self) -> int:
        """The last ready row of the blank."""
        return self.first_row + self.room - 1

    @property
    def grows(self) -> bool:
        """Whether rows may be inserted or taken out; listed rows stand where they are printed."""
        return self.rows != LISTED

    @property
    def listed_rows(self) -> tuple[int, ...]:
        """Rows of the blank in which the listed rows stand."""
        found, place = [], self.first_row
        for row in self.row:
            place = row.at_row or place
            found.append(place)
            place += 1
        return tuple(found)

    def added(self, count: int) -> int:
        """How many rows ``count`` rows of content add to the blank; negative: take out."""
        if not self.grows:
            return 0
        return max(count, 1) - self.room if self.shrink else max(count - self.room, 0)


class Check(Shape):
    """One rule of the form's own (审核公式).

    Attributes:
        formula: What must hold; letters are columns, ``F12`` cells of the blank.
        label: What it is called, such as 授信金额不大于申报金额.
        grade: 必改, 须说明 or 提示.
        why: Likely causes and what to do.
        over: Each row, the total row, or the whole form once; by default each row where a letter
            without a row number stands in it.
        clause: Where the rule comes from.
        sheet: Tab of its letters and cells.
        tolerance: Numbers that differ by no more are equal, such as "0.01".
    """

    formula: Word
    label: Word
    grade: Grade = "must"
    why: str = ""
    over: Over | None = None
    clause: str = ""
    sheet: str | None = None
    tolerance: Annotated[str, StringConstraints(pattern=r"^\d{1,6}(\.\d{1,6})?$")] = "0"


class Balance(Shape):
    """Sums that must hold after rounding (舍位平衡): each a total and the areas that make it."""

    sums: Annotated[
        tuple[Annotated[tuple[AreaAt, ...], Field(min_length=2, strict=False)], ...],
        Field(min_length=1, strict=False),
    ]
    unit: str = ""
    places: Places | None = None
    sheet: str | None = None
