"""舍位平衡: rounded figures of which every declared sum still holds.

Grand totals keep their own half-up rounding and the parts take up the difference (倒挤): as few
units of the last place as possible are moved, each cell to the other side of its exact value at
most, and of equal choices the one nearest to the exact values (in one dimension: the largest
remainder). Rows and columns with totals, and trees of subtotals, are solved exactly as a flow
(`ledger_desk.model.balance_flow`); what is no flow, such as groups in both directions, from the
totals down and by a bounded search (`ledger_desk.model.balance_search`).

Sources: for two dimensions controlled rounding, Cox, JASA 82 (1987) 520-524; the practice of
舍位平衡 with declared sums as in `peers.md` row 31.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Generic, TypeVar

from ledger_desk.model.balance_flow import Equation, Room
from ledger_desk.model.balance_search import settle
from ledger_desk.model.money import unit_in_fen

K = TypeVar("K", bound=Hashable)
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Sum(Generic[K]):
    """A declared sum: ``total`` is the parts together, each with +1 or -1.

    ``其中`` columns are no parts: what is not declared is not held.
    """

    total: K
    parts: tuple[tuple[K, int], ...]
    name: str = ""

    @property
    def words(self) -> str:
        """Its name in sentences."""
        return self.name or str(self.total)


@dataclass(frozen=True)
class Adjusted(Generic[K]):
    """A cell that is not its own half-up rounding: to be marked on the form."""

    place: K
    half_up: Decimal
    given: Decimal


@dataclass(frozen=True)
class Balanced(Generic[K]):
    """What came out.

    Attributes:
        values: Every cell in the unit, with the places asked for; empty cells stay None.
        adjusted: Cells that differ from their half-up rounding, in the order of the cells.
        broken: A Chinese sentence for each sum that does not hold; empty where all do.
        least: Whether it is proved that no fewer units could have been moved.
    """

    values: Mapping[K, Decimal | None]
    adjusted: tuple[Adjusted[K], ...]
    broken: tuple[str, ...]
    least: bool


def add(total: K, parts: Sequence[K], name: str = "") -> Sum[K]:
    """Declare a sum of which every part is added."""
    return Sum(total, tuple((part, 1) for part in parts), name)


def balance(
    cells: Mapping[K, int | None],
    sums: Sequence[Sum[K]],
    *,
    unit: str = "万元",
    places: int = 2,
    keep: Collection[K] = (),
) -> Balanced[K]:
    """Round a table so that its declared sums hold.

    Args:
        cells: Place → exact amount in fen, or None where nothing stands. The order of the places
            decides between choices that are equal in everything else.
        sums: What adds up. A total that is no part of another sum is a grand total.
        unit: 元, 万元, 亿元 … of the form.
        places: Decimals of the form.
        keep: Further cells that must stay at their own half-up rounding.

    Returns:
        The rounded table. A sum that does not hold in fen, or for which there is no room, is left
        as it is and named in ``broken``; totals are never touched.

    Raises:
        ValueError: A unit that is none (a Chinese sentence), or a sum over a place that the table
            does not have (the caller's mistake).
    """
    order = {place: number for number, place in enumerate(cells)}
    for each in sums:
        for place in (each.total, *(part for part, _ in each.parts)):
            if place not in order:
                raise ValueError(f"no cell {place!r} in the table")
    scale = _Scale(unit, places)
    exact = [fen or 0 for fen in cells.values()]
    half_up = [scale.half_up(fen) for fen in exact]

    equations, holding, broken = [], [], []
    for each in sums:
        equation = _equation(each, order)
        off = sum(exact[cell] * sign for cell, sign in equation.terms)
        if off:
            broken.append(
                f"{each.words}：各项相加比合计{'多' if off > 0 else '少'} {scale.text(abs(off))} {unit}，"
                "取整以前就不相等，没有作舍位平衡，请先核对各项。"
            )
        else:
            equations.append(equation)
            holding.append(each)

    parts = {cell for equation in equations for cell in equation.parts}
    totals = {equation.total for equation in equations} - parts
    fixed = totals | {order[place] for place in keep}
    moves, least = settle(equations, half_up, scale.rooms(exact, half_up, fixed))

    given = [base + move for base, move in zip(half_up, moves, strict=True)]
    for equation, each in zip(equations, holding, strict=True):
        off = sum(given[cell] * sign for cell, sign in equation.terms)
        if off:
            broken.append(
                f"{each.words}：取整以后各项相加比合计{'多' if off > 0 else '少'} {scale.shown(abs(off))} {unit}，"
                "合计不能动，各项又没有可以进退的余地，请增加小数位数，或在表上注明“因四舍五入”。"
            )
    return Balanced(
        {p: None if cells[p] is None else scale.shown(given[n]) for p, n in order.items()},
        tuple(
            Adjusted(p, scale.shown(half_up[n]), scale.shown(given[n]))
            for p, n in order.items()
            if moves[n]
        ),
        tuple(broken),
        least,
    )


def _equation(each: Sum[K], order: Mapping[K, int]) -> Equation:
    """Write a sum as terms that come to nothing, a cell that is named twice taken together."""
    terms: dict[int, int] = {}
    for place, sign in (*each.parts, (each.total, -1)):
        terms[order[place]] = terms.get(order[place], 0) + sign
    return Equation(
        order[each.total],
        tuple(order[place] for place, _ in each.parts),
        tuple((cell, sign) for cell, sign in terms.items() if sign),
    )


class _Scale:
    """Fen to units of the form's last place, and back to text."""

    def __init__(self, unit: str, places: int) -> None:
        self._fen = unit_in_fen(unit)
        self._places = places
        # Finer than a fen there is nothing to round: then a step is one fen.
        self._step = self._fen // 10**places if self._fen % 10**places == 0 else 1

    def half_up(self, fen: int) -> int:
        """Round to steps, half away from zero."""
        steps = (2 * abs(fen) + self._step) // (2 * self._step)
        return steps if fen >= 0 else -steps

    def shown(self, steps: int) -> Decimal:
        """Give steps as the form's number, with its places."""
        value = _EXACT.divide(Decimal(steps * self._step), Decimal(self._fen))
        return value.quantize(Decimal(1).scaleb(-self._places), context=_EXACT)

    def text(self, fen: int) -> str:
        """Give fen exactly in the unit."""
        return f"{_EXACT.divide(Decimal(fen), Decimal(self._fen)).normalize(_EXACT):f}"

    def rooms(self, exact: list[int], half_up: list[int], fixed: set[int]) -> list[Room]:
        """Give for each cell the steps that it may take up and down, and what each costs.

        Costs order the choices: first how many cells leave the two neighbours of their exact
        value, then how many units are moved, then how far from the exact values (in fen).
        """
        one = 4 * self._step * (len(exact) + 1)
        far = 4 * one * (len(exact) + 1)
        rooms = []
        for cell, (fen, start) in enumerate(zip(exact, half_up, strict=True)):
            if cell in fixed or not fen:  # an empty cell stays empty, a zero stays zero
                rooms.append(Room((), ()))
                continue
            low, high = fen // self._step, -(-fen // self._step)
            steps = []
            for direction in (1, -1):
                costs: list[int] = []
                at = start
                while len(costs) < 2:
                    at += direction
                    if not low - 1 <= at <= high + 1 or at * fen < 0:  # never the other sign
                        break
                    before = abs((at - direction) * self._step - fen)
                    costs.append(
                        one + abs(at * self._step - fen) - before + (not low <= at <= high) * far
                    )
                steps.append(tuple(costs))
            within = tuple(sum(cost < far for cost in costs) for costs in steps)
            rooms.append(Room(steps[0], steps[1], within[0], within[1]))
        return rooms
