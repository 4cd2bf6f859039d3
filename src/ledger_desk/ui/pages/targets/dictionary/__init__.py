"""The tab 口径词典: every indicator once, its definition, its numbers as a plot."""

from ledger_desk.ui.pages.targets.dictionary.panel import DictionaryPanel
from ledger_desk.ui.pages.targets.dictionary.plot_page import IndicatorPage

__all__ = ["DictionaryPanel", "IndicatorPage"]
