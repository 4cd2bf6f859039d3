"""For random ledgers: merging and taking apart, and merging and undoing, give the rows of before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.exchange.duplicates import merging, splitting
from ledger_desk.model.records import (
    Bank,
    Cultivation,
    Enterprise,
    Help,
    Loan,
    Matching,
    Office,
    Person,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.exchange.making import code, every, whole

FIRMS = 4
values = st.fixed_dictionaries(
    {"name": st.sampled_from(["甲茶业有限公司", "甲茶业", "乙建材有限公司"])},
    optional={
        "phone": st.sampled_from(["13900000001", "13900000002"]),
        "person": st.sampled_from(["张三", "李四"]),
        "staff": st.integers(0, 3),
        "address": st.sampled_from(
            ["新县卡房乡古店村", "卡房乡古店村1组", "新县卡房乡古店村1组2号"]
        ),
        "note": st.just("备注"),
    },
)
firms = st.tuples(*[values for _ in range(FIRMS)])
coded = st.sets(st.integers(0, FIRMS - 1))
hung = st.lists(
    st.tuples(
        st.sampled_from([Matching, Cultivation, Loan]), st.integers(0, FIRMS - 1), st.booleans()
    ),
    max_size=8,
)
# (survivor, absorbed): those that are gone by then are passed over
mergers = st.lists(
    st.tuples(st.integers(0, FIRMS - 1), st.sets(st.integers(0, FIRMS - 1), min_size=1)),
    min_size=1, max_size=3,
)  # fmt: skip


def state(ledger: Ledger) -> dict[str, list[Any]]:
    return {table: rows for table, rows in whole(ledger).items() if table != "verdict"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[Ledger]:
    """One ledger for all examples: each makes its own firms in it, and bins them at its end."""
    office = Office(name="新县专班", level="county", division="411523")
    path = tmp_path_factory.mktemp("合") / "账.ledger"
    with Ledger.create(path, office=office, person=Person(name="程甲")) as ledger:
        with ledger.step("银行") as step:
            step.create(Bank(name="某银行"))
        yield ledger


@contextmanager
def made_in(
    ledger: Ledger, rows, numbers, children
) -> Iterator[tuple[list[str], list[tuple[type, str]]]]:
    (bank,) = every(ledger, Bank)
    known = len(every(ledger, Enterprise)) + len(ledger.find(Query(Enterprise, removed=True)))
    ids, made = [], []
    for n, row in enumerate(rows):  # one step each: some were written later than others
        with ledger.step("建") as step:
            ids.append(
                step.create(Enterprise(**row, code=code(known + n) if n in numbers else None))
            )
    with ledger.step("记") as step:
        for cls, firm, removed in children:
            more = {"bank": bank.id, "day": date(2024, 1, 2)} if cls is Matching else {}
            child = step.create(cls(enterprise=ids[firm], **more))
            made.append((cls, child))
            if cls is Cultivation:
                step.create(Help(cultivation=child, content="辅导"))
            if removed:
                step.remove(cls, child)
    yield ids, made
    with ledger.step("收") as step:
        for record in ids:
            step.remove(Enterprise, record)


def carry_out(ledger: Ledger, ids: list[str], wishes) -> list[str]:
    """Merge as wished where all are still there; give the absorbed in order."""
    gone: list[str] = []
    for survivor, others in wishes:
        absorbed = [ids[n] for n in sorted(others) if n != survivor and ids[n] not in gone]
        if absorbed and ids[survivor] not in gone:
            merging.merge(ledger, ids[survivor], absorbed)
            gone += absorbed
    return gone


@settings(max_examples=12)
@given(
    rows=firms, numbers=coded, children=hung, wishes=mergers, order=st.permutations(range(FIRMS))
)
def test_merges_taken_apart_in_any_order_give_equal_rows(
    shared, rows, numbers, children, wishes, order
):
    with made_in(shared, rows, numbers, children) as (ids, _):
        before = state(shared)
        gone = carry_out(shared, ids, wishes)
        for record in sorted(gone, key=lambda record: order[ids.index(record)]):
            splitting.split(shared, record)
        assert state(shared) == before


@settings(max_examples=7)
@given(rows=firms, numbers=coded, children=hung, wishes=mergers)
def test_merging_and_undoing_gives_equal_rows_and_redoing_the_merged_ones(
    shared, rows, numbers, children, wishes
):
    with made_in(shared, rows, numbers, children) as (ids, _):
        before, last = whole(shared), shared.log(1)[0].id
        carry_out(shared, ids, wishes)
        after, count = whole(shared), len([s for s in shared.log(50) if s.id > last])
        for _ in range(count):
            shared.undo()
        assert whole(shared) == before
        for _ in range(count):
            shared.redo()
        assert whole(shared) == after
        for verdict in splitting.mergers(shared):
            if verdict.other in ids:
                splitting.split(shared, verdict.id)
        assert state(shared) == {t: r for t, r in before.items() if t != "verdict"}


@settings(max_examples=7)
@given(rows=firms, numbers=coded, children=hung,
       absorbed=st.sets(st.integers(1, FIRMS - 1), min_size=1),
       field=st.sampled_from(["grid", "phone", "staff"]), picked=st.sets(st.integers(0, 7)))  # fmt: skip
def test_taking_apart_keeps_every_edit_made_since(
    shared, rows, numbers, children, absorbed, field, picked
):
    with made_in(shared, rows, numbers, children) as (ids, made):
        origin = {child: shared.get(cls, child).enterprise for cls, child in made}
        gone = carry_out(shared, ids, [(0, absorbed)])
        edited = {place for place in picked if place < len(made)}
        value: Any = 77 if field == "staff" else "13977777777"
        with shared.step("后来改的") as step:
            step.change(Enterprise, ids[0], {field: value})
            for place in edited:
                cls, child = made[place]
                step.change(cls, child, {"note" if cls is not Cultivation else "left_why": "改过"})
        for record in gone:
            splitting.split(shared, record)
        assert getattr(shared.get(Enterprise, ids[0]), field) == value
        for place, (cls, child) in enumerate(made):
            found = shared.get(cls, child)
            assert found.enterprise == origin[child]
            if place in edited:
                assert (found.left_why if cls is Cultivation else found.note) == "改过"
    assert shared.verify() == []
