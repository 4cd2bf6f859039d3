"""A formula cut into its smallest parts, each with its place; what cannot belong there is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ledger_desk.model.formulas.mistakes import (
    LARGEST,
    LONGEST,
    MOST_DECIMALS,
    MOST_TOKENS,
    FormulaMistake,
    shown,
)
from ledger_desk.model.formulas.words import WORD, parts_of_run

TokenKind = Literal["number", "text", "sign", "function", "place", "label", "form", "end"]


@dataclass(frozen=True)
class Token:
    """One part: its text in plain form and its place (1-based) in the formula as written."""

    kind: TokenKind
    text: str
    at: int


# One character for one, so that places stay true. Letters and digits of other scripts that only
# look like ours (mathematical, Cyrillic) are left alone, and refused as unknown.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "　\u00a0\t\r\n×÷−–【】『』“”≤≦≥≧≠、", '     */--[]「」""<<>>≠,'
)
# Two signs in one character: they keep their one place.
_DOUBLE = {"≤": "<=", "≦": "<=", "≥": ">=", "≧": ">=", "≠": "<>"}
_SIGN = re.compile(r"<=|>=|<>|!=|[-+*/%(),:<>=]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_PLACE = re.compile(
    r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_$])|\$[A-Za-z]{1,3}(?![A-Za-z0-9_$])"
)
_CLOSING = {"[": "]", "「": "」"}
_REFUSED = {
    "^": "公式里没有乘方，请写成连乘，例如 C*C",
    "**": "公式里没有乘方，请写成连乘，例如 C*C",
    "//": "除号只写一个 /",
    "==": "等于只写一个 =",
    "=<": "小于等于请写 <= 或 ≤",
    "=>": "大于等于请写 >= 或 ≥",
    "><": "不等于请写 <> 或 ≠",
    ".": "公式里没有用点号取值的写法，请删去这个点",
    "&": "公式里不能拼接文字，请删去 &",
    ";": "几项之间请用逗号隔开",
    "'": "表名请写成 [表名]!F12，文字请用双引号括起来",
    "!": "“!”前面要有表名，例如 成效统计表!F12",
    "$": "“$”只能写在单元格里，例如 $F$12",
    "_": "公式里没有以下划线开头的名称，请写列的字母或 [列名]",
    "—": "减号请写 -",
    "。": "小数点请写半角的点 .",
}


def cut(text: str, names: Mapping[str, str | None]) -> list[Token]:
    """Cut a formula into tokens, an ``end`` token last.

    Args:
        text: The formula as written.
        names: Headings in plain form (`ledger_desk.model.formulas.words.plain_name`).

    Raises:
        FormulaMistake: Too long, too many parts, or a character that no formula has.
    """
    if len(text) > LONGEST:
        raise FormulaMistake(
            LONGEST + 1, f"公式有 {len(text)} 个字，最多 {LONGEST} 个，请拆成几条写"
        )
    folded = text.translate(_FOLD)
    tokens: list[Token] = []
    at = 0
    while at < len(folded):
        if folded[at] == " ":
            at += 1
            continue
        found, at = _next(text, folded, at, names)
        tokens.extend(found)
        if len(tokens) > MOST_TOKENS:
            raise FormulaMistake(
                tokens[MOST_TOKENS].at, f"公式的部分多于 {MOST_TOKENS} 个，请拆成几条写"
            )
    tokens.append(Token("end", "", len(text) + 1))
    return tokens


def _next(
    text: str, folded: str, at: int, names: Mapping[str, str | None]
) -> tuple[list[Token], int]:
    """Cut off what stands at ``at`` (0-based): its tokens and where the rest begins."""
    character, place = folded[at], at + 1
    if text[at] in _DOUBLE:
        if folded[at + 1 : at + 2] == "=":
            raise FormulaMistake(place + 1, f"“{text[at]}”后面不用再写 =，请删去")
        return [Token("sign", _DOUBLE[text[at]], place)], at + 1
    if folded[at : at + 2] in _REFUSED:
        raise FormulaMistake(place, _REFUSED[folded[at : at + 2]])
    if match := _NUMBER.match(folded, at):
        return [_number(folded, match)], match.end()
    if match := _PLACE.match(folded, at):
        # A form of that name, a function such as LOG10, or a heading such as A3纸 goes on below.
        rest = folded[match.end() : match.end() + 1]
        if rest not in ("!", "(") and (rest in "且或非" or not WORD.match(rest)):
            return [Token("place", match[0].replace("$", "").upper(), place)], match.end()
    if character in _CLOSING:
        return _bracketed(text, folded, at)
    if character == '"':
        end = folded.find('"', at + 1)
        if end < 0:
            raise FormulaMistake(place, "文字的引号没有配对，请在文字后面补上引号")
        return [Token("text", text[at + 1 : end], place)], end + 1
    if match := _SIGN.match(folded, at):
        sign = "<>" if match[0] == "!=" else match[0]
        return [Token("sign", sign, place)], match.end()
    if (match := WORD.match(folded, at)) and character != "_":
        parts, end = parts_of_run(folded, at, match.end(), names)
        return [Token(part.kind, part.text, part.start + 1) for part in parts], end
    if character in _REFUSED:
        raise FormulaMistake(place, _REFUSED[character])
    raise FormulaMistake(place, f"不认识“{shown(text[at])}”，请删去，或换成键盘上的普通字符")


def _number(folded: str, match: re.Match[str]) -> Token:
    place = match.start() + 1
    if grouped := _GROUPED.match(folded, match.start()):
        raise FormulaMistake(
            place,
            f"“{shown(grouped[0])}”看不出是千分位还是两个数，千分位逗号请删去，两个数请在逗号后空一格",
        )
    after = folded[match.end() : match.end() + 1]
    if after == ".":
        raise FormulaMistake(match.end() + 1, "一个数里只能有一个小数点，请核对")
    if after and (after in "万亿元千百" or (after.isascii() and (after.isalnum() or after == "_"))):
        raise FormulaMistake(
            match.end() + 1,
            f"数字后面不能直接跟“{shown(after)}”，请写完整的数，例如 10000，名称请用 [ ] 括起来",
        )
    _, _, decimals = match[0].partition(".")
    if len(decimals) > MOST_DECIMALS:
        raise FormulaMistake(place, f"小数多于 {MOST_DECIMALS} 位，请少写几位")
    if Decimal(match[0]) > LARGEST:
        raise FormulaMistake(place, "这个数大于 10 的 24 次方，请核对")
    return Token("number", match[0], place)


def _bracketed(text: str, folded: str, at: int) -> tuple[list[Token], int]:
    """Read ``[列名]``, ``「列名」`` or, before ``!``, the name of a form."""
    closing = _CLOSING[folded[at]]
    end = folded.find(closing, at + 1)
    if end < 0:
        raise FormulaMistake(at + 1, f"名称的“{text[at]}”没有配对，请在名称后面补上“{closing}”")
    name = text[at + 1 : end].strip()
    if not name:
        raise FormulaMistake(at + 1, "括号里没有名称，请写列名，例如 [授信金额]")
    after = end + 1
    while folded[after : after + 1] == " ":
        after += 1
    if folded[after : after + 1] == "!" and folded[after + 1 : after + 2] != "=":
        return [Token("form", name, at + 1)], after + 1
    return [Token("label", name, at + 1)], end + 1
