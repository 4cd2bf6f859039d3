"""Orders of words that are kept agree with orders worked out anew, whatever was done since."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from ledger_desk.errors import Cancelled
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import collating, far_orders, orders, word_orders
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

WORDS = ["", None, "新县茶厂", "县新", "茶", "A厂", "银行", "重庆", "新县茶厂", "ー", "1号", "曾单"]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(orders, "_SHORT", 0)
    monkeypatch.setattr(far_orders, "MOST_WORDS", 0)
    office = Office(name="甲县专班", level="county", division="411523")
    with Ledger.create(tmp_path / "甲.ledger", office=office) as made:
        yield made


def agrees(ledger: Ledger) -> None:
    for name in ("name", "person"):
        for falling in (False, True):
            for removed in (False, True):
                for where in ((), (Where("name", "contains", "茶"),), (Where("staff", ">", 3),)):
                    query = Query(Enterprise, where, sort=((name, falling),), removed=removed)
                    with ledger.read() as rows:
                        anew = orders.order(Rows(rows.connection), query)
                        assert orders.order(rows, query).numbers == anew.numbers


@pytest.mark.parametrize("few", [200, 2])
def test_a_kept_order_is_the_order_after_any_edits(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(word_orders, "_FEW", few)
    chance = Random(5)

    def some() -> dict[str, object]:
        return {
            "name": chance.choice(WORDS),
            "person": chance.choice(WORDS),
            "staff": chance.randrange(9),
        }

    agrees(ledger)
    with ledger.step("建") as step:
        ids = step.create_many(Enterprise, [some() for _ in range(40)])
    agrees(ledger)
    for turn in range(25):
        with ledger.step("改") as step:
            for record in chance.sample(ids, chance.randrange(1, 4)):
                step.change(Enterprise, record, some())
            if turn % 4 == 1:
                step.remove(Enterprise, chance.choice(ids))
            if turn % 5 == 2:
                ids += step.create_many(Enterprise, [some()])
        if turn % 3 == 0:
            agrees(ledger)
        if turn % 6 == 5:
            ledger.undo()
            ids = [record for record in ids if record in all_ids(ledger)]
            agrees(ledger)
    agrees(ledger)


def all_ids(ledger: Ledger) -> set[str]:
    with ledger.read() as rows:
        return {*rows.ids(Query(Enterprise)), *rows.ids(Query(Enterprise, removed=True))}


def test_a_reading_that_began_earlier_keeps_its_own_order(ledger: Ledger) -> None:
    query = Query(Enterprise, sort=(("name", False),))
    with ledger.step("建") as step:
        a, b = step.create_many(Enterprise, [{"name": "甲"}, {"name": "乙"}])
    with ledger.read() as early:
        assert early.ids(query) == [a, b]
        with ledger.step("改") as step:
            step.change(Enterprise, b, {"name": "阿"})
        with ledger.read() as late:
            assert late.ids(query) == [b, a]
        assert early.ids(query) == [a, b]


def test_an_order_is_made_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger.step("建") as step:
        ids = step.create_many(Enterprise, [{"name": name} for name in ("丙", "乙", "甲")])
    made: list[int] = []
    real = orders._by_words
    monkeypatch.setattr(orders, "_by_words", lambda *args: (made.append(1), real(*args))[1])
    with ledger.read() as rows:
        for falling in (False, True, False):
            rows.ids(Query(Enterprise, sort=(("name", falling),)))
    with ledger.step("改") as step:
        step.change(Enterprise, ids[0], {"name": "阿"})
    with ledger.read() as rows:
        assert rows.ids(Query(Enterprise, sort=(("name", False),)))[0] == ids[0]
    assert len(made) == 1


@pytest.mark.parametrize("at_once", [1, 3, 10_000])
def test_rows_are_picked_of_an_order_in_pieces_of_any_length(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(word_orders, "_AT_ONCE", at_once)
    order = array("q", Random(3).sample(range(1, 400), 200))
    for wanted in ([], list(order[:1]), list(order[::3]), [*order, 5_000]):
        found = word_orders.picked(order, wanted, lambda: False)
        assert list(found) == [number for number in order if number in wanted]
    assert not word_orders.picked(array("q"), [4])
    with pytest.raises(Cancelled):
        word_orders.picked(order, list(order), lambda: True)


@pytest.mark.parametrize("at_once", [1, 7, 24_000])
def test_keys_are_those_of_each_word_in_pieces_of_any_length(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(orders, "_WORD_BYTES", at_once)
    monkeypatch.setattr(orders, "_AT_ONCE", at_once)
    for words in ([""], ["", ""], ["", "茶", ""], [word or "" for word in WORDS] * 3):
        joined = collating.SEPARATOR.join(words).encode()
        keys = [collating.key(word) for word in words]
        assert orders._keys(joined, None) == keys
        numbers = array("q", range(5, 5 + len(words)))
        written = b",".join(orders._pieces(numbers, [keys], None))
        assert json.loads(written) == {str(n): key for n, key in zip(numbers, keys, strict=True)}
        written = b",".join(orders._pieces(numbers, [keys, keys], None))
        assert json.loads(written)["5"] == [keys[0], keys[0]]
