"""A finished PDF on a printer: each page as a picture at the printer's own resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QWidget

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.ui.preview.pages import PdfPages
from ledger_desk.ui.printing.remembering import remember, set_up

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog

_FINEST_DPI = 300
"""Finer pictures of text are not seen on paper and take many times the memory."""
_POINTS = 72
_SAVED = 0.55
"""Share of the ink that 省墨 leaves: black becomes a grey that copies and scans well."""


class Printer(QPrinter):
    """A printer that may be asked to take little ink."""

    saving = False


def make_printer(pdf: bytes) -> Printer:
    """Prepare a printer for paper of the size and direction of the first page."""
    wide, high = PdfPages(pdf).sizes[0]
    printer = Printer(QPrinter.PrinterMode.HighResolution)
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


def ask_printer(parent: QWidget, pdf: bytes, name: str, form: str = "") -> Printer | None:
    """Ask for a printer, and which pages; None when the person thought better of it.

    Args:
        parent: Window behind the dialog.
        pdf: What is to be printed.
        name: What the printer's queue calls it.
        form: Key of the kind of paper: printer, copies, both sides, tray and 省墨 are those of
            its last time. Empty: nothing is remembered.
    """
    from PySide6.QtPrintSupport import QPrintDialog

    printer = make_printer(pdf)
    printer.setDocName(name)
    saving = bool(form) and set_up(printer, form, QPrinterInfo.availablePrinterNames())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, len(PdfPages(pdf)))
    box = _add_saving(dialog, saving) if form else None
    if not dialog.exec():
        return None
    if form:
        printer.saving = box.isChecked() if box is not None else saving
        remember(printer, form, saving=printer.saving)
    return printer


def _add_saving(dialog: QPrintDialog, saving: bool) -> QCheckBox | None:
    """A page 省墨 in the dialog; None where the system has a dialog of its own (Windows)."""
    if not hasattr(dialog, "setOptionTabs"):
        return None
    from PySide6.QtWidgets import QVBoxLayout

    page = QWidget(dialog)
    page.setWindowTitle("省墨")
    box = QCheckBox("省墨打印：线条和文字印成灰色，底色变淡")
    box.setChecked(saving)
    column = QVBoxLayout(page)
    column.addWidget(box)
    column.addStretch(1)
    dialog.setOptionTabs([page])
    return box


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
            painter.setOpacity(_SAVED if getattr(printer, "saving", False) else 1.0)
            target = QRectF(0, 0, wide * fit, high * fit)
            target.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
            painter.drawImage(target, picture)
    finally:
        painter.end()
    return len(wanted)
