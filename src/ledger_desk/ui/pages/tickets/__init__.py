"""问题台账: tickets on their clocks, faults to be mended, inspections, complaints and the rest."""

from __future__ import annotations

from ledger_desk.ui.pages.tickets.page import TicketPage

__all__ = ["TicketPage"]
