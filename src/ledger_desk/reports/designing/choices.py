"""What columns, cells and rows of a draft may be tied to: everything the ledger can say, in Chinese.

Each list can be searched by a fragment or by the initials of its pinyin (`find`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ledger_desk.exchange.form_parts import LISTED, PART_KEYS, RECORDS
from ledger_desk.exchange.record_paths import HIDDEN, resolve
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.finder import Finder
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.designing.draft import (
    LABEL,
    SERIAL,
    UNIT,
    Choice,
    Draft,
    DraftBlock,
    Field,
    Nothing,
    Number,
    Text,
)
from ledger_desk.reports.designing.naming import CALLED, label_of, path_label
from ledger_desk.reports.designing.tying import tie, tie_cell, tied, total_changed
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, splits_of
from ledger_desk.reports.sources import SOURCES
from ledger_desk.store.computed import COMPUTED

__all__ = [
    "TEXTS", "Offer", "RowsOffer", "cells_for", "columns_for", "days_for", "find", "label_of",
    "measures_for", "mechanisms", "part_values", "parts_for", "paths_of", "rows_for", "tie",
    "tie_cell", "tied", "total_changed",
]  # fmt: skip

ROW, NUMBERS, OPEN = "本行", "指标", "不填"
TEXTS: tuple[tuple[str, str], ...] = (
    ("{office}", "填报单位的名称"), ("{period}", "期别，例如 2024年11月"), ("{start}", "期别的第一天"),
    ("{end}", "统计截止日期：期别的最后一天"), ("{year}", "年份"), ("{month}", "月份"),
    ("{since}", "工作机制启动的日期"), ("{person}", "填表人"), ("{checked}", "审核人，定稿时写上"),
    ("{headed}", "负责人，定稿时写上"),
)  # fmt: skip
"""Places of a text, with what is written there."""
_FIRST = ("启动以来累计", "本期", "本年累计", "本期新增", "期末数", "任务数", "任务完成率")
_PLAIN = frozenset(["enterprise", "office", "bank", "person", "park", "guarantor"])


@dataclass(frozen=True)
class Offer:
    """One thing to choose.

    Attributes:
        choice: What it is.
        label: Its name.
        group: Under which heading a list shows it.
        explanation: How it is counted, or what kind of field it is.
        unit: Unit that its column gets.
    """

    choice: Choice
    label: str
    group: str
    explanation: str = ""
    unit: str = ""


@dataclass(frozen=True)
class RowsOffer:
    """One kind of rows: ``rows`` and ``of`` of a block; ``keys`` are other words that find it."""

    rows: str
    of: str | None
    label: str
    group: str
    explanation: str = ""
    keys: tuple[str, ...] = ()


def columns_for(draft: Draft, block: DraftBlock) -> tuple[Offer, ...]:
    """List what a column of a block may be tied to, the likeliest groups first."""
    if block.rows == RECORDS:
        return _of_records(block.of or "")
    source = SOURCES.get(block.rows)
    if source is not None and source.is_list:
        fields = [
            Offer(Field(name), field.label, source.label, unit="万元" if field.kind == "money" else "")
            for name, field in source.fields.items()
        ]  # fmt: skip
        return (_OPEN, *fields)
    own = [_OPEN, Offer(SERIAL, "序号", ROW), Offer(LABEL, "本行的名称", ROW)]
    if block.rows == LISTED:
        own.append(Offer(UNIT, "计量单位", ROW, "每一行自己写的单位"))
        if any(row.indicator for row in block.row):
            return (*own, *_measures_of(block))
    split = source.by if source is not None else ""
    return (*own, *_numbers(split, block.measure or ""))


def cells_for(draft: Draft) -> tuple[Offer, ...]:
    """List what a single cell may hold: places of a text, and numbers of the whole."""
    texts = [Offer(Text(place), said, "文字", place) for place, said in TEXTS]
    return (_OPEN, *texts, *_numbers("", ""))


@lru_cache(maxsize=1)
def rows_for() -> tuple[RowsOffer, ...]:
    """List the kinds of rows: parts of the ledger, printed rows, lists of records."""
    parts = [
        RowsOffer(source.id, None, f"每行一个{source.label}", "按单位和类别统计", "各列是指标")
        for source in SOURCES.values() if not source.is_list
    ]  # fmt: skip
    lists = [
        RowsOffer(RECORDS, table, cls.LABEL, "一行一条记录", f"列出{cls.LABEL}", CALLED.get(table, ()))
        for table, cls in BY_TABLE.items() if table not in HIDDEN
    ]  # fmt: skip
    events = [
        RowsOffer(source.id, None, source.label, "一行一条记录", "首贷培植工作台账的行")
        for source in SOURCES.values() if source.is_list
    ]  # fmt: skip
    printed = RowsOffer(LISTED, None, "表上印好的行", "按单位和类别统计", "每一行印着名称")
    return (*parts, printed, *events, *lists)


def days_for(block: DraftBlock) -> tuple[tuple[str, str], ...]:
    """List the days of a record (path, label) by which a list may be cut to the period."""
    cls = BY_TABLE.get(block.of or "")
    if cls is None:
        return ()
    return tuple((s.name, s.label) for s in field_map(cls).values() if s.kind.name == "day")


def mechanisms() -> tuple[str, ...]:
    """List the mechanisms from whose first day 启动以来累计 counts."""
    return tuple(MECHANISMS)


def measures_for(indicator: str) -> tuple[str, ...]:
    """List the measures of an indicator, those asked for most often first."""
    known = INDICATORS.get(indicator)
    if known is None:
        return ()
    has = (*known.measures, *known.compared)
    return (*(m for m in _FIRST if m in has), *(m for m in has if m not in _FIRST))


def parts_for(indicator: str, block: DraftBlock) -> tuple[tuple[str, str], ...]:
    """List the ways (key, label) in which an indicator can be narrowed down in this block."""
    known, source = INDICATORS.get(indicator), SOURCES.get(block.rows)
    taken = {source.by if source is not None else "", *dict(block.part)}
    can = splits_of(known) if known is not None else ()
    return tuple(
        (key, label) for key, label in PART_KEYS.items() if key in can and key not in taken
    )


def part_values(key: str) -> tuple[str, ...]:
    """List the words of a closed dictionary behind a key; empty: any name."""
    return _VALUES.get(key, ())


def find(offers: Sequence[Any], typed: str, limit: int = 60) -> list[Any]:
    """Find offers by a fragment of their label or by pinyin, best first; all for nothing typed."""
    if not typed.strip():
        return list(offers)
    return [offers[place] for place in _finder(tuple(offers)).find(typed, limit)]


@lru_cache(maxsize=16)
def _finder(offers: tuple[Any, ...]) -> Finder:
    return Finder([("", each.label, each.group, *getattr(each, "keys", ())) for each in offers])


_OPEN = Offer(Nothing(), "不填", OPEN, "这一列留着，手工填写")


@lru_cache(maxsize=64)
def _of_records(table: str) -> tuple[Offer, ...]:
    cls = BY_TABLE.get(table)
    if cls is None:
        return (_OPEN, Offer(SERIAL, "序号", ROW))
    own = [_OPEN, Offer(SERIAL, "序号", ROW)]
    return (*own, *(_offered(cls, path) for path in paths_of(cls)))


def _offered(cls: type[Record], path: str) -> Offer:
    found = resolve(cls, path)
    label = path_label(cls, path)
    group = BY_TABLE[found.table].LABEL if found.link else cls.LABEL
    via = label.rpartition("·")[0]
    said = f"{via}的{found.label}" if via else f"{cls.LABEL}自己的一项"
    return Offer(Field(path), label, group, said, "万元" if found.kind.name == "money" else "")


def paths_of(cls: type[Record]) -> Iterator[str]:
    """Give the paths that a list of these records may show: own fields, then of records referred to."""
    yield from _own_paths(cls)
    links = [s for s in field_map(cls).values() if s.ref and s.ref not in HIDDEN]
    for spec in links:
        yield from (f"{spec.name}.{path}" for path in _own_paths(BY_TABLE[str(spec.ref)]))
    for spec in links:
        if spec.ref in _PLAIN:
            continue
        for further in field_map(BY_TABLE[str(spec.ref)]).values():
            if further.ref and further.ref not in HIDDEN:
                paths = _own_paths(BY_TABLE[further.ref])
                yield from (f"{spec.name}.{further.name}.{path}" for path in paths)


def _own_paths(cls: type[Record]) -> Iterator[str]:
    yield from field_map(cls)
    yield from (name for name in COMPUTED.get(cls.TABLE, {}) if name not in field_map(cls))


@lru_cache(maxsize=64)
def _numbers(split: str, measure: str) -> tuple[Offer, ...]:
    found = []
    for known in INDICATORS.values():
        if split and split not in splits_of(known):
            continue
        for each in measures_for(known.id):
            if measure in ("", each):
                said = Number(known.id, "" if measure else each)
                found.append(_number_offer(known, said, each))
    return tuple(found)


def _number_offer(known: Indicator, said: Number, measure: str) -> Offer:
    told = f"{known.text}（{known.clause}）" if known.clause else known.text
    return Offer(said, f"{known.label}（{measure}）", NUMBERS, told, known.unit_of(measure))


def _measures_of(block: DraftBlock) -> tuple[Offer, ...]:
    """Measures that at least one of the rows has; where not all have it, it says so."""
    asked = [INDICATORS[name] for r in block.row if (name := r.indicator or "") in INDICATORS]
    has = dict.fromkeys(m for known in asked for m in measures_for(known.id))
    offers = []
    for measure in has:
        lacking = [k.label for k in asked if measure not in measures_for(k.id)]
        said = f"“{lacking[0]}”等 {len(lacking)} 行没有这种数" if lacking else "每一行的指标都有"
        offers.append(Offer(Number(measure=measure), measure, "哪种数", said))
    return tuple(offers)


def _values() -> dict[str, tuple[str, ...]]:
    from ledger_desk.model import vocabulary as words
    from ledger_desk.model import work_words

    return {
        "kind": tuple(words.ENTERPRISE_KINDS), "bank_type": tuple(words.BANK_TYPES),
        "size": ("大型", "中型", "小型", "微型", "不适用"),
        "category": ("小型企业", "微型企业", "中型企业", "大型企业", "未划型企业",
                     *(k for k in words.ENTERPRISE_KINDS if k != "企业")),
        "star": tuple(work_words.PARK_STARS),
    }  # fmt: skip


_VALUES = _values()
