r"""The text of headings: made comparable, with the unit of measure taken out.

Headings of official tables carry line breaks, spaces for looks, marks of required columns and the
unit in brackets: ``授信金额\n（万元）*`` is 授信金额 in 万元.
"""

from __future__ import annotations

import re

from ledger_desk.workbook.cells import CellValue, text_of

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200d\ufeff]+")
_MARKS = "*＊★☆▲△'’`：:"
_MONEY = r"(?:人民币)?(?:亿|千万|百万|十万|万|千|百)?(?:美|港|欧|日)?元(?:人民币)?"
_COUNTED = (
    r"(?:亿|千万|百万|十万|万|千|百)?"
    r"(?:户次?|家次?|笔|个|人次?|次|项|件|份|张|辆|台|套|条|吨(?:标准煤|标煤)?|公斤|千克|克|米|公里|千米"
    r"|平方米|平方公里|㎡|立方米|亩|公顷|千瓦时|千瓦|度|标箱|TEU|天|日|周|个月|月|季|年|岁|小时|分钟|分|倍)"
    r"|％|%|‰|个百分点|百分点|BP|bp|Bp"
)
_UNIT = re.compile(rf"(?:{_MONEY}|{_COUNTED})")
_MONEY_UNIT = re.compile(_MONEY)
_BRACKET = re.compile(r"[（(\[【〔]([^（(\[【〔）)\]】〕]{1,30})[）)\]】〕]")
_SAYS_UNIT = re.compile(r"^(?:金额|计量|数量)?单位[:：为]?")
_TAIL = re.compile(rf"(.+?)[:：,，_/\-—](?:单位[:：]?)?({_MONEY}|{_COUNTED})$")
_BARE_TAIL = re.compile(r"(.*[额款本金入润产值税费息债收付])((?:亿|百万|万|千)元)$")
_UNIT_LINE = re.compile(r"(?<![\u4e00-\u9fff])(?:金额|计量|货币|数量)?单位[:：]([^\s:：;；）)]+)")
_SEPARATORS = re.compile(r"[、,，/；;和及或]")


def plain(cell: CellValue) -> str:
    """Give a heading without blanks and line breaks, marks and quotes at its ends gone."""
    text = text_of(cell)
    if " " in text or not text.isprintable():  # no other blank is printable
        text = _BLANKS.sub("", text)
    return text.strip(_MARKS)


def split_unit(heading: str) -> tuple[str, str]:
    """Take the unit out of a plain heading: ``授信金额（万元）`` → (授信金额, 万元).

    Where several units stand together, the only one of money is given (``（万元、户）`` → 万元);
    without one the text stays whole. A bracket that says more than a unit stays too.
    """
    for found in _BRACKET.finditer(heading):
        inside = _SAYS_UNIT.sub("", found[1])
        unit = choose_unit(inside)
        rest = heading[: found.start()] + heading[found.end() :]
        # Text that goes on with / names other things too, which have other units.
        if unit and rest and not heading[found.end() :].startswith("/"):
            return rest.strip(_MARKS), unit
    tail = _TAIL.match(heading) or _BARE_TAIL.match(heading)
    if tail:
        return tail[1], tail[2]
    return heading, ""


def choose_unit(text: str) -> str:
    """Give the unit that a text names, if it names nothing else; '' otherwise."""
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    if not pieces or not all(_UNIT.fullmatch(piece) for piece in pieces):
        return ""
    if len(pieces) == 1:
        return pieces[0]
    money = [piece for piece in pieces if _MONEY_UNIT.fullmatch(piece)]
    return money[0] if len(money) == 1 else ""


def unit_line(text: str) -> str | None:
    """Give the unit of a line such as ``单位：万元、户``; None where the text names none.

    ``填报单位：新县`` names an office, not a unit.
    """
    found = _UNIT_LINE.search(text)
    if found is None:
        return None
    pieces = [piece for piece in _SEPARATORS.split(found[1]) if piece]
    units = [piece for piece in pieces if _UNIT.fullmatch(piece)]
    if not units:
        return None
    return choose_unit(found[1]) or next((u for u in units if _MONEY_UNIT.fullmatch(u)), units[0])


def is_unit(cell: CellValue) -> bool:
    """Tell whether a cell holds a unit and nothing else, with or without brackets."""
    text = plain(cell)
    inside = _BRACKET.fullmatch(text)
    return bool(choose_unit(_SAYS_UNIT.sub("", inside[1] if inside else text)))


def unit_of(cell: CellValue) -> str:
    """Give the unit of a cell for which `is_unit` holds."""
    text = plain(cell)
    inside = _BRACKET.fullmatch(text)
    return choose_unit(_SAYS_UNIT.sub("", inside[1] if inside else text))


def join(parts: tuple[str, ...]) -> tuple[str, str]:
    """Join the texts of a column's header rows from top to bottom: ``A/B`` and its unit.

    Equal and empty parts count once; the lowest unit wins, since it is the closest.
    """
    texts: list[str] = []
    unit = ""
    for part in parts:
        text, own = split_unit(part)
        unit = own or unit
        if not text and part:
            unit = choose_unit(part) or unit
        if text and text not in texts:
            texts.append(text)
    return "/".join(texts), unit
