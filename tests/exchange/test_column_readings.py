from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.exchange.column_readings import DAYS, blank_value, parser_for, readings_of
from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.mapping import ColumnMatch
from ledger_desk.exchange.matching_columns import match_columns
from ledger_desk.exchange.parsing import ColumnReader, Odd
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import CalendarDay, Credit, Enterprise
from ledger_desk.workbook.layout import Heading
from tests.exchange.making import every, text

FOUNDED = field_map(Enterprise)["founded"]
CAPITAL = field_map(Enterprise)["capital"]
RATE = field_map(Credit)["rate"]
GRANTED = field_map(Credit)["granted"]
OFF = field_map(CalendarDay)["off"]
NAME = field_map(Enterprise)["name"]
ALL_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def column(reading: str = "", unit: str | None = None) -> ColumnMatch:
    return ColumnMatch(1, "列", unit, "x", "chosen", 1.0, reading=reading, said=unit)


def read(spec, reading, cells, unit=None):
    return list(ColumnReader(spec, column(reading, unit), None).read(cells))


@given(ALL_DAYS, st.sampled_from("-/."), st.booleans())
def test_days_written_month_or_day_first_are_given_back(day, mark, padded):
    two = "02d" if padded else "d"
    american = f"{day.month:{two}}{mark}{day.day:{two}}{mark}{day.year}"
    british = f"{day.day:{two}}{mark}{day.month:{two}}{mark}{day.year}"
    assert read(FOUNDED, "mdy", [american]) == [day]
    assert read(FOUNDED, "dmy", [british]) == [day]
    # What has its year in front says so itself.
    assert read(FOUNDED, "dmy", [day.isoformat()]) == [day]


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_years_of_the_republic_and_serials_are_given_back(day):
    year = day.year - 1911
    assert read(FOUNDED, "minguo", [f"{year}年{day.month}月{day.day}日", f"民国{year}.{day.month}.{day.day}"]) == [day] * 2  # fmt: skip
    serial = (day - date(1899, 12, 30)).days
    assert read(FOUNDED, "serial", [serial, float(serial), str(serial)]) == [day] * 3


@given(ALL_DAYS)
def test_a_year_and_month_is_the_first_of_it_and_a_whole_day_stays(day):
    first = day.replace(day=1)
    written = [f"{day.year}年{day.month}月", f"{day:%Y-%m}", f"{day:%Y%m}", day.isoformat()]
    assert read(FOUNDED, "month", written) == [first, first, first, day]


@pytest.mark.parametrize("reading", [key for key in DAYS if key])
def test_under_every_reading_a_real_date_is_itself_and_nonsense_is_refused_in_words(reading):
    assert read(FOUNDED, reading, [date(2003, 4, 5), None]) == [date(2003, 4, 5), None]
    (odd,) = read(FOUNDED, reading, ["某天"])
    assert isinstance(odd, Odd)
    assert odd.grade == "must"
    assert odd.why.endswith("。")


def test_a_number_that_may_be_january_or_october_is_refused():
    assert read(FOUNDED, "month", [2024.11]) == [date(2024, 11, 1)]
    (odd,) = read(FOUNDED, "month", [2024.1])
    assert "1 月还是 10 月" in odd.why


@given(st.integers(0, 400_000))
def test_rates_are_given_back_under_the_reading_they_were_written_in(millionths):
    percent = Decimal(millionths).scaleb(-4)
    assert read(RATE, "", [str(percent)]) == [millionths]
    assert read(RATE, "fraction", [str(percent.scaleb(-2)), f"{percent}%"]) == [millionths] * 2
    assert read(RATE, "permille", [str(percent.scaleb(1)), f"{percent}%"]) == [millionths] * 2


def test_a_rate_of_a_percent_cell_is_read_as_the_fraction_that_a_spreadsheet_stores():
    assert read(RATE, "fraction", [0.0365, 0.05, 1]) == [36_500, 50_000, 1_000_000]


@given(st.integers(0, 10**12), st.sampled_from(["元", "百元", "千元", "万元", "百万元", "亿元"]))
def test_amounts_are_given_back_in_the_unit_they_were_written_in(fen, unit):
    from ledger_desk.model.money import unit_in_fen

    written = f"{Decimal(fen) / unit_in_fen(unit):f}"
    assert read(CAPITAL, unit, [written], unit) == [fen]


def test_blank_cells_and_marks_are_yes_or_no_as_chosen():
    cells = ["√", None, "×", "", "1", "已办"]
    usual = read(OFF, "", cells)
    assert usual[:5] == [True, None, False, None, True]
    assert isinstance(usual[5], Odd)
    assert read(OFF, "blank_no", cells)[:5] == [True, False, False, False, True]
    assert read(OFF, "mark_yes", cells) == [True, False, False, False, True, True]
    assert read(OFF, "one_two", [1, 2, "1", "2", "是", None]) == [True, False] * 2 + [True, None]
    assert read(OFF, "blank_no", [None, None]) == [False, False]
    assert blank_value(OFF, column("one_two")) is None


def test_the_other_readings_say_what_they_would_make_of_the_cells_and_where_they_would_fail():
    cells = ["03/04/2024", "25/04/2024", None, "25/04/2024"]
    found = {r.key: r for r in readings_of(FOUNDED, column(), cells)}
    assert list(found) == list(DAYS)
    assert found[""].current
    assert not found["dmy"].current
    assert (found[""].wrong, found["dmy"].wrong, found["mdy"].wrong) == (3, 0, 2)
    assert found["dmy"].example == "03/04/2024 → 2024-04-03"
    assert found["mdy"].example == "03/04/2024 → 2024-03-04"
    money = {r.key: r for r in readings_of(CAPITAL, column(unit="人民币万元"), ["500000"])}
    assert [r.key for r in money.values() if r.current] == ["万元"]
    assert money["元"].example == "500000 → 50.00 万元"
    assert [(r.key, r.wrong) for r in readings_of(NAME, column(), ["甲", "乙"])] == [("", 0)]


def test_an_unknown_reading_of_an_old_memory_is_the_usual_one():
    assert parser_for(FOUNDED, column("hebrew")) is None
    assert read(FOUNDED, "hebrew", ["2003-04-05"]) == [date(2003, 4, 5)]


def test_counting_a_long_column_looks_at_a_sample_only():
    days = [(date(2000, 1, 1) + timedelta(days=n)).isoformat() for n in range(9_000)]
    (usual, *_) = readings_of(FOUNDED, column(), [*days, "某天"])
    assert usual.wrong == 0


def test_a_column_is_read_in_as_chosen_and_the_choice_is_remembered(ledger, tmp_path):
    rows = [
        ["企业名称", "成立日期"],
        ["甲茶业有限公司", "03/04/2003"],
        ["乙茶业有限公司", "05/06/2004"],
    ]
    prepared = prepare(text(tmp_path / "a.csv", rows), ledger)
    assert {r.key: r.wrong for r in prepared.readings(2)}["dmy"] == 0
    assert {s.key for s in prepared.suggestions} == {"mdy", "dmy"}
    (chosen,) = [s for s in prepared.suggestions if s.key == "dmy"]
    apply(ledger, prepared.with_mapping(chosen.taken(prepared.mapping)))
    assert {f.founded for f in every(ledger, Enterprise)} == {date(2003, 4, 3), date(2004, 6, 5)}
    rows[1:] = [["丙茶业有限公司", "01/12/2005"], ["丁茶业有限公司", "02/12/2005"]]
    following = prepare(text(tmp_path / "b.csv", rows), ledger)
    assert following.known
    assert following.mapping.column(2).reading == "dmy"
    apply(ledger, following)
    assert date(2005, 12, 1) in {f.founded for f in every(ledger, Enterprise)}
    assert following.suggestions == ()


def test_days_that_only_one_reading_fits_are_read_that_way_and_it_says_so(ledger, tmp_path):
    rows = [["企业名称", "成立日期"]]
    rows += [[f"第{n}茶业有限公司", f"{n + 13}/04/2003"] for n in range(6)]
    prepared = prepare(text(tmp_path / "a.csv", rows), ledger)
    founded = prepared.mapping.column(2)
    assert (founded.field, founded.reading) == ("founded", "dmy")
    assert "日/月/年" in founded.note


def test_days_written_month_first_are_read_so_although_a_few_cells_are_no_days():
    days = ["12/25/2016", "03/14/2015", "07/31/2019", "11/30/2020", "不知道哪天", "02/28/2021"]
    cells = {1: [f"甲{n}有限公司" for n in range(6)], 2: days}
    headings = [Heading(1, "企业名称", "", ()), Heading(2, "成立日期", "", ())]
    founded = match_columns(Enterprise, headings, cells).used["founded"]
    assert (founded.column, founded.reading) == (2, "mdy")
    assert "月日年" in founded.note or "月/日/年" in founded.note
