"""Which cells to move so that all sums hold: a flow where it is one, else a bounded search.

A table that hangs together is tried in this order: as a flow; as a flow without the sums that
follow from the others (row totals of subtotals); then, for groups in both directions, a flow for
each level from the grand totals down, made better by a search that looks at a bounded number of
positions. Cells leave the two neighbours of their exact value only where nothing else balances.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.model.balance_flow import Equation, Room, flow

_PRIME = 2**61 - 1
_MOST_TRIALS = 20_000
_MOST_WORK = 1_000_000  # terms of sums that all trials together look at
_MOST_UNITS = 120  # the search recurses once for each unit that it moves
Moves = list[int]


def settle(
    equations: Sequence[Equation], base: Sequence[int], rooms: Sequence[Room]
) -> tuple[Moves, bool]:
    """Find moves of the least cost after which the sums hold.

    Args:
        equations: Sums that hold before rounding.
        base: Each cell rounded by itself, in units.
        rooms: What each cell may do.

    Returns:
        The move of each cell in units, and whether it is proved that no cheaper ones do. Where no
        moves balance everything, those that leave the fewest units over, and False.
    """
    moves = [0] * len(base)
    least = True
    for part in _parts(equations, rooms):
        found, proved = _settle(part, base, rooms)
        least = least and proved
        moves = [before + more for before, more in zip(moves, found, strict=True)]
    return moves, least


def _parts(equations: Sequence[Equation], rooms: Sequence[Room]) -> list[list[Equation]]:
    """Divide the sums into those that hang together by cells that may move."""
    leader = list(range(len(equations)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    first: dict[int, int] = {}
    for number, equation in enumerate(equations):
        for cell, _ in equation.terms:
            if rooms[cell].free:
                leader[lead(number)] = lead(first.setdefault(cell, number))
    parts: dict[int, list[Equation]] = {}
    for number, equation in enumerate(equations):
        parts.setdefault(lead(number), []).append(equation)
    return list(parts.values())


def _settle(
    equations: list[Equation], base: Sequence[int], rooms: Sequence[Room]
) -> tuple[Moves, bool]:
    if not any(left_over(equations, base)):
        return [0] * len(base), True
    near = [room.near for room in rooms]
    fewest: tuple[int, Moves] | None = None
    plain = equations
    for room in (near, rooms):
        found = flow(plain, room, left_over(plain, base))
        if found is None:
            plain = _independent(equations, rooms)
            found = flow(plain, room, left_over(plain, base))
        if found is None:
            return _without_flow(equations, base, near, rooms)
        moves, over = found
        if not over:
            return moves, True
        if fewest is None or over < fewest[0]:
            fewest = over, moves
    assert fewest is not None
    return fewest[1], False


def _without_flow(
    equations: list[Equation], base: Sequence[int], near: Sequence[Room], rooms: Sequence[Room]
) -> tuple[Moves, bool]:
    """Level by level, then the search; beside the exact values first, further away if need be."""
    for room in (near, rooms):
        moves = _downwards(equations, base, room)
        if moves is not None and any(left_over(equations, _moved(base, moves))):
            moves = None
        search = _Search(equations, room, left_over(equations, base))
        found, proved = search.run(None if moves is None else _cost(moves, room))
        best = found or moves
        if best is not None:
            return best, proved
    # Nothing holds everything: what the levels leave over is at least little.
    return _downwards(equations, base, near) or [0] * len(base), False


def left_over(equations: Sequence[Equation], values: Sequence[int]) -> list[int]:
    """Give by how many units the parts of each sum exceed its total."""
    return [sum(values[cell] * sign for cell, sign in each.terms) for each in equations]


def _moved(base: Sequence[int], moves: Sequence[int]) -> list[int]:
    return [value + move for value, move in zip(base, moves, strict=True)]


def _cost(moves: Sequence[int], rooms: Sequence[Room]) -> int:
    return sum(
        sum(room.up[:move]) if move > 0 else sum(room.down[:-move])
        for move, room in zip(moves, rooms, strict=True)
    )


def _independent(equations: Sequence[Equation], rooms: Sequence[Room]) -> list[Equation]:
    """Leave out sums that follow from the others, first those that keep it from being a flow.

    Elimination over a large prime field: exact but for a chance of about 1 in 10^18.
    """
    times: dict[int, int] = {}
    for equation in equations:
        for cell, _ in equation.terms:
            times[cell] = times.get(cell, 0) + 1
    crowded = [sum(rooms[c].free and times[c] > 2 for c, _ in e.terms) for e in equations]
    pivots: dict[int, dict[int, int]] = {}
    kept = []
    for number in sorted(range(len(equations)), key=lambda n: (crowded[n], n)):
        row = {cell: sign % _PRIME for cell, sign in equations[number].terms}
        for pivot, reduced in pivots.items():
            if factor := row.get(pivot):
                for cell, sign in reduced.items():
                    value = (row.get(cell, 0) - factor * sign) % _PRIME
                    if value:
                        row[cell] = value
                    else:
                        row.pop(cell, None)
        if not row:
            continue
        kept.append(number)
        pivot = min(row, key=lambda cell: (times[cell], cell))
        inverse = pow(row[pivot], -1, _PRIME)
        pivots[pivot] = {cell: sign * inverse % _PRIME for cell, sign in row.items()}
    return [equations[number] for number in sorted(kept)]


def _downwards(
    equations: Sequence[Equation], base: Sequence[int], rooms: Sequence[Room]
) -> Moves | None:
    """Settle the sums of the grand totals, then those of their parts, and so on down.

    Returns:
        Moves that may leave something over; None where a level is no flow or sums go in a circle.
    """
    levels = _levels(equations)
    if levels is None:
        return None
    moves = [0] * len(base)
    free = list(rooms)
    for level in levels:
        plain = _independent(level, free)
        found = flow(plain, free, left_over(plain, _moved(base, moves)))
        if found is None:
            return None
        moves = _moved(moves, found[0])
        for equation in level:
            for cell, _ in equation.terms:
                free[cell] = Room((), ())
    return moves


def _levels(equations: Sequence[Equation]) -> list[list[Equation]] | None:
    above: dict[int, list[Equation]] = {}
    for equation in equations:
        for part in equation.parts:
            above.setdefault(part, []).append(equation)
    levels: list[list[Equation]] = []
    pending = list(equations)
    settled: set[int] = set()
    while pending:
        ready = [e for e in pending if all(id(o) in settled for o in above.get(e.total, ()))]
        if not ready:
            return None
        settled.update(id(each) for each in ready)
        levels.append(ready)
        pending = [each for each in pending if id(each) not in settled]
    return levels


class _Search:
    """Branch and bound over the moves that the worst-placed sum still has.

    A sum that is off needs one of its cells moved: the first is tried, then the second with the
    first held still, and so on; so every set of moves is met once.
    """

    def __init__(
        self, equations: Sequence[Equation], rooms: Sequence[Room], off: list[int]
    ) -> None:
        self._equations = equations
        self._rooms = rooms
        self._off = off
        self._in: dict[int, list[tuple[int, int]]] = {}
        for number, equation in enumerate(equations):
            for cell, sign in equation.terms:
                if rooms[cell].free:
                    self._in.setdefault(cell, []).append((number, sign))
        self._reach = max(
            (sum(abs(sign) for _, sign in found) for found in self._in.values()), default=1
        )
        costs = [cost for cell in self._in for cost in (*rooms[cell].up, *rooms[cell].down)]
        self._cheapest = min(costs, default=0)
        self._moves: dict[int, int] = {}
        self._held: set[tuple[int, int]] = set()
        self._trials = 0
        terms = sum(len(equation.terms) for equation in equations)
        self._most = min(_MOST_TRIALS, _MOST_WORK // max(terms, 1) + 1)
        self._best: Moves | None = None
        self._bound: int | None = None

    def run(self, bound: int | None) -> tuple[Moves | None, bool]:
        """Look for moves cheaper than ``bound``; the second value: nothing was left untried."""
        self._bound = bound
        if self._least() > _MOST_UNITS * self._cheapest:
            return None, False
        self._step(0, 0)
        return self._best, self._trials <= self._most

    def _least(self) -> int:
        """Give what the units that are off must cost at the very least."""
        return -(-sum(map(abs, self._off)) // self._reach) * self._cheapest

    def _step(self, cost: int, depth: int) -> None:
        self._trials += 1
        if self._trials > self._most or depth > 2 * _MOST_UNITS:
            self._trials = max(self._trials, self._most + 1)
            return
        if self._bound is not None and cost + self._least() >= self._bound:
            return
        choices: list[tuple[int, int, int]] | None = None
        for number, off in enumerate(self._off):
            if off and (choices is None or choices):
                found = self._choices(number, off)
                if choices is None or len(found) < len(choices):
                    choices = found
        if choices is None:
            self._bound = cost
            self._best = [self._moves.get(cell, 0) for cell in range(len(self._rooms))]
            return
        held = []
        for price, cell, move in sorted(choices):
            self._move(cell, move)
            self._step(cost + price, depth + 1)
            self._move(cell, -move)
            self._held.add((cell, move))
            held.append((cell, move))
        self._held.difference_update(held)

    def _choices(self, number: int, off: int) -> list[tuple[int, int, int]]:
        """Give the moves that bring a sum nearer: what each costs, the cell, up or down."""
        found = []
        for cell, sign in self._equations[number].terms:
            move = -1 if (off > 0) == (sign > 0) else 1
            taken = self._moves.get(cell, 0) * move
            room = self._rooms[cell].up if move > 0 else self._rooms[cell].down
            if 0 <= taken < len(room) and (cell, move) not in self._held:
                found.append((room[taken], cell, move))
        return found

    def _move(self, cell: int, move: int) -> None:
        self._moves[cell] = self._moves.get(cell, 0) + move
        for number, sign in self._in[cell]:
            self._off[number] += sign * move
