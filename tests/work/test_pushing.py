"""Pushing the recommendation list: each firm to its intended banks only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.model.records import Application, Guarantor, PushBatch, Referral
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import deciding, pushing
from tests.work.bank_places import PUSHED, County, county


@pytest.fixture
def place(tmp_path: Path) -> Iterator[County]:
    with county(tmp_path / "甲.账套") as made:
        yield made


def test_each_firm_goes_to_its_intended_banks_in_one_batch_for_a_bank_and_day(place: County):
    made = pushing.push(place.ledger, place.applications, PUSHED)
    assert len(made.done) == 4
    assert not made.refused
    found = place.ledger.find(Query(Referral))
    wanted = {
        (a.id, bank)
        for a in place.ledger.find(Query(Application)) for bank in (a.bank1, a.bank2) if bank
    }  # fmt: skip
    assert {(r.application, r.bank) for r in found} == wanted
    batches = place.ledger.find(Query(PushBatch))
    assert {b.no for b in batches} == {"推送2026-0001", "推送2026-0002"}
    assert len({(b.bank, b.day) for b in batches}) == 2
    place.ledger.undo(made.step)
    assert place.ledger.count(Query(Referral)) == 0 == place.ledger.count(Query(PushBatch))


def test_a_second_push_of_the_day_joins_the_batch(place: County):
    pushing.push(place.ledger, place.applications[:1], PUSHED)
    pushing.push(place.ledger, place.applications[1:], PUSHED)
    assert place.ledger.count(Query(PushBatch)) == 2


def test_what_cannot_be_pushed_is_refused_with_its_reason_and_stops_nobody(place: County):
    first, second, third, fourth = place.applications
    with place.ledger.step("改") as step:
        step.change(Application, second, {"state": "待初审"})
        step.change(Application, third, {"state": "已移出", "left_why": "提供虚假材料"})
    pushing.push(place.ledger, [first], PUSHED)
    made = pushing.push(place.ledger, [first, second, third, fourth, "0" * 32], PUSHED)
    assert list(made.done) == [fourth]
    whys = {each.id: each.why for each in made.refused}
    assert "已经推给农行、工行" in whys[first]
    assert "还没有列入推荐清单" in whys[second]
    assert "提供虚假材料" in whys[third]
    assert "不在账上" in whys["0" * 32]


def test_a_bank_that_is_not_intended_is_refused(place: County):
    made = pushing.push(place.ledger, place.applications[:1], PUSHED, [place.banks[2]])
    assert not made.done
    assert "不是这一户的意向银行" in made.refused[0].why
    early = pushing.push(place.ledger, place.applications[:1], date(2026, 1, 1))
    assert "早于列入推荐清单" in early.refused[0].why


def test_a_push_to_a_guarantor_makes_no_bank_referral(place: County):
    with place.ledger.step("备") as step:
        house = step.create(Guarantor(name="甲县担保", kind="政府性担保机构"))
    made = pushing.push(place.ledger, place.applications[:2], PUSHED, guarantor=house)
    assert len(made.done) == 2
    assert {r.guarantor for r in place.ledger.find(Query(Referral))} == {house}
    referral = place.ledger.find(Query(Referral))[0].id
    told = deciding.answer(place.ledger, {referral: {"decision": "授信"}}, PUSHED)
    assert "担保业务" in told.refused[0].why


def test_what_waits_is_recommended_and_not_pushed(place: County):
    query = Query(Application, pushing.WAITING)
    assert place.ledger.count(query) == 4
    pushing.push(place.ledger, place.applications[:3], PUSHED)
    assert place.ledger.count(query) == 1


def test_a_push_is_taken_back_until_the_bank_has_answered(place: County):
    some = place.push()
    deciding.answer(place.ledger, {some[0].id: {"contacted_on": PUSHED}}, PUSHED)
    made = pushing.withdraw(place.ledger, [each.id for each in some])
    assert len(made.done) == 3
    assert "已经" in made.refused[0].why
    batch = Query(PushBatch, (Where("bank", "=", place.banks[0]),))
    assert place.ledger.count(batch) == 1
    pushing.withdraw(place.ledger, [each.id for each in place.at(1)])
    assert place.ledger.count(Query(PushBatch, (Where("bank", "=", place.banks[1]),))) == 0
