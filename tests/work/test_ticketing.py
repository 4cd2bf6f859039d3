"""Tickets and faults moved singly and in batches: one step, one undo, each refusal with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ledger_desk.model.records import Bank, Inspection, Rectification, Ticket, TicketAction
from ledger_desk.model.ticketing import MOVES, Doing
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import parameters, rectifying, ticketing
from ledger_desk.work.outcome import Outcome
from tests.work.visit_parts import open_ledger

DAY = date(2024, 2, 5)
SAID: dict[str, Any] = {
    "weight": "一般", "proposal": "转税务局", "lead": "县税务局", "extended_to": date(2024, 2, 20),
    "extended_why": "等上级批复", "escalated_to": "市专班", "outcome": "办好了", "satisfied": "满意",
    "satisfied_way": "满意", "unit": "县税务局", "words": "写一句话",
}  # fmt: skip
TO_ZERO = ("judge", "hand", "feed", "solve", "answer", "close")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "甲.ledger", 2) as made:
        yield made


def matter(**more: Any) -> dict[str, Any]:
    return {"source": "企业", "kind": "税务", "problem": "开不出发票", "collected_on": DAY, **more}


def make(ledger: Ledger, many: int = 1) -> list[str]:
    outcome = ticketing.collect(ledger, [matter() for _ in range(many)])
    assert not outcome.refused
    return list(outcome.done)


def go(ledger: Ledger, ids: list[str], key: str, **more: Any) -> Outcome:
    said = {name: SAID[name] for name in MOVES[key].needs} | more
    return ticketing.move(
        ledger, ids, key, day=said.pop("day", DAY), today=said.pop("today", DAY), **said
    )


def states(ledger: Ledger, ids: list[str]) -> list[str]:
    return [ledger.get(Ticket, each).state for each in ids]


def stages(ledger: Ledger, ticket: str) -> list[str]:
    return [a.stage for a in ledger.find(Query(TicketAction, (Where("ticket", "=", ticket),)))]


def test_tickets_get_their_numbers_in_turn_and_their_first_row(ledger) -> None:
    ids = make(ledger, 3)
    assert [ledger.get(Ticket, each).no for each in ids] == [f"批分2024-000{n}" for n in (1, 2, 3)]
    assert {ledger.get(Ticket, each).collector for each in ids} == {ledger.person.id}
    assert stages(ledger, ids[0]) == ["收集"]


def test_what_is_not_complete_is_not_collected_and_the_others_are(ledger) -> None:
    outcome = ticketing.collect(ledger, [matter(), matter(problem=""), matter(lenient=True)])
    assert len(outcome.done) == 1
    assert [each.title for each in outcome.refused] == ["第 2 件", "第 3 件"]
    assert "问题描述" in outcome.refused[0].why
    assert "信用承诺" in outcome.refused[1].why


def test_one_ticket_goes_from_the_first_word_to_zero_with_a_row_for_each_deed(ledger) -> None:
    ids = make(ledger)
    for key in TO_ZERO:
        assert go(ledger, ids, key).done == ids
    ticket = ledger.get(Ticket, ids[0])
    assert ticket.state == "已销号"
    assert ticket.closer == ledger.person.id
    assert ticket.due_on == DAY + timedelta(days=7)
    assert stages(ledger, ids[0]) == ["收集", "研判", "交办", "反馈", "办结", "答复", "销号"]


def test_a_batch_is_one_step_with_one_undo_and_a_reason_for_each_that_stays(ledger) -> None:
    ids = make(ledger, 4)
    go(ledger, ids[:1], "judge")
    before = ledger.log(1)[0].id
    outcome = go(ledger, ids, "hand")
    assert outcome.done == ids[:1]
    assert {each.id for each in outcome.refused} == set(ids[1:])
    assert all("已收集" in each.why for each in outcome.refused)
    assert [step.id for step in ledger.log(2)] == [outcome.step, before]
    ledger.undo()
    assert states(ledger, ids[:1]) == ["已研判"]
    assert stages(ledger, ids[0]) == ["收集", "研判"]


def test_judging_and_handing_over_is_one_step_and_all_or_nothing_for_a_ticket(ledger) -> None:
    ids = make(ledger, 2)
    doing = Doing(DAY, values=SAID)
    outcome = ticketing.carry(ledger, ids[:1], [("judge", doing), ("hand", doing)], today=DAY)
    assert outcome.done == ids[:1]
    assert outcome.sentence == "研判并交办 1 件"
    assert states(ledger, ids) == ["办理中", "已收集"]
    without = Doing(DAY, values={**SAID, "lead": ""})
    outcome = ticketing.carry(ledger, ids[1:], [("judge", without), ("hand", without)], today=DAY)
    assert "主办单位" in outcome.refused[0].why
    assert states(ledger, ids[1:]) == ["已收集"]


def test_the_unit_of_days_and_the_start_are_parameters(ledger) -> None:
    parameters.put(ledger, "clock.ticket_unit", "工作日", DAY)
    ids = make(ledger)
    go(ledger, ids, "judge")
    go(ledger, ids, "hand")
    # 6–9 February, the Sundays 18 and the Monday after the holidays: 6 7 8 9 18 19 20
    assert ledger.get(Ticket, ids[0]).due_on == date(2024, 2, 20)
    parameters.put(ledger, "clock.ticket_start", "交办日期", DAY)
    later = make(ledger)
    go(ledger, later, "judge")
    go(ledger, later, "hand", day=date(2024, 2, 19), today=date(2024, 2, 19))
    assert ledger.get(Ticket, later[0]).due_on == date(2024, 2, 28)


def test_an_extension_is_refused_after_the_limit(ledger) -> None:
    ids = make(ledger)
    go(ledger, ids, "judge")
    go(ledger, ids, "hand")
    after = DAY + timedelta(days=8)
    assert "到期以前" in go(ledger, ids, "extend", day=after, today=after).refused[0].why
    on = DAY + timedelta(days=7)
    assert go(ledger, ids, "extend", day=on, today=on).done == ids
    assert ledger.get(Ticket, ids[0]).extended_to == SAID["extended_to"]


def test_the_bin_and_strange_ids_are_refused_in_words(ledger) -> None:
    ids = make(ledger)
    with ledger.step("删除") as step:
        step.remove(Ticket, ids[0])
    outcome = go(ledger, [*ids, "f" * 32], "judge")
    assert not outcome.done
    assert len(outcome.refused) == 2
    assert outcome.step is None


def test_a_ticket_of_another_hand_without_number_gets_one(ledger) -> None:
    with ledger.step("走访") as step:
        made = step.create(Ticket(state="已收集", **matter()))
    assert go(ledger, [made], "judge").done == [made]
    assert ledger.get(Ticket, made).no == f"批分{DAY.year}-0001"


def test_flags_are_set_for_many_and_refused_without_the_promise(ledger) -> None:
    ids = make(ledger, 2)
    assert len(ticketing.set_flags(ledger, ids, lenient=True).refused) == 2
    assert ticketing.set_flags(ledger, ids, lenient=True, promised=True, green=True).done == ids
    assert ledger.get(Ticket, ids[1]).green is True


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=some.lists(some.sampled_from(list(MOVES)), max_size=12))
def test_random_moves_leave_no_state_that_the_table_does_not_give(ledger, keys: list[str]) -> None:
    ids = make(ledger)
    at = "已收集"
    for key in keys:
        outcome = go(ledger, ids, key)
        assert bool(outcome.done) == (at in MOVES[key].before)
        assert len(outcome.done) + len(outcome.refused) == 1
        at = (MOVES[key].after or at) if outcome.done else at
        assert states(ledger, ids) == [at]


# 问题整改


def fault(**more: Any) -> dict[str, Any]:
    return {"source": "自查", "found_on": DAY, "problem": "没有公示", "due_on": DAY + timedelta(days=20),
            "unit": "信贷部", **more}  # fmt: skip


def mend(ledger: Ledger, ids: list[str], key: str, **more: Any) -> Outcome:
    return rectifying.move(ledger, ids, key, day=DAY, today=DAY, **more)


def found(ledger: Ledger, each: str) -> Rectification:
    return ledger.get(Rectification, each)


def test_a_fault_goes_from_the_inspection_to_zero(ledger) -> None:
    with ledger.step("登记") as step:
        bank = step.create(Bank(name="甲银行"))
        seen = step.create(Inspection(kind="走流程", day=DAY, bank=bank, finding="材料要 14 份"))
        empty = step.create(Inspection(kind="明察", day=DAY, bank=bank))
    outcome = rectifying.find_from_inspections(ledger, [seen, empty], DAY + timedelta(days=30))
    assert [each.id for each in outcome.refused] == [empty]
    ids = list(outcome.done)
    made = found(ledger, ids[0])
    assert (made.source, made.bank, made.problem, made.state) == (
        "走流程",
        bank,
        "材料要 14 份",
        "待整改",
    )
    again = rectifying.find_from_inspections(ledger, [seen], DAY + timedelta(days=30))
    assert "已经转过" in again.refused[0].why
    assert mend(ledger, ids, "order", person="周主任").done == ids
    assert found(ledger, ids[0]).order_no == f"交办函{DAY.year}-0001"
    mend(ledger, ids, "watch", words="催办")
    mend(ledger, ids, "report", words="改了一半")
    assert found(ledger, ids[0]).progress == f"{DAY} 督办：催办\n{DAY} 登记进展：改了一半"
    assert "佐证材料" in mend(ledger, ids, "mend", measure="合并材料").refused[0].why
    assert mend(ledger, ids, "mend", measure="合并材料", proof="照片").done == ids
    assert mend(ledger, ids, "return", words="没改到位").done == ids
    assert found(ledger, ids[0]).done_on is None
    mend(ledger, ids, "talk", words="约谈行长")
    mend(ledger, ids, "account", words="建议通报")
    mend(ledger, ids, "mend")
    assert mend(ledger, ids, "close", checked_by="程甲").done == ids
    last = found(ledger, ids[0])
    assert (last.state, last.checked_by, last.talked_on) == ("已销号", "程甲", DAY)
    assert last.held_to_account == f"{DAY} 建议问责：建议通报"


@pytest.mark.parametrize(
    ("key", "more", "word"),
    [
        ("close", {"checked_by": "程甲"}, "待整改"), ("return", {"words": "退"}, "待整改"),
        ("watch", {}, "情况"), ("mend", {"measure": "改"}, "佐证材料"),
    ],
)  # fmt: skip
def test_a_fault_is_not_moved_out_of_turn(
    ledger, key: str, more: dict[str, Any], word: str
) -> None:
    ids = list(rectifying.find(ledger, [fault()]).done)
    refused = mend(ledger, ids, key, **more).refused
    assert word in refused[0].why
    assert refused[0].why.count("。") == 1
    assert found(ledger, ids[0]).state == "待整改"


def test_faults_are_ordered_in_one_step_each_with_its_own_letter(ledger) -> None:
    ids = list(rectifying.find(ledger, [fault(), fault(), fault(unit=None)]).done)
    outcome = mend(ledger, ids, "order")
    assert outcome.done == ids[:2]
    assert "责任银行或责任单位" in outcome.refused[0].why
    assert [found(ledger, each).order_no for each in ids[:2]] == [
        f"交办函{DAY.year}-0001", f"交办函{DAY.year}-0002",
    ]  # fmt: skip
    ledger.undo()
    assert {found(ledger, each).state for each in ids} == {"待整改"}


def test_a_fault_whose_limit_lies_before_it_was_found_is_refused(ledger) -> None:
    outcome = rectifying.find(ledger, [fault(due_on=DAY - timedelta(days=1)), fault(problem=None)])
    assert not outcome.done
    assert "早于发现日期" in outcome.refused[0].why
    assert "问题描述" in outcome.refused[1].why
