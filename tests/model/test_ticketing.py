"""The way of a ticket: every move taken, every other one refused with one sentence, random moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger_desk.model.matters import Ticket
from ledger_desk.model.ticketing import (
    FLAGS,
    MOVES,
    STATE_DAY,
    Doing,
    Move,
    Standing,
    faults,
    moves_from,
    next_move,
    refuse,
    refuse_flags,
    result,
    state_of,
)
from ledger_desk.model.work_words import TICKET_STAGES, TICKET_STATES

DAY = date(2024, 11, 5)
TODAY = date(2024, 11, 10)
STANDING = Standing(TODAY, date(2024, 11, 12), date(2024, 11, 12))
SAID: dict[str, Any] = {
    "weight": "一般", "proposal": "转税务局", "lead": "县税务局", "extended_to": date(2024, 11, 20),
    "extended_why": "等上级批复", "escalated_to": "市专班", "outcome": "办好了", "satisfied": "基本满意",
    "satisfied_way": "满意",
}  # fmt: skip


def ticket(state: str, **more: Any) -> Ticket:
    """A ticket in a state, with the days of the states before it."""
    values = {
        "id": "t",
        "collected_on": DAY,
        STATE_DAY[state]: DAY,
        "state": state,
        "lead": "县税务局",
    }
    return Ticket(**(values | more))


def doing(move: Move, **more: Any) -> Doing:
    values = {name: SAID[name] for name in move.needs if name in SAID} | more
    return Doing(DAY, "p", "县税务局", "写一句话", values)


PAIRS = [(move.key, state) for move in MOVES.values() for state in TICKET_STATES]
ALLOWED = {
    ("judge", "已收集", "已研判"), ("judge", "已研判", "已研判"),
    ("hand", "已研判", "办理中"), ("hand", "已上报", "办理中"), ("reassign", "办理中", "办理中"),
    ("feed", "办理中", "办理中"), ("feed", "已上报", "已上报"),
    ("watch", "办理中", "办理中"), ("watch", "已上报", "已上报"),
    ("assist", "办理中", "办理中"), ("assist", "已上报", "已上报"), ("extend", "办理中", "办理中"),
    ("escalate", "已研判", "已上报"), ("escalate", "办理中", "已上报"),
    ("solve", "办理中", "已办结"), ("solve", "已上报", "已办结"),
    ("answer", "已办结", "已答复"), ("answer", "已答复", "已答复"), ("close", "已答复", "已销号"),
    ("reopen", "已办结", "办理中"), ("reopen", "已答复", "办理中"), ("reopen", "已销号", "办理中"),
    *(("account", state, state) for state in ("办理中", "已上报", "已办结", "已答复", "已销号")),
}  # fmt: skip
"""What the law allows, written down a second time: the table may not grow a way by accident."""


@pytest.mark.parametrize(("key", "state"), PAIRS)
def test_a_move_is_taken_from_its_states_and_refused_from_all_others(key: str, state: str) -> None:
    move = MOVES[key]
    before = ticket(state)
    why = refuse(before, move, doing(move), STANDING)
    after = {to for made, at, to in ALLOWED if (made, at) == (key, state)}
    if not after:
        assert why.endswith("。")
        assert why.count("。") == 1
        assert state in why
        return
    assert why == ""
    fields, action = result(before, move, doing(move), STANDING)
    assert {state_of(replace(before, **fields))} == after
    assert action["stage"] in TICKET_STAGES
    assert (action["ticket"], action["day"], action["who"]) == ("t", DAY, "p")
    if move.day:
        assert fields[move.day] == DAY
    for name in move.needs:
        if name in SAID:
            assert fields[name] == SAID[name]


@pytest.mark.parametrize(
    ("key", "name"), [(move.key, name) for move in MOVES.values() for name in move.needs]
)
def test_what_a_move_needs_has_to_be_said(key: str, name: str) -> None:
    move = MOVES[key]
    said = doing(move)
    if name in ("unit", "words"):
        said = replace(said, **{name: "  "})
    else:
        said = replace(said, values={**said.values, name: None})
    why = refuse(ticket(move.before[0]), move, said, STANDING)
    assert why.startswith(f"{move.text}要写明")
    assert why.count("。") == 1


@pytest.mark.parametrize("key", list(MOVES))
def test_a_day_is_neither_to_come_nor_before_the_state(key: str) -> None:
    move = MOVES[key]
    before = ticket(move.before[0])
    late = replace(doing(move), day=TODAY + timedelta(days=1))
    assert "还没有到" in refuse(before, move, late, STANDING)
    early = replace(doing(move), day=DAY - timedelta(days=1))
    assert "早于" in refuse(before, move, early, STANDING)
    assert refuse(before, move, replace(doing(move), day=DAY), STANDING) == ""


def test_handing_over_without_a_limit_takes_that_of_13710_and_never_a_later_one() -> None:
    move, before = MOVES["hand"], ticket("已研判")
    assert result(before, move, doing(move), STANDING)[0]["due_on"] == STANDING.usual
    assert refuse(before, move, doing(move, due_on=STANDING.usual), STANDING) == ""
    beyond = doing(move, due_on=date(2024, 11, 13))
    assert "13710" in refuse(before, move, beyond, STANDING)
    assert "早于" in refuse(before, move, doing(move, due_on=DAY - timedelta(days=1)), STANDING)


def test_an_extension_is_asked_before_the_limit_and_leads_beyond_it() -> None:
    move, before = MOVES["extend"], ticket("办理中")
    on_the_day = Standing(date(2024, 11, 12), date(2024, 11, 12))
    asked = replace(doing(move), day=date(2024, 11, 12))
    assert refuse(before, move, asked, on_the_day) == ""
    after = Standing(date(2024, 11, 13), date(2024, 11, 12))
    assert "到期以前" in refuse(before, move, replace(asked, day=date(2024, 11, 13)), after)
    shorter = doing(move, extended_to=date(2024, 11, 12))
    assert "不比现在的时限" in refuse(before, move, shorter, STANDING)


def test_whoever_is_not_pleased_with_the_way_keeps_the_ticket_open() -> None:
    move = MOVES["close"]
    unhappy = ticket("已答复", satisfied="不满意", satisfied_way="不满意")
    assert "过程不满意" in refuse(unhappy, move, doing(move), STANDING)
    result_only = ticket("已答复", satisfied="不满意", satisfied_way="满意")
    assert refuse(result_only, move, doing(move), STANDING) == ""
    assert result(result_only, move, doing(move), STANDING)[0]["closer"] == "p"


def test_the_first_word_keeps_its_day_and_reopening_empties_what_came_after() -> None:
    feed = MOVES["feed"]
    again = ticket("办理中", fed_back_on=DAY)
    assert "fed_back_on" not in result(again, feed, replace(doing(feed), day=TODAY), STANDING)[0]
    reopen = MOVES["reopen"]
    closed = ticket(
        "已销号", solved_on=DAY, answered_on=DAY, satisfied="满意", closer="p", extended_to=DAY
    )
    fields, action = result(closed, reopen, doing(reopen, due_on=TODAY), STANDING)
    opened = replace(closed, **fields)
    assert (
        opened.solved_on,
        opened.answered_on,
        opened.closed_on,
        opened.satisfied,
        opened.closer,
    ) == (None,) * 5
    assert (opened.due_on, opened.extended_to, opened.state) == (TODAY, None, "办理中")
    assert action["content"] == "写一句话"


def test_a_ticket_from_a_list_has_the_state_of_its_last_day() -> None:
    assert state_of(Ticket(collected_on=DAY)) == "已收集"
    assert state_of(Ticket(collected_on=DAY, handed_on=DAY)) == "办理中"
    assert state_of(Ticket(collected_on=DAY, solved_on=DAY, closed_on=DAY)) == "已销号"


def test_promises_come_before_leniency() -> None:
    assert "信用承诺" in refuse_flags(ticket("办理中"), {"lenient": True})
    assert refuse_flags(ticket("办理中"), {"lenient": True, "promised": True}) == ""
    assert "信用承诺" in refuse_flags(
        ticket("办理中", lenient=True, promised=True), {"promised": False}
    )
    assert "销号" in refuse_flags(ticket("已销号"), dict.fromkeys(FLAGS, True))


def test_what_does_not_fit_together_is_said() -> None:
    assert faults(ticket("办理中")) == ()
    wrong = ticket("已办结", handed_on=DAY, solved_on=DAY - timedelta(days=2), lenient=True)
    assert len(faults(wrong)) == 2
    assert "没有办结日期" in faults(ticket("已办结", solved_on=None))[0]


def test_from_every_state_but_the_last_one_something_comes_next() -> None:
    for state in TICKET_STATES:
        move = next_move(ticket(state))
        assert (move is None) == (state == "已销号")
        assert move is None or state in move.before
        assert moves_from(state)


@given(some.lists(some.sampled_from(list(MOVES)), max_size=25))
def test_random_moves_never_leave_the_table(keys: list[str]) -> None:
    now = ticket("已收集")
    for key in keys:
        move, state = MOVES[key], state_of(now)
        why = refuse(now, move, doing(move), STANDING)
        assert bool(why) == ((key, state) not in {(made, at) for made, at, _ in ALLOWED})
        if why:
            assert why.count("。") == 1
            continue
        fields, _ = result(now, move, doing(move), STANDING)
        now = replace(now, **fields)
        assert (key, state, state_of(now)) in ALLOWED
        assert not [
            each
            for each in faults(now)
            if "状态是" in each and STATE_DAY[state_of(now)] != "handed_on"
        ]
