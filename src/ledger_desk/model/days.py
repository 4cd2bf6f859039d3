"""Days: every way an office writes one, read into ``datetime.date``; shown in two ways.

Excel serial numbers count from 1899-12-30 (the 1900 system; a reader converts 1904 files).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from ledger_desk.model.numerals import number_of
from ledger_desk.model.plain import plain, said

_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_001)  # from 1954-10-03; beyond 2099 the year is refused
_YEARS = range(1900, 2100)
_TODAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}

_TIME = re.compile(
    r"[T\s]*(?:(?:上午|下午|凌晨|中午|晚上)\s*)?(?:(?<=[T\s日号午晨上])\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?|(?<=[\s日号午晨上])\d{1,2}[时点](?:\d{1,2}分?(?:\d{1,2}秒)?)?)$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:(?P<d1>\d{1,2})[-\s]?(?P<m1>[A-Za-z]{3})[a-z]*\.?[-,\s]*(?P<y1>\d{4}|\d{2})"
    r"|(?P<m2>[A-Za-z]{3})[a-z]*\.?\s*(?P<d2>\d{1,2}),?\s+(?P<y2>\d{4}))"
)
_NUMERAL = "[〇零○一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]"
_WRITTEN = re.compile(rf"({_NUMERAL}+)(?=[年月日号])")
# 民国元年 was 1912.
_REPUBLIC = re.compile(r"(?:中华|中華)?民[国國](\d{1,3}|元)(?=[年./-])")
_TWO_DAYS = re.compile(
    r"\d{4}\D\d{1,2}\D\d{1,2}日?\s*(?:-|~|至|到)\s*(?:\d{4}\D\d{1,2}|长期|无|永久|今)"
)
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_FOR_EVER = re.compile(r"长期|永久|无固定期限|无期限|不限")
_WEEKDAY = re.compile(r"\s*\(?(星期|周|礼拜)[一二三四五六日天]\)?$")
_PARTS = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})[-/.、年\s])?(?P<month>\d{1,2})[-/.、月\s](?P<day>\d{1,2})[日号]?\.?"
)
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/.、年\s]?(?P<month>\d{1,2})月?\.?")
_EXAMPLE = "请写成 2024-11-20 这样的年-月-日。"


def parse_day(cell: object, today: date | None = None, *, allow_month: bool = False) -> date:
    """Read a day.

    Takes dates, datetimes, Excel serials (20000–80000, also as text), ``2024-11-20``,
    ``2024/11/20``, ``2024.11.20``, ``20241120``, ``241120``, ``24.11.20``, ``2024年11月20日``,
    ``二〇二四年十一月二十日``, ``民国113年11月20日``, ``20-Nov-2024``,
    any of them followed by a time or a weekday; with ``today`` also ``11.20`` (the most recent
    such day, today included) and 今天, 昨天, 前天. Two-digit years: 00–69 are 20xx.

    Args:
        cell: The cell. Empty text is an error: blanks are the caller's.
        today: The day the work is done; needed where the text leaves the year out.
        allow_month: Take ``2024年11月`` as the first day of that month.

    Raises:
        ValueError: A finished Chinese sentence saying what to write.
    """
    if isinstance(cell, datetime):
        return _checked(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, str):
        return _from_text(cell, today, allow_month)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, allow_month)
    raise ValueError(f"“{said(cell)}”不是日期，{_EXAMPLE}")


def show_day(day: date) -> str:
    """Give ``2024-11-20``, for lists and fields."""
    return day.isoformat()


def print_day(day: date) -> str:
    """Give ``2024年11月20日``, for documents."""
    return f"{day.year}年{day.month}月{day.day}日"


def print_month_day(day: date) -> str:
    """Give ``11月20日``, for remarks such as ``11月20日对接`` (``decisions.md`` 22)."""
    return f"{day.month}月{day.day}日"


def _from_number(cell: int | float, allow_month: bool) -> date:
    if cell in _SERIALS or (isinstance(cell, float) and _SERIALS[0] <= cell < _SERIALS[-1] + 1):
        return _from_serial(int(cell), cell)
    if cell == cell // 1 and 10**5 <= cell < 10**8:
        return _from_text(str(int(cell)), None, allow_month)
    if 1 <= cell < 13 or (1900 < cell < 2100 and cell != cell // 1):
        # 11.2 may have been typed as 11.2 or 11.20, 2024.1 as 2024.1 or 2024.10: Excel drops zeros.
        raise ValueError(f"“{said(cell)}”是一个数，看不出是哪一天，{_EXAMPLE}")
    raise ValueError(f"“{said(cell)}”不是日期，{_EXAMPLE}")


def _from_text(cell: str, today: date | None, allow_month: bool) -> date:
    text = plain(cell).lstrip("'").replace("。", ".").replace("\\", "/")
    if not text:
        raise ValueError(f"日期是空的，{_EXAMPLE}")
    if text in _TODAYS:
        if today is None:
            raise ValueError(f"“{text}”说的是哪一天这里看不出来，{_EXAMPLE}")
        return today - timedelta(days=_TODAYS[text])
    text = _WEEKDAY.sub("", _TIME.sub("", _WEEKDAY.sub("", text)))
    text = _in_figures(text)
    text = re.sub(r"\s*([-/.、年月日号])\s*", r"\1", text)
    if re.fullmatch(r"\d{5}(\.\d*)?", text) and int(text[:5]) in _SERIALS:
        return _from_serial(int(text[:5]), cell)
    if re.fullmatch(r"\d{8}(\.0*)?", text):
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:8]), cell)
    if re.fullmatch(r"\d{6}", text) and not _is_month(text):
        return _checked(_full_year(text[:2]), int(text[2:4]), int(text[4:]), cell)
    month = _YEAR_MONTH.fullmatch(text)
    if month is not None:
        return _first_day(month, cell, allow_month)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return _from_english(text, cell)
    if parts["year"] is None:
        return _most_recent(int(parts["month"]), int(parts["day"]), today, cell)
    return _checked(_full_year(parts["year"]), int(parts["month"]), int(parts["day"]), cell)


def _in_figures(text: str) -> str:
    """Write Chinese numerals, 元月 and years of the Republic as figures."""

    def figures(found: re.Match[str]) -> str:
        number = number_of(found[1])
        return found[0] if number is None else str(number)

    text = _WRITTEN.sub(figures, re.sub(r"(?<=年)[元正](?=月)", "1", text))
    return _REPUBLIC.sub(lambda found: str((1 if found[1] == "元" else int(found[1])) + 1911), text)


def _from_english(text: str, cell: str) -> date:
    """Read ``20-Nov-2024`` and ``Nov 20, 2024``, which spreadsheets in English write."""
    found = _ENGLISH.fullmatch(text)
    name = ((found["m1"] or found["m2"]) if found else "").lower()
    if found is None or name not in _MONTHS:
        raise ValueError(_why_no_day(text, cell))
    year, day = found["y1"] or found["y2"], found["d1"] or found["d2"]
    return _checked(_full_year(year), _MONTHS.index(name) + 1, int(day), cell)


def _why_no_day(text: str, cell: str) -> str:
    if _TWO_DAYS.match(text):
        return f"“{said(cell)}”是一段时间，不是一个日期，请只写一天，例如 2024-11-20。"
    if _YEAR_LAST.fullmatch(text):
        return f"“{said(cell)}”年份写在最后，看不出哪个是月、哪个是日，{_EXAMPLE}"
    if re.fullmatch(r"(?:19|20)\d\d年?", text):
        return f"“{said(cell)}”只写到年，请补上月和日，例如 {text[:4]}-11-20。"
    if _FOR_EVER.search(text):
        return f"“{said(cell)}”没有说是哪一天，请写成 2024-11-20 这样的年-月-日，没有期限的请留空。"
    return f"“{said(cell)}”不是日期，{_EXAMPLE}"


def _from_serial(serial: int, cell: object) -> date:
    day = _EXCEL_ZERO + timedelta(days=serial)
    return _checked(day.year, day.month, day.day, cell)


def _is_month(six: str) -> bool:
    """Tell whether six digits read as year and month; then they are not taken for yymmdd."""
    return int(six[:4]) in _YEARS and 1 <= int(six[4:]) <= 12


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _first_day(match: re.Match[str], cell: str, allow_month: bool) -> date:
    first = _checked(int(match["year"]), int(match["month"]), 1, cell)
    if not allow_month:
        raise ValueError(f"“{said(cell)}”只写到月，请补上日，例如 {first.isoformat()}。")
    return first


def _most_recent(month: int, day: int, today: date | None, cell: str) -> date:
    """Give the latest such day up to today; 2月29日 may lie eight years back."""
    if today is None:
        raise ValueError(f"“{said(cell)}”没有写年份，{_EXAMPLE}")
    _checked(2000, month, day, cell)  # a leap year: refuses only what no year has
    for year in range(today.year, today.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= today:
            return date(year, month, day)
    raise ValueError(f"“{said(cell)}”没有写年份，{_EXAMPLE}")


def _checked(year: int, month: int, day: int, cell: object) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"“{said(cell)}”里没有{month}月这个月份，{_EXAMPLE}")
    if year not in _YEARS:
        raise ValueError(f"“{said(cell)}”的年份不在1900年至2099年之间，请核对后改写。")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            f"“{said(cell)}”这一天不存在，{year}年{month}月只有{last}天，请核对后改写。"
        )
    return date(year, month, day)
