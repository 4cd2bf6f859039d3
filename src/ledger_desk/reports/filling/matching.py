"""Headings → topics: memory, exact, synonym, plain words, likeness; told by title and by cells too.

The order of trust is that of `exchange.matching_columns`. A heading that speaks of one kind of
record (授信时间) is never given to another's (签订日期), and a word that many have (到期日期) goes to
the kind that heading, group or title speak of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ledger_desk.exchange import content
from ledger_desk.exchange.headings import key_of
from ledger_desk.model.fields import field_map
from ledger_desk.model.kinds import clean
from ledger_desk.model.records import Enterprise
from ledger_desk.reports.filling.alike import Words, alike_topics, all_keys, numbered
from ledger_desk.reports.filling.levels import levels_of
from ledger_desk.reports.filling.reached import LOAN, REACHED
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.filling.topics import numbers, subjects_of, topics
from ledger_desk.reports.filling.wording import asks_for_ink, bare_words, plain_words, year_of
from ledger_desk.workbook.forms import SERIAL
from ledger_desk.workbook.outline import Heading

HOW = {
    "memory": "上次的对应", "exact": "标题相同", "synonym": "同义标题", "plain": "说法相同", "likeness": "标题相近",
    "content": "按内容判断", "chosen": "人工指定", "none": "没有对应",
}  # fmt: skip
SERIAL_ID = "#"
_TAKEN = 0.7  # less than this is only offered
_SPOKEN, _GROUPED, _TITLED, _OTHER = 0.06, 0.12, 0.08, 0.2
_SURE = 0.85
_DATED = 0.5
# Subjects that nearly every title of this work has.
_EVERYWHERE = frozenset(["贷款", "融资", "信贷", "问题", "诉求", "推荐", "信用"])
_MONEY_UNIT = re.compile("[万千百亿]?元")
_NAMES_FIRM = re.compile(
    r"(?:企业|主体|公司|商户|客户|个体户|合作社|纳税人|对象)(?:的?(?:全称|名称|名字))?$"
)
_UNITS = {"户": ("户", "家", "个"), "笔": ("笔", "次")}


@dataclass(frozen=True)
class FilledColumn:
    """One column of the table and what it asks for.

    Attributes:
        column: Number from 1.
        heading: As written, groups before it.
        unit: Unit that heading or table name, '' for none.
        topic: Id of the topic; ``#`` for a running number; '' for none.
        how: Key of `HOW`.
        confidence: 0 to 1.
        samples: A few cells that the sender has filled, as text.
        offered: Ids of topics that it may be as well, the likeliest first.
        measure: Of an indicator: one of its measures; '' as the table says.
        unit_said: The heading itself names the unit.
        asked: Its levels that ask, joined as ``上/下``; choices and formats are no level.
    """

    column: int
    heading: str
    unit: str = ""
    topic: str = ""
    how: str = "none"
    confidence: float = 0.0
    samples: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    measure: str = ""
    unit_said: bool = False
    asked: str = ""

    def given(self, topic: str) -> FilledColumn:
        """The column as the person gave it."""
        return replace(self, topic=topic, how="chosen" if topic else "none", measure="",
                       confidence=1.0 if topic else 0.0)  # fmt: skip


def knows(text: str) -> bool:
    """Tell whether a text is a heading that asks for something the ledger may know."""
    if len(text) > 40 or not text.strip():
        return False
    words = (key_of(text), plain_words(text), bare_words(text))
    return text.strip() in SERIAL or any(word in all_keys() for word in words)


def fingerprint(headings: Sequence[Heading]) -> str:
    """Short name of a layout: equal for equal headings in equal order."""
    text = "\n".join(key_of(heading.text) for heading in headings)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def match(
    headings: Sequence[Heading],
    samples: Mapping[int, Sequence[object]],
    *,
    title: str = "",
    unit: str = "",
    by_rows: bool = False,
    remembered: Mapping[str, tuple[str, str]] | None = None,
    is_firm: Callable[[Sequence[object]], str] = lambda cells: "",
) -> tuple[FilledColumn, ...]:
    """Match the columns of a table.

    Args:
        headings: Its columns.
        samples: Column → cells that are filled.
        title: Title and file name, which may say what the table is about.
        unit: Unit of the whole table.
        by_rows: The rows are townships or banks: the columns are indicators.
        remembered: Key of a heading → (topic, measure), from the last table of this layout.
        is_firm: Tells cells that name firms of the ledger: ``firm.name`` or ``firm.code``, or ''.
    """
    blank = [_blank(heading, samples.get(heading.column, ()), unit) for heading in headings]
    kept = remembered or {}
    if kept and all(key_of(each.heading) in kept for each in blank):
        return tuple(_recalled(each, kept) for each in blank)
    scored = _scored(blank, samples, title, by_rows, "")
    if not by_rows:
        scored = _scored(blank, samples, title, by_rows, _dominant(scored))
    found: dict[int, FilledColumn] = {}
    taken: set[str] = set()
    if not by_rows:
        for each in blank:
            named = is_firm(samples.get(each.column, ()))
            if named and named not in taken:
                taken.add(named)
                found[each.column] = replace(each, topic=named, how="content", confidence=0.99)
    for score, _, topic, how, each in scored:
        year = year_of(each.asked) if topic.yearly else ""
        id = topic.of_year(year).id if year else topic.id
        if each.column in found or id in taken or score < _TAKEN:
            continue
        taken.add(id)
        found[each.column] = replace(each, topic=id, how=how, confidence=round(min(score, 1.0), 2))
    if not by_rows and "firm.name" not in taken:
        _name_column(blank, found)
    offers: dict[int, list[str]] = {}
    for _, _, topic, _, each in scored:
        offers.setdefault(each.column, []).append(topic.id)
    return tuple(
        replace(found.get(each.column, each), offered=tuple(offers.get(each.column, ())[:5]))
        for each in blank
    )


_Scored = list[tuple[float, int, Topic, str, FilledColumn]]


def _scored(
    blank: Sequence[FilledColumn],
    samples: Mapping[int, Sequence[object]],
    title: str,
    by_rows: bool,
    dominant: str,
) -> _Scored:
    """All pairs worth a thought, the best first; among equals the leftmost column."""
    found = []
    for each in blank:
        if each.topic == SERIAL_ID or asks_for_ink(each.heading):
            continue
        for words, base, how in alike_topics(each.asked, by_rows):
            score = _score(each, words, base, how, title, by_rows, dominant)
            if score > 0 and _fits(words.topic, samples.get(each.column, ()), each.unit):
                found.append((score, -each.column, words.topic, how, each))
    return sorted(found, key=lambda p: (-p[0], -p[1], p[2].source != "firm", p[2].id))


def _dominant(scored: _Scored) -> str:
    """Give the kind of record that most columns are surely about; '' where none stands out."""
    counts: dict[str, int] = {}
    seen: set[int] = set()
    for score, _, topic, _, each in scored:
        if each.column not in seen and score >= _SURE:
            seen.add(each.column)
            if subjects_of(topic.source):
                counts[topic.source] = counts.get(topic.source, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    stands_out = ranked and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return ranked[0][0] if stands_out else ""


def _name_column(blank: Sequence[FilledColumn], found: dict[int, FilledColumn]) -> None:
    """Take the first column that is called after firms for their names, where none else is."""
    for each in blank:
        leaf = key_of(each.asked.rsplit("/", 1)[-1])
        if each.column not in found and each.topic == "" and _NAMES_FIRM.search(leaf):
            found[each.column] = replace(each, topic="firm.name", how="likeness", confidence=0.75)
            return


def _blank(heading: Heading, cells: Sequence[object], unit: str) -> FilledColumn:
    texts = [clean(cell)[:40] for cell in content.filled(cells)[:3]]
    levels, named = levels_of(heading)
    own = named or unit
    serial = heading.text.strip("/") in SERIAL or heading.text.rstrip(".。") in SERIAL
    made = FilledColumn(
        heading.column,
        heading.text,
        own,
        samples=tuple(texts),
        unit_said=bool(named),
        asked="/".join(levels),
    )
    return replace(made, topic=SERIAL_ID, how="exact", confidence=1.0) if serial else made


def _recalled(each: FilledColumn, kept: Mapping[str, tuple[str, str]]) -> FilledColumn:
    topic, measure = kept[key_of(each.heading)]
    if each.topic == SERIAL_ID:
        return each
    how = "memory" if topic else "none"
    return replace(each, topic=topic, measure=measure, how=how, confidence=1.0 if topic else 0.0)


def _score(
    column: FilledColumn, words: Words, base: float, how: str, title: str, by_rows: bool,
    dominant: str,
) -> float:  # fmt: skip
    """Give the trust in a heading for a topic, by its words and by what is around it."""
    topic = words.topic
    if by_rows:
        return base if same_unit(column, topic) else 0.0
    if column.unit_said and _MONEY_UNIT.search(column.unit) and topic.kind.name != "money":
        return 0.0
    if not topic.yearly and year_of(column.asked) and how not in ("exact", "synonym"):
        base = min(base, _DATED)  # how things stand now says nothing of that year
    group, _, leaf = column.asked.rpartition("/")
    base += _spoken(words, leaf, group, title)
    return base + (_GROUPED if dominant == topic.source and how != "likeness" else 0.0)


def _spoken(words: Words, leaf: str, group: str, title: str) -> float:
    """Weigh of what kind of record heading, group and title speak."""
    topic = words.topic
    own = subjects_of(topic.source)
    if not own:
        return 0.0
    if any(word in group for word in own):
        return _GROUPED
    others = {s for each in (*REACHED, LOAN) if each.key != topic.source for s in each.subjects}
    others -= set(own)
    said = f"{group}/{leaf}"
    strange = [s for s in others if s in said and not any(s in word for word in topic.own)]
    if any(word in leaf for word in own):
        return _SPOKEN - (_OTHER / 2 if strange else 0.0)
    if strange:
        return -_OTHER
    titled = [s for s in others if s in title and s not in _EVERYWHERE]
    if any(word in title for word in own if word not in _EVERYWHERE or not titled):
        return _TITLED
    return -_OTHER / 2 if titled else 0.0


def _fits(topic: Topic, cells: Sequence[object], unit: str) -> bool:
    """Tell whether what the sender has filled in can be such values."""
    some = content.filled(cells)
    if not some:
        return True
    spec = field_map(Enterprise).get(topic.name) if topic.source == "firm" else None
    if spec is not None:
        return content.fit(spec, some, unit or None) >= 0.5
    if topic.kind.name in ("reference", "text", "note", "choice"):
        return True
    return sum(_parses(topic, cell, unit) for cell in some) * 2 >= len(some)


def _parses(topic: Topic, cell: object, unit: str) -> bool:
    try:
        topic.kind.parse(cell, unit or None)
    except ValueError:
        return False
    return True


def same_unit(column: FilledColumn, topic: Topic) -> bool:
    """Tell whether a heading that counts something may be an indicator of this unit."""
    key = numbered(column.asked.rsplit("/", 1)[-1])
    money = topic.kind.name == "money"
    shared = column.unit == "%" or re.search(r"(?:率|占比|比例)$", key) is not None
    if shared or topic.kind.name == "rate":
        return shared and topic.kind.name == "rate"
    if re.search(r"金额|余额|总额|额度|额$", key) or (
        "元" in column.unit and not key.endswith("数")
    ):
        return money
    if key.endswith(("户数", "家数")):
        return not money
    if key.endswith(("笔数", "次数")):
        return not money
    return True


def offer(text: str, by_rows: bool) -> Iterable[Topic]:
    """Give the topics to choose from: those whose label or words hold a text, then all."""
    every = list((numbers() if by_rows else topics()).values())
    wanted = plain_words(text)
    return sorted(every, key=lambda t: wanted not in plain_words(t.label))
