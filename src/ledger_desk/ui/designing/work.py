"""What the designer has done off the window: reading a blank, painting it, trying a form out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.designing.draft import Draft, mistakes
from ledger_desk.reports.designing.suggesting import draft_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.pages.reports.building import Made
from ledger_desk.workbook.painting import Painted

_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Opened:
    """A workbook that was read: the forms that can be made of it, and the first one's picture."""

    drafts: tuple[Draft, ...]
    painted: Painted | None
    name: str


def open_blank(ledger: Ledger, path: Path, progress: Progress) -> Opened:
    """Read a blank and paint it.

    Raises:
        UserError: It cannot be read, or there is no table in it.
    """
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise UserError(
                f"“{path.name}”有 {size // 1_000_000} MB，不像一张空白表。请选空白表样。"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不出来：{files.reason(error)}。请看看文件还在不在。"
        ) from error
    drafts = draft_of(data, path.name, progress, ledger=ledger)
    return Opened(drafts, paint_blank(drafts[0], progress), path.name)


def paint_blank(draft: Draft, progress: Progress) -> Painted | None:
    """Paint the sheets of a blank; None where it cannot be painted: the work can go on without."""
    from ledger_desk.reports.output import paint_tabs

    tabs = shown_tabs(draft)
    try:
        return paint_tabs(draft.blank, tabs, draft.title, progress)
    except UserError:
        return None


def shown_tabs(draft: Draft) -> tuple[str, ...]:
    """The tabs that something stands on, the form's own first; all where nothing is known."""
    used = [draft.sheet, *(b.sheet for b in draft.blocks), *(c.sheet for c in draft.cells)]
    known = [tab for tab in dict.fromkeys(used) if tab in draft.sheets]
    return tuple(known or draft.sheets)


def try_draft(ledger: Ledger, draft: Draft, period: Period, progress: Progress) -> Made:
    """Fill a draft in for a period without keeping anything.

    Raises:
        UserError: It has mistakes, which are told.
    """
    from ledger_desk.reports.designing.trying import try_out
    from ledger_desk.reports.output import write_pdf
    from ledger_desk.reports.periods.closings import Standing

    begun = time.monotonic()
    made = try_out(ledger, draft, period.start, period.end, progress)
    xlsx = made.xlsx
    painted = write_pdf(made.report, xlsx, progress=progress)
    seconds = time.monotonic() - begun
    return Made(
        made.report, made.checks, xlsx, painted, seconds, made, Standing(), {}, {}
    )  # fmt: skip


def is_whole(draft: Draft) -> bool:
    """Whether the form can be made."""
    return not mistakes(draft)
