"""Synthetic twins of the spreadsheets under ``shared/data/open``: one for each layout.

Every row, name and number here is invented. `expectations.tsv` beside this file says what is
expected of each twin; the table of the real files names the twin of every one of them.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from tests.exchange.twins import (
    bank_books,
    bank_cards,
    bank_reports,
    broken,
    flat,
    inspections,
    office_forms,
    side_by_side,
    statistics,
    templates,
)
from tests.exchange.twins.pages import Twin

_MODULES = (
    flat, templates, statistics, side_by_side, bank_reports, bank_books, bank_cards, inspections,
    office_forms, broken,
)  # fmt: skip


@cache
def all_twins() -> MappingProxyType[str, Twin]:
    """Every twin by its name."""
    found: dict[str, Twin] = {}
    for module in _MODULES:
        for name, twin in module.twins().items():
            assert name not in found, name
            found[name] = twin
    return MappingProxyType(found)
