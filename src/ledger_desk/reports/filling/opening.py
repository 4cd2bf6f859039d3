"""The table from above, found in its file: header, rows that ask, room below, what may not be touched.

Unlike a table that is read in, it may be empty below its header. The file's bytes are kept: .xlsx
and .xlsm are filled as they are, everything else is made again as .xlsx (`decisions.md` 29).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling.matching import knows
from ledger_desk.workbook import layout as layouts
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.outline import Layout
from ledger_desk.workbook.tables import Table, find_all

if TYPE_CHECKING:
    from ledger_desk.workbook.references import Area
    from ledger_desk.workbook.styles import Styles

_IN_PLACE = ("xlsx", "xlsm")
# Rows under the header that stand empty and wait.
_WAITING = frozenset(["blank", "unfilled", "numbering", "form"])
_MOST_READY = 5_000
_HEADS = 3  # headings that a row must have to be taken for a header where nothing else says so
_LONGEST = 40


@dataclass(frozen=True)
class Opened:
    """One table of a file, ready to be matched and filled.

    Attributes:
        path: The sender's file.
        kind: Its format, told from its content.
        digest: SHA-256 of its bytes in hex.
        blank: The workbook that is filled: the file itself, or the .xlsx made of it.
        rebuilt: It was made again as .xlsx.
        styled: Styles and print set-up came along.
        tab: Name of the sheet in ``blank``.
        sheet: The sheet as read.
        layout: Its header and rows.
        asked: Rows that name whom they ask about; empty: the clerk chooses.
        first_free: First empty row below the header.
        room: Ready rows from there; 0: rows have to be added at once.
        below: Something stands below the ready rows, and moves down when rows are added.
        joined: A merge of the header ends in its last row, so that no row can be added right there.
        totals: Rows called 合计 below the header.
        locked: (row, column) of cells that stay: formulas, and cells hidden under a merge.
        formats: Column → number format of its cells below the header.
        others: Names of the file's other tables.
    """

    path: Path
    kind: str
    digest: str
    blank: bytes
    rebuilt: bool
    styled: bool
    tab: str
    sheet: Sheet
    layout: Layout
    asked: tuple[int, ...]
    first_free: int
    room: int
    below: bool
    joined: bool
    totals: tuple[int, ...]
    locked: frozenset[tuple[int, int]]
    formats: Mapping[int, str]
    others: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Title and file name: what the table is about."""
        above = [left.row for left in self.layout.left_out if left.kind == "above"]
        said = [str(cell) for row in above for cell in self.sheet.rows[row - 1] if cell is not None]
        return " ".join((self.layout.title, *said, self.sheet.name, self.path.stem))

    def cells(self, column: int) -> list[object]:
        """The filled cells of a column in the rows that ask."""
        return [
            cell for row in self.asked
            if (cell := self.sheet.cell(row, column)) is not None and cell != ""
        ]  # fmt: skip


def open_table(path: Path, sheet: str | None = None, progress: Progress = silent) -> Opened:
    """Open a file and find the table that asks.

    Args:
        path: The file, of any spreadsheet format.
        sheet: Name of the sheet; None: the one that asks for most.
        progress: May cancel.

    Raises:
        UserError: It cannot be read, has no such sheet, or no header can be found.
        Cancelled: From ``progress``.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}”打不开：{files.reason(error)}。请核对文件再试。") from error
    book = read_guarded(path, progress=progress)
    progress(0, 0, "正在找表头")
    tables = _tables(book, path, sheet)
    table = max(tables, key=_worth)
    blank, tabs, styled = _workbook(data, book, table, progress)
    tab = tabs.get(table.sheet.name, table.sheet.name)
    layout = table.layout
    asked = tuple(layout.data_rows)
    free, room = _room(table.sheet, layout)
    locked, merges, formats, ready = _of_file(blank, tab, layout, free)
    below = _below(table.sheet, layout, free + room)
    room = max(room, ready) if not below else room
    return Opened(
        path, book.kind, hashlib.sha256(data).hexdigest(), blank, book.kind not in _IN_PLACE, styled,
        tab, table.sheet, layout, asked, free, room, below,
        any(m.first_row < free - 1 == m.last_row for m in merges),
        _totals(layout),
        locked | _merged_tails(merges, free, 0 if asked else room), formats,
        tuple(dict.fromkeys(t.sheet.title for t in tables if t is not table)),
    )  # fmt: skip


def _tables(book: Book, path: Path, sheet: str | None) -> list[Table]:
    pages = [page for page in book.sheets if page.width]
    if sheet is not None:
        named = [page for page in pages if page.name.strip() == sheet.strip()]
        if not named:
            names = "、".join(f"“{page.name}”" for page in pages) or "没有"
            raise UserError(f"“{path.name}”里没有叫“{sheet}”的工作表。有内容的工作表：{names}。")
        pages = named
    found = []
    for page in pages:
        for table in find_all(page, knows):
            layout: Layout | None = table.layout
            if not table.layout.headings or not table.layout.has_header:
                layout = _guessed(table.sheet)
            if layout is not None and layout.headings:
                found.append(Table(table.sheet, layout))
    if not found:
        raise UserError(
            f"“{path.name}”里没有找到表头：没有一行像是栏目名称。请核对是不是要填的那张表，"
            "或在表里补上表头再试。"
        )
    return found


def _totals(layout: Layout) -> tuple[int, ...]:
    """Give the rows of the whole; a lone 小计 is one, several are of parts that nobody names."""
    rows = {
        kind: tuple(left.row for left in layout.left_out if left.kind == kind)
        for kind in ("total", "subtotal")
    }
    alone = len(rows["subtotal"]) == 1 and not rows["total"]
    return rows["total"] or (rows["subtotal"] if alone else ())


def _guessed(page: Sheet) -> Layout | None:
    """Take the fullest row of short texts for the header of a table without data."""
    best, most = 0, _HEADS - 1
    for number, row in enumerate(page.rows[:_LONGEST], 1):
        texts = [cell for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST]
        if len(texts) > most and len(set(texts)) == len(texts):
            best, most = number, len(texts)
    return layouts.find(page, header=(best, best), knows=knows) if best else None


def _worth(table: Table) -> tuple[bool, bool, int, int]:
    layout = table.layout
    known = sum(knows(heading.text.rpartition("/")[2]) for heading in layout.headings)
    return not table.helps, layout.has_header, known, len(layout.data_rows)


def _workbook(
    data: bytes, book: Book, table: Table, progress: Progress
) -> tuple[bytes, Mapping[str, str], bool]:
    """Give the workbook to be filled, the names of its tabs, and whether it kept its styles."""
    from ledger_desk.workbook.package import Package

    if book.kind in _IN_PLACE:
        try:
            Package.read(data).sheets()
        except UserError:
            if book.kind == "xlsm":
                raise  # its macros would be lost
        else:
            return data, {}, True
    from ledger_desk.workbook import rebuilding

    again = rebuilding.rebuild(data, book, {table.sheet.name: table.layout.header_rows}, progress)
    return again.data, dict(again.tabs), again.styled


def _room(page: Sheet, layout: Layout) -> tuple[int, int]:
    """First row for new ones and the ready rows from there on, up to what stands below."""
    kinds = {left.row: left.kind for left in layout.left_out}
    first = layout.header_rows[1] + 1
    while kinds.get(first) in ("numbering", "codes", "unit", "example", "note") and first < len(
        page.rows
    ):
        first += 1
    row = first
    while row <= len(page.rows) and kinds.get(row) in _WAITING:
        row += 1
    return first, row - first


def _below(page: Sheet, layout: Layout, row: int) -> bool:
    """Whether anything stands from a row on."""
    return any(cell is not None for cells in page.rows[row - 1 :] for cell in cells)


def _of_file(
    blank: bytes, tab: str, layout: Layout, free: int
) -> tuple[frozenset[tuple[int, int]], list[Area], dict[int, str], int]:
    """Formulas, merges, number formats of the columns, and ready rows that have lines, from the XML."""
    from ledger_desk.workbook.package import MAIN, Package
    from ledger_desk.workbook.references import area
    from ledger_desk.workbook.sheet_xml import FORMULA, SheetTree
    from ledger_desk.workbook.styles import read_styles

    package = Package.read(blank)
    tree = SheetTree(tab, package.xml(package.sheet(tab).part))
    locked = set(tree.formulas())
    for formula in tree.data.iter(FORMULA):  # cells that an array formula fills are its own
        if formula.get("t") == "array" and formula.get("ref"):
            ends = area(formula.get("ref"))
            locked |= {
                (row, column)
                for row in range(ends.first_row, ends.last_row + 1)
                for column in range(ends.first_column, ends.last_column + 1)
            }
    styles = read_styles(package)
    model = next(iter(layout.data_rows), free)
    cells = tree.cells(model)
    formats = {
        heading.column: styles[int(cells[heading.column].get("s", "0"))].number_format
        for heading in layout.headings
        if heading.column in cells
    }
    ready, row = 0, free
    while row in tree.rows and ready < _MOST_READY and _is_ready(tree.cells(row), styles):
        ready, row = ready + 1, row + 1
    merged = tree.root.iter(f"{{{MAIN}}}mergeCell")
    merges = [area(item.get("ref", "A1")) for item in merged]
    return frozenset(locked), merges, formats, ready


def _is_ready(cells: Mapping[int, Any], styles: Styles) -> bool:
    """Whether a row was drawn to be filled: most of its cells have lines around them."""
    lined = sum(1 for cell in cells.values() if styles[int(cell.get("s", "0"))].bordered)
    return bool(cells) and lined * 2 >= len(cells)


def _merged_tails(merges: Sequence[Area], first: int, room: int) -> frozenset[tuple[int, int]]:
    """Cells hidden under a merge: only its first cell can be written.

    A column of which a merge holds several of the ready rows together is hidden as a whole, for
    the merge grows with the rows that are added.
    """
    found = set()
    for merge in merges:
        upright = merge.last_row > merge.first_row
        if upright and merge.first_row < first + max(room, 1) and merge.last_row >= first:
            found |= {(first, c) for c in range(merge.first_column, merge.last_column + 1)}
        for row in range(merge.first_row, min(merge.last_row, merge.first_row + _MOST_READY) + 1):
            for column in range(merge.first_column, merge.last_column + 1):
                if (row, column) != (merge.first_row, merge.first_column):
                    found.add((row, column))
    return frozenset(found)
