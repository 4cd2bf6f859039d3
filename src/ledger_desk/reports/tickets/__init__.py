"""批分单, 交办函 and the two books as lists, on paper.

`draw` makes one PDF of many; `draw_apart` does it in a process of its own.
"""

from __future__ import annotations

from ledger_desk.reports.tickets.printing import (
    LETTERS,
    MENDING_LIST,
    SHEETS,
    TICKET_LIST,
    draw,
    draw_apart,
)

__all__ = ["LETTERS", "MENDING_LIST", "SHEETS", "TICKET_LIST", "draw", "draw_apart"]
