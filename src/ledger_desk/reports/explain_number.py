"""Where a number of the ledger comes from: its firms or records, or who reported it."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.exchange.form_questions import Question
from ledger_desk.model.periods import Period
from ledger_desk.model.records import BY_TABLE, Bank, Figure, Office
from ledger_desk.reports.asking import style_for
from ledger_desk.reports.evidence import Evidence, Explanation, ExplanationRow
from ledger_desk.reports.indicator import OWED, Indicator
from ledger_desk.reports.indicators import MECHANISMS, find_indicator
from ledger_desk.reports.shapes import Cell, FromIndicator, Ref, Report
from ledger_desk.reports.styles import Style, style_of
from ledger_desk.reports.valuing import Backing, Values
from ledger_desk.store.counting.totals import Line
from ledger_desk.store.queries import Rows


def explain_number(
    rows: Rows, report: Report, cell: Cell, origin: FromIndicator, part: str
) -> Explanation:
    """Explain a cell that an indicator gave; ``part`` says which row or total it stands in."""
    since = MECHANISMS[report.form.shape.mechanism].since
    values = Values(rows, report.period, since, report.office)
    return explain_asked(rows, values, report.period, origin, cell.text, part)


def explain_asked(
    rows: Rows, values: Values, period: Period, origin: FromIndicator, text: str, part: str
) -> Explanation:
    """Explain a number of ``values`` that reads ``text``; ``part`` says what it is a part of."""
    spec = find_indicator(origin.indicator)
    asked = (origin.indicator, origin.measure, origin.by, origin.key, origin.only)
    backings = values.proof(*asked)
    single = len(backings) == 1
    found = [
        row
        for backing in backings
        for row in _rows_of(rows, backing, "" if single else f"{_name(backing)}：")
    ]
    now = values.value(*asked)
    if single and spec.adds_up and found and origin.measure != OWED:
        now = sum(row.amount for row in found)
    agrees = now == origin.value
    said = _sentence(text, spec, origin.measure, backings, found)
    return Explanation(
        title=f"{part} · {spec.label}（{origin.measure}）",
        value=text,
        definition=spec.text,
        clause=spec.clause,
        period=_days(backings, period),
        unit=spec.unit_of(origin.measure),
        rows=tuple(found),
        value_now=now,
        agrees=agrees,
        sentence=said if agrees else f"{said}；出表以后账改动过，请重算再看",
        indicator=spec.id,
    )


def _name(backing: Backing) -> str:
    return f"{backing.indicator.label}（{backing.measure}）"


def _days(backings: Sequence[Backing], period: Period) -> str:
    """From which to which day: of a comparing measure the later window."""
    window = backings[0].window
    first = window.newly or window.first
    if backings[0].indicator.reported:
        first = period.start
    return f"{'建账以来' if first is None else first} 至 {window.last}"


def _rows_of(rows: Rows, backing: Backing, before: str) -> list[ExplanationRow]:
    if backing.indicator.reported:
        return [_reported(rows, figure, backing.indicator, before) for figure in backing.figures]
    return _counted(rows, backing, before)


def _counted(rows: Rows, backing: Backing, before: str) -> list[ExplanationRow]:
    """Firms of an indicator's proof, or records that are no firm's, as they were counted."""
    spec = backing.indicator
    money = spec.kind in ("amount", "mean") and spec.unit in ("万元", "%")
    style = style_of("money") if money else style_of("whole")
    by_firm: dict[str, list[Line]] = {}
    for line in backing.lines:
        by_firm.setdefault(line.enterprise or f"{line.table}:{line.record}", []).append(line)
    banks = rows.many(
        Bank, list({line.bank for some in by_firm.values() for line in some if line.bank})
    )
    found = []
    for some in by_firm.values():
        first = some[0]
        amount = 1
        if spec.kind == "events":
            amount = len(some)
        elif spec.kind in ("amount", "mean") or backing.measure == OWED:
            amount = sum(line.amount for line in some)
        records = tuple(_evidence(line, banks, style) for line in some)
        text = f"{before}{style.text(amount)}"
        name = first.name or first.title
        found.append(ExplanationRow(first.enterprise or None, name, amount, text, records))
    return found


def _evidence(line: Line, banks: dict[str, Bank], style: Style) -> Evidence:
    bank = banks.get(line.bank or "")
    names = [BY_TABLE[line.table].LABEL, *([bank.title] if bank is not None else [])]
    plain = line.table == "matching" or not line.amount
    amount = None if plain else line.amount
    return Evidence(
        Ref(line.table, line.record), "、".join(names), line.day, amount, style_of("money").text(amount)
    )  # fmt: skip


def _reported(rows: Rows, figure: Figure, spec: Indicator, before: str) -> ExplanationRow:
    """One reported number, with who reported it and its source."""
    text = style_for(Question(spec.id, "期末数")).text(figure.value)
    evidence = Evidence(
        Ref("figure", figure.id),
        f"填报数，来源：{figure.source or '未写'}",
        figure.day,
        figure.value,
        text,
    )
    return ExplanationRow(
        None, f"{before}{_reporter(rows, figure)}", figure.value or 0, text, (evidence,)
    )


def _reporter(rows: Rows, figure: Figure) -> str:
    office, bank = rows.get(Office, figure.office), rows.get(Bank, figure.bank)
    names = [part.title for part in (office, bank) if part is not None]
    return "、".join([*names, *([figure.reporter] if figure.reporter else [])]) or "未写提供人"


def _sentence(
    value: str, spec: Indicator, measure: str, backings: Sequence[Backing],
    found: Sequence[ExplanationRow],
) -> str:  # fmt: skip
    unit = spec.unit_of(measure)
    if len(backings) > 1:
        sides = [f"{_name(b)} {_worth(b)}" for b in backings]
        sign = " ÷ " if spec.kind == "ratio" and len(backings) == 2 else "、"
        return f"{value} {unit}：{sign.join(sides)}"
    if measure == OWED:
        return f"{value} {unit}，见 {len(found)} 条任务指标" if found else "没有定任务"
    if spec.reported:
        return f"{value} {unit} = {len(found)} 个填报数相加" if found else "本期没有填报数"
    if unit == "户":
        return f"{value} 户，点开看每一户的记录"
    events = sum(len(row.records) for row in found)
    if any(row.enterprise for row in found):
        done = "加权平均" if spec.kind == "mean" else "相加"
        return f"{value} {unit} = {events} 笔{done}，涉及 {len(found)} 户"
    return f"{value} {unit}，共 {events} 条记录"


def _worth(backing: Backing) -> str:
    style = style_for(Question(backing.indicator.id, backing.measure))
    return f"{style.text(backing.value) or '—'} {backing.indicator.unit}"
