"""Bound files on paper: cover, contents, chapters of facts and tables, page numbers, bookmarks.

It knows nothing of what the files are about. A `Booklet` is plain text in blocks; `write` lays each
one out by itself and adds it to one PDF, so that many in one job cost the memory of one.
"""

from __future__ import annotations

from ledger_desk.workbook.booklet.blocks import (
    Block,
    Booklet,
    Chapter,
    Column,
    Facts,
    FormCell,
    FormRow,
    Table,
    Words,
)
from ledger_desk.workbook.booklet.writing import Written, write

__all__ = [
    "Block",
    "Booklet",
    "Chapter",
    "Column",
    "Facts",
    "FormCell",
    "FormRow",
    "Table",
    "Words",
    "Written",
    "write",
]
