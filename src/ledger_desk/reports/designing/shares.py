"""Shares whose two parts are columns of the table: worked out of them, not counted again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from ledger_desk.exchange.headings import key_of
from ledger_desk.reports.designing.agreeing import alike
from ledger_desk.reports.designing.draft import Choice, Formula, Number
from ledger_desk.reports.designing.spoken import Spoken
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.workbook.references import letters

_SHARE = re.compile(r"(?:率|占比|比例|比重|比)(?:\(.*\))?$")
_SURE = 0.84


class Guessed(Protocol):
    """What a column was guessed to be."""

    @property
    def choice(self) -> Choice:
        """The choice."""

    @property
    def score(self) -> float:
        """Trust in it."""


Share = tuple[Formula, float, tuple[Choice, ...]]


def guess_share(
    column: int, spoken: Mapping[int, Spoken], found: Mapping[int, Guessed]
) -> Share | None:
    """Give formula, trust and what else it may be; None where its parts are no columns."""
    said = spoken[column]
    leaf = said.levels[-1] if said.levels else ""
    share = _SHARE.search(key_of(leaf)) is not None or said.unit == "%"
    if not share or "利率" in leaf or "费率" in leaf:
        return None
    own = found.get(column)
    numbers = {c: g.choice for c, g in found.items() if isinstance(g.choice, Number)}
    if own is not None and isinstance(own.choice, Number):
        parts = _parts(own.choice, numbers)
        if parts:
            return _divided(*parts, own.score, (own.choice,))
    others = (own.choice,) if own is not None else ()
    near = _near(column, spoken, numbers)
    if re.search("完成(?:率|比例)", leaf):
        tasks = [c for c in near if numbers[c].measure == "任务数"]
        same = [c for c in near if tasks and numbers[c].indicator == numbers[tasks[-1]].indicator]
        done = [c for c in same if c not in tasks]
        if tasks and done:
            return _divided(done[-1], tasks[-1], 0.88, others)
    if own is not None and own.score >= 0.6:
        return None
    stem = alike(_SHARE.sub("", key_of(leaf)))
    tops = [c for c in near if stem and stem in alike("".join(spoken[c].levels))]
    if own is None and tops and near[0] != tops[-1]:
        return _divided(tops[-1], near[0], 0.7, ())
    return None


def _parts(own: Number, numbers: Mapping[int, Number]) -> tuple[int, int] | None:
    """Columns of what stands above and below the line of a ratio, for the same days."""
    known = INDICATORS[own.indicator]
    if known.kind != "ratio" or own.measure not in known.measures:
        return None
    parts = [
        next((c for c, n in numbers.items() if n == Number(one, own.measure, own.part)), 0)
        for one in (known.top, known.bottom)
    ]
    return (parts[0], parts[1]) if all(parts) else None


def _near(column: int, spoken: Mapping[int, Spoken], numbers: Mapping[int, Number]) -> list[int]:
    """Columns left of it that count, those under the same group where there is one."""
    left = [
        c for c in sorted(numbers) if c < column and INDICATORS[numbers[c].indicator].unit != "%"
    ]
    group = spoken[column].levels[:-1]
    same = [c for c in left if spoken[c].levels[:-1] == group] if group else []
    return same if len(same) > 1 else left


def _divided(top: int, bottom: int, score: float, others: tuple[Choice, ...]) -> Share:
    return Formula(f"{letters(top)} / {letters(bottom)}"), score, others
