"""Reported numbers (填报数): no firm stands behind them, but an office, a day and a source do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.periods import Period
from ledger_desk.model.records import Figure
from ledger_desk.store.counting.totals import Window
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class Reported:
    """The reported numbers that make one cell.

    Attributes:
        value: In the indicator's smallest unit (fen, firms); None when nothing was reported.
        figures: The records added up.
    """

    value: int | None
    figures: tuple[Figure, ...]


def find_figures(
    rows: Rows, indicator: str, window: Window, office: str | None = None
) -> list[Figure]:
    """Find what was reported for the last day of the window, or nearest before it inside the window.

    Of several reports for the same (office, bank, township) the latest day counts, of the same day
    the one entered last: a correction replaces, it does not add.
    """
    tests = [Where("indicator", "=", indicator), Where("day", "<=", window.last)]
    if window.first is not None:
        tests.append(Where("day", ">=", window.first))
    if office is not None:
        tests.append(Where("office", "=", office))
    latest: dict[tuple[str, str, str], Figure] = {}
    for figure in rows.find(Query(Figure, tuple(tests), sort=(("day", False),))):
        latest[figure.office or "", figure.bank or "", figure.division or ""] = figure
    return list(latest.values())


def window_of(measure: str, period: Period) -> Window:
    """Give the days in which a figure must have been reported to stand for a measure.

    年初数 is what was reported for the December before, 上年同期末数 for the same period of last year; any
    other measure is that of the period itself. An older figure never stands in for a missing one.
    """
    if measure == "年初数":
        return Window(date(period.end.year - 1, 12, 1), date(period.end.year - 1, 12, 31))
    if measure == "上年同期末数":
        before = period.year_before()
        return Window(before.start, before.end)
    return Window(period.start, period.end)


def keys_of(figure: Figure, types: Mapping[str, str]) -> dict[str, str]:
    """Give the parts that a figure was reported for, by key; ``types`` are those of the banks."""
    found = {"township": figure.division or "", "bank": figure.bank or ""}
    return found | {"bank_type": types.get(figure.bank or "", "")}


def report_on(figures: Sequence[Figure], by: str, key: str | None) -> Reported:
    """Take one cell's part of the figures, where they add up: see `report_part`."""
    return report_part(figures, {} if key is None else {by: key}, {}, by=by)


def report_part(
    figures: Sequence[Figure],
    parts: Mapping[str, str],
    types: Mapping[str, str],
    *,
    by: str = "",
    adds_up: bool = True,
) -> Reported:
    """Take one cell's part of the figures.

    A number reported for the whole (no bank, no township named) wins over its parts, so that a
    total and its breakdown both on record never count twice. Rates and shares are never added: several
    of them make no number.

    Args:
        figures: What `find_figures` found.
        parts: Key of `splitting.SPLITS` → its value; empty for the whole.
        types: Type of each bank.
        by: ``bank`` prefers parts by bank to parts by township, where both were reported.
        adds_up: Whether the numbers may be added.
    """
    if any(key not in ("township", "bank", "bank_type") or not parts[key] for key in parts):
        return Reported(None, ())
    asked = [
        f for f in figures
        if all(keys_of(f, types)[key] == value for key, value in parts.items())
    ]  # fmt: skip
    if parts:
        beside = [f for f in asked if not _beside(f, parts)]
        return _added(beside or asked, adds_up)
    whole = [f for f in asked if not f.bank and not f.division]
    by_township = [f for f in asked if f.division and not f.bank]
    by_bank = [f for f in asked if f.bank and not f.division]
    return _added(
        whole or (by_bank if by == "bank" else []) or by_township or by_bank or asked, adds_up
    )


def _beside(figure: Figure, parts: Mapping[str, str]) -> bool:
    """Whether the figure was reported for less than what is asked."""
    more = {"township": figure.division, "bank": figure.bank}
    if "bank_type" in parts:
        del more["bank"]
    return any(value and key not in parts for key, value in more.items())


def _added(figures: Sequence[Figure], adds_up: bool) -> Reported:
    values = [f.value for f in figures if f.value is not None]
    if not values or (len(values) > 1 and not adds_up):
        return Reported(None, tuple(figures))
    return Reported(sum(values), tuple(figures))
