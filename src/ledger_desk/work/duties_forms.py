"""Tables that are due: those this office owes, and those that others owe it (报送登记)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.periods import Period, month_of, quarter, year
from ledger_desk.model.records import Closing, Handing
from ledger_desk.model.work_words import CLOSING_STATES
from ledger_desk.model.workdays import Calendar, Deadline
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work import handing
from ledger_desk.work.duties_clocks import Held
from ledger_desk.work.duty import LATE, NATURAL, REPORTING, TODAY, Duty, state_of

_XZ = "忻银发〔2020〕80号"
MONTHLY_FORM = "first_loan_ledger"
"""The form whose day is the parameter ``clock.report_day``."""
_BACK = 3  # ended periods that are looked at
_NAMED = 3  # debtors that are named in a sentence


@dataclass(frozen=True)
class FormDue:
    """A form with a date: ``every`` 月, 季 or 年, handed in up to ``day`` of the month after."""

    id: str
    title: str
    every: str
    day: int
    clause: str


def form_duties(
    rows: Rows, today: date, calendar: Calendar, held: Held, forms: Sequence[FormDue], since: date
) -> list[Duty]:
    """Forms of ended periods that have not gone out, and those that others have not brought."""
    sql = "SELECT value FROM meta WHERE key = 'office'"
    own = str(rows.connection.exec_driver_sql(sql).scalar() or "")
    collected = {str(name) for (name,) in rows.connection.exec_driver_sql(_COLLECTED, (own,))}
    found = []
    for form in forms:
        day = held["clock.report_day"] if form.id == MONTHLY_FORM else form.day
        period = _period(form.every, today).previous()
        for _ in range(_BACK if form.every == "月" else 1):
            limit = _due_day(period.end, day)
            if period.end >= since and not _is_sent(rows, form, period, own):
                found.append(_form_duty(rows, form, period, limit, today, calendar))
            if period.end >= since and form.id in collected:
                found += _collecting(rows, form, period, limit, today, own)
            period = period.previous()
    return found


_COLLECTED = (
    f"SELECT DISTINCT form FROM {Handing.TABLE} WHERE removed = 0 AND"
    " (bank IS NOT NULL OR office <> ?)"
)
"""Forms that somebody else has ever handed in: only these are asked for."""


def _period(every: str, day: date) -> Period:
    if every == "季":
        return quarter(day.year, (day.month + 2) // 3)
    return year(day.year) if every == "年" else month_of(day)


def _due_day(end: date, day: int) -> date:
    """A day of the month after; the last of it where the parameter names one that it lacks."""
    first = end + timedelta(days=1)
    return min(first + timedelta(days=max(day, 1) - 1), month_of(first).end)


def _is_sent(rows: Rows, form: FormDue, period: Period, own: str) -> bool:
    """Whether the form of that period has left the ledger (传出登记), or was registered as handed in."""
    where = (Where("content", "=", f"{form.title} {period.label}"), Where("day", ">", period.end))
    if rows.count(Query(Dispatch, where)) > 0:
        return True
    ours = (
        *_same(form, period), Where("office", "=", own), Where("bank", "blank"),
        Where("state", "in", (handing.HANDED, handing.EXEMPT)),
    )  # fmt: skip
    return rows.count(Query(Handing, ours)) > 0


def _same(form: FormDue, period: Period) -> tuple[Where, ...]:
    return (
        Where("form", "=", form.id), Where("starts_on", "=", period.start),
        Where("ends_on", "=", period.end),
    )  # fmt: skip


def _form_duty(
    rows: Rows, form: FormDue, period: Period, limit: date, today: date, calendar: Calendar
) -> Duty:
    """A table due on a day off is best handed in on the working day before it."""
    state, left, best = best_day(limit, today, calendar)
    who = (
        f"{period.label}的表，月后 {limit.day} 日内"
        if form.every == "月"
        else f"{period.label}的表"
    )
    closed = (
        *_same(form, period), Where("office", "blank"), Where("state", "=", CLOSING_STATES[0]),
    )  # fmt: skip
    if rows.count(Query(Closing, closed)):
        who += "；已结账，还没有报出"
    if best != limit and today <= limit:
        who += f"；{limit.day} 日不上班，{best:%m-%d} 是最后一个工作日"
    return Duty(
        key=f"form:{form.id}:{period.key}", kind=REPORTING, title=f"{form.title}　上报", who=who,
        table="form", record=form.id, limit=Deadline(limit), left=left, unit=NATURAL, state=state,
        clause=_clause(form),
    )  # fmt: skip


def _collecting(
    rows: Rows, form: FormDue, period: Period, limit: date, today: date, own: str
) -> list[Duty]:
    """Who has not brought its table yet, as one duty."""
    found = handing.register(rows, own, form.id, period, limit, today)
    owing = [each for each in found if each.owes and not each.own]
    if not owing:
        return []
    names = "、".join(each.name for each in owing[:_NAMED])
    more = f"等 {len(owing)} 家" if len(owing) > _NAMED else ""
    return [Duty(
        key=f"handing:{form.id}:{period.key}", kind=REPORTING,
        title=f"{form.title}　收表，还差 {len(owing)} 家", who=f"{period.label}的表；{names}{more}",
        table="form", record=form.id, limit=Deadline(limit), left=(limit - today).days, unit=NATURAL,
        state=LATE if today > limit else state_of(limit, today), clause=_clause(form),
    )]  # fmt: skip


def _clause(form: FormDue) -> str:
    return f"{_XZ} {form.clause}" if form.id == MONTHLY_FORM else form.clause


def best_day(limit: date, today: date, calendar: Calendar) -> tuple[str, int, date]:
    """State and days left by the last working day up to a limit; late only after the limit itself."""
    best = calendar.add_workdays(limit + timedelta(days=1), -1)
    if today > limit:
        return LATE, (limit - today).days, best
    state = state_of(best, today)
    return TODAY if state == LATE else state, max((best - today).days, 0), best
