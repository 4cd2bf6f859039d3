"""A report as the exact workbook and as PDF painted from that same workbook; both repeatable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_desk.files import safe_name
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.shapes import Report

if TYPE_CHECKING:
    from ledger_desk.workbook.painting import Painted


def write_xlsx(report: Report, progress: Progress = silent) -> bytes:
    """Fill the form's blank; the same report gives the same bytes.

    Every ready row of a block is written, unused ones emptied, so that sample text of a blank
    never goes out.
    """
    from ledger_desk.workbook.filling import FillValue, SheetFill, Spread, fill

    fills = []
    for sheet in report.sheets:
        cells: dict[tuple[int, int], FillValue] = {}
        spread = []
        for block in report.blocks:
            if block.sheet == sheet:
                shape = block.shape
                spread.append(Spread(shape.first_row, shape.room, len(block.rows), shape.shrink))
        for cell in report.cells_of(sheet):
            cells[cell.row, cell.column] = cell.value
        fills.append(SheetFill(sheet, cells, tuple(spread)))
    return fill(report.form.blank, fills, progress)


def write_pdf(
    report: Report, xlsx: bytes | None = None, sheet: str | None = None, progress: Progress = silent
) -> Painted:
    """Paint one filled sheet; gives bytes, number of pages, and the box of every cell.

    Args:
        report: The report.
        xlsx: What `write_xlsx` gave, where it is at hand already.
        sheet: Tab; the form's own sheet unless another is named.
        progress: Told the pages done; may cancel.
    """
    from ledger_desk.workbook.painting import paint

    filled = xlsx if xlsx is not None else write_xlsx(report, progress)
    tab = sheet or report.form.shape.sheet
    return paint(filled, sheet=tab, title=report.form.title, progress=progress)


def file_name(report: Report, ending: str) -> str:
    """Suggest a name: office, form, period, such as ``新县专班_…工作台帐_2024年10月.xlsx``."""
    return (
        safe_name(f"{report.office_name}_{report.form.title}_{report.period.label}") + f".{ending}"
    )
