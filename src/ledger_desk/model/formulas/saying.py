"""A formula in words, with the values that its cells hold now (显示现场数据)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from ledger_desk.model.formulas.evaluating import Evaluator
from ledger_desk.model.formulas.mistakes import EXACT, LARGEST, FormulaMistake
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
)
from ledger_desk.model.formulas.values import Value

Show = Callable[[Reference, Value], str]
_SIGNS = {"<=": "≤", ">=": "≥", "<>": "≠", "*": "×", "/": "÷"}
_RANK = {"或": 1, "且": 2, "非": 3, "比": 4, "+": 5, "-": 5, "*": 6, "/": 6, "负": 7}
_ATOM = 9
_SHOWN_PLACES = 6


def show(value: Value) -> str:
    """Show a value: thousands separators, at most six decimals, — for nothing, text in quotes."""
    match value:
        case None:
            return "—"
        case bool():
            return "是" if value else "否"
        case str():
            return f"“{value}”"
    if abs(value) > LARGEST:
        return str(value)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _SHOWN_PLACES:
        rounded = value.quantize(Decimal(1).scaleb(-_SHOWN_PLACES), ROUND_HALF_UP, EXACT)
        text = f"{rounded:,f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return f"{value:,f}"


class Speaker:
    """Says one formula.

    Args:
        evaluator: Works out the live values; None says the formula without them.
        show_cell: How a looked-up value is written; None for `show`.
    """

    def __init__(self, evaluator: Evaluator | None, show_cell: Show | None) -> None:
        self._evaluator = evaluator
        self._show_cell = show_cell

    def say(self, node: Node) -> str:
        """Give a part in words."""
        match node:
            case Number():
                return f"{node.value:f}"
            case Text():
                return f"“{node.value}”"
            case Look():
                return self._cell(node)
            case Negative():
                return f"-{self._inside(node.operand, _RANK['负'])}"
            case Percent():
                return f"{self._inside(node.operand, _ATOM)}%"
            case Not():
                return f"非 {self._inside(node.operand, _RANK['非'])}"
            case Comparison():
                sign = _SIGNS.get(node.sign, node.sign)
                return f"{self._side(node.left)} {sign} {self._side(node.right)}"
            case Arithmetic() | Joined():
                # The right side of a - b and a ÷ b needs its brackets at the same rank too.
                rank = _RANK[node.sign]
                left, right = self._inside(node.left, rank), self._inside(node.right, rank + 1)
                return f"{left} {_SIGNS.get(node.sign, node.sign)} {right}"
            case Call():
                return self._call(node)

    def _cell(self, node: Look) -> str:
        words = node.reference.words
        if self._evaluator is None or node.reference.several:
            return words
        value = self._evaluator.value(node)
        text = self._show_cell(node.reference, value) if self._show_cell else show(value)
        return f"{words} {text}"

    def _call(self, node: Call) -> str:
        inside = ", ".join(self.say(argument) for argument in node.arguments)
        text = f"{node.function}({inside})"
        several = any(isinstance(a, Look) and a.reference.several for a in node.arguments)
        return f"{text} {show(self._worth(node))}" if several and self._evaluator else text

    def _side(self, node: Node) -> str:
        """One side of a comparison, with its result where it had to be worked out."""
        text = self.say(node)
        plain_side = isinstance(node, Number | Text | Look) or text.endswith("%")
        if self._evaluator is None or plain_side or text == show(self._worth(node)):
            return text
        if isinstance(node, Negative) and isinstance(node.operand, Number):
            return text
        if isinstance(node, Call) and any(
            isinstance(a, Look) and a.reference.several for a in node.arguments
        ):
            return text  # its value stands behind it already
        return f"{text}（得 {show(self._worth(node))}）"

    def _worth(self, node: Node) -> Value:
        assert self._evaluator is not None
        try:
            return self._evaluator.value(node)
        except FormulaMistake:
            return None

    def _inside(self, node: Node, rank: int) -> str:
        text = self.say(node)
        return text if _rank(node) >= rank else f"({text})"


def _rank(node: Node) -> int:
    match node:
        case Arithmetic() | Joined():
            return _RANK[node.sign]
        case Comparison():
            return _RANK["比"]
        case Not():
            return _RANK["非"]
        case Negative():
            return _RANK["负"]
        case _:
            return _ATOM
