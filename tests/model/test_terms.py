"""The registry of dictionaries, and what an office adds to them."""

from __future__ import annotations

import pytest

from ledger_desk import paths
from ledger_desk.model import vocabulary
from ledger_desk.model.fields import fields_of
from ledger_desk.model.listing import Listing
from ledger_desk.model.records import RECORDS, Enterprise, Loan, Term
from ledger_desk.model.terms import BY_KEY, DICTIONARIES, dictionary_of, uses_of


def test_every_open_choice_chooses_from_a_dictionary() -> None:
    for cls in RECORDS:
        for spec in fields_of(cls):
            if spec.kind.open and spec.name != "level":
                assert dictionary_of(cls, spec.name) is not None, (cls.TABLE, spec.name)


def test_what_is_told_of_words_is_told_of_words_that_stand_in_a_list() -> None:
    path = paths.resources() / "dictionaries" / "terms.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {5}
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    for key, word, *_ in rows:
        listed = BY_KEY[key].words
        assert not listed or word in listed, (key, word)


@pytest.mark.parametrize("each", DICTIONARIES, ids=lambda each: each.key)
def test_every_dictionary_has_a_source_and_entries_that_differ(each) -> None:
    entries = each.entries("411523")
    assert each.source
    assert len(entries) > 0
    values = [(each.value_of(entry), entry.parent) for entry in entries]
    assert len(set(values)) == len(values)


def test_codes_of_security_and_repayment_are_those_of_the_central_bank() -> None:
    codes = {entry.text: entry.code for entry in BY_KEY["security"].entries()}
    assert (codes["质押"], codes["抵押"], codes["保证"], codes["信用"]) == ("A", "B", "C", "D")
    assert [entry.code for entry in BY_KEY["refusal"].entries()] == [
        f"{n:02}" for n in range(1, 16)
    ] + ["99"]


def test_each_tag_of_the_four_documents_names_its_clause() -> None:
    assert {entry.text for entry in BY_KEY["tag"].entries() if entry.source} == set(vocabulary.TAGS)


def test_a_dictionary_knows_the_fields_that_use_it() -> None:
    places = {(cls.TABLE, spec.name) for cls, spec in uses_of(BY_KEY["security"])}
    tables = ("credit", "loan", "visit", "application", "product")
    assert places == {(table, "security") for table in tables}
    assert dictionary_of(Loan, "grade") is BY_KEY["loan_class"]
    assert dictionary_of(Enterprise, "note") is None


def test_own_entries_come_first_but_not_ahead_of_a_whole_match() -> None:
    own = Term(id="1" * 32, dictionary="security", value="信用村联保", code="K1")
    listing = Listing(BY_KEY["security"], "", [own])
    assert listing.page(0, 2)[0].text == "信用村联保"
    assert len(listing) == len(vocabulary.SECURITIES) + 1
    assert [entry.text for entry in listing.find("信用")] == ["信用", "信用村联保"]
    assert listing.find("k1")[0].own


def test_a_word_that_is_off_is_not_offered_and_stays_known() -> None:
    off = Term(id="2" * 32, dictionary="security", value="其他", off=True)
    listing = Listing(BY_KEY["security"], "", [off])
    assert "其他" not in [entry.text for entry in listing.find("")]
    assert listing.find("其他", off=True)[0].off
    assert listing.entry("其他") is not None
    assert len(listing) == len(vocabulary.SECURITIES)
    assert listing.has("其他")


def test_the_office_finds_its_own_townships_before_the_countrys() -> None:
    listing = Listing(BY_KEY["division"], "411523001")
    assert {entry.code[:6] for entry in listing.find("", 16)} == {"411523"}
    assert listing.find("xjz")[0].code == "411523100"
    assert listing.find("shenzhenshi")[0].code == "4403"
    assert listing.entry("411523100") is not None
    assert listing.code_taken("411523100")
    assert not listing.code_taken("411523571")
