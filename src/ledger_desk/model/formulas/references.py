"""What a formula may point at: columns, cells and ranges, of this form or another, now or before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

ReferenceKind = Literal["column", "cell", "range", "other", "previous"]
Earlier = Literal["", "上期", "上年同期"]


@dataclass(frozen=True)
class Reference:
    """One thing that a formula looks up.

    Attributes:
        column: Letters of the (first) column, in capitals.
        row: The (first) row; None where it is the formula's own row, or the whole column.
        last_column: Last column of a range, else None.
        last_row: Last row of a range, else None.
        whole: All rows of the column, as inside ``合计(C)``.
        form: Title or id of another form as it was written, empty for this one.
        earlier: ``上期`` or ``上年同期``, empty for the period of the form.
        label: The column's heading where the formula or the form names it; not compared.
        position: Where it stands in the formula (1-based); not compared.
    """

    column: str
    row: int | None = None
    last_column: str | None = None
    last_row: int | None = None
    whole: bool = False
    form: str = ""
    earlier: Earlier = ""
    label: str = field(default="", compare=False)
    position: int = field(default=1, compare=False)

    @property
    def kind(self) -> ReferenceKind:
        """What it is, the most telling first: an earlier period, another form, then the shape."""
        if self.earlier:
            return "previous"
        if self.form:
            return "other"
        if self.last_row is not None:
            return "range"
        return "cell" if self.row is not None else "column"

    @property
    def several(self) -> bool:
        """Whether it stands for many cells (`Lookup.values`) and not for one (`Lookup.value`)."""
        return self.whole or self.last_row is not None

    @property
    def cells(self) -> int:
        """How many cells a range has; 1 for anything else."""
        if self.row is None or self.last_row is None or self.last_column is None:
            return 1
        width = number_of_column(self.last_column) - number_of_column(self.column) + 1
        return width * (self.last_row - self.row + 1)

    @property
    def place(self) -> str:
        """``C``, ``F12`` or ``C6:C20``, without form and period."""
        first = f"{self.column}{self.row or ''}"
        return first if self.last_row is None else f"{first}:{self.last_column}{self.last_row}"

    @property
    def words(self) -> str:
        """As it stands in a sentence: ``授信金额``, ``成效统计表!F12``, ``上期授信金额``, ``上期 F12``."""
        text = f"{self.form}!{self.place}" if self.form else self.label or self.place
        if not self.earlier:
            return text
        return f"{self.earlier}{text}" if self.label and not self.form else f"{self.earlier} {text}"


def number_of_column(letters: str) -> int:
    """Column letters (capitals) as a number: ``AB`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
