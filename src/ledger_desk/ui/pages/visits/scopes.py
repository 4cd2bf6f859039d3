"""What a plan can be made of: the townships, villages, parks, industries, banks and tags of a ledger."""

from __future__ import annotations

from collections import Counter

from ledger_desk.model.divisions import divisions
from ledger_desk.model.records import Bank, Enterprise, Park, Tagging
from ledger_desk.model.terms import industries
from ledger_desk.store.queries import Query, Rows
from ledger_desk.ui.picker import PickItem
from ledger_desk.work.planning_targets import (
    BY_BANK,
    BY_INDUSTRY,
    BY_PARK,
    BY_TAG,
    BY_TOWN,
    BY_VILLAGE,
)

NOUNS = {
    BY_TOWN: "个乡镇", BY_VILLAGE: "个村", BY_PARK: "个园区", BY_INDUSTRY: "个行业", BY_BANK: "家银行",
    BY_TAG: "个标签",
}  # fmt: skip
_MOST = 3_000


def items_of(rows: Rows, scope: str) -> list[PickItem]:
    """List what can be ticked for a scope, the commonest first."""
    if scope in (BY_TOWN, BY_VILLAGE):
        field = "township" if scope == BY_TOWN else "village"
        names = divisions() if scope == BY_TOWN else {}
        return [
            PickItem(value, f"{names.get(value, value)}　{many:,} 户")
            for value, many in rows.values(Query(Enterprise), field, _MOST) if value
        ]  # fmt: skip
    if scope == BY_INDUSTRY:
        known, counts = industries(), Counter[str]()
        for code, many in rows.values(Query(Enterprise), "industry", _MOST):
            digits = (code or "").lstrip("ABCDEFGHIJKLMNOPQRST")
            if digits[:2]:
                counts[digits[:2]] += many
        return [
            PickItem(code, f"{known.get(code, (code, ''))[0]}　{many:,} 户")
            for code, many in counts.most_common()
        ]  # fmt: skip
    if scope == BY_TAG:
        return [
            PickItem(tag, f"{tag}　{many:,} 户")
            for tag, many in rows.values(Query(Tagging), "tag", _MOST) if tag
        ]  # fmt: skip
    if scope == BY_PARK:
        return [PickItem(park.id, park.title) for park in rows.find(Query(Park))]
    if scope == BY_BANK:
        return [PickItem(bank.id, bank.short or bank.title) for bank in rows.find(Query(Bank))]
    return []
