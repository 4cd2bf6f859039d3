"""Search agrees with a slow oracle: with the index, without it, and after whatever was done."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk import paths
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import queries
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.store.search import search_texts
from ledger_desk.store.searching import index, places
from ledger_desk.store.searching.segment import Segment
from ledger_desk.store.searching.wanted import wanted

SPELT = ("name", "person", "former_name")
PLAIN = (
    "code", "regno", "internal_no", "phone", "liaison", "liaison_phone", "place", "address",
    "village",
)  # fmt: skip


# -- the oracle: what a person means, written down plainly ------------------------------------------


@lru_cache(maxsize=1)
def readings() -> dict[str, set[str]]:
    """Every reading of every character in capitals; ü as V and as U."""
    found: dict[str, set[str]] = {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, words = line.partition("\t")
        for word in words.replace(",", " ").upper().split():
            found.setdefault(character, set()).update({word, word.replace("V", "U")})
    return found


def fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def spelt(name: str, typed: str) -> bool:
    """Whole syllables first, then initials, the last one at least begun; signs do not count."""
    if not typed.isascii() or not typed.isalnum() or typed.isdigit() or len(typed) > 32:
        return False
    characters = [c for c in name if c.isalnum()]

    def goes_on(place: int, rest: str, initials: bool) -> bool:
        if place == len(characters):
            return False
        character = characters[place]
        sounds = readings().get(character, set())
        if any(sound.startswith(rest) for sound in sounds) or rest == character:
            return True
        for sound in sounds:
            whole = len(sound) > 1 and not initials and rest.startswith(sound)
            if whole and goes_on(place + 1, rest[len(sound) :], False):
                return True
        first = {sound[0] for sound in sounds} | {character}
        return rest[0] in first and len(rest) > 1 and goes_on(place + 1, rest[1:], True)

    return any(goes_on(place, typed, False) for place in range(len(characters)))


def matches(firm: Enterprise, typed: str) -> bool:
    lines = {name: fold(getattr(firm, name) or "") for name in SPELT + PLAIN}
    for piece in map(fold, typed.split()):
        bare = ["".join(c for c in lines[name] if c.isalnum()) for name in SPELT]
        if not (
            any(piece in line for line in [*lines.values(), *bare])
            or any(spelt(line, piece) for line in bare)
        ):
            return False
    return True


def expected(ledger: Ledger, typed: str, removed: bool = False) -> list[str]:
    """Ids of the firms that match, the most recently touched first."""
    with ledger.read() as rows:
        firms = rows.find(Query(Enterprise, removed=removed))
        sql = "SELECT record, max(id) FROM change GROUP BY record"
        touched = {row[0]: row[1] for row in rows.connection.exec_driver_sql(sql)}
    found = [firm for firm in firms if fold(typed) and matches(firm, typed)]
    found.sort(key=lambda firm: -touched[firm.id])
    typed = fold(typed) if len(typed.split()) == 1 else ""
    if len(typed) >= 13 and typed.isascii():
        numbers = ("code", "regno", "internal_no")
        found.sort(key=lambda f: typed not in [fold(getattr(f, n) or "") for n in numbers])
    return [firm.id for firm in found]


def found(ledger: Ledger, typed: str, removed: bool = False) -> list[str]:
    with ledger.read() as rows:
        query = Query(Enterprise, text=typed, removed=removed)
        ids = rows.ids(query)
        assert [firm.id for firm in rows.find(query)] == ids
        assert rows.count(query) == len(ids)
        return ids


# -- ledgers ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(
        tmp_path / "甲.ledger", office=Office(name="甲县专班", level="county", division="411523")
    ) as made:
        yield made


def fill(ledger: Ledger, *names: str, **fields: str) -> list[str]:
    with ledger.step("建") as step:
        return step.create_many(Enterprise, [{"name": name, **fields} for name in names])


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


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=300)
@given(firms=firms, words=st.lists(typed, min_size=1, max_size=8))
def test_a_segment_finds_what_the_oracle_finds(
    firms: list[dict[str, str]], words: list[str]
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


# -- single cases -----------------------------------------------------------------------------------

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
    monkeypatch.setattr(places, "SIZE", 64)
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


def test_nothing_typed_finds_all_and_a_blank_the_same(ledger: Ledger) -> None:
    fill(ledger, "甲", "乙")
    ledger.searching.load()
    with ledger.read() as rows:
        assert rows.count(Query(Enterprise, text=" 　")) == 2
