"""A value as the table wants it: unit, date and yes-or-no after heading, cells and destination.

`exchange.ways` says how a destination writes (一号六填); what the sender's own heading and filled
cells say comes before it, for the table is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from ledger_desk.exchange.places import name_of
from ledger_desk.exchange.ways import BY_FOURS, IN_FULL, LOWER, MASKED, YUAN, Way, by_fours
from ledger_desk.model import masks, money
from ledger_desk.model.kinds import quantity
from ledger_desk.reports.filling.matching import FilledColumn
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.workbook.sheet_xml import FillValue

Write = Callable[[Any], FillValue]
_MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
_DATED = re.compile(r"[yY]{2,4}|[dD]{1,2}")
_DAY_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "年"),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), "."),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), "/"),
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), "-"),
    (re.compile(r"\d{8}"), ""),
)
_MONTHLY = re.compile(r"年月(?!日)|月份")


@dataclass(frozen=True)
class Manner:
    """How one column is written.

    Attributes:
        unit: Of money: 元, 万元 …; '' for all else.
        said: Words for the person: 按万元, 日期按 2024.11.20; '' where nothing is to be said.
        write: Value → cell.
    """

    unit: str
    said: str
    write: Write


def manner_of(
    topic: Topic,
    column: FilledColumn,
    samples: Sequence[tuple[object, Any]],
    way: Way,
    number_format: str = "General",
) -> Manner:
    """Tell how a column is written.

    Args:
        topic: What stands in it.
        column: Heading and unit.
        samples: Cells that the sender filled, each with the ledger's value for the same row.
        way: How the destination writes.
        number_format: Of the column's cells.
    """
    kind = topic.kind.name
    if topic.private and way.private == MASKED:
        mask = masks.mask_phone if kind == "phone" else lambda v: masks.mask_id(str(v), "ends")
        return Manner("", "遮盖中间几位", mask)
    if kind in ("money", "figure") and kind == "money":
        return _money(column, samples, way)
    if kind == "day":
        return _day(column, [cell for cell, _ in samples], way, number_format)
    if kind == "rate":
        return _rate(column, number_format)
    if topic.id == "computed.prior" and re.search("是否|有无", f"{column.asked}{column.heading}"):
        return Manner("", "首贷户写“是”", lambda value: "是" if value == "首贷户" else "否")
    if kind == "yes_no":
        yes, no = _yes_no(column.asked or column.heading, [cell for cell, _ in samples])
        return Manner("", "", lambda value: _said(value, yes, no))
    if kind == "division":
        return Manner("", "", lambda value: name_of(value))
    if kind == "quantity":
        return Manner("", "", lambda value: value if isinstance(value, str) else quantity(value))
    if kind in ("code", "person_id") and way.codes in (BY_FOURS, LOWER):
        return Manner("", way.codes, by_fours if way.codes == BY_FOURS else str.lower)
    if kind in ("whole", "year", "figure"):
        return Manner("", "", lambda value: value)
    return Manner("", "", lambda value: value if isinstance(value, str) else topic.kind.show(value))


def _said(value: Any, yes: str, no: str) -> str:
    return value if isinstance(value, str) else yes if value else no


def _money(column: FilledColumn, samples: Sequence[tuple[object, Any]], way: Way) -> Manner:
    unit = column.unit if _is_money(column.unit) else ""
    told = "" if unit else _unit_told(samples)
    unit = unit or told or (YUAN if way.money == YUAN else "万元")
    size = money.unit_in_fen(unit)

    def write(fen: Any) -> FillValue:
        if isinstance(fen, str):
            return fen
        amount = (Decimal(fen) / size).normalize()
        return int(amount) if amount == amount.to_integral() else amount

    said = f"按{unit}" + (
        "（看表里已填的数）" if told else "" if column.unit else "（表里没写单位）"
    )
    return Manner(unit, said, write)


def _is_money(unit: str) -> bool:
    try:
        money.unit_in_fen(unit or "?")
    except ValueError:
        return False
    return "元" in unit


def _unit_told(samples: Sequence[tuple[object, Any]]) -> str:
    """Tell the unit from cells that the sender filled, by what the ledger holds for the same firms."""
    ratios = [
        value / float(cell)
        for cell, value in samples
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell and isinstance(value, int) and value
    ]  # fmt: skip
    if not ratios:
        return ""
    middle = median(ratios)
    return next((u for u in _MONEY_UNITS if 0.5 < middle / money.unit_in_fen(u) < 2), "")


def _day(column: FilledColumn, cells: Sequence[object], way: Way, number_format: str) -> Manner:
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    shape = next(
        (mark for text in texts for rule, mark in _DAY_SHAPES if rule.fullmatch(text)), None
    )
    if shape is None and (_DATED.search(number_format) or any(isinstance(c, date) for c in cells)):
        return Manner("", "", lambda day: day)  # the blank's own format shows it
    if _MONTHLY.search(column.heading):
        return Manner("", "写到月", lambda day: f"{day.year}年{day.month}月" if isinstance(day, date) else day)  # fmt: skip
    if shape is None:
        shape = {"2024.11.20": ".", "2024/11/20": "/", "2024年11月20日": "年", "20241120": ""}.get(way.days, "-")  # fmt: skip

    def write(day: Any) -> FillValue:
        if not isinstance(day, date):
            return str(day)
        if shape == "年":
            return f"{day.year}年{day.month}月{day.day}日"
        return shape.join((f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"))

    return Manner("", f"日期写成 {write(date(2024, 11, 20))}", write)


def _rate(column: FilledColumn, number_format: str) -> Manner:
    """Per cent as a number; a cell formatted as per cent holds the hundredth, ‰ the tenfold."""
    power = -2 if "%" in number_format else 1 if "‰" in column.unit else 0

    def write(value: Any) -> FillValue:
        return value if isinstance(value, str) else money.percent(value).scaleb(power)

    return Manner("", "按 ‰" if power == 1 else "", write)


def _yes_no(heading: str, cells: Sequence[object]) -> tuple[str, str]:
    texts = {cell.strip() for cell in cells if isinstance(cell, str)}
    if texts and texts <= {"√", "×", "✓", "✔", "✗", ""}:
        return "√", "×"
    return ("有", "无") if "有无" in heading or (texts and texts <= {"有", "无"}) else ("是", "否")


__all__ = ["IN_FULL", "Manner", "manner_of"]
