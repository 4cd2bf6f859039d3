"""The blank's own totals are computed as Excel would."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger_desk.workbook.formulas import Evaluator, FormulaError, Scalar, Unsupported
from ledger_desk.workbook.references import Area, areas, map_rows, translate
from ledger_desk.workbook.shifting import Edit, RowMap, Shift

CELLS: dict[tuple[int, int], Scalar] = {
    (1, 1): Decimal(10),
    (2, 1): Decimal("0.1"),
    (3, 1): Decimal("0.2"),
    (4, 1): "文字",
    (5, 1): True,
    (1, 2): "是",
    (2, 2): "否",
    (3, 2): "是",
}


def look(area: Area) -> list[Scalar]:
    return [value for place, value in CELLS.items() if place in area and area.sheet == "表"]


def value(formula: str) -> Scalar:
    return Evaluator(look).value(formula, "表")


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("1+2*3", 7),
        ("(1+2)*3", 9),
        ("-2^2", 4),  # Excel's own order
        ("2^3^2", 64),
        ("50%*4", 2),
        ("A2+A3", Decimal("0.3")),
        ("SUM(A1:A5)", Decimal("10.3")),
        ("SUM($A$1:A2,5,表!A3)", Decimal("15.3")),
        ("SUM(A:A)", Decimal("10.3")),
        ("COUNT(A1:A9)", 3),
        ("COUNTA(A1:A9)", 5),
        ('COUNTIF(B1:B9,"是")', 2),
        ('COUNTIF(A1:A9,">0.1")', 2),
        ("AVERAGE(A2:A3)", Decimal("0.15")),
        ("MIN(A1:A3)+MAX(A1:A3)", Decimal("10.1")),
        ("ROUND(2.345,2)", Decimal("2.35")),
        ("IF(A9=0,0,A1/A9)", 0),
        ('IF(A1>=10,"够","不够")', "够"),
        ('IFERROR(A1/A9,"—")', "—"),
        ('A1&"户"', "10户"),
        ("A9", None),
        ('"a"="A"', True),
        ("1<>2", True),
    ],
)
def test_totals_come_out_as_in_excel(formula: str, wanted: object) -> None:
    assert value(formula) == wanted


@pytest.mark.parametrize("formula", ["A1/A9", "A4+1", "1/0", "AVERAGE(C1:C9)"])
def test_errors_stay_errors(formula: str) -> None:
    with pytest.raises(FormulaError):
        value(formula)


@pytest.mark.parametrize(
    "formula",
    [
        *("VLOOKUP(A1,A1:B2,2,0)", "A1:A3", "SUM(A1", "1+", "合计金额*2", "{1,2}", ""),
        *("2^99999", "(" * 500 + "1" + ")" * 500, "-" * 500 + "1", '"x" "y"'),
    ],
)
def test_what_is_not_known_is_left_to_excel(formula: str) -> None:
    with pytest.raises(Unsupported):
        value(formula)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("SUM(C4:C8)", "SUM(C4:C18)"),
        ("C8+C9", "C8+C19"),
        ("$C$9*A$1", "$C$19*A$1"),
        ("'别的 表'!C9+C9", "'别的 表'!C9+C19"),
        ('"C9"&C9', '"C9"&C19'),
        ("LOG10(C9)+Q4_2024+ABC9X", "LOG10(C19)+Q4_2024+ABC9X"),
        ("[1]表!C9", "[1]表!C9"),
        ("表!C9:D12", "表!C19:D22"),
        ("$4:$8", "$4:$18"),
        ("$1:$3", "$1:$3"),
        ("$A:$C", "$A:$C"),
        ("SUM(C9:C4)", "SUM(C19:C4)"),
        ("SUM(C1:C8)", "SUM(C1:C18)"),
        ("SUM(C6:C8)", "SUM(C6:C8)"),
    ],
)
def test_references_follow_added_rows(formula: str, wanted: str) -> None:
    shift = Shift({"表": RowMap((Edit(4, 8, 10),))})
    assert shift.formula(formula, "表") == wanted


def test_references_to_removed_rows_say_so() -> None:
    shift = Shift({"表": RowMap((Edit(4, 8, -3),))})
    assert shift.formula("C7+SUM(C4:C8)+C9+SUM(C7:C9)", "表") == "#REF!+SUM(C4:C5)+C6+SUM(C6:C6)"


def test_rows_move_like_the_items_of_a_list() -> None:
    for delta in (-4, -1, 0, 1, 7):
        before = list(range(1, 21))
        after: list[int | None] = [row for row in before if not 10 + min(delta, 0) < row <= 10]
        after[10 + min(delta, 0) : 10 + min(delta, 0)] = [None] * max(delta, 0)
        rows = RowMap((Edit(6, 10, delta),))
        for row in before:
            new = rows.row(row)
            assert (after[new - 1] == row) if new else row not in after


def test_copied_formulas_move_their_relative_parts_only() -> None:
    assert translate("A1+$A1+A$1+$A$1+SUM(B2:C$3)", 5) == "A6+$A6+A$1+$A$1+SUM(B7:C$3)"
    assert translate("A1", -5) == "#REF!"
    assert translate('"A1"&A1', 1, 2) == '"A1"&C2'


def test_every_rectangle_of_a_formula_is_seen() -> None:
    found = areas("SUM(A1:B2)+'我的 表'!C3*\"D4\"")
    assert [(item.text, item.sheet) for item in found] == [("A1:B2", None), ("C3", "我的 表")]
    assert map_rows("A1", lambda _s, a, b: (a + 1, b + 1)) == "A2"
