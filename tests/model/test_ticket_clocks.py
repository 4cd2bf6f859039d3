"""13710: each clock on both sides of its limit, over holidays and adjusted workdays, in both units."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger_desk.model.matters import Ticket
from ledger_desk.model.ticket_clocks import (
    DAY,
    FEEDBACK,
    LATE,
    MET,
    MET_LATE,
    RUNNING,
    SOLVE,
    STILL,
    WAITING,
    ZERO,
    TicketClock,
    clocks,
    month_after,
    pressing,
    usual_limit,
)
from ledger_desk.model.workdays import Calendar, parse_notice

HOLIDAYS = Path(__file__).resolve().parents[2] / "resources/dictionaries/holidays"
CALENDAR = Calendar.from_notices(
    parse_notice(file.read_text(encoding="utf-8")) for file in sorted(HOLIDAYS.glob("*.toml"))
)
NATURAL, WORKING = "自然日", "工作日"
ONE = timedelta(days=1)
# 2024: off from Saturday 10 to Saturday 17 February; the Sundays 4 and 18 February are worked.
EVE = date(2024, 2, 9)


def held(unit: str = NATURAL, start: str = "收集日期", **more: Any) -> dict[str, Any]:
    return {
        "clock.ticket_unit": unit, "clock.ticket_start": start, "clock.ticket_feedback_days": 3,
        "clock.ticket_days": 7, "clock.ticket_close_days": 3, **more,
    }  # fmt: skip


def clock(key: str, today: date, parameters: dict[str, Any], **fields: Any) -> TicketClock:
    found = clocks(Ticket(**fields), CALENDAR, parameters, today)
    return next(each for each in found if each.key == key)


# collected, unit, clock, weight → last day
LIMITS = (
    (EVE, NATURAL, DAY, "一般", EVE),
    (EVE, WORKING, DAY, "一般", EVE),
    (date(2024, 2, 10), WORKING, DAY, "一般", date(2024, 2, 18)),  # off → the Sunday that is worked
    (EVE, NATURAL, FEEDBACK, "一般", date(2024, 2, 12)),
    (EVE, WORKING, FEEDBACK, "一般", date(2024, 2, 20)),  # Sunday 18, Monday, Tuesday
    (EVE, NATURAL, SOLVE, "一般", date(2024, 2, 16)),
    (EVE, WORKING, SOLVE, "一般", date(2024, 2, 26)),  # 18–23 are six, 24–25 off
    (EVE, NATURAL, SOLVE, "重大或复杂", date(2024, 3, 9)),
    (EVE, WORKING, SOLVE, "重大或复杂", date(2024, 3, 11)),  # the 9th is a Saturday
    (date(2024, 1, 31), NATURAL, SOLVE, "重大或复杂", date(2024, 2, 29)),
    (date(2024, 2, 2), WORKING, FEEDBACK, "一般", date(2024, 2, 6)),  # Sunday 4 counts
    (date(2024, 9, 30), NATURAL, FEEDBACK, "一般", date(2024, 10, 3)),
    (date(2024, 9, 30), WORKING, FEEDBACK, "一般", date(2024, 10, 10)),
    (date(2024, 10, 9), WORKING, FEEDBACK, "一般", date(2024, 10, 12)),  # a Saturday that is worked
)
DONE = {DAY: "judged_on", FEEDBACK: "fed_back_on", SOLVE: "solved_on"}


@pytest.mark.parametrize(("collected", "unit", "key", "weight", "limit"), LIMITS)
def test_a_clock_runs_to_its_last_day_and_is_late_on_the_next(
    collected: date, unit: str, key: str, weight: str, limit: date
) -> None:
    given_ = {"collected_on": collected, "weight": weight}
    on = clock(key, limit, held(unit), **given_)
    assert (on.limit, on.left, on.state) == (limit, 0, RUNNING)
    after = clock(key, limit + ONE, held(unit), **given_)
    assert (after.limit, after.state) == (limit, LATE)
    assert after.left is not None
    assert after.left <= 0
    done = DONE[key]
    assert clock(key, limit + ONE, held(unit), **given_, **{done: limit}).state == MET
    assert clock(key, limit + ONE, held(unit), **given_, **{done: limit + ONE}).state == MET_LATE


@pytest.mark.parametrize("unit", [NATURAL, WORKING])
@pytest.mark.parametrize("key", [FEEDBACK, SOLVE])
def test_the_clocks_of_three_and_seven_days_can_start_when_it_is_handed_over(
    unit: str, key: str
) -> None:
    from_handed = held(unit, "交办日期")
    assert clock(key, EVE, from_handed, collected_on=EVE).state == WAITING
    late_start = clock(key, EVE, from_handed, collected_on=date(2024, 1, 2), handed_on=EVE)
    assert late_start.limit == clock(key, EVE, held(unit), collected_on=EVE).limit
    assert clock(DAY, EVE, from_handed, collected_on=date(2024, 1, 2)).limit == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("unit", "limit"), [(NATURAL, date(2024, 2, 12)), (WORKING, date(2024, 2, 20))]
)
def test_down_to_zero_begins_when_it_is_settled(unit: str, limit: date) -> None:
    assert clock(ZERO, EVE, held(unit), collected_on=EVE).state == WAITING
    kept = {"collected_on": date(2024, 2, 5), "solved_on": EVE}
    assert clock(ZERO, limit, held(unit), **kept).state == RUNNING
    assert clock(ZERO, limit, held(unit), **kept).limit == limit
    assert clock(ZERO, limit + ONE, held(unit), **kept).state == LATE
    assert clock(ZERO, limit + ONE, held(unit), **kept, closed_on=limit).state == MET
    assert clock(ZERO, limit + ONE, held(unit), **kept, closed_on=limit + ONE).state == MET_LATE


def test_an_extension_moves_the_limit_of_settling_only() -> None:
    kept = {"collected_on": EVE, "handed_on": EVE, "due_on": date(2024, 2, 16)}
    until = date(2024, 3, 1)
    moved = clock(SOLVE, until, held(), **kept, extended_to=until)
    assert (moved.limit, moved.state, moved.extended) == (until, RUNNING, True)
    assert clock(SOLVE, until + ONE, held(), **kept, extended_to=until).state == LATE
    assert clock(FEEDBACK, until, held(), **kept, extended_to=until).limit == date(2024, 2, 12)


def test_a_limit_set_at_handing_over_holds_and_13710_itself_is_known_beside_it() -> None:
    kept = {"collected_on": EVE, "handed_on": EVE, "due_on": date(2024, 2, 12)}
    assert clock(SOLVE, EVE, held(), **kept).limit == date(2024, 2, 12)
    assert usual_limit(Ticket(**kept), CALENDAR, held()) == date(2024, 2, 16)
    waiting = Ticket(collected_on=date(2024, 1, 2))
    assert usual_limit(waiting, CALENDAR, held(start="交办日期")) is None
    assert usual_limit(waiting, CALENDAR, held(start="交办日期"), EVE) == date(2024, 2, 16)


def test_what_was_escalated_stands_still_until_it_is_settled() -> None:
    kept = {"collected_on": EVE, "handed_on": EVE, "escalated_on": EVE, "state": "已上报"}
    far = date(2024, 6, 1)
    assert clock(SOLVE, far, held(), **kept).state == STILL
    assert clock(FEEDBACK, far, held(), **kept).state == LATE
    back = {**kept, "state": "办理中"}
    assert clock(SOLVE, far, held(), **back).state == LATE


def test_a_later_deed_stands_for_an_earlier_one_that_nobody_wrote_down() -> None:
    found = clocks(Ticket(collected_on=EVE, closed_on=EVE), CALENDAR, held(), EVE + 90 * ONE)
    assert [each.state for each in found] == [MET] * 4
    assert pressing(found) is None


def test_the_clock_that_presses_is_the_one_whose_limit_comes_first() -> None:
    ticket = Ticket(collected_on=EVE, judged_on=EVE)
    found = clocks(ticket, CALENDAR, held(), date(2024, 2, 13))
    chosen = pressing(found)
    assert chosen is not None
    assert (chosen.key, chosen.words()) == (FEEDBACK, "逾期 1 天 · 反馈")


def test_words_say_how_many_days_of_which_kind() -> None:
    assert clock(FEEDBACK, EVE, held(), collected_on=EVE).words() == "还有 3 天 · 反馈"
    assert clock(FEEDBACK, EVE, held(WORKING), collected_on=EVE).words() == "还有 3 个工作日 · 反馈"
    assert clock(DAY, EVE, held(), collected_on=EVE).words() == "今天到期 · 研判"
    sunday = clock(FEEDBACK, date(2024, 3, 9), held(WORKING), collected_on=date(2024, 3, 5))
    assert (sunday.left, sunday.words()) == (0, "已逾期 · 反馈")
    assert "新金营商办〔2022〕7号" in sunday.clause


def test_a_year_without_its_notice_is_an_estimate() -> None:
    found = clock(FEEDBACK, date(2031, 2, 1), held(WORKING), collected_on=date(2031, 2, 1))
    assert found.estimated
    assert "预计" in found.day_words()
    assert not clock(FEEDBACK, EVE, held(WORKING), collected_on=EVE).estimated


@given(
    some.dates(date(2020, 1, 1), date(2026, 11, 1)), some.integers(0, 60),
    some.sampled_from([NATURAL, WORKING]), some.booleans(),
)  # fmt: skip
def test_a_clock_is_late_exactly_after_its_limit(
    start: date, later: int, unit: str, grave: bool
) -> None:
    today = start + later * ONE
    weight = "重大或复杂" if grave else "一般"
    for each in clocks(Ticket(collected_on=start, weight=weight), CALENDAR, held(unit), today)[:3]:
        assert each.limit is not None
        assert each.left is not None
        assert (each.state == LATE) == (today > each.limit)
        assert (each.left < 0) <= (each.state == LATE)
        if unit == NATURAL:
            assert each.left == (each.limit - today).days
        else:
            assert CALENDAR.is_workday(each.limit)


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_month_after_lies_in_the_next_month(day: date) -> None:
    after = month_after(day)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == 1
    assert after.day == day.day or (after + ONE).day == 1
