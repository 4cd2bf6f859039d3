"""What an indicator (指标) is: one definition (口径), one unit, its measures, one proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ledger_desk.store.totals import Number

Unit = Literal["户", "笔", "万元"]
MEASURES = ("本期", "本期新增", "本年累计", "启动以来累计", "期末数")
FLOWS = ("本期", "本年累计", "启动以来累计")
FIRMS = ("本期", "本期新增", "本年累计", "启动以来累计")


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        id: Name in ``form.toml``.
        label: Chinese name.
        unit: 户 (distinct firms), 笔 (events) or 万元 (sum of amounts).
        events: Kind of event in ``store/totals.py``; empty for a reported number (填报数).
        text: The definition in words, shown beside every number.
        clause: Where it comes from.
        measures: Which of the measures it has.
    """

    id: str
    label: str
    unit: Unit
    events: str
    text: str
    clause: str
    measures: tuple[str, ...]

    @property
    def reported(self) -> bool:
        """Whether this is a 填报数: no firm stands behind it, but a source does."""
        return not self.events

    def value_of(self, number: Number) -> int:
        """Take this indicator's number out of a proof: firms, events, or fen."""
        return {"户": number.firms, "笔": number.events, "万元": number.amount}[self.unit]
