"""A form that there is, taken up as a draft: each part of its definition finds its place again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ledger_desk.exchange.blank_outline import Outline, outline
from ledger_desk.exchange.definitions import Form
from ledger_desk.exchange.form_parts import Block, Column, Fixed, Shape
from ledger_desk.reports.designing.draft import (
    Choice,
    Draft,
    DraftBlock,
    DraftCell,
    DraftColumn,
    Extra,
    Field,
    Formula,
    Number,
    Text,
)
from ledger_desk.workbook.references import letters, number

_WAS = "原来的定义"
_NUMBER = ("indicator", "measure", "part", "formula", "unit", "places")
_OF_FORM = frozenset(
    ["id", "title", "standing", "mechanism", "source", "due", "blank", "sheet", "checks", "notes", "cell",
     "block", "check", "balance"]
)  # fmt: skip
_OF_CELL = frozenset([*_NUMBER, "at", "text", "label", "sheet"])
_OF_COLUMN = frozenset(
    [*_NUMBER, "at", "heading", "field", "total", "total_where", "total_text", "notes"]
)
_OF_BLOCK = frozenset(
    ["rows", "first_row", "room", "total_row", "shrink", "sheet", "empty", "title", "of", "day", "until",
     "where", "sort", "indicator", "measure", "part", "row", "column"]
)  # fmt: skip


def extra_of(part: Shape, known: frozenset[str]) -> Extra:
    """What a part of a definition says besides what a draft has a place for."""
    fields = type(part).model_fields
    told = {name: getattr(part, name) for name in fields if name not in known}
    return tuple((k, v) for k, v in told.items() if v is not None and v != fields[k].default)


def draft_of_form(form: Form) -> Draft:
    """Make a draft that is written out as the form was."""
    shape = form.shape
    sheets = outline(form.blank)
    return Draft(
        shape.id, shape.title, shape.sheet, form.blank,
        standing=shape.standing, mechanism=shape.mechanism,
        source_document=shape.source.document, source_title=shape.source.title,
        clause=shape.source.clause, every=shape.due.every, due_day=shape.due.day,
        due_clause=shape.due.clause, notes=shape.notes,
        cells=tuple(_cell(each, shape.sheet_of(each)) for each in shape.cell),
        blocks=tuple(_block(each, shape.sheet_of(each), sheets) for each in shape.block),
        checks=shape.checks, rules=shape.check, balance=shape.balance, blank_name=shape.blank,
        extra=extra_of(shape, _OF_FORM),
    )  # fmt: skip


def _cell(cell: Fixed, sheet: str) -> DraftCell:
    choice: Choice = Text(cell.text or "")
    if cell.formula is not None:
        choice = Formula(cell.formula)
    elif cell.indicator is not None:
        choice = Number(cell.indicator, cell.measure or "", tuple(cell.part.items()))
    return DraftCell(
        cell.at,
        choice,
        sheet,
        cell.label,
        cell.unit,
        cell.places,
        _WAS,
        extra=extra_of(cell, _OF_CELL),
    )


def _block(block: Block, sheet: str, sheets: Mapping[str, Outline]) -> DraftBlock:
    printed = sheets.get(sheet)
    columns = [_column(each) for each in block.column]
    header = (0, 0)
    if printed is not None:
        header = header_of(block, printed)
        columns = [
            _printed(column, printed, header, block.first_row) for column in columns
        ]  # fmt: skip
        columns += _left_open(columns, printed, header, block.first_row)
    return DraftBlock(
        sheet, block.rows, block.first_row, block.room, block.total_row, block.shrink, block.of,
        block.day, block.until, block.where, block.sort, block.empty, block.title, block.indicator,
        block.measure, tuple(block.part.items()), block.row, tuple(columns), header, _WAS, True, extra_of(block, _OF_BLOCK),
    )  # fmt: skip


def _column(column: Column) -> DraftColumn:
    choice: Choice = Number(
        column.indicator or "", column.measure or "", tuple(column.part.items())
    )
    if column.field is not None:
        choice = Field(column.field)
    elif column.formula is not None:
        choice = Formula(column.formula)
    return DraftColumn(
        column.at, column.heading, choice, column.unit, column.places, column.total,
        column.total_where, column.total_text, column.notes, column.heading, _WAS, True,
        extra=extra_of(column, _OF_COLUMN),
    )  # fmt: skip


def header_of(block: Block, printed: Outline) -> tuple[int, int]:
    """Tell the header's rows: from the headings of its columns up to those that span them."""
    ats = [number(column.at) for column in block.column]
    rows = {
        row for (row, column), _ in printed.texts.items()
        if row < block.first_row and min(ats) <= column <= max(ats)
    }  # fmt: skip
    last = block.first_row - 1
    while last > 1 and _only_marks(last, printed):
        last -= 1
    first = last
    while first - 1 in rows and _heads(first - 1, ats, printed):
        first -= 1
    return first, last


_MARK = re.compile(r"^(?:[甲乙丙丁戊]|[(（]?\d{1,3}[)）]?|[A-Z]{1,2})$")


def _only_marks(row: int, printed: Outline) -> bool:
    """Whether a row only numbers the columns: 甲, 乙, 1, 2."""
    texts = [text.strip() for (at, _), text in printed.texts.items() if at == row]
    return not texts or all(_MARK.match(text) for text in texts)


def _heads(row: int, ats: list[int], printed: Outline) -> bool:
    """Whether a row parts the columns: it has texts over several, or one beside merged ones."""
    some = {column: text for (at, column), text in printed.texts.items() if at == row}
    if any(
        text.rstrip().endswith((":", "：")) or ("年" in text and "月" in text)
        for text in some.values()
    ):
        return False  # 填报单位：, 单位：万元
    return (len(some) > 1 and len(some) * 4 >= len(ats)) or any(
        merge.first_row <= row < merge.last_row and merge.first_column == merge.last_column
        for merge in printed.merges
    )


def _printed(
    column: DraftColumn, printed: Outline, header: tuple[int, int], first_row: int
) -> DraftColumn:
    return replace(column, printed=printed_heading(printed, number(column.at), header, first_row))


def printed_heading(printed: Outline, column: int, header: tuple[int, int], first_row: int) -> str:
    """Put the texts over a column together, upper before lower: ``授信/户数``."""
    found = {text for (row, _), text in printed.texts.items() if header[0] <= row <= header[1]}
    texts = [text for text in printed.headings(column, first_row) if text in found]
    return "/".join("".join(text.split()) for text in reversed(texts))


def _left_open(
    columns: list[DraftColumn], printed: Outline, header: tuple[int, int], first_row: int
) -> list[DraftColumn]:
    """Columns of the blank that have a heading and that the form does not fill."""
    have = {column.at for column in columns}
    found = []
    for (row, column), text in sorted(printed.texts.items()):
        at = letters(column)
        if header[0] <= row <= header[1] and at not in have:
            have.add(at)
            whole = printed_heading(printed, column, header, first_row)
            found.append(DraftColumn(at, text.strip(), printed=whole, why="原来就不填", sure=True))
    return found
