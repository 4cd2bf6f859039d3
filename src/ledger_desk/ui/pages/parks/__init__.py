"""The page 小微园区: parks, the firms inside, and their share with credit."""

from ledger_desk.ui.pages.parks.page import ParksPage

__all__ = ["ParksPage"]
