"""Sets of firms of the three 100 % (`domain.md` §1.5): who is owed, who is done, who was not judged.

What a bank has not said stays in and is listed (`decisions.md` 20, 21). Forms and the front page take
them from here, so that they never differ.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.store.counting import totals
from ledger_desk.store.counting.totals import Scope, Window
from ledger_desk.store.queries import Rows

Firms = frozenset[str]

PIECES: Mapping[str, str] = {
    "listed": "recommended", "met": "list_contacts", "fit": "qualified", "unfit": "unqualified",
    "granted": "list_grants", "wanting": "wanting", "idle": "not_wanting", "drawn": "list_drawdowns",
}  # fmt: skip
"""Name of a set → kind of lines whose firms it is."""
BASES: Mapping[str, str] = {
    "contacted": "recommended", "eligible": "recommended", "eligible_granted": "recommended",
    "unjudged": "recommended", "usable": "list_grants", "usable_drawn": "list_grants",
    "unasked": "list_grants",
}  # fmt: skip
"""Name of a made set → kind of lines that holds all its firms."""


def pieces_of(made: str) -> tuple[str, ...]:
    """Give the kinds of lines that a made set is made of."""
    return tuple(dict.fromkeys((BASES[made], *PIECES.values())))


def read_sets(rows: Rows, window: Window, scope: Scope) -> dict[str, dict[str, Firms]]:
    """Give, by key of the split, the firms of each made set and of ``listed``."""
    found = {name: totals.members(rows, events, window, scope) for name, events in PIECES.items()}
    keys = {key for some in found.values() for key in some}
    none: Firms = frozenset()
    return {key: made_of({n: some.get(key, none) for n, some in found.items()}) for key in keys}


def made_of(sets: Mapping[str, Firms]) -> dict[str, Firms]:
    """Make the sets of `BASES` of the firms of the pieces."""
    listed, granted = sets["listed"], sets["granted"]
    eligible = (listed - (sets["unfit"] - sets["fit"])) | (granted & listed)
    usable = (granted - (sets["idle"] - sets["wanting"])) | (sets["drawn"] & granted)
    return {
        "listed": listed,
        "contacted": sets["met"] & listed,
        "eligible": eligible,
        "eligible_granted": granted & eligible,
        "unjudged": eligible - sets["fit"] - sets["unfit"],
        "usable": usable,
        "usable_drawn": sets["drawn"] & usable,
        "unasked": usable - sets["wanting"] - sets["idle"],
    }
