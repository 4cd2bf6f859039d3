"""Visits: one step with ticket, task and file; which of them count; what each sentence says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import (
    Attachment,
    Bank,
    Enterprise,
    Person,
    Ticket,
    TicketAction,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import parameters, planning, visiting
from ledger_desk.work.planning import PlanSpec
from ledger_desk.work.visiting_rules import check, differences, missed, refuse, unmet
from tests.work.visit_parts import TODAY, TOWNS, ids, open_ledger, sheet

RULES = ("two_visitors", "met_owner", "on_site", "place", "evidence", "found")


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "甲.账套", firms=4) as made:
        yield made


def plan(ledger: Ledger) -> None:
    spec = PlanSpec("计划", TODAY - timedelta(days=9), TODAY, "乡镇", TOWNS)
    planning.make(ledger, spec, planning.preview(ledger, spec))


def test_a_visit_does_the_task_makes_the_ticket_and_mends_the_file_in_one_step(ledger) -> None:
    plan(ledger)
    firm, who = ids(ledger, Enterprise)[0], ids(ledger, Person)[0]
    saved = visiting.save(
        ledger, sheet(firm, first=who, difficulty="房产证办不下来", difficulty_kind="抵质押登记", met="付长青"),
        file={"staff": 9},
    )  # fmt: skip
    task, ticket = ledger.get(VisitTask, saved.task), ledger.get(Ticket, saved.ticket)
    assert (task.enterprise, task.done_on) == (firm, TODAY)
    assert (ticket.source, ticket.state, ticket.problem) == ("走访", "已收集", "房产证办不下来")
    assert (ticket.enterprise, ticket.visit, ticket.collected_on) == (firm, saved.visit, TODAY)
    assert ticket.no == f"批分{TODAY.year}-0001"
    assert [a.stage for a in ledger.find(Query(TicketAction))] == ["收集"]
    assert ledger.get(Enterprise, firm).staff == 9
    assert ledger.get(Visit, saved.visit).township == TOWNS[0], "it keeps where the firm was"
    assert ledger.log(1)[0].name == "记走访 茶叶加工厂000"
    ledger.undo()
    assert not ledger.find(Query(Ticket))
    assert ledger.get(VisitTask, saved.task).done_on is None
    assert ledger.get(Enterprise, firm).staff == 5


def test_who_comes_to_the_window_was_not_visited(ledger) -> None:
    plan(ledger)
    firm = ids(ledger, Enterprise)[0]
    saved = visiting.save(
        ledger,
        sheet(
            firm, kind="窗口咨询", method="窗口", difficulty="问贴息", difficulty_kind="政策咨询"
        ),
    )
    assert not saved.task
    assert ledger.get(Ticket, saved.ticket).source == "窗口"


def test_editing_moves_the_task_and_keeps_the_ticket_in_step(ledger) -> None:
    plan(ledger)
    one, two, *_ = ids(ledger, Enterprise)
    saved = visiting.save(ledger, sheet(one, difficulty="甲", difficulty_kind="其他"))
    again = visiting.save(
        ledger, sheet(two, difficulty="乙", difficulty_kind="税务"), visit=saved.visit
    )
    assert again.ticket == saved.ticket
    assert ledger.get(Ticket, again.ticket).problem == "乙"
    assert ledger.get(VisitTask, saved.task).done_on is None
    assert ledger.get(VisitTask, again.task).enterprise == two
    visiting.save(ledger, sheet(two), visit=saved.visit)
    assert ledger.get(Ticket, saved.ticket).removed


def test_a_ticket_that_somebody_works_on_is_not_touched_by_the_visit(ledger) -> None:
    saved = visiting.save(
        ledger, sheet(ids(ledger, Enterprise)[0], difficulty="甲", difficulty_kind="其他")
    )
    with ledger.step("研判") as step:
        step.change(Ticket, saved.ticket, {"state": "已研判"})
    visiting.save(
        ledger,
        sheet(ids(ledger, Enterprise)[0], difficulty="丙", difficulty_kind="其他"),
        visit=saved.visit,
    )
    assert ledger.get(Ticket, saved.ticket).problem == "甲"
    visiting.remove(ledger, [saved.visit])
    assert not ledger.get(Ticket, saved.ticket).removed


def test_a_removed_visit_opens_its_task_again_and_comes_back_with_it(ledger) -> None:
    plan(ledger)
    saved = visiting.save(
        ledger, sheet(ids(ledger, Enterprise)[0], difficulty="甲", difficulty_kind="其他")
    )
    visiting.remove(ledger, [saved.visit])
    assert ledger.get(VisitTask, saved.task).done_on is None
    assert ledger.get(Ticket, saved.ticket).removed
    visiting.restore(ledger, [saved.visit])
    assert ledger.get(VisitTask, saved.task).done_on == TODAY
    assert not ledger.get(Ticket, saved.ticket).removed


def test_a_plan_that_has_ended_is_not_done_by_a_visit(ledger) -> None:
    plan(ledger)
    with ledger.step("结束") as step:
        step.change(VisitPlan, ledger.find(Query(VisitPlan))[0].id, {"state": "已结束"})
    assert not visiting.save(ledger, sheet(ids(ledger, Enterprise)[0])).task


# -- what is said ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "field", "grade"),
    [
        ({"day": None}, "day", "must"), ({"method": None}, "method", "must"), ({"result": ""}, "result", "must"),
        ({"day": TODAY + timedelta(days=1)}, "day", "must"), ({"first": "a", "second": "a"}, "second", "must"),
        ({"bank1": "a", "bank2": "a"}, "bank2", "must"), ({"kind": "贷后用途核查"}, "loan", "must"),
        ({"difficulty": "甲"}, "difficulty_kind", "must"), ({"difficulty_kind": "其他"}, "difficulty", "must"),
        ({"next_on": TODAY}, "next_on", "must"), ({"has_need": True}, "amount", "explain"),
        ({"amount": 5}, "has_need", "explain"), ({"lawful": "不符合"}, "lawful", "explain"),
        ({"met_owner": True}, "met", "explain"),
    ],
)  # fmt: skip
def test_each_thing_wrong_is_said_at_its_field_in_one_sentence(more, field, grade) -> None:
    said = check(sheet("f", **more), today=TODAY)
    assert said[field].kind == grade
    assert said[field].sentence.endswith("。")
    assert not check(sheet("f"), today=TODAY)


def test_what_cannot_be_stored_is_refused_before_anything_is_written(ledger) -> None:
    firm = ids(ledger, Enterprise)[0]
    assert refuse(sheet(firm)) == ""
    bank = ids(ledger, Bank)[0]
    with pytest.raises(UserError, match="同一家"):
        visiting.save(ledger, sheet(firm, bank1=bank, bank2=bank))
    assert not ledger.find(Query(Visit))


def test_only_five_criteria_met_a_need_and_a_bank_go_on_to_the_application_list(ledger) -> None:
    firms, bank = ids(ledger, Enterprise), ids(ledger, Bank)[0]
    whole = {
        "has_need": True,
        "amount": 50_000_000,
        "bank1": bank,
        **dict.fromkeys(CRITERIA, "符合"),
    }
    good = visiting.save(ledger, sheet(firms[0], **whole))
    assert good.ready
    bad = visiting.save(ledger, sheet(firms[1], **{**whole, "proper": "待核", "bank1": None}))
    assert not bad.ready
    outcome = visiting.ready_for_application(ledger, [good.visit, bad.visit])
    assert outcome.done == [good.visit]
    assert outcome.refused[0].why == "“贷款用途依法合规”待核。没有写意向银行，要写明 1 至 2 家。"
    assert unmet({})
    assert not unmet(whole)


def test_what_the_sheet_knows_better_is_offered_for_the_file() -> None:
    firm = Enterprise(person="付长青", place="甲路1号", staff=5, phone=None)
    said = sheet(
        "f",
        met="付长青",
        met_role="法定代表人",
        met_phone="13900000000",
        place="乙路2号",
        staff=5,
        revenue=100,
    )
    found = {each.field: each for each in differences(firm, said)}
    assert set(found) == {"phone", "place", "revenue"}
    assert {name for name, each in found.items() if each.sure} == {"phone", "revenue"}
    gone = {d.field: d.new for d in differences(firm, sheet("f", result="已注销"))}
    assert gone == {"not_trading": "注销", "status": "注销"}


# -- effective visits ----------------------------------------------------------------------------------

_words = st.sampled_from([None, "", "甲"])
_visits = st.fixed_dictionaries({
    "kind": st.sampled_from(["走访", "回访", "窗口咨询", "贷后用途核查"]),
    "method": st.sampled_from(["实地", "电话", None]), "result": st.sampled_from(["正常经营", "拒访", "查无此户", None]),
    "first": st.booleans(), "second": st.booleans(), "manager": _words, "met_owner": st.sampled_from([None, True, False]),
    "place": _words,
})  # fmt: skip


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.tuples(_visits, st.booleans()), min_size=8, max_size=8),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_the_lists_count_as_effective_exactly_what_no_sentence_speaks_against(
    ledger, visits, switches
) -> None:
    who = ids(ledger, Person)
    with ledger.step("口径") as step:  # the settings themselves, as a page writes them
        from ledger_desk.model.parameters import Holding, write
        from ledger_desk.model.records import Setting

        for name, on in zip(RULES, switches, strict=True):
            text = write(
                [
                    Holding(TODAY - timedelta(days=5), "是" if on else "否"),
                    Holding(TODAY + timedelta(days=5), "否"),
                ]
            )
            step.create(Setting(name=f"parameter:visit.{name}", value=text))
        made = {}
        for values, evidence in visits:
            values = {
                **values,
                "first": who[0] if values["first"] else None,
                "second": who[1] if values["second"] else None,
            }
            visit = step.create(Visit(**{**sheet(ids(ledger, Enterprise)[0]), **values}))
            if evidence:
                step.create(Attachment(on_table="visit", on_record=visit, kind="其他", name="照片"))
            made[visit] = (values, evidence)
    try:
        with ledger.read() as rows:
            rules = parameters.read(rows)
            said = {
                visit
                for visit, (values, evidence) in made.items()
                if not missed(values, rules, evidence=evidence)
            }
            counted = set(rows.ids(Query(Visit, (Where("effective", "=", True),))))
            assert counted == said
            if not rules["visit.evidence"]:  # the quick way by the index says the same
                quick = rows.ids(Query(Visit, visiting.effective_wheres(rows)))
                assert set(quick) == said
            for visit in made:
                assert bool(visiting.why_not_effective(rows, rows.get(Visit, visit))) == (
                    visit not in said
                )
            both = visiting.tally(rows)
            assert both == (sum(v["kind"] != "窗口咨询" for v, _ in made.values()), len(said))
    finally:
        ledger.undo()


def test_plans_and_tasks_count_both_numbers(ledger) -> None:
    plan(ledger)
    firms, who = ids(ledger, Enterprise), ids(ledger, Person)
    visiting.save(ledger, sheet(firms[0], first=who[0], second=who[1]))
    visiting.save(ledger, sheet(firms[1], first=who[0]))
    with ledger.read() as rows:
        held = rows.ids(Query(VisitPlan))[0]
        beside = rows.beside(VisitPlan, [held])[held]
        assert (beside["targets"], beside["done"], beside["effective"], beside["left_out"]) == (
            4,
            2,
            1,
            0,
        )
        states = rows.values(Query(VisitTask), "state")
        assert dict(states) == {"待走访": 2, "已走访": 2}
        assert rows.count(Query(VisitTask, (Where("effective", "=", True),))) == 1
    parameters.put(ledger, "visit.two_visitors", False, TODAY)
    with ledger.read() as rows:
        assert visiting.tally(rows) == (2, 2)
