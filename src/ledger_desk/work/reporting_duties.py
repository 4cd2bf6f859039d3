"""Who has sent its monthly report, and which bank's head has held his weekly reception day.

Sources: 002_d9ce38594906c82c.txt, 八（二）: 各单位每月至少上报专题信息1篇; 六（四）: 以县为单位年内至少
1 次首贷专场融资对接会; 004_1e3c172a9679efc3.txt, 二（二）: 各行行长坚持每周抽出一天时间接待企业.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ledger_desk.model.records import Activity, Bank, Office, Target
from ledger_desk.model.workdays import Calendar
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.activities import FAIR, RECEPTION, REPORT
from ledger_desk.work.bank_groups import banks_of_type

State = Literal["done", "half", "missing", "running", "later", "free"]
"""done; written but not sent; missed; still time; still to come; nothing is asked: no working day in
it, or nobody had begun."""


@dataclass(frozen=True)
class Span:
    """One column of a matrix: its words, first and last day."""

    text: str
    first: date
    last: date


@dataclass(frozen=True)
class Spot:
    """One cell: how many, how it stands, and the activities behind it."""

    count: int
    state: State
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """One row: who owes, by table and id, what it is called, and a cell for each span."""

    table: str
    unit: str
    name: str
    spots: tuple[Spot, ...]

    @property
    def missed(self) -> int:
        """How many spans were missed."""
        return sum(spot.state == "missing" for spot in self.spots)


def months(last: date, count: int = 6) -> list[Span]:
    """The months up to the one that holds a day, the oldest first."""
    made = []
    for back in range(count - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        first = date(year, month + 1, 1)
        year, month = divmod(last.year * 12 + last.month - back, 12)
        end = date(year, month + 1, 1) - timedelta(days=1)
        made.append(Span(f"{first.year}年{first.month}月", first, end))
    return made


def weeks(last: date, count: int = 6) -> list[Span]:
    """The weeks, Monday to Sunday, up to the one that holds a day, the oldest first."""
    monday = last - timedelta(days=last.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [
        Span(
            f"{first:%m-%d} 至 {first + timedelta(days=6):%m-%d}", first, first + timedelta(days=6)
        )
        for first in starts
    ]


def monthly_reports(rows: Rows, spans: Sequence[Span], today: date) -> list[Duty]:
    """Which office, and which bank with a quota of reports, sent one in each month.

    Offices are those with a quota 专题信息, or all of the ledger while nobody has one. A report
    counts for the month of its day; it is sent once its 报送日期 is filled in.
    """
    offices, banks = _debtors(rows)
    found = _events(rows, REPORT, spans)
    free = _before(rows, REPORT, spans, today)

    def duty(table: str, unit: str, name: str, events: Sequence[Activity]) -> Duty:
        return _duty(table, unit, name, events, spans, today, free=free)

    made = [
        duty("office", unit, name, [e for e in found if e.office == unit and not e.bank])
        for unit, name in offices
    ]
    return made + [
        duty("bank", unit, name, [e for e in found if e.bank == unit]) for unit, name in banks
    ]


def reception_days(
    rows: Rows, spans: Sequence[Span], today: date, calendar: Calendar
) -> list[Duty]:
    """Which bank held a reception day in each week; a week without a working day asks for none."""
    found = _events(rows, RECEPTION, spans)
    banks = rows.find(Query(Bank, sort=(("name", False),)))
    free = {
        span
        for span in spans
        if not any(calendar.is_workday(span.first + timedelta(days=n)) for n in range(7))
    } | _before(rows, RECEPTION, spans, today)
    return [
        _duty(
            "bank", bank.id, bank.title, [e for e in found if e.bank == bank.id], spans, today,
            free=free, must_be_sent=False,
        )
        for bank in banks
    ]  # fmt: skip


@dataclass(frozen=True)
class Fairs:
    """首贷专场对接会 of a year: how many were held, by which offices, firms there, signed, in fen."""

    held: int
    offices: int
    firms: int
    signed: int
    amount: int


def fairs_of(rows: Rows, year: int) -> Fairs:
    """Count the first-loan fairs of a year; at least one is owed by each county."""
    span = (date(year, 1, 1), date(year, 12, 31))
    wheres = (Where("kind", "=", FAIR), Where("day", "between", span))
    held = rows.find(Query(Activity, wheres))
    return Fairs(
        len(held), len({each.office for each in held}), sum(each.firms or 0 for each in held),
        sum(each.signed or 0 for each in held), sum(each.signed_amount or 0 for each in held),
    )  # fmt: skip


def _begun(rows: Rows, kind: str) -> date | None:
    """Day from which a duty is looked at: that of its first quota or of its first record."""
    first = rows.find(Query(Activity, (Where("kind", "=", kind),), sort=(("day", False),)), 1)
    quotas = rows.find(Query(Target, (Where("indicator", "=", kind),), sort=(("since", False),)), 1)
    days = [each.day for each in first] + [each.since for each in quotas]
    return min((day for day in days if day is not None), default=None)


def _before(rows: Rows, kind: str, spans: Sequence[Span], today: date) -> set[Span]:
    """Spans before anybody began: nothing was missed in them."""
    start = _begun(rows, kind) or today
    return {span for span in spans if span.last < start}


def _debtors(rows: Rows) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Offices and banks that owe reports, each (id, name)."""
    quotas = rows.find(Query(Target, (Where("indicator", "=", REPORT),)))
    offices = {str(each.office) for each in quotas if each.office}
    banks = {str(each.bank) for each in quotas if each.bank}
    for each in quotas:
        if each.bank_type:
            banks |= {bank.id for bank in banks_of_type(rows, each.bank_type)}
    known = rows.find(Query(Office, sort=(("name", False),)))
    if quotas:
        known = [office for office in known if office.id in offices]
    named = rows.titles("bank", sorted(banks))
    return [(each.id, each.title) for each in known], sorted(
        named.items(), key=lambda each: each[1]
    )


def _events(rows: Rows, kind: str, spans: Sequence[Span]) -> list[Activity]:
    inside = Where("day", "between", (spans[0].first, spans[-1].last))
    return rows.find(Query(Activity, (Where("kind", "=", kind), inside)))


def _duty(
    table: str,
    unit: str,
    name: str,
    events: Sequence[Activity],
    spans: Sequence[Span],
    today: date,
    *,
    free: set[Span] | frozenset[Span] = frozenset(),
    must_be_sent: bool = True,
) -> Duty:
    spots = []
    for span in spans:
        inside = [e for e in events if e.day is not None and span.first <= e.day <= span.last]
        sent = [e for e in inside if e.sent_on is not None or not must_be_sent]
        state: State = "missing"
        if sent:
            state = "done"
        elif inside:
            state = "half"
        elif span in free:
            state = "free"
        elif span.first > today:
            state = "later"
        elif span.last >= today:
            state = "running"
        spots.append(Spot(len(sent or inside), state, tuple(e.id for e in inside)))
    return Duty(table, unit, name, tuple(spots))
