"""The words that a form may use: row sources, indicators, rules, mechanisms, placeholders."""

from __future__ import annotations

from ledger_desk.exchange.definitions import Known
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, splits_of
from ledger_desk.reports.rules import RULES
from ledger_desk.reports.sources import SOURCES
from ledger_desk.reports.texts import PLACEHOLDERS


def known() -> Known:
    """Collect the words, for `ledger_desk.exchange.definitions.load_all`."""
    return Known(
        sources={
            source.id: {name: field.is_number for name, field in source.fields.items()}
            for source in SOURCES.values()
        },
        lists=frozenset(source.id for source in SOURCES.values() if source.is_list),
        indicators={
            indicator.id: (*indicator.measures, *indicator.compared)
            for indicator in INDICATORS.values()
        },
        checks=frozenset(RULES),
        mechanisms=frozenset(MECHANISMS),
        placeholders=frozenset(PLACEHOLDERS),
        parts={indicator.id: splits_of(indicator) for indicator in INDICATORS.values()},
        splits={source.id: source.by for source in SOURCES.values() if source.by},
    )
