"""Numbers of a matrix: indicators by township or bank, for a period (`decisions.md` 14-16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ledger_desk.model.days import parse_day
from ledger_desk.model.periods import Period, month_of, parse_period
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling.matching import FilledColumn
from ledger_desk.reports.filling.opening import Opened
from ledger_desk.reports.filling.topic import Answer
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, splits_of
from ledger_desk.reports.valuing import Values
from ledger_desk.store.queries import Rows

_SINCE_START = re.compile("启动以来|累计|以来|截至|截止|总体|合计")
_YEAR = re.compile("本年|今年|年初|当年|年度|全年|1-|1—|1～")
_THIS = re.compile("本期|本月|当月|本周|本季|当期|当日|今日|新增")
_WHEN = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}年第?[一二三四1-4]季度|\d{4}年[上下]半年|\d{4}[-.]\d{1,2}(?:[-.]\d{1,2})?|\d{4}年"
)  # fmt: skip


def period_in(opened: Opened, today: date) -> tuple[Period, bool]:
    """Give the period that the table names, and whether it names one; else the month of today."""
    for text in (opened.layout.period, opened.layout.title, opened.path.stem):
        for found in _WHEN.findall(text or ""):
            try:
                return parse_period(found, today), True
            except ValueError:
                pass
            try:
                day = parse_day(found)
            except ValueError:
                continue
            return Period(month_of(day).start, day), True
    return Period(month_of(today).start, today), False


def measure_of(column: FilledColumn, title: str, indicator: Indicator, named: bool) -> str:
    """Tell which measure a heading asks for: by its own words, the title's, else the usual one.

    Args:
        column: Heading; a measure that somebody chose stays.
        title: Title and file name.
        indicator: What is counted.
        named: The table names a period; without one a table asks for how things stand.
    """
    if column.measure in indicator.measures:
        return column.measure
    for text in (column.heading, title):
        for rule, measure in ((_YEAR, "本年累计"), (_THIS, "本期"), (_SINCE_START, "启动以来累计")):
            if rule.search(text) and measure in indicator.measures:
                return measure
    usual = "本期" if named else "启动以来累计"
    return usual if usual in indicator.measures else indicator.measures[0]


def since_of(indicator: Indicator) -> date:
    """First day of the mechanism that an indicator belongs to."""
    first = "首贷培植行动" if "first" in indicator.id else "小微企业融资协调工作机制"
    return MECHANISMS[first].since


def count(
    rows: Rows,
    asked: Iterable[tuple[str, str]],
    by: str,
    keys: Sequence[str],
    period: Period,
    progress: Progress = silent,
) -> dict[tuple[str, str], dict[str, Answer]]:
    """Count indicators for townships or banks.

    Args:
        rows: The ledger.
        asked: (indicator, measure) pairs.
        by: ``township`` or ``bank``.
        keys: Codes or ids; ``*`` is the whole.
        period: What 本期 is, and where 本年累计 and 启动以来累计 end.
        progress: May cancel.

    Returns:
        (indicator, measure) → key → answer; what has no event is 0.
    """
    found: dict[tuple[str, str], dict[str, Answer]] = {}
    pairs = list(dict.fromkeys(asked))
    by_start: dict[date, Values] = {}  # one picture for all that began on the same day
    for done, (name, measure) in enumerate(pairs):
        progress(done, len(pairs), "正在数")
        indicator = INDICATORS[name]
        since = min(since_of(indicator), period.end)
        values = by_start.setdefault(since, Values(rows, period, since))
        splits = by in splits_of(indicator)
        found[name, measure] = {
            key: Answer(why=f"“{indicator.label}”不能这样分")
            if key != "*" and not splits
            else _answer(values, indicator, measure, by, key)
            for key in keys
        }
    return found


def _answer(values: Values, indicator: Indicator, measure: str, by: str, key: str) -> Answer:
    """One number; shares as rates are kept, in ten-thousandths of a percent."""
    value = (
        values.value(indicator.id, measure)
        if key == "*"
        else values.value(indicator.id, measure, by, key)
    )
    if value is None:
        return Answer(why="没有收到填报数" if indicator.reported else "没有可比的数")
    return Answer(value * 10 ** (4 - indicator.places) if indicator.unit == "%" else value)
