"""Rules about numbers: reported ones that are missing, totals, and the period before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ledger_desk.model.money import show_wan
from ledger_desk.reports.findings import Case, Finding, Rule
from ledger_desk.reports.indicator import COMPARED, OWED
from ledger_desk.reports.indicators import INDICATORS, find_indicator, window_of
from ledger_desk.reports.shapes import Cell, Filled, FromIndicator, Ref, ReportBlock, Style
from ledger_desk.store.counting.totals import Scope, Window, numbers, proof

# A fall of more than this share is pointed out.
_FALL = Decimal("0.30")


def _about(rule: Rule, cell: Cell | None, sheet: str, title: str, sentence: str, remedy: str,
           records: tuple[Ref, ...] = ()) -> Finding:  # fmt: skip
    if cell is None:
        return Finding(rule.grade, rule.id, title, sentence, remedy, records=records)
    return Finding(
        rule.grade,
        rule.id,
        title,
        sentence,
        remedy,
        sheet,
        cell.name,
        cell.row,
        cell.column,
        records,
    )


def _fewer_granted(rule: Rule, case: Case) -> Iterator[Finding]:
    """授信户数 fell by more than 30 % against the period before, with both numbers."""
    report, before = case.report, case.report.period.previous()
    spec = INDICATORS["granted_firms"]
    now, then = (
        spec.value_of(
            numbers(case.rows, spec.events, Window(p.start, p.end), Scope("", report.office))[""]
        )
        or 0
        for p in (report.period, before)
    )
    if not then or Decimal(then - now) / then <= _FALL:
        return
    share = (Decimal(then - now) * 100 / then).quantize(Decimal(1), "ROUND_HALF_UP")
    cell, sheet = _total_of(case, "granted")
    yield _about(
        rule, cell, sheet, f"授信户数比上期少 {then - now} 户",
        f"授信户数（按授信决定日期）：{report.period.label} {now} 户，{before.label} {then} 户，少 {then - now} 户（{share}%）。",
        "请核对有没有漏记的授信；确实减少的不用改。",
    )  # fmt: skip


def _total_of(case: Case, field: str) -> tuple[Cell | None, str]:
    for block in case.report.blocks:
        for column in block.shape.column:
            if field in (column.field, column.indicator) and column.at in block.totals:
                return block.totals[column.at], block.sheet
    return None, ""


def _figure_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """A reported number that nobody reported for this period, in whole or for some rows."""
    remedy = (
        "请向银行或单位要到数字，在“任务与口径”的“填报数”里连同来源一起记下；要不到的写明原因。"
    )
    period = case.report.period.label
    for block, at, cell in _totals(case):
        origin = cell.provenance
        if not isinstance(origin, FromIndicator) or not find_indicator(origin.indicator).reported:
            continue
        label = find_indicator(origin.indicator).label
        named = [row for row in block.rows if row.source.key]
        values = block.columns[at].values
        lacking = [row.source.label for row in named if values[row.place] is None]
        if origin.value is None:
            sentence = f"{label}：{period}没有填报数，{cell.name} 留空，不当作 0。"
            yield _about(rule, cell, block.sheet, f"{label}没有填报", sentence, remedy)
        elif lacking and len(lacking) < len(named):
            names = "、".join(lacking[:5]) + (" 等" if len(lacking) > 5 else "")
            sentence = f"{label}：{period}有 {len(lacking)} 行没有填报数（{names}），合计 {cell.text} 只含已填的。"
            yield _about(rule, cell, block.sheet, f"{label}没有填全", sentence, remedy)
    for block, cell in _lone_numbers(case):
        label = find_indicator(cell.provenance.indicator).label
        sentence = f"{label}：{period}没有填报数，{cell.name} 留空，不当作 0。"
        yield _about(rule, cell, block.sheet, f"{label}没有填报", sentence, remedy)


def _lone_numbers(case: Case) -> Iterator[tuple[ReportBlock, Any]]:
    """Empty cells of reported numbers in blocks without a total: each row is a number of its own.

    Only what the period itself reports is missed, not what it is compared with.
    """
    for block in case.report.blocks:
        if block.totals:
            continue
        for row in block.rows:
            for cell in row.cells.values():
                asked = cell.provenance
                if (
                    isinstance(asked, FromIndicator)
                    and asked.value is None
                    and asked.measure in ("期末数", "本期")
                    and find_indicator(asked.indicator).reported
                ):
                    yield block, cell


def _negative_balance(rule: Rule, case: Case) -> Iterator[Finding]:
    """Firms that paid back more than they drew: the balance of the whole is too low."""
    period = case.report.period
    found = proof(
        case.rows,
        "balance",
        window_of("期末数", period, period.start),
        Scope("", case.report.office),
    )
    cell, sheet = _total_of(case, "loan_balance")
    for firm in found:
        if firm.amount < 0:
            yield _about(
                rule, cell, sheet, "还款比放款多",
                f"{firm.name}：到 {period.end} 放款减还款为 {show_wan(firm.amount)} 万元，期末贷款余额因此偏小。",
                "多半是以前的放款没有记账；请补记放款，或核对还款金额。",
                (Ref("enterprise", firm.enterprise),),
            )  # fmt: skip


_OVERLAP: Mapping[str, str] = {
    "bank": "同一户在几家银行都有业务的，在各家银行各算一次",
    "bank_type": "同一户在几类银行都有业务的，在各类银行各算一次",
    "person": "两人一组走访的，两个人各算一次",
    "township": "同一户换过乡镇的，在各乡镇各算一次",
    "office": "同一户由几个单位报的，在各单位各算一次",
    "what": "同一户有几类事项的，在各类里各算一次",
    "guarantor": "同一户有几家担保机构的，在各家各算一次",
    "park": "同一户在几个园区的，在各园区各算一次",
}
"""How rows are split → why a firm may stand in several of them."""


def _parts_and_total(rule: Rule, case: Case) -> Iterator[Finding]:
    """Rows of counting columns add up to more than their totals: firms stand in several rows."""
    for block in case.report.blocks:
        wrong = []
        for at, cell in block.totals.items():
            origin = cell.provenance
            if not isinstance(origin, FromIndicator) or origin.value is None:
                continue
            spec = find_indicator(origin.indicator)
            counted = spec.kind == "firms" and spec.unit_of(origin.measure) == "户"
            if not counted or origin.measure in (OWED, *COMPARED):
                continue
            parts = _exact_sum(block, at)
            if parts != origin.value:
                wrong.append((cell, parts, origin.value))
        if not wrong:
            continue
        cell, parts, whole = wrong[0]
        several = f"（共 {len(wrong)} 列这样）" if len(wrong) > 1 else ""
        by = next(
            (o.by for o in (block.totals[at].provenance for at in block.totals)
             if isinstance(o, FromIndicator)), "",
        )  # fmt: skip
        why = _OVERLAP.get(by, "同一户在几行都有的，在各行各算一次")
        yield _about(
            rule, cell, block.sheet, f"{cell.label}各行之和与合计不同",
            f"{cell.label}：各行相加 {parts:,} 户，合计 {whole:,} 户，差 {parts - whole:,} 户{several}。",
            f"合计按户去重：{why}，在合计里只算一次。",
        )  # fmt: skip


def _rounded_sum(rule: Rule, case: Case) -> Iterator[Finding]:
    """The rounded rows do not add up to the rounded total, which is that of the exact amounts."""
    for block, at, cell in _totals(case):
        origin, column = cell.provenance, block.columns[at]
        if not isinstance(cell.value, Decimal) or not _adds_up(column):
            continue
        parts = column.sum()
        if parts == cell.value:
            continue
        if isinstance(origin, FromIndicator) and _exact_sum(block, at) != origin.value:
            continue  # the parts overlap: that is more than rounding
        yield _about(
            rule, cell, block.sheet, f"{cell.label}差在四舍五入",
            f"{cell.label}：各行相加 {parts:,f} 万元，合计 {cell.value:,f} 万元，差 {abs(parts - cell.value):f} 万元。",
            "合计按分相加后再四舍五入，比逐行相加准确，不用改。",
        )  # fmt: skip


def _adds_up(column: Filled) -> bool:
    """Whether a column holds amounts in 万元, which may be added, and nothing worked out."""
    styles = column.styles
    return isinstance(styles, Style) and styles.kind == "money" and styles.unit in ("", "万元")


def _totals(case: Case) -> Iterator[tuple[ReportBlock, str, Cell]]:
    for block in case.report.blocks:
        for at, cell in block.totals.items():
            yield block, at, cell


def _exact_sum(block: ReportBlock, at: str) -> int:
    """Sum of an indicator's exact values over the rows of a block."""
    values = block.columns[at].values
    return sum(value for value in values if isinstance(value, int))


def _empty_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """Nothing happened in the period: the form goes up empty (零报告)."""
    lists = [block for block in case.report.blocks if block.shape.empty is not None]
    if lists and not any(block.rows for block in lists):
        yield _about(
            rule, lists[0].empty, lists[0].sheet, "本期为空表",
            f"{case.report.period.label}没有一笔对接、授信或放款，{case.report.form.title}按空表（零报告）上报，0 行。",
            "请核对期别和填报单位；确实没有的照样按期上报。",
        )  # fmt: skip


NUMBER_RULES: tuple[Rule, ...] = (
    Rule(
        "fewer_granted",
        "授信户数与上期比较",
        "hint",
        "信发改财金〔2024〕329号 十七",
        _fewer_granted,
    ),
    Rule(
        "figure_missing",
        "填报数要有来源",
        "explain",
        "信发改财金〔2024〕329号 十六",
        _figure_missing,
    ),
    Rule(
        "negative_balance",
        "还款不超过放款",
        "explain",
        "信发改财金〔2024〕329号 十六",
        _negative_balance,
    ),
    Rule("parts_and_total", "各行与合计", "hint", "信发改财金〔2024〕329号 十六", _parts_and_total),
    Rule("rounded_sum", "四舍五入", "hint", "1104 制度：金额保留两位小数", _rounded_sum),
    Rule("empty_period", "空表（零报告）", "hint", "忻银发〔2020〕80号 八（一）", _empty_period),
)
