"""What is computed of a firm follows every change that it depends on, also of loans and settings."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.model.completeness import SETTING, written
from ledger_desk.model.records import (
    Bank,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Office,
    Repayment,
    Setting,
)
from ledger_desk.store import derived, health
from ledger_desk.store.ledger import Ledger

DAY = date(2025, 3, 1)


def beside(ledger, firm):
    with ledger.read() as rows:
        assert derived.check(rows.connection) == 0
        found = rows.beside(Enterprise, [firm])[firm]
    return found["prior"], found["lenders"]


def test_standing_and_lenders_follow_loans_checks_and_money(ledger):
    with ledger.step("建") as step:
        one, two = (step.create(Enterprise(name=name)) for name in "甲乙")
        bank = step.create(Bank(name="某某银行", type="农信系统"))
    assert beside(ledger, one) == ("未核", 0)
    with ledger.step("存量") as step:
        loan = step.create(Loan(enterprise=one, bank=bank, signed_on=date(2025, 2, 1)))
    assert beside(ledger, one) == ("有贷户", 1)
    with ledger.step("改户") as step:
        step.change(Loan, loan, {"enterprise": two})
    assert (beside(ledger, one), beside(ledger, two)) == (("未核", 0), ("有贷户", 1))
    ledger.undo()
    assert (beside(ledger, one), beside(ledger, two)) == (("有贷户", 1), ("未核", 0))
    with ledger.step("放款") as step:
        paid = step.create(Drawdown(loan=loan, day=DAY, amount=100))
        step.create(Cultivation(enterprise=one, prior_loan="无贷", checked_on=date(2025, 2, 1)))
    assert beside(ledger, one) == ("首贷户", 1)
    with ledger.step("还清") as step:
        step.create(Repayment(loan=loan, day=DAY, amount=100))
    assert beside(ledger, one) == ("首贷户", 0)
    with ledger.step("删放款") as step:
        step.remove(Drawdown, paid)
    assert beside(ledger, one) == ("有贷户", 1)
    with ledger.step("人工") as step:
        step.change(Enterprise, one, {"first_loan_set": "无贷户", "lenders_set": 4})
    assert beside(ledger, one) == ("无贷户", 4)
    while ledger.undo_name():
        ledger.undo()
        with ledger.read() as rows:
            assert derived.check(rows.connection) == 0


def test_what_the_office_requires_decides_completeness_and_can_be_waived(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", phone="13800000001"))

    def percent():
        with ledger.read() as rows:
            assert derived.check(rows.connection) == 0
            return rows.beside(Enterprise, [firm])[firm]["complete"]

    usual = percent()
    with ledger.step("设必填") as step:
        mark = step.create(
            Setting(name=SETTING, value=written({"name", "phone", "staff", "place"}))
        )
    assert percent() == 50
    with ledger.step("不要求") as step:
        step.change(Enterprise, firm, {"waived": "从业人数、经营地址", "waived_note": "流动摊位"})
    assert percent() == 100
    with ledger.step("新户") as step:
        other = step.create(Enterprise(name="乙"))
    with ledger.read() as rows:
        assert rows.beside(Enterprise, [other])[other]["complete"] == 25
    with ledger.step("删设置") as step:
        step.remove(Setting, mark)
    ledger.undo()
    assert percent() == 100
    for _ in range(3):
        ledger.undo()
    assert percent() == usual
    assert health.check(ledger).ok


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck),
          phases=[Phase.explicit, Phase.generate])  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 50), st.integers(0, 50)), max_size=25))
def test_after_any_history_the_index_is_what_it_would_be_made_anew(tmp_path_factory, deeds):
    path = tmp_path_factory.mktemp("账") / "账.ledger"
    with Ledger.create(path, office=Office(name="甲办", level="县级")) as ledger:
        with ledger.step("建") as step:
            firms = step.create_many(Enterprise, [{"name": f"{n}号"} for n in range(3)])
            bank = step.create(Bank(name="某某银行", type="其他"))
        loans: list[str] = []
        for kind, a, b in deeds:
            firm = firms[a % 3]
            loans = [loan for loan in loans if ledger.get(Loan, loan) is not None]  # undone ones
            with ledger.step("改") as step:
                if kind == 0:
                    loans.append(step.create(Loan(enterprise=firm, bank=bank, signed_on=DAY)))
                elif kind == 1:
                    step.create(Cultivation(enterprise=firm, prior_loan="无贷", checked_on=DAY))
                elif kind == 2 and loans:
                    step.create(Drawdown(loan=loans[b % len(loans)], day=DAY, amount=b))
                elif kind == 3 and loans:
                    step.create(Repayment(loan=loans[b % len(loans)], day=DAY, amount=a))
                elif kind == 4 and loans:
                    step.change(Loan, loans[b % len(loans)], {"enterprise": firm})
                elif kind == 5 and loans:
                    step.remove(Loan, loans[b % len(loans)])
            if kind == 6 and ledger.undo_name() not in (None, "建"):
                ledger.undo()
            with ledger.read() as rows:
                assert derived.check(rows.connection) == 0
