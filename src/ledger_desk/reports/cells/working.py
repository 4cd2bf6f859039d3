"""Working out the formulas of a report, each once, whatever the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ledger_desk.exchange.definitions import Column, Fixed
from ledger_desk.exchange.form_formulas import read_formula
from ledger_desk.exchange.form_questions import divides, formula_of
from ledger_desk.model.formulas import Formula, FormulaMistake, Held, Value
from ledger_desk.reports.cells.elsewhere import Elsewhere
from ledger_desk.reports.cells.grid import Grid, Here, Place, name_of, total_row
from ledger_desk.reports.cells.looking import Looking
from ledger_desk.reports.laying import total_cell
from ledger_desk.reports.shapes import (
    Cell,
    Filled,
    FromFormula,
    Provenance,
    Report,
    ReportBlock,
    Unworked,
)
from ledger_desk.reports.styles import Style, style_of
from ledger_desk.workbook.references import split


@dataclass(frozen=True)
class _Task:
    """One cell that is worked out."""

    formula: Formula
    here: Here
    style: Style


@dataclass
class Working:
    """Formulas of one report while they are worked out."""

    report: Report
    elsewhere: Elsewhere | None
    tasks: Mapping[Place, _Task]
    grid: Grid
    done: dict[Place, Value] = field(default_factory=dict)
    wrong: dict[Place, str] = field(default_factory=dict)

    def value(self, place: Place) -> Value:
        """Work one cell out; cells that it needs come first."""
        if place in self.done:
            return self.done[place]
        self.done[place] = None  # a circle, which the loader refuses, finds nothing
        try:
            self.done[place] = self.tasks[place].formula.evaluate(self.looking(place))
        except FormulaMistake as error:
            self.wrong[place] = str(error)
        return self.done[place]

    def looking(self, place: Place) -> Looking:
        """Give the look of one cell at the others."""
        return Looking(self.grid, self.tasks[place].here, self.elsewhere, self._worked)

    def origin(self, place: Place) -> FromFormula:
        """Say where a worked-out cell comes from."""
        look, task = self.looking(place), self.tasks[place]
        value = self.done.get(place)
        exact = value if isinstance(value, Decimal | str) else None
        try:
            said = task.formula.said(look)
            task.formula.evaluate(look)  # ranges are said without their cells
        except FormulaMistake as error:
            said = str(error)
        inputs = tuple(dict.fromkeys(name_of(each, place[0]) for each in look.seen))
        return FromFormula(task.formula.text, said, inputs, exact)

    def _worked(self, place: Place) -> tuple[bool, Held]:
        if place not in self.tasks:
            return False, None
        value = self.value(place)
        style = self.tasks[place].style
        return True, style.held(value) if isinstance(value, Decimal) else value


def work_out(report: Report, elsewhere: Elsewhere | None = None) -> Report:
    """Fill all cells of a report that hold formulas."""
    tasks = _tasks(report)
    if not tasks:
        return report
    working = Working(report, elsewhere, tasks, Grid(report))
    for place in tasks:
        working.value(place)
    cells = {
        tab: tuple(_cell(cell, (tab, cell.row, cell.column), working) for cell in some)
        for tab, some in report.cells.items()
    }
    wrong = tuple(Unworked(*place, why) for place, why in working.wrong.items())
    blocks = tuple(_block(block, working) for block in report.blocks)
    return replace(report, cells=cells, blocks=blocks, said=wrong)


def _tasks(report: Report) -> dict[Place, _Task]:
    shape = report.form.shape
    found: dict[Place, _Task] = {}
    grid = Grid(report)
    for fixed in shape.cell:
        if fixed.formula is not None:
            sheet = shape.sheet_of(fixed)
            row, column = split(fixed.at)
            place = grid.row_of(sheet, row)
            formula = read_formula(fixed.formula, shape, sheet)
            style = _style(fixed, fixed.formula)
            if place is not None:
                found[sheet, place, column] = _Task(formula, Here(sheet, place), style)
    for block in report.blocks:
        for column_shape in block.shape.column:
            found |= _column_tasks(report, block, column_shape)
    return found


def _style(part: Fixed | Column, formula: str) -> Style:
    return style_of("number", part.places, part.unit, dash=divides(formula))


def _column_tasks(report: Report, block: ReportBlock, column: Column) -> dict[Place, _Task]:
    filled, shape, sheet = block.columns[column.at], block.shape, block.sheet
    found: dict[Place, _Task] = {}
    for n, row in enumerate(block.places):
        listed = shape.row[n] if shape.row else None
        if listed is None and column.formula is None:
            break
        text = formula_of(listed, column)
        if text is not None:
            formula = read_formula(text, report.form.shape, sheet, shape)
            found[sheet, row, filled.column] = _Task(
                formula, Here(sheet, row, block), filled.style(n)
            )
    total = total_row(block)
    if column.formula is not None and column.total != "none" and total is not None:
        formula = read_formula(column.formula, report.form.shape, sheet, shape)
        style = _style(column, column.formula)
        found[sheet, total, filled.column] = _Task(formula, Here(sheet, total, block), style)
    return found


def _cell(cell: Cell, place: Place, working: Working) -> Cell:
    task = working.tasks.get(place)
    if task is None:
        return cell
    value = working.done[place]
    return replace(
        cell, value=task.style.content(value), text=task.style.text(value),
        exact=task.style.held(value), provenance=working.origin(place),
    )  # fmt: skip


def _block(block: ReportBlock, working: Working) -> ReportBlock:
    columns, totals = dict(block.columns), dict(block.totals)
    total = total_row(block)
    for column in block.shape.column:
        filled = columns[column.at]
        columns[column.at] = _filled(block, filled, working)
        place = (block.sheet, total or 0, filled.column)
        if place in working.tasks:
            task = working.tasks[place]
            totals[column.at] = total_cell(
                filled, place[1], block.sheet, working.done[place], task.style,
                working.origin(place), column,
            )  # fmt: skip
    return replace(block, columns=columns, totals=totals)


def _filled(block: ReportBlock, filled: Filled, working: Working) -> Filled:
    """A column with its worked-out rows."""
    tab, at = block.sheet, filled.column
    rows = [n for n, row in enumerate(block.places) if (tab, row, at) in working.tasks]
    if not rows:
        return filled
    values = list(filled.values)
    for n in rows:
        values[n] = working.done[tab, block.places[n], at]
    worked = frozenset(rows)

    def origin(place: int) -> Provenance:
        if place in worked:
            return working.origin((tab, block.places[place], at))
        return filled.origin(place)

    return replace(filled, values=values, origin=origin)
