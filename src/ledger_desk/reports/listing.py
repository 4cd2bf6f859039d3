"""A list on paper: the columns that somebody sees, as they see them, drawn as one PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ledger_desk.progress import Progress, silent

MOST_ROWS = 3_000  # more pages than anybody reads
_BROAD = 3.0  # a wide column takes at the most so much more room than a narrow one


def draw_list(
    title: str,
    office: str,
    notes: Sequence[str],
    columns: Sequence[tuple[str, float, bool]],
    rows: Sequence[Sequence[str]],
    total: Sequence[str],
    progress: Progress = silent,
) -> tuple[bytes, int, str]:
    """Draw a list; importable by name, so that a child process can do it.

    Args:
        title: What is listed: 贷款名单.
        office: Whose list it is, in the head of each page.
        notes: Conditions and order in words, above the table.
        columns: (heading, width, aligned right).
        rows: Texts by row and column.
        total: Texts of the last row, none when empty.
        progress: May cancel.

    Returns:
        The PDF, its pages, and the characters that no font has.
    """
    from ledger_desk.workbook.booklet import Block, Booklet, Chapter, Column, Table, Words, write

    least = min((width for _, width, _ in columns), default=1.0)
    made = tuple(
        Column(heading, min(width / least, _BROAD), numeric) for heading, width, numeric in columns
    )
    blocks: list[Block] = [Words(note, quiet=True) for note in notes if note]
    blocks.append(Table(made, tuple(map(tuple, rows)), tuple(total)))
    out = io.BytesIO()
    booklet = Booklet(
        title, title, (Chapter("", tuple(blocks)),), head=office, foot=title, bound=False
    )  # fmt: skip
    written = write([booklet], out, title=title, count=1, progress=progress)
    return out.getvalue(), written.pages, written.missing
