"""Where the rows of a block come from: records with events in the period, or a dictionary.

To add one: a function that reads `SourceRow`s, and a line in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.exchange.places import name_of
from ledger_desk.model import vocabulary as words
from ledger_desk.model import work_words
from ledger_desk.model.fields import Record
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Guarantor, Office, Park, Person
from ledger_desk.reports import contact_rows
from ledger_desk.reports.contact_rows import read_table
from ledger_desk.reports.shapes import Ref, RowSet, SourceField, SourceRow
from ledger_desk.store.queries import Query, Rows

Names = Collection[str]
_Read = Callable[[Rows, Period, str | None, Office, Names], list[SourceRow]]
_NUMBER = SourceField("序号", "whole")
_SIZES = ("大型", "中型", "小型", "微型", "不适用")
_CATEGORIES = ("小型企业", "微型企业", "个体工商户")


@dataclass(frozen=True)
class Source:
    """One source of rows.

    Attributes:
        id: Name in ``form.toml``.
        label: Chinese name.
        fields: What its columns may show.
        by: How indicators are split by its rows (``township`` …); empty for a list of records.
        read: (rows, period, office id or None, own office, fields that will be shown) → rows. A dictionary gives those that
            always stand in the form; keys met in the data besides get rows of their own.
        name: Key → label for such further keys.
    """

    id: str
    label: str
    fields: Mapping[str, SourceField]
    by: str
    read: Callable[[Rows, Period, str | None, Office, Names], Sequence[SourceRow] | RowSet]
    name: Callable[[Rows, str], str] = lambda rows, key: key

    @property
    def is_list(self) -> bool:
        """Whether a row is a record and not a part of the ledger."""
        return not self.by


def _contacts(rows: Rows, period: Period, office: str | None, own: Office, names: Names) -> RowSet:
    return read_table(rows, period, office, names)


def _entry(key: str, label: str, table: str = "") -> SourceRow:
    records = {"label": (Ref(table, key),)} if table else {}
    return SourceRow(key, label, {"label": label}, records)


def _townships(
    rows: Rows, period: Period, office: str | None, own: Office, names: Names
) -> list[SourceRow]:
    """The townships of a county office; a township's office has its own one only.

    A city's ledger lists the townships met in the data: all of them would be hundreds of rows.
    """
    home = own.division or ""
    return [_entry(code, name) for code, name in _townships_of(home)] if len(home) >= 6 else []


@lru_cache(maxsize=8)
def _townships_of(home: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each township below a county; the list of all of China is read once."""
    with (paths.resources() / "dictionaries" / "divisions.tsv").open(encoding="utf-8") as lines:
        parted = (line.rstrip("\n").partition("\t") for line in lines if line.startswith(home))
        return tuple((code, name) for code, _, name in parted if len(code) == 9)


def _banks(
    rows: Rows, period: Period, office: str | None, own: Office, names: Names
) -> list[SourceRow]:
    order = {kind: place for place, kind in enumerate(words.BANK_TYPES)}
    banks = rows.find(Query(Bank))
    banks.sort(key=lambda b: (order.get(b.type or "", len(order)), b.title, b.id))
    return [_entry(bank.id, bank.title, "bank") for bank in banks]


def _words(values: Sequence[str]) -> _Read:
    """Rows of a closed dictionary."""
    return lambda rows, period, office, own, names: [_entry(value, value) for value in values]


def _records(cls: type[Record]) -> _Read:
    """Rows of all records of a class, by their titles."""

    def read(
        rows: Rows, period: Period, office: str | None, own: Office, names: Names
    ) -> list[SourceRow]:
        found = rows.find(Query(cls, sort=((cls.TITLE, False),)))
        return [_entry(each.id, each.title, cls.TABLE) for each in found]

    return read


def _title(cls: type[Record]) -> Callable[[Rows, str], str]:
    """What a record is called that is met in the data only, since it was removed."""

    def name(rows: Rows, key: str) -> str:
        found = rows.get(cls, key)
        return found.title if found is not None else key

    return name


def _offices(
    rows: Rows, period: Period, office: str | None, own: Office, names: Names
) -> list[SourceRow]:
    """The offices that report here, the ledger's own first."""
    found = rows.find(Query(Office, sort=(("name", False),)))
    found.sort(key=lambda o: o.id != own.id)
    return [_entry(o.id, o.title, "office") for o in found if office in (None, o.id)]


def _met(
    rows: Rows, period: Period, office: str | None, own: Office, names: Names
) -> list[SourceRow]:
    """No rows but those that are met in the data."""
    return []


_LABEL = {"number": _NUMBER, "label": SourceField("名称")}

SOURCES: Mapping[str, Source] = {
    source.id: source
    for source in (
        Source(
            "matching_events",
            "本期有对接、授信决定或放款的银企对接",
            contact_rows.FIELDS,
            "",
            _contacts,
        ),
        Source(
            "townships",
            "乡镇（街道）",
            _LABEL,
            "township",
            _townships,
            lambda rows, key: name_of(key),
        ),
        Source("banks", "银行", _LABEL, "bank", _banks, _title(Bank)),
        Source("enterprise_kinds", "经营主体类型", _LABEL, "kind", _words(words.ENTERPRISE_KINDS)),
        Source("sizes", "划型", _LABEL, "size", _words(_SIZES)),
        Source("bank_types", "银行类别", _LABEL, "bank_type", _words(words.BANK_TYPES)),
        Source("offices", "填报单位", _LABEL, "office", _offices, _title(Office)),
        Source("categories", "主体划型", _LABEL, "category", _words(_CATEGORIES)),
        Source("people", "走访人", _LABEL, "person", _met, _title(Person)),
        Source("parks", "园区", _LABEL, "park", _records(Park), _title(Park)),
        Source(
            "guarantors", "担保机构", _LABEL, "guarantor", _records(Guarantor), _title(Guarantor)
        ),
        Source("industries", "行业门类", _LABEL, "industry", _met, lambda rows, key: key),
        Source("classes", "类别", _LABEL, "what", _met),
        Source("park_stars", "园区星级", _LABEL, "star", _words(work_words.PARK_STARS)),
        Source("ticket_kinds", "问题类别", _LABEL, "what", _words(work_words.TICKET_KINDS)),
    )
}


def further_entries(source: Source, rows: Rows, keys: Sequence[str]) -> list[SourceRow]:
    """Rows for keys that the dictionary lacks; those without any key come last, as 未填.

    Left out, the rows of a form would no longer add up to its total.
    """
    named = sorted((source.name(rows, key), key) for key in keys if key)
    found = [_entry(key, name) for name, key in named]
    return [*found, _entry("", f"未填{source.label}")] if "" in keys else found
