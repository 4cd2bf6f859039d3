"""Working days counted in SQL are those that the calendar counts, the office's own days included."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from ledger_desk.model.records import CalendarDay, Office
from ledger_desk.store.counting.working_days import working_days
from ledger_desk.store.ledger import Ledger
from ledger_desk.work.calendars import read_calendar


def test_sql_and_calendar_count_the_same_days(tmp_path: Path) -> None:
    office = Office(name="甲县专班", level="县级", division="411523")
    chance = random.Random(7)
    with Ledger.create(tmp_path / "甲.账套", office=office) as ledger:
        with ledger.step("节假日") as step:
            for day, off in (
                (date(2024, 10, 1), False),
                (date(2024, 11, 4), True),
                (date(2028, 1, 1), True),
            ):
                step.create(CalendarDay(day=day, off=off))
        with ledger.read() as rows:
            calendar = read_calendar(rows)
            for _ in range(300):
                start = date(2019, 12, 20) + timedelta(days=chance.randrange(3200))
                end = start + timedelta(days=chance.choice((0, 1, 6, 30, 90)))
                sql = working_days(f"'{start}'", f"'{end}'")
                found = rows.connection.exec_driver_sql(f"SELECT {sql}").scalar()
                assert found == calendar.workdays_between(start, end), (start, end)
