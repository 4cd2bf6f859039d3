"""Which forms have a date, in the words that 今天要办 asks for."""

from __future__ import annotations

from ledger_desk.reports.catalogue import catalogue
from ledger_desk.store.ledger import Ledger
from ledger_desk.work.duties_forms import FormDue


def due_forms(ledger: Ledger | None = None) -> tuple[FormDue, ...]:
    """The forms that are handed in by a day; those made when somebody asks are left out."""
    return tuple(
        FormDue(form.id, form.title, form.timing.every, form.timing.day, form.timing.clause)
        for form in catalogue(ledger)
        if form.timing.day is not None
    )
