"""What a change of a parameter would alter: forms and their periods, closed ones left as they went out.

Closed periods are frozen (`decisions.md` 16, `ledger_desk.model.reporting.Closing`); a change shows in
their restatement only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period, month_of, quarter, year
from ledger_desk.reports.dictionary import (
    dependents_of,
    indicators_in,
    parameters_in,
    parameters_of,
)
from ledger_desk.reports.indicators import MECHANISMS
from ledger_desk.reports.periods.closings import closed_periods, period_of
from ledger_desk.store.queries import Rows

_MOST = 6  # periods that are named one by one


@dataclass(frozen=True)
class FormAffected:
    """One form that depends on the parameter.

    Attributes:
        id: Its id.
        title: Its title.
        every: 月, 季, 年 or 随时.
        since: First day of its mechanism: it has no earlier period.
        numbers: Labels of its numbers that depend on the parameter; none where a list does.
        closed: Its closed periods, the earliest first.
    """

    id: str
    title: str
    every: str
    since: date
    numbers: tuple[str, ...]
    closed: tuple[Period, ...]

    def periods(self, since: date, today: date) -> list[Period]:
        """Give its periods that end on or after a day and have begun, the earliest first."""
        found, now = [], _period_at(self.every, max(since, self.since))
        while now is not None and now.start <= today:
            found.append(now)
            now = now.next()
        return found


@dataclass(frozen=True)
class Effects:
    """What depends on one parameter.

    Attributes:
        key: The parameter.
        of_today: Its value of today counts in every period, so that no earlier one keeps the old way.
        indicators: Labels of the indicators that depend on it.
        forms: The forms that do.
    """

    key: str
    of_today: bool
    indicators: tuple[str, ...]
    forms: tuple[FormAffected, ...]

    def sentences(self, since: date, today: date) -> list[str]:
        """Say what a value that holds from ``since`` on alters, and what it leaves alone.

        Args:
            since: First day of the new value.
            today: The present day.
        """
        if not self.indicators and not self.forms:
            return ["只管提醒、时限和审核，哪一期报表的数都不改。"]
        said = [f"会变的指标 {len(self.indicators)} 个：{_some(self.indicators)}。"]
        if self.of_today and since > today:
            said.append(f"到 {since} 那天才开始算；从那天起，没有结账的各期都按新口径重数。")
            return [*said, *self._closed(date.min)]
        start = date.min if self.of_today else since
        if self.of_today:
            said.append("这一条按今天的定法数，各期一样：没有结账的各期都按新口径重数。")
        if not self.forms:
            said.append("现有报表都没有用到这些数，只在词典、图和进度里变。")
        for form in self.forms:
            said.append(f"{form.title}：{_spelt(form, start, today)}")
        return [*said, *self._closed(start)]

    def _closed(self, start: date) -> list[str]:
        kept = [f"{f.title} {p.label}" for f in self.forms for p in f.closed if p.end >= start]
        if not kept:
            return []
        return [f"已结账的 {len(kept)} 期不动，留底照旧：{_some(kept)}。差在哪几户，看差异说明表。"]


def effects(rows: Rows, forms: Forms, key: str) -> Effects:
    """Find out what depends on a parameter.

    Args:
        rows: The ledger, for the closed periods.
        forms: All forms.
        key: Key of the parameter.
    """
    named = {each.id: each for each in dependents_of(key)}
    closed: Mapping[str, list[Period]] = {
        form: sorted(map(period_of, some))
        for form, some in closed_periods(rows, offices=True).items()
    }
    found, today = [], False
    for form in forms.forms.values():
        keys = parameters_in(form)
        if key not in keys:
            continue
        today = today or keys[key]
        shown = indicators_in(form.shape) & named.keys()
        found.append(
            FormAffected(
                form.id, form.title, form.shape.due.every, MECHANISMS[form.shape.mechanism].since,
                tuple(each.label for each in named.values() if each.id in shown),
                tuple(dict.fromkeys(closed.get(form.id, ()))),
            )
        )  # fmt: skip
    today = today or any(parameters_of(each)[key] for each in named.values())
    return Effects(key, today, tuple(each.label for each in named.values()), tuple(found))


def _period_at(every: str, day: date) -> Period | None:
    """The period of a form in which a day lies; a form without a date has none."""
    match every:
        case "月":
            return month_of(day)
        case "季":
            return quarter(day.year, (day.month + 2) // 3)
        case "年":
            return year(day.year)
    return None


def _spelt(form: FormAffected, since: date, today: date) -> str:
    """Which of a form's periods change."""
    if form.every == "随时":
        return "随时出的表，再出时按新口径。"
    every = form.periods(since, today)
    if not every:
        return f"从 {_label(form, since)} 这一期起按新口径，现在还没有会变的期。"
    open_ones = [each for each in every if each not in form.closed]
    if not open_ones:
        return "会变的各期都已结账。"
    return f"没有结账的 {len(open_ones)} 期会变：{_some([each.label for each in open_ones], last=True)}。"


def _label(form: FormAffected, day: date) -> str:
    found = _period_at(form.every, day)
    return found.label if found is not None else day.isoformat()


def _some(names: list[str] | tuple[str, ...], *, last: bool = False) -> str:
    """Some names one by one; of many the first ones, or the first and the last."""
    if len(names) <= _MOST:
        return "、".join(names)
    if last:
        return f"{names[0]} 到 {names[-1]}"
    return f"{'、'.join(names[:_MOST])} 等"
