"""Trying a draft on real days, before anything is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms, with_own
from ledger_desk.model.periods import Period, month_of
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.catalogue import ReportFiles, load_forms, run
from ledger_desk.reports.designing.draft import Draft, form_of
from ledger_desk.store.ledger import Ledger


def last_period(every: str, today: date) -> Period:
    """Give the last period that is over: the month, quarter or year before today."""
    first = month_of(today).start
    if every == "季":
        first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    elif every == "年":
        first = date(today.year, 1, 1)
    last = first - timedelta(days=1)
    if every == "年":
        return Period(date(last.year, 1, 1), last)
    if every == "季":
        return Period(date(last.year, last.month - 2, 1), last)
    return month_of(last)


def with_draft(forms: Forms, draft: Draft) -> Forms:
    """All forms as they would be with this one kept.

    Raises:
        UserError: The draft has mistakes, or another form would no longer find what it looks into.
    """
    form = replace(form_of(draft), own=True)
    found = with_own(forms, [(form, ())])
    if found.forms.get(form.id) is not form:
        told = " ".join(p.sentence() for p in found.problems if p.form == form.id)
        raise UserError(told or f"“{draft.title}”现在还用不了。")
    return found


def try_out(
    ledger: Ledger,
    draft: Draft,
    start: date,
    end: date,
    progress: Progress = silent,
    *,
    office: str | None = None,
) -> ReportFiles:
    """Make and check the form for some days; nothing is kept.

    Raises:
        UserError: The draft has mistakes, which are told.
        Cancelled: From ``progress``.
    """
    forms = with_draft(load_forms(ledger), draft)
    return run(ledger, draft.id, start, end, progress, office=office, forms=forms)
