"""今天要办: what is due, late or missing, and how far the work has come."""

from ledger_desk.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
