from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import Bank, Enterprise, Matching, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

from .conftest import snapshot


def test_undo_of_an_import_leaves_equal_rows_and_redo_brings_them_back_after_reopening(ledger):
    with ledger.step("先有一户") as step:
        old = step.create(Enterprise(name="老户", capital=5))
    before = snapshot(ledger)
    with ledger.step("装入名单", "import") as step:
        step.create_many(
            Enterprise, [{"name": f"第{i}户", "founded": date(2020, 1, 1)} for i in range(300)]
        )
        step.change(Enterprise, old, {"capital": 6, "phone": "1"})
    after = snapshot(ledger)
    ledger.close()
    with Ledger.open(ledger.path) as again:
        assert again.undo_name() == "装入名单"
        again.undo()
        assert snapshot(again) == before
        assert again.redo_name() == "装入名单"
    with Ledger.open(ledger.path) as again:
        again.redo()
        assert snapshot(again) == after
        assert again.redo_name() is None
        assert again.verify() == []


def test_undo_keeps_what_was_edited_since_and_says_so(ledger):
    with ledger.step("装入", "import") as step:
        one, two = step.create_many(Enterprise, [{"name": "甲"}, {"name": "乙"}])
    imported = step.result.id
    with ledger.step("改甲") as step:
        step.change(Enterprise, one, {"phone": "139"})
    plan = ledger.plan_undo(imported)
    assert [(k.record, k.fields) for k in plan.kept] == [(one, ("phone",))]
    ledger.undo(imported)
    assert ledger.get(Enterprise, two) is None
    assert ledger.get(Enterprise, one).phone == "139"
    ledger.redo()
    assert ledger.get(Enterprise, two).name == "乙"


def test_undo_restores_only_fields_that_are_still_the_steps_own(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", phone="1", capital=1))
    with ledger.step("改两项") as step:
        step.change(Enterprise, firm, {"phone": "2", "capital": 2})
    changed = step.result.id
    with ledger.step("再改电话") as step:
        step.change(Enterprise, firm, {"phone": "3"})
    ledger.undo(changed)
    found = ledger.get(Enterprise, firm)
    assert (found.phone, found.capital) == ("3", 1)
    with pytest.raises(UserError, match="已经撤销过"):
        ledger.undo(changed)


def test_a_record_others_hang_on_is_kept_and_by_force_goes_to_the_recycle_bin(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲"))
        bank = step.create(Bank(name="农行"))
    made = step.result.id
    with ledger.step("对接") as step:
        step.create(
            Matching(enterprise=firm, bank=bank, office=ledger.office.id, day=date(2024, 1, 2))
        )
    assert {k.record for k in ledger.plan_undo(made).kept} == {firm, bank}
    with pytest.raises(UserError, match="没有撤销"):
        ledger.undo(made)
    ledger.undo(made, force=True)
    assert ledger.get(Enterprise, firm).removed
    assert ledger.count(Query(Enterprise)) == 0
    ledger.redo()
    assert ledger.count(Query(Enterprise)) == 1
    assert ledger.verify() == []


def test_a_new_step_ends_redo(ledger):
    with ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
    ledger.undo()
    with ledger.step("二") as step:
        step.create(Enterprise(name="乙"))
    assert ledger.redo_name() is None
    with pytest.raises(UserError, match="没有可以重做"):
        ledger.redo()


def test_undo_all_the_way_back_and_forward_again(ledger):
    states = [snapshot(ledger)]
    firm = ""
    for number in range(6):
        with ledger.step(f"第{number}步") as step:
            if number == 0:
                firm = step.create(Enterprise(name="甲"))
            elif number == 3:
                step.remove(Enterprise, firm)
            elif number == 4:
                step.restore(Enterprise, firm)
            else:
                step.change(Enterprise, firm, {"name": f"名{number}", "staff": number})
        states.append(snapshot(ledger))
    for state in reversed(states[:-1]):
        ledger.undo()
        assert snapshot(ledger) == state
    for state in states[1:]:
        ledger.redo()
        assert snapshot(ledger) == state
    assert ledger.verify() == []


_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(0, 5), st.integers(0, 3)),
        st.tuples(st.just("change"), st.integers(0, 5), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
        st.tuples(st.just("redo"), st.just(0), st.just(0)),
        st.tuples(st.just("reopen"), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=25)
@given(moves=_MOVES)
def test_undo_and_redo_walk_over_equal_states_like_a_simple_list_of_snapshots(
    tmp_path_factory, moves
):
    """Oracle: a list of states with a finger in it, as a text editor would keep."""
    path = tmp_path_factory.mktemp("l") / "l.ledger"
    ledger = Ledger.create(path, office=Office(name="甲", level="county"), person=Person(name="乙"))
    try:
        firms: list[str] = []
        states, here = [snapshot(ledger)], 0
        for what, which, value in moves:
            if what == "reopen":
                ledger.close()
                ledger = Ledger.open(path)
                assert snapshot(ledger) == states[here]
            elif what == "undo":
                if here == 0:
                    continue
                ledger.undo()
                here -= 1
                assert snapshot(ledger) == states[here]
            elif what == "redo":
                if here == len(states) - 1:
                    with pytest.raises(UserError):
                        ledger.redo()
                    continue
                ledger.redo()
                here += 1
                assert snapshot(ledger) == states[here]
            else:
                with ledger.step(f"{what}{which}{value}") as step:
                    if what == "create":
                        firms.append(step.create(Enterprise(name=f"甲{value}", staff=value)))
                    elif firms and what == "change":
                        step.change(
                            Enterprise,
                            firms[which % len(firms)],
                            {"staff": value, "note": str(value)},
                        )
                    elif firms:
                        step.remove(Enterprise, firms[which % len(firms)])
                if step.result is not None:
                    states[here + 1 :] = [snapshot(ledger)]
                    here += 1
        assert ledger.verify() == []
    finally:
        ledger.close()
