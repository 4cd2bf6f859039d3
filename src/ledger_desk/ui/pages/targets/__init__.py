"""The page 任务与口径: quotas and what was done, reported numbers, definitions."""

from ledger_desk.ui.pages.targets.page import TargetsPage

__all__ = ["TargetsPage"]
