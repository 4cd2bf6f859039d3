"""Making a report for the page: rows, checks, workbook and pages, off the window."""

from __future__ import annotations

import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.preview.marking import CellMark
from ledger_desk.ui.preview.spots import CellKey

if TYPE_CHECKING:
    from ledger_desk.exchange.definitions import Forms
    from ledger_desk.reports.checks import Checks
    from ledger_desk.reports.shapes import Cell, Report
    from ledger_desk.workbook.painting import Painted

_MANY_ROWS = 400
"""From here on painting takes long enough to make a window in the same process stumble."""
_GRAVITY = ("must", "explain", "hint")


@dataclass(frozen=True)
class Made:
    """A report with its findings, its two files, and how long all of it took (seconds)."""

    report: Report
    checks: Checks
    xlsx: bytes
    painted: Painted
    seconds: float

    @property
    def sheet(self) -> str:
        """The sheet that is on paper."""
        return self.report.form.shape.sheet

    def name(self, ending: str) -> str:
        """Suggest a file name: office, form, period."""
        from ledger_desk.reports.output import file_name

        return file_name(self.report, ending)


def make(ledger: Ledger, forms: Forms, form: str, period: Period, progress: Progress) -> Made:
    """Make everything that the page shows; called in the worker thread.

    Raises:
        UserError: The form has mistakes, or the ledger cannot be read.
        Cancelled: The person asked to stop.
    """
    from ledger_desk.reports.catalogue import run
    from ledger_desk.reports.output import write_pdf, write_xlsx

    begun = time.monotonic()
    files = run(ledger, form, period.start, period.end, progress, forms=forms)
    xlsx = write_xlsx(files.report, progress)
    if files.report.rows > _MANY_ROWS:
        from ledger_desk.ui import apart

        shape = files.report.form.shape
        painted = apart.run(paint_apart, (xlsx, shape.sheet, shape.title), progress)
    else:
        painted = write_pdf(files.report, xlsx, progress=progress)
    return Made(files.report, files.checks, xlsx, painted, time.monotonic() - begun)


def paint_apart(xlsx: bytes, sheet: str, title: str, progress: Progress) -> Painted:
    """Paint in a child process, as `ledger_desk.reports.output.write_pdf` does here."""
    from ledger_desk.workbook.painting import paint

    return paint(xlsx, sheet=sheet, title=title, progress=progress)


def open_cells(made: Made) -> set[CellKey]:
    """Cells of the paper whose origin can be told: rows, totals and single numbers."""
    return {
        (cell.row, cell.column)
        for cell in made.report.cells_of(made.sheet)
        if cell.provenance is not None
    }


def marks_of(made: Made) -> dict[CellKey, CellMark]:
    """The gravest finding of each cell; column 0 where it is about a whole row."""
    cells = {(cell.row, cell.column): cell for cell in made.report.cells_of(made.sheet)}
    marks: dict[CellKey, CellMark] = {}
    for grade in _GRAVITY:
        for finding in made.checks.findings:
            key = (finding.row, finding.column)
            if finding.grade == grade and finding.sheet == made.sheet and finding.row:
                marks.setdefault(key, CellMark(grade, _side(cells.get(key))))
    return marks


def _side(cell: Cell | None) -> str:
    """Amounts stand right and leave room at the left; texts leave the corner; empty ones all."""
    if cell is None or not cell.text:
        return "right"
    return "left" if isinstance(cell.value, Decimal) else "corner"
