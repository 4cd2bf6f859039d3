"""What a bank tells: kept once, where it belongs; contradictions refused, odd days said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger_desk.model.records import (
    Credit,
    Cultivation,
    Drawdown,
    Loan,
    Matching,
    Office,
    Referral,
    Repayment,
)
from ledger_desk.model.refusing import obstacle_of, read_advice
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import bank_clocks, coaching, deciding, parameters
from ledger_desk.work.answered import read_answered
from tests.work.bank_places import PUSHED, County, county

DAY = PUSHED + timedelta(days=3)
GRANTED = {
    "contacted_on": PUSHED, "accepted_on": PUSHED, "complete_on": DAY, "decision": "授信",
    "decided_on": DAY, "amount": 50_000_000, "rate": 38_500, "months": 12, "security": "信用",
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Iterator[County]:
    with county(tmp_path / "甲.账套") as made:
        made.push()
        yield made


def tell(place: County, referral: str, **given: object):
    return deciding.answer(place.ledger, {referral: given}, DAY)


def decision(place: County, referral: str) -> object:
    found = place.ledger.find(Query(Referral, (Where("id", "=", referral),)))
    with place.ledger.read() as rows:
        return rows.beside(Referral, [found[0].id])[referral]["decision"]


def test_a_credit_with_its_loan_is_one_step_that_hangs_on_one_contact(place: County):
    one = place.at(0)[0]
    made = tell(place, one.id, **GRANTED, drawn_on=DAY, drawn=20_000_000, first_marked=True,
                relending=True)  # fmt: skip
    assert list(made.done) == [one.id]
    (matching,) = place.ledger.find(Query(Matching))
    assert (matching.referral, matching.enterprise, matching.bank) == (
        one.id,
        one.enterprise,
        one.bank,
    )
    (credit,), (loan,) = place.ledger.find(Query(Credit)), place.ledger.find(Query(Loan))
    assert credit.matching == loan.matching == matching.id
    assert credit.granted
    assert loan.first_marked
    assert loan.relending
    assert loan.rate == 38_500
    assert decision(place, one.id) == "授信"
    place.ledger.undo(made.step)
    for cls in (Matching, Credit, Loan, Drawdown):
        assert place.ledger.count(Query(cls)) == 0


def test_the_same_answer_twice_changes_nothing(place: County):
    one = place.at(0)[0].id
    full = {**GRANTED, "drawn_on": DAY, "drawn": 20_000_000, "qualified": True, "wants_money": True}
    tell(place, one, **full)
    head = place.ledger.head()
    assert tell(place, one, **full).step is None
    assert place.ledger.head() == head


def test_drawdowns_and_repayments_stand_side_by_side_and_a_known_day_is_mended(place: County):
    one = place.at(0)[0].id
    tell(place, one, **GRANTED, drawn_on=DAY, drawn=20_000_000)
    tell(place, one, drawn_on=DAY + timedelta(days=1), drawn=10_000_000)
    tell(
        place,
        one,
        drawn_on=DAY,
        drawn=15_000_000,
        repaid_on=DAY + timedelta(days=9),
        repaid=5_000_000,
    )
    assert sorted(d.amount for d in place.ledger.find(Query(Drawdown))) == [10_000_000, 15_000_000]
    assert [r.amount for r in place.ledger.find(Query(Repayment))] == [5_000_000]
    assert place.ledger.count(Query(Loan)) == 1


def test_a_refusal_brings_department_measure_and_limit_from_the_dictionary(place: County):
    one = place.at(0)[0].id
    tell(
        place,
        one,
        contacted_on=PUSHED,
        decision="不予授信",
        decided_on=DAY,
        reason="缺抵质押、担保",
    )
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.repairable
    assert credit.department == "担保机构、银行"
    assert credit.measure
    assert credit.mend_by == DAY + timedelta(days=30)
    assert credit.fed_back_on == DAY
    tell(place, one, reason="行业限制（产业、环保）")
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.repairable is False
    assert credit.department == "发展改革、生态环境"


def test_the_office_says_how_many_days_there_are_to_mend(place: County):
    parameters.put(place.ledger, "clock.mend_days", 15, DAY)
    first, second = (each.id for each in place.at(0)[:2])
    given = {"contacted_on": PUSHED, "decision": "不予授信", "reason": "缺抵质押、担保"}
    deciding.answer(place.ledger, {first: given | {"decided_on": PUSHED}}, DAY - timedelta(days=1))
    deciding.answer(place.ledger, {second: given | {"decided_on": DAY}}, DAY)
    limits = {credit.decided_on: credit.mend_by for credit in place.ledger.find(Query(Credit))}
    assert limits == {PUSHED: PUSHED + timedelta(days=30), DAY: DAY + timedelta(days=15)}


def test_in_a_banks_own_ledger_a_refusal_is_not_yet_told_to_the_task_force(place: County):
    with place.ledger.step("层级") as step:
        step.change(Office, place.ledger.office.id, {"level": "银行"})
    one = place.at(0)[0].id
    tell(place, one, decision="不予授信", decided_on=DAY, reason="缺抵质押、担保")
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.fed_back_on is None
    with place.ledger.read() as rows:
        assert coaching.stages(rows)[coaching.TO_FEED_BACK] == {one}
    coaching.feed_back(place.ledger, [one], DAY)
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.fed_back_on == DAY


def test_a_bank_that_changes_its_mind_keeps_the_refusal_beside_the_credit(place: County):
    one = place.at(0)[0].id
    tell(place, one, decision="不予授信", decided_on=DAY, reason="其他")
    later = DAY + timedelta(days=20)
    tell(place, one, decision="授信", decided_on=later, amount=10_000_000)
    assert [c.granted for c in sorted(place.ledger.find(Query(Credit)), key=lambda c: c.decided_on)] == [
        False, True,
    ]  # fmt: skip
    assert decision(place, one) == "授信"


def test_a_credit_turned_down_loses_its_numbers_but_not_while_money_is_out(place: County):
    first, second = place.at(0)[:2]
    tell(place, first.id, **GRANTED)
    tell(place, first.id, decision="不予授信", reason="其他")
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.granted is False
    assert credit.amount is None
    assert credit.rate is None
    tell(place, second.id, **GRANTED, drawn_on=DAY, drawn=10_000_000)
    made = tell(place, second.id, decision="不予授信", reason="其他")
    assert "已经放款" in made.refused[0].why


def test_giving_up_and_going_on_again(place: County):
    one = place.at(0)[0].id
    tell(place, one, decision="企业放弃", decided_on=DAY, problem="亲友借到了")
    assert decision(place, one) == "企业放弃"
    tell(place, one, **GRANTED)
    found = place.ledger.get(Referral, one)
    assert decision(place, one) == "授信"
    assert found is not None
    assert found.given_up_on is None
    made = tell(place, one, decision="企业放弃")
    assert "已经授信" in made.refused[0].why


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"decision": "授信", "decided_on": DAY}, "授信金额"),
        ({"decision": "授信", "amount": 1_000_000}, "决定日期"),
        ({"decision": "不予授信", "decided_on": DAY}, "原因"),
        ({"decision": "不予授信", "decided_on": DAY, "reason": "其他", "amount": 100}, "授信金额"),
        ({"amount": 1_000_000}, "没有填银行决定"),
        ({"drawn_on": DAY, "drawn": 1_000_000}, "授信为前提"),
        ({**GRANTED, "drawn": 1_000_000}, "没有放款日期"),
        ({**GRANTED, "drawn_on": DAY, "drawn": -1}, "大于零"),
        ({"relending": True}, "不是“授信”"),
    ],
)
def test_what_contradicts_itself_is_refused_in_a_sentence(place: County, given, word):
    head = place.ledger.head()
    made = tell(place, place.at(0)[0].id, **given)
    assert not made.done
    assert word in made.refused[0].why
    assert place.ledger.head() == head


def test_odd_days_are_said_and_kept(place: County):
    one = place.at(0)[0].id
    early = {
        **GRANTED,
        "contacted_on": PUSHED - timedelta(days=9),
        "decided_on": DAY - timedelta(days=1),
    }
    said = deciding.look(place.ledger, one, early)
    assert {s.grade for s in said} == {"explain"}
    assert {s.name for s in said} == {"contacted_on", "decided_on"}
    assert tell(place, one, **early).done
    with place.ledger.read() as rows:
        assert read_answered(rows, [one])[one].values["contacted_on"] == PUSHED - timedelta(days=9)


def test_a_firm_under_cultivation_is_linked_and_has_its_loan(place: County):
    one = place.at(0)[0]
    with place.ledger.step("培植") as step:
        entry = step.create(Cultivation(
            enterprise=one.enterprise, listed_on=PUSHED, source="部门推荐", state="培植中"
        ))  # fmt: skip
    tell(place, one.id, **GRANTED, drawn_on=DAY, drawn=10_000_000)
    (matching,) = place.ledger.find(Query(Matching))
    found = place.ledger.get(Cultivation, entry)
    assert matching.cultivation == entry
    assert found is not None
    assert found.state == "已获贷"


def test_a_person_may_empty_what_a_blank_never_does(place: County):
    one = place.at(0)[0].id
    tell(place, one, **GRANTED)
    tell(place, one, rate=None)
    assert place.ledger.find(Query(Credit))[0].rate == 38_500
    deciding.answer(place.ledger, {one: {}}, DAY, erase={one: ["rate", "decision"]})
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.rate is None
    assert credit.granted


def test_contacts_of_many_firms_are_one_step(place: County):
    some = [r.id for r in place.at(0)]
    tell(place, some[0], contacted_on=PUSHED)
    made = deciding.contact(place.ledger, some, DAY, "电话")
    assert len(made.done) == 3
    assert "已经对接过" in made.refused[0].why
    assert {m.method for m in place.ledger.find(Query(Matching))} == {None, "电话"}


def test_clocks_run_until_the_bank_has_decided(place: County):
    one = place.at(0)[0].id

    def clocks():
        with place.ledger.read() as rows:
            return {c.what: c.due for c in bank_clocks.clocks_of(rows, [one], DAY)[one]}

    assert set(clocks()) == {"对接企业"}
    tell(place, one, contacted_on=PUSHED, complete_on=DAY)
    assert clocks() == {"授信决定": DAY + timedelta(days=30)}
    with place.ledger.read() as rows:
        assert one in bank_clocks.late(rows, DAY + timedelta(days=31))
        assert one not in bank_clocks.late(rows, DAY + timedelta(days=30))
    tell(place, one, decision="授信", decided_on=DAY, amount=1_000_000)
    assert not clocks()


def test_the_hint_of_a_reason_is_read_and_comes_down_to_an_obstacle():
    assert read_advice("看情况　银行　说明真实用途，改报合规用途") == (
        None,
        "银行",
        "说明真实用途，改报合规用途",
    )
    assert read_advice("") == (None, "", "")
    assert [obstacle_of(w) for w in ("缺抵质押、担保", "流水、财务不全", "征信逾期、不良", "联系不上", None)] == [
        "缺抵押", "财务不规范", "征信问题", "缺信息", "其他",
    ]  # fmt: skip


def test_days_are_of_the_day_that_is_told(place: County):
    one = place.at(0)[0].id
    tell(place, one, qualified=True, wants_money=False)
    found = place.ledger.get(Referral, one)
    assert found is not None
    assert (found.qualified_on, found.wants_on) == (DAY, DAY)
    assert found.answered_on == DAY
    assert isinstance(found.qualified_on, date)
