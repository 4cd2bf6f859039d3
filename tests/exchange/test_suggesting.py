from __future__ import annotations

import pytest

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.model.records import Enterprise, Loan
from tests.exchange.making import every, read_in, text


def firms(amounts, heading="注册资本"):
    rows = [["企业名称", heading]]
    return rows + [[f"第{n}茶业有限公司", str(a)] for n, a in enumerate(amounts)]


def offered(prepared):
    return [(s.column, s.what, s.key) for s in prepared.suggestions]


def test_yuan_that_would_be_read_as_ten_thousands_is_noticed_and_mended_by_one_click(
    ledger, tmp_path
):
    prepared = prepare(text(tmp_path / "a.csv", firms([500_000, 3_000_000, 1_000_000])), ledger)
    assert offered(prepared) == [(2, "reading", "元")]
    (found,) = prepared.suggestions
    assert "没写单位，按万元读" in found.sentence
    mended = prepared.with_mapping(found.taken(prepared.mapping))
    assert mended.suggestions == ()
    apply(ledger, mended)
    assert sorted(f.capital for f in every(ledger, Enterprise)) == [
        50_000_000,
        100_000_000,
        300_000_000,
    ]


@pytest.mark.parametrize(
    ("heading", "amounts"),
    [
        ("注册资本(万元)", [50, 300, 100]),
        ("注册资本", [50, 300, 100]),
        ("注册资本(元)", [500_000, 3_000_000, 1_000_000]),
        ("注册资本", ["500000元", "3000000元", "1000000元"]),
    ],
)
def test_amounts_in_the_unit_they_say_are_left_alone(ledger, tmp_path, heading, amounts):
    prepared = prepare(text(tmp_path / "a.csv", firms(amounts, heading)), ledger)
    assert offered(prepared) == []


def test_the_ledgers_own_amounts_tell_what_is_ten_thousand_times_off(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", firms([30 + n for n in range(40)], "注册资本(万元)")))
    rows = [["企业名称", "注册资本(元)"], *([f"新{n}茶业有限公司", str(30 + n)] for n in range(9))]
    prepared = prepare(text(tmp_path / "b.csv", rows), ledger)
    assert offered(prepared) == [(2, "reading", "万元")]
    assert (
        "按元读，中间的数是 34.00 元，账上这一项中间的数是 49.50 万元"
        in prepared.suggestions[0].sentence
    )


def test_rates_below_one_are_offered_as_fractions(ledger, tmp_path):
    read_in(
        ledger, text(tmp_path / "a.csv", [["企业名称"], ["甲茶业有限公司"], ["乙茶业有限公司"]])
    )
    rows = [["经营主体", "贷款银行", "合同编号", "年利率(%)"],
            *(["甲茶业有限公司", "新县农商行", f"A{n}", "0.0365"] for n in range(4))]  # fmt: skip
    prepared = prepare(text(tmp_path / "b.csv", rows), ledger)
    assert prepared.cls is Loan
    assert offered(prepared) == [(4, "reading", "fraction")]


def test_two_columns_that_may_be_the_same_field_are_offered_and_not_taken(ledger, tmp_path):
    rows = [["企业名称", "甲日", "乙日"]]
    rows += [[f"第{n}茶业有限公司", "2003-04-05", "2004-05-06"] for n in range(4)]
    prepared = prepare(text(tmp_path / "a.csv", rows), ledger)
    assert [c.field for c in prepared.mapping] == ["name", None, None]
    assert (2, "field", "founded") in offered(prepared)
    assert (3, "field", "founded") in offered(prepared)
    assert "内容像" in prepared.mapping.column(2).note
    taken = prepared.suggestions[0].taken(prepared.mapping)
    assert taken.column(2).field == "founded"
