"""Long lists that are read by the page stand as the whole list does when it is put in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from ledger_desk.model.records import Enterprise, Office, Visit
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store import far_orders, far_paging, orders
from ledger_desk.store.far_paging import FarPaged, far_paged
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.paging import Paged, paged
from ledger_desk.store.queries import Query, Rows, Where

DAYS = [None, *(date(2025, 3, 1) + timedelta(days=n) for n in range(12))]
FIVE = tuple(Where(name, "=", "符合") for name in CRITERIA)
NEED = (Where("has_need", "=", True),)
WALKED = (
    Query(Visit, sort=(("day", True),)), Query(Visit, sort=(("day", False),)),
    Query(Visit, sort=(("amount", True),)), Query(Visit, sort=(("amount", False),)),
    Query(Visit, NEED, sort=(("day", True),)), Query(Visit, NEED, sort=(("day", False),)),
    Query(Visit, FIVE, sort=(("day", True),)), Query(Visit, (Where("kind", "=", "走访"),), sort=(("day", False),)),
    Query(Visit, (Where("next_on", "<=", DAYS[8]),), sort=(("next_on", False),)),
    Query(Visit, (Where("day", ">=", DAYS[4]),), sort=(("day", True),)),
    Query(Visit, (Where("day", ">", DAYS[12]),), sort=(("day", True),)),
)  # fmt: skip
NOT_WALKED = (
    Query(Visit), Query(Visit, sort=(("place", True),)), Query(Enterprise, sort=(("name", True),)), Query(Visit, sort=(("day", True), ("amount", True))),
    Query(Visit, (Where("place", "=", "茶"),), sort=(("day", True),)), Query(Visit, sort=(("day", True),), removed=True),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    chance, path = Random(3), tmp_path_factory.mktemp("paged") / "甲.ledger"
    with Ledger.create(path, office=Office(name="甲县专班", level="county")) as made:
        with made.step("装入") as step:
            names = ["新县茶厂", "县新", "茶", "A厂", "新县茶厂", "1号", "重庆"]
            firms = step.create_many(Enterprise, [{"name": name} for name in names])
            visits = step.create_many(Visit, [{
                "enterprise": chance.choice(firms), "day": chance.choice(DAYS), "next_on": chance.choice(DAYS),
                "kind": chance.choice(("走访", "回访", None)), "place": chance.choice(("茶", "县")),
                "has_need": chance.choice((True, False, None)), "amount": chance.choice((None, 5, 3, 9)),
                **{name: chance.choice(("符合", "符合", "符合", None)) for name in CRITERIA},
            } for _ in range(260)])  # fmt: skip
        with made.step("删除") as step:
            step.remove(Enterprise, firms[2])
            for each in visits[::9]:
                step.remove(Visit, each)
        yield made


def _same(rows: Rows, listed: Paged[Visit] | FarPaged[Visit], query: Query[Visit]) -> None:
    whole = orders.order(rows, query)
    ids = whole.ids(rows)
    assert len(listed) == len(ids)
    assert listed.ids(rows) == ids
    assert listed.ids(rows, 5, 7) == ids[5:12]
    for offset in (0, 3, len(ids) // 2, max(len(ids) - 4, 0), len(ids)):
        found = [each.id if each else None for each in listed.records(rows, offset, 6)]
        assert found == ids[offset : offset + 6]
    some = Random(5).sample(ids, min(len(ids), 40))
    assert listed.places(rows, [*some, "nobody"]) == {each: ids.index(each) for each in some}
    assert listed.place(rows, "nobody") is None


def test_an_index_in_the_order_asked_for_is_walked(ledger: Ledger) -> None:
    with ledger.read() as rows:
        for query in WALKED:
            listed = paged(rows, query)
            assert listed is not None, query
            _same(rows, listed, query)
        for query in NOT_WALKED:
            assert paged(rows, query) is None, query


def test_the_past_which_has_no_index_is_put_in_order(ledger: Ledger) -> None:
    with ledger.as_of(1) as past, past.read() as rows:
        assert paged(rows, WALKED[0]) is None


def test_visits_by_firm_are_those_of_the_firms_in_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far_paging, "_LONG", 0)
    monkeypatch.setattr(far_orders, "MOST_WORDS", 0)
    with ledger.read() as rows:
        for falling in (False, True):
            query = Query(Visit, sort=(("enterprise", falling),))
            listed = far_paged(rows, query)
            assert listed is not None
            _same(rows, listed, query)
            monkeypatch.setattr(far_paging, "_MOST", 4)
            assert [each.id for each in listed.records(rows, 2, 9) if each] == listed.ids(
                rows, 2, 9
            )
        assert far_paged(rows, Query(Visit, NEED, sort=(("enterprise", False),))) is None


def test_a_visit_of_a_nameless_firm_leaves_it_to_the_whole_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far_paging, "_LONG", 0)
    monkeypatch.setattr(far_orders, "MOST_WORDS", 0)
    with ledger.rehearse() as step:
        step.create(Visit(id="", day=DAYS[1]))
        rows = Rows(step.rows.connection, ledger.searching)
        assert far_paged(rows, Query(Visit, sort=(("enterprise", False),))) is None
