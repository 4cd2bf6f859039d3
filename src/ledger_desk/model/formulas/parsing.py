"""A formula read into its parts: brackets first, × ÷, + -, comparisons, 非, 且, 或.

Recursive descent with a counted depth. What could only go wrong later (adding a comparison, a
whole column where one cell is wanted) is refused here already, with its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ledger_desk.model.formulas.functions import BY_NAME, EARLIER, Function
from ledger_desk.model.formulas.mistakes import DEEPEST, MOST_CELLS, FormulaMistake, shown
from ledger_desk.model.formulas.pointing import Pointer
from ledger_desk.model.formulas.sorting import (
    arguments_of,
    check_side,
    number_side,
    one_value,
)
from ledger_desk.model.formulas.tokens import Token, cut
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
    sort_of,
    walk,
)

_COMPARING = ("=", "<>", "<", "<=", ">", ">=")


def read(text: str, names: Mapping[str, str | None], labels: Mapping[str, str]) -> Node:
    """Read a formula.

    Args:
        text: The formula as written; one ``=`` in front, as Excel has it, is allowed.
        names: Headings in plain form, each with its column or cell, or None where two have it.
        labels: Column or cell → heading, for sentences.

    Raises:
        FormulaMistake: The first thing that is wrong.
    """
    tokens = cut(text, names)
    if tokens[0].text == "=" and tokens[0].kind == "sign":
        del tokens[0]
    if tokens[0].kind == "end":
        raise FormulaMistake(1, "公式是空的，请写公式，例如 D = E + F")
    tree = _Parser(tokens, names, labels).whole()
    if sum(n.reference.cells for n in walk(tree) if isinstance(n, Look)) > MOST_CELLS:
        place = next(n.at for n in walk(tree) if isinstance(n, Look) and n.reference.several)
        raise FormulaMistake(place, f"区域合起来超过 {MOST_CELLS:,} 个单元格，请缩小区域")
    return tree


class _Parser:
    """Walks over the tokens once."""

    def __init__(
        self, tokens: list[Token], names: Mapping[str, str | None], labels: Mapping[str, str]
    ) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._pointer = Pointer(names, labels)

    def whole(self) -> Node:
        tree = self._either()
        token = self._token
        if token.kind != "end":
            raise self._surplus(token)
        one_value(tree)
        return tree

    # -- tokens --------------------------------------------------------------------------------

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *signs: str) -> bool:
        return self._token.kind == "sign" and self._token.text in signs

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += token.kind != "end"
        return token

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaMistake(token.at, f"括号套得超过 {DEEPEST} 层，请拆成几条写")

    def _surplus(self, token: Token) -> FormulaMistake:
        if token.text == ")":
            return FormulaMistake(token.at, "多了一个右括号，请删去或补上左括号")
        if token.text in ",:":
            return FormulaMistake(
                token.at,
                f"“{token.text}”只能写在函数的括号里，例如 合计(C6:C20)；数里的千分位逗号请删去",
            )
        return FormulaMistake(
            token.at, f"“{shown(token.text)}”前面缺一个运算符，请补上 + - × ÷ 或比较符号"
        )

    # -- checks --------------------------------------------------------------------------------

    def _either(self) -> Node:
        left = self._both()
        while self._is("或"):
            token = self._take()
            right = self._both()
            left = Joined(token.at, "或", check_side(left, "或"), check_side(right, "或"))
        return left

    def _both(self) -> Node:
        left = self._negated()
        while self._is("且"):
            token = self._take()
            right = self._negated()
            left = Joined(token.at, "且", check_side(left, "且"), check_side(right, "且"))
        return left

    def _negated(self) -> Node:
        if not self._is("非"):
            return self._compared()
        token = self._take()
        self._enter(token)
        operand = self._negated()
        self._depth -= 1
        return Not(token.at, check_side(operand, "非"))

    def _compared(self) -> Node:
        left = self._added()
        if not self._is(*_COMPARING):
            return left
        token = self._take()
        right = self._added()
        if self._is(*_COMPARING):
            raise FormulaMistake(self._token.at, "一次只能比较两边，请写成“A < B 且 B < C”的样子")
        for side in (left, right):
            one_value(side)
            if sort_of(side) == "check":
                raise FormulaMistake(side.at, "比较的结果不能再拿来比较，请用 且、或、非 连接")
            if isinstance(side, Text) and not side.value.strip():
                raise FormulaMistake(side.at, "判断没有填请写 空(C)，不要和空的文字比较")
        return Comparison(token.at, token.text, left, right)

    # -- arithmetic ----------------------------------------------------------------------------

    def _added(self) -> Node:
        left = self._multiplied()
        while self._is("+", "-"):
            token = self._take()
            right = self._multiplied()
            left = Arithmetic(token.at, token.text, number_side(left), number_side(right))
        return left

    def _multiplied(self) -> Node:
        left = self._signed()
        while self._is("*", "/"):
            token = self._take()
            right = self._signed()
            left = Arithmetic(token.at, token.text, number_side(left), number_side(right))
        return left

    def _signed(self) -> Node:
        if not self._is("-", "+"):
            return self._hundredth()
        token = self._take()
        self._enter(token)
        operand = number_side(self._signed())
        self._depth -= 1
        return Negative(token.at, operand) if token.text == "-" else operand

    def _hundredth(self) -> Node:
        node = self._primary()
        while self._is("%"):
            token = self._take()
            if isinstance(node, Percent):
                raise FormulaMistake(token.at, "百分号写了两个，请删去一个")
            node = Percent(token.at, number_side(node))
        return node

    def _primary(self) -> Node:
        token = self._take()
        match token.kind:
            case "number":
                return Number(token.at, Decimal(token.text))
            case "text":
                return Text(token.at, token.text)
            case "function":
                return self._call(token, BY_NAME[token.text.upper()])
            case "form":
                return self._place(self._take(), token)
            case "place" | "label":
                return self._place(token, None)
            case "end":
                raise FormulaMistake(token.at, "公式没有写完，请在末尾补上数、列或单元格")
        if token.text != "(":
            raise FormulaMistake(
                token.at, f"“{shown(token.text)}”这里应当是数、列或单元格，请补上或删去多余的符号"
            )
        self._enter(token)
        inner = self._either()
        self._close(token)
        one_value(inner)
        return inner

    def _close(self, opening: Token) -> None:
        token = self._take()
        if token.kind == "end":
            raise FormulaMistake(opening.at, "左括号没有配对，请补上右括号")
        if token.text != ")" or token.kind != "sign":
            raise self._surplus(token)
        self._depth -= 1

    def _place(self, token: Token, form: Token | None) -> Look:
        if token.kind not in ("place", "label"):
            raise FormulaMistake(token.at, "“!”后面要有单元格，例如 成效统计表!F12")
        last = None
        if self._is(":"):
            colon = self._take()
            last = self._take()
            if last.kind not in ("place", "label"):
                raise FormulaMistake(colon.at, "“:”后面要有单元格，例如 C6:C20")
        return Look(
            (form or token).at, self._pointer.reference(token, last, form.text if form else "")
        )

    def _call(self, token: Token, function: Function) -> Node:
        opening = self._take()  # a function is only cut as one where a bracket follows
        self._enter(opening)
        arguments: list[Node] = []
        while not self._is(")") or arguments:
            arguments.append(self._either())
            if not self._is(","):
                break
            self._take()
        self._close(opening)
        if not function.least <= len(arguments) <= function.most:
            raise FormulaMistake(
                token.at,
                f"“{function.name}”的括号里有 {len(arguments)} 项，请照这个样子写：{function.pattern}",
            )
        if function.name in EARLIER:
            return self._earlier(token, function.name, arguments[0])
        if function.gathers and len(arguments) == 1:
            arguments[0] = self._pointer.whole_column(arguments[0])
        return Call(token.at, function.name, tuple(arguments_of(function, arguments)))

    def _earlier(self, token: Token, name: str, argument: Node) -> Look:
        if not isinstance(argument, Look) or argument.reference.earlier:
            raise FormulaMistake(
                token.at, f"“{name}”的括号里只能写一个列、单元格或区域，例如 {name}(F)"
            )
        return Look(token.at, self._pointer.earlier(argument.reference, name, token.at))
