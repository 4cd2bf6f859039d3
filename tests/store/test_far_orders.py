"""Long lists by few words, or by the names of what they refer to, stand as a sort of all words has them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from ledger_desk.model.records import Enterprise, Office, Person, Visit
from ledger_desk.store import far_orders, orders, walking
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

NAMES = ["", None, "新县茶厂", "县新", "茶", "A厂", "银行", "重庆", "新县茶厂", "ー", "1号", "曾单"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    chance, path = Random(11), tmp_path_factory.mktemp("far") / "甲.ledger"
    with Ledger.create(path, office=Office(name="甲县专班", level="county")) as made:
        with made.step("装入") as step:
            firms = step.create_many(Enterprise, [{"name": name} for name in NAMES])
            people = step.create_many(
                Person, [{"name": name} for name in ("阿白", "Bo", "陈", None)]
            )
            visits = step.create_many(Visit, [{
                "enterprise": chance.choice([*firms, None]), "first": chance.choice([*people, None]),
                "result": chance.choice(("拒访", "正常经营", None)), "place": chance.choice(NAMES),
                "has_need": chance.choice((True, False, None)), "amount": chance.choice((None, 5, 3, 9)),
            } for _ in range(150)])  # fmt: skip
        with made.step("删除") as step:
            step.remove(Enterprise, firms[4])
            for each in visits[::9]:
                step.remove(Visit, each)
        yield made


@pytest.mark.parametrize("most_words", [0, 5, 2_000])
@pytest.mark.parametrize("few_rows", [0, 20_000])
def test_every_way_gives_the_order_of_a_sort_by_words(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, most_words: int, few_rows: int
) -> None:
    monkeypatch.setattr(orders, "_SHORT", 0)
    monkeypatch.setattr(orders, "_FEW_WORDS", few_rows)
    monkeypatch.setattr(far_orders, "MOST_WORDS", most_words)
    for name in ("enterprise", "first", "result", "place"):
        for falling in (False, True):
            for removed in (False, True):
                for where in ((), (Where("has_need", "=", True),), (Where("amount", ">", 3),)):
                    query = Query(Visit, where, sort=((name, falling),), removed=removed)
                    with ledger.read() as rows:
                        anew = orders.order(Rows(rows.connection), query)
                        assert orders.order(rows, query).numbers == anew.numbers


def test_a_table_is_walked_unless_an_index_begins_with_what_is_asked() -> None:
    def hint(*where: Where, sort: str = "", reads: bool = False) -> str:
        query = Query(Visit, where, sort=((sort, True),) if sort else ())
        return walking.hint(query, reads=reads)

    assert hint() == hint(sort="day") == hint(Where("day", ">=", None)) == ""
    assert hint(Where("facts", "in", (1,)), sort="amount", reads=True) == ""
    assert hint(Where("enterprise.village", "=", "甲"), reads=True) == ""
    for walked in (
        hint(reads=True),
        hint(sort="revenue"),
        hint(Where("township", "=", "1"), sort="day"),
    ):
        assert walked.strip() == walking.WALK
    either = (Where("day", "=", None), Where("place", "=", "甲"))
    assert hint(Where("", "any", either)).strip() == walking.WALK
    assert hint(Where("", "any", either[:1])) == ""
