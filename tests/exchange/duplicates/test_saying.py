"""Who said what of a firm, and several pairs judged apart in one step."""

from __future__ import annotations

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates import choosing, merging
from ledger_desk.exchange.duplicates.finding import find_groups
from ledger_desk.exchange.duplicates.saying import sayings
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Verdict
from tests.exchange.making import code, every

ONE = {"name": "新县鸿运茶业有限公司", "person": "张三", "phone": "13900000001"}
OTHER = {"name": "鸿运茶业有限责任公司", "person": "张三", "phone": "13900000001"}
THIRD = {"name": "新县鸿运茶业公司", "person": "张三", "phone": "13900000001"}


def make(ledger, *rows, step="登记", kind="edit"):
    with ledger.step(step, kind=kind) as made:
        return [made.create(Enterprise(**row)) for row in rows]


def test_each_value_is_said_by_the_step_that_wrote_it_also_after_an_undo(ledger):
    (one,) = make(ledger, ONE, step="装入 甲.csv：新增 1", kind="import")
    with ledger.step("改电话") as step:
        step.change(Enterprise, one, {"phone": "138"})
    said = sayings(ledger, [one])[one]
    assert (said["name"].step, said["name"].read_in) == ("装入 甲.csv：新增 1", True)
    assert (said["phone"].step, said["phone"].read_in) == ("改电话", False)
    ledger.undo()
    assert sayings(ledger, [one])[one]["phone"].step == "装入 甲.csv：新增 1"


def test_pairs_judged_apart_are_one_step_and_noted_once(ledger):
    one, other, third = make(ledger, ONE, OTHER, THIRD)
    assert len(find_groups(ledger)) == 1
    step = merging.judge_apart(ledger, [(other, one), (one, third), (third, other)], "三家店")
    assert step is not None
    assert "等" not in step.name
    assert {verdict.reason for verdict in every(ledger, Verdict)} == {"三家店"}
    assert len(every(ledger, Verdict)) == 3
    assert len(find_groups(ledger)) == 0
    assert merging.judge_apart(ledger, [(one, other), (one, third)]) is None
    for pairs in ([], [(one, one)], [(one, "x" * 32)]):
        with pytest.raises(UserError, match="重新查重"):
            merging.judge_apart(ledger, pairs)


def test_a_registered_name_does_not_give_way_to_another_wording_of_the_legal_form(ledger):
    firms = [Enterprise(id="a" * 32, code=code(1), **ONE),
             Enterprise(id="b" * 32, **OTHER | {"name": "新县鸿运茶业有限责任公司"})]  # fmt: skip
    name = field_map(Enterprise)["name"]
    assert choosing.default(name, firms, {}) == "a" * 32
    assert choosing.default(name, firms[::-1], {}) == "a" * 32
