"""Going back to a step, bringing back one record or field, and the recycle bin over all records."""

from __future__ import annotations

import random

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.model.records import (
    Bank,
    Dispatch,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Office,
    Person,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

from .conftest import snapshot


def _records(ledger: Ledger) -> dict:
    found = snapshot(ledger)
    return {table: rows for table, rows in found.items() if table != "dispatch"}


def _story(ledger: Ledger) -> tuple[str, str]:
    with ledger.step("装入", "import") as step:
        one, two = step.create_many(
            Enterprise, [{"name": "甲", "capital": 1}, {"name": "乙", "phone": "1"}]
        )
    with ledger.step("贷款") as step:
        loan = step.create(Loan(enterprise=one, amount=5))
        step.create(Drawdown(loan=loan, amount=5))
    with ledger.step("改") as step:
        step.change(Enterprise, one, {"capital": 2, "phone": "139"})
        step.remove(Enterprise, two)
    return one, two


def test_going_back_takes_all_later_steps_back_in_one_that_can_be_undone_and_redone(ledger) -> None:
    _story(ledger)
    states = {step.id: step.undone for step in ledger.log(10)}
    now = _records(ledger)
    with ledger.as_of(2) as past:
        then = past.find(Query(Enterprise))
    found = ledger.plan_back(2)
    assert (found.plan.restored, found.plan.gone, found.steps) == (4, 2, 2)
    assert {(p.label, p.returned, p.changed, p.gone) for p in found.parts} == {
        ("经营主体", 0, 2, 0), ("贷款", 0, 0, 1), ("放款", 0, 0, 1),
    }  # fmt: skip
    step = ledger.go_back(2)
    assert (step.id, step.rows, step.name) == (5, 4, "回到第 2 步“装入”之后")
    assert ledger.find(Query(Enterprise)) == then
    assert ledger.count(Query(Loan)) == 0
    back = _records(ledger)
    assert [s.undone for s in ledger.log(10)] == [False, True, True, False, False]
    assert ledger.undo_name() == step.name
    ledger.undo()
    assert _records(ledger) == now
    assert {s.id: s.undone for s in ledger.log(10)} == states | {5: True, 6: False}
    assert ledger.undo_name() == "改"
    assert ledger.redo_name() == step.name
    ledger.redo()
    assert _records(ledger) == back
    ledger.undo()
    assert _records(ledger) == now
    assert ledger.verify() == []


def test_after_going_back_older_steps_can_still_be_taken_back_one_by_one(ledger) -> None:
    one, two = _story(ledger)
    ledger.go_back(2)
    plan = ledger.plan_undo()
    assert plan.kept == ()
    ledger.undo(2)
    assert ledger.count(Query(Enterprise)) == 0
    assert ledger.get(Enterprise, one) is None
    ledger.redo()
    assert ledger.get(Enterprise, two).phone == "1"


def test_steps_that_were_gone_past_are_not_undone_or_redone_alone(ledger) -> None:
    _story(ledger)
    ledger.undo(4)
    back = ledger.go_back(2).id
    for work in (ledger.undo, ledger.redo):
        with pytest.raises(UserError, match=f"随第 {back} 步"):
            work(4)
    assert ledger.log(1)[0].id == back
    assert ledger.undo_name() == ledger.log(1)[0].name
    with pytest.raises(UserError, match=f"随第 {back} 步"):
        ledger.undo(5)


def test_an_undo_that_was_gone_past_no_longer_counts(ledger) -> None:
    one, _ = _story(ledger)
    ledger.undo(4)
    assert ledger.get(Enterprise, one).capital == 1
    ledger.go_back(4)
    assert ledger.get(Enterprise, one).capital == 2
    assert {s.id: s.undone for s in ledger.log(10)} == {
        1: False, 2: False, 3: False, 4: False, 5: True, 6: False,
    }  # fmt: skip
    ledger.undo(4)
    assert ledger.get(Enterprise, one).capital == 1
    assert ledger.verify() == []


def test_what_is_edited_after_going_back_is_kept_when_that_is_undone(ledger) -> None:
    one, two = _story(ledger)
    back = ledger.go_back(2).id
    with ledger.step("后改") as step:
        step.change(Enterprise, one, {"capital": 9})
    plan = ledger.plan_undo(back)
    assert [(k.record, k.fields, k.fixed) for k in plan.kept] == [(one, ("capital",), False)]
    ledger.undo(back)
    firm = ledger.get(Enterprise, one)
    assert (firm.capital, firm.phone) == (9, "139")
    assert ledger.get(Enterprise, two).removed
    ledger.redo(back)
    with pytest.raises(UserError, match=f"随第 {back} 步"):
        ledger.undo(3)


def test_what_left_and_who_signed_is_kept_and_said_so(ledger, tmp_path) -> None:
    with ledger.step("人") as step:
        person = step.create(Person(name="钱乙"))
    ledger.work_as(person)
    with ledger.step("户") as step:
        firm = step.create(Enterprise(name="甲"))
    path = tmp_path / "名单.csv"
    path.write_text("甲", encoding="utf-8")
    register(ledger, path, Leaving("名单", 1, None, "市专班", "核对", "遮盖"))
    found = ledger.plan_back(1)
    whys = {item.table: item.why for item in found.plan.kept}
    assert "名字要留着" in whys["person"]
    assert "收不回来" in whys["dispatch"]
    ledger.go_back(1)
    assert ledger.get(Enterprise, firm) is None
    assert ledger.person.name == "钱乙"
    assert ledger.count(Query(Dispatch)) == 1
    assert ledger.verify() == []


def test_there_is_nothing_to_go_back_to_after_the_last_step_or_where_all_is_so(ledger) -> None:
    _story(ledger)
    with pytest.raises(UserError, match="就是最近一步"):
        ledger.plan_back(4)
    with pytest.raises(UserError, match="没有第 77 步"):
        ledger.go_back(77)
    ledger.go_back(2)
    with pytest.raises(UserError, match="没有要退回的"):
        ledger.go_back(2)


def test_a_firm_taken_back_altogether_comes_back_with_what_hung_on_it(ledger) -> None:
    one, _ = _story(ledger)
    ledger.undo(4)
    ledger.undo(3)
    ledger.undo(2)
    assert ledger.count(Query(Enterprise)) == 0
    step, kept = ledger.bring_back("恢复 甲", [("enterprise", one)], 4, children=True)
    assert (step.rows, kept) == (3, ())
    assert ledger.get(Enterprise, one).capital == 2
    assert ledger.find(Query(Drawdown))[0].amount == 5
    ledger.undo()
    assert ledger.count(Query(Loan)) == ledger.count(Query(Enterprise)) == 0


def test_one_field_comes_back_and_the_others_stay(ledger) -> None:
    one, two = _story(ledger)
    ledger.bring_back("恢复 甲 的注册资本", [("enterprise", one)], 3, fields=["capital"])
    firm = ledger.get(Enterprise, one)
    assert (firm.capital, firm.phone) == (1, "139")
    with pytest.raises(UserError, match="现在就是这样"):
        ledger.bring_back("再来", [("enterprise", one)], 3, fields=["capital"])
    with pytest.raises(UserError, match="那时账里还没有它"):
        ledger.bring_back("太早", [("enterprise", one)], 1)
    ledger.undo()
    assert ledger.get(Enterprise, one).capital == 2
    ledger.bring_back("恢复 乙", [("enterprise", two)], 2)
    assert not ledger.get(Enterprise, two).removed


def test_a_code_that_another_firm_has_by_now_does_not_come_back(ledger) -> None:
    code = "91411523MA40LC9P3X"
    with ledger.step("甲") as step:
        one = step.create(Enterprise(name="甲", code=code))
    with ledger.step("删") as step:
        step.remove(Enterprise, one)
    with ledger.step("乙") as step:
        step.create(Enterprise(name="乙", code=code))
    for work in (
        lambda: ledger.bring_back("恢复 甲", [("enterprise", one)], 2),
        lambda: ledger.take_out("恢复 甲", [("enterprise", one)]),
    ):
        with pytest.raises(UserError, match="另有一户用着"):
            work()
    ledger.go_back(2)
    assert [f.name for f in ledger.find(Query(Enterprise))] == ["甲"]
    ledger.undo()
    assert [f.name for f in ledger.find(Query(Enterprise))] == ["乙"]


def test_the_bin_holds_all_kinds_of_records_and_tells_whose_and_by_whom(ledger) -> None:
    from ledger_desk.store import recycling

    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲"))
        bank = step.create(Bank(name="农商行"))
        match = step.create(Matching(enterprise=firm, bank=bank))
        loan = step.create(Loan(enterprise=firm, matching=match, bank=bank, contract="合同一"))
        paid = step.create(Drawdown(loan=loan, amount=3))
    for cls, record in ((Drawdown, paid), (Loan, loan), (Bank, bank), (Enterprise, firm)):
        with ledger.step(f"删{cls.LABEL}") as step:
            step.remove(cls, record)
    found = ledger.binned()
    assert [each.record for each in found] == [firm, bank, loan, paid]
    with ledger.read() as rows:
        told = recycling.describe(rows, found)
        above, under = recycling.family(rows, [("loan", loan)])
    assert [(t.binned.record, t.firm.name if t.firm else None, t.under) for t in told] == [
        (firm, None, 2), (bank, None, 2), (loan, "甲", 1), (paid, "甲", 0),
    ]  # fmt: skip
    assert {t.person for t in told} == {"程甲"}
    assert told[2].step_name == "删贷款"
    assert set(above) == {("enterprise", firm), ("bank", bank)}
    assert under == [("drawdown", paid)]
    step, kept = ledger.take_out("恢复", [("loan", loan), *above, *under])
    assert (step.rows, kept, ledger.binned()) == (4, (), [])
    with pytest.raises(UserError, match="已经不在回收站里"):
        ledger.take_out("恢复", [("loan", loan)])


def _edit_at_random(ledger: Ledger, rng: random.Random, firms: list[str]) -> None:
    with ledger.step("改") as step:
        some = rng.sample(firms, 2)
        step.change_many(Enterprise, [(firm, {"staff": rng.randrange(10**6)}) for firm in some])
        step.change(Enterprise, some[0], {"phone": str(rng.random())})


def _back_and_forth(path, edits: int, restarts: int) -> None:
    """Make random edits, undo them all, do them all again, with restarts; values must be equal."""
    rng = random.Random(5)
    ledger = Ledger.create(path, office=Office(name="甲"))
    with ledger.step("名录") as step:
        firms = step.create_many(Enterprise, [{"name": f"第{n}户"} for n in range(300)])
    begin = snapshot(ledger)
    states = []
    for kind in ("edit", "undo", "redo"):
        for number in range(edits):
            if number % (edits // restarts) == 0:
                ledger.close()
                ledger = Ledger.open(path)
            if kind == "edit":
                _edit_at_random(ledger, rng, firms)
            elif kind == "undo":
                ledger.undo()
            else:
                ledger.redo()
        states.append(snapshot(ledger))
    edited, undone, redone = states
    assert undone == begin
    assert redone == edited
    assert edited != begin
    assert ledger.verify() == []
    ledger.close()


def test_undo_and_redo_of_many_random_edits_with_restarts_gives_equal_values(tmp_path) -> None:
    _back_and_forth(tmp_path / "a.账套", 60, 6)


@pytest.mark.slow
def test_undo_and_redo_of_a_thousand_random_edits_with_restarts_gives_equal_values(
    tmp_path,
) -> None:
    _back_and_forth(tmp_path / "a.账套", 1000, 20)
