"""What real tables are taken for: names of files, sheets and fields only, no value of any of them."""

from __future__ import annotations

from collections import Counter

import pytest

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.preparing import prepare_all
from ledger_desk.exchange.results import FATES
from ledger_desk.model.records import Enterprise
from tests.exchange.making import every

LISTS = "01_enterprise_lists"


@pytest.mark.parametrize(
    ("name", "rows", "fates", "reasons"),
    [
        # The last 37 rows were broken where they come from: their cells are shifted and unreadable.
        ("工商注册_河南_2002.csv", 5418, (5381, 0, 0, 0, 37, 0), {"不是统一社会信用代码": 37}),
        # Firms that the registry did not know (no cell but the question), and firms asked for twice.
        ("企查导出_enterprise_data_7551行.xlsx", 7551, (5439, 0, 0, 1, 0, 2111),
         {"各列都是空的": 1590, "重复": 521, "“经营主体名称”不同": 1}),
        ("zj_check02_抽查名单_混合注册号与USCC.xlsx", 2883, (2883, 0, 0, 0, 0, 0), {}),
    ],
)  # fmt: skip
def test_every_row_of_the_long_lists_has_the_fate_that_was_checked_by_hand(
    ledger, open_data, name, rows, fates, reasons
):
    prepared = prepare(open_data / LISTS / name, ledger)
    result = apply(ledger, prepared)
    assert tuple(result.counts[fate] for fate in FATES) == fates
    assert sum(fates) == rows
    said = [row.reason for row in result.fates("doubtful", "wrong", "left_out")]
    assert {word: sum(word in why for why in said) for word in reasons} == reasons
    assert len(said) == sum(reasons.values())


def test_codes_and_old_numbers_of_one_real_column_are_told_apart(ledger, open_data):
    apply(ledger, prepare(open_data / LISTS / "zj_check02_抽查名单_混合注册号与USCC.xlsx", ledger))
    firms = every(ledger, Enterprise)
    assert Counter(len(f.code) for f in firms if f.code) == {18: 1779}
    assert Counter(len(f.regno) for f in firms if f.regno) == {15: 1096, 13: 8}
    assert not any(f.code and f.regno for f in firms)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("zj_check01_抽查名单.xlsx", {"name", "code", "authority", "supervisor"}),
        ("新县411523_真实企业.csv", {"name", "code", "founded", "enterprise_type", "person", "capital", "scope",
                             "region", "address"}),
        ("工商注册_浙江_1990.xls", {"name", "code", "founded", "enterprise_type", "person", "capital", "scope",
                              "region", "address"}),
        ("高德_商户电话地址_企业信息.xls", {"name", "phone", "place"}),
        ("山东福建黑名单_企业名单总_7551行.xlsx", {"name", "code"}),
    ],
)  # fmt: skip
def test_real_lists_of_firms_are_told_and_their_columns_found(ledger, open_data, name, fields):
    prepared = prepare(open_data / LISTS / name, ledger)
    assert prepared.cls is Enterprise
    assert prepared.missing == ""
    assert set(prepared.mapping.used) == fields
    # Nothing in these lists is off by a unit or written day first.
    assert [s for s in prepared.suggestions if s.what == "reading"] == []
    assert [s.enough for s in prepared.sheets if s.name == prepared.sheet.title] == [True]


def test_the_sheets_of_a_real_book_are_prepared_together(ledger, open_data):
    path = open_data / LISTS / "zj_国家级孵化器_大学科技园_众创空间名单.xls"
    tables = prepare_all(path, ledger)
    # The third sheet lists no firms under any heading that we know: it is shown, not taken.
    assert len(tables) == 2
    assert {t.cls for t in tables} == {Enterprise}
    assert all("name" in t.mapping.used for t in tables)
    assert [s.enough for s in tables[0].sheets] == [True, True, False]
    assert len(tables[0].others) == 1


def test_six_real_tables_side_by_side_are_six_tables(ledger, open_data):
    path = open_data / LISTS / "银行信贷_附件1行业分类_并排六表.xlsx"
    tables = prepare_all(path, ledger, ["分类"])
    assert len(tables) == 6
    assert len({t.sheet.title for t in tables}) == 6


@pytest.mark.parametrize(
    "name",
    [
        "07_forms/stat_report/主要经济指标总表.xlsx",
        "03_divisions/streets.csv",
        "05_industry_size/GBT4754-2017_SAH01.xlsx",
    ],
)
def test_real_tables_of_other_things_are_taken_for_no_list_of_ours(ledger, open_data, name):
    prepared = prepare(open_data / name, ledger)
    assert prepared.cls is Enterprise
    assert "没有认出经营主体的" in prepared.missing
