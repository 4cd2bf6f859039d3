from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.exchange.mapping import RESERVED, Mapping
from ledger_desk.exchange.matching_columns import match_columns
from ledger_desk.model.fields import fields_of
from ledger_desk.model.locks import locked
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
    closed = locked(cls)  # only a use case writes these: a column of that name finds no field
    found = match(cls, {label: [] for label in labels})
    assert {c.heading: c.field for c in found} == {
        label: None if name in closed else name for label, name in labels.items()
    }
    assert all(c.how == "exact" for c in found if c.field is not None)
    assert all(c.note == closed[labels[c.heading]] for c in found if c.field is None)


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


def test_columns_of_our_own_are_never_a_field_and_are_reported():
    from ledger_desk.exchange.tokens import make

    tokens: list[object] = [make(Enterprise, f"{n:032x}") for n in range(4)]
    found = match(
        Enterprise,
        {"企业名称": ["甲公司"], "校验结果": ["代码不对"], "台账记号": tokens, "改了名": tokens},
    )
    assert [c.heading for c in found.reserved] == ["校验结果", "台账记号", "改了名"]
    assert [c.heading for c in found.unmatched] == []
    assert list(found.used) == ["name"]
    for column in (2, 3, 4):
        with pytest.raises(ValueError, match="本程序加的列"):
            found.with_field(column, "note")
    assert found.signature == match(Enterprise, {"企业名称": []}).signature


_WORDS = sorted({w for c in RECORDS for s in fields_of(c) for w in (s.label, *s.synonyms)})
_CELL = st.one_of(
    st.none(), st.text(max_size=6), st.integers(), st.floats(), st.dates(), st.booleans(),
    st.sampled_from([code(1), regno(1), "13800000001", "2024-11-20", "是", "张三", "新县茶业有限公司"]),
)  # fmt: skip
_TABLE = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(_WORDS), st.text(max_size=8), st.sampled_from(RESERVED)),
        st.sampled_from(["", "万元", "元", "%"]),
        st.lists(_CELL, max_size=6),
    ),
    max_size=8,
)


@given(st.sampled_from(RECORDS), _TABLE)
def test_no_field_is_ever_used_twice_no_column_is_lost_and_memory_gives_the_same_mapping(
    cls, table
):
    heads = [Head(n, heading, unit) for n, (heading, unit, _) in enumerate(table, 1)]
    cells = {n: some for n, (_, _, some) in enumerate(table, 1)}
    found = match_columns(cls, heads, cells)
    used = [c.field for c in found if c.field]
    assert len(used) == len(set(used))
    assert set(used) <= {spec.name for spec in fields_of(cls)}
    assert [(c.column, c.heading) for c in found] == [(h.column, h.text) for h in heads]
    parts = [*found.used.values(), *found.unmatched, *found.reserved]
    assert sorted(c.column for c in parts) == [h.column for h in heads]
    again = match_columns(cls, heads, cells, found.memory("谁"))
    assert again.remembered
    assert [(c.field, c.unit, c.reading) for c in again] == [
        (c.field, c.unit, c.reading) for c in found
    ]
    assert again.memory("谁") == found.memory("谁")
