"""The clocks that begin with a day kept in the ledger, each with its days, its unit and its clause.

`domain.md` §5.3 and §5.7; starting events, days and units are parameters. The selects behind them
stand in `ledger_desk.store.counting.pending`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from ledger_desk.model import rectification
from ledger_desk.model.workdays import Calendar, Deadline
from ledger_desk.store.counting import pending
from ledger_desk.store.counting.pending import Line, Narrowed
from ledger_desk.store.queries import Rows
from ledger_desk.work.duty import (
    BANKING,
    HORIZON,
    MENDING,
    NATURAL,
    RENEWING,
    REPORTING,
    STATES,
    VISITING,
    WORKING,
    Duty,
    bounds,
    left_of,
    state_of,
)

_XY, _XX, _XZ = "信发改财金〔2024〕329号", "新金营商办〔2022〕7号", "忻银发〔2020〕80号"
OWN = "本单位自定"
_ONE_DAY = timedelta(days=1)
_START_WORDS = {
    "推送日": "pushed_on", "受理日": "accepted_on", "材料收齐日": "complete_on", "决定日": "decided_on",
}  # fmt: skip
_EVENTS = {
    "pushed_on": "推送后", "accepted_on": "受理后", "complete_on": "收齐材料后", "decided_on": "决定后",
}  # fmt: skip


class Held(Protocol):
    """Parameters as they hold on a day: ``held["clock.decision_days"]``."""

    def __getitem__(self, key: str, /) -> Any:
        """Give a value by its key."""


@dataclass(frozen=True)
class Clock:
    """One clock.

    Attributes:
        key: Its name in the program.
        kind: Kind of its duties, see `duty.KINDS`.
        source: Select of its lines in `pending.PENDING`.
        what: What has to be done, after the name of the firm.
        table: Table of its records.
        clause: Document, clause, and what it says.
        days: Days from the starting event to the limit.
        working: Counted in working days.
        horizon: Days ahead within which it is shown.
    """

    key: str
    kind: str
    source: str
    what: str
    table: str
    clause: str
    days: int = 0
    working: bool = False
    horizon: int = HORIZON

    def limit(self, start: date, calendar: Calendar) -> Deadline:
        """The last day of what began on a day."""
        if not self.days:
            return Deadline(start)  # a day that somebody set is the last day itself
        return calendar.deadline(start, self.days, working=self.working)

    def started_by(self, limit: date, calendar: Calendar) -> date:
        """The last starting day whose limit is a day or earlier."""
        start = limit
        while self.limit(start, calendar).day > limit:
            start -= _ONE_DAY
        return start

    @property
    def unit(self) -> str:
        """Unit of the days left."""
        return WORKING if self.working else NATURAL


def clocks(held: Held) -> tuple[Clock, ...]:
    """The clocks as an office has set them."""
    return (*_visits(), *_banks(held), *_others(held))


def _visits() -> tuple[Clock, ...]:
    task = f"{_XY} 四　按走访计划走访一遍"
    return (
        Clock("task", VISITING, "task", "走访", "visit_task", task),
        Clock("task_plan", VISITING, "task_plan", "走访", "visit_task", task),
        Clock("revisit", VISITING, "revisit", "回访", "visit", f"{OWN}　登记走访时约定的回访日期"),
    )


def _banks(held: Held) -> tuple[Clock, ...]:
    working = held["clock.decision_unit"] == "工作日"
    made = (
        ("contact", "对接企业", "contact", "", _XY + " 六", True),
        ("decision", "作出授信决定", "decision", "decision", _XY + " 六", working),
        ("feedback", "把不予授信反馈专班", "feedback", "feedback", _XY + " 六", True),
        ("mortgage", "办完抵押贷款", "mortgage", "mortgage", _XX + " 一（三）", True),
        ("first_loan", "办完首贷", "first_loan", "first_loan", _XZ + " 六（二）", True),
    )
    found = []
    for key, what, source, start_key, clause, in_working in made:
        days = held[f"clock.{key}_days"]
        start = _START_WORDS[held[f"clock.{start_key}_start"]] if start_key else "pushed_on"
        said = f"{clause}　{_EVENTS[start]} {days} {'个工作日' if in_working else '日'}内"
        found.append(
            Clock(key, BANKING, f"{source}:{start}", what, "referral", said, days, in_working)
        )
    return tuple(found)


def _others(held: Held) -> tuple[Clock, ...]:
    ahead = held["clock.renewal_days"]
    renewing = f"{_XY} 八　到期前 {ahead} 天摸排续贷需求，应续尽续"
    return (
        Clock(
            "mend", MENDING, "mend", "辅导修复到期", "referral", f"{_XY} 六　跟进辅导；期限{OWN}"
        ),
        Clock(
            "fault", MENDING, "fault", "整改", "rectification", f"{rectification.CLAUSE}　限期整改"
        ),
        Clock("renewal", RENEWING, "renewal", "续贷办出结果", "renewal", renewing, horizon=ahead),
        Clock("loan", RENEWING, "loan", "到期贷款摸排续贷", "loan", renewing, horizon=ahead),
        Clock(
            "sending",
            REPORTING,
            "sending",
            "报送",
            "activity",
            f"{_XZ} 八（二）；时限为登记的报送时限",
        ),
    )


def count(
    rows: Rows, clock: Clock, today: date, calendar: Calendar, narrowed: Narrowed
) -> dict[str, int]:
    """How many duties of a clock are in each state."""
    starts = [clock.started_by(limit, calendar) for limit in bounds(today, clock.horizon)]
    sums = pending.count(rows, clock.source, starts, narrowed)
    return {
        state: more - less for state, more, less in zip(STATES, sums, [0, *sums[:-1]], strict=True)
    }


def duties(
    rows: Rows, clock: Clock, today: date, calendar: Calendar, narrowed: Narrowed,
    states: Sequence[str], most: int,
) -> list[Duty]:  # fmt: skip
    """The first duties of a clock in some states, the most pressing first."""
    limits = bounds(today, clock.horizon)
    found: list[Duty] = []
    after: date | None = None
    for state, limit in zip(STATES, limits, strict=True):
        until = clock.started_by(limit, calendar)
        if state in states and len(found) < most and (after is None or until > after):
            some = pending.lines(rows, clock.source, after, until, narrowed, most - len(found))
            found += [_duty(clock, line, today, calendar) for line in some]
        after = until
    return found


def _duty(clock: Clock, line: Line, today: date, calendar: Calendar) -> Duty:
    """A duty without the names that are read for those shown only; ``who`` holds what is known."""
    limit = clock.limit(line.day, calendar)
    return Duty(
        key=f"{clock.key}:{line.record}", kind=clock.kind, title=clock.what, who=line.more,
        table=clock.table, record=line.record, limit=limit,
        left=left_of(limit.day, today, calendar, working=clock.working), unit=clock.unit,
        state=state_of(limit.day, today), clause=clock.clause, estimated=limit.estimated,
        firm=line.firm, people=line.people, township=line.township,
    )  # fmt: skip
