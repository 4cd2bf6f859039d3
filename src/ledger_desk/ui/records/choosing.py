"""What pickers offer that need the ledger: records of a class, found as one types."""

from __future__ import annotations

from typing import Any

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE, Bank, Cultivation, Enterprise, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows
from ledger_desk.ui.picker import Items, PickItem, pick_from
from ledger_desk.ui.records.dictionaries import divisions

_MOST = 30
_IN_MEMORY = 2000


def reference_items(ledger: Ledger, table: str) -> Items:
    """Give the search for records that a reference can point to."""
    cls = BY_TABLE[table]
    if cls is Enterprise:
        return lambda text: find_enterprises(ledger, text)

    head, known = "", pick_from([])

    def find(text: str) -> list[PickItem]:
        nonlocal head, known
        now = ledger.head()
        if now != head:
            with ledger.read() as rows:
                some = rows.find(Query(cls), _IN_MEMORY)
                known = pick_from([_item(rows, record) for record in some], _MOST)
            head = now
        return known(text)

    return find


def find_enterprises(ledger: Ledger, text: str) -> list[PickItem]:
    """Find enterprises by name, code tail, person or initials: 名称 + last four of the code + 乡镇."""
    found = ledger.find(Query(Enterprise, text=text), _MOST)
    return [enterprise_item(firm) for firm in found]


def enterprise_item(firm: Enterprise) -> PickItem:
    """Show an enterprise in a picker."""
    tail = f"…{firm.code[-4:]}" if firm.code else "无代码"
    town = divisions().get(firm.township or "", firm.township or "")
    return PickItem(firm.id, firm.title, f"{tail} {town}".strip())


def item_of(ledger: Ledger, table: str, record: str | None) -> PickItem | None:
    """Show one record by its id; None for none, and for one that is not known."""
    if not record:
        return None
    with ledger.read() as rows:
        found = rows.get(BY_TABLE[table], record)
        return None if found is None else _item(rows, found)


def _item(rows: Rows, record: Any) -> PickItem:
    if isinstance(record, Enterprise):
        return enterprise_item(record)
    if isinstance(record, Bank):
        hint = "　".join(part for part in (record.short, record.type) if part)
        return PickItem(record.id, record.title, hint)
    if isinstance(record, Matching | Cultivation):
        firm = rows.get(Enterprise, record.enterprise)
        day = record.day if isinstance(record, Matching) else record.listed_on
        return PickItem(
            record.id, f"{firm.title if firm else ''} {day or ''}".strip(), record.LABEL
        )
    title = shown_title(record)
    return PickItem(record.id, title, record.LABEL)


def shown_title(record: Record) -> str:
    """Title of a record as text: a day is written out."""
    value = getattr(record, record.TITLE, None)
    if value is None:
        return record.title
    kind: Kind = field_map(type(record))[record.TITLE].kind
    return kind.show(value)
