"""Sharing firms out to pairs of visitors: balanced, and each pair in as few villages as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil

from ledger_desk.model.workdays import Calendar
from ledger_desk.work.planning_targets import Target

_SLACK = 5  # a pair may have a fifth more or less than its share, to keep a village whole


@dataclass(frozen=True)
class Pair:
    """Two visitors, the bank that goes with them, and the townships they stay in.

    Attributes:
        first: Id of a person.
        second: Id of a person, None for one who goes alone.
        bank: Id of the bank whose manager comes along.
        townships: Codes; empty for all.
    """

    first: str | None = None
    second: str | None = None
    bank: str | None = None
    townships: frozenset[str] = frozenset()


def share(targets: Sequence[Target], pairs: Sequence[Pair]) -> dict[str, int]:
    """Give each firm the place of its pair in ``pairs``.

    Pairs that name townships take the firms of these; the others share what nobody named. Inside,
    firms go village by village: a village is cut only where a pair would have a fifth more than its
    share, and the shares of what is left are counted anew after each pair.

    Returns:
        Firm → place of its pair; firms of a township that nobody takes are left out.
    """
    given: dict[str, int] = {}
    bound = {town for pair in pairs for town in pair.townships}
    teams: dict[frozenset[str], list[int]] = {}
    for place, pair in enumerate(pairs):
        teams.setdefault(pair.townships, []).append(place)
    # The narrowest first, so that a pair for one township is not left without work by a wide one.
    for towns, places in sorted(teams.items(), key=lambda item: (not item[0], len(item[0]))):
        mine = [
            target for target in targets
            if target.firm not in given
            and (target.township in towns if towns else target.township not in bound)
        ]  # fmt: skip
        given |= _share_evenly(mine, places)
    return given


def _share_evenly(targets: Sequence[Target], places: Sequence[int]) -> dict[str, int]:
    ordered = sorted(targets, key=lambda each: (each.township, each.village, each.title))
    villages = [
        list(some) for _, some in groupby(ordered, lambda each: (each.township, each.village))
    ]
    given: dict[str, int] = {}
    left = len(ordered)
    for turn, place in enumerate(places):
        fair = ceil(left / (len(places) - turn))
        slack = fair // _SLACK
        mine: list[Target] = []
        while villages and len(mine) < fair:
            village = villages[0]
            if len(mine) + len(village) <= fair + slack:
                mine += villages.pop(0)
            elif mine and len(mine) >= fair - slack:
                break
            else:
                room = fair - len(mine)
                mine += village[:room]
                villages[0] = village[room:]
        given |= {target.firm: place for target in mine}
        left -= len(mine)
    # Rounding never leaves anybody out: what is over goes to the last pair.
    given |= {target.firm: places[-1] for village in villages for target in village}
    return given


def due_days(
    firms: Sequence[str],
    given: Mapping[str, int],
    starts_on: date,
    due_on: date,
    per_day: int,
    calendar: Calendar,
) -> dict[str, date]:
    """Give each firm the day by which it is to be visited.

    Args:
        firms: In the order in which they are visited.
        given: Firm → pair.
        starts_on: First day of the plan; moved on to a working day.
        due_on: Last day of the plan; no firm is due later.
        per_day: Firms a pair visits on a working day; 0: all are due on the last day.
        calendar: Working days of the office.
    """
    if per_day <= 0:
        return dict.fromkeys(firms, due_on)
    counts: dict[int, int] = {}
    days = [calendar.add_workdays(starts_on, 0)]
    found: dict[str, date] = {}
    for firm in firms:
        pair = given.get(firm, -1)
        turn = counts.get(pair, 0)
        counts[pair] = turn + 1
        while len(days) <= turn // per_day and days[-1] < due_on:
            days.append(calendar.add_workdays(days[-1], 1))
        found[firm] = min(days[min(turn // per_day, len(days) - 1)], due_on)
    return found
