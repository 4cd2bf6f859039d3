"""What comes round: tables of the month, the white list, the fair, monthly information, reception days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ledger_desk.model.records import Cultivation, Target
from ledger_desk.model.workdays import Calendar, Deadline
from ledger_desk.store.counting import pending
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work import reporting_duties as owed
from ledger_desk.work.duties_clocks import Held
from ledger_desk.work.duties_forms import FormDue, best_day, form_duties
from ledger_desk.work.duty import NATURAL, REPORTING, Duty, bounds, state_of

_XZ, _XX = "忻银发〔2020〕80号", "新金营商办〔2022〕7号"
_NAMED = 3  # debtors that are named in a sentence
_MISSING = ("missing", "half", "running")


def periodic_duties(
    rows: Rows, today: date, calendar: Calendar, held: Held, forms: Sequence[FormDue]
) -> list[Duty]:
    """All that comes round and is not done yet; nothing is asked of the time before the first event."""
    since = pending.begun(rows)
    if since is None:
        return []
    found = [
        *form_duties(rows, today, calendar, held, forms, since),
        *_white_list(rows, today, since), *_fair(rows, today, since),
        *_reports(rows, today, since), *_receptions(rows, today, calendar, since),
    ]  # fmt: skip
    last = bounds(today)[-1]
    return [each for each in found if each.limit is None or each.limit.day <= last]


# -- first loans -------------------------------------------------------------------------------------


def _white_list(rows: Rows, today: date, since: date) -> list[Duty]:
    """首贷培植名单 by 10 September, while nobody was listed this year."""
    limit = date(today.year, 9, 10)
    inside = Where("listed_on", "between", (date(today.year, 1, 1), date(today.year, 12, 31)))
    takes_part = rows.count(Query(Cultivation)) or rows.count(
        Query(Target, (Where("indicator", "=", "培植户数"),))
    )
    if since > limit or not takes_part or rows.count(Query(Cultivation, (inside,))):
        return []
    return [_own(f"white_list:{today.year}", f"{today.year} 年首贷培植名单", "今年还没有企业列入名单",
                 "cultivation", limit, today, f"{_XZ} 六（一）　9月10日前确定名单")]  # fmt: skip


def _fair(rows: Rows, today: date, since: date) -> list[Duty]:
    """One a year; that of last year is asked for until the end of January, if it took place unwritten."""
    found = []
    for number in (today.year - 1, today.year) if today.month == 1 else (today.year,):
        limit = date(number, 12, 31)
        if since <= limit and not owed.fairs_of(rows, number).held:
            found.append(_own(f"fair:{number}", f"{number} 年首贷专场对接会", "还没有登记", "activity", limit,
                              today, f"{_XZ} 六（四）　以县为单位年内至少 1 次"))  # fmt: skip
    return found


# -- information and reception days --------------------------------------------------------------------


def _reports(rows: Rows, today: date, since: date) -> list[Duty]:
    spans = owed.months(today, 2)
    found = []
    for place, (names, records) in enumerate(_missing(owed.monthly_reports(rows, spans, today), 2)):
        span = spans[place]
        if names and span.last >= since:
            title = f"{span.text}专题信息　还差 {len(names)} 家"
            clause = f"{_XZ} 八（二）　各单位每月至少 1 篇"
            key = f"report:{span.first:%Y-%m}"
            found.append(
                _own(key, title, _some(names), "activity", span.last, today, clause, records)
            )
    return found


def _receptions(rows: Rows, today: date, calendar: Calendar, since: date) -> list[Duty]:
    spans = owed.weeks(today, 2)
    found = []
    told = owed.reception_days(rows, spans, today, calendar)
    for place, (names, records) in enumerate(_missing(told, 2)):
        span = spans[place]
        if names and span.last >= since:
            state, left, best = best_day(span.last, today, calendar)
            title = f"行长接待日（{span.text}）　还差 {len(names)} 家银行"
            clause = f"{_XX} 二（二）　每周抽出一天接待企业"
            key = f"reception:{span.first.isoformat()}"
            who = f"{_some(names)}；{best:%m-%d} 是最后一个工作日"
            made = _own(key, title, who, "activity", span.last, today, clause, records)
            found.append(replace(made, state=state, left=left))
    return found


def _missing(told: Sequence[owed.Duty], spans: int) -> list[tuple[list[str], list[str]]]:
    """For each span: who has not done it, and what they have begun."""
    found: list[tuple[list[str], list[str]]] = [([], []) for _ in range(spans)]
    for each in told:
        for place, spot in enumerate(each.spots):
            if spot.state in _MISSING:
                found[place][0].append(each.name)
                found[place][1].extend(spot.records)
    return found


def _some(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 家" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _own(
    key: str, title: str, who: str, table: str, limit: date, today: date, clause: str,
    records: Sequence[str] = (),
) -> Duty:  # fmt: skip
    return Duty(
        key=key, kind=REPORTING, title=title, who=who, table=table,
        record=records[0] if len(records) == 1 else "", limit=Deadline(limit),
        left=(limit - today).days, unit=NATURAL, state=state_of(limit, today), clause=clause,
    )  # fmt: skip
