from __future__ import annotations

import pytest

from ledger_desk.exchange.places import Places, full_name_of, name_of


@pytest.fixture(scope="module")
def county() -> Places:
    return Places("411523")


@pytest.mark.parametrize(
    ("address", "township"),
    [
        ("新县卡房乡古店村", "卡房乡"),
        ("河南省信阳市新县田铺乡街道", "田铺乡"),
        ("卡房乡古店村3组", "卡房乡"),
        ("河南新县吴陈河乡街道", "吴陈河镇"),
        ("新县陈店镇", "陈店乡"),
        ("新县金兰山办事处", "金兰山街道"),
        ("新县　卡房乡", "卡房乡"),
        ("新县城关向阳路1号", ""),
        ("新县卡房乡与田铺乡交界处", ""),
        ("新县卡房乡卡房乡政府院内", "卡房乡"),
        ("罗山县卡房乡", ""),
        ("湖北省红安县沙窝镇", ""),
        ("信阳市商城县苏河镇", ""),
        ("江西省奉新县新集镇", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_township_of_an_address(county, address, township):
    assert name_of(county.township_of(address)) == township


def test_an_office_of_a_city_needs_the_county_where_two_have_the_name():
    city = Places("1409")
    assert full_name_of(city.township_of("忻州定襄县宏道镇北街") or "") == "定襄县宏道镇"
    # 东关镇 is a town of 保德县, 城关镇 of several counties.
    assert city.township_of("保德县东关镇桥东街") == "140931100"
    assert city.township_of("城关镇大街") is None


def test_an_office_that_has_not_said_where_it_is_reads_no_address():
    assert Places("").township_of("新县卡房乡古店村") is None


def test_a_township_office_knows_its_whole_county():
    assert Places("411523205").township_of("新县田铺乡") == "411523210"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("卡房乡", "411523205"),
        ("卡房", "411523205"),
        ("新县卡房乡", "411523205"),
        ("411523205", "411523205"),
        ("411523205201", "411523205"),
        ("411523", "411523"),
        ("999999999", None),
        ("羚锐工业园区", None),
        ("商城县卡房乡", None),
    ],
)
def test_the_code_of_a_township_cell(county, cell, code):
    assert county.code_of(cell) == code


def test_a_code_that_is_not_known_shows_as_it_is():
    assert name_of("411523901") == "411523901"
    assert name_of(None) == ""
