"""Made-up people."""

from __future__ import annotations

from random import Random

from ledger_desk.practice.parts import GIVEN_FIRST, GIVEN_LAST, SURNAMES


def person_name(rng: Random) -> str:
    """Make up a name of two or three characters; the first surnames are the commoner ones."""
    surname = SURNAMES[int(len(SURNAMES) * rng.random() ** 2)]
    if rng.random() < 0.2:
        return surname + rng.choice(GIVEN_LAST)
    return surname + rng.choice(GIVEN_FIRST) + rng.choice(GIVEN_LAST)
