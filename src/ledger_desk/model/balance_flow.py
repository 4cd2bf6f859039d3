"""Sums as a flow: where every cell stands in two sums at most, the least moves are found exactly.

Each sum is a node; raising a cell carries one unit from one of its sums to the other, lowering it
carries one back. Units that rounding left over in a sum flow to where they are missing along the
cheapest way (successive shortest paths), which gives whole moves of the least cost.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Equation:
    """A sum: the cells of its terms with their signs come to nothing."""

    total: int
    parts: tuple[int, ...]
    terms: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Room:
    """Costs of the steps that a cell may take, the first step first, never falling.

    ``near_up`` and ``near_down`` of them stay beside the exact value.
    """

    up: tuple[int, ...]
    down: tuple[int, ...]
    near_up: int = 0
    near_down: int = 0

    @property
    def free(self) -> bool:
        """Whether the cell may move at all."""
        return bool(self.up or self.down)

    @property
    def near(self) -> Room:
        """The room beside the exact value only."""
        return Room(
            self.up[: self.near_up], self.down[: self.near_down], self.near_up, self.near_down
        )


def flow(
    equations: Sequence[Equation], rooms: Sequence[Room], off: Sequence[int]
) -> tuple[list[int], int] | None:
    """Find the cheapest moves that balance the sums.

    Args:
        equations: The sums.
        rooms: What each cell may do.
        off: By how much each sum is too large now.

    Returns:
        The move of each cell and how many units could not be placed; None where it is no flow.
    """
    ends = _ends(equations, rooms)
    if ends is None:
        return None
    flips, arcs = ends
    root = len(equations)
    excess = [flip * units for flip, units in zip(flips, off, strict=True)]
    excess.append(-sum(excess))
    net = _Net(root + 3)
    source, sink = root + 1, root + 2
    steps: list[tuple[int, int, int]] = []
    for cell, (low, high) in arcs.items():
        # Raising takes a unit out of `low` and puts it into `high`.
        for cost in rooms[cell].up:
            steps.append((cell, 1, net.add(low, high, 1, cost)))
        for cost in rooms[cell].down:
            steps.append((cell, -1, net.add(high, low, 1, cost)))
    for node, units in enumerate(excess):
        if units > 0:
            net.add(source, node, units, 0)
        elif units < 0:
            net.add(node, sink, -units, 0)
    placed = net.send(source, sink)
    moves = [0] * len(rooms)
    for cell, move, arc in steps:
        if not net.room[arc]:
            moves[cell] += move
    return moves, sum(units for units in excess if units > 0) - placed


def _ends(
    equations: Sequence[Equation], rooms: Sequence[Room]
) -> tuple[list[int], dict[int, tuple[int, int]]] | None:
    """Turn sums round until every free cell adds to one of its two sums and takes from the other.

    Returns:
        The sign of each sum, and for each free cell the node it takes from and the one it gives to
        (a cell of one sum has the outside as its other node); None where that cannot be.
    """
    places: dict[int, list[tuple[int, int]]] = {}
    for number, equation in enumerate(equations):
        for cell, sign in equation.terms:
            if rooms[cell].free:
                places.setdefault(cell, []).append((number, sign))
    neighbours: list[list[tuple[int, int]]] = [[] for _ in equations]
    for found in places.values():
        if len(found) > 2 or any(abs(sign) != 1 for _, sign in found):
            return None
        if len(found) == 2:
            (a, x), (b, y) = found
            neighbours[a].append((b, -x * y))
            neighbours[b].append((a, -x * y))
    flips = [0] * len(equations)
    for first in range(len(equations)):
        if flips[first]:
            continue
        flips[first] = 1
        pending = [first]
        while pending:
            node = pending.pop()
            for other, sign in neighbours[node]:
                if not flips[other]:
                    flips[other] = flips[node] * sign
                    pending.append(other)
                elif flips[other] != flips[node] * sign:
                    return None
    root = len(equations)
    arcs = {}
    for cell, found in places.items():
        node, sign = found[0]
        other = found[1][0] if len(found) == 2 else root
        arcs[cell] = (other, node) if flips[node] * sign == 1 else (node, other)
    return flips, arcs


class _Net:
    """A network with its residual arcs: arc ``n`` and its way back ``n ^ 1``."""

    def __init__(self, nodes: int) -> None:
        self._to: list[int] = []
        self._cost: list[int] = []
        self.room: list[int] = []
        self._out: list[list[int]] = [[] for _ in range(nodes)]
        self._height = [0] * nodes

    def add(self, start: int, end: int, room: int, cost: int) -> int:
        """Add an arc and give its number."""
        arc = len(self._to)
        for a, b, units, price in ((start, end, room, cost), (end, start, 0, -cost)):
            self._out[a].append(len(self._to))
            self._to.append(b)
            self.room.append(units)
            self._cost.append(price)
        return arc

    def send(self, source: int, sink: int) -> int:
        """Send as much as goes, each unit along the cheapest way left; give how much went."""
        sent = 0
        while (way := self._cheapest(source, sink)) is not None:
            units = min(self.room[arc] for arc in way)
            for arc in way:
                self.room[arc] -= units
                self.room[arc ^ 1] += units
            sent += units
        return sent

    def _cheapest(self, source: int, sink: int) -> list[int] | None:
        """Dijkstra over costs made positive by heights; it stops when the sink is reached."""
        far = {source: 0}
        by: dict[int, int] = {}
        done: set[int] = set()
        heap = [(0, source)]
        height = self._height
        while heap:
            distance, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            if node == sink:
                break
            for arc in self._out[node]:
                if not self.room[arc]:
                    continue
                end = self._to[arc]
                onward = distance + self._cost[arc] + height[node] - height[end]
                if end not in done and (end not in far or onward < far[end]):
                    far[end] = onward
                    by[end] = arc
                    heapq.heappush(heap, (onward, end))
        if sink not in done:
            return None
        # Nodes that were not settled rise by the whole distance: costs stay positive.
        for node in range(len(height)):
            height[node] += far[node] if node in done else far[sink]
        way = []
        node = sink
        while node != source:
            way.append(by[node])
            node = self._to[by[node] ^ 1]
        return way[::-1]
