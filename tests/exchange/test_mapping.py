from __future__ import annotations

from dataclasses import dataclass

import pytest

from ledger_desk.exchange.mapping import Mapping, match_columns
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import RECORDS, Bank, Enterprise
from tests.exchange.making import code, regno


@dataclass(frozen=True)
class Head:
    column: int
    text: str
    unit: str = ""


def match(cls: type, columns: dict[str, list[object]], memory: str | None = None) -> Mapping:
    heads = [Head(i, text) for i, text in enumerate(columns, 1)]
    cells = {i: some for i, some in enumerate(columns.values(), 1)}
    return match_columns(cls, heads, cells, memory)


def fields(mapping: Mapping) -> list[str | None]:
    return [c.field for c in mapping]


@pytest.mark.parametrize("cls", RECORDS, ids=lambda c: c.TABLE)
def test_every_declared_label_finds_its_own_field(cls):
    labels = {spec.label: spec.name for spec in fields_of(cls)}
    found = match(cls, {label: [] for label in labels})
    assert {c.heading: c.field for c in found} == labels
    assert all(c.how == "exact" for c in found)


def test_every_synonym_of_an_enterprise_finds_its_field():
    wrong = []
    for spec in fields_of(Enterprise):
        for word in spec.synonyms:
            (column,) = match(Enterprise, {word: []})
            if column.field != spec.name:
                wrong.append((word, spec.name, column.field))
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("企 业 名 称", "name"),
        ("企业名称*", "name"),
        ("1.企业名称", "name"),
        ("【企业名称】", "name"),
        ("统一社会\n信用代码", "code"),
        ("注册资本（万元）", "capital"),
        ("注册资金(单位：万元)", "capital"),
        ("法定代表人（经营者）", "person"),
        ("法人/姓名", "person"),
        ("基本情况/成立日期", "founded"),
        ("ＵＳＣＣ", "code"),
        ("所在省份", None),
    ],
)
def test_headings_match_whatever_their_blanks_brackets_and_units(heading, field):
    assert fields(match(Enterprise, {heading: []})) == [field]


def test_a_similar_heading_is_taken_and_a_merely_related_one_is_not():
    found = match(Enterprise, {"企业联系电话号码": ["13800000000"], "开户日期": ["2020-01-02"]})
    assert fields(found) == ["phone", None]
    assert found.columns[0].how == "likeness"
    assert 0.6 < found.columns[0].confidence < 0.9


def test_no_field_is_used_twice_and_the_better_heading_wins():
    found = match(
        Enterprise, {"提供企业名称": ["甲公司"], "企业名称": ["乙公司"], "名称": ["丙公司"]}
    )
    assert fields(found) == [None, "name", None]
    assert [c.heading for c in found.unmatched] == ["提供企业名称", "名称"]


def test_a_column_of_codes_is_one_whatever_its_heading():
    cells = [code(i) for i in range(6)] + [regno(i) for i in range(6)]
    found = match(Enterprise, {"代码匹配": cells, "名称": ["某某公司"] * 12})
    assert fields(found) == ["code", "name"]
    assert found.columns[0].how == "content"


def test_long_numbers_that_fail_the_check_are_not_taken_for_codes():
    assert fields(match(Enterprise, {"交易流水号": [f"2018101527{i:05d}" for i in range(9)]})) == [
        None
    ]


def test_a_heading_that_its_cells_belie_is_not_taken_and_says_so():
    found = match(Enterprise, {"企业编码": [4405000030 + i for i in range(9)]})
    assert fields(found) == [None]
    assert "内容不像" in found.columns[0].note


def test_a_phone_column_is_told_by_its_cells_and_two_kinds_of_dates_are_left_to_the_person():
    found = match(
        Enterprise,
        {"怎么找他": ["13800000001", "0376-2951234", "13900000002"], "某日": ["2020-01-02"] * 4},
    )
    assert fields(found) == ["phone", None]


def test_a_person_can_move_a_field_and_nothing_is_used_twice_afterwards():
    found = match(Enterprise, {"企业名称": ["甲"], "全名": ["甲公司"]}).with_field(2, "name")
    assert fields(found) == [None, "name"]
    assert found.columns[1].how == "chosen"
    assert fields(found.with_field(2, None)) == [None, None]
    with pytest.raises(KeyError):
        found.with_field(2, "no_such_field")
    with pytest.raises(KeyError):
        found.with_field(9, "name")


def test_what_was_confirmed_is_remembered_for_the_same_headings_only():
    columns: dict[str, list[object]] = {"全名": ["甲公司"], "代号": ["A1"]}
    chosen = match(Enterprise, columns).with_field(1, "name").with_field(2, "internal_no")
    again = match(Enterprise, {"全 名": ["乙公司"], "代号": ["B2"]}, chosen.memory())
    assert fields(again) == ["name", "internal_no"]
    assert again.remembered
    assert {c.how for c in again} == {"memory"}
    assert again.signature == chosen.signature
    other = match(Enterprise, {"代号": ["B2"], "全名": ["乙公司"]}, chosen.memory())
    assert not other.remembered
    assert fields(match(Bank, columns, chosen.memory())) == [None, None]
    assert fields(match(Enterprise, columns, "[broken")) == [None, None]
