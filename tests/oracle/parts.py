"""Days of measures, parts of the ledger, reported numbers: what all recounts have in common."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.oracle.raw import Event, Raw, Row, by_id, live, number

COMPARED = {
    "同期增长量": ("本期", "上年同期", False), "同期增长率": ("本期", "上年同期", True),
    "累计同期增长量": ("本年累计", "上年同期累计", False), "累计同期增长率": ("本年累计", "上年同期累计", True),
    "比年初增长量": ("期末数", "年初数", False), "比年初增长率": ("期末数", "年初数", True),
    "比同期末增长量": ("期末数", "上年同期末数", False), "比同期末增长率": ("期末数", "上年同期末数", True),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    indicator: str
    measure: str
    start: date
    end: date
    since: date
    by: str = ""
    key: str | None = None
    office: str | None = None
    only: tuple[tuple[str, str], ...] = ()


def halves_up(top: int, bottom: int) -> int | None:
    """Divide, rounded half away from zero; nothing below the line gives nothing."""
    if bottom == 0:
        return None
    whole, rest = divmod(abs(top), abs(bottom))
    rounded = whole + (1 if rest * 2 >= abs(bottom) else 0)
    return rounded if (top < 0) == (bottom < 0) else -rounded


def _last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _whole_months(ask: Question) -> bool:
    return ask.start.day == 1 and _last_of_month(ask.end)


def _year_before(ask: Question) -> tuple[date, date]:
    def earlier(day: date) -> date:
        return day.replace(
            year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1])
        )

    first, last = earlier(ask.start), earlier(ask.end)
    if _whole_months(ask):
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return first, last


def _before(ask: Question) -> tuple[date, date]:
    if not _whole_months(ask):
        return ask.start - (ask.end - ask.start) - timedelta(1), ask.start - timedelta(1)
    months = (ask.end.year - ask.start.year) * 12 + ask.end.month - ask.start.month + 1
    first = ask.start.year * 12 + ask.start.month - 1 - months
    return date(first // 12, first % 12 + 1, 1), ask.start - timedelta(1)


def days_of(ask: Question) -> tuple[str, str]:
    """First and last day of a measure; no first day is ""."""
    start, end, since = ask.start, ask.end, ask.since
    then = _year_before(ask)
    found: tuple[date | None, date] = {
        "本期": (start, end), "本年累计": (date(end.year, 1, 1), end), "启动以来累计": (since, end),
        "本期新增": (min(start, since), end), "期末数": (None, end), "本日": (end, end),
        "本周": (end - timedelta(end.isoweekday() - 1), end), "本月": (date(end.year, end.month, 1), end),
        "上期": _before(ask), "上年同期": then, "上年同期累计": (date(then[1].year, 1, 1), then[1]),
        "年初数": (None, date(end.year - 1, 12, 31)), "上年同期末数": (None, then[1]),
    }[ask.measure]  # fmt: skip
    return (found[0].isoformat() if found[0] else ""), found[1].isoformat()


# -- parts -------------------------------------------------------------------------------------------------


def size_of(firm: Row) -> str:
    """The grade set by hand; else of the industries that the random firms have, by staff alone."""
    if firm["size_set"]:
        return str(firm["size_set"])
    if firm["industry"] == "7210":  # by staff and assets, and no firm here has assets
        return "微型" if firm["staff"] is not None and number(firm["staff"]) < 10 else ""
    if firm["industry"] not in ("M73", "80", "o81") or firm["staff"] is None:
        return ""
    staff = number(firm["staff"])
    return ["微型", "小型", "中型", "大型"][sum(staff >= bound for bound in (10, 100, 300))]


def industry_of(firm: Row) -> str | None:
    known = {"M73": "M", "80": "O", "o81": "O", "7210": "L"}
    return known.get(str(firm["industry"]))


def category_of(firm: Row) -> object:
    if firm["kind"] != "企业":
        return firm["kind"]
    size = size_of(firm)
    return f"{size}企业" if size in ("大型", "中型", "小型", "微型") else "未划型企业"


def part_of(raw: Raw, firms: dict[object, Row], e: Event, key: str) -> object:
    """The part that a line belongs to."""
    firm = firms.get(e.firm)
    if key == "township":
        return e.township or (firm and firm["township"])
    if key in ("bank", "office"):
        return e.bank if key == "bank" else e.office
    if key == "bank_type":
        return (by_id(raw["bank"]).get(e.bank) or {}).get("type")
    if key in ("kind", "size", "category", "industry"):
        how = {"size": size_of, "category": category_of, "industry": industry_of}
        return firm and (firm["kind"] if key == "kind" else how[key](firm))
    return e.own.get(key)


def by_person(raw: Raw, e: Event) -> list[Event]:
    """A line for each of the two who went."""
    row = by_id(raw["visit"]).get(e.record) or by_id(raw["visit_task"]).get(e.record) or {}
    who = {row.get("first"), row.get("second")} - {None} or {None}
    return [replace(e, own={**e.own, "person": each}) for each in who]


# -- reported numbers ----------------------------------------------------------------------------------------


def figure(raw: Raw, ask: Question, *, adds_up: bool) -> int | None:
    """What was reported for a part: of the same reporter the latest; the whole wins over its parts."""
    first, last = ask.start.isoformat(), ask.end.isoformat()
    if ask.measure == "年初数":
        first, last = f"{ask.end.year - 1}-12-01", f"{ask.end.year - 1}-12-31"
    if ask.measure == "上年同期末数":
        first, last = (day.isoformat() for day in _year_before(ask))
    latest: dict[tuple[object, ...], Row] = {}
    for row in sorted(live(raw, "figure"), key=lambda f: str(f["day"])):
        fits = row["indicator"] == ask.indicator and first <= str(row["day"]) <= last
        if fits and ask.office in (None, row["office"]):
            latest[row["office"], row["bank"], row["division"]] = row
    parts = {**({ask.by: ask.key} if ask.key is not None else {}), **dict(ask.only)}
    types = {bank["id"]: bank["type"] for bank in raw["bank"]}
    said = {"township": "division", "bank": "bank"}
    rows = list(latest.values())
    for key, value in parts.items():
        if not value:
            return None
        rows = [
            r
            for r in rows
            if (types.get(r["bank"]) if key == "bank_type" else r[said[key]]) == value
        ]
    free = [
        name
        for key, name in said.items()
        if key not in parts and not (key == "bank" and "bank_type" in parts)
    ]
    steps = [lambda r: not any(r[name] for name in free)]
    if not parts:
        steps += [
            lambda r: r["division"] and not r["bank"],
            lambda r: r["bank"] and not r["division"],
        ]
    for step in steps:
        if some := [r for r in rows if step(r)]:
            rows = some
            break
    values = [number(r["value"]) for r in rows if r["value"] is not None]
    return None if not values or (len(values) > 1 and not adds_up) else sum(values)
