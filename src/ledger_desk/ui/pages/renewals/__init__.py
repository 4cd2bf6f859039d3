"""The page 续贷: loans falling due, and what became of them."""

from ledger_desk.ui.pages.renewals.page import RenewalsPage

__all__ = ["RenewalsPage"]
