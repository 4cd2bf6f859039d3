"""Making a report for the page: rows, checks, workbook and pages, off the window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.preview.marking import CellMark
from ledger_desk.ui.preview.panel import SheetPaper
from ledger_desk.ui.preview.spots import CellKey

if TYPE_CHECKING:
    from ledger_desk.exchange.definitions import Forms
    from ledger_desk.reports.catalogue import ReportFiles
    from ledger_desk.reports.checks import Checks
    from ledger_desk.reports.periods.closings import Standing
    from ledger_desk.reports.periods.frozen import Frozen
    from ledger_desk.reports.shapes import Cell, Report
    from ledger_desk.workbook.painting import Painted

_MANY_ROWS = 400
"""From here on painting takes long enough to make a window in the same process stumble."""
_GRAVITY = ("must", "explain", "hint")


@dataclass(frozen=True)
class Made:
    """A report with its findings, its two files, and how long all of it took (seconds).

    Attributes:
        files: The report as the other parts of the program take it.
        standing: Whether its period is closed.
        texts: Explanations by key of their finding.
        offers: Those of earlier periods, by key.
    """

    report: Report
    checks: Checks
    xlsx: bytes
    painted: Painted
    seconds: float
    files: ReportFiles
    standing: Standing
    texts: Mapping[str, str]
    offers: Mapping[str, str]

    @property
    def frozen(self) -> Frozen | None:
        """What was kept of a closed period; None of an open one."""
        return getattr(self.files, "frozen", None)

    @property
    def sheet(self) -> str:
        """The form's own sheet, the first on paper."""
        return self.report.form.shape.sheet

    def name(self, ending: str) -> str:
        """Suggest a file name: office, form, period."""
        from ledger_desk.reports.output import file_name

        return file_name(self.report, ending)


def make(
    ledger: Ledger, forms: Forms, form: str, period: Period, office: str | None,
    progress: Progress,
) -> Made:  # fmt: skip
    """Make everything that the page shows; called in the worker thread.

    ``office`` is the one whose report it is; None for the whole ledger.

    Raises:
        UserError: The form has mistakes, or the ledger cannot be read.
        Cancelled: The person asked to stop.
    """
    from ledger_desk.reports.output import write_pdf, write_xlsx
    from ledger_desk.reports.periods.closings import standing
    from ledger_desk.reports.periods.kept import ClosedFiles, closed_or_made

    begun = time.monotonic()
    days = period.start, period.end
    files = closed_or_made(ledger, form, *days, progress, office=office, forms=forms)
    with ledger.read() as rows:
        stands = standing(rows, form, period, office)
    texts, offers = explanations(ledger, files)
    if isinstance(files, ClosedFiles):
        seconds = time.monotonic() - begun
        return Made(
            files.report, files.checks, files.xlsx, files.pdf, seconds, files, stands, texts, offers
        )
    xlsx = write_xlsx(files.report, progress)
    if files.report.rows > _MANY_ROWS:
        from ledger_desk.ui import apart

        shape = files.report.form.shape
        painted = apart.run(paint_apart, (xlsx, shape.sheets, shape.title), progress)
    else:
        painted = write_pdf(files.report, xlsx, progress=progress)
    seconds = time.monotonic() - begun
    return Made(files.report, files.checks, xlsx, painted, seconds, files, stands, texts, offers)


def explanations(ledger: Ledger, files: ReportFiles) -> tuple[dict[str, str], dict[str, str]]:
    """What was written about the findings: of this period as it stands or was closed, and of earlier ones."""
    from ledger_desk.reports.periods.kept import ClosedFiles
    from ledger_desk.reports.periods.remarks import offered, remarks_of

    if isinstance(files, ClosedFiles):
        return dict(files.frozen.remarks), {}
    report = files.report
    with ledger.read() as rows:
        known = remarks_of(rows, report.form.id, report.period, report.office)
        before = offered(rows, report.form.id, report.period, report.office)
    return {key: str(each.text) for key, each in known.items()}, before


def paint_apart(xlsx: bytes, sheets: tuple[str, ...], title: str, progress: Progress) -> Painted:
    """Paint in a child process, as `ledger_desk.reports.output.write_pdf` does here."""
    from ledger_desk.reports.output import paint_tabs

    return paint_tabs(xlsx, sheets, title, progress)


def status_of(made: Made) -> str:
    """What the status bar says of it: standing of the form, rows, when it was made."""
    report = made.report
    rows = f"{report.rows} 行" if report.rows else "本期没有行"
    when = "定稿留底" if made.frozen is not None else f"{datetime.now():%H:%M} 重算"
    return f"{report.form.shape.standing}　{rows}，{when}"


def papers_of(made: Made) -> list[SheetPaper]:
    """Every sheet on paper, with the cells whose origin can be told and the marks of the checks."""
    boxes = made.painted.by_sheet or {made.sheet: made.painted.boxes}
    found = []
    for tab, own in boxes.items():
        cells = {(cell.row, cell.column): cell for cell in made.report.cells_of(tab)}
        told = {key for key, cell in cells.items() if cell.provenance is not None}
        marks = _marks(made.checks, tab, cells)
        gravest = next((g for g in _GRAVITY if any(m.mark == g for m in marks.values())), None)
        found.append(SheetPaper(tab, own, told, marks, gravest))
    return found


def _marks(checks: Checks, tab: str, cells: Mapping[CellKey, Cell]) -> dict[CellKey, CellMark]:
    """The gravest finding of each cell of a sheet; column 0 where it is about a whole row."""
    marks: dict[CellKey, CellMark] = {}
    for grade in _GRAVITY:
        for finding in checks.findings:
            key = (finding.row, finding.column)
            if finding.grade == grade and finding.sheet == tab and finding.row:
                marks.setdefault(key, CellMark(grade, _side(cells.get(key))))
    return marks


def _side(cell: Cell | None) -> str:
    """Amounts stand right and leave room at the left; texts leave the corner; empty ones all."""
    if cell is None or not cell.text:
        return "right"
    return "left" if isinstance(cell.value, Decimal) else "corner"
