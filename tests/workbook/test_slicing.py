"""A large sheet read in slices is the sheet read whole."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from ledger_desk.errors import UserError
from ledger_desk.workbook import marks, reading, slicing


@pytest.fixture
def small_slices(monkeypatch):
    """Everything is large, and every slice is a few rows."""
    monkeypatch.setattr(slicing, "_WORTH", 1)
    monkeypatch.setattr(slicing, "_SLICE", 1)
    monkeypatch.setattr(marks, "_BLOCK", 2_000)


def _book(path, *, first_column=0, shared=False):
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": not shared, "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet("名录")
    sheet.merge_range(0, first_column, 0, first_column + 3, "企业名录") if shared else None
    for row in range(2, 300):
        if row % 50 in (7, 8, 9):
            continue  # blank rows, also between slices
        sheet.write_row(row, first_column, [f"新县{row}茶叶有限公司", row, row / 4, "有\n折行"])
        sheet.write_datetime(row, first_column + 5, date(2020, 1, 1 + row % 28))
        if row % 40 == 0:
            sheet.write_formula(row, first_column + 6, "=1/0", None, "#DIV/0!")
            sheet.set_row(row, None, None, {"hidden": True})
    sheet.write_formula(320, first_column + 2, "=NA()", None, "#N/A")
    book.close()
    return path


@pytest.mark.parametrize("first_column", [0, 3])
@pytest.mark.parametrize("shared", [False, True])
def test_slices_put_together_are_the_whole_sheet(tmp_path, monkeypatch, first_column, shared):
    path = _book(tmp_path / "a.xlsx", first_column=first_column, shared=shared)
    whole = reading.read(path)
    assert slicing.find_sliced(path.read_bytes()) is None  # small sheets are read whole
    for name, module, value in (
        ("_WORTH", slicing, 1),
        ("_SLICE", slicing, 1),
        ("_BLOCK", marks, 2_000),
    ):
        monkeypatch.setattr(module, name, value)
    assert slicing.find_sliced(path.read_bytes()) is not None
    assert reading.read(path) == whole
    assert whole.sheets[0].hidden_rows
    assert bool(whole.sheets[0].merged) == shared
    assert len(whole.sheets[0].rows) == 321


def _changed(path, old, new):
    """Give the workbook with one text of its sheet replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if "sheet1" in name else content)
    path.write_bytes(packed.getvalue())
    return path


@pytest.mark.parametrize(("old", "new"), [
    (b"</sheetData>", b""),
    (b'r="A200"', b'r="A20"'),
])  # fmt: skip
def test_what_cannot_be_cut_soundly_is_refused_in_words(tmp_path, small_slices, old, new):
    path = _changed(_book(tmp_path / "a.xlsx"), old, new)
    with pytest.raises(UserError, match="已损坏"):
        reading.read(path)


def test_a_cell_far_out_is_refused_before_it_is_laid_out(tmp_path, small_slices, monkeypatch):
    path = _changed(_book(tmp_path / "a.xlsx"), b'r="A300"', b'r="XFD300"')
    monkeypatch.setattr(marks, "MOST_CELLS", 1_000_000)
    with pytest.raises(UserError, match="远远超过"):
        reading.read(path)
