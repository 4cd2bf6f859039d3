"""Working days between two days, as SQL; `model.workdays.Calendar` says the same of two dates.

The usual week, the notices that come with the program, and the office's own days over both.
"""

from __future__ import annotations

import json
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.model.workdays import parse_notice


@lru_cache(maxsize=1)
def _shipped() -> str:
    """The days of the notices as JSON: [day, 1 where it is worked]; the later notice holds."""
    folder = paths.resources() / "dictionaries" / "holidays"
    notices = [parse_notice(each.read_text(encoding="utf-8")) for each in folder.glob("*.toml")]
    days = {
        day: item.working
        for notice in sorted(notices, key=lambda each: each.year)
        for day, item in notice.days.items()
    }
    return json.dumps([[day.isoformat(), int(on)] for day, on in sorted(days.items())])


def _weekdays(day: str) -> str:
    """Days from Monday to Friday up to a day, from some day long ago: a Julian day 0 is a Monday."""
    number = f"CAST(julianday({day}) + 0.5 AS INTEGER)"
    return f"({number} / 7 * 5 + min({number} % 7 + 1, 5))"


def working_days(start: str, end: str) -> str:
    """Give the SQL of the working days after one day up to and with another, not before it.

    Args:
        start: SQL of the first day; it does not count.
        end: SQL of the last day.
    """
    return (
        f"({_weekdays(end)} - {_weekdays(start)} + coalesce((SELECT"
        " sum(x.worked - (strftime('%w', x.day) NOT IN ('0', '6'))) FROM ("
        "SELECT c.day AS day, c.off = 0 AS worked FROM calendar_day AS c"
        " WHERE c.removed = 0 AND c.day IS NOT NULL"
        " UNION ALL SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]')"
        f" FROM json_each('{_shipped()}') AS j WHERE json_extract(j.value, '$[0]') NOT IN"
        " (SELECT own.day FROM calendar_day AS own WHERE own.removed = 0 AND own.day IS NOT NULL)"
        f") AS x WHERE x.day > {start} AND x.day <= {end}), 0))"
    )
