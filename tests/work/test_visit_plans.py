"""Plans: which firms, who goes, what is left out and why; each deed one step with one undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import (
    Enterprise,
    Park,
    Person,
    Tagging,
    Tenancy,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.model.workdays import Calendar
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import planning, planning_tasks, visiting
from ledger_desk.work.planning import PlanSpec
from ledger_desk.work.planning_sharing import Pair, due_days, share
from ledger_desk.work.planning_targets import Target, firms_of, reason_to_drop
from tests.work.visit_parts import TODAY, TOWNS, ids, open_ledger, sheet

MONTH = timedelta(days=30)


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "甲.账套") as made:
        yield made


def spec_of(ledger: Ledger, **more) -> PlanSpec:
    return PlanSpec(**{
        "name": "十一月走访", "starts_on": TODAY, "due_on": TODAY + MONTH, "scope": "乡镇", "values": TOWNS, **more,
    })  # fmt: skip


def made_plan(ledger: Ledger, **more) -> str:
    spec = spec_of(ledger, **more)
    return planning.make(ledger, spec, planning.preview(ledger, spec)).done[0]


def tasks(ledger: Ledger) -> list[VisitTask]:
    return ledger.find(Query(VisitTask))


# -- which firms ------------------------------------------------------------------------------------


def test_a_plan_finds_its_firms_by_township_village_park_industry_and_tag(ledger) -> None:
    firms = ids(ledger, Enterprise)
    with ledger.step("园区和标签") as step:
        park = step.create(Park(name="新集小微园", stars="三星级"))
        for firm in firms[:3]:
            step.create(Tenancy(park=park, enterprise=firm))
        step.create(Tenancy(park=park, enterprise=firms[3], until=TODAY))
        step.create(Tagging(enterprise=firms[5], tag="高新技术企业"))
    with ledger.read() as rows:
        assert len(firms_of(rows, "乡镇", TOWNS[:1])) == 4
        assert len(firms_of(rows, "村", ("第1村",))) == 3
        assert set(firms_of(rows, "园区", (park,))) == set(firms[:3]), "who left is not in the park"
        assert firms_of(rows, "标签", ("高新技术企业",)) == [firms[5]]
        for code, many in (("C", 12), ("15", 12), ("1530", 12), ("F", 0), ("51", 0)):
            assert len(firms_of(rows, "行业", (code,))) == many, code


@pytest.mark.parametrize(
    ("status", "told", "reason"),
    [
        ("存续", None, ""), ("注销", None, "注销"), ("吊销", None, "吊销"), ("吊销，未注销", None, "吊销"),
        ("存续", "查无下落", "查无下落"), ("存续", "去年起停业", "停业"), ("开业", "房租纠纷", "其他"), (None, None, ""),
    ],
)  # fmt: skip
def test_what_the_registry_says_proposes_why_a_firm_is_dropped(status, told, reason) -> None:
    assert reason_to_drop(Enterprise(status=status, not_trading=told)) == reason


def test_firms_that_do_not_trade_stay_in_the_plan_with_their_reason(ledger) -> None:
    gone = ids(ledger, Enterprise)[0]
    with ledger.step("注销") as step:
        step.change(Enterprise, gone, {"status": "注销"})
    spec = spec_of(ledger)
    seen = planning.preview(ledger, spec)
    assert seen.sentence == "12 户 = 列入 11 户 + 剔除 1 户"
    planning.make(ledger, spec, seen)
    dropped = [task for task in tasks(ledger) if task.dropped]
    assert [(task.enterprise, task.dropped, task.dropped_on) for task in dropped] == [
        (gone, "注销", TODAY)
    ]
    kept = planning.preview(ledger, spec_of(ledger, drops={gone: ""}, leave_planned=False))
    assert len(kept.taken) == 12, "somebody decided otherwise"


# -- who was there lately ----------------------------------------------------------------------------


def test_a_visit_by_anybody_in_the_last_days_is_warned_of_and_can_be_left_out(ledger) -> None:
    firms, (one, two, *_) = ids(ledger, Enterprise), ids(ledger, Person)
    visiting.save(ledger, sheet(firms[0], day=TODAY - timedelta(days=30), first=one, second=two))
    visiting.save(ledger, sheet(firms[1], day=TODAY - timedelta(days=31), first=one))
    seen = planning.preview(ledger, spec_of(ledger))
    assert [t.firm for t in seen.warned] == [firms[0]]
    assert "新县专班" in seen.warned[0].recent.words
    assert len(seen.taken) == 12, "warned of, not left out"
    spec = spec_of(ledger, leave_recent=True)
    outcome = planning.make(ledger, spec, planning.preview(ledger, spec))
    assert len(tasks(ledger)) == 11
    assert [r.id for r in outcome.refused] == [firms[0]]
    assert "还不到 30 天，没有列入" in outcome.refused[0].why
    assert not planning.preview(ledger, spec_of(ledger, warn_days=0)).warned


def test_a_firm_with_an_open_task_in_another_plan_is_not_put_in_twice(ledger) -> None:
    made_plan(ledger, values=TOWNS[:1])
    spec = spec_of(ledger, name="第二个")
    outcome = planning.make(ledger, spec, planning.preview(ledger, spec))
    assert len(outcome.done) == 1 + 8
    assert {r.why for r in outcome.refused} == {"“十一月走访”里还有它没走访的任务，没有重复列入。"}


# -- who goes ----------------------------------------------------------------------------------------

_targets = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 5)), max_size=150).map(
    lambda places: [
        Target(str(n), f"{n:03d}", town, str(at)) for n, (town, at) in enumerate(places)
    ]
)


@given(_targets, st.integers(1, 6))
def test_every_firm_gets_one_pair_loads_are_balanced_and_villages_stay_whole(targets, many) -> None:
    pairs = [Pair(str(n)) for n in range(many)]
    given_ = share(targets, pairs)
    assert set(given_) == {target.firm for target in targets}
    loads = [list(given_.values()).count(n) for n in range(many)]
    fair = len(targets) / many
    assert max(loads) <= fair * 1.2 + 1 + many, loads
    cut = 0
    for village in {(t.township, t.village) for t in targets}:
        inside = {given_[t.firm] for t in targets if (t.township, t.village) == village}
        cut += len(inside) - 1
    assert cut <= many - 1, "each pair but the last cuts one village at the most"


@given(_targets, st.integers(1, 3))
def test_pairs_of_a_township_take_its_firms_and_no_others(targets, free) -> None:
    pairs = [Pair("x", townships=frozenset("甲")), *[Pair(str(n)) for n in range(free)]]
    given_ = share(targets, pairs)
    for target in targets:
        assert (given_[target.firm] == 0) == (target.township == "甲")


def test_firms_of_a_township_that_nobody_goes_to_are_left_without_a_pair() -> None:
    targets = [Target("1", "1", "甲"), Target("2", "2", "乙")]
    assert share(targets, [Pair("x", townships=frozenset("甲"))]) == {"1": 0}


def test_days_run_on_working_days_and_never_past_the_end() -> None:
    friday = date(2024, 11, 22)
    firms = [str(n) for n in range(7)]
    due = due_days(
        firms, dict.fromkeys(firms, 0), friday, date(2024, 11, 26), 2, Calendar({}, frozenset())
    )
    assert [due[firm].day for firm in firms] == [22, 22, 25, 25, 26, 26, 26]
    assert set(due_days(firms, {}, friday, friday, 0, Calendar({}, frozenset())).values()) == {
        friday
    }


# -- written -----------------------------------------------------------------------------------------


def test_a_plan_is_one_step_and_one_undo(ledger) -> None:
    one, two, *_ = ids(ledger, Person)
    made_plan(ledger, pairs=(Pair(one, two),))
    assert {(t.first, t.second) for t in tasks(ledger)} == {(one, two)}
    assert ledger.log(1)[0].name == "编走访计划：十一月走访，12 户"
    ledger.undo()
    assert not tasks(ledger)
    assert not ledger.find(Query(VisitPlan))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": " "}, "还没有名字"), ({"due_on": TODAY - MONTH}, "早于开始日期"), ({"values": ("无",)}, "一户都没有"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_says_why(ledger, more, words) -> None:
    with pytest.raises(UserError, match=words):
        made_plan(ledger, **more)


def test_firms_can_be_added_to_a_plan_and_those_it_has_are_refused(ledger) -> None:
    plan = made_plan(ledger, values=TOWNS[:1])
    spec = spec_of(ledger)
    outcome = planning.add(ledger, plan, spec, planning.preview(ledger, spec, own=plan))
    assert len(outcome.done) == 8
    assert {r.why for r in outcome.refused} == {"已经在“十一月走访”里，不用再列。"}


def test_tasks_are_dropped_with_a_reason_put_back_given_and_put_off(ledger) -> None:
    made_plan(ledger)
    mine = [t.id for t in tasks(ledger)]
    visiting.save(ledger, sheet(str(tasks(ledger)[0].enterprise)))
    outcome = planning_tasks.drop(ledger, mine[:3], "空壳")
    assert len(outcome.done) == 2
    assert "已经走访过" in outcome.refused[0].why
    assert len(planning_tasks.put_back(ledger, mine).done) == 2
    one, two, *_ = ids(ledger, Person)
    assert len(planning_tasks.assign(ledger, mine, Pair(one, two)).done) == 11
    late = planning_tasks.put_off(ledger, mine[1:3], TODAY + 2 * MONTH)
    assert not late.done
    assert "截止" in late.refused[0].why
    assert len(planning_tasks.put_off(ledger, mine[1:3], TODAY + MONTH / 2).done) == 2
    with pytest.raises(UserError, match="写明原因"):
        planning_tasks.drop(ledger, mine, " ")


def test_share_out_anew_and_drop_idle(ledger) -> None:
    made_plan(ledger)
    mine = tasks(ledger)
    people = ids(ledger, Person)
    outcome = planning_tasks.share_out(
        ledger, [t.id for t in mine], (Pair(people[0], people[1]), Pair(people[2], people[3]))
    )
    assert len(outcome.done) == 12
    assert sorted(t.first for t in tasks(ledger)) == sorted([people[0]] * 6 + [people[2]] * 6)
    with ledger.step("吊销") as step:
        step.change(Enterprise, str(mine[4].enterprise), {"status": "吊销"})
    assert planning_tasks.drop_idle(ledger, [t.id for t in mine]).done == [mine[4].id]


def test_visits_that_came_in_from_outside_are_found_for_their_tasks(ledger) -> None:
    made_plan(ledger)
    firm = ids(ledger, Enterprise)[2]
    with ledger.step("装入", kind="import") as step:
        early = step.create(Visit(**sheet(firm, day=TODAY - timedelta(days=3))))
        right = step.create(Visit(**sheet(firm)))
        step.create(Visit(**sheet(ids(ledger, Enterprise)[3], kind="窗口咨询")))
    outcome = planning_tasks.catch_up(ledger)
    assert len(outcome.done) == 1
    assert ledger.get(VisitTask, outcome.done[0]).done_on == TODAY
    assert ledger.get(Visit, right).planned == outcome.done[0]
    assert ledger.get(Visit, early).planned is None
    assert planning_tasks.catch_up(ledger).step is None


def test_the_next_round_takes_those_not_visited_with_their_visitors(ledger) -> None:
    one, two, *_ = ids(ledger, Person)
    plan = made_plan(ledger, pairs=(Pair(one, two),))
    visiting.save(ledger, sheet(ids(ledger, Enterprise)[0]))
    outcome = planning_tasks.next_round(ledger, plan, TODAY + MONTH, TODAY + 2 * MONTH)
    made = ledger.get(VisitPlan, outcome.done[0])
    assert (made.name, made.round) == ("十一月走访　第 2 轮", 2)
    fresh = ledger.find(Query(VisitTask, (Where("plan", "=", made.id),)))
    assert len(fresh) == 11
    assert {t.first for t in fresh} == {one}
