"""A report as the exact workbook and as PDF painted from that same workbook; both repeatable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger_desk.files import safe_name
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.shapes import Report

if TYPE_CHECKING:
    from ledger_desk.workbook.painting import Painted
    from ledger_desk.workbook.stamping import Stamp


def write_xlsx(report: Report, progress: Progress = silent) -> bytes:
    """Fill the form's blank; the same report gives the same bytes.

    Every ready row of a block is written, unused ones emptied, so that sample text of a blank
    never goes out.
    """
    from ledger_desk.workbook.filling import SheetFill, Spread, fill

    fills = []
    for sheet in report.sheets:
        spread = [
            Spread(b.shape.first_row, b.shape.room, len(b.places), b.shape.shrink)
            for b in report.blocks_of(sheet)
            if b.shape.grows
        ]
        fills.append(SheetFill(sheet, report.contents_of(sheet), tuple(spread)))
    return fill(report.form.blank, fills, progress)


def write_pdf(
    report: Report, xlsx: bytes | None = None, sheet: str | None = None,
    progress: Progress = silent, stamp: Stamp | None = None,
) -> Painted:  # fmt: skip
    """Paint the filled sheets; gives bytes, number of pages, and the box of every cell.

    Args:
        report: The report.
        xlsx: What `write_xlsx` gave, where it is at hand already.
        sheet: One tab; without it all sheets of the form, its own one first, whose boxes are given.
        progress: Told the pages done; may cancel.
        stamp: Code and QR square of a closed period.
    """
    filled = xlsx if xlsx is not None else write_xlsx(report, progress)
    tabs = (sheet,) if sheet is not None else report.form.shape.sheets
    return paint_tabs(filled, tabs, report.form.title, progress, stamp)


def paint_tabs(
    xlsx: bytes, tabs: Sequence[str], title: str, progress: Progress = silent,
    stamp: Stamp | None = None,
) -> Painted:  # fmt: skip
    """Paint tabs of a filled workbook; apart from a report, so that another process can do it."""
    if len(tabs) == 1:
        from ledger_desk.workbook.painting import paint

        return paint(xlsx, sheet=tabs[0], title=title, progress=progress, stamp=stamp)
    from ledger_desk.workbook.painting_book import paint_sheets

    return paint_sheets(xlsx, tabs, title=title, progress=progress, stamp=stamp)


def file_name(report: Report, ending: str) -> str:
    """Suggest a name: office, form, period, such as ``新县专班_…工作台帐_2024年10月.xlsx``."""
    return (
        safe_name(f"{report.office_name}_{report.form.title}_{report.period.label}") + f".{ending}"
    )
