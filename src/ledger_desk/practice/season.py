"""A season of made-up work: six months from the target list to the loan, and all that goes with it.

Every record of the lists is made by the use cases of `ledger_desk.work`, as the window makes them;
what has no use case of its own is entered as its list enters it. The same ledger, seed and day give
the same season. `tests/practice/test_season.py` counts its numbers again.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ledger_desk.practice import (
    season_banks,
    season_county,
    season_lists,
    season_matters,
    season_visits,
)
from ledger_desk.practice.season_cast import Cast, Size, Tell, by_hand, gather, size_for
from ledger_desk.progress import Progress, silent
from ledger_desk.store import rowing
from ledger_desk.store.ledger import Ledger

FEWEST = 40  # firms below which a ledger has no season: there would be nobody to play it


def play_season(
    ledger: Ledger,
    *,
    firms: int,
    seed: int,
    today: date,
    size: Size | None = None,
    tell: Tell = by_hand,
    progress: Progress = silent,
) -> None:
    """Play a season that ends today on a practice ledger.

    Args:
        ledger: A practice ledger with offices, banks, people and firms.
        firms: How many firms it has.
        seed: Another seed plays another season.
        today: Its last day; not later than the day it is now.
        size: How much of everything; as fits the firms where nothing is said.
        tell: How what the banks say comes in; keyed in where nothing is said.
        progress: Told the sittings; cancelling leaves what was written.
    """
    rng = Random(f"{seed}:{firms}:{today.isoformat()}:season")
    chance = Random(f"{seed}:{firms}:{today.isoformat()}:ids")
    before, worked = ledger.fresh_ids, ledger.person
    ledger.fresh_ids = rowing.seeded_ids(chance, today.toordinal() * 86_400_000)
    try:
        cast = gather(ledger, rng, today, size or size_for(firms))
        cast.tell = tell
        _play(cast, progress)
    finally:
        ledger.fresh_ids = before
        ledger.work_as(worked.id if worked is not None else None)


def _play(cast: Cast, progress: Progress) -> None:
    seen, lists = season_visits.Visits(), season_lists.Lists()
    banks, matters = season_banks.Banks(), season_matters.Matters()
    season_county.furnish(cast)
    ticks = cast.ticks()
    share = -(-cast.size.applications // max(1, len(ticks) - 1))
    for place, (first, last) in enumerate(ticks):
        progress(place, len(ticks), f"编 {first} 至 {last} 的走访、申报和推送")
        ends = place == len(ticks) - 1
        # The sitting signs what waited since the last one, the banks tell what they did meanwhile.
        sitting = max(first, min(first + timedelta(days=2), last))
        season_lists.sign(cast, lists, sitting)
        season_banks.push(cast, banks, lists.recommended, sitting, last=ends)
        season_visits.plan_rounds(cast, seen, first, last)
        checks = season_banks.checks_of_use(cast, banks, first, last)
        season_visits.visit(cast, seen, first, last, checks)
        season_banks.answer(cast, banks, first, last)
        again = season_banks.coach(cast, banks, last)
        lists.enrol(again)
        lists.registered += again
        season_lists.take_in(cast, lists, seen.ready, share, last, last=ends)
        season_lists.remove(cast, lists, banks.pushed, last)
        season_matters.collect(cast, first, last, _part(cast.size.tickets, place, len(ticks)))
        if ends:  # what came in today and yesterday waits to be looked into
            season_matters.collect(cast, last - timedelta(days=1), last, 3)
        season_matters.settle(cast, matters, last)
        season_county.renew(cast, last)
        if place % 2 == 0 or ends:
            season_county.meet(cast, first, last)
    season_county.take_back(cast)
    season_county.guarantee(cast)
    season_county.serve_rated(cast, cast.today)
    season_matters.mark(cast)
    season_matters.inspect(cast)
    season_matters.hear(cast)
    progress(len(ticks), len(ticks), "走访到放款的练习数据编好了")


def _part(whole: int, place: int, parts: int) -> int:
    """How many of a whole fall to one of its parts."""
    return whole * (place + 1) // parts - whole * place // parts
