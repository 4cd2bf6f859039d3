"""The page 报表: a form for a period as it will stand on paper, its checks, where numbers come from."""

from __future__ import annotations

from ledger_desk.ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
