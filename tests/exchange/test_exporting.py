from __future__ import annotations

import csv
from datetime import date

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.exporting import export_list
from ledger_desk.exchange.ways import Way
from ledger_desk.model.records import Cultivation, Enterprise, Office, Person
from ledger_desk.store.queries import Query, Where
from tests.exchange.making import code, every, read_in

BARE = Way(tokens=False)


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_personal_data_is_masked_unless_asked_for_and_a_mask_changes_nothing(ledger, tmp_path):
    with ledger.step("建") as step:
        step.create(
            Enterprise(
                name="甲茶业有限公司",
                code=code(1),
                phone="13812345678",
                person_id="411523199001011234",
            )
        )
    path = tmp_path / "名单.csv"
    export_list(ledger, "enterprise", path, fields=["name", "code", "phone", "person_id"], way=BARE)
    (_, line) = lines_of(path)
    assert line == ["甲茶业有限公司", code(1), "138****5678", "411***********1234"]
    assert read_in(ledger, path).same == 1
    assert every(ledger, Enterprise)[0].phone == "13812345678"
    export_list(ledger, "经营主体", path, fields=["phone"], private=True)
    assert "13812345678" in path.read_text(encoding="utf-8-sig")


def test_references_and_townships_go_out_by_name_and_money_exactly(ledger, tmp_path):
    with ledger.step("建") as step:
        firm = step.create(
            Enterprise(name="甲茶业有限公司", township="411523205", capital=123_456_789)
        )
        step.create(Cultivation(enterprise=firm, listed_on=date(2026, 1, 2), state="培植中"))
        step.create(Enterprise(name="外地公司", township="411522100"))
    export_list(
        ledger, Cultivation, tmp_path / "a.csv", fields=["enterprise", "listed_on"], way=BARE
    )
    assert lines_of(tmp_path / "a.csv")[1] == ["甲茶业有限公司", "2026-01-02"]
    export_list(ledger, Enterprise, tmp_path / "b.csv", fields=["township", "capital"], way=BARE)
    assert lines_of(tmp_path / "b.csv") == [
        ["乡镇(街道)", "注册资本(万元)"],
        ["卡房乡", "123.456789"],
        ["411522100", ""],
    ]


def test_only_what_the_query_finds_goes_out_in_its_order(ledger, tmp_path):
    with ledger.step("建") as step:
        for number in range(5):
            step.create(Enterprise(name=f"第{number}公司", staff=number))
    query = Query(Enterprise, (Where("staff", ">", 1),), sort=(("staff", True),))
    path = tmp_path / "a.csv"
    assert export_list(ledger, Enterprise, path, query, fields=["name"], way=BARE) == 3
    assert path.read_text(encoding="utf-8-sig").split() == [
        "经营主体名称",
        "第4公司",
        "第3公司",
        "第2公司",
    ]


def test_two_runs_give_the_same_bytes(ledger, tmp_path):
    with ledger.step("建") as step:
        step.create(Person(name="张三", office=ledger.office.id))
    for name in ("a.xlsx", "b.xlsx"):
        export_list(ledger, Person, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_cannot_be_written_is_refused_in_words(ledger, tmp_path):
    with pytest.raises(UserError, match=r"\.xlsx 或 \.csv"):
        export_list(ledger, Enterprise, tmp_path / "a.pdf")
    with pytest.raises(UserError, match="没有“nothing”这一项"):
        export_list(ledger, Office, tmp_path / "a.csv", fields=["nothing"])
    with pytest.raises(UserError, match="不认识“carrots”"):
        export_list(ledger, "carrots", tmp_path / "a.csv")
