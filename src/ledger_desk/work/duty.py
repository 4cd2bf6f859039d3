"""One thing that has to be done by a day (今天要办): its clock, its clause, and the record behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ledger_desk.model.workdays import Calendar, Deadline

LATE, TODAY, WEEK, LATER = "late", "today", "week", "later"
STATES: Mapping[str, str] = {LATE: "已逾期", TODAY: "今天", WEEK: "本周", LATER: "后 30 天"}
"""State of a duty → its word, late ones first."""
HORIZON = 30  # days ahead
_FAR = 120  # days from which on a day is shown with its year
NATURAL, WORKING = "天", "工作日"

VISITING, REVIEWING, BANKING, TICKETS, MENDING, RENEWING, REPORTING = (
    "visiting", "reviewing", "banking", "tickets", "mending", "renewing", "reporting",
)  # fmt: skip
KINDS: Mapping[str, str] = {
    VISITING: "走访与回访", REVIEWING: "审核与推送", BANKING: "银行办理", TICKETS: "批分单",
    MENDING: "辅导与整改", RENEWING: "续贷", REPORTING: "报表与活动",
}  # fmt: skip
"""Kind of a duty → its word, in the order of the work."""


@dataclass(frozen=True)
class Duty:
    """One thing to do.

    Attributes:
        key: Which clock of which record; stays the same from day to day.
        kind: One of `KINDS`.
        title: What is to be done, and for which firm.
        who: Who has to do it, in words; '' where that is nobody in particular.
        table: Table of the record behind it; '' where there is none.
        record: Its id; '' where the page of ``table`` is all there is to go to.
        firm: Id of the firm; ''.
        people: Ids of the persons who have to do it.
        township: Code of the township; ''.
        limit: Last day; None where no document sets one.
        left: Days from today to the limit in ``unit``, below zero when late.
        unit: `NATURAL` or `WORKING`.
        state: One of `STATES`.
        clause: Document and clause, with what it says.
        estimated: The limit rests on a year whose holidays are not known yet.
    """

    key: str
    kind: str
    title: str
    who: str
    table: str
    record: str
    limit: Deadline | None
    left: int
    unit: str
    state: str
    clause: str
    estimated: bool = False
    firm: str = ""
    people: tuple[str, ...] = ()
    township: str = ""

    @property
    def words(self) -> str:
        """How it stands, for the box in front: 逾期 2 天 · 今天 · 剩 3 工作日."""
        if self.limit is None:
            return "待办"
        if self.state == LATE:
            return f"逾期 {-self.left} {self.unit}" if self.left else "已逾期"
        return "今天" if self.left <= 0 else f"剩 {self.left} {self.unit}"

    @property
    def day_words(self) -> str:
        """The limit: 11-20 止, 预计 where it is an estimate."""
        if self.limit is None:
            return ""
        guess = "（预计）" if self.estimated else ""
        shown = self.limit.day.isoformat() if abs(self.left) > _FAR else f"{self.limit.day:%m-%d}"
        return f"{shown} 止{guess}"

    @property
    def clause_words(self) -> str:
        """What the clause says, then where it stands: 推送后 3 个工作日内　信发改财金〔2024〕329号 六."""
        where, _, says = self.clause.partition("　")
        return f"{says}　{where}" if says else where


def sunday(today: date) -> date:
    """Last day of the week."""
    return today + timedelta(days=6 - today.weekday())


def bounds(today: date, horizon: int = HORIZON) -> tuple[date, date, date, date]:
    """Last limits that are late, due today, due this week, due within the horizon."""
    far = today + timedelta(days=horizon)
    return (today - timedelta(days=1), today, min(sunday(today), far), far)


def state_of(limit: date | None, today: date) -> str:
    """State of a duty by its limit; what has none is for today."""
    if limit is None or limit == today:
        return TODAY
    if limit < today:
        return LATE
    return WEEK if limit <= sunday(today) else LATER


def left_of(limit: date, today: date, calendar: Calendar, *, working: bool) -> int:
    """Days left, in natural or working days."""
    return calendar.workdays_between(today, limit) if working else (limit - today).days
