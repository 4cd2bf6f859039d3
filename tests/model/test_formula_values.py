"""Random formulas against a second evaluator, written on its own over fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.model.formulas import Held, Reference, parse

COLUMNS = "CDEFG"
LABELS = {"本期": "C", "累计": "D", "授信金额": "E"}
Number = Fraction | None


@dataclass(frozen=True)
class Piece:
    """A random formula: its text, how tightly it binds, and its value by the second way."""

    text: str
    rank: int  # 5 sum, 6 product, 8 atom
    value: Number
    adds: bool = False  # its own top is a sum, where empty counts as nothing
    looks: bool = False  # something in it is looked up


def bracket(piece: Piece, rank: int) -> str:
    return piece.text if piece.rank >= rank else f"({piece.text})"


class Row:
    """One row of cells, and a range below it."""

    def __init__(self, cells: dict[str, Held], below: list[Held]) -> None:
        self.cells = cells
        self.below = below

    def value(self, reference: Reference) -> Held:
        return self.cells[reference.place]

    def values(self, reference: Reference) -> Iterable[Held]:
        return self.below


def fraction(cell: Held) -> Number:
    return None if cell is None else Fraction(cell)  # type: ignore[arg-type]


def plus(left: Number, right: Number, sign: int) -> Number:
    if left is None and right is None:
        return None
    return (left or Fraction(0)) + sign * (right or Fraction(0))


_cell = st.one_of(
    st.none(),
    st.integers(-20, 20),
    st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False),
)


@st.composite
def pieces(draw: st.DrawFn, row: Row, depth: int) -> Piece:
    kind = draw(st.sampled_from("nncccrs+-*/m%xa?" if depth else "ncc"))
    if kind == "n":
        number = draw(st.decimals(0, 50, places=draw(st.integers(0, 2)), allow_nan=False))
        return Piece(f"{number:f}", 8, Fraction(number))
    if kind == "c":
        column = draw(st.sampled_from(COLUMNS))
        label = next((k for k, v in LABELS.items() if v == column), column)
        text = draw(
            st.sampled_from(
                [column, column.lower(), label, f"[{label}]" if label != column else column]
            )
        )
        return Piece(text, 8, fraction(row.cells[column]), looks=True)
    if kind in "rs":
        values = [f for f in map(fraction, row.below) if f is not None]
        if kind == "r":
            text, worth = "最大(C6:C9)", max(values, default=None)
        else:
            text, worth = "合计(C6:C9)", sum(values, Fraction(0)) if values else None
        return Piece(text, 8, worth, kind == "s", True)
    one = draw(pieces(row, depth - 1))
    if kind == "m":
        worth = None if one.value is None else -one.value
        return Piece(f"-{bracket(one, 8)}", 7, worth, one.adds, one.looks)
    if kind == "%":
        worth = None if one.value is None else one.value / 100
        return Piece(f"{bracket(one, 8).rstrip('%') if one.text.endswith('%') else bracket(one, 8)}%", 8,
                     worth, False, one.looks) if not one.text.endswith("%") else one  # fmt: skip
    two = draw(pieces(row, depth - 1))
    looks = one.looks or two.looks
    if kind == "a":
        worth = None if one.value is None else abs(one.value)
        return Piece(f"ABS({one.text})", 8, worth, False, one.looks)
    if kind == "x":
        values = [v for v in (one.value, two.value) if v is not None]
        return Piece(
            f"最小（{one.text}，  {two.text}）", 8, min(values, default=None), False, looks
        )
    if kind == "?":
        yes = one.value is not None
        return Piece(
            f"如果(空({one.text}), {two.text}, {one.text})",
            8,
            one.value if yes else two.value,
            False,
            looks,
        )
    if kind in "+-":
        text = f"{bracket(one, 5)} {draw(st.sampled_from(kind + '＋－'['+-'.index(kind)]))} {bracket(two, 6)}"
        return Piece(text, 5, plus(one.value, two.value, 1 if kind == "+" else -1), True, looks)
    sign = draw(st.sampled_from({"*": "*×＊", "/": "/÷／"}[kind]))
    text = f"{bracket(one, 6)}{sign}{bracket(two, 7)}"
    if one.value is None or two.value is None or (kind == "/" and not two.value):
        return Piece(text, 6, None, False, looks)
    return Piece(
        text, 6, one.value * two.value if kind == "*" else one.value / two.value, False, looks
    )


@st.composite
def rows(draw: st.DrawFn) -> Row:
    return Row({c: draw(_cell) for c in COLUMNS}, draw(st.lists(_cell, max_size=4)))


def short(piece: Piece) -> bool:
    return len(piece.text) < 300 and (piece.value is None or abs(piece.value) < 10**20)


@given(st.data())
@settings(max_examples=120)
def test_values_agree_with_the_second_evaluator(data: st.DataObject) -> None:
    row = data.draw(rows())
    piece = data.draw(pieces(row, 3).filter(short))
    found = parse(piece.text, LABELS).evaluate(row)
    if piece.value is None:
        assert found is None
    else:
        assert isinstance(found, Decimal)
        assert abs(Fraction(found) - piece.value) < Fraction(1, 10**25)


@given(st.data())
@settings(max_examples=120)
def test_comparisons_agree_with_the_second_evaluator(data: st.DataObject) -> None:
    row = data.draw(rows())
    one, two = (data.draw(pieces(row, 2).filter(short)) for _ in range(2))
    signs, expect = data.draw(
        st.sampled_from([
            (("=",), lambda d: d == 0), (("<>", "!=", "≠"), lambda d: d != 0), (("<",), lambda d: d < 0),
            (("<=", "≤", "＜＝"), lambda d: d <= 0), ((">",), lambda d: d > 0), ((">=", "≥"), lambda d: d >= 0),
        ])
    )  # fmt: skip
    tolerance = data.draw(st.sampled_from([Decimal(0), Decimal("0.005"), Decimal("0.5")]))
    text = f"{one.text} {data.draw(st.sampled_from(signs))} {two.text}"
    left, right = one.value, two.value
    if left is None and right is not None and one.adds and two.looks:
        left = Fraction(0)
    if right is None and left is not None and two.adds and one.looks:
        right = Fraction(0)
    formula = parse(text, LABELS)
    found = formula.evaluate(row, tolerance)
    if left is None or right is None:
        assert found is None
    else:
        apart = left - right
        assert found is expect(Fraction(0) if abs(apart) <= tolerance else apart)
    assert formula.holds(row, tolerance) is (found is not False)


@given(st.data())
def test_words_without_values_are_the_same_formula(data: st.DataObject) -> None:
    row = data.draw(rows())
    piece = data.draw(pieces(row, 3).filter(short))
    formula = parse(piece.text, LABELS)
    again = parse(formula.words, LABELS)
    assert again.evaluate(row) == formula.evaluate(row)
    assert again.words == formula.words
