"""Headings that are known: labels and synonyms of every record that can be read in."""

from __future__ import annotations

from functools import lru_cache

from ledger_desk.exchange.headings import key_of
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import RECORDS

# Longer text is a value or a note whatever it says; so most cells cost nothing.
_LONGEST = 40


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    words = [
        word
        for cls in (*RECORDS, LedgerRow)
        for spec in fields_of(cls)
        for word in (spec.label, *spec.synonyms)
    ]
    return frozenset(key_of(word) for word in words)


def knows(text: str) -> bool:
    """Tell whether a text is a heading of some record's field, however it is written."""
    return len(text) <= _LONGEST and key_of(text) in _keys()
