"""Codes on paper: how they are read, what a slip of the pen looks like, which closing they name."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.records import Credit
from ledger_desk.reports.periods import codes
from ledger_desk.reports.periods.closing import close_period, reopen_period
from ledger_desk.reports.periods.codes import (
    LETTERS,
    LONG,
    NoCodeError,
    grouped,
    qr_text,
    read_code,
)
from ledger_desk.reports.periods.kept import closed_or_made
from ledger_desk.reports.periods.looking_up import verify_code
from ledger_desk.store.ledger import Ledger
from tests.reports.conftest import WAN, writing
from tests.reports.making_forms import OCTOBER
from tests.reports.periods.forms import make, trial_forms
from tests.reports.periods.test_closing import fill


def whole(digits: list[int]) -> str:
    return "".join(LETTERS[each] for each in (*digits, codes._guard(digits)))


made_codes = st.lists(
    st.integers(0, len(LETTERS) - 1), min_size=LONG - 1, max_size=LONG - 1
).map(whole)  # fmt: skip


def test_no_two_letters_look_alike() -> None:
    assert not set(LETTERS) & set("0OQ1IL2Z5S8BUV") - {"V"}
    assert len(set(LETTERS)) == len(LETTERS) == 23


@given(code=made_codes)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    for typed in (
        code,
        grouped(code),
        grouped(code).lower(),
        qr_text(code),
        f" {grouped(code).replace('-', ' ')} ",
    ):
        assert read_code(typed) == code
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in code)  # full-width, as an input method types
    assert read_code(wide) == code


@given(code=made_codes, place=st.integers(0, LONG - 1), other=st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(NoCodeError, match="抄错"):
            read_code(wrong)


@given(code=made_codes, one=st.integers(0, LONG - 1), two=st.integers(0, LONG - 1))
def test_two_letters_exchanged_are_noticed(code: str, one: int, two: int) -> None:
    marks = list(code)
    marks[one], marks[two] = marks[two], marks[one]
    if marks != list(code):
        with pytest.raises(NoCodeError, match="换了位置"):
            read_code("".join(marks))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "还没有写"),
        ("ACDE", "少了 8 个字"),
        ("ACDEFGHJKMNPR", "多了 1 个字"),
        ("OCDE", "没有“O”这个字"),
    ],
)
def test_what_is_no_code_is_told_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(NoCodeError, match=said):
        read_code(typed)


def test_a_code_names_its_closing_and_whether_it_still_holds(
    ledger: Ledger, tmp_path: Path
) -> None:
    forms = trial_forms(tmp_path / "forms")
    with writing(ledger) as book:
        met = fill(book)
    first = close_period(ledger, make(ledger, forms))
    code = grouped(first.code or "")
    assert verify_code(ledger, code).sentence.startswith("与“trial表 2024年10月”第 1 次定稿一致。")
    assert "仍是定稿" in verify_code(ledger, qr_text(first.code or "")).sentence
    reopen_period(ledger, first.id, "更正一户金额", "李局长")
    with ledger.step("更正") as step:
        step.change(Credit, met["credit"], {"amount": 3 * WAN})
    second = close_period(ledger, make(ledger, forms))
    assert second.code != first.code
    old = verify_code(ledger, code)
    assert old.known
    assert "已反结账（李局长同意：更正一户金额），这张纸不是现在的数" in old.sentence
    assert "第 2 次定稿一致" in verify_code(ledger, second.code or "").sentence
    other = whole([3] * (LONG - 1))
    unknown = verify_code(ledger, other)
    assert not unknown.known
    assert unknown.sentence.startswith(f"这本账里没有核对码是 {grouped(other)} 的定稿")
    assert not verify_code(ledger, "ACDE").known


def test_code_and_square_stand_in_the_margin_of_each_page_and_move_nothing(
    ledger: Ledger, tmp_path: Path
) -> None:
    forms = trial_forms(tmp_path / "forms")
    with writing(ledger) as book:
        fill(book)
        for number in range(60):  # so that the list goes on to further pages
            book.matching(book.firm(f"第{number}厂", "411523103"), "甲银行", OCTOBER.end)
    made = make(ledger, forms)
    open_pages, boxes = made.pdf.pages, made.pdf.boxes
    closing = close_period(ledger, made)
    kept = closed_or_made(ledger, "trial", OCTOBER.start, OCTOBER.end, forms=forms)
    assert kept.pdf.pages == open_pages > 1
    moved = [(b.page, b.row, b.column, b.x, b.y, b.w, b.h) for b in kept.pdf.boxes]
    assert moved == [(b.page, b.row, b.column, b.x, b.y, b.w, b.h) for b in boxes]
    code = grouped(closing.code or "")
    document = pypdfium2.PdfDocument(kept.pdf.pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            height = page.get_height()
            text = page.get_textpage()
            assert code in text.get_text_range()
            found = text.search(code)
            first, _ = found.get_next() or (-1, 0)
            _, bottom, _, top = text.get_charbox(first)
            lowest = max(b.y + b.h for b in boxes if b.page == number)
            assert height - top > lowest  # below the sheet
            assert bottom > 0
    finally:
        document.close()
