"""走访: plans, tasks with their progress, visits keyed in from paper, printed sheets."""

from ledger_desk.ui.pages.visits.page import VisitsPage

__all__ = ["VisitsPage"]
