"""The rules of a form's own file ([[check]]): worked out for each row, the totals or the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger_desk.exchange.form_formulas import blocks_of, over_rows, read_formula
from ledger_desk.exchange.form_parts import Check
from ledger_desk.model.formulas import Formula, FormulaMistake, Reference, Value, show
from ledger_desk.reports.cells.elsewhere import Elsewhere
from ledger_desk.reports.cells.grid import Grid, Here, row_in, total_row
from ledger_desk.reports.cells.looking import Looking
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.shapes import Cell, Ref, Report, ReportBlock
from ledger_desk.workbook.references import letters

_REMEDY = "请核对这几格背后的记录，改正后重新出表；确实如此的写明原因。"
_UNWORKED = "请改报表定义里的公式，或改正它用到的格子。"


def own_findings(report: Report, elsewhere: Elsewhere | None) -> Iterator[Finding]:
    """Run a form's own checks, and tell what could not be worked out or kept."""
    grid = Grid(report)
    for check in report.form.shape.check:
        yield from _run(check, report, grid, elsewhere)
    for cell in report.said:
        place = f"{letters(cell.column)}{cell.row}"
        yield Finding(
            "must", "formula", f"{place} 的公式算不出来", f"{place}：{cell.sentence}", _UNWORKED,
            cell.sheet, place, cell.row, cell.column,
        )  # fmt: skip
    for moved in report.adjusted:
        yield Finding(
            "hint", "balance", f"{moved.name} 作了舍位平衡",
            f"{moved.name}：四舍五入是 {moved.half_up:,f}，为使各项相加等于合计，写作 {moved.given:,f}。",
            "合计不动，差数由各项承担；不用改。", moved.sheet, moved.name, moved.row, moved.column,
        )  # fmt: skip
    for sentence in report.unbalanced:
        yield Finding("explain", "balance", "舍位平衡没有做到", sentence, "请核对各项与合计。")


def rule_id(check: Check) -> str:
    """Id of a form's own rule: its name, since files hold no ids."""
    return f"own:{check.label}"


def _run(
    check: Check, report: Report, grid: Grid, elsewhere: Elsewhere | None
) -> Iterator[Finding]:
    shape = report.form.shape
    tab = shape.sheet_of(check)
    formula = read_formula(check.formula, shape, tab)
    if not over_rows(formula):
        yield from _judge(check, formula, Looking(grid, Here(tab), elsewhere), None)
        return
    wanted = blocks_of(check, formula, shape)
    for block in report.blocks:
        if not any(block.shape is each for each in wanted):
            continue
        if check.over in (None, "row"):
            for row in block.places:
                yield from _judge(
                    check, formula, Looking(grid, Here(tab, row, block), elsewhere), block
                )
        total = total_row(block)
        if check.over == "total" and total is not None:
            yield from _judge(
                check, formula, Looking(grid, Here(tab, total, block), elsewhere), block
            )


def _judge(
    check: Check, formula: Formula, look: Looking, block: ReportBlock | None
) -> Iterator[Finding]:
    """Judge one row, or the whole."""
    try:
        if formula.holds(look, Decimal(check.tolerance)):
            return
        said = formula.said(look, _shown)
    except FormulaMistake as error:
        said = f"没有审成：{error}"
    cell = _cell(formula, look)
    row = look.here.row
    place = row_in(block, row) if block is not None else None
    records: tuple[Ref, ...] = ()
    firm, before, title = None, "", check.label
    if block is not None and place is not None:
        source = block.body.row(place)
        firm, before = source.enterprise, f"{source.label}：" if source.label else ""
        records = _records(formula, block, place)
        title = f"第 {place + 1} 行 {check.label}"
    elif block is not None:
        title, before = f"合计 {check.label}", "合计："
    yield Finding(
        check.grade, rule_id(check), title, f"{before}{check.label}：{said}。", check.why or _REMEDY,
        look.here.sheet, cell.name if cell is not None else "", cell.row if cell is not None else row,
        cell.column if cell is not None else 0, records, firm,
    )  # fmt: skip


def _shown(reference: Reference, value: Value) -> str:
    return show(value)


def _cell(formula: Formula, look: Looking) -> Cell | None:
    """The first cell of this report that the formula looks at: where the finding points to."""
    shape = look.grid.report.form.shape
    for reference in formula.references:
        if reference.earlier or (reference.form and reference.form not in shape.sheets):
            continue
        for sheet, row, column in look.grid.places(reference, look.here)[:1]:
            cell = look.grid.report.find(sheet, row, column)
            if cell is not None:
                return cell
    return None


def _records(formula: Formula, block: ReportBlock, place: int) -> tuple[Ref, ...]:
    """Records of the row that the check is about."""
    fields = {c.at: c.field for c in block.shape.column}
    named = [fields.get(r.column) for r in formula.references if r.row is None]
    found = [ref for name in named if name for ref in block.body.records(place, name)]
    return tuple(dict.fromkeys(found))
