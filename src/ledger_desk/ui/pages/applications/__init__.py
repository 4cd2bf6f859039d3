"""申报与审核: the two lists, the four signatures, department checks."""

from ledger_desk.ui.pages.applications.page import ApplicationPage

__all__ = ["ApplicationPage"]
