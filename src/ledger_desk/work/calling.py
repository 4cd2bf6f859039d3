"""What to call a record in a sentence: many kinds have no name of their own, only a firm and a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.queries import Rows


def own_title(record: Record) -> str:
    """What a record itself says it is called; '' where it says nothing."""
    value = getattr(record, record.TITLE, None)
    if value is None or value == "":
        return ""
    return field_map(type(record))[record.TITLE].kind.show(value)


def has_own_name(cls: type[Record]) -> bool:
    """Whether records of a class are told apart by their own name: firms, banks, parks."""
    return cls.TITLE == "name"


def call_records(rows: Rows, records: Iterable[Record]) -> dict[str, str]:
    """Give what each record is called, by id: 甲厂 2024-11-05."""
    found = list(records)
    named: dict[str, str] = {}
    for cls in {type(record) for record in found}:
        some = [record for record in found if type(record) is cls]
        firms = _firms(rows, cls, some)
        for record in some:
            parts = [firms.get(record.id, ""), own_title(record)]
            said = " ".join(part for part in dict.fromkeys(parts) if part)
            named[record.id] = said or f"未命名{cls.LABEL}"
    return named


def call_all(rows: Rows, cls: type[Record], ids: Sequence[str]) -> dict[str, str]:
    """Give what records are called by their ids; unknown ids are left out."""
    return call_records(rows, rows.many(cls, list(ids)).values())


def call(rows: Rows, record: Record) -> str:
    """Give what one record is called."""
    return call_records(rows, [record])[record.id]


def firm_path(cls: type[Record]) -> str:
    """How to reach the firm of a record: ``enterprise``, ``loan.enterprise``; '' for none."""
    known = field_map(cls)
    direct = next((spec.name for spec in known.values() if spec.ref == "enterprise"), "")
    if direct or cls.TABLE == "enterprise":
        return direct
    for spec in known.values():
        if spec.ref and spec.required:
            far = firm_path(BY_TABLE[spec.ref]) if spec.ref != cls.TABLE else ""
            if far:
                return f"{spec.name}.{far}"
    return ""


def firms_of(rows: Rows, cls: type[Record], records: Sequence[Record]) -> Mapping[str, str]:
    """Give the id of each record's firm, by the id of the record; those without are left out."""
    path = firm_path(cls)
    if not path:
        return {}
    here: dict[str, str] = {}
    at, far = path.split(".", 1) if "." in path else (path, "")
    for record in records:
        value = getattr(record, at)
        if value:
            here[record.id] = value
    if not far:
        return here
    there = BY_TABLE[field_map(cls)[at].ref]
    beyond = rows.many(there, sorted(set(here.values())))
    firms = firms_of(rows, there, list(beyond.values()))
    return {record: firms[link] for record, link in here.items() if link in firms}


def _firms(rows: Rows, cls: type[Record], records: Sequence[Record]) -> dict[str, str]:
    if has_own_name(cls):
        return {}
    firms = firms_of(rows, cls, records)
    titles = rows.titles("enterprise", sorted(set(firms.values())))
    return {record: titles[firm] for record, firm in firms.items() if firm in titles}
