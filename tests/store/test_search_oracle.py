"""Search agrees with a slow oracle: with the index, without it, and after whatever was done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.search import search_texts
from ledger_desk.store.searching import grams, names, places, sounds
from ledger_desk.store.searching.segment import Segment
from ledger_desk.store.searching.wanted import wanted
from tests.store.searching_oracle import PLAIN, SPELT, expected, fold, found, matches

# Ways of a large segment and of a small one: what is listed, looked at, or cut out of sets.
WAYS = {
    "usual": {},
    "listed": {"_RARE": 0},
    "narrowed": {"_FEW_NAMES": -1, "_SOME": 1, "_SHORT": 1, "_FEW": 0, "_PART": 3},
    "half listed, some long": {
        "_RARE": 1,
        "_FEW_NAMES": -1,
        "_SOME": 3,
        "_SHORT": 2,
        "_WIDTHS": (5,),
    },
    "all long": {"_WIDTHS": (1,)},
}
WHERE = {"_RARE": (grams, "_RARE"), "_FEW_NAMES": (names, "_FEW"), "_SOME": (places, "_SOME"),
         "_SHORT": (places, "_SHORT"), "_FEW": (places, "_FEW"), "_PART": (places, "_PART"),
         "_WIDTHS": (sounds, "_WIDTHS")}  # fmt: skip


@pytest.fixture(scope="module", params=list(WAYS))
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WAYS[request.param].items():
            patch.setattr(*WHERE[name], value)
        yield request.param


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


# Few characters, so that random queries meet random names: polyphones, rare ones, signs, widths.
CHARACTERS = "新县重庆银行曾单长乐茶厂吕女阿o欧\U00020bb7\U0002070e㐂（）·-ＡａB1２三ー 　"
LETTERS = "xinangchoqgzhlvyue1b" + "xc"
texts = st.text(CHARACTERS, max_size=8)
numbers = st.text("91MAX０2-", max_size=5)
firms = st.lists(
    st.fixed_dictionaries(
        {"name": texts},
        optional={
            "person": st.text(CHARACTERS, max_size=3), "former_name": texts, "code": numbers,
            "phone": numbers, "address": texts, "village": texts, "liaison": texts,
        },
    ),
    min_size=1, max_size=12,
)  # fmt: skip
typed = st.one_of(
    st.text(LETTERS, min_size=1, max_size=7),
    st.text(LETTERS.upper() + " ", min_size=1, max_size=5),
    st.text(CHARACTERS, min_size=1, max_size=3),
    st.text("91MAX2", min_size=1, max_size=3),
    st.sampled_from(
        ["xinxian", "xin xian", "xx", "chongqing", "zhongqing", "yinhang", "yinxing", "zeng", "ceng",
         "shan", "dan", "chan", "changle", "zhangyue", "lv", "lu", "nv", "xinxc", "xxcha", "新 茶",
         "a", "1", "茶", "重庆银行", "ＸＸ"]
    ),
).filter(fold)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(firms=firms, words=st.lists(typed, min_size=1, max_size=8))
def test_a_segment_finds_what_the_oracle_finds(
    way: str, firms: list[dict[str, str]], words: list[str]
) -> None:
    columns = {name: [row.get(name) for row in firms] for name in SPELT + PLAIN}
    given = search_texts(columns, len(firms))
    segment = Segment([(n, False, text) for n, text in enumerate(given)], lambda: None)
    for word in words:
        asked = wanted(word)
        if asked.pieces:
            right = [n for n, row in enumerate(firms) if matches(Enterprise(id="", **row), word)]
            assert [n for n, text in enumerate(given) if asked.matches(text)] == right
            assert list(segment.find(asked, removed=False)) == right


@settings(
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=max(8, settings.default.max_examples // 5),
    phases=(Phase.explicit, Phase.generate),  # each example makes a ledger: too slow to shrink
)
@given(firms=firms, more=firms, words=st.lists(typed, min_size=1, max_size=8), data=st.data())
def test_search_agrees_with_the_oracle_with_and_without_the_index(
    folder: Path, firms: list[dict[str, str]], more: list[dict[str, str]], words: list[str],
    data: st.DataObject,
) -> None:  # fmt: skip
    path = folder / f"{time.monotonic_ns()}.ledger"
    with Ledger.create(path, office=Office(name="甲", level="county", division="411523")) as ledger:

        def put(rows: list[dict[str, str]]) -> list[str]:
            with ledger.step("建") as step:
                # Codes are unique: the number of the row goes in front where one was given.
                given = [
                    {k: f"{n}{v}{len(firms)}" if k == "code" else v for k, v in row.items()}
                    for n, row in enumerate(rows)
                ]
                return step.create_many(Enterprise, given)

        ids = put(firms)
        right = {word: expected(ledger, word) for word in words}
        assert {word: found(ledger, word) for word in words} == right
        ledger.searching.load()
        assert {word: found(ledger, word) for word in words} == right
        # Edits, a binned firm, new firms and what undo makes of them are caught up with.
        with ledger.step("改") as step:
            step.change(Enterprise, ids[0], {"name": data.draw(texts), "code": None})
            step.remove(Enterprise, data.draw(st.sampled_from(ids)))
        if data.draw(st.booleans()):
            with ledger.step("再建") as step:
                step.create_many(Enterprise, [{**row, "code": None} for row in more])
        for _ in range(data.draw(st.integers(0, 3))):
            if ledger.undo_name():
                ledger.undo()
        for removed in (False, True):
            for word in words:
                assert found(ledger, word, removed) == expected(ledger, word, removed)
        assert ledger.searching.is_ready
