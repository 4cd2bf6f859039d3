"""The tables of a blank: header, ready rows, row of totals, and the labels that stand printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ledger_desk.exchange.form_parts import LISTED, Listed
from ledger_desk.reports.designing.row_kinds import label_column
from ledger_desk.reports.filling.matching import knows
from ledger_desk.workbook import layout as layouts
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import text_of
from ledger_desk.workbook.outline import Heading, Layout
from ledger_desk.workbook.tables import find_all

_ABOVE = ("numbering", "codes", "unit", "example", "note")
_READY = ("blank", "unfilled", "form", "group")
_MOST_READY = 5_000
_HEADS, _LONGEST = 3, 40


@dataclass(frozen=True)
class Found:
    """One table of a blank.

    Attributes:
        sheet: The sheet as read.
        layout: Its header and rows.
        first_row: First ready row.
        room: Ready rows.
        total_row: Row of totals; None for none.
        printed: Row → label that is printed in a ready row.
        filled: Some ready row holds more than its label.
        helps: The sheet only serves others: 字典, 填表说明.
    """

    sheet: Sheet
    layout: Layout
    first_row: int
    room: int
    total_row: int | None
    printed: Mapping[int, str]
    filled: bool
    helps: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its columns."""
        return self.layout.headings

    @property
    def title(self) -> str:
        """What the table is about: title and name of the sheet."""
        return f"{self.layout.title} {self.sheet.name}".strip()


def find_in(sheet: Sheet) -> list[Found]:
    """Find the tables of a sheet that can be filled."""
    found = []
    for table in find_all(sheet, knows):
        layout: Layout | None = table.layout
        if not table.layout.headings or not table.layout.has_header:
            layout = _guessed(table.sheet)
        if layout is not None and len(layout.headings) > 1:
            found.append(replace(measure(sheet, layout), helps=table.helps))
    return found


def find_at(sheet: Sheet, header: tuple[int, int]) -> Found:
    """Read a table whose header somebody has pointed at."""
    return measure(sheet, layouts.find(sheet, header=header, knows=knows))


def _guessed(sheet: Sheet) -> Layout | None:
    """Take the fullest row of short texts for the header of a table without data."""
    best, most = 0, _HEADS - 1
    for number, row in enumerate(sheet.rows[:_LONGEST], 1):
        texts = [cell for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST]
        if len(texts) > most and len(set(texts)) == len(texts):
            best, most = number, len(texts)
    return layouts.find(sheet, header=(best, best), knows=knows) if best else None


def measure(sheet: Sheet, layout: Layout) -> Found:
    """Find the ready rows of a table, and what stands in them."""
    kinds = {left.row: left.kind for left in layout.left_out}
    data = set(layout.data_rows)
    end = len(sheet.rows)
    first = layout.header_rows[1] + 1
    while first <= end and kinds.get(first) in _ABOVE:
        first += 1
    early = first if kinds.get(first) in ("total", "subtotal") else None
    if early is not None:
        first += 1
    row = first
    while row <= end and row - first < _MOST_READY:
        if kinds.get(row) not in _READY and row not in data:
            break
        row += 1
    last = row - 1
    while last > first and _blank(sheet, last) and last == end:
        last -= 1
    total = next((r for r in range(row, end + 1) if kinds.get(r) == "total"), None)
    if total is None:
        total = next((r for r in range(row, end + 1) if kinds.get(r) == "subtotal"), None)
    label = label_column(layout.headings) or label_column(layout.headings, LISTED)
    printed = {
        number: text for number in range(first, last + 1)
        if (text := text_of(sheet.cell(number, label) or "").strip())
    } if label else {}  # fmt: skip
    filled = any(
        sheet.cell(number, h.column) not in (None, "") for number in range(first, last + 1)
        for h in layout.headings if h.column > max(label, 1)
    )  # fmt: skip
    return Found(
        sheet, layout, first, max(last - first + 1, 0),
        total if total is not None else early, printed, filled,
    )  # fmt: skip


def _blank(sheet: Sheet, row: int) -> bool:
    cells = sheet.rows[row - 1]
    return len(cells) == cells.count(None)


def listed_room(first_row: int, rows: Sequence[Listed]) -> int:
    """Rows from the first to the last printed one."""
    return max((row.at_row or first_row) for row in rows) - first_row + 1 if rows else 1
