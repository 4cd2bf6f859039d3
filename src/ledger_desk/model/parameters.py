"""Parameters (口径与办法): what an office may decide otherwise, each with its source.

A parameter has a value from a day on; before the first such day the default holds. Kept in the ledger
as settings ``parameter:KEY`` (`product.md` §3, `decisions.md` 12 and 24).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ledger_desk.model.kinds import Kind

PREFIX = "parameter:"


class Holding(NamedTuple):
    """A value that holds from a day on, and why it was set."""

    since: date
    value: str  # as the kind shows it
    why: str = ""


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Attributes:
        key: English name, by subject: ``visit.two_visitors``.
        group: Heading under which the page lists it.
        label: What is decided, in words.
        kind: Kind of its value; a choice lists the ways.
        default: Value that holds where the office set none, as the kind shows it.
        source: Document and clause.
        note: What follows from it.
    """

    key: str
    group: str
    label: str
    kind: Kind
    default: str
    source: str
    note: str = ""

    @property
    def name(self) -> str:
        """Name of the setting that holds it."""
        return PREFIX + self.key


def holdings(text: str | None) -> tuple[Holding, ...]:
    """Read what a setting holds, the oldest first; nothing readable counts as nothing."""
    try:
        found = [
            Holding(date.fromisoformat(since), str(value), str(why))
            for since, value, why in json.loads(text or "[]")
        ]
    except (TypeError, ValueError):
        return ()
    return tuple(sorted(found))


def write(found: Iterable[Holding]) -> str:
    """Write what a setting holds."""
    return json.dumps(
        [[h.since.isoformat(), h.value, h.why] for h in sorted(found)], ensure_ascii=False
    )


def holding_on(parameter: Parameter, text: str | None, day: date) -> str:
    """Give the value that holds on a day, as the kind shows it."""
    known = [each.value for each in holdings(text) if each.since <= day]
    return known[-1] if known else parameter.default
