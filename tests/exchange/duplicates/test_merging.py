from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates import facing, merging, splitting
from ledger_desk.exchange.duplicates.finding import find_groups
from ledger_desk.model.records import Bank, Cultivation, Enterprise, Loan, Matching, Verdict
from ledger_desk.store import alikes
from tests.exchange.making import code, every, regno, whole


def make(ledger, *rows):
    """Put firms in; give their ids."""
    with ledger.step("建") as step:
        return [step.create(Enterprise(**row)) for row in rows]


def hang(ledger, firm, *, count=1):
    """Hang a matching, a cultivation and a loan on a firm; give their ids."""
    with ledger.step("记对接") as step:
        bank = step.create(Bank(name="某银行"))
        made = []
        for number in range(count):
            made.append(step.create(Matching(enterprise=firm, bank=bank, office=ledger.office.id,
                                             day=date(2024, 1, 1 + number))))  # fmt: skip
        made.append(step.create(Cultivation(enterprise=firm)))
        made.append(step.create(Loan(enterprise=firm, bank=bank)))
    return made


def rows_of(ledger):
    """Everything but the verdicts."""
    return {table: rows for table, rows in whole(ledger).items() if table != "verdict"}


def owner(ledger, cls, record):
    return ledger.get(cls, record).enterprise


GOOD = {"name": "新县鸿运茶业有限公司", "code": code(1), "person": "张三"}
BARE = {"name": "鸿运茶业有限责任公司", "person": "张三", "phone": "13900000001", "staff": 7}


def test_the_other_record_is_absorbed_with_everything_that_hangs_on_it(ledger):
    stays, goes = make(ledger, GOOD, BARE)
    matching, cultivation, loan = hang(ledger, goes)
    info = merging.merge(ledger, stays, [goes])
    assert info.name == "合并 新县鸿运茶业有限公司、鸿运茶业有限责任公司"
    firm = ledger.get(Enterprise, stays)
    assert (firm.name, firm.code, firm.phone, firm.staff) == (
        GOOD["name"],
        code(1),
        "13900000001",
        7,
    )
    assert ledger.get(Enterprise, goes).removed
    assert {owner(ledger, Matching, matching), owner(ledger, Cultivation, cultivation),
            owner(ledger, Loan, loan)} == {stays}  # fmt: skip
    (verdict,) = every(ledger, Verdict)
    assert (verdict.one, verdict.other, verdict.verdict) == (stays, goes, "同一户")
    assert ledger.verify() == []


def test_a_code_moves_to_the_record_that_stays_and_back(ledger):
    stays, goes = make(ledger, BARE, GOOD)
    before = rows_of(ledger)
    merging.merge(ledger, stays, [goes])
    assert ledger.get(Enterprise, stays).code == code(1)
    assert ledger.get(Enterprise, stays).name == GOOD["name"]
    splitting.split(ledger, goes)
    assert rows_of(ledger) == before


def test_values_are_chosen_field_by_field(ledger):
    stays, goes = make(ledger, GOOD | {"phone": "1380000", "staff": 3}, BARE)
    merging.merge(ledger, stays, [goes], {"phone": goes, "name": goes}, reason="电话问过")
    firm = ledger.get(Enterprise, stays)
    assert (firm.phone, firm.name) == (BARE["phone"], BARE["name"])
    assert every(ledger, Verdict)[0].reason == "电话问过"
    with pytest.raises(UserError, match="回收站"):
        merging.merge(ledger, stays, [goes])
    with pytest.raises(UserError, match="至少要两户"):
        merging.merge(ledger, stays, [stays])


def test_a_choice_of_a_stranger_or_of_no_field_is_refused(ledger):
    stays, goes = make(ledger, GOOD, BARE)
    for choices in ({"phone": "x" * 32}, {"nonsense": stays}):
        with pytest.raises(UserError, match="没有合并"):
            merging.merge(ledger, stays, [goes], choices)
    assert every(ledger, Verdict) == []


def test_undoing_a_merge_gives_the_state_before(ledger):
    stays, goes = make(ledger, BARE, GOOD)
    hang(ledger, goes)
    before = whole(ledger)
    merging.merge(ledger, stays, [goes])
    after = whole(ledger)
    ledger.undo()
    assert whole(ledger) == before
    ledger.redo()
    assert whole(ledger) == after
    splitting.split(ledger, goes)  # a merge that was done again comes apart as well
    assert rows_of(ledger) == {t: r for t, r in before.items() if t != "verdict"}


def test_taking_apart_keeps_edits_made_since_and_what_was_added_since(ledger):
    stays, goes = make(ledger, GOOD, BARE)
    matching, *_ = hang(ledger, goes)
    merging.merge(ledger, stays, [goes])
    with ledger.step("后来") as step:
        step.change(Matching, matching, {"note": "回访过"})
        step.change(Enterprise, stays, {"staff": 9})
    added, *_ = hang(ledger, stays)
    plan = splitting.plan_split(ledger, goes)
    assert any(f"1 条{Matching.LABEL}留在" in said for said in plan.stays)
    assert any(f"1 条{Matching.LABEL}回到" in said for said in plan.returns)
    splitting.split(ledger, goes)
    moved = ledger.get(Matching, matching)
    assert (moved.enterprise, moved.note) == (goes, "回访过")
    assert owner(ledger, Matching, added) == stays
    firm = ledger.get(Enterprise, stays)
    assert (firm.staff, firm.phone) == (9, None)
    assert every(ledger, Verdict) == []
    apart = whole(ledger)
    ledger.undo()
    assert owner(ledger, Matching, matching) == stays
    assert ledger.get(Enterprise, goes).removed
    ledger.redo()
    assert whole(ledger) == apart


def test_a_split_is_noted_as_different_firms_if_wished(ledger):
    stays, goes = make(ledger, GOOD, BARE)
    assert len(find_groups(ledger)) == 1
    merging.merge(ledger, stays, [goes])
    assert len(find_groups(ledger)) == 0
    splitting.split(ledger, goes, different=True)
    groups = find_groups(ledger)
    assert (len(groups), groups.judged) == (0, 1)


@pytest.mark.parametrize("first", ["inner", "outer"])
def test_a_chain_of_merges_comes_apart_in_either_order(ledger, first):
    a, b, c = make(ledger, {"name": "丙茶业有限公司"}, {"name": "乙茶业有限公司", "phone": "1390000"},
                   {"name": "甲茶业有限公司", "code": code(3), "regno": regno(4)})  # fmt: skip
    mine = hang(ledger, c)
    before = rows_of(ledger)
    merging.merge(ledger, b, [c])
    merging.merge(ledger, a, [b])
    assert ledger.get(Enterprise, a).code == code(3)
    assert owner(ledger, Matching, mine[0]) == a
    order = (c, b) if first == "inner" else (b, c)
    for record in order:
        splitting.split(ledger, record)
        assert ledger.verify() == []
    assert rows_of(ledger) == before


def test_two_absorbed_in_one_step_come_apart_alone(ledger):
    a, b, c = make(ledger, {"name": "甲茶业有限公司"}, {"name": "甲茶业公司", "phone": "1390000", "staff": 2},
                   {"name": "甲茶业", "phone": "1390000", "note": "丙"})  # fmt: skip
    before = rows_of(ledger)
    merging.merge(ledger, a, [b, c])
    plan = splitting.plan_split(ledger, b)
    assert any("联系电话" in said and "另一户" in said for said in plan.stays)
    splitting.split(ledger, b)
    firm = ledger.get(Enterprise, a)
    assert (firm.phone, firm.staff, firm.note) == ("1390000", None, "丙")
    splitting.split(ledger, c)
    assert rows_of(ledger) == before


def test_a_code_that_another_firm_has_by_now_is_said_in_words(ledger):
    stays, goes = make(ledger, {"name": "甲茶业有限公司"}, {"name": "甲茶业公司", "code": code(5)})
    merging.merge(ledger, stays, [goes])
    with ledger.step("改") as step:
        step.change(Enterprise, stays, {"code": None})
        step.create(Enterprise(name="丁茶业有限公司", code=code(5)))
    with pytest.raises(UserError, match="丁茶业有限公司"):
        splitting.plan_split(ledger, goes)
    with pytest.raises(UserError, match="没有并入别的主体"):
        splitting.split(ledger, stays)


def test_many_exact_groups_are_one_step_and_one_of_them_comes_apart_alone(ledger):
    rows = []
    for number in range(5):
        firm = {
            "name": f"新县{'甲乙丙丁戊'[number]}泰山茶业有限公司",
            "person": "张三",
            "phone": f"1390000000{number}",
        }
        rows += [firm | {"code": code(number)}, firm]
    ids = make(ledger, *rows)
    hang(ledger, ids[3], count=2)
    before = rows_of(ledger)
    groups = find_groups(ledger).of("exact")
    assert len(groups) == 5
    info = merging.merge_exact(ledger, groups)
    assert info.name == "合并 5 组相同的经营主体（并掉 5 户）"
    assert len(every(ledger, Enterprise)) == 5
    assert {f.code for f in every(ledger, Enterprise)} == {code(n) for n in range(5)}
    splitting.split(ledger, ids[3] if ledger.get(Enterprise, ids[3]).removed else ids[2])
    assert len(every(ledger, Enterprise)) == 6
    for verdict in splitting.mergers(ledger):
        splitting.split(ledger, verdict.id)
    assert rows_of(ledger) == before
    with pytest.raises(UserError, match="没有可以直接合并"):
        merging.merge_exact(ledger, [])


def test_the_sides_say_what_differs_whose_value_counts_and_what_hangs(ledger):
    bare, good = make(ledger, BARE, GOOD)
    hang(ledger, bare, count=2)
    face = facing.face(ledger, [bare, good])
    assert (face.survivor, face.firms[0].id) == (good, good)  # a sound code first
    fields = {f.field: f for f in face.fields}
    assert fields["name"].differs
    assert (fields["person"].differs, fields["phone"].chosen, fields["code"].chosen) == (
        False,
        bare,
        good,
    )
    assert fields["phone"].shown == ("", "13900000001")
    assert fields["phone"].private
    assert face.hanging[bare] == {Matching.LABEL: 2, Cultivation.LABEL: 1, Loan.LABEL: 1}
    assert face.hanging[good] == {}


def test_two_judged_different_are_not_shown_again_not_even_after_a_merge(ledger):
    a, b, c = make(ledger, GOOD, BARE, {"name": "别的企业有限公司"})
    assert merging.judge_different(ledger, a, b, "两家都去过") is not None
    assert merging.judge_different(ledger, b, a) is None
    assert len(find_groups(ledger)) == 0
    merging.merge(ledger, c, [b], {"name": b, "person": b, "phone": b})
    assert (len(find_groups(ledger)), find_groups(ledger).judged) == (0, 1)
    merging.merge(ledger, a, [c])  # a person thinks better of it
    with ledger.read() as rows:
        assert alikes.apart(rows) == set()


def test_a_merge_that_was_undone_and_done_again_leaves_no_value_without_a_reason(ledger):
    a, b, c = make(ledger, {"name": "甲茶业有限公司"}, {"name": "甲茶业公司", "staff": 2},
                   {"name": "甲茶业", "note": "丙"})  # fmt: skip
    with ledger.step("后写的") as step:
        step.change(Enterprise, c, {"staff": 5})
    before = rows_of(ledger)
    merging.merge(ledger, a, [b])
    merging.merge(ledger, a, [c], {"staff": c})
    ledger.undo()
    ledger.redo()
    assert ledger.get(Enterprise, a).staff == 5
    splitting.split(ledger, b)
    assert ledger.get(Enterprise, a).staff == 5
    splitting.split(ledger, c)
    assert rows_of(ledger) == before
