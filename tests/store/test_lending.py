from __future__ import annotations

from datetime import date

from ledger_desk.model.lending import YEARS, first_loan, lenders
from ledger_desk.model.parameters import Holding, write
from ledger_desk.model.records import (
    Bank,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Repayment,
    Setting,
)
from ledger_desk.store import lending
from ledger_desk.store.queries import Query, Where


def test_the_borrowing_of_firms_is_read_as_it_stands(ledger):
    with ledger.step("建") as step:
        one, two, none = (step.create(Enterprise(name=name)) for name in "甲乙丙")
        bank = step.create(Bank(name="某某农村商业银行", short="农商行"))
        loan = step.create(
            Loan(enterprise=one, bank=bank, signed_on=date(2024, 1, 1), due_on=date(2025, 1, 1))
        )
        for day, amount in ((date(2024, 3, 1), 7), (date(2024, 2, 1), 5)):
            step.create(Drawdown(loan=loan, day=day, amount=amount))
        step.create(Repayment(loan=loan, day=date(2024, 4, 1), amount=4))
        gone = step.create(Drawdown(loan=loan, day=date(2023, 1, 1), amount=99))
        step.remove(Drawdown, gone)
        lost = step.create(Loan(enterprise=one, bank=bank, balance=9))
        step.remove(Loan, lost)
        step.create(Loan(enterprise=two, bank=bank, settled_on=date(2020, 1, 1)))
        step.create(Cultivation(enterprise=two, prior_loan="无贷", checked_on=date(2024, 1, 1)))
        step.create(Cultivation(enterprise=two, state="培植中"))
    with ledger.read() as rows:
        found = lending.read(rows.connection, [one, two, none])
    assert set(found) == {one, two}
    (fact,) = found[one].loans
    assert (fact.bank, fact.bank_name, fact.followed) == (bank, "农商行", False)
    assert (fact.drawn_on, fact.drawn, fact.repaid, fact.settled) == (
        date(2024, 2, 1),
        12,
        4,
        False,
    )
    assert lenders(found[one].loans, "企业").count == 1
    assert first_loan(found[one].loans, found[one].checks).value == "未核"
    assert [check.found for check in found[two].checks] == ["无贷"]
    assert found[two].loans[0].settled
    assert lenders(found[two].loans, "企业").count == 0


def test_firms_are_judged_anew_when_the_office_looks_back_further(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲"))
        step.create(Loan(enterprise=firm, signed_on=date(2015, 1, 1), due_on=date(2016, 1, 1)))
        loan = step.create(Loan(enterprise=firm, signed_on=date(2024, 5, 1)))
        step.create(Drawdown(loan=loan, day=date(2024, 5, 1), amount=5))
        step.create(Cultivation(enterprise=firm, prior_loan="无贷", checked_on=date(2024, 1, 1)))
    first = Query(Enterprise, (Where("prior", "=", "首贷户"),))
    assert ledger.count(first) == 1
    with ledger.step("定口径") as step:
        text = write([Holding(date(2024, 1, 1), "20")])
        step.create(Setting(name=YEARS.name, value=text))
    assert ledger.count(first) == 0
    ledger.undo(step.result.id)
    assert ledger.count(first) == 1
