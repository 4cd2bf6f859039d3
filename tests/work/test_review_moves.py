"""No application reaches a state by a path that is not in the table; every move of it is taken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.model import review
from ledger_desk.model.records import Application, Referral
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import applying, reviewing
from ledger_desk.work.outcome import Outcome
from tests.work.review_places import County, county_at

PAIRS = {
    (origin, move.target) for move in review.MOVES if not move.renews for origin in move.origins
}


@pytest.fixture(scope="module")
def county() -> Iterator[County]:
    with tempfile.TemporaryDirectory() as place, county_at(Path(place) / "甲.账套", 40) as made:
        yield made


def doer(
    county: County, move: review.Move, words: str, bank: str | None
) -> Callable[[str], Outcome]:
    ledger = county.ledger
    if move.level:
        work = {
            review.PASSED: reviewing.approve, review.SENT_BACK: reviewing.send_back, review.REFUSED: reviewing.reject,
        }[move.verdict]  # fmt: skip
        return lambda record: work(ledger, [record], words, level=move.level)
    return {
        "enter": lambda record: applying.enter_list(ledger, [record]),
        "resubmit": lambda record: applying.resubmit(ledger, [record]),
        "withdraw": lambda record: applying.withdraw(ledger, [record], words),
        "remove": lambda record: applying.remove(ledger, [record], words),
        "outside": lambda record: applying.support_outside(ledger, [record], bank),
        "again": lambda record: applying.again(ledger, [record]),
    }[move.key]


def push_and_refuse(county: County, record: str) -> None:
    with county.ledger.step("推送") as step:
        step.create(Referral(
            application=record, enterprise=county.one(record).enterprise, bank=county.banks[0],
            pushed_on=county.one(record).state_on, given_up_on=county.one(record).state_on,
        ))  # fmt: skip


def path_of(ledger: Ledger, record: str) -> list[tuple[str, str]]:
    items = [item for item in reversed(ledger.history(record, "state"))]
    return [(item.before or "", item.after) for item in items]


MADE = [move.key for move in review.MOVES if move.key != "register"]


@given(
    firm=st.integers(0, 39),
    fit=st.booleans(),
    tries=st.lists(
        st.tuples(st.sampled_from(MADE), st.booleans(), st.booleans()), min_size=4, max_size=24
    ),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_moves_stay_inside_the_table(county: County, firm, fit, tries):
    ledger = county.ledger
    entry = county.entry(firm, **({} if fit else {"proper": "待核"}))
    record = applying.register(ledger, [entry]).done[0]
    for key, worded, named in tries:
        move = review.BY_KEY[key]
        before = county.one(record).state
        heads = ledger.head()
        outcome = doer(
            county, move, "写明情况" if worded else "", county.banks[1] if named else None
        )(record)
        after = county.one(record).state
        if outcome.done:
            assert before in move.origins
            if move.renews:
                assert after == before
                fresh = county.one(outcome.done[0])
                assert (fresh.again_of, fresh.state) == (record, move.target)
            else:
                assert after == move.target
            assert not outcome.refused
        else:
            assert after == before
            assert ledger.head() == heads
            (refused,) = outcome.refused
            assert refused.id == record
            assert refused.why.endswith("。")
            assert refused.why.count("。") == 1
    assert set(path_of(ledger, record)) <= PAIRS
    for said in county.said(record):
        assert said.reviewer == county.clerk
        assert said.frozen
        assert len(said.fingerprint) == 16
    # Whatever runs on blocks the same firm for the examples that follow.
    applying.withdraw(ledger, [record], "试完了")


WAYS: dict[str, tuple[str, ...]] = {
    "enter": (), "withdraw": (), "outside": (),
    **{f"{verb}{n}": ("enter", *(f"pass{k}" for k in range(1, n))) for n in range(1, 5) for verb in ("pass", "return", "reject")},
    "resubmit": ("enter", "pass1", "return2"),
    "remove": ("enter", "pass1", "pass2", "pass3", "pass4"),
    "again": ("enter", "reject1"),
}  # fmt: skip


@pytest.mark.parametrize("key", MADE)
def test_every_move_of_the_table_is_taken(county: County, key):
    record = applying.register(county.ledger, [county.entry(MADE.index(key))]).done[0]
    for each in (*WAYS[key], key):
        move = review.BY_KEY[each]
        before = county.one(record).state
        outcome = doer(county, move, "写明情况", county.banks[1])(record)
        assert outcome.done, outcome.refused
        assert before in move.origins
        if not move.renews:
            assert county.one(record).state == move.target
    assert {*path_of(county.ledger, record)} <= PAIRS
    if county.one(record).state in review.BY_KEY["withdraw"].origins:
        applying.withdraw(county.ledger, [record], "试完了")


def test_every_origin_of_every_move_is_tried_and_all_other_states_are_refused(county: County):
    doing = review.Doing(county.one(applying.register(county.ledger, [county.entry(39)]).done[0]).state_on,
                         person=county.clerk, opinion="写", reason="写", bank_given="某")  # fmt: skip
    for move in review.MOVES[1:]:
        for state in review.words.APPLICATION_STATES:
            case = review.Case(
                state,
                1,
                "流动资金",
                ("甲",),
                {},
                dict.fromkeys(review.CRITERIA, "符合"),
                decided=True,
            )
            why = review.judge(move, case, doing)
            assert bool(why) == (state not in move.origins), (move.key, state, why)
            assert not why or (why.endswith("。") and why.count("。") == 1)


def test_recommended_is_applied_again_only_after_all_banks_said_no(county: County):
    ledger = county.ledger
    record = applying.register(ledger, [county.entry(38)], enter=True).done[0]
    for _ in range(4):
        assert reviewing.approve(ledger, [record], "同意。").done
    (refused,) = applying.again(ledger, [record]).refused
    assert "还没有推送" in refused.why
    push_and_refuse(county, record)
    outcome = applying.again(ledger, [record])
    fresh = county.one(outcome.done[0])
    assert fresh.again_of == record
    assert {getattr(fresh, name) for name in review.CRITERIA} == {"待核"}
    assert county.one(record).state == review.RECOMMENDED
    (refused,) = applying.again(ledger, [record]).refused
    assert fresh.no in refused.why
    assert ledger.count(Query(Application)) > 1
