"""Headings and topics by their words alone: the comparable forms of both, and how far they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ledger_desk.exchange.headings import key_of, likeness
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.filling.topics import numbers, subjects_of, topics
from ledger_desk.reports.filling.wording import bare_words, plain_words

_LIKE = 0.72
_WHOLE_WORD = 4


@dataclass(frozen=True)
class Words:
    """The comparable forms of a topic's words."""

    topic: Topic
    label: str
    exact: frozenset[str]
    plain: frozenset[str]
    bare: frozenset[str]
    shared: frozenset[str]
    loose: frozenset[str]


@cache
def words_of(of_numbers: bool) -> tuple[Words, ...]:
    """Give the words of all topics of firms, or of all indicators."""
    return words_for(tuple((numbers() if of_numbers else topics()).values()), of_numbers)


def words_for(found: Sequence[Topic], of_numbers: bool) -> tuple[Words, ...]:
    """Give the words of some topics; those of indicators without the words of their measures."""
    lent: dict[str, set[str]] = {}
    for topic in found:
        if subjects_of(
            topic.source
        ):  # 意向银行 of an application goes by what that of a visit does
            lent.setdefault(topic.label, set()).update(map(plain_words, topic.own))
    spoken = numbered if of_numbers else str
    return tuple(
        Words(
            t, key_of(spoken(t.label)), frozenset(key_of(spoken(w)) for w in t.own),
            frozenset(plain_words(spoken(w)) for w in t.own),
            frozenset(bare_words(spoken(w)) for w in t.own),
            frozenset(lent.get(t.label, ())) if subjects_of(t.source) else frozenset(),
            _loose(t),
        )
        for t in found
    )  # fmt: skip


def _loose(topic: Topic) -> frozenset[str]:
    """Words that mean a topic where something else says of what the table is: 余额, 银行, 用途."""
    words = set(map(plain_words, topic.loose))
    for word in topic.own:
        for subject in subjects_of(topic.source):
            short = plain_words(word).removeprefix(subject)
            if len(short) > 1:
                words.add(short)
    return frozenset(words)


@cache
def all_keys() -> frozenset[str]:
    """Give every comparable form that means something."""
    some = (*words_of(False), *words_of(True))
    return frozenset(key for words in some for key in (*words.exact, *words.plain, *words.bare))


# What a heading ends in says of what kind its values are; words that are merely alike must agree.
_KINDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile("姓名$|名称$|地址$"), frozenset(["text", "note", "reference", "choice"])),
    (re.compile("日期$|时间$"), frozenset(["day", "month", "year"])),
    (re.compile("电话$|手机号?$"), frozenset(["phone"])),
    (re.compile("金额$|余额$|总额$|额度$"), frozenset(["money"])),
    (re.compile("[户笔次家个]数$"), frozenset(["whole", "figure"])),
    (re.compile("(?<!利)(?<!费)率$|占比$|排名$"), frozenset()),
)


def _says_otherwise(heading: str, topic: Topic) -> bool:
    key = key_of(heading)
    return any(rule.search(key) and topic.kind.name not in kinds for rule, kinds in _KINDS)


@lru_cache(maxsize=4096)
def alike_topics(heading: str, by_rows: bool) -> tuple[tuple[Words, float, str], ...]:
    """Give the topics whose words a heading has, with trust and reason by the words alone."""
    return tuple(
        (words, base, how)
        for words in words_of(by_rows)
        for base, how in [weigh(heading, words, by_rows)]
        if base > 0
    )


def weigh(heading: str, words: Words, by_rows: bool) -> tuple[float, str]:
    """Give the trust in a heading for one topic's words, and the reason; 0: strangers."""
    leaf = heading.rpartition("/")[2]
    best, how = 0.0, ""
    for text, less in _sayings(heading):
        said = numbered(text) if by_rows else text
        key, plain, bare = key_of(said), plain_words(said), bare_words(said)
        for score, why, holds in (
            (1.0, "exact", key == words.label and key in words.exact),
            (0.96, "synonym", key in words.exact),
            (0.92, "plain", plain in words.plain),
            (0.84, "plain", bare in words.bare and len(bare) > 1),
            (0.82, "plain", plain in words.shared),
            (0.66, "plain", plain in words.loose or bare in words.loose),
        ):
            if holds and score - less > best:
                best, how = score - less, why
                break
    if best and _lists_options(leaf, words.topic):
        best += 0.05
    if best < 0.85 and _says_otherwise(leaf or heading, words.topic):
        return 0.0, ""
    if best == 0.0 and _turns(heading, words):
        return 0.0, ""
    if best == 0.0 and _ends_in(bare_words(leaf or heading), words):
        return 0.72, "likeness"
    if best == 0.0:
        said = bare_words(leaf or heading)
        alike = max((likeness(said, word) for word in words.bare), default=0.0)
        return (0.9 * alike, "likeness") if alike >= _LIKE else (0.0, "")
    return best, how


# Words that make of what they stand before another thing: likeness may not overlook them.
_TURNING = re.compile(
    "不良|逾期|他行|其他|民间|上年|去年|同期|首[次笔]|下次|预计|计划|新增|剩余|增[长速幅]|下降|净|"
    "配偶|家庭|家属|担保人|第[二三]|上级|合同"
)


def _turns(heading: str, words: Words) -> bool:
    """Tell a heading that speaks of another thing than any word of the topic does."""
    own = "".join((words.label, *words.plain))
    return any(word not in own for word in _TURNING.findall(plain_words(heading)))


def _lists_options(leaf: str, topic: Topic) -> bool:
    """Tell a heading whose brackets offer the choices of a topic: 类别（企业、个体工商户）."""
    offered = set(re.split("[、,，或]", leaf.partition("(")[2].rstrip(")")))
    return len(offered & set(topic.kind.options)) > 1


def _ends_in(said: str, words: Words) -> bool:
    """Tell a heading whose last word is the topic's, with what narrows it before: 暂时的主要障碍.

    Only of what is told in words: a number or a day that is narrowed down is another one.
    """
    if words.topic.kind.name not in ("text", "note", "choice") or words.topic.source == "firm":
        return False
    return any(len(word) >= _WHOLE_WORD and said.endswith(word) for word in words.bare)


_TWO_WORDS = re.compile("[、或]")


@lru_cache(maxsize=4096)
def _sayings(heading: str) -> tuple[tuple[str, float], ...]:
    """What a heading says, whole and in parts, each with how much less it is to be trusted.

    Its last level with each group above (授信 over 笔数/户数 over 户数 is 授信户数), two words for one
    thing (董事长、总经理), and what brackets add or make plain: 法定代表人（负责人）, 下步计划（金额）.
    """
    *groups, leaf = heading.split("/")
    found = [(heading, 0.0), (heading.replace("/", ""), 0.02)]
    found += [(group + leaf, 0.03) for group in groups if len(groups) > 1]
    found.append((leaf, 0.04))
    whole, inside, after = re.fullmatch(r"([^()]*)(?:\(([^()]*)\))?(.*)", leaf, re.DOTALL).groups()  # type: ignore[union-attr]
    if inside and not after and len(inside) > 1 and not _TWO_WORDS.search(inside):
        found += [(whole + inside, 0.05), (inside, 0.1)]
    parts = [part for part in _TWO_WORDS.split(whole) if len(part) > 1]
    if len(parts) > 1:
        found += [(part, 0.08) for part in parts]
    return tuple(found)


_NUMBERED = re.compile(
    r"本期|本月|当月|本年度?|今年|当年|累计|年初以来|启动以来|以来|截至目前|其中|实际|共计|总计|小微企业|各类|"
    r"[总的:]|(?:至|给|向)银行|已经?|获得|取得|办理|实现|存在"
)
# One word for what is paid out, on both sides.
_PAID = re.compile("投放(?:贷款)?|发放贷款|贷款发放|放贷|发放(?!户)")
_COUNT = re.compile(
    r"(?:企业|主体|单位)?(?:户数|户次|家数|个数|数量|户数量|(?<=企业|主体)数|(?<![笔次人户天个])数)$"
)


def numbered(text: str) -> str:
    """Heading of an indicator without the words of its measure, with one word for how many."""
    return _COUNT.sub("户数", _PAID.sub("放款", _NUMBERED.sub("", key_of(text))))
