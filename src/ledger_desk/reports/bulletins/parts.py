"""The parts that a number can be split in, with their names: townships, banks, kinds, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ledger_desk.model.periods import Period
from ledger_desk.model.records import Office
from ledger_desk.reports.shapes import SourceRow
from ledger_desk.reports.sources import SOURCES, Source, further_entries
from ledger_desk.store.counting.splitting import SPLITS
from ledger_desk.store.queries import Rows


def _source_of(by: str) -> Source:
    # Class words (类别) are those that are met in the data: ``classes`` comes before ``ticket_kinds``.
    return next(source for source in SOURCES.values() if source.by == by)


def parts_of(
    rows: Rows, by: str, period: Period, own: Office, met: set[str]
) -> list[tuple[str, str]]:
    """List parts as (key, name): those of the dictionary, then others that are met in the data."""
    source = _source_of(by)
    # Dictionaries give rows; only lists of records, which have no key, give a lazy table.
    entries = list(cast("Sequence[SourceRow]", source.read(rows, period, None, own, ("label",))))
    known = {entry.key for entry in entries}
    entries += further_entries(source, rows, sorted(met - known))
    return [(entry.key, entry.label) for entry in entries]


def heading_of(by: str) -> str:
    """The heading of the column of names."""
    return SPLITS[by]
