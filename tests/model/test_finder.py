"""Finding by code, fragment and pinyin; the divisions that are held small."""

from __future__ import annotations

from itertools import product

import pytest

from ledger_desk import paths
from ledger_desk.model.divisions import divisions, village_name, villages
from ledger_desk.model.finder import Finder, sounds


@pytest.fixture(scope="module")
def places() -> Finder:
    return Finder([("411523205", "卡房乡"), ("4115", "信阳市"), ("411523", "新县"), ("50", "重庆市"),
                   ("1", "乐清市"), ("", "Ａ级园区"), ("9", "女娲山镇"), ("8", "西安市")])  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("411523205", 0), ("4115", 1), ("kfx", 0), ("kafangxiang", 0), ("kafangx", 0), ("KaFang", 0),
        ("卡f", 0), ("卡房", 0), ("chongqing", 3), ("zhongqing", 3), ("yueqing", 4), ("leqing", 4),
        ("lqs", 4), ("yqs", 4), ("a级", 5), ("Ａ", 5), ("nvwashan", 6), ("xinxian", 2), ("xian", 7), ("乡 kf", 0),
        ("523205", 0), ("xianshi", 7),
    ],
)  # fmt: skip
def test_code_fragment_initials_and_any_reading_find(places, typed, first) -> None:
    assert places.find(typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["", " ", "qqq", "卡 zz", "kfxx", "[", "(?:", "\\", "9999", "卡房乡镇"]
)
def test_what_nothing_is_called_finds_nothing(places, typed) -> None:
    assert places.find(typed) == []


def test_whole_words_come_before_beginnings_and_these_before_fragments() -> None:
    finder = Finder([("", "大新县镇"), ("", "新县镇"), ("", "新县")])
    for typed in ("新县", "xinxian", "xx"):
        assert finder.find(typed) == [2, 1, 0], typed
    assert finder.find("新县", 2) == [2, 1]


def test_initials_agree_with_a_slow_look_at_every_reading() -> None:
    names = list(dict.fromkeys(divisions()[code] for code in divisions() if len(code) == 6))[::9]
    finder = Finder([("", name) for name in names])
    read: dict[str, set[str]] = {}
    for syllable, characters in sounds().items():
        for character in characters:
            read.setdefault(character, set()).add(syllable[0])

    def slow(typed: str) -> set[int]:
        wanted = set()
        for number, name in enumerate(names):
            for start in range(len(name) - len(typed) + 1):
                part = name[start : start + len(typed)]
                if all(letter in read.get(c, ()) for c, letter in zip(part, typed, strict=True)):
                    wanted.add(number)
        return wanted

    # No vowels and no zh, ch, sh: these are initials and nothing else.
    for typed in map("".join, product("bdqxj", "lmtx", "qx")):
        assert set(finder.find(typed, 10_000)) == slow(typed), typed


def test_the_divisions_held_small_are_those_of_the_table() -> None:
    path = paths.resources() / "dictionaries" / "divisions.tsv"
    table = dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    known = divisions()
    assert dict(known.items()) == table
    assert list(known) == list(table)
    assert [known[code] for code in list(table)[::997]] == list(table.values())[::997]
    assert "411523999" not in known
    assert known.get("卡房乡") is None
    assert known.get("41152") is None
    assert len(known.inside("411523", 9)) == 16
    assert known.full_name("411523205") == "河南省信阳市新县卡房乡"
    assert known.full_name("110101") == "北京市东城区"


@pytest.mark.parametrize(
    ("full", "short"),
    [("沙窝村村民委员会", "沙窝村"), ("义阳社区居民委员会", "义阳社区"), ("向阳居民委员会", "向阳社区"),
     ("甲湾村委会", "甲湾村"), ("甲湾村", "甲湾村")],
)  # fmt: skip
def test_villages_are_called_as_people_call_them(full, short) -> None:
    assert village_name(full) == short


def test_villages_are_known_for_the_shipped_city_only() -> None:
    assert len(villages("411523")) == 3474
    assert villages("330127") == villages("") == {}
