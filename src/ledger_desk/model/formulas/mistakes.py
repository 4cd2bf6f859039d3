"""What is wrong with a formula, in one sentence with its place; and how large a formula may be."""

from __future__ import annotations

from decimal import Context, Decimal

LONGEST = 500
"""Characters of a formula."""
DEEPEST = 30
"""Brackets, functions and signs inside one another."""
MOST_TOKENS = 200
MOST_CELLS = 100_000
"""Cells that all ranges of one formula have together."""
LARGEST = Decimal(10) ** 24
"""Size of a number, written or worked out."""
MOST_DECIMALS = 20
"""Decimals of a number that is written in a formula."""

EXACT = Context(prec=60, traps=[])
"""Twice the digits of the largest number: sums and products of cells are never rounded."""


class FormulaMistake(ValueError):  # noqa: N818 - the house's word for what a person wrote wrongly
    """A finished Chinese sentence: the place, what is wrong there, and what to write instead.

    Attributes:
        position: Which character of the formula as it was written, 1 for the first.
    """

    def __init__(self, position: int, why: str) -> None:
        super().__init__(f"公式第 {position} 个字：{why}。")
        self.position = position


def shown(text: str) -> str:
    """Give a piece of a formula as it may stand in a sentence: short, nothing invisible."""
    cut = text if len(text) <= 20 else f"{text[:19]}…"
    return "".join(c if c.isprintable() else f"(U+{ord(c):04X})" for c in cut)
