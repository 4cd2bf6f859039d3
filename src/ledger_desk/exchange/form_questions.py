"""What stands in one cell of a matrix: the union of what its row, column and block say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger_desk.exchange.form_parts import PART_KEYS, Asked, Block, Column, Listed

_ROW = re.compile(r"\{\s*([1-9][0-9]{0,6})\s*\}")
_NAMES = {"indicator": "indicator（指标）", "measure": "measure（本期、累计……）"}


@dataclass(frozen=True)
class Question:
    """A number of the ledger.

    Attributes:
        indicator: Id of the indicator.
        measure: 本期, 本年累计 ….
        parts: (split key, value) pairs in the order of `PART_KEYS`, all of which hold.
    """

    indicator: str
    measure: str
    parts: tuple[tuple[str, str], ...] = ()

    def without(self, key: str) -> Question:
        """The same number without one of its parts."""
        return Question(
            self.indicator, self.measure, tuple(pair for pair in self.parts if pair[0] != key)
        )


def combine(*said: Asked | None) -> tuple[Question | None, list[str]]:
    """Put together what row, column and block say.

    Returns:
        The question, or None with at least one sentence: what is missing, or said twice.
    """
    givers = [one for one in said if one is not None]
    wrong: list[str] = []
    found: dict[str, str] = {}
    for name, label in _NAMES.items():
        values = [value for one in givers if (value := getattr(one, name)) is not None]
        if len(values) > 1:
            wrong.append(f"{label}说了 {len(values)} 次：{'、'.join(values)}，只能说一次。")
        elif not values:
            wrong.append(f"没有写 {label}，列、行、区块里要有一处写。")
        else:
            found[name] = values[0]
    parts: dict[str, str] = {}
    for one in givers:
        for key, value in one.part.items():
            if key in parts:
                wrong.append(
                    f"{PART_KEYS.get(key, key)}说了两次：{parts[key]}、{value}，只能说一次。"
                )
            parts[key] = value
    if wrong:
        return None, wrong
    order = {key: place for place, key in enumerate(PART_KEYS)}
    pairs = sorted(parts.items(), key=lambda pair: order.get(pair[0], len(order)))
    return Question(found["indicator"], found["measure"], tuple(pairs)), []


def formula_of(row: Listed | None, column: Column) -> str | None:
    """The formula of a cell: the column's, else the row's with ``{6}`` made this column's cell.

    Where both have one the column's holds: the rate of a sum is worked out of the sums.
    """
    if column.formula is not None:
        return column.formula
    if row is None or row.formula is None or column.field is not None:
        return None
    return _ROW.sub(lambda match: f"{column.at}{match[1]}", row.formula)


def divides(formula: str) -> bool:
    """Whether a formula divides: then what it cannot give is shown as —, and else stays empty."""
    return any(sign in formula for sign in "/÷／")


def total_question(block: Block, column: Column) -> tuple[Question | None, list[str]]:
    """What the total row asks: the number for the whole of the block."""
    return combine(column, block)


def rows_and_columns(block: Block) -> Sequence[tuple[int, Listed, Column]]:
    """All cells of listed rows that hold numbers or formulas, with their row in the blank."""
    return [
        (place, row, column)
        for place, row in zip(block.listed_rows, block.row, strict=True)
        for column in block.column
        if column.field is None
    ]
