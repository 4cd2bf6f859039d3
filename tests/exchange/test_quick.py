"""The quick ways agree with the kinds' own ``parse``, or leave the cell to it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.exchange import quick
from ledger_desk.model import kinds
from ledger_desk.model.identifiers import check_credit_code
from tests.exchange.making import code

amounts = st.one_of(
    st.integers(-10, 10**9),
    st.floats(0, 10**7),
    st.decimals(0, 10**8, places=4).map(str),
    st.from_regex(r"[0-9,.]{1,9}[万元]{0,2}", fullmatch=True),
)


@given(amounts, st.sampled_from([None, "元", "千元", "万元", "亿元"]))
def test_quick_amounts_are_those_of_the_kind(cell, unit):
    read = quick.reader_for(kinds.MONEY, unit)
    found = read(cell) if read is not None else None
    if found is not None:
        assert found == kinds.MONEY.parse(cell, unit)


@pytest.mark.parametrize("cell", ["53.46", "0.5", 12, 12.5, "800"])
def test_plain_amounts_are_taken_quickly(cell):
    read = quick.reader_for(kinds.MONEY, "万元")
    assert read is not None
    assert read(cell) == kinds.MONEY.parse(cell, "万元")


def test_a_unit_that_is_none_leaves_everything_to_the_kind():
    assert quick.reader_for(kinds.MONEY, "美元") is None
    assert quick.reader_for(kinds.MONEY, "亿元") is None  # too close to the largest amount
    assert quick.reader_for(kinds.TEXT, None) is None


@given(st.one_of(st.dates(), st.text("0123456789-", min_size=8, max_size=10)))
def test_quick_days_are_those_of_the_kind(cell):
    read = quick.reader_for(kinds.DAY, None)
    assert read is not None
    found = read(cell)
    if found is not None:
        assert found == kinds.DAY.parse(cell, None)
    if isinstance(cell, date) and 1900 <= cell.year < 2100:
        assert found == cell


text_cells = st.one_of(
    st.none(),
    st.sampled_from(
        ["-", "——", "N/A", "空", "*", "a b", " 前", "后 ", "甲\n乙", "\u3000", "#REF!"]
    ),
    st.text(max_size=8),
)


@given(st.lists(text_cells, min_size=1, max_size=6))
def test_quick_texts_are_those_of_the_kind(cells):
    cells = [cell if cell != "" else None for cell in cells]
    taken = quick.texts(cells)
    if taken is not None:
        slow = [None if kinds.is_empty(c) else kinds.TEXT.parse(c, None) or None for c in cells]
        assert taken == slow


def test_clean_text_is_taken_quickly_and_private_use_characters_stay():
    cells = ["甲公司", None, "N/A", "\ue863\U0003def5有限公司"]
    assert quick.texts(cells) == ["甲公司", None, None, "\ue863\U0003def5有限公司"]


@given(st.integers(0, 99_999_999), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHXYIOSVZ"))
def test_a_sound_code_is_one_that_the_full_check_finds_right(number, place, letter):
    right = code(number)
    assert quick.is_sound_code(right)
    wrong = right[:place] + letter + right[place + 1 :]
    if quick.is_sound_code(wrong):
        found = check_credit_code(wrong)
        assert (found.kind, found.ok, found.value) == ("credit", True, wrong)
    else:
        assert wrong != right
