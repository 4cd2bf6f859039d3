"""Drill-down: from any cell of a report to the firms, and from the firms to their records."""

from __future__ import annotations

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.evidence import (
    Evidence,
    Explanation,
    ExplanationRow,
    read_evidence,
    refs_of,
)
from ledger_desk.reports.explain_number import explain_number
from ledger_desk.reports.shapes import (
    Cell,
    FromFormula,
    FromIndicator,
    FromRecords,
    FromRows,
    Report,
    ReportBlock,
    ReportRow,
)
from ledger_desk.reports.sources import SOURCES
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

__all__ = ["Evidence", "Explanation", "ExplanationRow", "explain", "explain_on"]


def explain(ledger: Ledger, report: Report, at: str, sheet: str | None = None) -> Explanation:
    """Explain the cell called ``F12``, or ``附表!F12`` of another sheet, of a report.

    Raises:
        UserError: The cell is not one that the report fills, or there is no such sheet.
    """
    cell = report.at(at, sheet)
    if cell is None:
        tab = at.rpartition("!")[0].strip().strip("'")
        if tab and tab not in report.sheets:
            raise UserError(
                f"这张表没有工作表“{tab}”，有的是：{'、'.join(report.sheets)}。"
                "请写成 表名!F12 的样子。"
            )
        raise UserError(f"{at} 不是这张表里由程序填的格子，没有来历可看。请点表里的数字或文字。")
    with ledger.read() as rows:
        return explain_on(rows, report, cell)


def explain_on(rows: Rows, report: Report, cell: Cell) -> Explanation:
    """Explain one cell on a picture that is already open."""
    origin = cell.provenance
    if isinstance(origin, FromIndicator):
        part = _row_label(report, cell) if _in_row(report, cell) else "合计"
        return explain_number(rows, report, cell, origin, part)
    if isinstance(origin, FromFormula):
        return _of_formula(report, cell, origin)
    if isinstance(origin, FromRows):
        return _of_rows(rows, report, cell, origin)
    if isinstance(origin, FromRecords):
        return _of_records(rows, report, cell, origin)
    title = cell.label or f"{cell.name} 的文字"
    return Explanation(
        title,
        cell.text,
        "表样里的固定文字，或行的序号。",
        "",
        report.period.label,
        "",
        (),
        None,
        True,
        cell.text,
    )


def _of_formula(report: Report, cell: Cell, origin: FromFormula) -> Explanation:
    """A worked-out cell: the formula with its live values, and the cells that it looked at."""
    found = []
    for name in origin.inputs:
        seen = report.at(name, cell.sheet)
        if seen is not None:
            part = _row_label(report, seen) if _in_row(report, seen) else seen.label
            what = "、".join(dict.fromkeys(word for word in (part, seen.label) if word))
            found.append(ExplanationRow(None, f"{name} {what}".strip(), 1, seen.text, ()))
    part = _row_label(report, cell) if _in_row(report, cell) else "合计"
    return Explanation(
        title=" · ".join(dict.fromkeys(word for word in (part, cell.label) if word)),
        value=cell.text,
        definition=f"由本表其他格子算出：{origin.text}。分母为空或为 0 时显示“—”。",
        clause=report.form.shape.source.clause,
        period=f"{report.period.start} 至 {report.period.end}",
        unit="",
        rows=tuple(found),
        value_now=None,
        agrees=True,
        sentence=f"{cell.text} = {origin.said}",
    )


def _in_row(report: Report, cell: Cell) -> bool:
    return any(block.place_of(cell.row) is not None for block in report.blocks_of(cell.sheet))


def _row_label(report: Report, cell: Cell) -> str:
    for block in report.blocks_of(cell.sheet):
        place = block.place_of(cell.row)
        if place is not None and cell.column in {c.column for c in block.columns.values()}:
            return block.body.row(place).label
    return cell.label


def _of_rows(rows: Rows, report: Report, cell: Cell, origin: FromRows) -> Explanation:
    """A total of a list: its own rows, each with the records of the summed cell."""
    block, taken = _rows_of(report, cell, set(origin.rows))
    column = next(c for c in block.shape.column if c.at == origin.column)
    source = block.body.fields[str(column.field)]
    found: list[ExplanationRow] = []
    known = read_evidence(rows, (ref for row in taken for ref in refs_of(row.cells[origin.column])))
    for firm, own in _by_firm(taken, column.total == "firms"):
        inner = [row.cells[origin.column] for row in own]
        amount = (
            1 if column.total != "sum" else sum(row.source.values[str(column.field)] for row in own)
        )
        records = tuple(known[ref] for cell in inner for ref in refs_of(cell) if ref in known)
        text = "；".join(cell.text for cell in inner)
        found.append(ExplanationRow(firm, own[0].source.label, amount, text, records))
    now = sum(row.amount for row in found)
    firms = len({row.enterprise or row.name for row in found})
    what = {"sum": "相加", "count": "计数", "firms": "按户去重计数"}[column.total]
    unit = {"count": "笔", "firms": "户"}.get(
        column.total, "万元" if source.kind == "money" else ""
    )
    where = f"，只算“{column.total_where}”" if column.total_where else ""
    return Explanation(
        title=f"合计 · {column.heading}",
        value=cell.text,
        definition=f"本表“{column.heading}”一列各行{what}{where}。" + column.notes,
        clause=report.form.shape.source.clause,
        period=f"{report.period.start} 至 {report.period.end}",
        unit=unit,
        rows=tuple(found),
        value_now=now,
        agrees=now == origin.value,
        sentence=f"{cell.text} {unit} = {len(taken)} 行{what}，涉及 {firms} 户",
    )


def _by_firm(taken: list[ReportRow], together: bool) -> list[tuple[str | None, list[ReportRow]]]:
    """Rows with their firm, in order; ``together``: all rows of a firm as one."""
    found: dict[str, tuple[str | None, list[ReportRow]]] = {}
    for row in taken:
        firm = row.source.enterprise.record if row.source.enterprise else None
        key = (firm or row.source.key) if together else f"{row.row}"
        found.setdefault(key, (firm, []))[1].append(row)
    return list(found.values())


def _rows_of(report: Report, cell: Cell, places: set[int]) -> tuple[ReportBlock, list[ReportRow]]:
    for block in report.blocks_of(cell.sheet):
        if any(total == cell for total in block.totals.values()):
            return block, [block.rows[n] for n, row in enumerate(block.places) if row in places]
    raise ValueError(f"{cell.name} is no total of this report")


def _of_records(rows: Rows, report: Report, cell: Cell, origin: FromRecords) -> Explanation:
    """A cell of a list: the field, and the records that it was taken from."""
    block, row = _row_at(report, cell)
    source = block.body.fields[origin.field]
    value = row.source.values.get(origin.field)
    amount = value if source.kind == "money" and value is not None else 1
    firm = row.source.enterprise.record if row.source.enterprise else None
    evidence = tuple(read_evidence(rows, origin.records).values())
    return Explanation(
        title=f"第 {row.number} 行 {row.source.label} · {cell.label or source.label}",
        value=cell.text,
        definition=f"{_source_label(block)}：{source.label}。",
        clause=report.form.shape.source.clause,
        period=f"{report.period.start} 至 {report.period.end}",
        unit="万元" if source.kind == "money" else "",
        rows=(ExplanationRow(firm, row.source.label, amount, cell.text, evidence),),
        value_now=value if source.kind == "money" else None,
        agrees=True,
        sentence=f"{cell.text or '空'}，来自 {len(evidence)} 条记录",
    )


def _row_at(report: Report, cell: Cell) -> tuple[ReportBlock, ReportRow]:
    for block in report.blocks_of(cell.sheet):
        place = block.place_of(cell.row)
        if place is not None and cell.label in {c.heading for c in block.columns.values()}:
            return block, block.rows[place]
    raise ValueError(f"{cell.name} is in no row of this report")


def _source_label(block: ReportBlock) -> str:
    """What the rows of a block are."""
    if block.source in SOURCES:
        return SOURCES[block.source].label
    return block.shape.title or (
        BY_TABLE[block.shape.of].LABEL if block.shape.of else "本表所列各行"
    )
