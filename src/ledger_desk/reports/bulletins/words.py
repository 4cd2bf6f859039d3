"""The words of a wording that are no numbers: period, days, office, person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger_desk.model.days import print_day
from ledger_desk.model.periods import Period
from ledger_desk.reports.texts import PLACEHOLDERS

# Chinese names of the placeholders of forms, and a few that only bulletins need.
_CHINESE: Mapping[str, str] = {
    "期别": "period", "单位": "office", "起日": "start", "止日": "end", "年": "year", "月": "month",
    "启动日期": "since", "填表人": "person",
}  # fmt: skip
_OWN = ("day", "日", "止日简", "起日简", "天数")
WORDS = frozenset({*PLACEHOLDERS, *_CHINESE, *_OWN} - {"checked", "headed"})


def say_word(name: str, office: str, period: Period, person: str, since: date) -> str:
    """Give what a word stands for."""
    match name:
        case "day" | "日":
            return str(period.end.day)
        case "止日简":
            return f"{period.end.month}月{period.end.day}日"
        case "起日简":
            return f"{period.start.month}月{period.start.day}日"
        case "天数":
            return str((period.end - period.start).days + 1)
        case "period" | "期别" if period.shape == "span" and period.start != period.end:
            return f"{print_day(period.start)}至{print_day(period.end)}"
    return PLACEHOLDERS[_CHINESE.get(name, name)](office, period, person, since)
