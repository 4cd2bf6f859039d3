"""How far the words of a heading agree with an indicator: its name, its unit, and the table around."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ledger_desk.exchange.headings import key_of, likeness
from ledger_desk.reports.filling.alike import alike_topics
from ledger_desk.reports.filling.matching import FilledColumn, same_unit
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.filling.topics import numbers
from ledger_desk.reports.indicator import Indicator

_STRANGE, _TITLED, _AROUND, _FAMILY = 0.3, 0.12, 0.3, 0.05
# What an indicator's name says of where it belongs, and a heading under such a title need not.
_PLACES = re.compile("百行进万企|推荐清单内|清单内|入园企业|园区|银税互动|整改")
_TWINS = re.compile(r"\((?:账内|填报|整改|百行进万企)\)")
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"^\d+[.、]|^[一二三四五六七八九十]+、", ""), ("风险分担", "分险"),
        ("企业|主体|单位|对象|(?<=推荐|申报)清单|情况|的|已|及其?|国担|[()（）:：/、]", ""),
        ("户数量?|家数|户次|数量$", "数"), ("比例|占比|比重", "率"), ("累放|发放|投放", "放款"),
        ("小微园|园区|小园", "园"), ("个数|篇数|条数|件数|次数|份数|人数", "数"),
        ("有(?=融?资?需求|续贷|授信)", ""),
    )
)  # fmt: skip
_BARE = re.compile("(?:户|家|笔|次|个|件|份|篇|人)?数?量?|金额|余额|占比|比例|率")
_INSIDE = re.compile(r"[(（]([^()（）]+)[)）]$")
_COUNTS = frozenset("户家个笔次件条篇份人")


@lru_cache(maxsize=4096)
def alike(text: str) -> str:
    """Bring a heading of numbers down to what it counts."""
    key = key_of(text)
    for rule, word in _SAME:
        key = rule.sub(word, key)
    return key.removesuffix("数")


@cache
def _forms(known: Indicator) -> tuple[str, str]:
    label = _TWINS.sub("", key_of(known.label))
    return alike(label), alike(_PLACES.sub("", label))


@lru_cache(maxsize=8192)
def _by_words(text: str) -> Mapping[str, tuple[float, str]]:
    return {words.topic.name: (base, how) for words, base, how in alike_topics(text, True)}


@lru_cache(maxsize=1 << 15)
def agree(text: str, unit: str, known: Indicator, title: str) -> tuple[float, str]:
    """Weigh a heading for an indicator.

    Args:
        text: Its levels without measure and part: ``推荐/户数``.
        unit: Unit it names.
        known: The indicator.
        title: Title and sheet: what it says need not be said again.

    Returns:
        Trust from 0 to 1 and the reason.
    """
    if not same_unit(FilledColumn(0, text, unit, asked=text), _topic(known)):
        return 0.0, ""
    group, _, leaf = text.rpartition("/")
    full, short = _forms(known)
    best, how = _by_words(text).get(known.id, (0.0, ""))
    if best and group and _says_little(leaf) and not _shared(group, known.label):
        best -= _STRANGE
    titled = _without(full, title)
    for said, less in _sayings(group, leaf):
        for form, more in ((full, 0.0), (short, 0.04), (titled, 0.07)):
            score, why = _one(said, form)
            if score - less - more > best and form:
                best, how = score - less - more, why
    inside = _INSIDE.search(leaf)
    if best and inside and not set(inside[1]) & set(known.label):
        best -= _STRANGE / 2
    if unit and not same_unit_of(unit, known):
        best -= _STRANGE
    return best, how


def _one(said: str, form: str) -> tuple[float, str]:
    if not said:
        return 0.0, ""
    if said == form:
        return 0.97, "plain"
    if len(said) > 2 and sorted(said) == sorted(form):
        return 0.9, "plain"
    if len(said) > 1 and (form.startswith(said) or (len(said) > 2 and form.endswith(said))):
        return 0.64 + 0.2 * len(said) / len(form), "likeness"
    share = likeness(said, form) * 0.85
    return (share, "likeness") if share > 0.55 else (0.0, "")


@lru_cache(maxsize=4096)
def _sayings(group: str, leaf: str) -> tuple[tuple[str, float], ...]:
    above = group.rpartition("/")[2]
    found = [(alike(f"{group}{leaf}"), 0.0), (alike(f"{above}{leaf}"), 0.01)]
    if above:
        found.append((alike(f"{leaf}{above}"), 0.03))
    if not above or not _says_little(leaf):
        found.append((alike(leaf), 0.02 if above else 0.0))
    return tuple(found)


def _says_little(leaf: str) -> bool:
    """Whether a lowest level only says how it is counted: 户数, 金额, 占比."""
    return _BARE.fullmatch(key_of(leaf)) is not None


def _shared(group: str, label: str) -> bool:
    own = alike(group.rpartition("/")[2])
    return any(own[at : at + 2] in label for at in range(len(own) - 1))


@lru_cache(maxsize=4096)
def _without(form: str, title: str) -> str:
    """Take out of an indicator's name what the title has said: 培植获贷户 under 首贷培植任务."""
    best = ""
    for start in range(len(form)):
        for end in range(start + 2, len(form) + 1):
            if end - start > len(best) and form[start:end] in title:
                best = form[start:end]
    return form.replace(best, "", 1) if best and best not in ("户数", "金额") else ""


def _topic(known: Indicator) -> Topic:
    return numbers()[f"number.{known.id}"]


def same_unit_of(unit: str, known: Indicator) -> bool:
    """Whether a unit that a heading names is one in which an indicator may be counted."""
    if unit in _COUNTS:
        firms = {unit, known.unit} <= set("户家个")
        return known.unit == unit or firms or {unit, known.unit} <= set("笔次个件条份篇家")
    return (unit == "%") == (known.unit == "%") and ("元" in unit) == (known.unit == "万元")


def context(known: Indicator, title: str, heading: str, families: Mapping[str, int]) -> float:
    """Weigh what the table is about: 百行进万企, 园区, 清单 … in its title and its other columns."""
    said, score = f"{title}/{heading}", 0.0
    listed = "清单内" in known.label and "campaign" not in known.id
    for word in _PLACES.findall(known.label):
        if "清单" not in word:
            own = "园" if "园" in word else word[:2]
            score += _TITLED / 2 if own in said else -_AROUND
    if "campaign" in known.id:
        score += _TITLED if "百行进万企" in title else -_AROUND
    by_list = "成效" in title or families.get("recommended", 0) > 1
    if listed:
        score += _TITLED if by_list else -_TITLED
    if _without(alike(known.label), title) not in ("", alike(known.label)):
        score += _TITLED / 2
    if known.reported and "填报" not in said and "余额" not in said:
        score -= _TITLED / 2
    return score + (_FAMILY if families.get(core(known), 0) > 1 else 0.0)


def core(known: Indicator) -> str:
    """The family of an indicator: the first word of its id."""
    return known.id.partition("_")[0]
