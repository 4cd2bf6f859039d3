"""Working days: weekends, holidays and adjusted workdays (调休), counting and deadlines.

The State Council publishes one notice a year, in the autumn before; it may move the last days
of December too. Days of a year without its notice are counted by weekends alone and the result
is called an estimate (预计). The model reads no files: callers hand in the text of the notices.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """One day that a notice names: a day off, or a weekend on which people work."""

    name: str
    working: bool


@dataclass(frozen=True)
class Notice:
    """The holiday notice of one year.

    Attributes:
        year: The year it arranges.
        papers: Numbers or addresses of the documents.
        days: The days it names; a few may lie in the December before.
    """

    year: int
    papers: tuple[str, ...]
    days: Mapping[date, Holiday]


@dataclass(frozen=True)
class Deadline:
    """A last day and whether it is an estimate, since a year's notice is not known yet."""

    day: date
    estimated: bool = False

    def show(self) -> str:
        """Give ``2026-11-20`` or ``2026-11-20（预计）``."""
        return f"{self.day.isoformat()}（预计）" if self.estimated else self.day.isoformat()


class Calendar:
    """Which days are worked.

    Args:
        days: Day → whether it is worked, for the days that notices name.
        known_years: Years whose notice is in ``days``.
    """

    def __init__(self, days: Mapping[date, bool], known_years: frozenset[int]) -> None:
        self.days: Mapping[date, bool] = MappingProxyType(dict(days))
        self.known_years = known_years

    @classmethod
    def from_notices(cls, notices: Iterable[Notice]) -> Calendar:
        """Make a calendar; where two notices name one day, the notice of the later year holds."""
        ordered = sorted(notices, key=lambda notice: notice.year)
        days = {day: item.working for notice in ordered for day, item in notice.days.items()}
        return cls(days, frozenset(notice.year for notice in ordered))

    def is_workday(self, day: date) -> bool:
        """Tell whether ``day`` is worked; without a notice Monday to Friday are."""
        return self.days.get(day, day.weekday() < 5)

    def add_workdays(self, start: date, count: int) -> date:
        """Give the ``count``-th working day after ``start`` (before it, if negative).

        The first day does not count (民法典第二百零一条). A count of 0 gives ``start`` itself or,
        if that is off, the next working day.
        """
        if count == 0:
            return start if self.is_workday(start) else self.add_workdays(start, 1)
        step = _DAY if count > 0 else -_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to and with ``end``.

        The reverse of `add_workdays`. If ``end`` lies before ``start`` it is the negative of the
        count the other way, so that counts over neighbouring spans always add up.
        """
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + _DAY * i) for i in range(1, (end - start).days + 1))

    def deadline(self, start: date, days: int, *, working: bool, roll: bool = False) -> Deadline:
        """Give the last day of a period of ``days`` that begins with an event on ``start``.

        Args:
            start: Day of the event; it does not count.
            days: Length of the period.
            working: Count working days (工作日), else natural days (自然日).
            roll: Move a natural last day that is off to the next working day (民法典第二百零三条).
                Off by default: the earlier day makes nobody late.
        """
        day = self.add_workdays(start, days) if working else start + _DAY * days
        rolled = self.add_workdays(day, 0) if roll else day
        uses_calendar = working or roll
        first = start if working else day
        return Deadline(rolled, uses_calendar and self.estimated(first, rolled))

    def estimated(self, start: date, end: date) -> bool:
        """Tell whether a count over ``start`` to ``end`` rests on a year without a notice."""
        first, last = min(start, end), max(start, end)
        years = set(range(first.year, last.year + 1))
        if last.month == 12 and last.day >= 29:
            # The next notice may still move these days (2018-12-29, 2022-12-31).
            years.add(last.year + 1)
        return not years <= self.known_years


def parse_notice(text: str) -> Notice:
    """Read a notice in TOML, in the form of ``resources/dictionaries/holidays/*.toml``.

    ``year = 2026``, ``papers = ["…"]``, then under ``[off]`` the days off and under ``[work]`` the
    weekends worked, each as ``2026-02-14 = "春节"``.

    Raises:
        ValueError: A Chinese sentence naming the line or day that is wrong.
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))  # the parser's own words are English
        where = f"第 {line[1]} 行" if line else "末尾"
        raise ValueError(f"节假日文件的{where}写法不对，请照已有年份的文件改写。") from None
    year = table.get("year")
    if type(year) is not int or not 1949 <= year <= 2099:
        raise ValueError("节假日文件里没有写明年份，请在开头写 year = 2026 这样一行。")
    days = _section(table.get("off", {}), year, working=False)
    worked = _section(table.get("work", {}), year, working=True)
    for day in worked:
        if day in days:
            raise ValueError(f"节假日文件里 {day} 既放假又上班，请删去一处。")
    if not days:
        raise ValueError("节假日文件里没有一天放假，请在 [off] 下逐天写上。")
    papers = table.get("papers", [])
    sources = tuple(str(paper) for paper in papers) if isinstance(papers, list) else (str(papers),)
    return Notice(year, sources, MappingProxyType(days | worked))


def parse_holidays(text: str) -> dict[date, Holiday]:
    """Read only the days of a notice in TOML; errors as in `parse_notice`."""
    return dict(parse_notice(text).days)


def show_notice(notice: Notice) -> str:
    """Write a notice in TOML, sorted by day, so that `parse_notice` reads the same back."""
    papers = ", ".join(_quoted(paper) for paper in notice.papers)
    lines = [f"year = {notice.year}", f"papers = [{papers}]"]
    for title, working in (("off", False), ("work", True)):
        lines += ["", f"[{title}]"]
        for day, holiday in sorted(notice.days.items()):
            if holiday.working == working:
                lines.append(f"{day.isoformat()} = {_quoted(holiday.name)}")
    return "\n".join(lines) + "\n"


def _section(entries: object, year: int, *, working: bool) -> dict[date, Holiday]:
    """Read one table of ``day = name``."""
    title = "[work]" if working else "[off]"
    if not isinstance(entries, dict):
        raise ValueError(f"节假日文件的 {title} 写法不对，请照已有年份的文件改写。")
    days: dict[date, Holiday] = {}
    for key, name in entries.items():
        try:
            day = date.fromisoformat(key)
        except ValueError:
            why = f"节假日文件 {title} 里的“{key}”不是日期，请写成 2026-01-01 这样。"
            raise ValueError(why) from None
        if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
            raise ValueError(f"节假日文件是 {year} 年的，里面却有 {day}，请移到那一年的文件里。")
        days[day] = Holiday(str(name), working)
    return days


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else " " for c in escaped)}"'
