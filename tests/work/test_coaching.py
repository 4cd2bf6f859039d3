"""From a refusal to the next application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger_desk.model.records import Application, Cultivation, Help, Matching
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import applying, coaching, deciding
from tests.work.bank_places import PUSHED, County, county

DAY = PUSHED + timedelta(days=5)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[County]:
    with county(tmp_path / "甲.账套") as made:
        made.push()
        yield made


def refuse(place: County, reason: str = "缺抵质押、担保", number: int = 0) -> str:
    referral = place.at(0)[number].id
    given = {"decision": "不予授信", "decided_on": DAY, "reason": reason}
    deciding.answer(place.ledger, {referral: given}, DAY)
    return referral


def stage(place: County, key: str) -> set[str]:
    with place.ledger.read() as rows:
        return coaching.stages(rows)[key]


def test_a_refusal_becomes_a_cultivation_with_its_plan_and_a_first_help(place: County):
    referral = refuse(place)
    made = coaching.coach(place.ledger, [referral], DAY)
    assert list(made.done) == [referral]
    (entry,), (first,) = place.ledger.find(Query(Cultivation)), place.ledger.find(Query(Help))
    assert entry.referral == referral
    assert entry.obstacle == "缺抵押"
    assert entry.source == "走访发现"
    assert "政府性担保" in str(entry.plan_credit)
    assert entry.state == "培植中"
    assert first.kind == "担保增信"
    assert "缺抵质押、担保" in str(first.content)
    assert place.ledger.find(Query(Matching))[0].cultivation == entry.id
    assert made.step is not None
    place.ledger.undo(made.step)
    assert place.ledger.count(Query(Cultivation)) == 0 == place.ledger.count(Query(Help))


def test_who_is_not_coached_is_told_why(place: County):
    hopeless, granted, twice = (
        refuse(place, "行业限制（产业、环保）"),
        place.at(0)[1].id,
        refuse(place, number=2),
    )
    coaching.coach(place.ledger, [twice], DAY)
    made = coaching.coach(place.ledger, [hopeless, granted, twice], DAY)
    whys = {each.id: each.why for each in made.refused}
    assert not made.done
    assert "不可修复" in whys[hopeless]
    assert "只有“不予授信”" in whys[granted]
    assert "已经在辅导" in whys[twice]


def test_a_firm_that_is_cultivated_already_gets_the_refusal_linked(place: County):
    referral = refuse(place)
    with place.ledger.step("培植") as step:
        entry = step.create(Cultivation(
            enterprise=place.firms[0], listed_on=PUSHED, source="部门推荐", state="培植中",
            plan_credit="原来的方案",
        ))  # fmt: skip
    coaching.coach(place.ledger, [referral], DAY)
    (found,) = place.ledger.find(Query(Cultivation))
    assert (found.id, found.referral, found.plan_credit) == (entry, referral, "原来的方案")


def test_the_stages_follow_one_another_until_the_firm_applies_again(place: County):
    referral = refuse(place, number=1)
    assert stage(place, coaching.TO_COACH) == {referral}
    coaching.coach(place.ledger, [referral], DAY)
    assert stage(place, coaching.COACHING) == {referral}
    assert not stage(place, coaching.TO_COACH)
    (help_,) = place.ledger.find(Query(Help))
    with place.ledger.step("结果") as step:
        step.change(Help, help_.id, {"result": "担保公司同意了"})
    assert stage(place, coaching.READY) == {referral}
    applying.again_refused(place.ledger, [referral], day=DAY)
    assert not stage(place, coaching.READY)
    assert not stage(place, coaching.COACHING)
    again = Query(Application, (Where("again_of", "=", place.applications[1]),))
    assert place.ledger.count(again) == 1


def test_feedback_is_recorded_once(place: County):
    referral = refuse(place)
    assert not stage(place, coaching.TO_FEED_BACK)  # told as it was keyed in
    deciding.answer(place.ledger, {referral: {}}, DAY, erase={referral: ["fed_back_on"]})
    assert stage(place, coaching.TO_FEED_BACK) == {referral}
    made = coaching.feed_back(place.ledger, [referral, place.at(0)[1].id], DAY)
    assert list(made.done) == [referral]
    assert "不用反馈" in made.refused[0].why
    assert "已经反馈过" in coaching.feed_back(place.ledger, [referral], DAY).refused[0].why
