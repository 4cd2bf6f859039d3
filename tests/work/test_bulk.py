"""One field of many records; what they are called in sentences; one of several conditions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.model.records import Bank, Drawdown, Enterprise, Loan, Matching, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import bulk
from ledger_desk.work.calling import call_all, firm_path

LOANS = 4


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "甲.账套", office=office) as made:
        with made.step("装入") as step:
            firms = [step.create(Enterprise(name=f"泗店{n}厂")) for n in range(LOANS)]
            bank = step.create(Bank(name="新县农商行"))
            for n, firm in enumerate(firms):
                step.create(Loan(enterprise=firm, bank=bank, contract=f"第{n}号", amount=n * 1_000_000))  # fmt: skip
            step.create(Matching(enterprise=firms[0], bank=bank, day=date(2024, 11, 5)))
        yield made


def ids(ledger: Ledger) -> list[str]:
    return [loan.id for loan in ledger.find(Query(Loan, sort=(("contract", False),)))]


def test_many_get_one_value_in_one_step_and_undo_gives_each_its_own_back(ledger: Ledger) -> None:
    before = [loan.amount for loan in ledger.find(Query(Loan))]
    outcome = bulk.change(ledger, Loan, ids(ledger), "amount", "2", noun="笔")
    assert len(outcome.done) == LOANS - 1  # one had it already
    assert not outcome.refused
    assert ledger.log(1)[0].id == outcome.step
    assert ledger.log(1)[0].name == "批量改 3 笔贷款的“合同金额(万元)”"
    assert {loan.amount for loan in ledger.find(Query(Loan))} == {2_000_000}
    ledger.undo(outcome.step)
    assert [loan.amount for loan in ledger.find(Query(Loan))] == before


def test_what_cannot_be_changed_is_named_with_the_reason(ledger: Ledger) -> None:
    outcome = bulk.change(ledger, Loan, ids(ledger), "due_on", "2024-02-30")
    assert outcome.step is None
    assert not outcome.done
    assert [each.title for each in outcome.refused] == [f"泗店{n}厂 第{n}号" for n in range(LOANS)]
    assert all("2024-02-30" in each.why for each in outcome.refused)


def test_an_empty_text_empties(ledger: Ledger) -> None:
    outcome = bulk.change(ledger, Loan, ids(ledger)[1:3], "amount", "")
    assert len(outcome.done) == 2
    assert ledger.count(Query(Loan, (Where("amount", "blank"),))) == 2


def test_records_without_a_name_are_called_by_firm_and_day(ledger: Ledger) -> None:
    with ledger.read() as rows:
        met = rows.ids(Query(Matching))
        assert list(call_all(rows, Matching, met).values()) == ["泗店0厂 2024-11-05"]
        firms = rows.ids(Query(Enterprise))
        assert "泗店1厂" in call_all(rows, Enterprise, firms).values()
    assert firm_path(Drawdown) == "loan.enterprise"
    assert firm_path(Bank) == ""
    with ledger.step("放款") as step:
        drawn = step.create(Drawdown(loan=ids(ledger)[2], day=date(2024, 11, 8)))
    with ledger.read() as rows:
        assert call_all(rows, Drawdown, [drawn]) == {drawn: "泗店2厂 2024-11-08"}


def test_one_of_several_conditions_is_enough(ledger: Ledger) -> None:
    either = Where("", "any", (Where("contract", "contains", "第1"), Where("enterprise.name", "=", "泗店3厂")))  # fmt: skip
    with ledger.read() as rows:
        found = [loan.contract for loan in rows.find(Query(Loan, (either,), sort=(("contract", False),)))]  # fmt: skip
        both = Query(Loan, (either, Where("amount", ">", 1_000_000)))
        assert rows.count(both) == 1
        assert rows.count(Query(Loan, (Where("", "any", ()),))) == 0
    assert found == ["第1号", "第3号"]
