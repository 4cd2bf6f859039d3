"""Drill-down: from any cell of a report to the firms, and from the firms to their records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE, Bank, Figure, Office
from ledger_desk.reports import figures as reported
from ledger_desk.reports.evidence import (
    Evidence,
    Explanation,
    ExplanationRow,
    read_evidence,
    refs_of,
)
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import MECHANISMS, find_indicator, window_of
from ledger_desk.reports.shapes import (
    Cell,
    FromIndicator,
    FromRecords,
    FromRows,
    Ref,
    Report,
    ReportBlock,
    ReportRow,
)
from ledger_desk.reports.sources import SOURCES
from ledger_desk.reports.texts import content_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.store.totals import Line, Scope, lines

__all__ = ["Evidence", "Explanation", "ExplanationRow", "explain", "explain_on"]


def explain(ledger: Ledger, report: Report, at: str, sheet: str | None = None) -> Explanation:
    """Explain the cell called ``F12`` of a report.

    Raises:
        UserError: The cell is not one that the report fills.
    """
    cell = report.at(at, sheet)
    if cell is None:
        raise UserError(f"{at} 不是这张表里由程序填的格子，没有来历可看。请点表里的数字或文字。")
    with ledger.read() as rows:
        return explain_on(rows, report, cell)


def explain_on(rows: Rows, report: Report, cell: Cell) -> Explanation:
    """Explain one cell on a picture that is already open."""
    origin = cell.provenance
    if isinstance(origin, FromIndicator):
        return _of_indicator(rows, report, cell, origin)
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


def _of_indicator(rows: Rows, report: Report, cell: Cell, origin: FromIndicator) -> Explanation:
    spec = find_indicator(origin.indicator)
    found = (
        _reported(rows, report, origin) if spec.reported else _counted(rows, report, origin, spec)
    )
    now: int | None = sum(row.amount for row in found)
    if spec.reported and not found:
        now = None
    part = "合计" if origin.key is None else _row_label(report, cell)
    window = window_of(origin.measure, report.period, _since(report))
    first = "建账以来" if window.first is None else f"{window.first}"
    if spec.reported or origin.measure == "本期新增":
        first = f"{report.period.start}"
    return Explanation(
        title=f"{part} · {spec.label}（{origin.measure}）",
        value=cell.text,
        definition=spec.text,
        clause=spec.clause,
        period=f"{first} 至 {report.period.end}",
        unit=spec.unit,
        rows=tuple(found),
        value_now=now,
        agrees=now == origin.value,
        sentence=_sentence(cell.text, spec, found, now == origin.value),
    )


def _since(report: Report) -> date:
    return MECHANISMS[report.form.shape.mechanism].since


def _row_label(report: Report, cell: Cell) -> str:
    for block in report.blocks:
        for row in block.rows:
            if row.row == cell.row and row.source.key == getattr(cell.provenance, "key", ""):
                return row.source.label
    return ""


def _counted(
    rows: Rows, report: Report, origin: FromIndicator, spec: Indicator
) -> list[ExplanationRow]:
    """Firms of an indicator's proof, from the same select that made the number."""
    window = window_of(origin.measure, report.period, _since(report))
    scope = Scope(origin.by if origin.key is not None else "", report.office)
    by_firm: dict[str, list[Line]] = {}
    for line in lines(rows, spec.events, window, scope, origin.key):
        by_firm.setdefault(line.enterprise, []).append(line)
    banks = rows.many(
        Bank, list({line.bank for some in by_firm.values() for line in some if line.bank})
    )
    found = []
    for enterprise, some in by_firm.items():
        amount = {"户": 1, "笔": len(some), "万元": sum(line.amount for line in some)}[spec.unit]
        text = content_of(amount, "money" if spec.unit == "万元" else "whole")[1]
        records = tuple(_evidence(line, banks) for line in some)
        found.append(ExplanationRow(enterprise, some[0].name, amount, text, records))
    return found


def _evidence(line: Line, banks: dict[str, Bank]) -> Evidence:
    bank = banks.get(line.bank or "")
    label = "、".join([BY_TABLE[line.table].LABEL, *([bank.title] if bank is not None else [])])
    amount = None if line.table == "matching" else line.amount
    return Evidence(
        Ref(line.table, line.record), label, line.day, amount, content_of(amount, "money")[1]
    )


def _reported(rows: Rows, report: Report, origin: FromIndicator) -> list[ExplanationRow]:
    """The reported numbers behind a cell, each with who reported it and its source."""
    window = window_of("本期", report.period, _since(report))
    figures = reported.find_figures(rows, origin.indicator, window, report.office)
    kind = "money" if find_indicator(origin.indicator).unit == "万元" else "whole"
    found = []
    for figure in reported.report_on(figures, origin.by, origin.key).figures:
        text = content_of(figure.value, "money" if kind == "money" else "whole")[1]
        who = _reporter(rows, figure)
        evidence = Evidence(
            Ref("figure", figure.id),
            f"填报数，来源：{figure.source or '未写'}",
            figure.day,
            figure.value,
            text,
        )
        found.append(ExplanationRow(None, who, figure.value or 0, text, (evidence,)))
    return found


def _reporter(rows: Rows, figure: Figure) -> str:
    office, bank = rows.get(Office, figure.office), rows.get(Bank, figure.bank)
    names = [part.title for part in (office, bank) if part is not None]
    return "、".join([*names, *([figure.reporter] if figure.reporter else [])]) or "未写提供人"


def _sentence(value: str, spec: Indicator, found: Sequence[ExplanationRow], agrees: bool) -> str:
    if spec.reported:
        said = f"{value} {spec.unit} = {len(found)} 个填报数相加" if found else "本期没有填报数"
    elif spec.unit == "户":
        said = f"{value} 户，点开看每一户的记录"
    else:
        events = sum(len(row.records) for row in found)
        said = f"{value} {spec.unit} = {events} 笔相加，涉及 {len(found)} 户"
    return said if agrees else f"{said}；出表以后账改动过，请重算再看"


def _of_rows(rows: Rows, report: Report, cell: Cell, origin: FromRows) -> Explanation:
    """A total of a list: its own rows, each with the records of the summed cell."""
    block, taken = _rows_of(report, cell, set(origin.rows))
    column = next(c for c in block.shape.column if c.at == origin.column)
    source = SOURCES[block.source].fields[str(column.field)]
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
    for block in report.blocks:
        if any(total == cell for total in block.totals.values()):
            return block, [row for row in block.rows if row.row in places]
    raise ValueError(f"{cell.name} is no total of this report")


def _of_records(rows: Rows, report: Report, cell: Cell, origin: FromRecords) -> Explanation:
    """A cell of a list: the field, and the records that it was taken from."""
    block, row = next((b, r) for b in report.blocks for r in b.rows if cell in r.cells.values())
    source = SOURCES[block.source].fields[origin.field]
    value = row.source.values.get(origin.field)
    amount = value if source.kind == "money" and value is not None else 1
    firm = row.source.enterprise.record if row.source.enterprise else None
    evidence = tuple(read_evidence(rows, origin.records).values())
    return Explanation(
        title=f"第 {row.number} 行 {row.source.label} · {cell.label or source.label}",
        value=cell.text,
        definition=f"{SOURCES[block.source].label}：{source.label}。",
        clause=report.form.shape.source.clause,
        period=f"{report.period.start} 至 {report.period.end}",
        unit="万元" if source.kind == "money" else "",
        rows=(ExplanationRow(firm, row.source.label, amount, cell.text, evidence),),
        value_now=value if source.kind == "money" else None,
        agrees=True,
        sentence=f"{cell.text or '空'}，来自 {len(evidence)} 条记录",
    )
