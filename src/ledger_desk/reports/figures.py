"""Reported numbers (填报数): no firm stands behind them, but an office, a day and a source do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger_desk.model.records import Figure
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.totals import Window


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


def report_on(figures: Sequence[Figure], by: str, key: str | None) -> Reported:
    """Take one cell's part of the figures.

    A number reported for the whole (no bank, no township named) wins over its parts, so that a
    total and its breakdown both on record never count twice.

    Args:
        figures: What `find_figures` found.
        by: ``township``, ``bank`` or empty.
        key: The township or bank of the row; None for the whole.
    """
    own: dict[str, Callable[[Figure], str]] = {
        "township": lambda f: f.division or "", "bank": lambda f: f.bank or "",
    }  # fmt: skip
    if key is not None:
        if by not in own or not key:
            return Reported(None, ())
        figures = [f for f in figures if own[by](f) == key]
        other = own["bank" if by == "township" else "township"]
        return _added([f for f in figures if not other(f)] or figures)
    whole = [f for f in figures if not f.bank and not f.division]
    by_township = [f for f in figures if f.division and not f.bank]
    by_bank = [f for f in figures if f.bank and not f.division]
    return _added(whole or (by_bank if by == "bank" else []) or by_township or by_bank or figures)


def _added(figures: Sequence[Figure]) -> Reported:
    values = [f.value for f in figures if f.value is not None]
    return Reported(sum(values) if values else None, tuple(figures))
