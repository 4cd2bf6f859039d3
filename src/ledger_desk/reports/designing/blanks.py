"""The blank itself: opened in whatever format it came, rows made ready, what others filled in taken out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.files import safe_name
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling.matching import knows
from ledger_desk.workbook.book import Book
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.tables import find_all

_IN_PLACE = frozenset(["xlsx"])


@dataclass(frozen=True)
class OpenedBlank:
    """A blank as it can be filled.

    Attributes:
        data: The .xlsx.
        book: Its cells.
        tabs: Name of a sheet as read → name of its tab in ``data``, where they differ.
        rebuilt: It was made again as .xlsx.
        styled: Styles and print set-up came along.
    """

    data: bytes
    book: Book
    tabs: Mapping[str, str]
    rebuilt: bool
    styled: bool


def open_blank(data: bytes, name: str, progress: Progress = silent) -> OpenedBlank:
    """Open a blank of any spreadsheet format.

    Raises:
        UserError: It cannot be read.
        Cancelled: From ``progress``.
    """
    from ledger_desk.workbook import rebuilding
    from ledger_desk.workbook.package import Package

    with tempfile.TemporaryDirectory(prefix="ledger-desk-") as folder:
        path = Path(folder) / (safe_name(Path(name).name) or "表样.xlsx")
        path.write_bytes(data)
        book = read_guarded(path, progress=progress)
    if book.kind in _IN_PLACE:
        Package.read(data).sheets()
        return OpenedBlank(data, book, {}, False, True)
    if book.kind == "xlsm":
        raise UserError(f"“{name}”里有宏，做成表样会把宏去掉。请另存为 .xlsx 再试。")
    headers = {}
    for page in book.sheets:
        found = find_all(page, knows) if page.width else []
        if found and found[0].layout.has_header:
            headers[page.name] = found[0].layout.header_rows
    again = rebuilding.rebuild(data, book, headers, progress)
    return OpenedBlank(again.data, book, dict(again.tabs), True, again.styled)
