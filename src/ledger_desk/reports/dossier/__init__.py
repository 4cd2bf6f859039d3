"""一企一档 on paper: what is known of a firm, gathered, worded and bound.

`dossiers` gives one booklet a firm and `visit_sheets` one form a firm; `print_dossiers` makes one PDF
of them.
"""

from __future__ import annotations

from ledger_desk.reports.dossier.binding import dossiers
from ledger_desk.reports.dossier.options import Options
from ledger_desk.reports.dossier.printing import (
    DOSSIER,
    VISIT_SHEET,
    Printed,
    draw,
    print_dossiers,
)
from ledger_desk.reports.visit_papers.sheet import visit_sheets

__all__ = [
    "DOSSIER",
    "VISIT_SHEET",
    "Options",
    "Printed",
    "dossiers",
    "draw",
    "print_dossiers",
    "visit_sheets",
]
