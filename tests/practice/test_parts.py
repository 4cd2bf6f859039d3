from __future__ import annotations

from datetime import date
from random import Random

from ledger_desk.model.identifiers import check_credit_code, check_person_id
from ledger_desk.model.vocabulary import BANK_TYPES
from ledger_desk.practice import numbers, parts
from ledger_desk.practice.firms import FirmMaker
from ledger_desk.practice.lenders import BANKS
from ledger_desk.practice.places import industry_names, townships
from ledger_desk.practice.trades import TRADES

TODAY = date(2024, 11, 20)


def test_every_trade_has_an_industry_code_of_the_dictionary() -> None:
    known = industry_names()
    assert [trade.code for trade in TRADES if trade.code not in known] == []


def test_the_county_has_its_sixteen_townships_with_villages() -> None:
    found = townships()
    assert len(found) == 16
    assert all(town.villages for town in found)
    assert {town.name for town in found} >= {"金兰山街道", "新集镇", "卡房乡"}


def test_banks_of_every_type_stand_in_the_county() -> None:
    assert {kind for _, _, kind, _ in BANKS} == set(BANK_TYPES)
    assert len({name for name, *_ in BANKS}) == len(BANKS) == 20


def test_made_up_codes_hold_and_never_repeat() -> None:
    codes = [numbers.credit_code("91", number) for number in range(3_000)]
    assert len(set(codes)) == len(codes)
    assert all(
        check_credit_code(code).ok and check_credit_code(code).kind == "credit" for code in codes
    )


def test_a_spoilt_code_is_a_warning_and_no_refusal() -> None:
    for number in range(200):
        check = check_credit_code(numbers.spoilt(numbers.credit_code("91", number)))
        assert (check.kind, check.ok, check.refused) == ("credit", False, False)


def test_old_numbers_and_identity_numbers_hold() -> None:
    rng = Random(1)
    for number in range(500):
        assert check_credit_code(numbers.registration_number(number)).kind == "registration"
        assert check_credit_code(numbers.registration_number(number)).ok
        assert check_person_id(numbers.person_id(rng)).ok


def test_record_ids_rise_with_their_place_and_have_32_digits() -> None:
    rng = Random(1)
    ids = [numbers.record_id(rng, place, 1_000) for place in range(1_000)]
    assert ids == sorted(set(ids))
    assert {len(record) for record in ids} == {32}


def test_names_and_codes_of_many_firms_differ() -> None:
    rows = [row for _, row in FirmMaker(1, TODAY, 20_000).rows(0, 20_000)]
    assert len({row["name"] for row in rows}) == len(rows)
    codes = [row["code"] for row in rows if row.get("code")]
    assert len(set(codes)) == len(codes)
    assert all(row.get("code") or row.get("regno") or row.get("internal_no") for row in rows)


def test_rare_characters_are_beyond_the_usual_fonts_and_all_in_use() -> None:
    text = "".join(parts.RARE_SHOPS + parts.RARE_PEOPLE)
    assert set("𫍽𬭎㛃䶮赟") <= set(text)


def test_the_firms_do_not_depend_on_how_they_are_batched() -> None:
    whole = list(FirmMaker(7, TODAY, 60).rows(0, 60))
    maker = FirmMaker(7, TODAY, 60)
    assert [*maker.rows(0, 25), *maker.rows(25, 60)] == whole
