"""A bulletin on paper: the same letter as .docx and as PDF, and the name of its file."""

from __future__ import annotations

import re

from ledger_desk import files
from ledger_desk.reports.bulletins.bulletin import Bulletin, Text
from ledger_desk.workbook.letters import Grid, Letter, Line, draw_pages, write_word

# A period in brackets after the title stands on a line of its own.
_TAIL = re.compile(r"(?<=.)(（[^（）]*）)$")


def letter_of(bulletin: Bulletin) -> Letter:
    """Lay a bulletin out as a letter."""
    blocks: list[Line | Grid] = []
    for block in bulletin.blocks:
        if isinstance(block, Text):
            blocks.append(Line(block.text, block.kind))
        else:
            *rows, total = [tuple(run.text for run in row) for row in block.rows]
            blocks.append(Grid(block.columns, tuple(rows), total))
    title = _TAIL.sub(r"\n\1", bulletin.heading.text)
    return Letter(title, tuple(blocks), bulletin.period.end, bulletin.office)


def word_of(bulletin: Bulletin) -> bytes:
    """Give the .docx."""
    return write_word(letter_of(bulletin))


def pdf_of(bulletin: Bulletin) -> bytes:
    """Give the PDF."""
    return draw_pages(letter_of(bulletin))


def file_name(bulletin: Bulletin, ending: str) -> str:
    """Suggest a file name: office, wording, period."""
    return f"{files.safe_name(f'{bulletin.office} {bulletin.name} {bulletin.period.label}')}.{ending}"  # fmt: skip
