"""What is expected of every spreadsheet under ``shared/data/open``: each table, or the refusal.

`expectations.tsv` was judged by eye against the files. It holds names of files and sheets,
numbers and kinds of rows, and nothing of what stands in the rows. Its fields:

- ``file``, the path below ``shared/data/open``, then its format as the content tells;
- a refused file: ``refused`` and one of `REFUSALS`;
- a table: sheet, with its columns where a sheet holds several tables; ``hidden`` or ``helps`` for
  sheets that only serve others; rows of the header, or ``-``; number of data rows and the first
  and last of them; every kind of row left out with its number.

A file that is refused may have lines for its tables all the same: they say why it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.known import knows
from ledger_desk.workbook.cells import column_letters
from ledger_desk.workbook.reading import read
from ledger_desk.workbook.tables import Table, find_all, find_tables
from tests.conftest import OPEN_DATA

EXPECTED = Path(__file__).with_name("expectations.tsv")
SPREADSHEETS = frozenset([".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv"])
# The fixed list agreed with issue 3: what may be refused, and a piece of the sentence that says so.
REFUSALS = {
    "lock file": r"打开表格时留下的临时文件.*请选名字里没有“~\$”的那个文件。$",
    "truncated file": r"不完整或已损坏.*请重新取一份",
    "parameter sheet": r"是一张空白表：.*参数表、字典或隐藏的表.*请选填好数据的那个文件",
    "form without data": r"是一张空白表（工作表“.+”只有表头和栏目，没有填数据）。请选填好数据的那个文件。$",
}
real = pytest.mark.skipif(not OPEN_DATA.is_dir(), reason="shared/data/open is not here")


def expectations() -> dict[str, list[list[str]]]:
    """Lines of the table by file."""
    found: dict[str, list[list[str]]] = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *fields = line.split("\t")
            found.setdefault(name, []).append(fields)
    return found


LINES = expectations()


def place_of(table: Table) -> str:
    """Name the sheet, with the columns of a part."""
    if not table.sheet.part:
        return table.sheet.name
    columns = [heading.column for heading in table.layout.headings] or [1]
    ends = f"{column_letters(columns[0])}-{column_letters(columns[-1])}"
    return f"{table.sheet.name}[{ends}]"


def line_of(table: Table) -> list[str]:
    """Say a table as a line of the table of expectations does."""
    layout = table.layout
    first, last = layout.header_rows
    counts: dict[str, int] = {}
    for left in layout.left_out:
        counts[left.kind] = counts.get(left.kind, 0) + 1
    rows = list(layout.data_rows)
    return [
        place_of(table),
        "hidden" if table.sheet.hidden else "helps" if table.helps else "main",
        f"{first}-{last}" if first else "-",
        f"{len(rows)}:{rows[0]}-{rows[-1]}" if rows else "0",
        " ".join(f"{kind}:{count}" for kind, count in sorted(counts.items())) or "-",
    ]


def rows_in_one_place(table: Table) -> bool:
    """Whether every row of the file's sheet is header, data or left out, and only one of them."""
    first, last = table.layout.header_rows
    rows = [*range(first, last + 1)] if first else []
    rows += [*table.layout.data_rows, *(left.row for left in table.layout.left_out)]
    return sorted(rows) == list(range(1, len(rows) + 1))


def spreadsheets() -> Iterator[str]:
    for path in sorted(OPEN_DATA.rglob("*")):
        if path.suffix.lower() in SPREADSHEETS and path.is_file():
            yield path.relative_to(OPEN_DATA).as_posix()


@real
def test_the_table_names_every_spreadsheet_and_no_other() -> None:
    assert sorted(LINES) == sorted(spreadsheets())


@real
@pytest.mark.parametrize("name", LINES, ids=list(LINES))
def test_a_real_file_is_read_or_refused_as_the_table_says(name: str) -> None:
    (kind, *refused), *tables = LINES[name]
    path = OPEN_DATA / name
    assert path.is_file(), f"{name} is missing from shared/data/open"
    if kind == "unreadable":
        with pytest.raises(UserError, match=REFUSALS[refused[1]]):
            read(path)
        return
    book = read(path)
    assert book.kind == kind
    found = [table for page in book.sheets if page.width for table in find_all(page, knows)]
    assert [line_of(table) for table in found] == tables
    assert all(map(rows_in_one_place, found))
    if refused:
        assert refused[0] == "refused"
        with pytest.raises(UserError, match=REFUSALS[refused[1]]):
            find_tables(book, path.name, knows=knows)
    else:
        full = find_tables(book, path.name, knows=knows)
        assert len(full) == sum(1 for line in tables if line[3] != "0")


def test_the_table_refuses_for_the_agreed_reasons_only() -> None:
    heads = [lines[0] for lines in LINES.values()]
    reasons = {head[2] for head in heads if len(head) > 1}
    assert reasons == REFUSALS.keys()
    for name, (head, *tables) in LINES.items():
        mains = [table for table in tables if table[1] == "main"]
        full = [table for table in mains if table[3] != "0"]
        assert bool(full) is (len(head) == 1), name
        assert len(head) == 1 or head[1] == "refused", name


def test_the_table_holds_nothing_but_names_of_files_and_sheets_numbers_and_kinds() -> None:
    for _, *tables in LINES.values():
        for _sheet, use, header, data, left in tables:
            assert use in ("main", "helps", "hidden")
            assert re.fullmatch(r"-|\d+-\d+", header)
            assert re.fullmatch(r"0|\d+:\d+-\d+", data)
            assert re.fullmatch(r"-|[a-z]+:\d+(?: [a-z]+:\d+)*", left)
