"""What every built-in form looks like on the practice ledger: texts of its cells and pictures of its pages.

``python -m tests.reports.golden`` makes the kept files anew; look at what changed before committing them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2

from ledger_desk.practice.making import make_practice
from ledger_desk.reports.catalogue import ReportFiles, run
from ledger_desk.store.ledger import Ledger

KEPT = Path(__file__).parent
TODAY = date(2026, 10, 31)
START = date(2026, 10, 1)
MOST_PAGES = 2  # of a long list the first pages tell enough
_WIDE = 700  # pixels of a page


def practice(folder: Path) -> Ledger:
    """Make the practice ledger that all kept files were made from."""
    return make_practice(folder / "练习.practice", firms=120, today=TODAY, season=True)


def report(ledger: Ledger, form: str) -> ReportFiles:
    """Make one form for the practice ledger's last month."""
    return run(ledger, form, START, TODAY)


def texts(xlsx: bytes) -> str:
    """Every cell that holds something, one line each: sheet, cell, content."""
    book: Any = openpyxl.load_workbook(io.BytesIO(xlsx))
    lines = [
        f"{sheet.title}\t{cell.coordinate}\t{_text(cell.value)}\n"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    return "".join(lines)


def _text(value: Any) -> str:
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def pictures(pdf: bytes) -> Iterator[Any]:
    """The first pages as small grey pictures (PIL)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            try:
                yield page.render(scale=_WIDE / page.get_width(), grayscale=True).to_pil()
            finally:
                page.close()
    finally:
        document.close()
