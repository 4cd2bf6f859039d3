"""Kinds of value: how a cell becomes a value, how a value is shown, how it is stored.

A kind is a name and four functions. Window, workbook and paper each keep one small table keyed by
kind, so that the model knows nothing of any of them.

To add a kind: write ``parse`` (raise `ValueError` with a finished Chinese sentence that says what
to write instead) and ``show``, so that
``parse(show(value)) == value`` (money alone shows two decimals; its exact text is
`money.exact_wan`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ledger_desk.model import days, identifiers, money

# Ways in which people write "nothing" in a cell (peers.md §0, real exports).
_EMPTY_WORDS = frozenset(
    ["", "-", "--", "---", "—", "——", "－", "－－", "/", "／", "\\", "空", "暂无", "不详", "未知", "无数据", "未填", "未提供", "暂缺", "不明",
     "N/A", "n/a", "NA", "#N/A", "NULL", "null", "None", "nan", "*"]
)  # fmt: skip
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))


def is_empty(cell: object) -> bool:
    """Tell whether a cell says nothing: blank, ``--``, 暂无, N/A and the like."""
    if cell is None:
        return True
    return isinstance(cell, str) and cell.strip().strip("\u3000") in _EMPTY_WORDS


def clean(cell: object) -> str:
    """Give any cell as text: no control or invisible characters, outer blanks gone.

    Full-width letters are kept: in names and remarks folding them would change what people wrote.
    """
    if isinstance(cell, str):
        text = cell
        if text.isprintable():  # the blank is the only one of these that does not show
            return text.strip()
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    elif isinstance(cell, bool):
        return "是" if cell else "否"
    else:
        return str(cell)
    text = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return text.strip().strip("\u3000").strip()


def same(value: Any) -> Any:
    """Give the value itself: stored and given value are the same."""
    return value


@dataclass(frozen=True)
class Kind:
    """One kind of value.

    Attributes:
        name: Key for the tables that window, workbook and store keep.
        parse: ``(cell, unit)`` to value; ``unit`` is the unit named in a heading (元, 万元) or None.
        show: Value to text on screen and paper.
        storage: ``TEXT`` or ``INTEGER`` in the ledger.
        save: Value to stored value.
        load: Stored value to value.
        options: The words of a choice, in order; empty for every other kind.
        open: A choice that takes other words too (an office's own, or wording from paper).
    """

    name: str
    parse: Callable[[object, str | None], Any]
    show: Callable[[Any], str] = str
    storage: str = "TEXT"
    save: Callable[[Any], Any] = same
    load: Callable[[Any], Any] = same
    options: tuple[str, ...] = field(default=())
    open: bool = False


def _parse_text(cell: object, unit: str | None = None) -> str:
    return " ".join(clean(cell).split("\n"))


def _parse_note(cell: object, unit: str | None = None) -> str:
    return clean(cell)


# A number of the office's own, 申报2026-0001: its hyphen is a part of it.
_OWN_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}\d{4}[-－]\d{1,9}")


def _parse_code(cell: object, unit: str | None = None) -> str:
    if identifiers.looks_damaged(cell):
        raise ValueError(
            f"“{cell}”已被电子表格改成科学计数，后几位数字丢了，不能用。请向来表单位要文本格式的原号码。"
        )
    text = clean(cell)
    if _OWN_NUMBER.fullmatch(text):
        return unicodedata.normalize("NFKC", text)
    return identifiers.normalise_code(text)


def _parse_phone(cell: object, unit: str | None = None) -> str:
    if identifiers.looks_damaged(cell):
        raise ValueError(f"“{cell}”不是完整的电话号码。请按文本重新填写。")
    return unicodedata.normalize("NFKC", clean(cell)).replace("；", ";").strip(" ;,")


def _parse_money(cell: object, unit: str | None = None) -> int:
    return money.parse_money(cell, unit)


def _parse_rate(cell: object, unit: str | None = None) -> int:
    return money.parse_rate(cell)


def _parse_day(cell: object, unit: str | None = None) -> date:
    return days.parse_day(cell, date.today())


def _parse_whole(cell: object, unit: str | None = None) -> int:
    text = unicodedata.normalize("NFKC", clean(cell)).replace(",", "")
    for tail in ("人", "户", "笔", "个", "家", "次", "月"):
        text = text.removesuffix(tail)
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"“{clean(cell)}”不是整数。请只写数字，例如 12。") from None
    if not number.is_integer() or abs(number) > 10**15:
        raise ValueError(f"“{clean(cell)}”不是整数。请只写数字，例如 12。")
    return int(number)


_YEAR = re.compile(r"(\d{4})\s*(?:年度?)?")
_MONTH = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?")
# More than any count of things or square metres, and far inside a 64-bit INTEGER.
_MOST_QUANTITY = 10**15
_MILLION = 1_000_000
_QUANTITY_TAILS = (
    "平方米",
    "㎡",
    "千瓦时",
    "亩",
    "度",
    "吨",
    "台",
    "套",
    "辆",
    "件",
    "个",
    "项",
    "股",
    "处",
)


def _parse_year(cell: object, unit: str | None = None) -> int:
    if isinstance(cell, date):
        return cell.year
    text = unicodedata.normalize("NFKC", clean(cell))
    found = _YEAR.fullmatch(text)
    if found is None or not 1900 <= int(found[1]) <= 2100:
        raise ValueError(f"“{text}”不是年份。请写四位数字，例如 2025。")
    return int(found[1])


def _parse_month(cell: object, unit: str | None = None) -> str:
    if isinstance(cell, date):
        return f"{cell.year:04}-{cell.month:02}"
    text = unicodedata.normalize("NFKC", clean(cell))
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2100:
        raise ValueError(f"“{text}”不是月份。请写年和月，例如 2025-03。")
    return f"{found[1]}-{int(found[2]):02}"


def _parse_quantity(cell: object, unit: str | None = None) -> int:
    text = unicodedata.normalize("NFKC", clean(cell)).replace(",", "").replace("m2", "")
    for tail in _QUANTITY_TAILS:
        text = text.removesuffix(unicodedata.normalize("NFKC", tail)).strip()
    try:
        number = Decimal(text) * _MILLION
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number != number.to_integral_value():
        raise ValueError(f"“{clean(cell)}”不是数量。请只写数字，最多六位小数，例如 120.5。")
    if abs(number) > _MOST_QUANTITY:
        raise ValueError(f"“{clean(cell)}”太大了，不像一个数量。请核对后重填。")
    return int(number)


def quantity(millionths: int) -> Decimal:
    """Give the exact number of a stored quantity: 120500000 → 120.5."""
    return Decimal(millionths).scaleb(-6)


def _show_quantity(millionths: int) -> str:
    text = f"{quantity(millionths):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_YES = frozenset(
    ["是", "有", "√", "✓", "✔", "1", "Y", "y", "YES", "yes", "true", "TRUE", "True", "对", "已"]
)
_NO = frozenset(
    [
        "否",
        "无",
        "×",
        "✗",
        "✘",
        "x",
        "X",
        "0",
        "N",
        "n",
        "NO",
        "no",
        "false",
        "FALSE",
        "False",
        "未",
    ]
)


def _parse_yes_no(cell: object, unit: str | None = None) -> bool:
    text = clean(cell)
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"“{text}”看不出是“是”还是“否”。请填“是”或“否”。")


def _load_day(value: str) -> date:
    return date.fromisoformat(value)


TEXT = Kind("text", _parse_text)
NOTE = Kind("note", _parse_note)
CODE = Kind("code", _parse_code)
PERSON_ID = Kind("person_id", _parse_code)
PHONE = Kind("phone", _parse_phone)
MONEY = Kind("money", _parse_money, money.show_wan, "INTEGER")
RATE = Kind("rate", _parse_rate, money.show_rate, "INTEGER")
WHOLE = Kind("whole", _parse_whole, str, "INTEGER")
DAY = Kind("day", _parse_day, days.show_day, "TEXT", date.isoformat, _load_day)
YES_NO = Kind("yes_no", _parse_yes_no, lambda v: "是" if v else "否", "INTEGER", int, bool)
# A whole year; the Chinese ways of writing it are read.
YEAR = Kind("year", _parse_year, str, "INTEGER")
# YYYY-MM, so that text order is the order of time.
MONTH = Kind("month", _parse_month)
# A number with up to six decimals, held in whole millionths: square metres, pieces, kilowatt hours.
QUANTITY = Kind("quantity", _parse_quantity, _show_quantity, "INTEGER")
DIVISION = Kind("division", _parse_text)
INDUSTRY = Kind("industry", _parse_text)
REFERENCE = Kind("reference", _parse_text)
# A reported number in the smallest unit of its indicator: fen, households, millionths.
FIGURE = Kind("figure", _parse_whole, str, "INTEGER")


def choice(*options: str, open: bool = False) -> Kind:
    """Make a kind that takes one of ``options``; an open one takes other wording too."""

    def parse(cell: object, unit: str | None = None) -> str:
        text = _parse_text(cell)
        if text in options or open:
            return text
        raise ValueError(
            f"“{text}”不在可选的 {len(options)} 项里。请从“{'、'.join(options)}”中选一个。"
        )

    return Kind("choice", parse, options=options, open=open)
