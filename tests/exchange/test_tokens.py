"""The token of a record: found again however people and spreadsheets treat it, never forged by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.exchange import tokens
from ledger_desk.exchange.tokens import DAMAGED, Token
from ledger_desk.model.kinds import MONEY
from ledger_desk.model.records import RECORDS, Bank, Enterprise
from ledger_desk.workbook.cells import is_damaged

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)


@given(IDS, st.sampled_from(RECORDS))
def test_a_token_names_its_record_and_class(record, cls):
    text = tokens.make(cls, record)
    assert len(text) == tokens.LENGTH
    assert tokens.read(text) == Token(cls.TABLE, record)
    for treated in (text.lower(), f" {text[:10]} {text[10:]}\n", f"'{text}", text.translate(_WIDE)):
        assert tokens.read(treated, "bank") == Token(cls.TABLE, record)


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(IDS, st.integers(2, 33), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_character_is_noticed(record, place, letter):
    text = tokens.make(Enterprise, record)
    spoilt = text[:place] + letter + text[place + 1 :]
    assert tokens.read(spoilt) == (DAMAGED if spoilt != text else Token("enterprise", record))


@given(IDS)
def test_a_token_is_no_number_day_or_formula(record):
    text = tokens.make(Bank, record)
    assert not is_damaged(text)
    assert text[0] not in "=+-@'"
    with pytest.raises(ValueError, match="不是金额"):
        MONEY.parse(text, None)
    with pytest.raises(ValueError, match="could not convert"):
        float(text)


def test_cut_and_other_text_is_damaged_and_an_empty_cell_is_none():
    text = tokens.make(Bank, "ab" * 16)
    assert [tokens.read(x) for x in (text[:-1], text + "A", "甲", 7, 1.5)] == [DAMAGED] * 5
    assert [tokens.read(x) for x in (None, "", "  ", "--")] == [None] * 4


def test_a_column_of_tokens_is_told_by_its_cells():
    some = [tokens.make(Bank, f"{n:032x}") for n in range(6)]
    assert tokens.is_column([*some, None, "新加的行", ""])
    assert not tokens.is_column([tokens.beside("银行", some[0]), "甲", None])
    assert not tokens.is_column([None, ""])
    assert tokens.table_of([None, "x", *some]) == "bank"
    assert tokens.is_heading(" 台账 记号 ")


def test_a_cell_can_name_another_record_by_title_and_token():
    token = tokens.make(Enterprise, "cd" * 16)
    assert tokens.inside(tokens.beside("小吃店", token)) == Token("enterprise", "cd" * 16)
    assert tokens.inside(token) == Token("enterprise", "cd" * 16)
    assert tokens.inside("小吃店〔老街〕") is None
    assert tokens.inside("LD 有限公司") is None
