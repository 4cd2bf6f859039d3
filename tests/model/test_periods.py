from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.periods import (
    Period,
    due_day,
    half,
    month,
    month_of,
    parse_period,
    quarter,
    whole_months,
    year,
)

NOVEMBER = month(2024, 11)
SPAN = Period(date(2024, 10, 15), date(2024, 11, 20))
_DAYS = st.dates(min_value=date(1910, 1, 1), max_value=date(2090, 12, 31))
_FIRSTS = _DAYS.map(lambda day: day.replace(day=1))
PERIODS = st.one_of(
    st.builds(whole_months, _FIRSTS, st.integers(1, 30)),
    st.builds(lambda a, n: Period(a, a + timedelta(days=n)), _DAYS, st.integers(0, 800)),
)


@pytest.mark.parametrize(
    ("period", "label", "key"),
    [
        (NOVEMBER, "2024年11月", "2024-11"),
        (quarter(2024, 3), "2024年三季度", "2024-Q3"),
        (half(2024, 2), "2024年下半年", "2024-H2"),
        (year(2024), "2024年", "2024"),
        (NOVEMBER.year_to_date(), "2024年1月至11月", "2024-01-01..2024-11-30"),
        (NOVEMBER.since(date(2023, 10, 1)), "2023年10月至2024年11月", "2023-10-01..2024-11-30"),
        (whole_months(date(2024, 2, 1), 3), "2024年2月至4月", "2024-02-01..2024-04-30"),
        (SPAN, "2024-10-15 至 2024-11-20", "2024-10-15..2024-11-20"),
        (
            Period(date(2024, 11, 20), date(2024, 11, 20)),
            "2024年11月20日",
            "2024-11-20..2024-11-20",
        ),
    ],
)
def test_periods_have_an_official_label_and_a_key(period: Period, label: str, key: str) -> None:
    assert period.label == label
    assert period.key == key


@given(PERIODS)
def test_labels_and_keys_read_back(period: Period) -> None:
    assert parse_period(period.label) == period
    assert parse_period(period.key) == period


@given(PERIODS)
def test_next_and_previous_meet_the_period_without_gap_or_overlap(period: Period) -> None:
    assert period.next().start == period.end + timedelta(days=1)
    assert period.previous().end == period.start - timedelta(days=1)
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(PERIODS, _DAYS)
def test_contains_agrees_with_the_order_of_days(period: Period, day: date) -> None:
    assert period.contains(day) == (day in period) == (period.start <= day <= period.end)
    assert period.contains(period.start)
    assert period.contains(period.end)
    assert not period.contains(period.end + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024-11", NOVEMBER), ("202411", NOVEMBER), ("2024/11", NOVEMBER), ("2024.11", NOVEMBER),
        ("２０２４年１１月", NOVEMBER), ("2024 年 11 月", NOVEMBER), ("2024年11", NOVEMBER),
        ("2024年第三季度", quarter(2024, 3)), ("2024年3季度", quarter(2024, 3)),
        ("2024Q3", quarter(2024, 3)), ("2024-q4", quarter(2024, 4)), ("2024年四季度", quarter(2024, 4)),
        ("2024年上半年", half(2024, 1)), ("2024", year(2024)),
        ("2024年1-11月", NOVEMBER.year_to_date()), ("2024年1—11月", NOVEMBER.year_to_date()),
        ("2024年10月15日-2024年11月20日", SPAN), ("2024.10.15～2024.11.20", SPAN),
        ("2024/10/15至2024/11/20", SPAN), ("2024-10-15到2024-11-20", SPAN),
    ],
)  # fmt: skip
def test_common_spellings_of_a_period_are_read(text: str, period: Period) -> None:
    assert parse_period(text) == period


def test_words_for_periods_count_from_today() -> None:
    today = date(2025, 1, 5)
    assert parse_period("本月", today) == month(2025, 1)
    assert parse_period("上月", today) == month(2024, 12)
    assert parse_period("上季度", today) == quarter(2024, 4)
    assert parse_period("本季度", today) == quarter(2025, 1)
    assert parse_period("本年", today) == year(2025)
    assert parse_period("去年", today) == year(2024)
    with pytest.raises(ValueError, match="看不出来"):
        parse_period("本月")


@pytest.mark.parametrize(
    "text", ["", "2024年13月", "2024年0月", "十一月", "2024Q5", "1024", "2024-10-15 至", "2024年11-1月",
             "2024-11-20 至 2024-10-15", "2024-02-30 至 2024-03-01", "abc", "2024年五季度"]
)  # fmt: skip
def test_what_is_no_period_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        parse_period(text)


@given(st.text("0123456789.-/年月日至季度半上一QH ", max_size=22))
def test_any_text_gives_a_period_or_a_sentence(text: str) -> None:
    said = "。"
    try:
        parse_period(text)
    except ValueError as error:
        said = str(error)
    assert said.endswith("。")


def test_a_form_is_due_on_the_tenth_of_the_month_after() -> None:
    assert due_day(NOVEMBER) == date(2024, 12, 10)
    assert due_day(month(2024, 12)) == date(2025, 1, 10)
    assert due_day(quarter(2024, 4)) == date(2025, 1, 10)
    assert due_day(SPAN) == date(2024, 12, 10)
    assert due_day(month(2024, 1), 31) == date(2024, 2, 29)


def test_cumulatives_end_with_the_period() -> None:
    assert NOVEMBER.year_to_date() == Period(date(2024, 1, 1), date(2024, 11, 30))
    assert NOVEMBER.since(date(2020, 9, 1)) == Period(date(2020, 9, 1), date(2024, 11, 30))
    with pytest.raises(ValueError, match="早于起日"):
        NOVEMBER.since(date(2025, 1, 1))


def test_the_same_period_of_the_year_before() -> None:
    assert month(2024, 2).year_before() == month(2023, 2)
    assert month(2025, 2).year_before() == month(2024, 2)
    assert Period(date(2024, 2, 29), date(2024, 3, 5)).year_before().start == date(2023, 2, 28)


def test_shapes_count_only_in_their_place_in_the_year() -> None:
    assert quarter(2024, 2).shape == "quarter"
    assert whole_months(date(2024, 2, 1), 3).shape == "span"
    assert whole_months(date(2024, 4, 1), 6).shape == "span"
    assert whole_months(date(2023, 7, 1), 12).shape == "span"
    assert Period(date(2024, 1, 1), date(2024, 1, 30)).shape == "span"
    assert month_of(date(2024, 2, 29)) == month(2024, 2)
