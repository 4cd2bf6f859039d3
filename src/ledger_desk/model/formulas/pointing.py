"""Places and headings of a formula turned into references: what stands there, and whether it can."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from ledger_desk.model.formulas.mistakes import MOST_CELLS, FormulaMistake, shown
from ledger_desk.model.formulas.references import (
    LAST_COLUMN,
    LAST_ROW,
    Earlier,
    Reference,
    number_of_column,
)
from ledger_desk.model.formulas.tokens import Token
from ledger_desk.model.formulas.tree import Look, Node
from ledger_desk.model.formulas.words import near, plain_name

PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})?")


class Pointer:
    """Makes references.

    Args:
        names: Headings in plain form → column or cell; None where two columns have the heading.
        labels: Column or cell → its heading.
    """

    def __init__(self, names: Mapping[str, str | None], labels: Mapping[str, str]) -> None:
        self._names = names
        self._labels = labels

    def reference(self, first: Token, last: Token | None, form: str) -> Reference:
        """Make the reference of a place, or of a range where ``last`` is given."""
        column, row, label = self._corner(first, form)
        if last is None:
            label = label or ("" if form else self._labels.get(f"{column}{row or ''}", ""))
            return Reference(column, row, form=form, label=label, position=first.at)
        other, end, _ = self._corner(last, form)
        if row is None or end is None:
            raise FormulaMistake(
                first.at,
                f"区域两头都要写行号，例如 {column}6:{other}20；整列请写 合计({column})，同一行相加请写 {column} + {other}",
            )
        left, right = sorted((column, other), key=number_of_column)
        top, bottom = sorted((row, end))
        found = Reference(left, top, right, bottom, form=form, position=first.at)
        if found.cells > MOST_CELLS:
            raise FormulaMistake(
                first.at, f"区域有 {found.cells:,} 个单元格，最多 {MOST_CELLS:,} 个，请缩小区域"
            )
        return found

    def whole_column(self, node: Node) -> Node:
        """Make a column that stands alone in 合计( ) and the like the whole column."""
        if not isinstance(node, Look) or node.reference.row is not None:
            return node
        return Look(node.at, replace(node.reference, whole=True))

    def earlier(self, reference: Reference, name: str, at: int) -> Reference:
        """Make the same reference of an earlier period (上期, 上年同期)."""
        return replace(reference, earlier=cast("Earlier", name), position=at)

    def _corner(self, token: Token, form: str) -> tuple[str, int | None, str]:
        text, label = token.text, ""
        if token.kind == "label":
            if form:
                raise FormulaMistake(
                    token.at, f"别的表要写单元格，不能写列名，例如 {shown(form)}!F12"
                )
            text, label = self._named(token), token.text
        match = PLACE.fullmatch(text)
        if match is None:
            raise FormulaMistake(token.at, f"“{shown(text)}”不是单元格，请照 F12 的样子写")
        row = int(match[2]) if match[2] else None
        if number_of_column(match[1]) > LAST_COLUMN or (
            row is not None and not 1 <= row <= LAST_ROW
        ):
            raise FormulaMistake(
                token.at, f"表格里没有 {text}，列最多到 XFD，行从 1 到 {LAST_ROW}，请核对"
            )
        return match[1], row, label

    def _named(self, token: Token) -> str:
        name = plain_name(token.text)
        if name not in self._names:
            raise FormulaMistake(
                token.at, f"没有“{shown(token.text)}”这一列，{near(name, self._names)}"
            )
        place = self._names[name]
        if place is None:
            raise FormulaMistake(token.at, f"叫“{shown(token.text)}”的不止一列，请写列的字母")
        return place
