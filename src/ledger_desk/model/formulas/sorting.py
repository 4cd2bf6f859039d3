"""What may stand where: refused when it is read, so that it cannot go wrong when it is worked out."""

from __future__ import annotations

from ledger_desk.model.formulas.functions import Function
from ledger_desk.model.formulas.mistakes import FormulaMistake, shown
from ledger_desk.model.formulas.tree import Look, Node, sort_of


def arguments_of(function: Function, arguments: list[Node]) -> list[Node]:
    """Give back a function's arguments once they are of the right sorts."""
    if function.name == "如果":
        if sort_of(arguments[0]) != "check":
            raise FormulaMistake(arguments[0].at, "“如果”的第一项要是比较，例如 C > 0 或 C = “是”")
        sorts = {sort_of(branch) == "check" for branch in arguments[1:]}
        for branch in arguments[1:]:
            one_value(branch)
        if len(sorts) > 1:
            raise FormulaMistake(
                arguments[2].at, "“如果”的两个结果要么都是比较，要么都是值，请改成一样的"
            )
        return arguments
    for argument in arguments:
        if not function.gathers:
            one_value(argument)
        if sort_of(argument) == "check":
            raise FormulaMistake(argument.at, f"“{function.name}”里不能写比较，请写数、列或单元格")
        if sort_of(argument) == "text":
            raise FormulaMistake(argument.at, f"“{function.name}”里不能写文字，请写数、列或单元格")
    return arguments


def check_side(node: Node, word: str) -> Node:
    """Give back what 且 或 非 may join: a check."""
    if sort_of(node) != "check":
        example = "非 空(C)" if word == "非" else f"C > 0 {word} D > 0"
        raise FormulaMistake(node.at, f"“{word}”连接的要是比较，例如 {example}")
    return node


def number_side(node: Node) -> Node:
    """Give back what can be reckoned with."""
    one_value(node)
    if sort_of(node) == "check":
        raise FormulaMistake(node.at, "比较的结果不能加减乘除，请用 如果(比较, 1, 0)")
    if sort_of(node) == "text":
        raise FormulaMistake(node.at, "文字不能加减乘除，请换成数、列或单元格")
    return node


def one_value(node: Node) -> None:
    """Refuse a range or a whole column where one value is wanted."""
    if isinstance(node, Look) and node.reference.several:
        raise FormulaMistake(
            node.at,
            f"{node.reference.words} 有许多单元格，请放进函数里，例如 合计({node.reference.place})",
        )
    if isinstance(node, Look) and node.reference.form and node.reference.row is None:
        raise FormulaMistake(
            node.at,
            f"别的表要写到单元格，例如 {shown(node.reference.form)}!{node.reference.column}12，整列请写 合计(…)",
        )
