"""The two matrices: monthly reports by office, weekly reception days by bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.activities.matrix import Matrix
from ledger_desk.work import reporting_duties as duties
from ledger_desk.work.activities import RECEPTION, REPORT
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.reporting_duties import Duty, Span

_SPANS, _MOST_NAMED = 6, 6


def _named(found: Sequence[Duty], span: Span, spans: Sequence[Span]) -> tuple[int, str]:
    place = list(spans).index(span)
    late = [duty.name for duty in found if duty.spots[place].state in ("missing", "half")]
    names = "、".join(late[:_MOST_NAMED]) + ("等" if len(late) > _MOST_NAMED else "")
    return len(late), names


class Reports(Matrix):
    """专题信息: at least one a month of each office."""

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Show the offices of a ledger."""
        clause = "各单位每月至少上报专题信息 1 篇（忻银发〔2020〕80号 八（二））。布置过专题信息任务的单位和银行才要求；没有布置就看全部单位。"
        super().__init__(ledger, window, clause, "单位")

    def read(self, back: int) -> tuple[Sequence[Span], Sequence[Duty]]:
        """Six months."""
        today = date.today()
        months = today.year * 12 + today.month - 1 - back * _SPANS
        last = today if back == 0 else date(months // 12, months % 12 + 1, 1)
        spans = duties.months(last, _SPANS)
        with self._ledger.read() as rows:
            return spans, duties.monthly_reports(rows, spans, today)

    def preset(self, duty: Duty, span: Span) -> Mapping[str, Any]:
        """A report of this office in this month."""
        day = min(date.today(), span.last)
        unit = {"bank": duty.unit} if duty.table == "bank" else {}
        office = duty.unit if duty.table == "office" else self._ledger.office.id
        return {"kind": REPORT, "day": day, "office": office, **unit}

    def missing_words(self, duties: Sequence[Duty], span: Span) -> str:
        """Who has not sent one."""
        many, names = _named(duties, span, self._spans)
        if not duties:
            return ""
        return f"{span.text}没有报的 {many:,} 家：{names}。" if many else f"{span.text}都报了。"


class Receptions(Matrix):
    """行长接待日: one day each week of each bank."""

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Show the banks of a ledger."""
        clause = "各行行长坚持每周抽出一天时间专门接待融资需求企业（新金营商办〔2022〕7号 二（二））。没有工作日的那一周不要求。"
        super().__init__(ledger, window, clause, "银行")

    def read(self, back: int) -> tuple[Sequence[Span], Sequence[Duty]]:
        """Six weeks."""
        today = date.today()
        spans = duties.weeks(today - timedelta(weeks=back * _SPANS), _SPANS)
        with self._ledger.read() as rows:
            return spans, duties.reception_days(rows, spans, today, read_calendar(rows))

    def preset(self, duty: Duty, span: Span) -> Mapping[str, Any]:
        """A reception day of this bank in this week."""
        today = date.today()
        day = today if span.first <= today <= span.last else span.first
        name = f"{duty.name}行长接待日"
        office = self._ledger.office.id
        return {"kind": RECEPTION, "day": day, "bank": duty.unit, "office": office, "name": name}

    def missing_words(self, duties: Sequence[Duty], span: Span) -> str:
        """Which banks missed the last whole week."""
        many, names = _named(duties, span, self._spans)
        if not duties:
            return ""
        return (
            f"{span.text} 没有接待的 {many:,} 家：{names}。" if many else f"{span.text} 都接待了。"
        )
