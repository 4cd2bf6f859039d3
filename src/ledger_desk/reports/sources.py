"""Where the rows of a block come from: records with events in the period, or a dictionary.

To add one: a function that reads `SourceRow`s, and a line in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ledger_desk import paths
from ledger_desk.exchange.places import name_of
from ledger_desk.model import vocabulary as words
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Office
from ledger_desk.reports.contact_rows import read_contacts
from ledger_desk.reports.shapes import Ref, SourceField, SourceRow
from ledger_desk.store.queries import Query, Rows

_NUMBER = SourceField("序号", "whole")


@dataclass(frozen=True)
class Source:
    """One source of rows.

    Attributes:
        id: Name in ``form.toml``.
        label: Chinese name.
        fields: What its columns may show.
        by: How indicators are split by its rows (``township`` …); empty for a list of records.
        read: (rows, period, office id or None, own office) → rows. A dictionary gives those that
            always stand in the form; keys met in the data besides get rows of their own.
        name: Key → label for such further keys.
    """

    id: str
    label: str
    fields: Mapping[str, SourceField]
    by: str
    read: Callable[[Rows, Period, str | None, Office], Sequence[SourceRow]]
    name: Callable[[Rows, str], str] = lambda rows, key: key

    @property
    def is_list(self) -> bool:
        """Whether a row is a record and not a part of the ledger."""
        return not self.by


def _contacts(rows: Rows, period: Period, office: str | None, own: Office) -> list[SourceRow]:
    return read_contacts(rows, period, office)


def _entry(key: str, label: str, table: str = "") -> SourceRow:
    records = {"label": (Ref(table, key),)} if table else {}
    return SourceRow(key, label, {"label": label}, records)


def _townships(rows: Rows, period: Period, office: str | None, own: Office) -> list[SourceRow]:
    """The townships of a county office; a township's office has its own one only.

    A city's ledger lists the townships met in the data: all of them would be hundreds of rows.
    """
    home = own.division or ""
    if len(home) < 6:
        return []
    found = []
    with (paths.resources() / "dictionaries" / "divisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            code, _, name = line.rstrip("\n").partition("\t")
            if len(code) == 9 and code.startswith(home):
                found.append(_entry(code, name))
    return found


def _banks(rows: Rows, period: Period, office: str | None, own: Office) -> list[SourceRow]:
    order = {kind: place for place, kind in enumerate(words.BANK_TYPES)}
    banks = rows.find(Query(Bank))
    banks.sort(key=lambda b: (order.get(b.type or "", len(order)), b.title, b.id))
    return [_entry(bank.id, bank.title, "bank") for bank in banks]


def _bank_name(rows: Rows, key: str) -> str:
    bank = rows.get(Bank, key)
    return bank.title if bank is not None else key


def _kinds(rows: Rows, period: Period, office: str | None, own: Office) -> list[SourceRow]:
    return [_entry(kind, kind) for kind in words.ENTERPRISE_KINDS]


_LABEL = {"number": _NUMBER, "label": SourceField("名称")}

SOURCES: Mapping[str, Source] = {
    source.id: source
    for source in (
        Source(
            "matching_events",
            "本期有对接、授信决定或放款的银企对接",
            {
                "number": _NUMBER,
                "office": SourceField("填报单位"),
                "day": SourceField("对接时间", "day"),
                "bank": SourceField("对接银行"),
                "enterprise": SourceField("对接企业名称"),
                "code": SourceField("统一社会信用代码"),
                "granted": SourceField("是否授信", "yes_no"),
                "credit_amount": SourceField("授信金额", "money"),
                "security": SourceField("担保情况"),
                "problem": SourceField("存在的主要问题"),
                "drawn_amount": SourceField("放款金额", "money"),
                "note": SourceField("备注"),
            },
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
        Source("banks", "银行", _LABEL, "bank", _banks, _bank_name),
        Source("enterprise_kinds", "经营主体类型", _LABEL, "kind", _kinds),
    )
}


def further_entries(source: Source, rows: Rows, keys: Sequence[str]) -> list[SourceRow]:
    """Rows for keys that the dictionary lacks; those without any key come last, as 未填.

    Left out, the rows of a form would no longer add up to its total.
    """
    named = sorted((source.name(rows, key), key) for key in keys if key)
    found = [_entry(key, name) for name, key in named]
    return [*found, _entry("", f"未填{source.label}")] if "" in keys else found
