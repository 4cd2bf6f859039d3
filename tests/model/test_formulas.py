"""The formula language: what people write is read, worked out exactly and said with its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from ledger_desk.model.formulas import Held, Reference, parse

NAMES = {
    "本期": "C",
    "累计": "D",
    "授信金额": "F",
    "申报金额": "G",
    "授信金额（万元）": "H",
    "是否授信": "J",
    "或有负债": "K",
}


@dataclass
class Sheet:
    """Cells by their place; columns of the formula's row by their letters."""

    cells: dict[str, Held] = field(default_factory=dict)
    others: dict[str, dict[str, Held]] = field(default_factory=dict)
    before: dict[str, dict[str, Held]] = field(default_factory=dict)
    asked: list[Reference] = field(default_factory=list)

    def _of(self, reference: Reference) -> dict[str, Held]:
        if reference.earlier:
            return self.before.get(reference.earlier, {})
        return self.others.get(reference.form, {}) if reference.form else self.cells

    def value(self, reference: Reference) -> Held:
        assert not reference.several
        self.asked.append(reference)
        return self._of(reference).get(reference.place)

    def values(self, reference: Reference) -> Iterable[Held]:
        assert reference.several
        cells = self._of(reference)
        if reference.whole:
            return [
                v
                for k, v in cells.items()
                if k.rstrip("0123456789") == reference.column and k[-1].isdigit()
            ]
        rows = range(reference.row or 1, (reference.last_row or 1) + 1)
        letters = [
            chr(n) for n in range(ord(reference.column), ord(reference.last_column or "") + 1)
        ]
        return [cells.get(f"{letter}{row}") for row in rows for letter in letters]


def worth(text: str, tolerance: str = "0", **cells: Held) -> Decimal | bool | str | None:
    return parse(text, NAMES).evaluate(Sheet(dict(cells)), Decimal(tolerance))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C + D * 2", "13"),
        ("(C + D) × ２", "16"),
        ("C - D - 1", "-3"),
        ("C - (D - 1)", "-1"),
        ("F ÷ D ÷ 2", "20"),
        ("-C * 2", "-6"),
        ("- -C", "3"),
        ("F * 5%", "10"),
        ("[授信金额] ／ 「本期」 * 3", "200"),
        ("（本期＋累计）％", "0.08"),
        ("=C+D", "8"),
        ("c + $D", "8"),
        ("F12 + $F$12", "14"),
        ("SUM(C6:C8)", "6"),
        ("合计（C8:C6）", "6"),
        ("合计(C)", "6"),
        ("合计(C, D)", "8"),
        ("最大(C, D, 4)", "5"),
        ("最小(C6:C8)", "2"),
        ("MAX(C6:C8) - min(C6:C8)", "2"),
        ("平均(C6:C8)", "3"),
        ("AVERAGE(C6:C8)", "3"),
        ("计数(C6:C8)", "2"),
        ("绝对值(C - D)", "2"),
        ("四舍五入(F / 3, 2)", "66.67"),
        ("ROUND(2.5)", "3"),
        ("ROUND(-2.5, 0)", "-3"),
        ("round(1250, -2)", "1300"),
        ("如果(C > D, 1, 2)", "2"),
        ("IF(空(E), 0, E)", "0"),
        ("results!F12 * 2", "18"),
        ("成效统计表!F12 + [成效 统计表（二）]!B3", "11"),
        ("合计(成效统计表!F12:F13)", "10"),
        ("上期(F) + 上年同期(F)", "30"),
        ("合计(上期(C6:C7))", "50"),
        ("F - 上期(成效统计表!F12)", "200"),
        (".5 + 1.", "1.5"),
    ],
)
def test_values(text: str, expected: str) -> None:
    sheet = Sheet(
        {"C": 3, "D": 5, "F": Decimal("200.00"), "F12": 7, "C6": 2, "C7": None, "C8": "4"},
        {"成效统计表": {"F12": 9, "F13": 1}, "results": {"F12": 9}, "成效 统计表（二）": {"B3": 2}},
        {"上期": {"F": 10, "C6": 20, "C7": 30}, "上年同期": {"F": 20}},
    )
    assert parse(text, NAMES).evaluate(sheet) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本期 <= 累计", True),
        ("本期<=累计且累计<本期", False),
        ("本期＜＝累计或累计＜本期", True),
        ("非 本期 ≤ 累计", False),
        ("非(本期 > 累计) 且 C ≠ D", True),
        ("C != D", True),
        ("C <> D", True),
        ("C = 3", True),
        ("C ≥ 3 且 C>=3 且 D > C", True),
        ("是否授信 = “是”", True),
        ('是否授信 = "否" 或 或有负债 > 0', True),
        ("C = “是”", False),
        ("C <> “是”", True),
        ("A ≤ B", True),
        ("空(E) 且 非空(C)", True),
        ("如果(J = “是”, F > 0, F = 0)", True),
        ("如果(J = “否”, F > 0)", None),
    ],
)
def test_checks(text: str, expected: bool | None) -> None:
    formula = parse(text, NAMES)
    assert formula.is_check
    sheet = Sheet(
        {"C": 3, "D": 5, "F": 1, "J": True, "K": 2, "A": date(2026, 3, 9), "B": date(2026, 3, 10)}
    )
    assert formula.evaluate(sheet) is expected


class TestEmpty:
    """None is empty."""

    def test_counts_as_nothing_in_sums(self) -> None:
        assert worth("C + D", C=3) == 3
        assert worth("C - D", D=3) == -3
        assert worth("SUM(C6:C9)", C7=4) == 4
        assert worth("平均(C6:C9)", C7=4, C9=2) == 3
        assert worth("C + D") is None

    def test_and_nothing_times_or_by_empty_is_a_number(self) -> None:
        assert worth("C * D", C=3) is None
        assert worth("C / D", C=3) is None
        assert worth("C / D", C=3, D=0) is None
        assert worth("C / D", D=3) is None
        assert worth("C / (D - D)", C=3, D=Decimal("1.10")) is None

    def test_a_comparison_with_it_passes_silently(self) -> None:
        for text in ("C <= D", "C = D", "C <> D", "C = “是”", "C / D >= 50%", "C > 0", "非 C > 5"):
            assert parse(text).evaluate(Sheet()) is None
            assert parse(text).holds(Sheet())
        assert worth("C - D > 0") is None

    def test_but_not_where_the_other_half_decides(self) -> None:
        assert worth("C > 0 且 D > 5", D=1) is False
        assert worth("C > 0 或 D > 5", D=9) is True
        assert worth("C > 0 且 D > 5", D=9) is None

    def test_a_total_without_any_part_fails_and_an_empty_row_does_not(self) -> None:
        assert worth("D = E + F", D=5) is False
        assert worth("D = 合计(E6:E9)", D=5) is False
        assert worth("D = E + F", D=0) is True
        assert worth("D = E + F") is None
        assert worth("D = E + F", E=5) is None

    def test_is_caught_by_naming_it(self) -> None:
        formula = parse("非 空(C)")
        assert formula.asks_blank
        assert not formula.holds(Sheet())
        assert formula.holds(Sheet({"C": 0}))
        assert worth("ISBLANK(C) 或 D > 5", D=1) is True
        assert worth("空(C)", C="  ") is True

    def test_signs_for_nothing_are_nothing_in_sums(self) -> None:
        assert worth("C + D", C="—", D=2) == 2
        assert worth("C + D", C="无", D="1,234.5") == Decimal("1236.5") - 2


def test_decimals_are_exact() -> None:
    assert worth("C + D = 0.3", C=Decimal("0.1"), D=Decimal("0.2")) is True
    assert worth("C / 3 * 3 = C", C=1) is True
    assert worth("C * 1000000000000", C=Decimal("123456789012.345678")) == Decimal(
        "123456789012345678000000"
    )


def test_tolerance_makes_rounded_numbers_equal_in_every_comparison() -> None:
    near: dict[str, Held] = {"C": Decimal("1.004"), "D": Decimal("1.00")}
    assert worth("C = D", **near) is False
    for text, expected in (("C = D", True), ("C <= D", True), ("C <> D", False), ("C > D", False)):
        assert worth(text, "0.005", **near) is expected
    assert worth("C = D", "0.005", C=Decimal("1.006"), D=1) is False
    assert worth("C = D", "0.005", C=Decimal("1.005"), D=1) is True


@pytest.mark.parametrize(
    ("text", "kind", "place", "words"),
    [
        ("F > 0", "column", "F", "授信金额"),
        ("F12 > 0", "cell", "F12", "F12"),
        ("合计(F6:G20) > 0", "range", "F6:G20", "F6:G20"),
        ("成效统计表!F12 > 0", "other", "F12", "成效统计表!F12"),
        ("上期(F) > 0", "previous", "F", "上期授信金额"),
        ("上年同期(results!F12) > 0", "previous", "F12", "上年同期 results!F12"),
    ],
)
def test_references_say_what_they_are(text: str, kind: str, place: str, words: str) -> None:
    (only,) = parse(text, NAMES).references
    assert (only.kind, only.place, only.words) == (kind, place, words)


def test_references_come_once_each_in_the_order_of_writing() -> None:
    formula = parse("C + 本期 = D + 合计(C) - [本期]", NAMES)
    assert [(r.place, r.whole) for r in formula.references] == [
        ("C", False),
        ("D", False),
        ("C", True),
    ]
    assert [r.position for r in formula.references] == [1, 10, 17]


def test_the_whole_column_is_only_meant_alone() -> None:
    assert parse("合计(C)").references[0].whole
    assert not parse("最大(C, D)").references[0].whole
    assert not parse("空(C)").references[0].whole


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("F <= G", "授信金额 120.00 ≤ 申报金额 100.00", "授信金额 ≤ 申报金额"),
        ("授信金额<=G", "授信金额 120.00 ≤ 申报金额 100.00", "授信金额 ≤ 申报金额"),
        ("F = G + C", "授信金额 120.00 = 申报金额 100.00 + 本期 —（得 100.00）", "授信金额 = 申报金额 + 本期"),
        ("F = SUM(F6:F7)", "授信金额 120.00 = 合计(F6:F7) 12,345.5", "授信金额 = 合计(F6:F7)"),
        ("F - (G - 1) / 3", "授信金额 120.00 - (申报金额 100.00 - 1) ÷ 3", "授信金额 - (申报金额 - 1) ÷ 3"),
        ("(F - G) - 1", "授信金额 120.00 - 申报金额 100.00 - 1", "授信金额 - 申报金额 - 1"),
        ("J = “是” 且 (F > 0 或 G > 0)", "是否授信 “是” = “是” 且 (授信金额 120.00 > 0 或 申报金额 100.00 > 0)",
         "是否授信 = “是” 且 (授信金额 > 0 或 申报金额 > 0)"),
        ("F >= 上期(F)", "授信金额 120.00 ≥ 上期授信金额 99", "授信金额 ≥ 上期授信金额"),
        ("G / F >= 50%", "申报金额 100.00 ÷ 授信金额 120.00（得 0.833333） ≥ 50%", "申报金额 ÷ 授信金额 ≥ 50%"),
        ("G / C > 1", "申报金额 100.00 ÷ 本期 —（得 —） > 1", "申报金额 ÷ 本期 > 1"),
    ],
)  # fmt: skip
def test_said_with_the_live_values(text: str, said: str, words: str) -> None:
    sheet = Sheet(
        {
            "F": Decimal("120.00"),
            "G": Decimal("100.00"),
            "J": "是",
            "F6": 12345,
            "F7": Decimal("0.5"),
        },
        before={"上期": {"F": 99}},
    )
    formula = parse(text, NAMES)
    assert formula.said(sheet) == said
    assert formula.words == words


def test_the_caller_may_say_how_cells_are_shown() -> None:
    said = parse("F > 0", NAMES).said(Sheet({"F": 7}), lambda reference, value: f"{value} 户")
    assert said == "授信金额 7 户 > 0"


def test_headings_that_begin_or_end_with_other_headings() -> None:
    names = {"本期": "C", "累计": "D", "本期且累计": "E", "授信A": "F"}
    assert [r.column for r in parse("本期且累计 > 0", names).references] == ["E"]
    assert [r.column for r in parse("本期 > 0 且累计 > 0", names).references] == ["C", "D"]
    assert [r.column for r in parse("授信A>B", names).references] == ["F", "B"]
    with pytest.raises(ValueError, match="没有“授信AB”这一列"):
        parse("授信AB > 1", names)


def test_two_headings_alike_are_not_guessed() -> None:
    with pytest.raises(ValueError, match="不止一列"):
        parse("[授信 金额] > 0", {"授信金额": "F", "授信　金额": "G"})
    assert parse("[授信 金额] > 0", {"授信金额": "F"}).references[0].column == "F"
