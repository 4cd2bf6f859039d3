"""舍位平衡: sums hold, totals stay, as little as possible is moved, counted against brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model.balancing import Balanced, Sum, add, balance

WAN = 1_000_000  # fen
Cells = dict[str, int | None]


def half_up(fen: int, places: int = 2) -> Decimal:
    return (Decimal(fen) / WAN).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def holds(values: Mapping[str, Decimal | None], each: Sum[str]) -> bool:
    return (values[each.total] or 0) == sum((values[p] or 0) * sign for p, sign in each.parts)


def tops(sums: Sequence[Sum[str]]) -> set[str]:
    return {s.total for s in sums} - {part for s in sums for part, _ in s.parts}


def matrix(inner: Sequence[Sequence[int]]) -> tuple[Cells, list[Sum[str]]]:
    """A table with a total for each row, for each column, and for the whole."""
    rows, columns = range(len(inner)), range(len(inner[0]))
    cells: Cells = {f"{r}.{c}": inner[r][c] for r in rows for c in columns}
    cells |= {f"{r}.*": sum(inner[r]) for r in rows}
    cells |= {f"*.{c}": sum(inner[r][c] for r in rows) for c in columns}
    cells["*.*"] = sum(map(sum, inner))
    sums = [add(f"{r}.*", [f"{r}.{c}" for c in columns]) for r in rows]
    sums += [add(f"*.{c}", [f"{r}.{c}" for r in rows]) for c in columns]
    sums += [add("*.*", [f"{r}.*" for r in rows]), add("*.*", [f"*.{c}" for c in columns])]
    return cells, sums


def grouped(
    inner: Sequence[Sequence[int]], row_groups: Sequence[int], column_groups: Sequence[int]
) -> tuple[Cells, list[Sum[str]]]:
    """A table with subtotals of groups in both directions: ``row_groups[r]`` is the group of r."""
    cells: Cells = {}

    def lines(groups: Sequence[int]) -> dict[str, list[int]]:
        found = {str(n): [n] for n in range(len(groups))}
        for g in sorted(set(groups)):
            found[f"g{g}"] = [n for n, each in enumerate(groups) if each == g]
        return found | {"*": list(range(len(groups)))}

    rows, columns = lines(row_groups), lines(column_groups)
    for r, below in rows.items():
        for c, beside in columns.items():
            cells[f"{r}.{c}"] = sum(inner[i][j] for i in below for j in beside)
    sums = []
    for c in columns:
        for g in sorted(set(row_groups)):
            sums.append(add(f"g{g}.{c}", [f"{i}.{c}" for i in rows[f"g{g}"]]))
        sums.append(add(f"*.{c}", [f"g{g}.{c}" for g in sorted(set(row_groups))]))
    for r in rows:
        for g in sorted(set(column_groups)):
            sums.append(add(f"{r}.g{g}", [f"{r}.{j}" for j in columns[f"g{g}"]]))
        sums.append(add(f"{r}.*", [f"{r}.g{g}" for g in sorted(set(column_groups))]))
    return cells, sums


def check(cells: Cells, sums: Sequence[Sum[str]], result: Balanced[str], places: int = 2) -> None:
    unit = Decimal(1).scaleb(-places)
    assert result.broken == ()
    for each in sums:
        assert holds(result.values, each), each
    for top in tops(sums):
        assert result.values[top] == half_up(cells[top] or 0, places)
    for place, fen in cells.items():
        given_value = result.values[place]
        if fen is None:
            assert given_value is None
            continue
        assert given_value is not None
        assert abs(given_value - Decimal(fen) / WAN) < unit
        assert given_value.as_tuple().exponent == -places
    assert {a.place for a in result.adjusted} == {
        p
        for p, fen in cells.items()
        if fen is not None and result.values[p] != half_up(fen, places)
    }
    for each in result.adjusted:
        assert each.half_up == half_up(cells[each.place] or 0, places)
        assert each.given == result.values[each.place]


def cost(cells: Cells, values: Mapping[str, Decimal | None], places: int) -> tuple[int, Decimal]:
    """Units moved, and by how much further from the exact values."""
    unit, moved, away = Decimal(1).scaleb(-places), 0, Decimal(0)
    for place, fen in cells.items():
        value, exact = values[place], Decimal(fen or 0) / WAN
        if value is not None:
            moved += int(abs(value - half_up(fen or 0, places)) / unit)
            away += abs(value - exact)
    return moved, away


def cheapest(cells: Cells, sums: Sequence[Sum[str]], places: int) -> tuple[int, Decimal] | None:
    """Try every way to round each cell down or up, totals fixed."""
    unit = WAN // 10**places
    fixed = tops(sums)
    choices = []
    for place, fen in cells.items():
        if fen is None:
            choices.append([None])
            continue
        both = {fen // unit, -(-fen // unit)}
        values = [Decimal(n).scaleb(-places) for n in sorted(both)]
        choices.append([half_up(fen, places)] if place in fixed else values)
    best = None
    for tried in itertools.product(*choices):
        values = dict(zip(cells, tried, strict=True))
        if all(holds(values, each) for each in sums):
            found = cost(cells, values, places)
            best = found if best is None or found < best else best
    return best


amounts = st.one_of(
    st.integers(-5 * WAN, 5 * WAN), st.just(0), st.integers(-9, 9).map(lambda n: n * WAN // 2)
)


def test_the_example_of_the_field_three_thirds_make_one() -> None:
    cells: Cells = {"合计": 1_000_000, "甲": 333_333, "乙": 333_333, "丙": 333_334}
    result = balance(cells, [add("合计", ["甲", "乙", "丙"])], unit="万元", places=2)
    assert [result.values[p] for p in cells] == [
        Decimal(t) for t in ("1.00", "0.33", "0.33", "0.34")
    ]
    (only,) = result.adjusted
    assert (only.place, only.half_up, only.given) == ("丙", Decimal("0.33"), Decimal("0.34"))
    assert result.least


@pytest.mark.parametrize(
    ("unit", "places", "shown"),
    [("元", 2, "1234567.89"), ("元", 0, "1234568"), ("万元", 2, "123.46"), ("万元", 6, "123.456789"),
     ("亿元", 4, "0.0123"), ("元", 4, "1234567.8900")],
)  # fmt: skip
def test_units_and_places(unit: str, places: int, shown: str) -> None:
    result = balance({"A1": 123_456_789}, [], unit=unit, places=places)
    assert str(result.values["A1"]) == shown


@given(st.lists(amounts, min_size=1, max_size=7), st.integers(0, 3))
def test_one_sum_is_the_largest_remainder(parts: list[int], places: int) -> None:
    cells: Cells = {"T": sum(parts)} | {str(n): fen for n, fen in enumerate(parts)}
    sums = [add("T", [str(n) for n in range(len(parts))])]
    result = balance(cells, sums, places=places)
    check(cells, sums, result, places)
    assert result.least
    assert cost(cells, result.values, places) == cheapest(cells, sums, places)
    # Counted once more by the rule itself: who is raised had a remainder no smaller than who is not.
    unit = WAN // 10**places
    raised = [parts[int(a.place)] % unit for a in result.adjusted if a.given > a.half_up]
    stayed = [
        fen % unit for n, fen in enumerate(parts)
        if fen % unit and result.values[str(n)] == Decimal(fen // unit).scaleb(-places)
    ]  # fmt: skip
    assert not raised or not stayed or min(raised) >= max(stayed)


@given(st.data())
def test_a_matrix_is_balanced_with_the_fewest_moves(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 3))
    rows = data.draw(st.integers(1, 6 // columns))
    inner = data.draw(
        st.lists(
            st.lists(amounts, min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
    places = data.draw(st.integers(0, 2))
    cells, sums = matrix(inner)
    result = balance(cells, sums, places=places)
    check(cells, sums, result, places)
    assert result.least
    assert cost(cells, result.values, places) == cheapest(cells, sums, places)


@given(st.data())
def test_a_tree_of_subtotals_is_balanced_with_the_fewest_moves(data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.lists(amounts, min_size=1, max_size=3), min_size=1, max_size=3))
    cells: Cells = {"T": sum(map(sum, groups))}
    sums = [add("T", [f"g{g}" for g in range(len(groups))])]
    for g, parts in enumerate(groups):
        cells[f"g{g}"] = sum(parts)
        cells |= {f"g{g}.{n}": fen for n, fen in enumerate(parts)}
        sums.append(add(f"g{g}", [f"g{g}.{n}" for n in range(len(parts))]))
    result = balance(cells, sums, places=1)
    check(cells, sums, result, 1)
    assert result.least
    assert cost(cells, result.values, 1) == cheapest(cells, sums, 1)


@given(st.data())
def test_groups_in_both_directions_are_balanced(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=5).map(sorted))
    columns = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=5).map(sorted))
    inner = [[data.draw(st.integers(0, 9 * WAN)) for _ in columns] for _ in rows]
    cells, sums = grouped(inner, rows, columns)
    check(cells, sums, balance(cells, sums, places=0), 0)


@pytest.mark.parametrize("seed", range(60))
def test_sums_that_cross_in_any_way_take_the_fewest_moves(seed: int) -> None:
    """Cells in three and four sums are no flow: this is the search alone."""
    source = random.Random(seed)
    names = [f"x{n}" for n in range(9)]
    cells: Cells = {name: source.randrange(-WAN, 3 * WAN) for name in names}
    sums: list[Sum[str]] = []
    for n in range(4):
        parts = tuple((p, source.choice((1, 1, 1, -1))) for p in source.sample(names, 5))
        cells[f"s{n}"] = sum((cells[p] or 0) * sign for p, sign in parts)
        sums.append(Sum(f"s{n}", parts))
    best = cheapest(cells, sums, 0)
    result = balance(cells, sums, places=0)
    if best is not None:
        check(cells, sums, result, 0)
        assert result.least
        assert cost(cells, result.values, 0) == best


@given(st.data())
def test_any_system_of_sums_is_balanced_or_named(data: st.DataObject) -> None:
    """Overlapping sums with signs, grown upwards so that they hold before rounding."""
    cells: Cells = {f"x{n}": data.draw(amounts) for n in range(data.draw(st.integers(1, 5)))}
    sums: list[Sum[str]] = []
    for n in range(data.draw(st.integers(1, 5))):
        parts = data.draw(
            st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4, unique=True)
        )
        signed = tuple((part, data.draw(st.sampled_from((1, 1, -1)))) for part in parts)
        cells[f"s{n}"] = sum((cells[part] or 0) * sign for part, sign in signed)
        sums.append(Sum(f"s{n}", signed))
    result = balance(cells, sums, places=0)
    for top in tops(sums):
        assert result.values[top] == half_up(cells[top] or 0, 0)
    failing = [each for each in sums if not holds(result.values, each)]
    assert len(result.broken) == len(failing)
    for each, sentence in zip(failing, result.broken, strict=True):
        assert sentence.startswith(f"{each.words}：")
        assert sentence.endswith("。")
    best = cheapest(cells, sums, 0)
    if best is not None:
        assert not result.broken
        assert result.least
        assert cost(cells, result.values, 0) == best
    for place, fen in cells.items():
        value = result.values[place]
        assert value is not None
        assert abs(value - Decimal(fen or 0) / WAN) < 2
        assert (value == 0) if fen == 0 else value * (fen or 0) >= 0


def test_a_cell_leaves_its_neighbours_only_in_need_and_never_for_the_other_sign() -> None:
    def with_two_kept(fen: int) -> Balanced[str]:
        cells: Cells = {"T": 1_200_000 + fen, "a": 600_000, "b": 600_000, "c": fen}
        return balance(cells, [add("T", ["a", "b", "c"])], places=0, keep=["a", "b"])

    further = with_two_kept(1_200_000)  # 2.4 → 2 = 1 + 1 + c: c is 1.2 and becomes 0
    assert further.values["c"] == 0
    assert further.broken == ()
    other_sign = with_two_kept(200_000)  # 1.4 → 1 = 1 + 1 + c: c would have to be -1
    assert other_sign.values["c"] == 0
    assert len(other_sign.broken) == 1


def test_groups_of_rows_alone_are_a_flow_once_the_sums_that_follow_are_left_out() -> None:
    source = random.Random(3)
    inner = [[source.randrange(90 * WAN) for _ in range(7)] for _ in range(24)]
    cells, sums = grouped(inner, [n // 5 for n in range(24)], [0] * 7)
    result = balance(cells, sums, places=0)
    check(cells, sums, result, 0)
    assert result.least


@pytest.mark.parametrize("seed", range(12))
def test_no_round_of_moves_makes_a_larger_matrix_cheaper(seed: int) -> None:
    """A flow is the cheapest when no circle of moves has a negative price (Klein 1967)."""
    source = random.Random(seed)
    inner = [[source.randrange(3 * WAN) for _ in range(9)] for _ in range(8)]
    cells, sums = matrix(inner)
    result = balance(cells, sums, places=0)
    check(cells, sums, result, 0)
    arcs: list[tuple[str, str, int]] = []
    for place, fen in cells.items():
        row, column = place.split(".")
        if place == "*.*" or fen is None:
            continue
        # Raising a cell is felt in two sums, with the total's sign turned; so it joins two nodes.
        ends = (f"r{row}", f"c{column}") if "*" not in place else (
            ("r*", f"r{row}") if column == "*" else (f"c{column}", "c*")
        )  # fmt: skip
        now = int(result.values[place] or 0)

        def price(value: int, fen: int = fen) -> int:
            return abs(value - int(half_up(fen, 0))) * 10**12 + abs(value * WAN - fen)

        for value in {fen // WAN, -(-fen // WAN)} - {now}:
            way = ends if value > now else ends[::-1]
            arcs.append((*way, price(value) - price(now)))
    far = dict.fromkeys((end for arc in arcs for end in arc[:2]), 0)
    for _ in range(len(far) + 1):
        changed = False
        for start, end, step in arcs:
            if far[start] + step < far[end]:
                far[end] = far[start] + step
                changed = True
        if not changed:
            return
    pytest.fail("there is a circle of moves that is cheaper")


def test_a_cell_that_is_exact_and_one_that_is_empty_stay() -> None:
    cells: Cells = {"T": 2_500_000, "a": 1_000_000, "b": None, "c": 700_000, "d": 800_000}
    result = balance(cells, [add("T", ["a", "b", "c", "d"])], places=0)
    assert result.values["a"] == 1
    assert result.values["b"] is None
    assert result.values["T"] == 3
    assert result.adjusted == ()


def test_two_sums_that_no_rounding_can_hold_are_named_and_their_totals_kept() -> None:
    cells: Cells = {"T": 500_000, "U": 1_500_000, "a": 500_000, "b": 1_000_000}
    # T = a rounds to 1, U = a + b to 2, V = T + a without a free cell to 1.
    sums = [add("T", ["a"], "甲表合计"), add("U", ["a", "b"]), Sum("V", (("a", 1),))]
    cells["V"] = 500_000
    assert balance(cells, sums, places=0).broken == ()
    cells["W"], cells["X"], cells["p"], cells["q"] = 500_000, 500_000, 1_000_000, 500_000
    sums.append(Sum("W", (("p", 1), ("X", -1)), "余额"))  # 0.5 = 1.0 - 0.5 with X a half, too
    sums.append(Sum("X", (("q", 1),)))
    kept = balance(cells, sums, places=0, keep=["X", "p"])
    assert kept.values["W"] == 1
    assert kept.values["p"] == 1
    (sentence,) = kept.broken
    assert sentence.startswith("余额：取整以后各项相加比合计少 1 万元，")
    assert not kept.least


def test_a_sum_that_does_not_hold_before_rounding_is_named_and_the_others_balanced() -> None:
    cells: Cells = {"T": 1_000_000, "a": 333_333, "b": 333_333, "c": 333_334, "U": 5, "d": 6}
    sums = [add("T", ["a", "b", "c"]), add("U", ["d"], "担保合计")]
    result = balance(cells, sums)
    assert result.broken == (
        "担保合计：各项相加比合计多 0.000001 万元，取整以前就不相等，没有作舍位平衡，请先核对各项。",
    )
    assert holds(result.values, sums[0])


def test_a_place_outside_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no cell"):
        balance({"a": 1}, [add("T", ["a"])])


def test_the_same_table_gives_the_same_values() -> None:
    source = random.Random(7)
    inner = [[source.randrange(WAN) for _ in range(9)] for _ in range(30)]
    first, second = (balance(*matrix(inner), places=0) for _ in range(2))
    assert first == second


def test_a_large_matrix_is_balanced() -> None:
    source = random.Random(1)
    cells, sums = matrix([[source.randrange(90 * WAN) for _ in range(20)] for _ in range(150)])
    result = balance(cells, sums, places=0)
    check(cells, sums, result, 0)
    assert result.least


def test_large_groups_in_both_directions_are_balanced() -> None:
    source = random.Random(2)
    rows, columns = [n // 6 for n in range(36)], [n // 3 for n in range(12)]
    inner = [[source.randrange(90 * WAN) for _ in columns] for _ in rows]
    cells, sums = grouped(inner, rows, columns)
    check(cells, sums, balance(cells, sums, places=0), 0)
