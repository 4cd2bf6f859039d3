"""Finding indicators, measures and splits by their Chinese names; near ones are offered."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS, splits_of
from ledger_desk.store.counting.splitting import SPLITS

# What may be compared with what came before it.
AGAINST: Mapping[str, tuple[str, ...]] = {
    "比上期": ("本期", "本期新增", "本年累计", "启动以来累计", "期末数"),
    "比前一日": ("本日",),
    "比上年同期": ("本期", "本年累计"),
    "比年初": ("期末数",),
}
_SPLIT_WORDS: Mapping[str, str] = {
    "乡镇": "township", "街道": "township", "银行": "bank", "银行类别": "bank_type", "主体类型": "kind",
    "划型": "size", "主体类别": "category", "填报单位": "office", "单位": "office", "行业": "industry",
    "行业门类": "industry", "走访人": "person", "园区星级": "star", "园区": "park", "小微企业园": "park",
    "担保机构": "guarantor", "类别": "what",
}  # fmt: skip


class Refused(Exception):  # noqa: N818 - it is the sentence for a mistake, caught where the place is known
    """A sentence on what is wrong."""


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, str]:
    """Names, folded, of all indicators: labels and ids."""
    found = {_folded(spec.label): spec.id for spec in INDICATORS.values()}
    return found | {spec.id: spec.id for spec in INDICATORS.values()}


def _folded(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans("()", "（）"))


def find_named(name: str) -> Indicator:
    """Give an indicator by its label or id.

    Raises:
        Refused: There is none; near ones are named.
    """
    known, folded = _by_name(), _folded(name)
    if folded in known:
        return INDICATORS[known[folded]]
    labels = [each for each in known if not each.isascii()]
    near = [each for each in labels if folded and folded in each][:4]
    near += [each for each in get_close_matches(folded, labels, 4, 0.5) if each not in near]
    hint = f"相近的有：{'、'.join(near[:5])}。" if near else "请到“口径词典”里看指标的名称。"
    raise Refused(f"没有“{name.strip()}”这个指标。{hint}")


def usual_measure(spec: Indicator) -> str:
    """The measure that is meant when none is written: 本期, or 期末数 of a stock."""
    return "本期" if "本期" in spec.measures else spec.measures[0]


def find_measure(spec: Indicator, measure: str) -> str:
    """Give a measure that an indicator has.

    Raises:
        Refused: It has not; those it has are named.
    """
    said = _folded(measure)
    can = (*spec.measures, *spec.compared)
    if said not in can:
        raise Refused(f"指标“{spec.label}”没有“{said}”这种算法，可用的有：{'、'.join(can)}。")
    return said


def find_split(word: str, indicator: str) -> str:
    """Give the key of a split by its Chinese name.

    Raises:
        Refused: Unknown, or the indicator cannot be split so.
    """
    said, spec = _folded(word), INDICATORS[indicator]
    can = splits_of(spec)
    key = _SPLIT_WORDS.get(said) or next((k for k, name in SPLITS.items() if name == said), said)
    if key not in can:
        words = "、".join(SPLITS[each] for each in SPLITS if each in can) or "（不能分）"
        raise Refused(f"指标“{spec.label}”不能按“{word.strip()}”分，可以按：{words}。")
    return key
