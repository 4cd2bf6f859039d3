"""The synthetic twins are read as their table says, and every real file has a twin like it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.exchange.known import knows
from ledger_desk.workbook.reading import read
from ledger_desk.workbook.tables import find_all
from tests.exchange.expected import MORE_REFUSALS, check, shape, traits
from tests.exchange.test_expectations import REAL, TWINS
from tests.exchange.twins import all_twins, xls
from tests.exchange.twins.pages import Page
from tests.exchange.twins.writing import write

# Formats and damage that no public file shows; clerks send them all the same.
WITHOUT_REAL_FILE = {"et-list", "xlsb-list", "ods-list", "xlsx-encrypted", "web-page-named-xls"}


@pytest.mark.parametrize("name", list(TWINS))
def test_a_twin_is_read_or_refused_as_its_table_says(name: str, tmp_path: Path) -> None:
    check(write(all_twins()[name], tmp_path), TWINS[name])


def test_the_table_of_twins_names_every_twin_and_no_other() -> None:
    assert sorted(TWINS) == sorted(all_twins())


@pytest.mark.parametrize("name", REAL, ids=list(REAL))
def test_a_real_file_names_a_twin_of_its_format_and_shape(name: str) -> None:
    expected = REAL[name]
    assert expected.twin in TWINS
    assert shape(TWINS[expected.twin]) == shape(expected)


def test_a_twin_stands_for_a_real_file_or_is_listed_as_one_without() -> None:
    named = {expected.twin for expected in REAL.values()}
    assert TWINS.keys() - named == WITHOUT_REAL_FILE
    refusals = {TWINS[name].refusal for name in WITHOUT_REAL_FILE}
    assert refusals - {""} == MORE_REFUSALS.keys()


def test_two_twins_of_one_shape_differ_in_other_traits(tmp_path: Path) -> None:
    seen: dict[object, str] = {}
    for name, twin in all_twins().items():
        if TWINS[name].kind == "unreadable" or name in WITHOUT_REAL_FILE:
            continue
        book = read(write(twin, tmp_path))
        tables = [t for page in book.sheets if page.width for t in find_all(page, knows)]
        layout = (shape(TWINS[name]), traits(book, tables))
        assert layout not in seen, f"{name} and {seen[layout]} are one layout"
        seen[layout] = name


def test_the_xls_of_the_tests_is_read_alike_by_another_reader(tmp_path: Path) -> None:
    import xlrd

    page = Page("名单", hidden_rows=(3,), hidden_columns=(2,)).row(1, "名称", "日期", "金额")
    # Enough text for several records of strings, and for a table of sectors of its own.
    page.rows(2, ((f"第{n}号" * 40, date(2020, 1, 1), n / 4) for n in range(400)))
    page.across(402, "#DIV/0!", 1, 3)
    data = xls.workbook((page, Page("藏", hidden=True).row(2, "𠮷", at=2)))
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, logfile=(log := io.StringIO())
    )
    assert "WARNING" not in log.getvalue()
    first, second = book.sheets()
    assert [first.name, second.name, second.visibility] == ["名单", "藏", 1]
    assert first.row_values(5) == ["第4号" * 40, 43831.0, 1.0]
    assert first.cell_type(5, 1) == xlrd.XL_CELL_DATE
    assert first.cell_type(401, 0) == xlrd.XL_CELL_ERROR
    assert first.merged_cells == [(401, 402, 0, 3)]
    assert first.rowinfo_map[2].hidden == first.colinfo_map[1].hidden == 1
    assert second.cell_value(1, 1) == "𠮷"
    path = tmp_path / "表.xls"
    path.write_bytes(data)
    ours = read(path).sheets
    assert ours[0].rows[5] == ["第4号" * 40, date(2020, 1, 1), 1]
    assert (ours[0].rows[401][0], ours[0].merged[0]) == ("#DIV/0!", (402, 1, 402, 3))
    assert (ours[0].hidden_rows, ours[0].hidden_columns) == ({3}, {2})
    assert (ours[1].hidden, ours[1].cell(2, 2)) == (True, "𠮷")
