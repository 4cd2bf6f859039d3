"""Formulas of a form: read once, and what is wrong in them told with their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ledger_desk.exchange.blank_outline import Outline
from ledger_desk.exchange.form_parts import LISTED, Block, Check, Column
from ledger_desk.exchange.form_places import column_place
from ledger_desk.exchange.form_questions import formula_of, rows_and_columns
from ledger_desk.exchange.form_shape import FormShape
from ledger_desk.model.formulas import Formula, FormulaMistake, Reference, parse
from ledger_desk.workbook.references import letters, number, split

Spot = tuple[str, str, int]
"""Tab, column letters, row of the blank."""


@lru_cache(maxsize=2048)
def _parse(text: str, names: tuple[tuple[str, str], ...]) -> Formula:
    return parse(text, dict(names))


def read_formula(text: str, shape: FormShape, sheet: str, block: Block | None = None) -> Formula:
    """Read a formula of a form; headings of the block, or of all blocks of the tab, may be named.

    Raises:
        FormulaMistake: A Chinese sentence: the place in it, what is wrong.
    """
    blocks = (
        [block] if block is not None else [b for b in shape.block if shape.sheet_of(b) == sheet]
    )
    found: dict[str, str] = {}
    clash: set[str] = set()
    for each in blocks:
        for column in each.column:
            if found.setdefault(column.heading, column.at) != column.at:
                clash.add(column.heading)
    names = tuple((name, at) for name, at in found.items() if name not in clash)
    return _parse(text, names)


@dataclass(frozen=True)
class FormulaCell:
    """A cell, or for a list a column's cells, that holds a formula.

    Attributes:
        spot: Where it stands in the blank; of a list the first row.
        text: The formula.
        block: Its block, None outside of blocks.
        place: What a sentence calls it.
    """

    spot: Spot
    text: str
    block: Block | None
    place: str


def formula_cells(shape: FormShape) -> Iterator[FormulaCell]:
    """List all that is worked out in a form, total rows too."""
    for cell in shape.cell:
        if cell.formula is not None:
            row, _ = split(cell.at)
            at = cell.at.rstrip("0123456789")
            spot = (shape.sheet_of(cell), at, row)
            yield FormulaCell(spot, cell.formula, None, f"单元格 {cell.at}")
    for block in shape.block:
        tab = shape.sheet_of(block)
        if block.rows == LISTED:
            for row, listed, column in rows_and_columns(block):
                text = formula_of(listed, column)
                if text is not None:
                    where = f"{column_place(shape, block, column)}第 {row} 行"
                    yield FormulaCell((tab, column.at, row), text, block, where)
        for column in block.column:
            if column.formula is None:
                continue
            where = column_place(shape, block, column)
            if block.rows != LISTED:
                yield FormulaCell((tab, column.at, block.first_row), column.formula, block, where)
            if column.total != "none" and block.total_row is not None:
                spot = (tab, column.at, block.total_row)
                yield FormulaCell(spot, column.formula, block, f"{where}合计")


def find_formulas(
    shape: FormShape, sheets: Mapping[str, Outline] | None
) -> Iterator[tuple[str, str]]:
    """Give place and sentence of each mistake in a formula; cells that need each other too."""
    links: dict[Spot, list[Spot]] = {}
    places: dict[Spot, str] = {}
    told: set[tuple[str, str]] = set()  # one formula stands in many rows: it is told once
    for cell in formula_cells(shape):
        tab = cell.spot[0]
        try:
            formula = read_formula(cell.text, shape, tab, cell.block)
        except FormulaMistake as error:
            if (cell.text, str(error)) not in told:
                told.add((cell.text, str(error)))
                yield cell.place, f"“{cell.text}”：{error}"
            continue
        if formula.is_check and (cell.text, "") not in told:
            told.add((cell.text, ""))
            yield cell.place, f"“{cell.text}”是判断，不是数；要判断的请写成 [[check]]。"
        for reference in formula.references:
            for why in _pointing(reference, shape, tab, cell.block, sheets):
                if (cell.text, why) not in told:
                    told.add((cell.text, why))
                    yield cell.place, f"“{cell.text}”：{why}"
        links[cell.spot] = [
            spot for r in formula.references for spot in _spots(r, shape, cell) if not r.earlier
        ]
        places[cell.spot] = cell.place
    for spot in _circle(links):
        yield places[spot], f"{spot[1]}{spot[2]} 的公式绕回了自己，算不出来，请改公式。"
    for check in shape.check:
        yield from ((f"审核“{check.label}”", why) for why in _check_mistakes(check, shape, sheets))


def over_rows(formula: Formula) -> bool:
    """Whether a check is about rows: a letter without a row number stands in it."""
    return any(r.row is None and not r.whole for r in formula.references)


def blocks_of(check: Check, formula: Formula, shape: FormShape) -> list[Block]:
    """Blocks whose rows a check is about: those that have all of its bare letters."""
    wanted = {r.column for r in formula.references if r.row is None and not r.form and not r.whole}
    tab = shape.sheet_of(check)
    return [
        b for b in shape.block
        if shape.sheet_of(b) == tab and wanted and wanted <= {c.at for c in b.column}
    ]  # fmt: skip


def _check_mistakes(
    check: Check, shape: FormShape, sheets: Mapping[str, Outline] | None
) -> Iterator[str]:
    tab = shape.sheet_of(check)
    try:
        formula = read_formula(check.formula, shape, tab)
    except FormulaMistake as error:
        yield f"“{check.formula}”：{error}"
        return
    if not formula.is_check:
        yield f"“{check.formula}”只算出一个数，没有判断；请写上 =、<= 这样的比较。"
    rows = over_rows(formula)
    if check.over in ("row", "total") and not rows:
        yield f"over 写的是“{check.over}”，公式里却没有不带行号的列，例如 G <= F。"
    elif check.over == "whole" and rows:
        yield "over 写的是“whole”，公式里的列要写行号，例如 G20 <= F20。"
    elif rows and not blocks_of(check, formula, shape):
        yield f"“{check.formula}”里的列不在同一个区块里，请写带行号的单元格。"
    elif check.over == "total" and not any(b.total_row for b in blocks_of(check, formula, shape)):
        yield "over 写的是“total”，区块却没有 total_row。"
    for reference in formula.references:
        if reference.row is not None:
            yield from _pointing(reference, shape, tab, None, sheets)


def _pointing(
    reference: Reference, shape: FormShape, tab: str, block: Block | None,
    sheets: Mapping[str, Outline] | None,
) -> Iterator[str]:  # fmt: skip
    """Columns that the block lacks, and cells beyond the sheet."""
    if reference.form and reference.form not in shape.sheets:
        return  # another form: looked for when all are loaded
    tab = reference.form or tab
    if reference.row is None:
        if block is None and not reference.whole:
            yield f"{reference.column} 要写行号，例如 {reference.column}12：这一格不在区块里。"
        elif block is not None and reference.column not in {c.at for c in block.column}:
            yield f"区块没有 {reference.column} 这一列。"
        return
    sheet = (sheets or {}).get(tab)
    if sheet is None:
        return
    last_row, last_column = reference.last_row or reference.row, reference.last_column
    if last_row > sheet.rows or number(last_column or reference.column) > sheet.columns:
        yield f"{reference.place} 超出了空白表的范围，“{tab}”只有 {sheet.rows} 行 {sheet.columns} 列。"


def _spots(reference: Reference, shape: FormShape, cell: FormulaCell) -> list[Spot]:
    """Cells of this form that a reference looks at; of a list its first row stands for all."""
    if reference.form and reference.form not in shape.sheets:
        return []
    tab = reference.form or cell.spot[0]
    if reference.row is None:
        block = cell.block
        if not reference.whole or block is None:
            return [(tab, reference.column, cell.spot[2])]
        rows = block.listed_rows or (block.first_row,)
        return [(tab, reference.column, row) for row in rows]
    first, last = reference.row, reference.last_row or reference.row
    start, end = number(reference.column), number(reference.last_column or reference.column)
    found = []
    for column in range(start, end + 1):
        at = letters(column)
        owners = [
            b for b in shape.block if shape.sheet_of(b) == tab and any(c.at == at for c in b.column)
        ]
        taken = {first} if first == last else set(range(first, min(last, first + 2000) + 1))
        for owner in owners:
            if owner.rows != LISTED and taken & set(range(owner.first_row, owner.last_row + 1)):
                taken = {r for r in taken if not owner.first_row <= r <= owner.last_row}
                taken.add(owner.first_row)
        found += [(tab, at, row) for row in sorted(taken)]
    return found


def _circle(links: Mapping[Spot, list[Spot]]) -> list[Spot]:
    """Cells that need themselves, the first of each circle."""
    state: dict[Spot, int] = {}
    found = []
    for start in links:
        if start in state:
            continue
        state[start] = 1
        trail = [(start, iter(links[start]))]
        while trail:
            spot, rest = trail[-1]
            onward = next(rest, None)
            if onward is None:
                state[spot] = 2
                trail.pop()
            elif onward in links and state.get(onward) == 1:
                found.append(onward)
            elif onward in links and onward not in state:
                state[onward] = 1
                trail.append((onward, iter(links[onward])))
    return list(dict.fromkeys(found))


def foreign_forms(shape: FormShape) -> Iterator[tuple[str, str]]:
    """Place and title or id of each other form that a formula names."""
    formulas = [(c.place, c.text, c.spot[0], c.block) for c in formula_cells(shape)]
    checks = [(f"审核“{c.label}”", c.formula, shape.sheet_of(c), None) for c in shape.check]
    for place, text, tab, block in (*formulas, *checks):
        try:
            formula = read_formula(text, shape, tab, block)
        except FormulaMistake:
            continue
        for name in dict.fromkeys(r.form for r in formula.references if r.form):
            if name not in shape.sheets:
                yield place, name


def column_named(block: Block, at: str) -> Column:
    """Give a block's column by its letters."""
    return next(column for column in block.column if column.at == at)
