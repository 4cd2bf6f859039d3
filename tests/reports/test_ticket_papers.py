"""批分单, 交办函 and the two lists on paper: what stands on them, many in one job, the same bytes twice."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
import pytest

from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.reports.tickets import (
    LETTERS,
    MENDING_LIST,
    SHEETS,
    TICKET_LIST,
    draw,
    draw_apart,
)
from ledger_desk.store.ledger import Ledger
from tests.ui.places import fill
from tests.ui.ticket_places import fill_registers, fill_tickets


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[tuple[Ledger, list[str], list[str]]]:
    path = tmp_path_factory.mktemp("papers") / "甲.ledger"
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(path, office=office, person=Person(name="程甲")) as ledger:
        fill(ledger, 6)
        yield ledger, fill_tickets(ledger), fill_registers(ledger)


def pages(
    ledger: Ledger, ids: list[str], what: str, private: str = "照写"
) -> list[tuple[str, bool]]:
    """Text of each page, and whether it lies on its side."""
    out = io.BytesIO()
    draw(ledger, ids, out, what, private)
    pdf = pypdfium2.PdfDocument(out.getvalue())
    try:
        return [
            (page.get_textpage().get_text_range(), page.get_width() > page.get_height())
            for page in pdf
        ]
    finally:
        pdf.close()


def test_a_sheet_is_one_page_with_the_matter_the_clocks_and_places_to_sign(made) -> None:
    ledger, tickets, _ = made
    found = pages(ledger, tickets, SHEETS)
    assert len(found) == len(tickets)
    text, on_side = found[4]
    assert not on_side
    for words in (
        "批分2026-0005"[:2],
        "没有抵押物",
        "拟办意见",
        "组长批示",
        "县自然资源局",
        "3　反馈",
        "签字",
        "过程满意",
        "13803970001",
    ):
        assert words in text
    assert "13803970001" not in pages(ledger, tickets[:1], SHEETS, "遮盖")[0][0]


def test_a_letter_names_the_receiver_the_fault_the_limit_and_brings_a_slip(made) -> None:
    ledger, _, faults = made
    found = pages(ledger, faults[1:], LETTERS)
    assert len(found) == len(faults) - 1
    text = found[0][0]
    for words in ("交办函", "获得信贷环节多", "新金营商办〔2022〕7号", "回 执", "约谈", "复核意见"):
        assert words in text


@pytest.mark.parametrize(("what", "words"), [(TICKET_LIST, "共 12 件"), (MENDING_LIST, "共 4 个")])
def test_the_lists_lie_on_their_side_and_count_what_is_in_them(made, what: str, words: str) -> None:
    ledger, tickets, faults = made
    found = pages(ledger, tickets if what == TICKET_LIST else faults, what)
    assert all(on_side for _, on_side in found)
    assert words in found[0][0]
    assert "逾期" in found[0][0]


def test_the_same_papers_are_the_same_bytes_also_from_a_process_apart(made) -> None:
    ledger, tickets, _ = made
    out = io.BytesIO()
    written = draw(ledger, tickets, out, SHEETS)
    pdf, many, count, missing = draw_apart(str(ledger.path), None, tickets, SHEETS)
    assert pdf == out.getvalue()
    assert (many, count, missing) == (len(tickets), written.pages, "")


def test_nothing_to_print_is_said_in_words(made) -> None:
    with pytest.raises(UserError, match="已经不在账上"):
        draw(made[0], ["f" * 32], io.BytesIO(), SHEETS)
