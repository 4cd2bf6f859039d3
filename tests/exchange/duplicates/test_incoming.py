from __future__ import annotations

import pytest

from ledger_desk.exchange import importing
from ledger_desk.exchange.duplicates import merging, splitting
from ledger_desk.exchange.importing import NEW, TAKE
from ledger_desk.model.records import Enterprise
from tests.exchange.making import code, every, only, read_in, regno, text

HEAD = ["企业名称", "统一社会信用代码", "工商注册号", "法定代表人", "联系电话"]


def row(name="新县鸿运茶业有限公司", number="", registered="", person="张三", phone="13900000001"):
    return [name, number, registered, person, phone]


@pytest.fixture
def table(tmp_path):
    made = []

    def write(*rows):
        made.append(1)
        return text(tmp_path / f"{len(made)}.csv", [HEAD, *rows])

    return write


def fates(result):
    return [r.fate for r in result.rows]


def test_a_new_row_that_looks_like_a_firm_is_doubtful_with_reason_and_likeness(ledger, table):
    read_in(ledger, table(row(number=code(1))))
    mine = only(ledger)
    path = table(row("鸿运茶业有限责任公司"))
    (found,) = read_in(ledger, path).rows
    assert (found.fate, found.candidates) == ("doubtful", (mine.id,))
    assert "与“新县鸿运茶业有限公司”很像（相似度" in found.reason
    assert "经营者、电话相同" in found.reason
    assert read_in(ledger, path, decisions={2: TAKE}).changed == 1
    assert len(every(ledger, Enterprise)) == 1


def test_a_person_may_say_that_it_is_another_firm_and_is_not_asked_again(ledger, table):
    read_in(ledger, table(row(number=code(1))))
    path = table(row("鸿运茶业有限责任公司"))
    assert read_in(ledger, path, decisions={2: NEW}).new == 1
    assert fates(read_in(ledger, path)) == ["same"]


@pytest.mark.parametrize("block", [1, 1000])
def test_a_row_that_looks_like_an_earlier_new_row_is_doubtful(ledger, table, monkeypatch, block):
    monkeypatch.setattr(importing, "_BLOCK", block)
    path = table(
        row(), row("别的茶厂", person="李四", phone="13900000002"), row("鸿运茶业有限责任公司")
    )
    result = read_in(ledger, path)
    assert fates(result) == ["new", "new", "doubtful"]
    assert result.rows[2].candidates == (result.rows[0].record,)
    again = read_in(ledger, path, decisions={4: result.rows[0].record})
    assert fates(again)[:2] == ["same", "same"]


def test_owner_and_telephone_bring_a_similar_sign_to_light(ledger, table):
    read_in(ledger, table(row("鸿运茶叶超市")))
    assert fates(read_in(ledger, table(row("鸿运茶叶商店")))) == ["doubtful"]
    assert fates(read_in(ledger, table(row("新县大发建材有限公司")))) == ["new"]


@pytest.mark.parametrize(
    "later",
    [
        row("新县鸿运茶业有限责任公司", number=code(2)),
        row("新县鸿运茶业有限公司沙窝分公司"),
        row("光山县鸿运茶业有限公司"),
    ],
)
def test_evidence_against_makes_a_new_firm(ledger, table, later):
    read_in(ledger, table(row(number=code(1))))
    assert fates(read_in(ledger, table(later))) == ["new"]


def test_rows_with_codes_cost_nothing_where_every_firm_has_one(ledger, table, monkeypatch):
    from ledger_desk.store import alikes

    def fail(*arguments):
        raise AssertionError("nothing has to be asked")

    monkeypatch.setattr(alikes, "by_keys", fail)
    rows = [row(f"新县{n}号茶场", number=code(n)) for n in range(5)]
    assert read_in(ledger, table(*rows)).new == 5
    assert read_in(ledger, table(row("新县6号茶场", number=code(6)))).new == 1


def test_what_speaks_of_a_merged_away_firm_means_the_one_that_stands(ledger, table):
    first = [row(number=code(1)), row("新县云峰茶叶商行", registered=regno(2), person="李四", phone=""),
             row("新县大别山油茶有限公司", person="王五", phone="")]  # fmt: skip
    read_in(ledger, table(*first))
    a, b, c = (f.id for f in every(ledger, Enterprise))
    merging.merge(ledger, b, [c])
    merging.merge(ledger, a, [b])
    # by number, by name, and through two merges
    result = read_in(ledger, table(*first))
    assert [(r.fate, r.record) for r in result.rows][:1] == [("same", a)]
    assert {r.fate for r in result.rows} <= {"same", "left_out"}, result.rows
    assert result.step is None
    (alone,) = read_in(
        ledger, table(row("新县大别山油茶有限公司", person="王五", phone="13900000009"))
    ).rows
    assert (alone.fate, alone.record) == ("changed", a)
    assert (
        ledger.get(Enterprise, a).name == "新县鸿运茶业有限公司"
    )  # the old name does not come back
    assert ledger.get(Enterprise, a).phone == "13900000009"
    splitting.split(ledger, c)
    (own,) = read_in(ledger, table(row("新县大别山油茶有限公司", person="王五", phone=""))).rows
    assert own.record == c


def test_the_name_of_a_merged_away_firm_with_another_code_is_another_firm(ledger, table):
    read_in(ledger, table(row(number=code(1)), row("新县云峰茶叶有限公司", person="", phone="")))
    a, b = (f.id for f in every(ledger, Enterprise))
    merging.merge(ledger, a, [b])
    assert fates(
        read_in(ledger, table(row("新县云峰茶叶有限公司", number=code(9), person="", phone="")))
    ) == ["new"]
