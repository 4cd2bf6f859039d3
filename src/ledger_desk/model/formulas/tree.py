"""The parts of a formula once it is read, and what sort of value each of them gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ledger_desk.model.formulas.references import Reference

Sort = Literal["number", "text", "check", "any"]
"""``any`` is what a cell holds: known only when it is looked up, and never a check."""


@dataclass(frozen=True)
class Number:
    """A number as it was written."""

    at: int
    value: Decimal


@dataclass(frozen=True)
class Text:
    """A text in quotes."""

    at: int
    value: str


@dataclass(frozen=True)
class Look:
    """A cell, a range or a column."""

    at: int
    reference: Reference


@dataclass(frozen=True)
class Negative:
    """A number with its sign changed."""

    at: int
    operand: Node


@dataclass(frozen=True)
class Percent:
    """A hundredth: ``5%``."""

    at: int
    operand: Node


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers with ``+ - * /`` between them."""

    at: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Comparison:
    """Two values with ``= <> < <= > >=`` between them."""

    at: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Joined:
    """Two checks with 且 or 或 between them."""

    at: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Not:
    """A check turned round: 非."""

    at: int
    operand: Node


@dataclass(frozen=True)
class Call:
    """A function (its Chinese name) with its arguments."""

    at: int
    function: str
    arguments: tuple[Node, ...]


Node = Number | Text | Look | Negative | Percent | Arithmetic | Comparison | Joined | Not | Call


def children(node: Node) -> tuple[Node, ...]:
    """Give the parts of a part, in the order in which they were written."""
    match node:
        case Negative() | Percent() | Not():
            return (node.operand,)
        case Arithmetic() | Comparison() | Joined():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Give a part and everything below it, in the order in which it was written."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def sort_of(node: Node) -> Sort:
    """Tell what sort of value a part gives."""
    match node:
        case Text():
            return "text"
        case Look():
            return "any"
        case Comparison() | Joined() | Not():
            return "check"
        case Call(function="空"):
            return "check"
        case Call(function="如果"):
            sorts = {sort_of(branch) for branch in node.arguments[1:]}
            return sorts.pop() if len(sorts) == 1 else "any"
        case _:
            return "number"


def is_sum(node: Node) -> bool:
    """Tell whether a part is a sum, in which an empty cell counts as nothing."""
    match node:
        case Arithmetic():
            return node.sign in "+-"
        case Call():
            return node.function == "合计"
        case Negative():
            return is_sum(node.operand)
        case _:
            return False
