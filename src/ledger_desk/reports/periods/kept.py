"""A closed period as it went out: the same reading interface as a report that was just made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk.exchange.definitions import Forms
from ledger_desk.files import atomic_write
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Closing
from ledger_desk.progress import Progress, silent
from ledger_desk.reports import output
from ledger_desk.reports.catalogue import ReportFiles, load_form, run
from ledger_desk.reports.checks import Checks
from ledger_desk.reports.periods import closings
from ledger_desk.reports.periods.frozen import Frozen
from ledger_desk.store import blobs
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

if TYPE_CHECKING:
    from ledger_desk.workbook.painting import Painted


@dataclass(frozen=True)
class ClosedFiles(ReportFiles):
    """What was kept of a closing; its bytes are those that went out, whatever became of the ledger.

    Attributes:
        closing: The closing.
        frozen: Its cells, what stood behind them, findings and explanations.
        kept_xlsx: The workbook.
        kept_pdf: The pages with the code.
    """

    closing: Closing
    frozen: Frozen
    kept_xlsx: bytes
    kept_pdf: bytes

    @cached_property
    def xlsx(self) -> bytes:
        """The workbook as it went out."""
        return self.kept_xlsx

    @cached_property
    def pdf(self) -> Painted:
        """The pages as they went out; where the cells lie on them is measured on the kept workbook."""
        measured = output.write_pdf(self.report, self.kept_xlsx)
        return replace(measured, pdf=self.kept_pdf)

    def write(self, xlsx: Path | None = None, pdf: Path | None = None) -> None:
        """Write the kept files, byte for byte."""
        if xlsx is not None:
            atomic_write(xlsx, self.kept_xlsx)
        if pdf is not None:
            atomic_write(pdf, self.kept_pdf)

    def as_json(self) -> dict[str, Any]:
        """As of an open report, and which closing it is."""
        return super().as_json() | {"closing": closing_json(self.closing)}


def closing_json(closing: Closing) -> dict[str, Any]:
    """A closing as programs see it."""
    from ledger_desk.reports.periods.codes import grouped

    days = (closing.closed_on, closing.reopened_on)
    closed, reopened = (each.isoformat() if each is not None else None for each in days)
    return {
        "id": closing.id, "number": closing.number, "state": closing.state,
        "code": grouped(closing.code or ""), "closed_on": closed, "reopened_on": reopened,
    }  # fmt: skip


def files_of(rows: Rows, closing: Closing) -> tuple[bytes, bytes]:
    """Give the kept workbook and pages of any closing, reopened ones too.

    Raises:
        UserError: They are damaged, or not there.
    """
    title = f"{closings.title_of(closing)} 第 {closing.number} 次定稿"
    xlsx, pdf = (blobs.read(rows, str(name), title) for name in (closing.xlsx, closing.pdf))
    return xlsx, pdf


def open_kept(rows: Rows, closing: Closing, forms: Forms | None = None) -> ClosedFiles:
    """Open what was kept of a closing."""
    form = forms.forms.get(str(closing.form)) if forms is not None else None
    frozen = closings.read_frozen(rows, closing, form)
    xlsx, pdf = files_of(rows, closing)
    return ClosedFiles(frozen.report, Checks(frozen.findings), closing, frozen, xlsx, pdf)


def closed_or_made(
    ledger: Ledger,
    form_id: str,
    start: date,
    end: date,
    progress: Progress = silent,
    *,
    office: str | None = None,
    forms: Forms | None = None,
) -> ReportFiles:
    """Give what was kept where the period is closed, else make the report; see `catalogue.run`."""
    forms = forms or load_form(form_id, ledger)
    if end >= start:
        with ledger.read() as rows:
            held = closings.standing(rows, form_id, Period(start, end), office).closed
            if held is not None:
                return open_kept(rows, held, forms)
    return run(ledger, form_id, start, end, progress, office=office, forms=forms)
