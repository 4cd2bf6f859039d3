"""What a formula gives with the cells that the caller looks up: exact, in Decimal, never float.

Empty cells: nothing in a sum; anything multiplied with or divided by an empty cell is empty, and so
is a sum of which every part is empty. A comparison with an empty side says neither yes nor no
(None), which 且 或 非 carry on. A sum of empty cells beside a value that is filled in counts as 0:
a total without any part is a mistake, an empty row is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from ledger_desk.model.formulas.mistakes import EXACT, MOST_CELLS, FormulaMistake
from ledger_desk.model.formulas.references import Reference
from ledger_desk.model.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Joined,
    Look,
    Negative,
    Node,
    Not,
    Number,
    Percent,
    Text,
    is_sum,
    walk,
)
from ledger_desk.model.formulas.values import Held, Value, as_number, held, read_number, sized
from ledger_desk.model.plain import plain

# Division is exact to 60 digits; what differs by less than this is division's own remainder.
_NOISE = Decimal("1E-24")
_FINEST = 24  # places, either side of the point


class Lookup(Protocol):
    """Where a formula finds its cells. What is not there is None; nothing is raised."""

    def value(self, reference: Reference) -> Held:
        """Give one cell (``reference.several`` is false)."""
        ...

    def values(self, reference: Reference) -> Iterable[Held]:
        """Give the cells of a range or of a whole column (``reference.several`` is true)."""
        ...


class Evaluator:
    """Works out one formula.

    Args:
        lookup: Where the cells are.
        tolerance: Numbers that differ by no more count as equal in comparisons.
    """

    def __init__(self, lookup: Lookup, tolerance: Decimal) -> None:
        self._lookup = lookup
        self._tolerance = max(tolerance, _NOISE)
        self._seen = 0

    def value(self, node: Node) -> Value:
        """Give the value of a part.

        Raises:
            FormulaMistake: A cell holds text where a number is wanted, or a number grew too large.
        """
        match node:
            case Number() | Text():
                return node.value
            case Look():
                return held(self._lookup.value(node.reference))
            case Negative():
                return _minus(self._number(node.operand))
            case Percent():
                return self._worked(node, "/", self._number(node.operand), Decimal(100))
            case Arithmetic():
                left, right = self._number(node.left), self._number(node.right)
                return self._worked(node, node.sign, left, right)
            case Comparison():
                return self._compared(node)
            case Joined():
                return _joined(node.sign, self._truth(node.left), self._truth(node.right))
            case Not():
                truth = self._truth(node.operand)
                return None if truth is None else not truth
            case Call():
                return self._called(node)

    def _truth(self, node: Node) -> bool | None:
        value = self.value(node)
        assert value is None or isinstance(value, bool)  # the parser lets only checks come here
        return value

    def _number(self, node: Node) -> Decimal | None:
        value = self.value(node)
        return None if isinstance(value, bool) else as_number(value, node)

    def _worked(
        self, node: Node, sign: str, left: Decimal | None, right: Decimal | None
    ) -> Decimal | None:
        if sign in "+-":
            if left is None or right is None:
                return left if right is None else (right if sign == "+" else _minus(right))
            worked = EXACT.add(left, right) if sign == "+" else EXACT.subtract(left, right)
        elif left is None or right is None:
            return None
        elif sign == "*":
            worked = EXACT.multiply(left, right)
        else:
            if not right:
                return None
            worked = EXACT.divide(left, right)
        return sized(worked, node.at)

    # -- comparisons ---------------------------------------------------------------------------

    def _compared(self, node: Comparison) -> bool | None:
        left, right = self.value(node.left), self.value(node.right)
        if left is None and right is not None and is_sum(node.left) and _points(node.right):
            left = Decimal(0)
        if right is None and left is not None and is_sum(node.right) and _points(node.left):
            right = Decimal(0)
        if left is None or right is None:
            return None
        if isinstance(left, str) and isinstance(right, str):
            return _ordered(node.sign, _order(plain(left), plain(right)))
        if node.sign in ("=", "<>"):
            # A number and a word that is none: they differ, and nothing is wrong with that.
            first, second = read_number(left), read_number(right)
            if first is None or second is None:
                return node.sign == "<>"
        else:
            first, second = as_number(left, node.left), as_number(right, node.right)
            if first is None or second is None:
                return None
        return _ordered(node.sign, self._apart(first, second))

    def _apart(self, left: Decimal, right: Decimal) -> int:
        """-1, 0 or 1: less, equal within the tolerance, more."""
        difference = EXACT.subtract(left, right)
        if abs(difference) <= self._tolerance:
            return 0
        return 1 if difference > 0 else -1

    # -- functions -----------------------------------------------------------------------------

    def _called(self, node: Call) -> Value:
        first = node.arguments[0]
        match node.function:
            case "如果":
                truth = self._truth(first)
                if truth:
                    return self.value(node.arguments[1])
                return (
                    self.value(node.arguments[2]) if truth is False and node.arguments[2:] else None
                )
            case "空":
                return self.value(first) is None
            case "绝对值":
                number = self._number(first)
                return None if number is None else abs(number)
            case "四舍五入":
                return self._rounded(node)
            case "计数":
                return Decimal(sum(1 for each, _ in self._gathered(node) if each is not None))
        numbers = [as_number(each, part) for each, part in self._gathered(node)]
        return self._summed(node, [number for number in numbers if number is not None])

    def _summed(self, node: Call, numbers: list[Decimal]) -> Decimal | None:
        if not numbers:
            return None
        if node.function == "最大":
            return max(numbers)
        if node.function == "最小":
            return min(numbers)
        total = Decimal(0)
        for number in numbers:
            total = EXACT.add(total, number)
        if node.function == "平均":
            total = EXACT.divide(total, Decimal(len(numbers)))
        return sized(total, node.at)

    def _rounded(self, node: Call) -> Decimal | None:
        number = self._number(node.arguments[0])
        places = self._number(node.arguments[1]) if node.arguments[1:] else Decimal(0)
        if number is None or places is None:
            return None
        if places != int(places) or abs(places) > _FINEST:
            raise FormulaMistake(
                node.arguments[1].at, f"小数位数要是 -{_FINEST} 到 {_FINEST} 的整数，请改正"
            )
        rounded = number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, EXACT)
        return sized(rounded if rounded else abs(rounded), node.at)

    def _gathered(self, node: Call) -> Iterator[tuple[Decimal | str | None, Node]]:
        """Give all values of a function's arguments, each with the argument it came from."""
        for part in node.arguments:
            if not isinstance(part, Look) or not part.reference.several:
                value = self.value(part)
                assert not isinstance(value, bool)  # the parser lets no check come here
                yield value, part
                continue
            for cell in self._lookup.values(part.reference):
                self._seen += 1
                if self._seen > MOST_CELLS:
                    raise FormulaMistake(part.at, f"合起来超过 {MOST_CELLS:,} 个单元格，请缩小区域")
                yield held(cell), part


def _minus(number: Decimal | None) -> Decimal | None:
    """Change the sign; never gives a negative zero."""
    return None if number is None else number.copy_negate() if number else abs(number)


def _points(node: Node) -> bool:
    """Whether a part looks anything up, and so was filled in by somebody."""
    return any(isinstance(part, Look) for part in walk(node))


def _order(left: str, right: str) -> int:
    return (left > right) - (left < right)


def _ordered(sign: str, order: int) -> bool:
    match sign:
        case "=":
            return order == 0
        case "<>":
            return order != 0
        case "<":
            return order < 0
        case "<=":
            return order <= 0
        case ">":
            return order > 0
        case _:
            return order >= 0


def _joined(sign: str, left: bool | None, right: bool | None) -> bool | None:
    """且 and 或 of three values: one side alone decides where it can."""
    decisive = sign == "或"
    if left is decisive or right is decisive:
        return decisive
    return None if left is None or right is None else not decisive
