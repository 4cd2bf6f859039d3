"""Real registry lists, read again by plain Python: no value of a real firm stands here."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal

import pytest

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.places import name_of
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import every, whole

LISTS = "01_enterprise_lists"
FATES = ("new", "changed", "same", "doubtful", "wrong", "left_out")


@pytest.fixture
def make_ledger(tmp_path):
    made = []

    def make(division: str) -> Ledger:
        office = Office(name="某专班", level="county", division=division)
        made.append(Ledger.create(tmp_path / f"{division}.ledger", office=office))
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


def plain_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def yuan(cell: str) -> int | None:
    """An amount of the registry lists in fen, by the simplest reading that is right for them."""
    if cell == "N/A":
        return None
    number = re.match(r"[\d,.]+", cell)
    assert number is not None
    assert "万" in cell
    return int(Decimal(number[0].replace(",", "")) * 1_000_000)


def test_the_list_of_a_county_goes_in_whole_and_only_once(open_data, make_ledger):
    ledger = make_ledger("411523")
    path = open_data / LISTS / "新县411523_真实企业.csv"
    result = apply(ledger, prepare(path, ledger))
    assert [result.counts[f] for f in FATES] == [101, 0, 0, 0, 0, 0]
    firms = {f.code: f for f in every(ledger, Enterprise)}
    assert len(firms) == 101
    for row in plain_rows(path):
        firm = firms[row["统一社会信用代码"]]
        assert firm.name == row["企业名称"]
        assert firm.founded == date.fromisoformat(row["注册日期"])
        assert firm.capital == yuan(row["注册资金"])
        assert firm.enterprise_type == (None if row["企业类型"] == "N/A" else row["企业类型"])
        assert firm.person == (None if row["法人代表"] == "N/A" else row["法人代表"])
        assert (firm.scope, firm.address, firm.place) == (row["经营范围"], row["注册地址"], None)
        named = re.search(r"新县(..?.?[乡镇])", row["注册地址"])
        if firm.township is None:
            assert named is None or named[1] in ("箭河乡",)  # not the name of any township
        else:
            assert named is not None
            assert name_of(firm.township)[:-1] == named[1][:-1]
    again = apply(ledger, prepare(path, ledger))
    assert (again.same, again.step) == (101, None)


def test_undoing_the_list_of_a_county_gives_the_rows_of_before(open_data, make_ledger):
    ledger = make_ledger("411523")
    before = whole(ledger)
    path = open_data / LISTS / "新县411523_真实企业.csv"
    apply(ledger, prepare(path, ledger))
    after = whole(ledger)
    ledger.undo()
    assert whole(ledger) == before
    ledger.redo()
    assert whole(ledger) == after


def test_the_two_repeats_in_the_list_of_a_city_are_named(open_data, make_ledger):
    ledger = make_ledger("1409")
    path = open_data / LISTS / "忻州1409xx_真实企业.csv"
    result = apply(ledger, prepare(path, ledger))
    first: dict[str, int] = {}
    repeats = {}
    for number, row in enumerate(plain_rows(path), 2):
        seen = first.setdefault(row["统一社会信用代码"], number)
        if seen != number:
            repeats[number] = seen
    assert (len(first), len(repeats)) == (1822, 2)
    assert [result.counts[f] for f in FATES] == [1822, 0, 0, 0, 0, 2]
    assert sorted(r.row for r in result.rows) == list(range(2, 1826))
    left = {r.row: r.reason for r in result.fates("left_out")}
    assert left.keys() == repeats.keys()
    assert all(f"第 {repeats[row]} 行" in why for row, why in left.items())
    assert {f.code for f in every(ledger, Enterprise)} == set(first)
    again = apply(ledger, prepare(path, ledger))
    assert [again.counts[f] for f in FATES] == [0, 0, 1822, 0, 0, 2]
    assert again.step is None


def sheet_rows(path):
    from python_calamine import load_workbook

    return load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_an_old_workbook_is_read_from_its_first_row_of_headings(open_data, make_ledger):
    ledger = make_ledger("41")
    path = open_data / LISTS / "工商注册_河南_1998.xls"
    prepared = prepare(path, ledger)
    assert prepared.layout.header_rows == (1, 1)
    result = apply(ledger, prepared)
    assert result.new == len(sheet_rows(path)) - 1
    assert sum(result.counts.values()) == result.new
    assert {f.name for f in every(ledger, Enterprise)} == {
        r[0].strip() for r in sheet_rows(path)[1:]
    }


def test_no_title_unit_or_note_row_of_a_statistics_table_becomes_a_firm(open_data, make_ledger):
    ledger = make_ledger("4404")
    path = open_data / LISTS / "珠海金湾_四上企业情况表_202204.xlsx"
    prepared = prepare(path, ledger)
    assert prepared.layout.header_rows == (4, 4)
    result = apply(ledger, prepared)
    rows = sheet_rows(path)
    names = [str(r[1]).strip() for r in rows[4:]]
    assert {f.name for f in every(ledger, Enterprise)} == set(names)
    assert result.new == len(set(names))
    above = [r for r in result.rows if r.row < 5]
    assert [(r.row, r.fate) for r in above] == [(1, "left_out"), (2, "left_out"), (3, "left_out")]
    assert sum(result.counts.values()) == len(names) + 3
    assert len(result.fates("left_out")) == 3 + len(names) - len(set(names))


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("工商注册_河南_2002.csv", "41"),
        ("zj_check02_抽查名单_混合注册号与USCC.xlsx", "33"),
    ],
)
def test_every_row_of_a_long_list_has_one_fate_and_reading_again_changes_nothing(
    open_data, make_ledger, name, division
):
    ledger = make_ledger(division)
    path = open_data / LISTS / name
    prepared = prepare(path, ledger)
    result = apply(ledger, prepared)
    assert sum(result.counts.values()) == len(result.rows) == len(prepared.layout.data_rows)
    firms = every(ledger, Enterprise)
    assert result.new == len(firms)
    assert all(f.code is None or len(f.code) == 18 for f in firms)
    assert all(len(f.regno) in (13, 15) for f in firms if f.regno)
    assert all(r.reason for r in result.fates("wrong", "doubtful", "left_out"))
    again = apply(ledger, prepare(path, ledger))
    assert again.step is None
    assert again.same == result.new
    assert again.counts["wrong"] == result.counts["wrong"]
