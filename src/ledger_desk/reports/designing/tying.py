"""Tying columns and cells to what a person or the program chose; unit and total follow."""

from __future__ import annotations

import re
from dataclasses import replace

from ledger_desk.exchange.form_parts import RECORDS, Total
from ledger_desk.reports.designing.draft import (
    Choice,
    Draft,
    DraftBlock,
    DraftCell,
    DraftColumn,
    Field,
    Formula,
    Nothing,
    Number,
    mistakes,
    with_block,
    with_cell,
    with_column,
)
from ledger_desk.reports.designing.naming import is_money, kind_of
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.workbook.headings import split_unit


def tie(draft: Draft, place: int, at: str, choice: Choice) -> Draft:
    """Tie a column to something, as a person chose; unit and total follow."""
    block = draft.blocks[place]
    column = tied(block, block.column(at), choice, "人工选定", sure=True)
    said = {name: getattr(column, name) for name in _FOLLOWS}
    changed = with_column(draft, place, at, **said)
    return _without_rules(draft, changed, at) if isinstance(choice, Nothing) else changed


def _without_rules(before: Draft, after: Draft, at: str) -> Draft:
    """Rules by formula that look at a column which is no longer filled go with it, and that is said."""
    told = {problem.place for problem in mistakes(before)}
    lost = {problem.place for problem in mistakes(after)} - told
    gone = [rule for rule in after.rules if any(f"审核“{rule.label}”" in each for each in lost)]
    if not gone:
        return after
    names = "、".join(f"“{rule.label}”" for rule in gone)
    remark = f"{at} 列不填了，审核公式{names}不再核对。"
    rules = tuple(rule for rule in after.rules if rule not in gone)
    return replace(after, rules=rules, remarks=(*after.remarks, remark))


_FOLLOWS = ("choice", "unit", "total", "total_where", "total_text", "why", "sure")


def tied(
    block: DraftBlock, column: DraftColumn, choice: Choice, why: str, *, sure: bool
) -> DraftColumn:
    """Give a column a choice with the unit and the total that go with it."""
    unit = _unit(block, column, choice)
    total: Total = "none"
    text: str | None = None
    if block.total_row is not None:
        total, text = _total(block, choice, column.printed or column.heading)
    return replace(
        column, choice=choice, unit=unit, total=total, total_where=None, total_text=text,
        why=why, sure=sure,
    )  # fmt: skip


def tie_cell(draft: Draft, sheet: str, at: str, choice: Choice) -> Draft:
    """Let a cell outside the tables hold a text, a number or a formula."""
    unit = _number_unit(choice) if isinstance(choice, Number) else ""
    return with_cell(draft, DraftCell(at, choice, sheet, unit=unit, why="人工选定"))


def total_changed(draft: Draft, place: int, total_row: int | None) -> Draft:
    """Give a block a row of totals, or none; its columns follow."""
    block = replace(draft.blocks[place], total_row=total_row)
    columns = tuple(tied(block, c, c.choice, c.why, sure=c.sure) for c in block.columns)
    return with_block(draft, place, total_row=total_row, columns=columns)


def _unit(block: DraftBlock, column: DraftColumn, choice: Choice) -> str:
    said = split_unit(column.printed.replace("/", "") or column.heading)[1]
    match choice:
        case Number():
            return _number_unit(choice)
        case Formula():
            return said or (
                "%" if column.heading.rstrip("（(%％)）").endswith(("率", "比", "比例")) else ""
            )
        case Field(path) if is_money(path, block):
            return said if said in ("元", "万元", "亿元") else "万元"
    return ""  # fmt: skip


def _number_unit(number: Number) -> str:
    known = INDICATORS.get(number.indicator)
    if known is None:
        return ""
    return known.unit_of(number.measure) if number.measure else known.unit


_COUNTED = re.compile(r"[(（](?:户|家|人|笔|次|个|份|户数|人数)[)）]$|[户人笔次]数$")


def _total(block: DraftBlock, choice: Choice, heading: str) -> tuple[Total, str | None]:
    match choice:
        case Number() | Formula():
            return "sum", None
        case Field(path) if block.is_list:
            if path in ("enterprise.name", "enterprise") or (
                block.of == "enterprise" and path == "name"
            ):
                return "firms", "{n} 户" if block.rows == RECORDS else None
            if is_money(path, block):
                return "sum", None
            if kind_of(path, block) == "whole" and _COUNTED.search(heading):
                return "sum", None
    return "none", None  # fmt: skip
