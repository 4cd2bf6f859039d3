"""Many new records at once: the same as one at a time, and nothing left when one clashes."""

from __future__ import annotations

import gc
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import bulk, chain, derived, rowing, search
from ledger_desk.store.hurrying import hurry
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

_WORDS = st.text(alphabet='甲乙（ ａ"\\\n\t\u3000\x85é茶长重单X9', max_size=6)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": _WORDS | st.none(),
            "person": _WORDS | st.none(),
            "note": _WORDS,
            "staff": st.integers(0, 10**6) | st.none(),
            "founded": st.dates(date(1950, 1, 1), date(2024, 12, 31)) | st.none(),
        },
    ),
    min_size=1,
    max_size=6,
)


@given(_ROWS)
def test_the_journal_says_of_many_what_it_says_of_one(rows):
    new = bulk.new_rows(Enterprise, [str(n) for n in range(len(rows))], rows)
    said = [rowing.unpack(text.decode()) for text in new.texts()]
    for row, text in zip(rows, said, strict=True):
        wanted = {k: v for k, v in rowing.saved(Enterprise, row).items() if v is not None}
        assert text == wanted


@given(st.lists(st.tuples(_WORDS, _WORDS), max_size=5))
def test_creations_fed_at_once_have_the_digest_of_single_ones(pairs):
    one, many = chain.Digest(), chain.Digest()
    one.add([("t", record, None, after, None, None) for record, after in pairs])
    many.add_new("t", [r for r, _ in pairs], [a.encode() for _, a in pairs])
    assert one.finish(["x"]) == many.finish(["x"])
    assert one.count == many.count


@given(
    st.lists(
        st.fixed_dictionaries({"name": _WORDS, "person": _WORDS, "place": _WORDS}),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=200)
def test_search_texts_of_many_are_those_of_each(rows):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    alone = [search.search_texts({k: [v] for k, v in row.items()}, 1)[0] for row in rows]
    assert search.search_texts(columns, len(rows)) == alone
    for row, text in zip(rows, alone, strict=True):
        assert text.startswith(search.normalise(row["name"]) + "\n")


def _firms(count: int, first: int = 0):
    return [
        {"name": f"新县茶叶{n}有限公司", "staff": n, "founded": date(2020, 1, 1 + n % 28)}
        for n in range(first, first + count)
    ]


def test_blocks_written_behind_are_seen_by_reads_and_verify(tmp_path):
    with Ledger.create(tmp_path / "a.ledger", office=Office(name="甲", level="county")) as ledger:
        with ledger.step("装入") as step:
            for first in range(0, 3000, 1000):
                ids = step.create_many(Enterprise, _firms(1000, first))
                assert step.rows.count(Query(Enterprise)) == first + 1000
                assert step.rows.get(Enterprise, ids[-1]).staff == first + 999
        assert step.result.rows == 3000
        assert ledger.verify() == []
        with ledger.read() as rows:
            assert derived.check(rows.connection) == 0
        ledger.undo()
        assert ledger.count(Query(Enterprise)) == 0
        assert ledger.verify() == []


def test_a_clash_in_a_block_written_behind_leaves_the_ledger_as_it_was(tmp_path):
    with Ledger.create(tmp_path / "a.ledger", office=Office(name="甲", level="county")) as ledger:
        head = ledger.head()
        twice = _firms(1000)
        twice[700]["code"] = twice[900]["code"] = "91411523MA0000000X"
        with pytest.raises(UserError), ledger.step("装入") as step:
            step.create_many(Enterprise, twice)
        assert ledger.head() == head
        assert ledger.count(Query(Enterprise)) == 0
        with ledger.step("再装") as step:
            step.create_many(Enterprise, _firms(1000))
        assert ledger.verify() == []


def _write_and_fail(ledger):
    with ledger.step("装入") as step:
        step.create_many(Enterprise, _firms(2000))
        raise ZeroDivisionError


def test_an_error_of_the_caller_while_a_block_is_being_written_rolls_all_back(tmp_path):
    with Ledger.create(tmp_path / "a.ledger", office=Office(name="甲", level="county")) as ledger:
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(ledger)
        assert ledger.count(Query(Enterprise)) == 0
        assert ledger.verify() == []


def test_fresh_ids_are_all_different_and_rise():
    ids = rowing.fresh_ids(5000)
    assert ids == sorted(set(ids))
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in ids)


def _hurry_and_fail():
    with hurry():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_hurry_puts_everything_back_after_an_error():
    turn = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError):
        _hurry_and_fail()
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn


@pytest.mark.parametrize("count", [150, 600])  # at once; behind, many rows in a statement
def test_what_all_rows_share_is_written_as_what_each_has_alone(tmp_path, count):
    odd = '老王\'s "店" 100% ? :a ?1 \\n --'
    shared = {"note": odd, "staff": 7, "scope": "长" * 80, "person": "换\n行", "revenue": -(2**53)}
    rows = [{"name": f"新县茶叶{n}有限公司", **shared} for n in range(count)]
    with Ledger.create(tmp_path / "a.ledger", office=Office(name="甲", level="county")) as ledger:
        with ledger.step("装入") as step:
            step.create_many(Enterprise, rows)
            step.create_many(Enterprise, [{**row, "address": "新县"} for row in rows])
        firms = ledger.find(Query(Enterprise))
        assert sorted(firm.name for firm in firms) == sorted(row["name"] for row in rows * 2)
        assert all(getattr(firm, n) == v for firm in firms for n, v in shared.items())
        assert sum(firm.address == "新县" for firm in firms) == count
        assert ledger.verify() == []
        with ledger.read() as read:
            assert derived.check(read.connection) == 0
            kinds = "SELECT DISTINCT typeof(after), typeof(record) FROM change"
            assert read.connection.exec_driver_sql(kinds).all() == [("text", "text")]
