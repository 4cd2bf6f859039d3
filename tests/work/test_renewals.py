"""Loans falling due: proposed once, asked, listed, ended in one of six ways, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import Drawdown, Loan, Renewal, Repayment
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import parameters, renewal_ends, renewing
from ledger_desk.work.renewal_ends import Ending, decide, take_back, why_not
from tests.work.season_parts import TODAY, banks, borrow, county, firms

DUE = date(2024, 12, 1)
NEXT = date(2025, 12, 1)
BEFORE = date(2024, 11, 28)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with county(tmp_path) as made:
        yield made


@pytest.fixture
def loan(ledger: Ledger) -> str:
    return borrow(ledger, firms(ledger, 1)[0], banks(ledger)["新县农商行"])


def only(ledger: Ledger) -> Renewal:
    (found,) = ledger.find(Query(Renewal))
    return found


def proposed(ledger: Ledger) -> str:
    return renewing.propose(ledger, today=TODAY).done[0]


def test_loans_due_within_the_office_s_days_are_proposed_and_never_twice(ledger) -> None:
    firm, bank = firms(ledger, 1)[0], banks(ledger)["新县农商行"]
    last = TODAY + timedelta(days=30)
    inside = borrow(ledger, firm, bank, due_on=last)
    late = borrow(ledger, firm, bank, due_on=TODAY - timedelta(days=3))
    borrow(ledger, firm, bank, due_on=last + timedelta(days=1))
    borrow(ledger, firm, bank, due_on=last, settled_on=TODAY)
    borrow(ledger, firm, bank, due_on=last, balance=0)
    first = renewing.propose(ledger, today=TODAY)
    assert {each.loan for each in ledger.find(Query(Renewal))} == {inside, late}
    assert len(first.done) == 2
    assert first.step is not None
    again = renewing.propose(ledger, today=TODAY)
    assert (list(again.done), again.step) == ([], None)
    forced = renewing.propose(ledger, [inside], today=TODAY)
    assert "已经列入续贷" in forced.refused[0].why
    ledger.undo()
    assert ledger.count(Query(Renewal)) == 0


def test_the_days_are_a_parameter_of_the_office(ledger, loan) -> None:
    parameters.put(ledger, "clock.renewal_days", 5, date(2024, 1, 1), "本县试行")
    assert not renewing.propose(ledger, today=TODAY).done
    parameters.put(ledger, "clock.renewal_days", 11, date(2024, 1, 1), "改回")
    assert len(renewing.propose(ledger, today=TODAY).done) == 1


def test_what_falls_due_is_the_balance_or_what_was_paid_out_less_paid_back(ledger) -> None:
    firm, bank = firms(ledger, 1)[0], banks(ledger)["新县农商行"]
    stated = borrow(ledger, firm, bank, balance=20_000_000)
    paid = borrow(ledger, firm, bank, amount=90_000_000)
    bare = borrow(ledger, firm, bank)
    with ledger.step("还款") as step:
        step.create(Drawdown(loan=paid, day=date(2024, 1, 5), amount=40_000_000))
        step.create(Repayment(loan=paid, day=date(2024, 6, 5), amount=10_000_000))
    renewing.propose(ledger, today=TODAY)
    found = {each.loan: each.due_amount for each in ledger.find(Query(Renewal))}
    assert found == {stated: 20_000_000, paid: 30_000_000, bare: 50_000_000}


def test_a_renewal_without_repayment_makes_the_new_loan_and_settles_the_old_in_one_step(
    ledger, loan
) -> None:
    renewal = proposed(ledger)
    renewing.ask(ledger, [renewal], True, TODAY)
    assert only(ledger).wanted_amount == 50_000_000
    outcome = decide(
        ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT, contract="HT-2")
    )
    made = only(ledger)
    new, old = ledger.get(Loan, made.new_loan), ledger.get(Loan, loan)
    assert (new.form, new.bank, new.enterprise) == ("无还本续贷", old.bank, old.enterprise)
    assert (new.signed_on, new.due_on, new.amount, new.contract) == (
        BEFORE,
        NEXT,
        50_000_000,
        "HT-2",
    )
    assert (old.settled_on, old.balance) == (BEFORE, 0)
    assert outcome.step is not None
    ledger.undo(outcome.step)
    assert only(ledger).way is None
    assert ledger.get(Loan, loan).settled_on is None
    assert ledger.count(Query(Loan)) == 1


def test_signed_on_the_due_day_is_a_renewal_and_a_day_later_is_not(ledger, loan) -> None:
    renewal = proposed(ledger)
    late = decide(ledger, [renewal], Ending("无还本续贷", DUE + timedelta(days=1), new_due_on=NEXT))
    assert "到期以后才签" in late.refused[0].why
    assert late.step is None
    assert decide(ledger, [renewal], Ending("无还本续贷", DUE, new_due_on=NEXT)).done


@pytest.mark.parametrize("grade", renewal_ends.BAD_GRADES)
def test_a_loan_gone_bad_is_not_renewed_but_can_be_rescheduled(ledger, loan, grade) -> None:
    with ledger.step("分类") as step:
        step.change(Loan, loan, {"grade": grade})
    renewal = proposed(ledger)
    refused = decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT)).refused
    assert grade in refused[0].why
    assert decide(ledger, [renewal], Ending("调整还款安排", BEFORE)).done
    assert ledger.get(Loan, loan).settled_on is None


def test_the_negative_list_asks_for_a_reason_and_stops_a_renewal(ledger, loan) -> None:
    renewal = proposed(ledger)
    with pytest.raises(UserError, match="原因"):
        renewing.put_on_list(ledger, [renewal], "负面清单", " ")
    renewing.put_on_list(ledger, [renewal], "负面清单", "挪用贷款")
    refused = decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT)).refused
    assert "挪用贷款" in refused[0].why
    renewing.put_on_list(ledger, [renewal], "未列入")
    assert decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT)).done


def test_an_extension_moves_the_due_day_and_can_fall_due_again(ledger, loan) -> None:
    renewal = proposed(ledger)
    early = decide(ledger, [renewal], Ending("展期", BEFORE, new_due_on=DUE))
    assert "不晚于原到期日" in early.refused[0].why
    later = date(2024, 12, 15)
    decide(ledger, [renewal], Ending("展期", BEFORE, new_due_on=later))
    old = ledger.get(Loan, loan)
    assert (old.due_on, old.form, old.settled_on) == (later, "展期", None)
    assert renewing.propose(ledger, today=TODAY).done
    assert {each.due_on for each in ledger.find(Query(Renewal))} == {DUE, later}


def test_paid_back_and_lent_again_are_kept_apart_from_a_renewal(ledger, loan) -> None:
    renewal = proposed(ledger)
    decide(ledger, [renewal], Ending("还后再贷", date(2024, 12, 5), new_due_on=NEXT))
    assert ledger.get(Loan, only(ledger).new_loan).form == "新增"
    assert take_back(ledger, [renewal]).done
    decide(ledger, [renewal], Ending("正常收回", date(2024, 12, 5)))
    assert ledger.get(Loan, loan).settled_on == date(2024, 12, 5)
    assert only(ledger).new_loan is None


def test_not_renewed_needs_a_reason_and_leaves_the_loan_open(ledger, loan) -> None:
    renewal = proposed(ledger)
    with pytest.raises(UserError, match="原因"):
        decide(ledger, [renewal], Ending("未续贷", DUE))
    decide(ledger, [renewal], Ending("未续贷", DUE, why_not="银行未同意"))
    assert (only(ledger).why_not, ledger.get(Loan, loan).settled_on) == ("银行未同意", None)


def test_what_was_ended_cannot_be_asked_listed_or_ended_again(ledger, loan) -> None:
    renewal = proposed(ledger)
    decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT))
    for outcome in (
        renewing.ask(ledger, [renewal], True, TODAY),
        renewing.put_on_list(ledger, [renewal], "负面清单", "理由"),
        decide(ledger, [renewal], Ending("正常收回", DUE)),
    ):
        assert outcome.step is None
        assert outcome.refused[0].why.endswith("。")


def test_taking_back_gives_the_ledger_of_before(ledger, loan) -> None:
    with ledger.step("放款") as step:
        step.create(Drawdown(loan=loan, day=date(2023, 12, 1), amount=50_000_000))
    renewal = proposed(ledger)
    decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT))
    assert ledger.count(Query(Repayment)) == 1
    take_back(ledger, [renewal])
    assert ledger.count(Query(Repayment)) == 0
    assert ledger.count(Query(Loan)) == 1
    old = ledger.get(Loan, loan)
    assert (old.settled_on, old.due_on, old.balance) == (None, DUE, 50_000_000)
    assert only(ledger).way is None
    decide(ledger, [renewal], Ending("无还本续贷", BEFORE, new_due_on=NEXT))
    with ledger.step("还款") as step:
        step.create(Repayment(loan=only(ledger).new_loan, day=NEXT, amount=1))
    assert "已经有还款" in take_back(ledger, [renewal]).refused[0].why


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    way=st.sampled_from(sorted({"无还本续贷", "展期", "调整还款安排", "还后再贷", "正常收回", "未续贷"})),
    off=st.integers(-40, 40), grade=st.sampled_from([None, "正常", "关注", "次级", "可疑", "损失"]),
    listed=st.sampled_from([None, "正面清单", "负面清单", "未列入"]),
    settled=st.booleans(), ended=st.booleans(), known=st.booleans(), ahead=st.integers(-5, 400),
)  # fmt: skip
def test_a_renewal_without_repayment_is_allowed_exactly_by_its_definition(
    way, off, grade, listed, settled, ended, known, ahead
) -> None:
    signed = DUE + timedelta(days=off)
    renewal = Renewal(due_on=DUE, list_name=listed, way="展期" if ended else None)
    old = Loan(grade=grade, settled_on=DUE if settled else None) if known else None
    why = why_not(renewal, old, Ending(way, signed, new_due_on=signed + timedelta(days=ahead)))
    bad = known and grade in ("次级", "可疑", "损失")
    closed = known and settled
    if way == "无还本续贷":
        allowed = not ended and off <= 0 and listed != "负面清单" and not bad and not closed
        assert (why == "") == allowed
    if ended or (closed and way != "正常收回"):
        assert why
    assert why == "" or why.endswith("。")
