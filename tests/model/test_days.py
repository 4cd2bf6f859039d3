from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.days import parse_day, print_day, print_month_day, show_day

DAY = date(2024, 11, 20)
TODAY = date(2025, 3, 5)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [DAY, datetime(2024, 11, 20, 13, 30), 45616, 45616.0, 45616.99, "45616", "45616.0", 20241120,
     20241120.0, "2024-11-20", "2024/11/20", "2024.11.20", "2024.11.20.", "2024。11。20", "20241120",
     "241120", "2024年11月20日", "2024年11月20号", "2024 年 11 月 20 日", "24.11.20", "24-11-20",
     "２０２４－１１－２０", "2024–11–20", "2024-11-20 00:00:00", "2024-11-20T08:30:00Z",
     "2024/11/20 8:30", "2024年11月20日 星期三", "2024-11-20（周三）", " 2024-11-20\u200b", "'2024-11-20",
     "2024 11 20", "2024\\11\\20", "2024、11、20"],
)  # fmt: skip
def test_every_way_to_write_a_day_gives_the_day(cell: object) -> None:
    assert parse_day(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    ["二〇二四年十一月二十日", "二○二四年十一月二十日", "二零二四年十一月二十日", "民国113年11月20日",
     "中华民国一百一十三年十一月二十日", "民國113.11.20", "20-Nov-2024", "20-Nov-24", "Nov 20, 2024",
     "2024年11月20日 上午10:30", "2024/11/20 10:00 AM", "2024年11月20日10时30分",
     "2024年11月20日星期三 8:30", "2024年11月20日10:30"],
)  # fmt: skip
def test_a_day_in_characters_of_the_republic_or_in_english_is_read(cell: str) -> None:
    assert parse_day(cell) == DAY


def test_the_first_month_has_a_name_and_the_republic_a_first_year() -> None:
    assert parse_day("2024年元月5日") == date(2024, 1, 5)
    assert parse_day("民国元年1月1日") == date(1912, 1, 1)
    assert parse_day("二〇二四年十二月三十一日") == date(2024, 12, 31)
    assert parse_day("十一月二十日", TODAY) == DAY
    assert parse_day("二○二四年十一月", allow_month=True) == date(2024, 11, 1)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2024.11.20-2025.11.20", "是一段时间"), ("2024-11-20至长期", "是一段时间"),
        ("11/20/2024", "年份写在最后"), ("20.11.2024", "年份写在最后"), ("2024年", "只写到年"),
        ("2024", "只写到年"), ("民国113年", "只写到年"), ("无固定期限", "没有期限的请留空"),
        (2024.1, "看不出是哪一天"), ("2024年十三月一日", "没有13月"),
    ],
)  # fmt: skip
def test_what_is_almost_a_day_is_refused_for_its_own_reason(cell: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_day(cell, TODAY)


@given(DAYS)
def test_a_day_written_in_characters_reads_back(day: date) -> None:
    digits = "〇一二三四五六七八九"

    def small(number: int) -> str:
        tens, one = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
        return head + (digits[one] if one else "")

    year = "".join(digits[int(figure)] for figure in str(day.year))
    assert parse_day(f"{year}年{small(day.month)}月{small(day.day)}日") == day
    if day.year > 1911:
        assert parse_day(f"民国{day.year - 1911}年{day.month}月{day.day}日") == day
    assert parse_day(day.strftime("%d-%b-%Y")) == day


@pytest.mark.parametrize("cell", ["11.20", "11-20", "11/20", "11月20日", "11月20号", "１１．２０"])
def test_a_day_without_a_year_is_the_most_recent_one(cell: str) -> None:
    assert parse_day(cell, TODAY) == DAY
    assert parse_day(cell, DAY) == DAY
    assert parse_day(cell, date(2024, 11, 19)) == date(2023, 11, 20)


def test_a_29_february_without_a_year_lies_in_the_last_leap_year() -> None:
    assert parse_day("2月29日", TODAY) == date(2024, 2, 29)
    assert parse_day("2.29", date(2024, 2, 28)) == date(2020, 2, 29)


def test_words_for_days_count_from_today() -> None:
    assert parse_day("今天", TODAY) == TODAY
    assert parse_day("昨天", TODAY) == date(2025, 3, 4)
    assert parse_day("前天", date(2025, 3, 1)) == date(2025, 2, 27)


@pytest.mark.parametrize("cell", ["11.20", "今天", "11月20日"])
def test_a_day_without_a_year_needs_today(cell: str) -> None:
    with pytest.raises(ValueError, match="2024-11-20"):
        parse_day(cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2024-02-30", "2024年2月只有29天"),
        ("2023年2月29日", "2023年2月只有28天"),
        ("20240231", "只有29天"),
        ("2024-13-01", "没有13月"),
        ("2024-11-00", "不存在"),
        ("0000-00-00", "没有0月"),
        ("1024-11-20", "年份不在"),
        (datetime(1800, 1, 1), "年份不在"),
        ("2.30", "不存在"),
    ],
)
def test_days_that_do_not_exist_are_refused_by_name(cell: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_day(cell, TODAY)


@pytest.mark.parametrize(
    "cell",
    ["", "长期", "11/20/2024", "20/11/2024", "11.20.24", "2024-11-20-1", "2024年", "第3天", True, None,
     11.2, 5, 19999, 80001, 999_999_999, time(8, 30), float("nan"), float("inf"), "1234", "3.65%"],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_one_sentence(cell: object) -> None:
    with pytest.raises(ValueError, match=r"^[^。]*。$"):
        parse_day(cell, TODAY)


@pytest.mark.parametrize("cell", ["2024年11月", "2024-11", "2024.11", "2024/11", "202411", 202411])
def test_a_month_is_taken_only_where_it_is_allowed(cell: object) -> None:
    assert parse_day(cell, allow_month=True) == date(2024, 11, 1)
    with pytest.raises(ValueError, match="只写到月，请补上日"):
        parse_day(cell, TODAY)


def test_six_digits_that_could_be_a_month_are_not_taken_for_a_day() -> None:
    # 2020-11-12, or December 2011.
    with pytest.raises(ValueError, match="只写到月"):
        parse_day("201112")


def test_two_digit_years_turn_at_seventy() -> None:
    assert parse_day("69.1.2") == date(2069, 1, 2)
    assert parse_day("70.1.2") == date(1970, 1, 2)


def test_the_first_and_last_serials_are_days() -> None:
    assert parse_day(20000) == date(1954, 10, 3)
    assert parse_day(73050) == date(2099, 12, 31)
    with pytest.raises(ValueError, match="年份不在"):
        parse_day(73051)


@given(DAYS)
def test_what_is_shown_reads_back(day: date) -> None:
    assert parse_day(show_day(day)) == day
    assert parse_day(print_day(day)) == day
    assert parse_day(day.strftime("%Y%m%d")) == day
    assert parse_day(f"{day.year}.{day.month}.{day.day}") == day


@given(DAYS, st.dates(min_value=date(1910, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_without_a_year_is_never_in_the_future(day: date, today: date) -> None:
    found = parse_day(print_month_day(day), today)
    assert found <= today
    assert (found.month, found.day) == (day.month, day.day)


@given(st.text(max_size=12) | st.text("0123456789.-/年月日 ", max_size=10))
def test_any_text_gives_a_day_or_one_chinese_sentence(text: str) -> None:
    said = "。"
    try:
        parse_day(text, TODAY)
    except ValueError as error:
        said = str(error)
    assert said.endswith("。")


def test_days_are_shown_for_lists_and_for_documents() -> None:
    assert show_day(date(2024, 1, 5)) == "2024-01-05"
    assert print_day(date(2024, 1, 5)) == "2024年1月5日"
    assert print_month_day(date(2024, 1, 5)) == "1月5日"
