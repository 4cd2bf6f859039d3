"""The page 活动信息: talks, meetings, reports, reception days, and tax-rated firms to be served."""

from ledger_desk.ui.pages.activities.page import ActivitiesPage

__all__ = ["ActivitiesPage"]
