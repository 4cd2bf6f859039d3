"""Columns of numbers: headings → indicator × measure × part, or a formula of other columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ledger_desk.reports.designing.agreeing import agree, context, core, same_unit_of
from ledger_desk.reports.designing.draft import Choice, Number
from ledger_desk.reports.designing.shares import guess_share
from ledger_desk.reports.designing.spoken import Spoken, take_apart
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS, splits_of
from ledger_desk.workbook.outline import Heading
from ledger_desk.workbook.references import letters

WORTH, SURE = 0.6, 0.84
_BARE = re.compile("^(?:户数?|家数|笔数?|金额|余额|占比|次数?|个数)$")
_WHY = {
    "exact": "标题和指标同名", "synonym": "标题是指标的另一种叫法", "plain": "标题和指标说法相同",
}  # fmt: skip
_STOCK = {
    "启动以来累计": "期末数", "本年累计": "期末数", "本期": "期末数", "上年同期": "上年同期末数",
    "同期增长量": "比同期末增长量", "同期增长率": "比同期末增长率",
}  # fmt: skip
_USUAL = ("启动以来累计", "本年累计", "本期")


@dataclass(frozen=True)
class Guess:
    """What a column may be: the choice, how sure, and why in Chinese."""

    choice: Choice
    score: float
    why: str
    others: tuple[Choice, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it needs no second look."""
        return self.score >= SURE


def guess_numbers(
    headings: Sequence[Heading], *, split: str, title: str, given: str = ""
) -> dict[int, Guess]:
    """Guess what the columns of a matrix count.

    Args:
        headings: Its columns, without those that say what the rows are.
        split: Key by which its rows part the ledger; '' where each row says it.
        title: Title and name of the sheet.
        given: Measure that the block says for all columns.
    """
    spoken = {h.column: take_apart(h) for h in headings}
    usual = _usual(spoken)
    families = _families(spoken, split, title)
    found: dict[int, Guess] = {}
    for heading in headings:
        said = spoken[heading.column]
        guess = _after(heading.column, spoken, found) or _one(said, split, title, families)
        if guess is not None:
            found[heading.column] = _with_measure(guess, said, given, usual)
    for heading in headings:
        share = guess_share(heading.column, spoken, found)
        if share is not None:
            formula, score, others = share
            why = f"表里有分子和分母两列：{formula.text}"
            found[heading.column] = Guess(formula, score, why, others)
    return found


def guess_measures(headings: Sequence[Heading]) -> dict[int, Guess]:
    """Guess the columns of a table whose rows are indicators: each is one measure."""
    spoken = {h.column: take_apart(h) for h in headings}
    stock = any(said.measure in ("期末数", "年初数") for said in spoken.values())
    found = {}
    for column, said in spoken.items():
        if said.measure and not said.text:
            measure = _STOCK.get(said.measure, said.measure) if stock else said.measure
            found[column] = Guess(Number(measure=measure), 0.95, f"标题说的是{measure}")
    return found


def name_indicator(text: str, unit: str, title: str) -> Guess | None:
    """Guess what the label of a printed row counts."""
    said = take_apart(Heading(0, text, unit, (text,)))
    return _one(said, "", title, {})


def _usual(spoken: Mapping[int, Spoken]) -> str:
    """The measure of columns that name none: the one that most others name."""
    counts = Counter(s.measure for s in spoken.values() if s.measure in _USUAL)
    if not counts:
        return _USUAL[0]
    return max(counts, key=lambda measure: (counts[measure], -_USUAL.index(measure)))


def _one(said: Spoken, split: str, title: str, families: Mapping[str, int]) -> Guess | None:
    """The indicator that the words of one heading name."""
    ranked = _ranked(said, split, title, families)
    if not ranked or ranked[0][0] < WORTH:
        whole = "/".join(said.levels)
        if whole == said.text or not said.measure:
            return None
        ranked = _ranked(replace(said, text=whole, measure=""), split, title, families)
        if not ranked or ranked[0][0] < WORTH:
            return None
    score, known, how = ranked[0]
    part = said.part if all(key in splits_of(known) for key, _ in said.part) else ()
    others = [k for s, k, _ in ranked[1:6] if s >= WORTH / 2]
    return Guess(
        Number(known.id, "", part), min(score, 1.0), f"{_WHY.get(how, '标题和指标相近')}：{known.label}",
        tuple(Number(k.id, "", part) for k in others),
    )  # fmt: skip


def _ranked(
    said: Spoken, split: str, title: str, families: Mapping[str, int]
) -> list[tuple[float, Indicator, str]]:
    if not said.text:
        return []
    found = []
    for known in INDICATORS.values():
        if split and split not in splits_of(known):
            continue
        if not _measures(known, said.measure):
            continue
        score, how = agree(said.text, said.unit, known, title)
        if score > 0:
            score += context(known, title, "/".join(said.levels), families)
            found.append((score, known, how))
    return sorted(found, key=lambda each: (-each[0], len(each[1].label), each[1].id))


def _measures(known: Indicator, said: str) -> bool:
    has = (*known.measures, *known.compared)
    return not said or said in has or _STOCK.get(said, "") in has


def _families(spoken: Mapping[int, Spoken], split: str, title: str) -> dict[str, int]:
    """Count the families of indicators that the plainest headings name."""
    counts: Counter[str] = Counter()
    for said in spoken.values():
        ranked = _ranked(said, split, title, {})
        if ranked and ranked[0][0] >= SURE:
            counts[core(ranked[0][1])] += 1
    return dict(counts)


def _after(column: int, spoken: Mapping[int, Spoken], found: Mapping[int, Guess]) -> Guess | None:
    """其中：个体工商户, 本年累计 over 户数: the same number as left of it, of a part or for other days."""
    said = spoken[column]
    bare = _BARE.match(said.text) is not None
    if not (said.part or said.measure) or (said.text and not bare):
        return None
    for place in sorted((c for c in found if c < column), reverse=True):
        other, own = found[place].choice, spoken[place]
        if not isinstance(other, Number) or own.among or own.part:
            continue
        known = INDICATORS[other.indicator]
        if bare and own.text.rpartition("/")[2] != said.text:
            continue
        if said.unit and not same_unit_of(said.unit, known):
            continue
        if bare and said.measure not in known.measures:
            continue
        if _measures(known, said.measure) and all(key in splits_of(known) for key, _ in said.part):
            why = f"和 {letters(place)} 列同一个指标：{known.label}"
            measure = said.measure or other.measure
            return Guess(Number(known.id, measure, said.part), 0.85, why)
    return None


def _with_measure(guess: Guess, said: Spoken, given: str, usual: str) -> Guess:
    def full(choice: Choice) -> Choice:
        if not isinstance(choice, Number) or choice.measure:
            return choice
        known = INDICATORS[choice.indicator]
        return replace(choice, measure="" if given else measure_of(known, said.measure, usual))

    return replace(guess, choice=full(guess.choice), others=tuple(full(c) for c in guess.others))


def measure_of(known: Indicator, said: str, usual: str) -> str:
    """Give the measure of a column: what it says, else the usual one."""
    has = (*known.measures, *known.compared)
    for word in (said, _STOCK.get(said, ""), usual, "启动以来累计", "期末数"):
        if word in has:
            return word
    return has[0]
