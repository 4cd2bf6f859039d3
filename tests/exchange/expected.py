"""What a table of expectations says of a file, and the one check of it for real files and twins.

A table holds names of files and sheets, numbers and kinds of rows, and nothing of what stands in
the rows. Its fields:

- ``file``, its format as the content tells; for a real file the name of its synthetic twin; for a
  refused one ``refused`` and a key of `REFUSALS` or `MORE_REFUSALS`;
- a table: sheet, with its columns where a sheet holds several tables; ``hidden`` or ``helps`` for
  sheets that only serve others; rows of the header, or ``-``; number of data rows and the first
  and last of them; every kind of row left out with its number.

A file that is refused may have lines for its tables all the same: they say why it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.known import knows
from ledger_desk.workbook.book import Book
from ledger_desk.workbook.cells import column_letters, is_error
from ledger_desk.workbook.reading import read
from ledger_desk.workbook.tables import Table, find_all, find_tables

# The fixed list agreed with issue 3: what may be refused, and a piece of the sentence that says so.
REFUSALS = {
    "lock file": r"打开表格时留下的临时文件.*请选名字里没有“~\$”的那个文件。$",
    "truncated file": r"不完整或已损坏.*请重新取一份",
    "parameter sheet": r"是一张空白表：.*参数表、字典或隐藏的表.*请选填好数据的那个文件",
    "form without data": r"是一张空白表（工作表“.+”只有表头和栏目，没有填数据）。请选填好数据的那个文件。$",
}
# What twins show besides; there is no public file of it.
MORE_REFUSALS = {
    "encrypted": r"设了打开密码，读不了。.*去掉密码另存后再读入。$",
    "web page": r"其实是网页，只是改了扩展名。",
}
_ALL_REFUSALS = REFUSALS | MORE_REFUSALS
_SEARCHED = 2_000  # rows of a table that are looked through for error cells

TableShape: TypeAlias = tuple[str, bool, str, bool, frozenset[str]]


@dataclass(frozen=True)
class Expected:
    """What is expected of one file; ``refusal`` is '' for a file that is read."""

    kind: str
    refusal: str = ""
    twin: str = ""
    tables: tuple[tuple[str, ...], ...] = ()


def load(path: Path, *, twins: bool) -> dict[str, Expected]:
    """Read a table of expectations; with ``twins`` its files name their twin after the format."""
    lines: dict[str, list[list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *fields = line.split("\t")
            lines.setdefault(name, []).append(fields)
    found = {}
    for name, ((kind, *more), *tables) in lines.items():
        twin = more.pop(0) if twins else ""
        assert not more or (more[0] == "refused" and len(more) == 2), name
        refusal = more[1] if more else ""
        found[name] = Expected(kind, refusal, twin, tuple(map(tuple, tables)))
    return found


def check(path: Path, expected: Expected) -> tuple[Book, list[Table]] | None:
    """Read a file and fail where it is not as expected; gives what was read, if anything."""
    if expected.kind == "unreadable":
        with pytest.raises(UserError, match=_ALL_REFUSALS[expected.refusal]):
            read(path)
        return None
    book = read(path)
    assert book.kind == expected.kind
    found = [table for page in book.sheets if page.width for table in find_all(page, knows)]
    assert [line_of(table) for table in found] == list(expected.tables)
    assert all(map(rows_in_one_place, found))
    if expected.refusal:
        with pytest.raises(UserError, match=_ALL_REFUSALS[expected.refusal]):
            find_tables(book, path.name, knows=knows)
    else:
        full = find_tables(book, path.name, knows=knows)
        assert len(full) == sum(1 for line in expected.tables if line[3] != "0")
    return book, found


def place_of(table: Table) -> str:
    """Name the sheet, with the columns of a part."""
    if not table.sheet.part:
        return table.sheet.name
    columns = [heading.column for heading in table.layout.headings] or [1]
    ends = f"{column_letters(columns[0])}-{column_letters(columns[-1])}"
    return f"{table.sheet.name}[{ends}]"


def line_of(table: Table) -> tuple[str, ...]:
    """Say a table as a line of the table of expectations does."""
    layout = table.layout
    first, last = layout.header_rows
    counts: dict[str, int] = {}
    for left in layout.left_out:
        counts[left.kind] = counts.get(left.kind, 0) + 1
    rows = list(layout.data_rows)
    return (
        place_of(table),
        "hidden" if table.sheet.hidden else "helps" if table.helps else "main",
        f"{first}-{last}" if first else "-",
        f"{len(rows)}:{rows[0]}-{rows[-1]}" if rows else "0",
        " ".join(f"{kind}:{count}" for kind, count in sorted(counts.items())) or "-",
    )


def rows_in_one_place(table: Table) -> bool:
    """Whether every row of the file's sheet is header, data or left out, and only one of them."""
    first, last = table.layout.header_rows
    rows = [*range(first, last + 1)] if first else []
    rows += [*table.layout.data_rows, *(left.row for left in table.layout.left_out)]
    return sorted(rows) == list(range(1, len(rows) + 1))


def shape(expected: Expected) -> tuple[str, str, tuple[tuple[TableShape, bool], ...]]:
    """Give what a file and its twin have in common; tables of one shape in a row count as several.

    Of a table: its use, whether it is a part of a sheet, the rows of its header, whether it holds
    data, and the kinds of rows left out.
    """
    tables: list[TableShape] = [
        (use, "[" in sheet, header, data != "0", frozenset(one.split(":")[0] for one in left.split()))
        for sheet, use, header, data, left in expected.tables
    ]  # fmt: skip
    runs = tuple((one, len(list(run)) > 1) for one, run in groupby(tables))
    return expected.kind, expected.refusal, runs


def traits(book: Book, tables: list[Table]) -> frozenset[str]:
    """Give what else makes a layout: encoding, sheets left blank, hidden lines, merges, errors."""
    found = {book.encoding} if book.encoding else set()
    if any(not page.width for page in book.sheets):
        found.add("blank sheet")
    for table in tables:
        sheet = table.sheet
        first, last = table.layout.header_rows
        start = first or (table.layout.data_rows or [1])[0]
        found |= {"hidden rows"} if sheet.hidden_rows else set()
        found |= {"hidden columns"} if sheet.hidden_columns else set()
        found |= {"formulas without result"} if sheet.uncalculated else set()
        for merge in sheet.merged:
            ways = "across" * (merge.first_column < merge.last_column)
            ways += "down" * (merge.first_row < merge.last_row)
            above = merge.last_row < start
            place = "above" if above else "header" if merge.first_row <= last else "below"
            found.add(f"merged {ways} {place}")
        cells = (cell for row in sheet.rows[:_SEARCHED] for cell in row)
        if any(isinstance(cell, str) and is_error(cell) for cell in cells):
            found.add("errors")
    return frozenset(found)
