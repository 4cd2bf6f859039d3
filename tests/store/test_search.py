"""Search, case by case: what finds a firm, in which order, and what edits and other readers change."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import queries, turns
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.store.searching import index
from tests.store.searching_oracle import expected, fill, found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(
        tmp_path / "甲.ledger", office=Office(name="甲县专班", level="county", division="411523")
    ) as made:
        yield made


EVERYTHING = {
    "code": "91411523MA0000009P", "regno": "411523000012345", "internal_no": "甲-17",
    "person": "曾单", "phone": "13900001234", "liaison": "解小仇", "liaison_phone": "0376-2988888",
    "former_name": "重庆长乐行", "place": "新集镇解放路５号", "address": "吴陈河镇", "village": "油榨湾村",
}  # fmt: skip


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize(
    "typed",
    ["9P", "009p", "91411523MA0000009P", "12345", "甲-17", "17", "曾单", "zengshan", "zs", "cd",
     "cengdan", "1234", "2988", "解小", "chongqing", "zhongqing", "cqclh", "cqclx", "changle", "解放路5",
     "吴", "油榨", "新县茶厂", "新县（茶", "xinxian", "xin xian", "xx", "XX", "ｘｘｃ", "xxcha", "新集 茶",
     "xinxcc", "县"],
)  # fmt: skip
def test_everything_that_names_a_firm_finds_it(ledger: Ledger, typed: str, loaded: bool) -> None:
    ids = fill(ledger, "新县（茶）厂", **EVERYTHING)
    fill(ledger, "没有关系的户")
    if loaded:
        ledger.searching.load()
    assert found(ledger, typed) == ids


@pytest.mark.parametrize("loaded", [False, True])
def test_what_is_not_there_is_not_found(ledger: Ledger, loaded: bool) -> None:
    fill(ledger, "新县（茶）厂", **EVERYTHING)
    if loaded:
        ledger.searching.load()
    for word in ("xinxiang", "县新", "9PX", "xin xiang", "厂茶", "cx", "河陈", "%", "_"):
        assert found(ledger, word) == [], word


@pytest.mark.parametrize("loaded", [False, True])
def test_what_was_touched_last_comes_first_and_a_whole_code_before_all(
    ledger: Ledger, loaded: bool
) -> None:
    code = "91411523MA00000017"
    one, two, three = (
        fill(ledger, "甲茶厂", code=code)[0],
        fill(ledger, "乙茶厂")[0],
        fill(ledger, "丙茶厂", former_name=f"原{code}")[0],
    )
    if loaded:
        ledger.searching.load()
    assert found(ledger, "茶厂") == [three, two, one]
    with ledger.step("改") as step:
        step.change(Enterprise, two, {"phone": "1"})
    assert found(ledger, "茶厂") == [two, three, one]
    assert found(ledger, code) == [one, three]
    assert found(ledger, code[:14]) == [three, one]


def test_conditions_and_order_hold_within_what_is_found(ledger: Ledger) -> None:
    a, b, c = fill(ledger, "甲茶厂", "丙茶厂", "乙茶厂")
    with ledger.step("改") as step:
        step.change_many(Enterprise, [(a, {"capital": 5}), (b, {"capital": 9})])
        step.remove(Enterprise, c)
    ledger.searching.load()
    with ledger.read() as rows:
        ask = Query(Enterprise, (Where("capital", "notnull"),), "茶厂")
        assert rows.ids(ask) == [b, a]
        assert rows.ids(Query(Enterprise, text="茶厂", sort=(("capital", False),))) == [a, b]
        assert rows.ids(Query(Enterprise, (Where("capital", ">", 5),), "茶厂")) == [b]
        assert rows.total(ask, "capital") == 14
        assert rows.ids(Query(Enterprise, text="茶厂", removed=True)) == [c]
        assert [f.id for f in rows.page(ask, 1, 5)] == [a]


@pytest.mark.parametrize("loaded", [False, True])
def test_hits_are_counted_up_to_the_cap(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, loaded: bool
) -> None:
    monkeypatch.setattr(queries, "CAP", 5)
    ids = fill(ledger, *[f"茶厂{n}" for n in range(9)])
    if loaded:
        ledger.searching.load()
    with ledger.read() as rows:
        assert rows.count(Query(Enterprise, text="茶厂")) == 6
        assert rows.ids(Query(Enterprise, text="茶厂"), 2) == ids[:-3:-1]


def test_a_step_finds_what_it_has_written_itself(ledger: Ledger) -> None:
    fill(ledger, "甲茶厂")
    ledger.searching.load()
    with ledger.step("建") as step:
        made = step.create(Enterprise(id="", name="乙茶厂"))
        step.rows.connection  # noqa: B018 - settles what is written behind
        assert step.rows.ids(Query(Enterprise, text="乙茶")) == [made]
        with ledger.read() as rows:
            assert rows.ids(Query(Enterprise, text="乙茶")) == []
    assert found(ledger, "乙茶") == [made]


def test_a_reading_that_began_earlier_goes_on_finding_what_it_sees(ledger: Ledger) -> None:
    (a,) = fill(ledger, "甲茶厂")
    ledger.searching.load()
    with ledger.read() as early:
        early.count(Query(Enterprise))
        (b,) = fill(ledger, "乙茶厂")
        assert found(ledger, "茶厂") == [b, a]
        assert early.ids(Query(Enterprise, text="茶厂")) == [a]
    assert found(ledger, "茶厂") == [b, a]


def test_another_ledger_object_on_the_file_is_noticed(ledger: Ledger) -> None:
    (a,) = fill(ledger, "甲茶厂")
    with Ledger.open(ledger.path, read_only=True) as other:
        other.searching.load()
        (b,) = fill(ledger, "乙茶厂")
        assert found(other, "茶厂") == [b, a]
        ledger.undo()
        assert found(other, "茶厂") == [a]
        ledger.redo()
        assert found(other, "茶厂") == [b, a]


def test_much_that_is_new_is_loaded_behind_and_found_meanwhile(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FEW", 3)
    fill(ledger, "甲茶厂")
    ledger.searching.load()
    ids = fill(ledger, *[f"茶行{n}" for n in range(7)])
    assert found(ledger, "茶行") == ids[::-1]
    wait(ledger)
    assert found(ledger, "茶行") == ids[::-1]
    assert ledger.searching.is_ready


def wait(ledger: Ledger) -> None:
    end = time.monotonic() + timedelta(seconds=20).total_seconds()
    while ledger.searching.is_loading and time.monotonic() < end:
        time.sleep(0.005)
    assert not ledger.searching.is_loading


def test_many_small_edits_stay_right_over_several_segments(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_FRESH", 3)
    monkeypatch.setattr(index, "SIZE", 4)
    ids = fill(ledger, *[f"茶厂{n}" for n in range(11)])
    ledger.searching.load()
    for n, record in enumerate([*ids, *ids[::-1]]):
        with ledger.step("改") as step:
            step.change(Enterprise, record, {"phone": f"1{n}"})
            if n % 5 == 0:
                step.remove(Enterprise, ids[n % 11])
        for word in ("茶厂", "cc", "chac", f"1{n}"):
            assert found(ledger, word) == expected(ledger, word)
    assert found(ledger, "茶", removed=True) == expected(ledger, "茶", removed=True)


def test_closing_stops_the_loading(ledger: Ledger) -> None:
    fill(ledger, *[f"茶厂{n}" for n in range(800)])
    ledger.searching.warm()
    ledger.searching.close()
    assert not ledger.searching.is_loading
    assert "ledger-search" not in {thread.name for thread in threading.enumerate()}
    ledger.searching.warm()  # once closed it stays so
    assert not ledger.searching.is_loading
    assert len(found(ledger, "茶厂7")) == 111


def test_what_is_worked_out_behind_waits_while_the_window_reads(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_LONGEST", 60)
    gone_on = threading.Event()

    def go_on(*, reading: bool) -> None:
        with ledger.read() if reading else nullcontext():  # only the first thread goes before it
            ledger.searching.turns.wait()
        gone_on.set()

    with ledger.read():
        threading.Thread(target=go_on, kwargs={"reading": False}).start()
        assert not gone_on.wait(0.02)
    assert gone_on.wait(30)
    gone_on.clear()
    threading.Thread(target=go_on, kwargs={"reading": True}).start()
    assert gone_on.wait(30)


def test_a_whole_internal_number_comes_first_though_it_is_pinyin_of_others(ledger: Ledger) -> None:
    whole, part = fill(ledger, "茶厂甲", "茶厂乙")
    fill(ledger, *[f"新县{n}有限公司" for n in range(5)])
    with ledger.step("改") as step:
        step.change(Enterprise, whole, {"internal_no": "youxiangongsi"})
        step.change(Enterprise, part, {"internal_no": "youxiangongsi-2"})
    fill(ledger, "老有限公司")
    right = expected(ledger, "youxiangongsi")
    assert len(right) == 8
    assert right[0] == whole
    for _ in range(2):
        assert found(ledger, "youxiangongsi") == right
        ledger.searching.load()


def test_nothing_typed_finds_all_and_a_blank_the_same(ledger: Ledger) -> None:
    fill(ledger, "甲", "乙")
    ledger.searching.load()
    with ledger.read() as rows:
        assert rows.count(Query(Enterprise, text=" 　")) == 2
