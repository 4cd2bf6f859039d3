"""舍位平衡: the sums that a form declares hold in the rounded numbers too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ledger_desk.exchange.form_parts import Balance
from ledger_desk.model import balancing
from ledger_desk.model.money import unit_in_fen
from ledger_desk.reports.cells.grid import Grid, Place
from ledger_desk.reports.shapes import Adjustment, Cell, Report, ReportBlock
from ledger_desk.reports.styles import MONEY_UNITS, Style, style_of
from ledger_desk.workbook.references import area, name


def keep_sums(report: Report) -> Report:
    """Round the money cells of a report so that its declared sums hold.

    Totals keep their own rounding; parts take up the difference. Sums that cannot be kept are named.
    """
    declared = report.form.shape.balance
    if declared is None:
        return report
    tab = report.form.shape.sheet_of(declared)
    sums = _sums(report, declared, tab)
    money = _money(report, tab)
    cells: dict[Place, int | None] = {}
    kept, broken = [], []
    for each in sums:
        places = [each.total, *(place for place, _ in each.parts)]
        strange = [place for place in places if place not in money]
        if strange:
            broken.append(f"{each.words}：{_name(strange[0])} 不是金额，没有作舍位平衡。")
            continue
        kept.append(each)
        for place in places:
            cells.setdefault(place, money[place][0])
    if not kept:
        return replace(report, unbalanced=tuple(broken))
    styles = [money[place][1] for place in cells]
    unit = declared.unit or styles[0].unit or "万元"
    places_ = declared.places if declared.places is not None else styles[0].places
    found = balancing.balance(cells, kept, unit=unit, places=places_)
    moved = {each.place: each.given for each in found.adjusted}
    adjusted = tuple(Adjustment(*a.place, a.half_up, a.given) for a in found.adjusted)
    return replace(_applied(report, moved), adjusted=adjusted, unbalanced=(*broken, *found.broken))


def _name(place: Place) -> str:
    return name(place[1], place[2])


def _sums(report: Report, declared: Balance, tab: str) -> list[balancing.Sum[Place]]:
    """The declared sums in places of the filled sheet; rows that were not needed are left out."""
    grid = Grid(report)
    found = []
    for total, *areas in declared.sums:
        parts: list[Place] = []
        for text in areas:
            rect = area(text)
            for row in grid.rows_of(tab, rect.first_row, rect.last_row):
                columns = range(rect.first_column, rect.last_column + 1)
                parts += [(tab, row, column) for column in columns]
        at = area(total)
        own = grid.row_of(tab, at.first_row)
        if own is None:
            continue
        place = (tab, own, at.first_column)
        signed = tuple((part, 1) for part in dict.fromkeys(parts) if part != place)
        found.append(balancing.Sum(place, signed, f"{total} = {' + '.join(areas)}"))
    return found


def _money(report: Report, tab: str) -> dict[Place, tuple[int | None, Style]]:
    """Amounts of a tab in fen, with how they are written; what is no amount is left out."""
    found: dict[Place, tuple[int | None, Style]] = {}
    shape = report.form.shape
    for block in report.blocks_of(tab):
        for column in block.columns.values():
            for n, row in enumerate(block.places):
                style = column.style(n)
                if style.kind in ("money", "number"):
                    fen = _fen(column.values[n], style)
                    if fen is not None or column.values[n] is None:
                        found[tab, row, column.column] = (fen, style)
        for at, cell in block.totals.items():
            shape_column = next(c for c in block.shape.column if c.at == at)
            style = style_of("money", shape_column.places, shape_column.unit or "万元")
            found |= _single(tab, cell, style)
    for fixed in shape.cell:
        if fixed.text is None and shape.sheet_of(fixed) == tab:
            style = style_of("money", fixed.places, fixed.unit or "万元")
            for cell in report.cells.get(tab, ()):
                if cell.provenance is not None:
                    found |= _single(tab, cell, style)
    return found


def _single(tab: str, cell: Cell, style: Style) -> Mapping[Place, tuple[int | None, Style]]:
    if not isinstance(cell.exact, Decimal) or style.unit not in MONEY_UNITS:
        return {}
    fen = cell.exact * unit_in_fen(style.unit)
    if fen != fen.to_integral_value():
        return {}
    return {(tab, cell.row, cell.column): (int(fen), style)}


def _fen(value: Any, style: Style) -> int | None:
    """An amount in fen; of a worked-out number only where it is one."""
    if value is None or isinstance(value, str):
        return None
    if style.kind == "money":
        return int(value)
    if style.unit not in MONEY_UNITS:
        return None
    fen = Decimal(value) * unit_in_fen(style.unit)
    return int(fen) if fen == fen.to_integral_value() else None


def _applied(report: Report, moved: Mapping[Place, Decimal]) -> Report:
    """Put the moved numbers in place of the cells' own rounding."""
    cells = {
        tab: tuple(_given(cell, moved.get((tab, cell.row, cell.column))) for cell in some)
        for tab, some in report.cells.items()
    }
    return replace(
        report, cells=cells, blocks=tuple(_block(block, moved) for block in report.blocks)
    )


def _block(block: ReportBlock, moved: Mapping[Place, Decimal]) -> ReportBlock:
    columns = dict(block.columns)
    for at, column in columns.items():
        own = {
            n: moved[block.sheet, row, column.column]
            for n, row in enumerate(block.places)
            if (block.sheet, row, column.column) in moved
        }
        if own:
            columns[at] = replace(column, rounded=own)
    totals = {
        at: _given(cell, moved.get((block.sheet, cell.row, cell.column)))
        for at, cell in block.totals.items()
    }
    return replace(block, columns=columns, totals=totals)


def _given(cell: Cell, given: Decimal | None) -> Cell:
    return cell if given is None else replace(cell, value=given, text=f"{given:,f}")
