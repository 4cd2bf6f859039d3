"""The clocks of a ticket, 13710: the day, three days, seven days or a month, and down to zero.

「13710」工作机制: the day itself it is looked into and handed on, within three days there is a word of
how it stands, a usual matter is settled within seven days, a grave or tangled one within a month,
and everything is followed until it is struck off (`seeds/004` 二(一); `domain.md` §5.7).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ledger_desk.model.matters import Ticket
from ledger_desk.model.workdays import Calendar, Deadline

CLAUSE = "新金营商办〔2022〕7号 二（一）"
GRAVE = "重大或复杂"
DAY, FEEDBACK, SOLVE, ZERO = "day", "feedback", "solve", "zero"
# What a clock may be: not begun, running, past its limit, met in time, met too late, standing still.
WAITING, RUNNING, LATE, MET, MET_LATE, STILL = (
    "waiting", "running", "late", "met", "met_late", "still",
)  # fmt: skip
WORKING = "工作日"
FROM_HANDED = "交办日期"
_NAMES = {DAY: "研判", FEEDBACK: "反馈", SOLVE: "办结", ZERO: "销号"}


class Held(Protocol):
    """Parameters as they hold on a day: ``held["clock.ticket_unit"]``."""

    def __getitem__(self, key: str, /) -> Any:
        """Give a value by its key."""


@dataclass(frozen=True)
class TicketClock:
    """One clock of a ticket.

    Attributes:
        key: `DAY`, `FEEDBACK`, `SOLVE` or `ZERO`.
        name: What has to be done: 研判, 反馈, 办结, 销号.
        digit: Its digit in 13710: ``1`` ``3`` ``7`` ``1月`` ``0``.
        start: Day it began; None: it has not begun.
        limit: Last day; None while it has not begun.
        met_on: Day on which it was done.
        left: Days from today to the limit in the clock's unit, below zero when late; None when it
            does not run.
        state: `WAITING`, `RUNNING`, `LATE`, `MET`, `MET_LATE` or `STILL`.
        unit: ``天`` or ``个工作日``.
        clause: Document and clause, with what it says.
        estimated: The limit rests on a year whose holidays are not known yet.
        extended: The limit was moved by an extension.
    """

    key: str
    name: str
    digit: str
    start: date | None
    limit: date | None
    met_on: date | None
    left: int | None
    state: str
    unit: str
    clause: str
    estimated: bool = False
    extended: bool = False

    def words(self) -> str:
        """Say how it stands: 还有 2 天 · 反馈."""
        if self.state == RUNNING and self.left is not None:
            soon = "今天到期" if self.left == 0 else f"还有 {self.left} {self.unit}"
            return f"{soon} · {self.name}"
        if self.state == LATE and self.left is not None:
            past = f"逾期 {-self.left} {self.unit}" if self.left else "已逾期"
            return f"{past} · {self.name}"
        if self.state == STILL:
            return f"已上报 · {self.name}"
        if self.met_on is not None:
            return f"{'按期' if self.state == MET else '超期'}{self.name}"
        return f"未到 · {self.name}"

    def day_words(self) -> str:
        """Say its limit, or when it was met."""
        if self.met_on is not None:
            return f"{self.met_on.isoformat()} 已{self.name}"
        if self.limit is None:
            return ""
        guess = "（预计）" if self.estimated else ""
        return f"到 {self.limit.isoformat()}{guess}{'，已延期' if self.extended else ''}"


def clocks(
    ticket: Ticket, calendar: Calendar, parameters: Held, today: date | None = None
) -> tuple[TicketClock, ...]:
    """Work out the four clocks of a ticket.

    Args:
        ticket: As it stands.
        calendar: Holidays and adjusted workdays.
        parameters: ``clock.ticket_unit``, ``clock.ticket_start``, ``clock.ticket_feedback_days``,
            ``clock.ticket_days``, ``clock.ticket_close_days``.
        today: The day that is asked about.
    """
    now = today or date.today()
    working = parameters["clock.ticket_unit"] == WORKING
    from_handed = parameters["clock.ticket_start"] == FROM_HANDED
    collected = ticket.collected_on
    begun = ticket.handed_on if from_handed else collected
    after = _Days(calendar, working)
    grave = ticket.weight == GRAVE
    # A later deed stands for an earlier one that nobody wrote down.
    closed = ticket.closed_on
    answered = _first(ticket.answered_on, closed)
    solved = _first(ticket.solved_on, answered)
    fed_back = _first(ticket.fed_back_on, solved)
    judged = _first(ticket.judged_on, ticket.handed_on, fed_back)
    some = parameters["clock.ticket_feedback_days"]
    many, close = parameters["clock.ticket_days"], parameters["clock.ticket_close_days"]
    solve_limit, extended = _solve_limit(ticket, begun, after, many)
    still = solved is None and ticket.escalated_on is not None and ticket.state in (None, "已上报")
    unit = "个工作日" if working else "天"
    month = "1个月内落实解决，确实解决不了的要拿出时间节点和方案"
    return (
        _clock(DAY, "1", collected, after.days(collected, 0), judged, now, after,
               f"{CLAUSE}　1：当天研判部署"),
        _clock(FEEDBACK, str(some), begun, after.days(begun, some), fed_back, now, after,
               f"{CLAUSE}　3：{some} {unit}内反馈办理情况"),
        _clock(SOLVE, "1月" if grave else str(many), begun, solve_limit, solved, now, after,
               f"{CLAUSE}　1：重大或复杂的{month}" if grave
               else f"{CLAUSE}　7：一般性问题 {many} {unit}内落实解决",
               extended=extended, still=still),
        _clock(ZERO, "0", solved, after.days(solved, close), closed, now, after,
               f"{CLAUSE}　0：跟踪到底、销号清零（办结后 {close} {unit}内为本单位自定）"),
    )  # fmt: skip


def usual_limit(
    ticket: Ticket, calendar: Calendar, parameters: Held, handed_on: date | None = None
) -> date | None:
    """Give the last day that 13710 itself leaves, before any limit set by hand or extension.

    Args:
        ticket: As it stands.
        calendar: Holidays and adjusted workdays.
        parameters: As for `clocks`.
        handed_on: The day on which it is going to be handed over.
    """
    from_handed = parameters["clock.ticket_start"] == FROM_HANDED
    begun = (handed_on or ticket.handed_on) if from_handed else ticket.collected_on
    after = _Days(calendar, parameters["clock.ticket_unit"] == WORKING)
    found = after.solving(begun, ticket.weight == GRAVE, parameters["clock.ticket_days"])
    return found.day if found is not None else None


def pressing(found: Sequence[TicketClock]) -> TicketClock | None:
    """Choose the clock that has to be looked at first: the latest one, else the next one due."""
    going = [each for each in found if each.state in (RUNNING, LATE)]
    return min(going, key=lambda each: each.limit or date.max, default=None) or next(
        (each for each in found if each.state == STILL), None
    )


def is_late(found: Iterable[TicketClock]) -> bool:
    """Whether one of the clocks is past its limit now."""
    return any(each.state == LATE for each in found)


def month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class _Days:
    """Counts in natural or working days."""

    calendar: Calendar
    working: bool

    def days(self, start: date | None, many: int) -> Deadline | None:
        return None if start is None else self.calendar.deadline(start, many, working=self.working)

    def solving(self, start: date | None, grave: bool, many: int) -> Deadline | None:
        if start is None or not grave:
            return self.days(start, many)
        day = month_after(start)
        if not self.working:
            return Deadline(day)
        rolled = self.calendar.add_workdays(day, 0)  # 民法典第二百零三条
        return Deadline(rolled, self.calendar.estimated(day, rolled))

    def left(self, today: date, limit: date) -> int:
        if self.working:
            return self.calendar.workdays_between(today, limit)
        return (limit - today).days

    @property
    def unit(self) -> str:
        return "个工作日" if self.working else "天"


def _solve_limit(
    ticket: Ticket, begun: date | None, after: _Days, many: int
) -> tuple[Deadline | None, bool]:
    """The limit of settling it: an extension, else what was set, else what 13710 says."""
    if ticket.extended_to is not None:
        return Deadline(ticket.extended_to), True
    if ticket.due_on is not None and begun is not None:
        return Deadline(ticket.due_on), False
    return after.solving(begun, ticket.weight == GRAVE, many), False


def _clock(
    key: str, digit: str, start: date | None, limit: Deadline | None, met: date | None, today: date,
    after: _Days, clause: str, *, extended: bool = False, still: bool = False,
) -> TicketClock:  # fmt: skip
    day = limit.day if limit is not None else None
    left = None
    if met is not None:
        state = MET_LATE if day is not None and met > day else MET
    elif still:
        state = STILL
    elif day is None:
        state = WAITING
    else:
        state, left = (LATE if today > day else RUNNING), after.left(today, day)
    return TicketClock(
        key, _NAMES[key], digit, start, day, met, left, state, after.unit, clause,
        limit.estimated if limit is not None else False, extended,
    )  # fmt: skip


def _first(*days: date | None) -> date | None:
    """The first day that is known."""
    return next((day for day in days if day is not None), None)
