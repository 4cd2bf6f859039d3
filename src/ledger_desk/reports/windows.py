"""The days that a form counts: its period, the mechanism's first day, and what measures make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ledger_desk.model.periods import Period
from ledger_desk.reports.indicators import window_of
from ledger_desk.store.counting.totals import Window


@dataclass(frozen=True)
class Days:
    """Period and first day of the mechanism."""

    period: Period
    since: date

    def window(self, measure: str) -> Window:
        """Turn a measure into days."""
        return window_of(measure, self.period, self.since)

    @cached_property
    def words(self) -> Mapping[str, date]:
        """Days that conditions of a form may name in braces."""
        start = self.period.year_to_date().start
        return {
            "{start}": self.period.start, "{end}": self.period.end, "{since}": self.since,
            "{year_start}": start,
        }  # fmt: skip
