"""Matchings with an event in a period, with everything that hangs on them (`decisions.md` 22).

Read as plain tuples: a year has ten thousand of them, and records are made of the few that are
looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Rows

# Matchings with a contact, a decision or a drawdown between two days (bound six times).
_WITH_EVENTS = (
    "SELECT id FROM matching WHERE removed = 0 AND day BETWEEN ? AND ?"
    " UNION SELECT matching FROM credit WHERE removed = 0 AND decided_on BETWEEN ? AND ?"
    " UNION SELECT l.matching FROM drawdown AS d JOIN loan AS l ON l.id = d.loan"
    " WHERE d.removed = 0 AND l.removed = 0 AND d.day BETWEEN ? AND ?"
)
_MATCHINGS = (
    "SELECT m.id, m.office, m.bank, m.day, m.note, m.enterprise, e.name, {code}"
    " FROM {source} JOIN enterprise AS e ON e.id = m.enterprise"
    " WHERE m.removed = 0 AND e.removed = 0"
)
# Far inside a wide row: it costs as much as all else, and is left out where no column shows it.
_CODE = "coalesce(nullif(e.code, ''), nullif(e.regno, ''), e.internal_no)"
_CREDITS = (
    "SELECT matching, id, decided_on, granted, amount, security, problem FROM credit"
    " WHERE removed = 0 AND decided_on <= ?"
)
_DRAWDOWNS = (
    "SELECT l.matching, d.id, d.day, d.amount FROM loan AS l CROSS JOIN drawdown AS d ON d.loan = l.id"
    " WHERE l.removed = 0 AND d.removed = 0 AND d.day <= ?"
)
_LISTED = (
    "SELECT enterprise FROM cultivation WHERE removed = 0"
    " AND (listed_on IS NULL OR listed_on <= ?) AND (left_on IS NULL OR left_on > ?)"
)
# A period that holds more than this share of all matchings is read by walking the tables.
_SHARE = 4


class MatchingLine(NamedTuple):
    """One matching; ``day`` as ISO text."""

    id: str
    office: str | None
    bank: str | None
    day: str | None
    note: str | None
    enterprise: str
    firm: str | None
    code: str | None


class CreditLine(NamedTuple):
    """One decision up to the last day; ``granted`` 1, 0 or None, ``amount`` in fen."""

    matching: str
    id: str
    decided_on: str
    granted: int | None
    amount: int | None
    security: str | None
    problem: str | None


class DrawdownLine(NamedTuple):
    """Money paid out up to the last day under a loan of the matching; ``amount`` in fen."""

    matching: str
    id: str
    day: str
    amount: int | None


@dataclass(frozen=True)
class ContactLines:
    """What is known of the matchings with an event in a period, up to its last day.

    Attributes:
        matchings: In no order that means anything.
        credits: Matching → its decisions, by day and id.
        drawdowns: Matching → its drawdowns, by day and id.
        listed: Firms on the white list on the last day.
        offices: Office → name.
        banks: Bank → name.
    """

    matchings: Sequence[MatchingLine]
    credits: Mapping[str, Sequence[CreditLine]]
    drawdowns: Mapping[str, Sequence[DrawdownLine]]
    listed: frozenset[str]
    offices: Mapping[str, str]
    banks: Mapping[str, str]


def read_contacts(
    rows: Rows, first: date, last: date, office: str | None = None, *, codes: bool = True
) -> ContactLines:
    """Find the live matchings of live firms with an event from ``first`` to ``last``, both included.

    Decisions and drawdowns of every day up to ``last`` come with them, so that the reader can tell
    the period's own from what was there before. Without ``codes`` the firms' codes stay empty.
    """
    code = _CODE if codes else "NULL"
    start, until = first.isoformat(), last.isoformat()
    fetched = rows.connection
    if _is_long(rows, start, until):
        found = fetch(fetched, _MATCHINGS.format(source="matching AS m", code=code))
        credits = fetch(fetched, _CREDITS, (until,))
        drawn = fetch(fetched, _DRAWDOWNS, (until,))
        listed = fetch(fetched, _LISTED, (until, until))
    else:
        ids = json.dumps([row[0] for row in fetch(fetched, _WITH_EVENTS, (start, until) * 3)])
        source = "json_each(?) AS j CROSS JOIN matching AS m ON m.id = j.value"
        found = fetch(fetched, _MATCHINGS.format(source=source, code=code), (ids,))
        inside = " AND {} IN (SELECT value FROM json_each(?))"
        credits = fetch(fetched, _CREDITS + inside.format("matching"), (until, ids))
        drawn = fetch(fetched, _DRAWDOWNS + inside.format("l.matching"), (until, ids))
        firms = json.dumps(list({row[5] for row in found}))
        listed = fetch(fetched, _LISTED + inside.format("enterprise"), (until, until, firms))
    by_credit = _grouped(credits, 2)
    by_draw = _grouped(drawn, 2)
    kept = [
        row for row in found
        if (row[3] is not None and start <= row[3] <= until)
        or (row[0] in by_credit and by_credit[row[0]][-1][2] >= start)
        or (row[0] in by_draw and by_draw[row[0]][-1][2] >= start)
    ]  # fmt: skip
    if office is not None:
        kept = [row for row in kept if row[1] == office]
    return ContactLines(
        [MatchingLine._make(row) for row in kept],
        by_credit,
        by_draw,
        frozenset(row[0] for row in listed),
        dict(fetch(fetched, "SELECT id, name FROM office")),
        dict(fetch(fetched, "SELECT id, name FROM bank")),
    )


def _is_long(rows: Rows, start: str, until: str) -> bool:
    """Whether walking the tables is quicker than their indexes of days."""
    sql = (
        "SELECT (SELECT count(*) FROM matching WHERE removed = 0 AND day BETWEEN ? AND ?)"
        " + (SELECT count(*) FROM credit WHERE removed = 0 AND decided_on BETWEEN ? AND ?),"
        " (SELECT count(*) FROM matching)"
    )
    events, size = fetch(rows.connection, sql, (start, until) * 2)[0]
    return bool(events * _SHARE >= size)


def _grouped(found: Sequence[tuple[Any, ...]], day: int) -> dict[str, list[Any]]:
    """Lines by matching, each matching's by day and id; ``day`` is the place of the day."""
    by: dict[str, list[Any]] = {}
    for row in found:
        some = by.get(row[0])
        if some is None:
            by[row[0]] = [row]
        else:
            some.append(row)
    for some in by.values():
        if len(some) > 1:
            some.sort(key=lambda row: (row[day], row[1]))
    return by
