"""Letters of an office: a title, paragraphs, tables, as a Word file and as a PDF of the same text.

They are set as GB/T 9704-2012 has it: A4 with margins of 37, 35, 28 and 26 mm, titles in 22 points, text in
16, page numbers between dashes. Nothing here knows what a letter is about.
"""

from __future__ import annotations

from ledger_desk.workbook.letters.blocks import Grid, Letter, Line
from ledger_desk.workbook.letters.pages import draw_pages
from ledger_desk.workbook.letters.word import write_word

__all__ = ["Grid", "Letter", "Line", "draw_pages", "write_word"]
