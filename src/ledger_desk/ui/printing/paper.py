"""A finished PDF on a printer: each page as a picture at the printer's own resolution."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.ui.preview.pages import PdfPages

_FINEST_DPI = 300
"""Finer pictures of text are not seen on paper and take many times the memory."""
_POINTS = 72


def make_printer(pdf: bytes) -> QPrinter:
    """Prepare a printer for paper of the size and direction of the first page."""
    wide, high = PdfPages(pdf).sizes[0]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper = QPageSize(
        QSizeF(min(wide, high), max(wide, high)),
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    direction = (
        QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
    )
    printer.setPageLayout(QPageLayout(paper, direction, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    return printer


def ask_printer(parent: QWidget, pdf: bytes, name: str) -> QPrinter | None:
    """Ask for a printer, and which pages; None when the person thought better of it.

    Args:
        parent: Window behind the dialog.
        pdf: What is to be printed.
        name: What the printer's queue calls it.
    """
    from PySide6.QtPrintSupport import QPrintDialog

    printer = make_printer(pdf)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, len(PdfPages(pdf)))
    return printer if dialog.exec() else None


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Pages that the print dialog asks for, from 0."""
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage() - 1, min(printer.toPage() or count, count) - 1
        return list(range(first, last + 1))
    return list(range(count))


def print_pages(printer: QPrinter, pdf: bytes, progress: Progress = silent) -> int:
    """Print; gives how many pages went out.

    Raises:
        UserError: The printer does not take anything.
        Cancelled: The person asked to stop.
    """
    pages = PdfPages(pdf)
    wanted = chosen_pages(printer, len(pages))
    painter = QPainter()
    if not wanted or not painter.begin(printer):
        raise UserError("打印机没有接收。请看看它是不是开着、有没有纸，再试一次；也可以先存 PDF。")
    try:
        for done, page in enumerate(wanted):
            progress(done, len(wanted), f"第 {page + 1} 页")
            if done:
                printer.newPage()
            wide, high = pages.sizes[page]
            sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
            fit = min(sheet.width() / wide, sheet.height() / high)
            dpi = min(float(printer.resolution()), _FINEST_DPI)
            picture = pages.image(page, dpi / _POINTS)
            target = QRectF(0, 0, wide * fit, high * fit)
            target.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
            painter.drawImage(target, picture)
    finally:
        painter.end()
    return len(wanted)
