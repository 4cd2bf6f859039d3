"""The calendar of an office: the notices that come with the program, then the office's own days."""

from __future__ import annotations

from functools import lru_cache

from ledger_desk import paths
from ledger_desk.model.records import CalendarDay
from ledger_desk.model.workdays import Calendar, Notice, parse_notice
from ledger_desk.store.queries import Query, Rows


@lru_cache(maxsize=1)
def _shipped() -> tuple[Notice, ...]:
    folder = paths.resources() / "dictionaries" / "holidays"
    return tuple(
        parse_notice(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))
    )


def read_calendar(rows: Rows) -> Calendar:
    """Make the calendar; what the office wrote down itself holds over what came along."""
    given = Calendar.from_notices(_shipped())
    days, years = dict(given.days), set(given.known_years)
    for each in rows.find(Query(CalendarDay)):
        if each.day is not None:
            days[each.day] = not each.off
            years.add(each.day.year)
    return Calendar(days, frozenset(years))
