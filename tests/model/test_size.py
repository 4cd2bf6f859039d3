from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.size import CLASSES, GRADES, Size, classes_of, classify, grade_of

WAN = 1_000_000  # fen

# domain.md §8.1, written out once more on its own: class, a code of it, and per indicator the
# lower bounds of 小型, 中型, 大型 (X persons, Y and Z 万元).
TABLE = [
    ("农、林、牧、渔业", "A0111", {"Y": (50, 500, 20000)}),
    ("工业", "C3311", {"X": (20, 300, 1000), "Y": (300, 2000, 40000)}),
    ("建筑业", "E4710", {"Y": (300, 6000, 80000), "Z": (300, 5000, 80000)}),
    ("批发业", "F5111", {"X": (5, 20, 200), "Y": (1000, 5000, 40000)}),
    ("零售业", "F5211", {"X": (10, 50, 300), "Y": (100, 500, 20000)}),
    ("交通运输业", "G5431", {"X": (20, 300, 1000), "Y": (200, 3000, 30000)}),
    ("仓储业", "G5951", {"X": (20, 100, 200), "Y": (100, 1000, 30000)}),
    ("邮政业", "G6010", {"X": (20, 300, 1000), "Y": (100, 2000, 30000)}),
    ("住宿业", "H6110", {"X": (10, 100, 300), "Y": (100, 2000, 10000)}),
    ("餐饮业", "H6210", {"X": (10, 100, 300), "Y": (100, 2000, 10000)}),
    ("信息传输业", "I6410", {"X": (10, 100, 2000), "Y": (100, 1000, 100000)}),
    ("软件和信息技术服务业", "I6513", {"X": (10, 100, 300), "Y": (50, 1000, 10000)}),
    ("房地产开发经营", "K7010", {"Y": (100, 1000, 200000), "Z": (2000, 5000, 10000)}),
    ("物业管理", "K7020", {"X": (100, 300, 1000), "Y": (500, 1000, 5000)}),
    ("租赁和商务服务业", "L7111", {"X": (10, 100, 300), "Z": (100, 8000, 120000)}),
    ("其他未列明行业", "M7310", {"X": (10, 100, 300)}),
]
ENORMOUS = 10**9
BOUNDARIES = [
    (name, code, indicator, level, bound)
    for name, code, bounds in TABLE
    for indicator, lower in bounds.items()
    for level, bound in enumerate(lower, start=1)
]


def grade(code: str, **values: int | None) -> Size:
    """Classify with X in persons and Y, Z in fen."""
    return classify(code, values.get("X"), values.get("Y"), values.get("Z"))


@pytest.mark.parametrize(("name", "code", "indicator", "level", "bound"), BOUNDARIES)
def test_every_threshold_divides_at_its_lower_bound(
    name: str, code: str, indicator: str, level: int, bound: int
) -> None:
    factor = 1 if indicator == "X" else WAN
    others = {key: ENORMOUS * WAN for key in "XYZ" if key != indicator}
    on = grade(code, **others, **{indicator: bound * factor})
    below = grade(code, **others, **{indicator: bound * factor - 1})  # one person or one fen less
    assert on.grade == GRADES[level]
    assert below.grade == GRADES[level - 1]
    assert name in on.reason


def test_the_boundaries_cover_the_whole_table() -> None:
    held = {
        line.name: [b for b in (line.staff, line.revenue, line.assets) if b] for line in CLASSES
    }
    assert held == {
        name: [bounds[key] for key in "XYZ" if key in bounds] for name, _code, bounds in TABLE
    }


@given(
    st.sampled_from(TABLE),
    st.integers(0, 3000),
    st.integers(0, 300_000 * WAN),
    st.integers(0, 300_000 * WAN),
)
def test_the_grade_is_the_lowest_that_any_indicator_gives(
    line: tuple[str, str, dict[str, tuple[int, int, int]]], x: int, y: int, z: int
) -> None:
    _name, code, bounds = line
    values = {"X": x, "Y": y / WAN, "Z": z / WAN}
    large = all(values[k] >= b[2] for k, b in bounds.items())
    medium = all(values[k] >= b[1] for k, b in bounds.items())
    micro = any(values[k] < b[0] for k, b in bounds.items())
    expected = "微型" if micro else "大型" if large else "中型" if medium else "小型"
    assert classify(code, x, y, z).grade == expected


def test_one_high_figure_does_not_lift_a_firm() -> None:
    assert grade("C33", X=1000, Y=299 * WAN).grade == "微型"
    assert grade("C33", X=1000, Y=2000 * WAN).grade == "中型"
    assert grade("C33", X=299, Y=40000 * WAN).grade == "小型"


def test_a_software_firm_of_103_people_is_medium() -> None:
    # domain.md §8.1: a case from a public source, 103 人 and 15735 万元.
    assert grade("I65", X=103, Y=15735 * WAN).grade == "中型"


def test_the_reason_names_numbers_and_thresholds() -> None:
    found = grade("C33", X=350, Y=1_500 * WAN)
    assert found.reason == (
        "按工业：从业人员350人为中型（300人至不足1,000人），"
        "营业收入1,500.00万元为小型（300万元至不足2,000万元），取较低一档，"
        "划为小型（国统字〔2017〕213号）。"
    )
    assert "80,000万元及以上" in grade("E47", Y=80000 * WAN, Z=90000 * WAN).reason


@pytest.mark.parametrize(
    ("code", "values", "missing"),
    [
        ("C33", {"X": 20}, ("营业收入",)),
        ("C33", {"X": 5000}, ("营业收入",)),
        ("C33", {}, ("从业人员", "营业收入")),
        ("E47", {"X": 3, "Z": 300 * WAN}, ("营业收入",)),
        ("L72", {"Y": 1}, ("从业人员", "资产总额")),
        ("M73", {"Y": 1, "Z": 1}, ("从业人员",)),
        ("", {"X": 1, "Y": 1, "Z": 1}, ("行业代码",)),
    ],
)
def test_missing_figures_leave_the_grade_open(
    code: str, values: dict[str, int], missing: tuple[str, ...]
) -> None:
    found = grade(code, **values)
    assert found.grade == ""
    assert found.missing == missing
    assert all(name in found.reason for name in missing) or not code
    assert found.reason.endswith("。")


def test_one_micro_figure_settles_the_grade_without_the_others() -> None:
    assert grade("C33", X=19).grade == "微型"
    assert grade("C33", Y=299 * WAN).grade == "微型"
    assert grade("L72", Z=99 * WAN).grade == "微型"
    assert grade("C33", X=19).missing == ()
    assert "微型只须满足一项" in grade("C33", X=19).reason
    assert grade("C33", X=0).grade == "微型"


@given(st.sampled_from(TABLE), st.integers(0, 3000), st.integers(0, 300_000 * WAN), st.integers(0, 300_000 * WAN), st.sets(st.sampled_from("XYZ")))  # fmt: skip
def test_an_early_grade_is_never_contradicted_by_the_full_figures(
    line: tuple[str, str, dict[str, tuple[int, int, int]]],
    x: int,
    y: int,
    z: int,
    hidden: set[str],
) -> None:
    full = {"X": x, "Y": y, "Z": z}
    known = {key: None if key in hidden else value for key, value in full.items()}
    early = grade(line[1], **known)
    assert early.grade in ("", grade(line[1], **full).grade)


@pytest.mark.parametrize("code", ["J", "J66", "P83", "83", "Q84", "8411", "S", "T97", "G53", "5320", "704", "K7040"])  # fmt: skip
def test_industries_outside_the_measure_have_no_grade(code: str) -> None:
    found = grade(code, X=1, Y=1, Z=1)
    assert found.grade == "不适用"
    assert found.missing == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("B", "工业"), ("06", "工业"), ("13", "工业"), ("D4411", "工业"), ("46", "工业"),
        ("05", "农、林、牧、渔业"), ("58", "交通运输业"), ("591", "交通运输业"), ("5910", "交通运输业"),
        ("592", "仓储业"), ("G5990", "仓储业"), ("63", "信息传输业"), ("64", "信息传输业"),
        ("701", "房地产开发经营"), ("7010", "房地产开发经营"), ("702", "物业管理"),
        ("703", "其他未列明行业"), ("7090", "其他未列明行业"), ("85", "其他未列明行业"),
        ("Q8512", "其他未列明行业"), ("R", "其他未列明行业"), ("N77", "其他未列明行业"),
        ("O80", "其他未列明行业"), ("L", "租赁和商务服务业"), ("72", "租赁和商务服务业"),
        (" ｆ5１ ", "批发业"), ("c33", "工业"),
    ],
)  # fmt: skip
def test_codes_fall_into_the_classes_of_the_measure(code: str, name: str) -> None:
    assert [line.name for line in classes_of(code)] == [name]


@pytest.mark.parametrize("code", ["U", "00", "98", "C51", "F13", "12345", "5", "制造业", "598", "705", "C-33"])  # fmt: skip
def test_what_is_no_industry_code_is_said(code: str) -> None:
    found = grade(code, X=1, Y=1, Z=1)
    assert found.grade == ""
    assert found.missing == ("行业代码",)
    assert code in found.reason


def test_a_code_too_short_to_tell_is_decided_only_where_it_does_not_matter() -> None:
    open_ = grade("F", X=15, Y=2000 * WAN)  # 批发业 小型 as 零售业, but 10 differs elsewhere
    assert open_.grade == "小型"
    assert grade("F", X=7, Y=2000 * WAN) == Size(
        "", "行业代码“F”太粗，分不清属于批发业、零售业中的哪一类，无法划型，请补到大类或中类。", ("行业代码",)
    )  # fmt: skip
    assert grade("59", X=19).grade == "微型"
    assert grade("59", X=150, Y=5000 * WAN).grade == ""  # 仓储业 中型, 交通运输业 小型
    assert grade("G", X=1, Y=1).grade == ""  # may be a railway
    assert grade("70", X=1, Y=1, Z=1).grade == ""
    assert grade("I", X=5).grade == "微型"


def test_every_real_industry_code_has_one_class_or_is_too_short() -> None:
    table = Path(__file__).parents[3] / "shared/data/open/05_industry_size/GBT4754-2017_merged.csv"
    if not table.exists():
        pytest.skip("no open data here")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 1900
    for row in rows:
        found = classes_of(row["代码"])
        with_letter = classes_of(row["门类"] + row["代码"].lstrip("ABCDEFGHIJKLMNOPQRST"))
        assert found, row
        assert found == with_letter, row
        if row["级别"] in ("中类", "小类"):
            assert len(found) == 1, row


_FIGURES = st.one_of(st.none(), st.integers(0, 3_000_000))


@given(st.sampled_from(["0111", "2201", "4700", "5111", "5211", "5431", "5920", "6110", "6510", "7010",
                        "7020", "7040", "7211", "F", "59", "70", "J", "8411", "x", ""]),
       _FIGURES, _FIGURES, _FIGURES)  # fmt: skip
def test_the_bare_grade_is_the_one_that_comes_with_words(code, staff, revenue, assets) -> None:
    fen = 100 * 10_000
    wan = [None if v is None else v * fen // 7 for v in (revenue, assets)]
    assert grade_of(code, staff, *wan) == classify(code, staff, *wan).grade
