"""The period that a 工作台帐 is about, and what the remarks of a repeated row say of older events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger_desk.model.money import parse_money
from ledger_desk.model.periods import Period, parse_period
from ledger_desk.model.plain import plain

_SAID = re.compile(r"\d{4}[-/.年][-/.~\d年月日至到第一二三四季度上下半]*")
# "2026年3月1日至15日" and "…至3月15日" leave out what the first day says already.
_SHORT_SPAN = re.compile(r"(\d{4}年)(\d{1,2}月)(\d{1,2}日)([至到~-])(\d{1,2}月)?(\d{1,2}日)")
# What the form itself writes into 备注 (`decisions.md` 22): "×月×日对接", "×月×日授信×万元".
_DAY = r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_OLDER = re.compile(_DAY + "对接", re.ASCII)
_GRANTED = re.compile(_DAY + r"授信(?P<amount>[\d.,]+)万元", re.ASCII)
_WRITTEN = re.compile(
    r"[；;，,。、\s]*(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:对接|授信[\d.,]+万元)[；;，,。、\s]*"
)


class Earlier(NamedTuple):
    """An earlier grant that the remarks tell: its day and amount in fen."""

    day: date
    amount: int


def period_in(texts: Iterable[str]) -> Period | None:
    """Find the period that a title or a 期别 line names; a single day is no period."""
    for raw in texts:
        found = _SAID.search(re.sub(r"\s", "", plain(raw)))
        if found is None:
            continue
        span = _SHORT_SPAN.fullmatch(found[0])
        text = found[0]
        if span is not None:
            year, month, first, sign, later, last = span.groups()
            text = f"{year}{month}{first}{sign}{year}{later or month}{last}"
        try:
            period = parse_period(text)
        except ValueError:  # 2026年13月
            continue
        if period.start < period.end:
            return period
    return None


def older_day(note: str | None, latest: date) -> date | None:
    """Give the day that ``×月×日对接`` names: the last such day not after ``latest``."""
    match = _OLDER.search(plain(note or ""))
    return _day(match, latest) if match else None


def earlier_grant(note: str | None, latest: date) -> Earlier | None:
    """Give the grant that ``×月×日授信×万元`` tells of."""
    match = _GRANTED.search(plain(note or ""))
    day = _day(match, latest) if match else None
    if match is None or day is None:
        return None
    try:
        return Earlier(day, parse_money(match["amount"], "万元"))
    except ValueError:
        return None


def own_note(note: str | None) -> str | None:
    """Give a remark without what the form writes by itself."""
    rest = _WRITTEN.sub("；", note or "").strip("；")
    return rest or None


def _day(match: re.Match[str], latest: date) -> date | None:
    years = [int(match["y"])] if match["y"] else [latest.year, latest.year - 1]
    for year in years:
        try:
            day = date(year, int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        if day <= latest:
            return day
    return None
