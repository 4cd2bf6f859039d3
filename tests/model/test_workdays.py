from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.workdays import (
    Calendar,
    Deadline,
    Holiday,
    Notice,
    parse_holidays,
    parse_notice,
    show_notice,
)

# Spring Festival 2026: off from the 15th to the 23rd of February, worked on two Saturdays.
SPRING = {date(2026, 2, day): False for day in range(15, 24)} | {
    date(2026, 2, 14): True,
    date(2026, 2, 28): True,
}
CALENDAR = Calendar(SPRING, frozenset([2026]))
_NEAR = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 6, 30))
TOML = """
year = 2026
papers = ["例：国办发明电"]

[off]
2026-01-01 = "元旦"

[work]
2026-02-14 = "春节"
"""


def test_adjusted_saturdays_are_worked_and_holidays_are_not() -> None:
    assert CALENDAR.is_workday(date(2026, 2, 14))
    assert CALENDAR.is_workday(date(2026, 2, 28))
    assert not CALENDAR.is_workday(date(2026, 2, 16))
    assert not CALENDAR.is_workday(date(2026, 2, 23))
    assert CALENDAR.is_workday(date(2026, 2, 24))
    assert not CALENDAR.is_workday(date(2026, 3, 7))


def test_five_working_days_reach_over_the_spring_festival() -> None:
    # From Thursday the 12th: Fri 13, Sat 14 (adjusted), Tue 24, Wed 25, Thu 26.
    assert CALENDAR.add_workdays(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert CALENDAR.workdays_between(date(2026, 2, 12), date(2026, 2, 26)) == 5
    assert CALENDAR.add_workdays(date(2026, 2, 26), -5) == date(2026, 2, 12)


def test_a_count_of_zero_is_the_day_itself_or_the_next_worked_day() -> None:
    assert CALENDAR.add_workdays(date(2026, 2, 13), 0) == date(2026, 2, 13)
    assert CALENDAR.add_workdays(date(2026, 2, 16), 0) == date(2026, 2, 24)


@given(_NEAR, st.integers(1, 80))
def test_counting_is_the_reverse_of_adding(start: date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.workdays_between(start, end - timedelta(days=1)) == count - 1


@given(_NEAR, _NEAR, _NEAR)
def test_counts_add_up_over_any_day_between(a: date, b: date, c: date) -> None:
    between = CALENDAR.workdays_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


def test_natural_days_run_through_holidays_and_roll_only_when_asked() -> None:
    start = date(2026, 1, 17)
    assert CALENDAR.deadline(start, 30, working=False) == Deadline(date(2026, 2, 16))
    assert CALENDAR.deadline(start, 30, working=False, roll=True) == Deadline(date(2026, 2, 24))


def test_a_deadline_of_working_days_skips_holidays() -> None:
    found = CALENDAR.deadline(date(2026, 2, 12), 5, working=True)
    assert found == Deadline(date(2026, 2, 26), estimated=False)
    assert found.show() == "2026-02-26"


def test_a_year_without_its_notice_counts_weekends_and_says_so() -> None:
    found = CALENDAR.deadline(date(2027, 2, 1), 5, working=True)
    assert found == Deadline(date(2027, 2, 8), estimated=True)
    assert found.show() == "2027-02-08（预计）"
    assert CALENDAR.estimated(date(2026, 12, 1), date(2027, 1, 4))
    assert not CALENDAR.estimated(date(2026, 1, 1), date(2026, 12, 28))
    assert not CALENDAR.deadline(date(2027, 2, 1), 30, working=False).estimated


def test_the_last_days_of_december_wait_for_the_next_notice() -> None:
    assert CALENDAR.estimated(date(2026, 12, 20), date(2026, 12, 31))
    known = Calendar(SPRING, frozenset([2026, 2027]))
    assert not known.estimated(date(2026, 12, 20), date(2026, 12, 31))


def test_a_calendar_does_not_follow_later_changes_of_its_source() -> None:
    days = dict(SPRING)
    calendar = Calendar(days, frozenset([2026]))
    days[date(2026, 2, 14)] = False
    assert calendar.is_workday(date(2026, 2, 14))


def test_a_notice_is_read_from_toml_and_written_back() -> None:
    notice = parse_notice(TOML)
    assert notice.year == 2026
    assert notice.papers == ("例：国办发明电",)
    assert notice.days == {
        date(2026, 1, 1): Holiday("元旦", working=False),
        date(2026, 2, 14): Holiday("春节", working=True),
    }
    assert parse_holidays(TOML) == dict(notice.days)
    assert parse_notice(show_notice(notice)) == notice


@given(st.text(max_size=20), st.text(max_size=10))
def test_any_name_survives_writing_a_notice(source: str, name: str) -> None:
    def printable(text: str) -> str:
        return "".join(c if c.isprintable() else " " for c in text)

    notice = Notice(2026, (printable(source),), {date(2026, 5, 1): Holiday(printable(name), False)})
    assert parse_notice(show_notice(notice)) == notice


def test_notices_make_a_calendar_and_the_later_year_wins() -> None:
    old = Notice(2022, (), {date(2022, 12, 31): Holiday("误", True), date(2022, 10, 1): Holiday("国庆节", False)})  # fmt: skip
    new = Notice(2023, (), {date(2022, 12, 31): Holiday("元旦", False)})
    calendar = Calendar.from_notices([new, old])
    assert not calendar.is_workday(date(2022, 12, 31))
    assert calendar.known_years == frozenset([2022, 2023])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("year = = 2026", "第 1 行写法不对"),
        ('year = 2026\n[off]\n2026-01-01 = "元旦"\n2026-01-01 = "元旦"\n', "第 4 行写法不对"),
        ("year = 2026", "没有一天放假"),
        ('year = 2026\n[off]\nfirst = "元旦"', "“first”不是日期"),
        ('year = 2026\n[off]\n2026-02-30 = "春节"', "“2026-02-30”不是日期"),
        ('year = 2026\n[off]\n2026-01-01 = "元旦"\n[work]\n2026-01-01 = "元旦"', "既放假又上班"),
        ('year = 2026\n[off]\n2027-01-01 = "元旦"', "2026 年的，里面却有 2027-01-01"),
        ('year = "26"\n[off]\n2026-01-01 = "元旦"', "没有写明年份"),
        ('[off]\n2026-01-01 = "元旦"', "没有写明年份"),
        ("year = 2026\noff = 3", "写法不对"),
    ],
)
def test_mistakes_in_a_holiday_file_are_named(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"{why}.*。$"):
        parse_notice(text)


def test_the_bundled_notices_make_a_calendar_of_2020_to_2026() -> None:
    folder = Path(__file__).parents[2] / "resources/dictionaries/holidays"
    notices = [parse_notice(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]
    calendar = Calendar.from_notices(notices)
    assert calendar.known_years >= frozenset(range(2020, 2027))
    assert calendar.add_workdays(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert not calendar.is_workday(date(2022, 12, 31))


def test_the_real_notices_are_read_alike_through_toml() -> None:
    folder = Path(__file__).parents[3] / "shared/data/open/06_holidays"
    files = sorted(folder.glob("20*.json"))
    if not files:
        pytest.skip("no open data here")
    notices, given_days = [], {}
    for path in files:
        table = json.loads(path.read_text(encoding="utf-8"))
        days = {
            date.fromisoformat(d["date"]): Holiday(d["name"], not d["isOffDay"])
            for d in table["days"]
        }
        given_days |= days
        if days:
            notices.append(parse_notice(show_notice(Notice(table["year"], (), days))))
    calendar = Calendar.from_notices(notices)
    bundled = Path(__file__).parents[2] / "resources/dictionaries/holidays"
    shipped = Calendar.from_notices(
        parse_notice(p.read_text("utf-8")) for p in bundled.glob("*.toml")
    )
    for day, holiday in given_days.items():
        assert calendar.is_workday(day) == holiday.working
        assert shipped.is_workday(day) == holiday.working
    # Worked days of a year: 250 or so; a sign error would move them by dozens.
    for year in range(2020, 2027):
        count = calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31))
        assert 246 <= count <= 252, year
