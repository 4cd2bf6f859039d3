"""How far the visits of a plan are: by day, person, office, township and bank; both numbers always.

One reading for the strip over the list, the printed daily report and the clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from ledger_desk.model.divisions import divisions
from ledger_desk.model.records import VisitPlan, VisitTask
from ledger_desk.store.queries import Query, Rows, Where

BY_PERSON, BY_OFFICE, BY_TOWN, BY_BANK, BY_DAY = "person", "office", "township", "bank", "day"
_FIELDS = {
    BY_PERSON: ("first", "second"), BY_OFFICE: ("first.office",), BY_TOWN: ("township",),
    BY_BANK: ("bank",),
}  # fmt: skip
_TABLES = {BY_PERSON: "person", BY_OFFICE: "office", BY_BANK: "bank"}
NOBODY = {BY_PERSON: "还没分派", BY_OFFICE: "没写单位", BY_TOWN: "没写乡镇", BY_BANK: "没有银行"}
_MOST = 2_000
_MOST_DAYS = 400


@dataclass(frozen=True)
class Bar:
    """Tasks of one person, office, township or bank.

    Attributes:
        key: Its id or code; None for the tasks that have none.
        title: What it is called.
        total: Firms to be visited, without those dropped.
        done: Visited.
        effective: Visited, and the visit counts.
        late: Not visited and past their day.
    """

    key: str | None
    title: str
    total: int = 0
    done: int = 0
    effective: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        """``新集镇：应走访 40 户，已走访 12 户，有效 9 户，逾期 3 户``."""
        late = f"，逾期 {self.late:,} 户" if self.late else ""
        return f"{self.title}：应走访 {self.total:,} 户，已走访 {self.done:,} 户，有效 {self.effective:,} 户{late}"


@dataclass(frozen=True)
class Day:
    """One day of a plan: firms visited on it, visited so far, and due so far."""

    day: date
    done: int
    so_far: int
    due: int


@dataclass(frozen=True)
class Progress:
    """The whole of a plan, or of all plans.

    Attributes:
        plan: Its id; '' for all.
        title: What it is called.
        whole: All of it.
        dropped: Firms taken off.
        bars: The groups asked for, the largest first.
        days: From the first day to today, or to the last visit.
    """

    plan: str
    title: str
    whole: Bar
    dropped: int = 0
    bars: tuple[Bar, ...] = ()
    days: tuple[Day, ...] = ()


def wheres_of(plan: str) -> tuple[Where, ...]:
    """Conditions of the tasks of a plan that count, '' for all plans."""
    own = (Where("plan", "=", plan),) if plan else ()
    return (*own, Where("dropped", "blank"))


def wheres_of_bar(group: str, key: str | None) -> tuple[Where, ...]:
    """Conditions of the tasks behind a bar."""
    if group == BY_DAY:
        return (Where("done_on", "=", date.fromisoformat(str(key))),)
    fields = _FIELDS[group]
    if key is None:
        return tuple(Where(name, "blank") for name in fields)
    return (Where("", "any", tuple(Where(name, "=", key) for name in fields)),)


def read_progress(
    rows: Rows, plan: str = "", group: str = BY_TOWN, today: date | None = None
) -> Progress:
    """Count the tasks of a plan.

    Args:
        rows: The ledger.
        plan: Id; '' for all plans.
        group: What the bars are of.
        today: The day it is.
    """
    now = today or date.today()
    base = wheres_of(plan)
    held = rows.get(VisitPlan, plan) if plan else None
    title = (held.name or "") if held is not None else "全部计划"
    dropped = rows.count(Query(VisitTask, (*base[:-1], Where("dropped", "notblank"))))
    whole = Bar(None, title, *(rows.count(Query(VisitTask, where)) for where in _parts(base, now)))
    bars = _bars(rows, base, group, now) if group != BY_DAY else ()
    days = _days(rows, base, held, now) if group == BY_DAY else ()
    return Progress(plan, title, whole, dropped, bars, days)


def _parts(base: Sequence[Where], now: date) -> tuple[tuple[Where, ...], ...]:
    """Conditions of all, the visited, the effective and the late ones."""
    return (
        tuple(base), (*base, Where("done_on", "notblank")),
        (*base, Where("done_on", "notblank"), Where("effective", "=", True)),
        (*base, Where("done_on", "blank"), Where("due_on", "<", now)),
    )  # fmt: skip


def _bars(rows: Rows, base: Sequence[Where], group: str, now: date) -> tuple[Bar, ...]:
    counts: list[dict[str | None, int]] = []
    for where in _parts(base, now):
        found: dict[str | None, int] = {}
        for name in _FIELDS[group]:
            for key, many in rows.values(Query(VisitTask, where), name, _MOST):
                if key is None and len(_FIELDS[group]) > 1:
                    continue  # the second visitor may well be blank
                found[key] = found.get(key, 0) + many
        if len(_FIELDS[group]) > 1:
            nobody = tuple(Where(name, "blank") for name in _FIELDS[group])
            many = rows.count(Query(VisitTask, (*where, *nobody)))
            if many:
                found[None] = many
        counts.append(found)
    keys = [key for key in counts[0] if key]
    if group == BY_TOWN:
        titles = {key: divisions().get(key, key) for key in keys}
    else:
        titles = rows.titles(_TABLES[group], keys)
    made = [
        Bar(key, titles.get(key or "", NOBODY[group]), *(each.get(key, 0) for each in counts))
        for key in counts[0]
    ]
    return tuple(sorted(made, key=lambda bar: (bar.key is None, -bar.total, bar.title)))


def _days(rows: Rows, base: Sequence[Where], plan: VisitPlan | None, now: date) -> tuple[Day, ...]:
    done = {
        day: many
        for day, many in rows.values(Query(VisitTask, tuple(base)), "done_on", _MOST) if day
    }  # fmt: skip
    due = {
        day: many
        for day, many in rows.values(Query(VisitTask, tuple(base)), "due_on", _MOST) if day
    }  # fmt: skip
    starts = [day for day in (plan.starts_on if plan else None, *done) if day]
    if not starts:
        return ()
    end = min(now, plan.due_on) if plan is not None and plan.due_on else now
    first, last = min(starts), max([end, *starts])
    first = max(first, last - timedelta(days=_MOST_DAYS))
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    before = sum(many for day, many in done.items() if day < first)
    due_before = sum(many for day, many in due.items() if day < first)
    so_far = list(accumulate((done.get(day, 0) for day in span), initial=before))[1:]
    due_far = list(accumulate((due.get(day, 0) for day in span), initial=due_before))[1:]
    return tuple(
        Day(day, done.get(day, 0), far, wanted)
        for day, far, wanted in zip(span, so_far, due_far, strict=True)
    )
