"""Banks by their type; a quota may name several types at once: 股份制商业银行、城市商业银行."""

from __future__ import annotations

from ledger_desk.model.records import Bank
from ledger_desk.store.queries import Query, Rows, Where

JOINED = "、"


def types_of(bank_type: str) -> tuple[str, ...]:
    """The types that a quota names."""
    return tuple(word.strip() for word in bank_type.split(JOINED) if word.strip())


def banks_of_type(rows: Rows, bank_type: str) -> list[Bank]:
    """The banks of the ledger that are of a type, by name."""
    wheres = (Where("type", "in", types_of(bank_type)),)
    return rows.find(Query(Bank, wheres, sort=(("name", False),)))
