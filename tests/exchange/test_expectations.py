"""What is expected of every spreadsheet under ``shared/data/open``: each table, or the refusal.

`expectations.tsv` was judged by eye against the files; `expected` says what its fields are. Each
file has a synthetic twin of the same layout, which `test_twins` reads everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger_desk.exchange.known import knows
from ledger_desk.workbook.book import Book
from ledger_desk.workbook.tables import Table
from tests.conftest import OPEN_DATA
from tests.exchange.expected import REFUSALS, check, load, traits
from tests.exchange.twins import all_twins
from tests.exchange.twins.writing import write

SPREADSHEETS = frozenset([".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv"])
REAL = load(Path(__file__).with_name("expectations.tsv"), twins=True)
TWINS = load(Path(__file__).with_name("twins") / "expectations.tsv", twins=False)
# Shorter texts are words that any table may hold; so are dates, amounts, units and boxes to tick.
SHORT = 6
COMMON = re.compile(
    r"[\d\s年月日.,\-()万元]+|#[A-Z/0!?]+|(?:金额)?单位：[个户万元、％/ ]+|[是否有无□\s]+"
)
real = pytest.mark.skipif(not OPEN_DATA.is_dir(), reason="shared/data/open is not here")
Twinned = Callable[[str], tuple[Book, list[Table]] | None]


def spreadsheets() -> Iterator[str]:
    for path in sorted(OPEN_DATA.rglob("*")):
        if path.suffix.lower() in SPREADSHEETS and path.is_file():
            yield path.relative_to(OPEN_DATA).as_posix()


@pytest.fixture(scope="module")
def twinned(tmp_path_factory: pytest.TempPathFactory) -> Twinned:
    """Read a twin, each but once."""
    folder = tmp_path_factory.mktemp("twins")
    read: dict[str, tuple[Book, list[Table]] | None] = {}

    def give(name: str) -> tuple[Book, list[Table]] | None:
        if name not in read:
            read[name] = check(write(all_twins()[name], folder), TWINS[name])
        return read[name]

    return give


def texts(book: Book) -> set[str]:
    """All texts of a book that are long enough to be somebody's own."""
    cells = (cell for sheet in book.sheets for row in sheet.rows for cell in row)
    return {cell.strip() for cell in cells if isinstance(cell, str) and len(cell) >= SHORT}


def headings(tables: list[Table]) -> set[str]:
    return {
        cell.strip()
        for table in tables
        for number in range(table.layout.header_rows[0], table.layout.header_rows[1] + 1)
        if number
        for cell in table.sheet.rows[number - 1]
        if isinstance(cell, str)
    }


@real
def test_the_table_names_every_spreadsheet_and_no_other() -> None:
    assert sorted(REAL) == sorted(spreadsheets())


@real
@pytest.mark.parametrize("name", REAL, ids=list(REAL))
def test_a_real_file_is_read_or_refused_as_the_table_says(name: str, twinned: Twinned) -> None:
    path = OPEN_DATA / name
    assert path.is_file(), f"{name} is missing from shared/data/open"
    found = check(path, REAL[name])
    twin = twinned(REAL[name].twin)
    assert (found is None) is (twin is None)
    if found is None or twin is None:
        return
    assert traits(*twin) == traits(*found)
    # Headings are common words; everything else in a twin is invented.
    same = (texts(twin[0]) & texts(found[0])) - headings(twin[1])
    assert {text for text in same if not (knows(text) or COMMON.fullmatch(text))} == set()


def test_the_table_refuses_for_the_agreed_reasons_only() -> None:
    assert {expected.refusal for expected in REAL.values()} - {""} == REFUSALS.keys()
    for name, expected in REAL.items():
        full = [t for t in expected.tables if t[1] == "main" and t[3] != "0"]
        assert bool(full) is (not expected.refusal), name


def test_the_table_holds_nothing_but_names_of_files_and_sheets_numbers_and_kinds() -> None:
    for expected in REAL.values():
        for _sheet, use, header, data, left in expected.tables:
            assert use in ("main", "helps", "hidden")
            assert re.fullmatch(r"-|\d+-\d+", header)
            assert re.fullmatch(r"0|\d+:\d+-\d+", data)
            assert re.fullmatch(r"-|[a-z]+:\d+(?: [a-z]+:\d+)*", left)
