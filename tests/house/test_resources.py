"""The shipped fonts, icons and dictionaries are whole, and say what their sources say."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ledger_desk.model import vocabulary

# sha256 of the npm packages' files, so that a font is never swapped unnoticed.
FONTS = {
    "NotoSerifSC-400.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
    "NotoSerifSC-900.ttf": "092e71a70c744be3cc33999eb4edcb10fbe95c1b4cff6c2d7f04d6ff15d031e2",
    "NotoSansSC-400.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC-700.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
}


@pytest.fixture(scope="session")
def dictionaries(root: Path) -> Path:
    """Folder of the shipped dictionaries."""
    return root / "resources" / "dictionaries"


def table(path: Path) -> list[list[str]]:
    """Rows of a tab-separated file without a header."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FONTS)
def test_each_font_is_the_file_that_was_chosen(root: Path, name: str) -> None:
    data = (root / "resources" / "fonts" / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == FONTS[name]


def test_each_icon_is_an_outline_that_takes_ink_and_stroke_from_the_program(root: Path) -> None:
    icons = sorted((root / "resources" / "icons").glob("*.svg"))
    assert len(icons) >= 60
    for icon in icons:
        drawing = ET.fromstring(icon.read_text(encoding="utf-8"))
        assert drawing.get("stroke") == "currentColor", icon.name
        assert drawing.get("stroke-width") == "2", icon.name
        assert drawing.get("viewBox") == "0 0 24 24", icon.name
        assert len(drawing) >= 1, icon.name


def test_every_division_has_its_parent_and_the_county_of_the_guide_its_townships(
    dictionaries: Path,
) -> None:
    rows = table(dictionaries / "divisions.tsv")
    names = dict(rows)
    assert len(names) == len(rows) > 44_000
    assert rows == sorted(rows)
    parent = {9: 6, 6: 4, 4: 2}
    assert [c for c in names if len(c) != 2 and c[: parent[len(c)]] not in names] == []
    assert (names["41"], names["4115"], names["411523"]) == ("河南省", "信阳市", "新县")
    townships = {name for code, name in rows if code.startswith("411523") and len(code) == 9}
    assert {"新集镇", "沙窝镇", "卡房乡"} <= townships


def test_villages_lie_in_townships_that_are_there(dictionaries: Path) -> None:
    townships = {code for code, _ in table(dictionaries / "divisions.tsv") if len(code) == 9}
    villages = table(dictionaries / "villages_4115.tsv")
    assert len(villages) == 3474
    assert sum(code.startswith("411523") for code, _ in villages) == 206
    assert {code[:9] for code, _ in villages} <= townships


def test_industries_are_the_whole_classification_of_2017(dictionaries: Path) -> None:
    rows = table(dictionaries / "industries.tsv")
    codes = {code: (name, parent) for code, name, parent in rows}
    assert len(codes) == len(rows)
    lengths = [len(code) for code in codes if code[0].isdigit()]
    assert [lengths.count(n) for n in (2, 3, 4)] == [97, 473, 1381]
    assert sum(code.isalpha() for code in codes) == 20
    assert all(parent in codes for code, (_, parent) in codes.items() if not code.isalpha())
    assert codes["0111"] == ("稻谷种植", "011")
    assert codes["01"] == ("农业", "A")


def test_each_bank_has_one_of_the_bank_types_of_the_forms(dictionaries: Path) -> None:
    rows = table(dictionaries / "banks.tsv")
    assert {kind for _, _, kind in rows} == set(vocabulary.BANK_TYPES)
    assert len({short for _, short, _ in rows}) == len({full for full, _, _ in rows}) == len(rows)
    kinds = {short: kind for _, short, kind in rows}
    assert kinds["农业银行"] == "国有商业银行"
    assert kinds["农发行"] == "政策性银行"
    assert kinds["中原银行"] == "城市商业银行"


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_year_of_holidays_keeps_to_its_year_and_swaps_weekends_only(
    dictionaries: Path, year: int
) -> None:
    notice = tomllib.loads((dictionaries / "holidays" / f"{year}.toml").read_text(encoding="utf-8"))
    off = {datetime.date.fromisoformat(day) for day in notice["off"]}
    work = {datetime.date.fromisoformat(day) for day in notice["work"]}
    assert notice["year"] == year
    assert off
    assert work
    assert not off & work
    assert {day.year for day in off | work} <= {year - 1, year}
    assert all(day.weekday() >= 5 for day in work)
    assert {"元旦", "春节", "清明节", "劳动节", "端午节"} <= set(notice["off"].values())


def test_the_adjusted_workdays_of_2026_are_those_of_the_notice(dictionaries: Path) -> None:
    notice = tomllib.loads((dictionaries / "holidays" / "2026.toml").read_text(encoding="utf-8"))
    assert sorted(notice["work"]) == [
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ]  # fmt: skip


def test_the_year_without_a_notice_is_not_made_up(dictionaries: Path) -> None:
    assert not (dictionaries / "holidays" / "2027.toml").exists()


@pytest.mark.parametrize(
    ("character", "reading"),
    [
        ("单", "shan"), ("解", "xie"), ("仇", "qiu"), ("查", "zha"), ("曾", "zeng"), ("重", "chong"),
        ("行", "hang"), ("吕", "lv"), ("赟", "yun"), ("䶮", "yan"), ("㛃", "jie"), ("𫍽", "xuan"),
        ("𬭎", "hong"),
    ],
)  # fmt: skip
def test_the_pinyin_table_knows_every_reading_of_names_and_rare_characters(
    dictionaries: Path, character: str, reading: str
) -> None:
    readings = dict(table(dictionaries / "pinyin.tsv"))
    assert reading in readings[character].split(",")


def test_the_pinyin_table_reads_every_character_of_gb2312(dictionaries: Path) -> None:
    readings = dict(table(dictionaries / "pinyin.tsv"))
    block = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = [pair.decode("gb2312", errors="ignore") for pair in block]
    assert [char for char in characters if char and char not in readings] == []
    assert len(characters) > 6763
    assert all(text.isascii() and text.replace(",", "").islower() for text in readings.values())


def test_every_icon_that_the_window_names_is_shipped(root: Path) -> None:
    named = set()
    for path in (root / "src" / "ledger_desk").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""\b(?:icon=|pixmap\(\s*|icon\(\s*)"([a-z0-9-]+)\"""", text))
    shipped = {icon.stem for icon in (root / "resources" / "icons").glob("*.svg")}
    assert len(named) >= 5
    assert named <= shipped
