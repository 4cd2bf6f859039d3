"""Reporting periods: months, quarters, half-years, years and free spans of days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ledger_desk.model.days import parse_day, print_day, show_day
from ledger_desk.model.plain import plain, said

_DAY = timedelta(days=1)
_NUMERALS = "一二三四"
_EXAMPLE = "请写成 2024年11月、2024年三季度、2024年 或 2024-10-15 至 2024-11-20 这样。"


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included; ordered by start, then end.

    Raises:
        ValueError: A Chinese sentence, if it ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"期间的止日 {self.end} 早于起日 {self.start}，请对调或改正。")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.contains(day)

    def contains(self, day: date) -> bool:
        """Tell whether ``day`` lies in the period, ends included."""
        return self.start <= day <= self.end

    @property
    def months(self) -> int:
        """How many whole months the period is; 0 where it does not start and end with one."""
        if self.start.day != 1 or self.end != _month_end(self.end):
            return 0
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month + 1

    @property
    def shape(self) -> str:
        """``month``, ``quarter``, ``half``, ``year`` (each in its place in the year) or ``span``."""
        shape = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(self.months, "span")
        return shape if shape == "span" or (self.start.month - 1) % self.months == 0 else "span"

    @property
    def label(self) -> str:
        """The Chinese name; `parse_period` reads every one of them back.

        ``2024年11月``, ``2024年三季度``, ``2024年上半年``, ``2024年``, ``2024年1月至11月``,
        ``2024年11月20日`` or ``2024-10-15 至 2024-11-20``.
        """
        first, last = self.start, self.end
        match self.shape:
            case "month":
                return f"{first.year}年{first.month}月"
            case "quarter":
                return f"{first.year}年{_NUMERALS[first.month // 3]}季度"
            case "half":
                return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
            case "year":
                return f"{first.year}年"
        if self.months and first.year == last.year:
            return f"{first.year}年{first.month}月至{last.month}月"
        if self.months:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        return print_day(first) if first == last else f"{show_day(first)} 至 {show_day(last)}"

    @property
    def key(self) -> str:
        """The short name for file names, stores and the command line.

        ``2024-11``, ``2024-Q3``, ``2024-H1``, ``2024``, else ``2024-10-15..2024-11-20``;
        `parse_period` reads it too.
        """
        first = self.start
        match self.shape:
            case "month":
                return f"{first.year}-{first.month:02d}"
            case "quarter":
                return f"{first.year}-Q{first.month // 3 + 1}"
            case "half":
                return f"{first.year}-H{first.month // 6 + 1}"
            case "year":
                return f"{first.year}"
        return f"{show_day(first)}..{show_day(self.end)}"

    def previous(self) -> Period:
        """Give the period of the same length just before: last month, last quarter and so on."""
        if self.months:
            return whole_months(_shifted(self.start, -self.months), self.months)
        return Period(self.start - (self.end - self.start) - _DAY, self.start - _DAY)

    def next(self) -> Period:
        """Give the period of the same length just after."""
        if self.months:
            return whole_months(_shifted(self.start, self.months), self.months)
        return Period(self.end + _DAY, self.end + (self.end - self.start) + _DAY)

    def year_before(self) -> Period:
        """Give the same period of the year before (上年同期)."""
        if self.months:
            return whole_months(_shifted(self.start, -12), self.months)
        return Period(_year_earlier(self.start), _year_earlier(self.end))

    def year_to_date(self) -> Period:
        """Give 1 January of the year in which the period ends, to its end (本年累计)."""
        return Period(date(self.end.year, 1, 1), self.end)

    def since(self, start: date) -> Period:
        """Give ``start`` to the end of this period (启动以来累计); ValueError if it ends before."""
        return Period(start, self.end)


def month(year: int, number: int) -> Period:
    """Give a month."""
    return whole_months(date(year, number, 1), 1)


def quarter(year: int, number: int) -> Period:
    """Give quarter 1 to 4."""
    return whole_months(date(year, 3 * number - 2, 1), 3)


def half(year: int, number: int) -> Period:
    """Give half-year 1 or 2."""
    return whole_months(date(year, 6 * number - 5, 1), 6)


def year(number: int) -> Period:
    """Give a calendar year."""
    return whole_months(date(number, 1, 1), 12)


def month_of(day: date) -> Period:
    """Give the month in which ``day`` lies."""
    return month(day.year, day.month)


def whole_months(first: date, count: int) -> Period:
    """Give ``count`` months from the month that starts on ``first``."""
    return Period(first, _shifted(first, count) - _DAY)


def due_day(period: Period, day_of_next_month: int = 10) -> date:
    """Give the day by which a form of ``period`` is due: 月后10日 is the 10th of the next month.

    A day beyond the month's end is its last day.
    """
    following = _shifted(period.end.replace(day=1), 1)
    return following.replace(day=min(day_of_next_month, _month_end(following).day))


def parse_period(text: str, today: date | None = None) -> Period:
    """Read a period from a label, a key or common shorthand.

    Besides what `Period.label` and `Period.key` give: ``2024-11``, ``202411``, ``2024年第3季度``,
    ``2024年1-11月``, ``2024年1月1日—2024年11月20日``, and with ``today`` 本月, 上月, 本季度,
    上季度, 今年, 去年.

    Raises:
        ValueError: A finished Chinese sentence saying what to write.
    """
    folded = re.sub(r"\s", "", plain(text)).upper()
    relative = {"本月": 0, "当月": 0, "上月": 1, "上个月": 1, "本季": 0, "本季度": 0, "上季度": 1,
                "今年": 0, "本年": 0, "去年": 1, "上年": 1}  # fmt: skip
    if folded in relative:
        if today is None:
            raise ValueError(f"“{said(text)}”说的是哪一期这里看不出来，{_EXAMPLE}")
        around = {"月": month_of(today), "季": quarter(today.year, (today.month + 2) // 3)}
        now = next((p for sign, p in around.items() if sign in folded), year(today.year))
        return now.previous() if relative[folded] else now
    found = _named(folded) or _spanned(folded)
    if found is None:
        raise ValueError(f"“{said(text)}”不是报表期间，{_EXAMPLE}")
    return found


def _named(text: str) -> Period | None:
    """Read a month, quarter, half-year, year, or a run of months."""
    if match := re.fullmatch(r"(\d{4})年?", text):
        return year(int(match[1])) if int(match[1]) in range(1900, 2100) else None
    match = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})月?", text)
    if match and _months_fit(match[1], match[2]):
        return month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})(?:年第?([一二三四1-4])季度?|[-年]?Q([1-4]))", text):
        number = match[2] or match[3]
        return quarter(int(match[1]), "1234一二三四".index(number) % 4 + 1)
    if match := re.fullmatch(r"(\d{4})(?:年([上下])半年|[-年]?H([12]))", text):
        return half(int(match[1]), 1 if match[2] == "上" or match[3] == "1" else 2)
    match = re.fullmatch(r"(\d{4})年(\d{1,2})月?[-至到~](?:(\d{4})年)?(\d{1,2})月", text)
    if match and _months_fit(match[1], match[2]) and _months_fit(match[3] or match[1], match[4]):
        last = month(int(match[3] or match[1]), int(match[4])).end
        return Period(date(int(match[1]), int(match[2]), 1), last)
    return None


def _spanned(text: str) -> Period | None:
    """Read one day, or two days with a sign between them."""
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", text):
        day = parse_day(text)
        return Period(day, day)
    parts = re.split(r"\.\.|至|到|~|(?<=日)-|-{2,}", text)
    if len(parts) != 2 or not all(re.match(r"\d{4}", part) for part in parts):
        return None
    return Period(parse_day(parts[0]), parse_day(parts[1]))


def _months_fit(year_text: str, month_text: str) -> bool:
    return int(year_text) in range(1900, 2100) and 1 <= int(month_text) <= 12


def _shifted(first: date, months: int) -> date:
    """Move the first day of a month by whole months."""
    index = 12 * first.year + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _year_earlier(day: date) -> date:
    """Give the same day a year earlier; 29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
