"""The page 首贷培植: white list, plans, helps, matchings with credit, loans and drawdowns."""

from __future__ import annotations

from ledger_desk.ui.pages.first_loan.page import FirstLoanPage

__all__ = ["FirstLoanPage"]
