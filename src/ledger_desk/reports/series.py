"""Numbers of one indicator in a row: over the last periods, or over the parts of one period; for plots.

Every value comes from `valuing.Values`, so that a plot and a form can never differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger_desk.exchange.form_questions import Question
from ledger_desk.exchange.places import name_of
from ledger_desk.model.divisions import divisions
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import Bank, Enterprise, Figure, Guarantor, Office, Park, Person
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.asking import style_for
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import MECHANISMS, Mechanism, find_indicator, splits_of
from ledger_desk.reports.valuing import Backing, Values
from ledger_desk.store.counting import totals
from ledger_desk.store.counting.events import THINGS
from ledger_desk.store.counting.loan_lines import BALANCES
from ledger_desk.store.counting.splitting import SPLITS
from ledger_desk.store.counting.totals import Line, Member, Scope
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows

MONTHS, WEEKS = "month", "week"
OVER = {MONTHS: "按月", WEEKS: "按周"}
"""Ways of going back in time, besides the keys of `SPLITS`."""
BACK = 12
_RECORDS = {"office": Office, "person": Person, "park": Park, "guarantor": Guarantor}


@dataclass(frozen=True)
class Asked:
    """What is looked at.

    Attributes:
        indicator: Its id.
        measure: One of its measures.
        by: ``month`` or ``week``, or a key of `SPLITS`.
        period: The period; of a row over time the last one is that in which its end lies.
    """

    indicator: str
    measure: str
    by: str
    period: Period

    @property
    def spec(self) -> Indicator:
        """The indicator."""
        return find_indicator(self.indicator)

    @property
    def over_time(self) -> bool:
        """Whether each point is a period."""
        return self.by in OVER


@dataclass(frozen=True)
class Point:
    """One number.

    Attributes:
        key: The part, or the key of the period.
        label: What it is called.
        short: The same where room is short.
        value: In the indicator's smallest unit; None: nothing to say.
        text: How the value reads, with its unit.
        period: The days.
    """

    key: str
    label: str
    short: str
    value: int | None
    text: str
    period: Period


@dataclass(frozen=True)
class Series:
    """All points, and the number of the whole where parts were asked for."""

    asked: Asked
    points: tuple[Point, ...]
    whole: Point | None
    mechanism: Mechanism

    @property
    def caption(self) -> str:
        """What is seen, in one line."""
        asked, spec = self.asked, self.asked.spec
        unit = spec.unit_of(asked.measure)
        how = OVER.get(asked.by) or f"按{SPLITS[asked.by]}"
        days = f"最近 {len(self.points)} 期" if asked.over_time else asked.period.label
        since = f"，自 {self.mechanism.since} 起" if asked.measure == "启动以来累计" else ""
        return f"{spec.label}　{asked.measure}（{unit}{since}）　{how}　{days}"


def ways_of(spec: Indicator) -> dict[str, str]:
    """Give the ways in which an indicator can be looked at: key → words."""
    splits = {key: f"按{words}" for key, words in SPLITS.items() if key in splits_of(spec)}
    return OVER | splits


def mechanism_of(spec: Indicator) -> Mechanism:
    """The mechanism whose first day 启动以来累计 counts from, by the clause."""
    financing, first = "小微企业融资协调工作机制", "首贷培植行动"
    own = "忻银发" in spec.clause and "信发改财金" not in spec.clause
    return MECHANISMS[first if own else financing]


def read_series(ledger: Ledger, asked: Asked, progress: Progress = silent) -> Series:
    """Work out all points on one picture of the ledger.

    Raises:
        UserError: The indicator has no such measure or split.
        Cancelled: From ``progress``.
    """
    mechanism = mechanism_of(asked.spec)
    with ledger.read() as rows:
        if asked.over_time:
            found, periods = [], _back(asked)
            for place, period in enumerate(periods):
                progress(place, len(periods), period.label)
                values = Values(rows, period, mechanism.since)
                value = values.value(asked.indicator, asked.measure)
                found.append(_point(asked, period.key, period.label, value, period))
            return Series(asked, tuple(found), None, mechanism)
        progress(0, 0, "")
        values = Values(rows, asked.period, mechanism.since)
        split = values.split(asked.indicator, asked.measure, asked.by)
        names = _names(rows, ledger.office, asked.by, set(split))
        points = [_point(asked, key, names[key], split.get(key), asked.period) for key in names]
        whole = values.value(asked.indicator, asked.measure)
        total = _point(asked, "", "全部", whole, asked.period)
    if asked.by != "township":
        points.sort(key=lambda each: (each.key == "", -(each.value or 0), each.label))
    return Series(asked, tuple(points), total, mechanism)


def show_value(spec: Indicator, measure: str, value: int | None) -> str:
    """Write a value with its unit; — where there is nothing to divide by, 未报 where nobody reported."""
    if value is None:
        return "未报" if spec.reported else "—"
    unit = spec.unit_of(measure)
    text = style_for(Question(spec.id, measure)).text(value)
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def _point(asked: Asked, key: str, label: str, value: int | None, period: Period) -> Point:
    short = label
    if asked.by == MONTHS:
        short = f"{period.start.year % 100}-{period.start.month:02}"
    elif asked.by == WEEKS:
        short = f"{period.end.month}-{period.end.day:02}"
    text = show_value(asked.spec, asked.measure, value)
    return Point(key, label, short, value, text, period)


def _back(asked: Asked) -> list[Period]:
    """The last periods, the earliest first."""
    end = asked.period.end
    if asked.by == WEEKS:
        first = end - timedelta(days=end.weekday())
        starts = [first - timedelta(days=7 * n) for n in reversed(range(BACK))]
        return [Period(start, start + timedelta(days=6)) for start in starts]
    found = [month_of(end)]
    while len(found) < BACK:
        found.insert(0, found[0].previous())
    return found


def _names(rows: Rows, own: Office, by: str, met: set[str]) -> dict[str, str]:
    """Parts in the order in which they are shown: those always listed, those met, last those without."""
    found: dict[str, str] = {}
    if by == "township":
        home = own.division or ""
        if len(home) >= 6 and not home[:6].endswith("00"):
            found = {c: n for c, n in divisions().items() if len(c) == 9 and c.startswith(home)}
        found |= {key: name_of(key) for key in sorted(met - found.keys()) if key}
    elif by == "bank":
        banks = rows.find(Query(Bank, sort=(("name", False),)))
        found = {each.id: each.short or each.title for each in banks}
        found |= {key: _title(rows, Bank, key) for key in sorted(met - found.keys()) if key}
    elif by in _RECORDS:
        found = {key: _title(rows, _RECORDS[by], key) for key in sorted(met) if key}
    else:
        found = {key: key for key in sorted(met) if key}
    if "" in met:
        found[""] = f"未填{SPLITS[by]}"
    return found


def _title(rows: Rows, cls: type, key: str) -> str:
    record = rows.get(cls, key)
    return record.title if record is not None else key


# -- what stands behind a point ------------------------------------------------------------------------


@dataclass(frozen=True)
class Behind:
    """One part of what a point is made of.

    Attributes:
        label: Indicator and measure: 授信户数（本期）.
        text: Its value.
        members: Firms, or records that are no firm's: their id is then ``table:record``.
        firms: Whether the members are firms.
        first: First day that counts, None for everything before too.
        last: Last day.
    """

    label: str
    text: str
    members: tuple[Member, ...]
    firms: bool
    first: date | None
    last: date


def read_behind(
    ledger: Ledger, asked: Asked, point: Point, progress: Progress = silent
) -> tuple[Behind, ...]:
    """List the firms, records or reported numbers behind a point; two parts and more of a ratio."""
    by, key = ("", None) if asked.over_time or point.label == "全部" else (asked.by, point.key)
    mechanism = mechanism_of(asked.spec)
    with ledger.read() as rows:
        progress(0, 0, "")
        values = Values(rows, point.period, mechanism.since)
        parts = values.proof(asked.indicator, asked.measure, by, key)
        return tuple(_behind(rows, part, by, key) for part in parts)


def _behind(rows: Rows, part: Backing, by: str, key: str | None) -> Behind:
    spec = part.indicator
    label, text = f"{spec.label}（{part.measure}）", show_value(spec, part.measure, part.value)
    days = part.window.newly or part.window.first, part.window.last
    if spec.reported:
        return Behind(
            label, text, tuple(_figure(rows, each) for each in part.figures), False, *days
        )
    firms = spec.events not in THINGS
    plain = spec.kind != "set" and part.window.newly is None and spec.events not in BALANCES
    if firms and plain:
        found = totals.parts(rows, spec.events, part.window, Scope(by), key)
        return Behind(label, text, tuple(found), True, *days)
    return Behind(label, text, tuple(_grouped(rows, part.lines)), firms, *days)


def _grouped(rows: Rows, lines: Sequence[Line]) -> list[Member]:
    """Lines by firm, or by record where there is none."""
    by_key: dict[str, list[Line]] = {}
    for line in lines:
        by_key.setdefault(line.enterprise or f"{line.table}:{line.record}", []).append(line)
    known = rows.many(Enterprise, [key for key in by_key if ":" not in key])
    return [
        Member(
            key, some[0].name or some[0].title or "",
            (known[key].code or "") if key in known else "", some[0].township, len(some),
            sum(each.amount for each in some), min(each.day for each in some),
            max(each.day for each in some),
        )
        for key, some in by_key.items()
    ]  # fmt: skip


def _figure(rows: Rows, figure: Figure) -> Member:
    """A reported number with its source in place of a firm."""
    bank = rows.get(Bank, figure.bank) if figure.bank else None
    who = "　".join(filter(None, (bank.title if bank else "", figure.source, figure.reporter)))
    day = figure.day or date.min
    money = find_indicator(str(figure.indicator)).unit == "万元"
    return Member(
        f"figure:{figure.id}", who, "", figure.division, 1,
        (figure.value or 0) if money else 0, day, day,
    )  # fmt: skip
