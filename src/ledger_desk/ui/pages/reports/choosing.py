"""Which forms are due when, which period is meant by default, and what the period menu offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.model.periods import Period, month_of, quarter, year
from ledger_desk.reports.catalogue import FormInfo

SOON_DAYS = 10


@dataclass(frozen=True)
class FormEntry:
    """One form in the list.

    Attributes:
        info: The form.
        due: Next day to hand in, None when it has none.
        group: Heading it stands under.
        line: Second line: how often, by when, days left.
        mark: Mark in front.
    """

    info: FormInfo
    due: dt.date | None
    group: str
    line: str
    mark: str


def usual_period(info: FormInfo, today: dt.date) -> Period:
    """The period that somebody opening a form today most likely wants.

    Until the last day to hand in the period that is over, that one; then the present one.
    """
    now = {"季": quarter(today.year, (today.month + 2) // 3), "年": year(today.year)}.get(
        info.every, month_of(today)
    )
    before = now.previous()
    due = info.due_day(before)
    return before if due is not None and today <= due else now


def entries(
    infos: Sequence[FormInfo],
    today: dt.date,
    closed: Mapping[str, Collection[Period]] | None = None,
) -> list[FormEntry]:
    """Order forms: what is due within ten days first, then by day, those without a day last.

    ``closed`` are the closed periods of each form: the one that is due now is marked.
    """
    known = closed or {}
    made = [_entry(info, today, known.get(info.id, ())) for info in infos]
    return sorted(made, key=lambda e: (e.due is None, e.due or dt.date.max))


def _entry(info: FormInfo, today: dt.date, closed: Collection[Period]) -> FormEntry:
    period = usual_period(info, today)
    due = info.due_day(period)
    if due is None:
        return FormEntry(info, None, "不定期", "随时", "none")
    if period in closed:
        return FormEntry(info, due, "已结账", f"{period.label} · {due:%m-%d} 前报", "done")
    left = (due - today).days
    when = f"{due:%m-%d} 前"
    if left > SOON_DAYS:
        return FormEntry(info, due, "以后报", f"{info.every}报 · {when}", "none")
    words = "今天到期" if left == 0 else f"剩 {left} 天"
    return FormEntry(info, due, "十天内要报", f"{info.every}报 · {when}，{words}", "clock")


def offers(period: Period, since: dt.date | None, today: dt.date) -> list[tuple[str, Period]]:
    """What the period menu offers: words and period.

    Args:
        period: The one shown now; the cumulative ones end with it.
        since: First day of the form's mechanism.
        today: What 本月 and 本季度 mean.
    """
    now = month_of(today)
    season = quarter(today.year, (today.month + 2) // 3)
    found = [
        (f"本月　{now.label}", now),
        (f"上月　{now.previous().label}", now.previous()),
        (f"本季度　{season.label}", season),
        (f"上季度　{season.previous().label}", season.previous()),
        (f"今年　{year(today.year).label}", year(today.year)),
        (f"本年累计　到 {period.end}", period.year_to_date()),
    ]
    if since is not None and since <= period.end:
        found.append((f"启动以来　{since} 到 {period.end}", period.since(since)))
    return found
