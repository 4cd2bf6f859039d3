"""Columns of a list: headings → fields of a record and of those it refers to; which record it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ledger_desk.exchange.headings import key_of, likeness
from ledger_desk.exchange.record_paths import HIDDEN, resolve
from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.designing.choices import paths_of
from ledger_desk.reports.designing.counted import Guess
from ledger_desk.reports.designing.draft import Choice, Field
from ledger_desk.reports.designing.naming import CALLED
from ledger_desk.reports.filling.alike import Words, weigh, words_for
from ledger_desk.reports.filling.levels import levels_of
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.filling.topics import topics
from ledger_desk.reports.filling.wording import bare_words, plain_words
from ledger_desk.reports.sources import SOURCES
from ledger_desk.workbook.outline import Heading

_WORTH, _OWN, _FAR = 0.6, 0.05, 0.06
_NAME_OF = ("名称", "姓名", "全称")
_LOOKED_AT = 4
_EVENTS = "matching_events"
_SERIAL = re.compile("^(?:序号|序)$")
# Fields that records keep for the program, not for a table.
_QUIET = re.compile(r"_(?:set|why|note|reason)$|^(?:frozen|fingerprint|hash|removed)$")


@dataclass(frozen=True)
class Listing:
    """What a list may be a list of, with the columns that follow.

    Attributes:
        rows: ``records`` or a source of rows.
        of: Table of the records.
        guesses: Column → what it may be.
        score: How well headings and title agree.
    """

    rows: str
    of: str | None
    guesses: Mapping[int, Guess]
    score: float

    @property
    def label(self) -> str:
        """What one row is."""
        return BY_TABLE[self.of].LABEL if self.of else SOURCES[self.rows].label


def guess_listings(headings: Sequence[Heading], title: str) -> tuple[Listing, ...]:
    """Guess of what records a table is a list, the likeliest first."""
    tables = [table for table in BY_TABLE if table not in HIDDEN | _THIN]
    said = [levels_of(heading) for heading in headings]
    likely = sorted(tables, key=lambda table: (-_roughly(said, table, title), table))[:_LOOKED_AT]
    known = [(_EVENTS, None), *(("records", table) for table in likely)]
    found = [guess_list(headings, rows, table, title) for rows, table in known]
    return tuple(sorted(found, key=lambda each: (-each.score, each.of or "")))


def _roughly(said: Sequence[tuple[tuple[str, ...], str]], table: str, title: str) -> float:
    """How many headings are a field's very words: quick, to choose what is looked at closely."""
    words = _own_keys(table)
    hits = 0.0
    for levels, _ in said:
        texts = ["/".join(levels), *levels[-1:]]
        hits += any(plain_words(text) in words or bare_words(text) in words for text in texts)
    return hits / max(len(said), 1) + 4 * _called(table, key_of(title))


@lru_cache(maxsize=128)
def _own_keys(table: str) -> frozenset[str]:
    cls = BY_TABLE[table]
    own = [word for s in field_map(cls).values() for word in (s.label, *s.synonyms)]
    return frozenset(key for word in own for key in (plain_words(word), bare_words(word)))


def guess_list(headings: Sequence[Heading], rows: str, of: str | None, title: str = "") -> Listing:
    """Guess the columns of a list of these records."""
    said = {h.column: levels_of(h) for h in headings}
    short = _TAIL.sub("", BY_TABLE[of].LABEL) if of else ""
    pairs = sorted(
        (
            (score, -column, place, words.topic, how)
            for column, (levels, unit) in said.items()
            for place, words in enumerate(_words(rows, of))
            for score, how in [_score(levels, unit, words, title, short)]
            if score >= _WORTH
        ),
        key=lambda p: (-p[0], -p[1], p[2]),
    )
    taken: set[str] = set()
    guesses: dict[int, Guess] = {}
    offered: dict[int, list[Choice]] = {}
    for score, minus, _, topic, how in pairs:
        column, path = -minus, topic.id
        offered.setdefault(column, []).append(Field(path))
        if column in guesses or path in taken:
            continue
        taken.add(path)
        guesses[column] = Guess(Field(path), min(score, 1.0), f"{_WHY[how]}：{topic.label}")
    guesses = {
        column: Guess(g.choice, g.score, g.why, tuple(o for o in offered[column] if o != g.choice)[:5])
        for column, g in guesses.items()
    }  # fmt: skip
    return Listing(rows, of, guesses, _worth(guesses, len(headings), rows, of, title))


_WHY = {"exact": "标题相同", "synonym": "同义标题", "plain": "说法相同", "likeness": "标题相近"}


def _worth(
    guesses: Mapping[int, Guess], columns: int, rows: str, of: str | None, title: str
) -> float:
    """How well a table is explained; fields of the record itself count for more than those beyond."""
    own = sum(g.score**2 for g in guesses.values() if "." not in _path(g))
    beyond = sum(g.score**2 for g in guesses.values() if "." in _path(g))
    label = BY_TABLE[of].LABEL if of else "首贷培植行动工作台帐"
    key, plain = key_of(title), key_of(label)
    called = 0.15 if plain in key else _called(of, key) if of is not None else 0.0
    return (own + 0.55 * beyond) / max(columns, 1) + called


_THIN = frozenset(
    ["closing", "handing", "remark", "office_form", "wording", "attachment", "setting"]
)


def _called(table: str, title: str) -> float:
    """How far a title speaks of these records; of two that it names the last is what it is."""
    ends = [title.rfind(key_of(word)) for word in CALLED.get(table, ())]
    return 0.1 + 0.2 * max(ends) / len(title) if ends and max(ends) >= 0 else 0.0


def _path(guess: Guess) -> str:
    return guess.choice.path if isinstance(guess.choice, Field) else ""


def _score(
    levels: tuple[str, ...], unit: str, words: Words, title: str, short: str
) -> tuple[float, str]:
    heading, topic = "/".join(levels), words.topic
    if not heading or _SERIAL.match(heading):
        return 0.0, ""
    score, how = weigh(heading, words, False)
    if score < _WORTH:
        score, how = max((score, how), _ends(levels, topic, title, short))
    if not score:
        return 0.0, ""
    if unit and "元" in unit and topic.kind.name != "money":
        return 0.0, ""
    if topic.kind.name == "money" and not (unit and "元" in unit) and score < 0.8:
        score -= _FAR
    hops = topic.id.count(".")
    return score + (_OWN if not hops else 0.0) - _FAR * max(hops - 1, 0), how


def _ends(levels: tuple[str, ...], topic: Topic, title: str, short: str) -> tuple[float, str]:
    """Weigh a heading whose last word is that of a field of the record itself: 形成日期 of 日期."""
    if "." in topic.id:
        return 0.0, ""
    whole = bare_words("".join(levels))
    rest = whole[2:] if len(whole) > 2 and whole[:2] in title else ""
    best = 0.0
    for word in (topic.label, *topic.own):
        bare = bare_words(word)
        if rest and bare and rest == bare.removeprefix(short):
            best = max(best, 0.74)  # 核查人 under 用途核查 asks who did it, as 走访人 does
        if len(bare) < 2:
            continue
        if whole.endswith(bare) or (len(bare) > 2 and whole.startswith(bare)):
            best = max(best, 0.66 + 0.02 * min(len(bare), 6))
        best = max(best, 0.9 * alike if (alike := likeness(whole, bare)) >= 0.7 else 0.0)
    return best, "likeness"


@lru_cache(maxsize=64)
def _words(rows: str, of: str | None) -> tuple[Words, ...]:
    """The words of every field that a list may show, those of the record itself first."""
    if of is None:
        made = [
            Topic(name, field.label, "本行", _KINDS.get(str(field.kind), _TEXT), _event_words(name, field.label))
            for name, field in SOURCES[rows].fields.items() if name != "number"
        ]  # fmt: skip
        return words_for(tuple(made), False)
    cls = BY_TABLE[of]
    made = []
    for path in paths_of(cls):
        name = path.rpartition(".")[2]
        if _QUIET.search(name) or (path.count(".") > 1 and not _worth_going(cls, path)):
            continue
        if resolve(cls, path).ref and (path.count(".") or _titled(cls, path)):
            continue  # its name is offered instead
        made.append(_topic(cls, path))
    return words_for(tuple(made), False)


def _titled(cls: type[Record], path: str) -> bool:
    """Whether a reference has a name that can be shown instead of it."""
    to = BY_TABLE[resolve(cls, path).ref]
    return to.TITLE in field_map(to)


def _worth_going(cls: type[Record], path: str) -> bool:
    """Two records on there is the firm, and little else that a table asks for."""
    link = path.rpartition(".")[0]
    try:
        return resolve(cls, link).ref in ("enterprise", "bank")
    except ValueError:
        return False


def _topic(cls: type[Record], path: str) -> Topic:
    found = resolve(cls, path)
    link, _, name = path.rpartition(".")
    owner = BY_TABLE[found.table]
    own = {found.label, *_synonyms(owner, name)}
    loose: set[str] = set()
    if link:
        via = resolve(cls, link)
        spec = field_map(BY_TABLE[via.table])[link.rpartition(".")[2]]
        own = {f"{short}{word}" for word in own for short in _shorts(spec, owner)}
        if name == owner.TITLE:
            own |= {spec.label, *spec.synonyms, *(f"{spec.label}{word}" for word in _NAME_OF)}
            own |= _firm_words(name) if _is_firm(spec) else set()
        elif found.table == "enterprise" and _is_firm(spec):
            own |= {found.label, *_synonyms(owner, name), *_firm_words(name)}
        else:
            loose = {found.label}
    elif found.table == "enterprise" or name in _OF_FIRMS:
        own |= _firm_words(name)
    return Topic(path, found.label, "本行", found.kind, tuple(sorted(own)), tuple(sorted(loose)))


_OF_FIRMS = frozenset(["township", "village", "phone", "person"])
_TAIL = re.compile("(?:记录|台账|清单|名单|情况|信息|单)$")


def _shorts(spec: FieldSpec, owner: type[Record]) -> set[str]:
    """What a heading calls the record that a reference leads to: 走访 of 走访记录."""
    names = {spec.label.partition("(")[0]}
    if owner.TABLE not in ("enterprise", "bank", "person", "office"):
        names.add(owner.LABEL)
    return names | {_TAIL.sub("", name) for name in names if len(_TAIL.sub("", name)) > 1}


def _is_firm(spec: FieldSpec) -> bool:
    return spec.ref == "enterprise"


@lru_cache(maxsize=1)
def _firm_topics() -> Mapping[str, tuple[str, ...]]:
    return {t.name: t.own for t in topics().values() if t.source in ("firm", "computed")}


def _firm_words(name: str) -> set[str]:
    return set(_firm_topics().get(name, ()))


def _synonyms(owner: type[Record], name: str) -> tuple[str, ...]:
    spec = field_map(owner).get(name)
    return spec.synonyms if spec is not None else ()


def _event_words(name: str, label: str) -> tuple[str, ...]:
    more = {
        "enterprise": ("对接企业", "企业名称", "经营主体名称"), "day": ("对接时间", "对接日期"),
        "bank": ("对接银行",), "granted": ("对接成效", "是否授信"), "office": ("填报单位",),
        "drawn_amount": ("对接后发放新贷款金额", "放款金额", "发放贷款金额"), "problem": ("存在的主要问题",),
        "security": ("担保情况",), "credit_amount": ("授信金额",), "note": ("备注",),
    }  # fmt: skip
    return (label, *more.get(name, ()))


def _kinds() -> dict[str, Kind]:
    from ledger_desk.model import kinds

    return {"money": kinds.MONEY, "day": kinds.DAY, "whole": kinds.WHOLE, "yes_no": kinds.YES_NO}


_KINDS = _kinds()
_TEXT = next(spec.kind for spec in field_map(BY_TABLE["bank"]).values() if spec.kind.name == "text")
