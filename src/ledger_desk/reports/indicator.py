"""What an indicator (指标) is: one definition (口径), one unit, its measures, one proof.

Its kind says where the number comes from: lines of the ledger (firms, events, amounts, weighted means),
sets of firms, two other indicators (ratios), or what somebody reported (填报数).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ledger_desk.store.counting.totals import Number

Unit = Literal["户", "笔", "万元", "个", "次", "份", "篇", "家", "人", "天", "%"]
Kind = Literal["firms", "events", "amount", "mean", "set", "ratio", "figure"]

_SPANS = ("本日", "本周", "本月", "上期", "上年同期", "上年同期累计")
FLOWS = ("本期", "本年累计", "启动以来累计", *_SPANS)
FIRMS = ("本期", "本期新增", "本年累计", "启动以来累计", *_SPANS)
STOCKS = ("期末数", "年初数", "上年同期末数")
# Measures that compare two others: name → (now, before, whether as a share of before).
COMPARED: Mapping[str, tuple[str, str, bool]] = {
    "同期增长量": ("本期", "上年同期", False),
    "同期增长率": ("本期", "上年同期", True),
    "累计同期增长量": ("本年累计", "上年同期累计", False),
    "累计同期增长率": ("本年累计", "上年同期累计", True),
    "比年初增长量": ("期末数", "年初数", False),
    "比年初增长率": ("期末数", "年初数", True),
    "比同期末增长量": ("期末数", "上年同期末数", False),
    "比同期末增长率": ("期末数", "上年同期末数", True),
}
OWED, OWED_SHARE = "任务数", "任务完成率"
MEASURES = (*FIRMS, *STOCKS, *COMPARED, OWED, OWED_SHARE)


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        id: Name in ``form.toml``.
        label: Chinese name.
        unit: 户 (distinct firms), 笔 and other counts, 万元 (sum of amounts), % or 天.
        events: Kind of line in ``store/counting``; empty where the number has no lines of its own.
        text: The definition in words, shown beside every number.
        clause: Where it comes from.
        measures: Which of the measures it has; `compared` gives the comparing ones besides.
        takes: Which of firms, events, amount, mean it takes of its lines; empty: as the unit says.
        places: Decimals that the whole number in store has: 2 for %, hundredths of a percent.
        top: Indicator above the line of a ratio.
        bottom: Indicator below the line; nothing there gives no number, shown as —.
        made: Name of the set of firms in `firm_sets` for a set.
        goal: Word of the quotas (任务指标) owed in it; empty: none.
    """

    id: str
    label: str
    unit: Unit
    events: str
    text: str
    clause: str
    measures: tuple[str, ...]
    takes: Literal["", "firms", "events", "amount", "mean"] = ""
    places: int = 0
    top: str = ""
    bottom: str = ""
    made: str = ""
    goal: str = ""

    @property
    def kind(self) -> Kind:
        """Where the number comes from."""
        if self.bottom:
            return "ratio"
        if self.made:
            return "set"
        if not self.events:
            return "figure"
        return self.takes or {"户": "firms", "万元": "amount"}.get(self.unit, "events")  # type: ignore[return-value]

    @property
    def reported(self) -> bool:
        """Whether this is a 填报数: no firm stands behind it, but a source does."""
        return self.kind == "figure"

    @property
    def adds_up(self) -> bool:
        """Whether numbers of parts may be added: shares, rates, steps and days of a loan may not."""
        if self.reported:
            return self.unit in ("万元", "户", "笔")
        return self.kind not in ("ratio", "mean") and not self.places

    @property
    def compared(self) -> tuple[str, ...]:
        """Further measures: comparing ones, since it has both that they compare, and quotas."""
        found = [
            name for name, (now, then, as_share) in COMPARED.items()
            # The growth of a share is no share.
            if now in self.measures and then in self.measures and not (as_share and self.unit == "%")
        ]  # fmt: skip
        return (*found, *((OWED, OWED_SHARE) if self.goal else ()))

    def unit_of(self, measure: str) -> Unit:
        """The unit of one of its measures: rates of growth and of quotas are %."""
        return "%" if _is_share(measure) else self.unit

    def places_of(self, measure: str) -> int:
        """The decimals of one of its measures."""
        return 2 if _is_share(measure) else self.places

    def value_of(self, number: Number) -> int | None:
        """Take this indicator's number out of a proof: firms, events, fen, or a weighted mean.

        A mean is rounded half up to its decimals; None where nothing bears weight.
        """
        if self.kind == "mean":
            # Rates lie in the ledger in ten-thousandths of a percent.
            return quotient(number.weighted, number.amount * 10 ** (4 - self.places))
        return {"firms": number.firms, "events": number.events, "amount": number.amount}[self.kind]


def _is_share(measure: str) -> bool:
    return measure == OWED_SHARE or (measure in COMPARED and COMPARED[measure][2])


def quotient(top: int, bottom: int) -> int | None:
    """Divide, rounded half up (away from zero); None where nothing stands below."""
    if not bottom:
        return None
    sign = -1 if (top < 0) != (bottom < 0) else 1
    return sign * ((2 * abs(top) + abs(bottom)) // (2 * abs(bottom)))


def share(top: int, bottom: int, places: int = 2) -> int | None:
    """Give ``top`` ÷ ``bottom`` as per cent in units of its decimals (hundredths of a percent)."""
    return quotient(top * 100 * 10**places, bottom)
