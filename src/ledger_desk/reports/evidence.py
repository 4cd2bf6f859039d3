"""What an explanation of a number is made of: firms, and the records behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.shapes import Cell, FromRecords, Ref
from ledger_desk.reports.texts import content_of
from ledger_desk.store.queries import Rows


@dataclass(frozen=True)
class Evidence:
    """One record behind a number: what it is, its day, amount in fen or None, how that reads."""

    ref: Ref
    label: str
    day: date | None
    amount: int | None
    text: str


@dataclass(frozen=True)
class ExplanationRow:
    """One firm's part in a number (or one reported number's), with its records.

    Attributes:
        enterprise: Id of the firm; None for a reported number.
        name: The firm, or who reported.
        amount: Its part in the smallest unit (fen, events); 1 for a counted firm.
        text: How that reads.
    """

    enterprise: str | None
    name: str
    amount: int
    text: str
    records: tuple[Evidence, ...]


@dataclass(frozen=True)
class Explanation:
    """Where a cell's content comes from.

    Attributes:
        title: ``合计 · 授信金额``.
        value: The cell's text.
        definition: The definition in words (口径).
        clause: Where the definition comes from.
        period: From which to which day counted.
        unit: 户, 笔 or 万元; empty for text.
        rows: The firms; their number or their amounts are the value.
        value_now: What the rows make, in the smallest unit; None for text.
        agrees: Whether they still make the value: False once the ledger was changed.
        sentence: ``1,335.00 万元 = 9 笔相加，涉及 9 户``.
        indicator: Id of the indicator; empty: the number is none's.
    """

    title: str
    value: str
    definition: str
    clause: str
    period: str
    unit: str
    rows: tuple[ExplanationRow, ...]
    value_now: int | None
    agrees: bool
    sentence: str
    indicator: str = ""


def refs_of(cell: Cell) -> tuple[Ref, ...]:
    """Records that a cell of a list was taken from."""
    return cell.provenance.records if isinstance(cell.provenance, FromRecords) else ()


def read_evidence(rows: Rows, refs: Iterable[Ref]) -> dict[Ref, Evidence]:
    """Read what is needed of many records: one select a table, whatever their number."""
    by_table: dict[str, list[str]] = {}
    for ref in dict.fromkeys(refs):
        by_table.setdefault(ref.table, []).append(ref.record)
    found: dict[Ref, Evidence] = {}
    for name, ids in by_table.items():
        cls = BY_TABLE[name]
        known = field_map(cls)
        dated = next((n for n in ("day", "decided_on") if n in known), None)
        records: dict[str, Any] = rows.many(cls, ids)
        for id_, record in records.items():
            day = getattr(record, dated) if dated is not None else None
            amount = getattr(record, "amount", None)
            text = content_of(amount, "money")[1]
            found[Ref(name, id_)] = Evidence(Ref(name, id_), cls.LABEL, day, amount, text)
    return found
