"""Undo of an import after random later edits, with and without choices, against snapshots."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.model.records import RECORDS, Bank, Enterprise, Matching, Office, Person, Verdict
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

from .conftest import snapshot

DAY = date(2024, 1, 2)
CODES = ("91A", "91B", "91C", None)


def rows_by_id(ledger: Ledger) -> dict[str, dict[str, object]]:
    """Every live or removed row by id, whatever its table."""
    found = {}
    with ledger.read() as rows:
        for cls in RECORDS:
            for row in rows.connection.exec_driver_sql(f"SELECT * FROM {cls.TABLE}").mappings():
                found[row["id"]] = dict(row)
    return found


def make_import(ledger: Ledger, made: int, changes: list[tuple[int, str, object]]) -> int:
    """One import: new firms with a new bank and their matchings, and changes of the old firms."""
    old = [firm.id for firm in ledger.find(Query(Enterprise))]
    with ledger.step("装入 名单.csv", kind="import") as step:
        bank = step.create(Bank(name="装入的银行"))
        firms = step.create_many(Enterprise, [{"name": f"新{n}", "staff": n} for n in range(made)])
        for firm in firms[::2]:
            step.create(Matching(enterprise=firm, bank=bank, office=ledger.office.id, day=DAY))
        for which, name, value in changes:
            record = old[which % len(old)]
            if name == "code" and _held(step.rows, value, record):
                continue
            step.change(Enterprise, record, {name: value})
    assert step.result is not None
    return step.result.id


def _held(rows, code, record) -> bool:
    found = rows.find(Query(Enterprise, (Where("code", "=", code),))) if code else []
    return any(firm.id != record for firm in found)


def edit(ledger: Ledger, what: str, a: int, b: int, value: object) -> None:
    """One later edit by a person, over whatever there is."""
    with ledger.read() as rows:
        firms = sorted(r.id for removed in (False, True) for r in rows.find(Query(Enterprise, removed=removed)))  # fmt: skip
        banks = sorted(r.id for r in rows.find(Query(Bank)))
        contacts = sorted(r.id for r in rows.find(Query(Matching)))
    one, other = firms[a % len(firms)], firms[b % len(firms)]
    if what == "undo":
        if ledger.undo_name() is not None and ledger.undo_name() != "装入 名单.csv":
            ledger.undo()
        return
    with ledger.step(f"后来{what}", kind="edit") as step:
        if what == "change":
            step.change(Enterprise, one, {("name", "staff", "phone")[b % 3]: (f"改{value}", value, f"1{value}")[b % 3]})  # fmt: skip
        elif what == "code":
            code = CODES[value % len(CODES)]
            if not step.rows.get(Enterprise, one).removed and not _held(step.rows, code, one):
                step.change(Enterprise, one, {"code": code})
        elif what == "remove":
            step.remove(Enterprise, one)
        elif what == "child" and banks:
            step.create(Matching(enterprise=one, bank=banks[b % len(banks)], office=ledger.office.id, day=DAY))  # fmt: skip
        elif what == "repoint" and contacts and banks:
            step.change(Matching, contacts[a % len(contacts)], {"bank": banks[b % len(banks)], "enterprise": other})  # fmt: skip
        elif what == "merge" and one != other:
            for contact in step.rows.find(Query(Matching, (Where("enterprise", "=", other),))):
                step.change(Matching, contact.id, {"enterprise": one})
            code = step.rows.get(Enterprise, other).code
            step.remove(Enterprise, other)
            if code and not step.rows.get(Enterprise, one).removed and not _held(step.rows, code, one):  # fmt: skip
                step.change(Enterprise, one, {"code": code})
            step.create(Verdict(one=one, other=other, verdict="同一户"))


# No shrinking: a failing case is small as it is, and each run opens a ledger.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
_NUMBER = st.integers(0, 9)
_CHANGED = st.one_of(
    st.tuples(_NUMBER, st.just("staff"), st.integers(10, 13)),
    st.tuples(_NUMBER, st.just("phone"), st.sampled_from(["139", "138", None])),
    st.tuples(_NUMBER, st.just("code"), st.sampled_from(CODES)),
)
_WHAT = st.sampled_from(["change", "code", "remove", "child", "repoint", "merge", "undo"])
_EDITS = st.lists(st.tuples(_WHAT, _NUMBER, _NUMBER, st.integers(0, 5)), max_size=8)


@pytest.mark.parametrize("how", ["none", "some", "all"])
@settings(max_examples=20, deadline=None, phases=_PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    made=st.integers(0, 4), changes=st.lists(_CHANGED, max_size=4), edits=_EDITS, pick=st.integers(0, 255)
)  # fmt: skip
def test_undo_keeps_exactly_what_it_says_and_redo_gives_the_state_before(
    tmp_path_factory, how, made, changes, edits, pick
) -> None:
    path = tmp_path_factory.mktemp("l") / "l.ledger"
    office, person = Office(name="甲", level="county"), Person(name="乙")
    with Ledger.create(path, office=office, person=person) as ledger:
        with ledger.step("原有") as step:
            old = step.create_many(
                Enterprise, [{"name": f"老{n}", "staff": n, "phone": "1"} for n in range(3)]
            )
            step.change(Enterprise, old[0], {"code": "91A"})
            step.create(Bank(name="老银行"))
        origin = rows_by_id(ledger)
        number = make_import(ledger, made, changes)
        imported = rows_by_id(ledger)
        for what, a, b, value in edits:
            edit(ledger, what, a, b, value)
        before, whole = rows_by_id(ledger), snapshot(ledger)
        base = ledger.plan_undo(number)
        kept_ids = [item.record for item in base.kept]
        revert = {
            "none": [], "all": kept_ids,
            "some": [r for n, r in enumerate(kept_ids) if pick >> (n % 8) & 1],
        }[how]  # fmt: skip
        plan = ledger.plan_undo(number, revert=revert)
        assert {i.record for i in base.kept} - set(revert) <= {i.record for i in plan.kept}
        told = ledger.kept(number, plan.kept)
        assert [item.kept for item in told] == list(plan.kept)
        if plan.restored == 0:
            with pytest.raises(UserError, match="没有撤销"):
                ledger.undo(number, revert=revert)
            return
        done = ledger.undo(number, revert=revert)
        after = rows_by_id(ledger)
        assert done.rows == plan.restored
        _compare(origin, imported, before, after, plan)
        assert plan.restored - base.restored <= len(set(revert))
        ledger.redo()
        assert snapshot(ledger) == whole
        assert ledger.verify() == []
        ledger.undo(number, revert=revert)  # whose each value is was put back as well
        assert rows_by_id(ledger) == after


def _compare(origin, imported, before, after, plan) -> None:
    kept = {}
    for item in plan.kept:
        kept.setdefault(item.record, set()).update(item.fields or before[item.record])
    for record, row in before.items():
        mine = record in imported and imported[record] != origin.get(record)
        if not mine:  # the import had nothing to do with it
            assert after[record] == row
        elif record in origin:  # changed by the import
            for name, value in row.items():
                ours = imported[record][name] != origin[record][name]
                stays = name in kept.get(record, ()) or not ours
                assert after[record][name] == (value if stays else origin[record][name]), name
        elif record in kept:
            assert after[record] == row
        else:  # made by the import: gone, or in the bin because others hang on it
            assert record not in after or after[record]["removed"] == 1
            if record in after:
                assert any(record in other.values() for key, other in after.items() if key != record)  # fmt: skip


def test_a_choice_for_one_record_leaves_the_others_as_they_are(ledger) -> None:
    with ledger.step("装入", "import") as step:
        one, two, three = step.create_many(Enterprise, [{"name": n} for n in "甲乙丙"])
    number = step.result.id
    with ledger.step("改两户") as step:
        step.change_many(Enterprise, [(one, {"phone": "139"}), (two, {"phone": "138"})])
    plan = ledger.plan_undo(number)
    assert (plan.restored, plan.gone, {k.record for k in plan.kept}) == (1, 1, {one, two})
    ledger.undo(number, revert=[two])
    assert ledger.get(Enterprise, one).phone == "139"
    assert ledger.get(Enterprise, two) is None
    assert ledger.get(Enterprise, three) is None
    ledger.redo(number)
    assert ledger.get(Enterprise, two).phone == "138"


def test_what_was_edited_since_is_told_with_both_values_who_and_when(ledger) -> None:
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", phone="1"))
        other = step.create(Person(name="卢乙"))
    with ledger.step("装入", "import") as step:
        step.change(Enterprise, firm, {"phone": "2"})
        bank = step.create(Bank(name="新行"))
    number = step.result.id
    ledger.work_as(other)
    with ledger.step("再改") as step:
        step.change(Enterprise, firm, {"phone": "3"})
        step.create(Matching(enterprise=firm, bank=bank, office=ledger.office.id, day=DAY))
    last = step.result
    told = {item.kept.record: item for item in ledger.kept(number, ledger.plan_undo(number).kept)}
    phone = told[firm].fields[0]
    assert (told[firm].title, told[firm].made) == ("甲", False)
    assert (phone.label, phone.before, phone.wrote, phone.now) == (phone.spec.label, "1", "2", "3")
    assert (phone.person, phone.at) == ("卢乙", last.at)
    hanging = told[bank].fields[0]
    assert (told[bank].made, hanging.label, hanging.now, hanging.person) == (True, "银企对接", 1, "卢乙")  # fmt: skip


def test_a_value_put_back_by_hand_is_nothing_to_choose(ledger) -> None:
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", phone="1", staff=1))
    with ledger.step("装入", "import") as step:
        step.change(Enterprise, firm, {"phone": "2", "staff": 2})
    number = step.result.id
    with ledger.step("改回去") as step:
        step.change(Enterprise, firm, {"phone": "1"})
    plan = ledger.plan_undo(number)
    assert (plan.kept, plan.restored) == ((), 1)
    ledger.undo(number)
    found = ledger.get(Enterprise, firm)
    assert (found.phone, found.staff) == ("1", 1)


def test_an_undo_of_an_undo_is_the_step_again_also_after_other_steps(ledger) -> None:
    with ledger.step("装入", "import") as step:
        firm = step.create(Enterprise(name="甲"))
    number = step.result.id
    undo = ledger.undo(number)
    with ledger.step("别的事") as step:
        step.create(Enterprise(name="乙"))
    assert ledger.redo_name() is None
    assert ledger.plan_undo(undo.id).restored == 1
    redo = ledger.undo(undo.id)
    assert (redo.kind, redo.name) == ("redo", "重做：装入")
    assert ledger.get(Enterprise, firm).name == "甲"
    assert [s.undone for s in ledger.log(2)] == [False, False]
    assert {s.id for s in ledger.log() if s.undone} == {undo.id}
    with pytest.raises(UserError, match="已经撤销过"):
        ledger.undo(undo.id)
    assert ledger.undo(redo.id).kind == "undo"
    assert ledger.get(Enterprise, firm) is None
    ledger.redo(number)
    with pytest.raises(UserError, match="没有撤销过"):
        ledger.redo(number)
    assert ledger.verify() == []


def test_redo_leaves_out_a_firm_whose_code_another_one_has_by_now(ledger) -> None:
    with ledger.step("装入", "import") as step:
        one, two = step.create_many(Enterprise, [{"name": "甲", "code": "91A"}, {"name": "乙"}])
    number = step.result.id
    ledger.undo(number)
    with ledger.step("另登一户") as step:
        step.create(Enterprise(name="新甲", code="91A"))
    plan = ledger.plan_redo(number)
    assert [(k.record, k.fixed) for k in plan.kept] == [(one, True)]
    assert "统一社会信用代码" in plan.kept[0].why
    ledger.redo(number)
    assert ledger.get(Enterprise, one) is None
    assert ledger.get(Enterprise, two).name == "乙"


def test_undo_of_a_merge_gives_the_code_up_before_the_other_firm_takes_it(ledger) -> None:
    with ledger.step("两户") as step:
        gone, left = step.create_many(Enterprise, [{"name": "甲", "code": "91A"}, {"name": "乙"}])
    before = snapshot(ledger)
    with ledger.step("合并") as step:
        step.remove(Enterprise, gone)
        step.change(Enterprise, left, {"code": "91A"})
    ledger.undo()
    assert snapshot(ledger) == before


def test_steps_about_files_that_left_are_passed_over_and_cannot_be_taken_back(ledger) -> None:
    with ledger.step("改") as step:
        firm = step.create(Enterprise(name="甲"))
    with ledger.step("传出 名单", kind="dispatch") as step:
        step.create(Bank(name="代替登记"))
    sent = step.result.id
    assert ledger.undo_name() == "改"
    with pytest.raises(UserError, match="已经传出去了"):
        ledger.undo(sent)
    ledger.undo()
    assert ledger.get(Enterprise, firm) is None
    with ledger.step("传出 又一份", kind="dispatch") as step:
        step.create(Bank(name="再登记"))
    ledger.redo()
    assert ledger.get(Enterprise, firm).name == "甲"


def test_undo_tells_its_progress_and_stopping_changes_nothing(ledger) -> None:
    with ledger.step("装入", "import") as step:
        step.create_many(Enterprise, [{"name": f"第{n}户"} for n in range(3500)])
    told: list[int] = []
    before = snapshot(ledger)

    def stop(done: int, total: int, note: str) -> None:
        told.append(done)
        if done >= 2000:
            raise Cancelled

    with pytest.raises(Cancelled):
        ledger.undo(step.result.id, progress=stop)
    assert all(b - a <= 1000 for a, b in pairwise(told))
    assert snapshot(ledger) == before
    assert ledger.undo_name() == "装入"
