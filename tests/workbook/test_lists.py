"""Plain lists out: typed, safe to open, printable, repeatable, and readable again."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.workbook import layout, lists
from ledger_desk.workbook.lists import ListColumn, write_csv, write_list
from ledger_desk.workbook.reading import read

COLUMNS = [
    ListColumn("企业名称", "text", 28), ListColumn("统一社会信用代码"), ListColumn("授信金额（万元）", "money"),
    ListColumn("利率（%）", "rate"), ListColumn("人数", "whole"), ListColumn("授信日期", "day"),
]  # fmt: skip
ROWS: list[list[Any]] = [
    ["新县甲茶业有限公司", "91411523MA40LC9P3X", Decimal("53.4600"), 3.85, 12, dt.date(2026, 3, 5)],
    ["=1+1", "110101199003078123", "1234.567891", "4", "0", "2026-03-06"],
    ["+86\x07 137\x00", "0012", None, None, None, None],
    ["𫍽𬭎㛃䶮赟", None, "——", "面议", "约12人", "2026年春"],
]


def written(path: Path, **more: Any) -> Any:
    write_list(path, "首贷户名单[3月]", COLUMNS, ROWS, **more)
    return openpyxl.load_workbook(path).active


def test_cells_keep_their_types_and_identifiers_stay_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    first, second = [cell.value for cell in sheet[2]], [cell.value for cell in sheet[3]]
    assert first == [
        "新县甲茶业有限公司",
        "91411523MA40LC9P3X",
        53.46,
        3.85,
        12,
        dt.datetime(2026, 3, 5),
    ]
    assert second == ["=1+1", "110101199003078123", 1234.567891, 4, 0, dt.datetime(2026, 3, 6)]
    assert sheet["A3"].data_type == "s"
    assert sheet["B3"].number_format == "@"
    assert (sheet["C3"].number_format, sheet["F3"].number_format) == ("#,##0.00", "yyyy-mm-dd")


def test_empty_cells_cost_nothing_and_take_what_is_typed_as_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", hidden_column=None)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r"<c [^>]*/>", xml) is None
    # An identity number typed into an empty cell, or below the last row, keeps its digits.
    column = sheet.column_dimensions["B"]
    assert (column.number_format, column.font.name) == ("@", "宋体")
    assert sheet.column_dimensions["F"].number_format == "yyyy-mm-dd"
    lined = {str(found.sqref): found.rules for found in sheet.conditional_formatting}
    assert list(lined) == ["A2:F5"]
    assert lined["A2:F5"][0].dxf.border.bottom.style == "thin"


def test_what_does_not_fit_its_column_goes_out_as_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[4]] == ["+86 137", "0012", None, None, None, None]
    assert [cell.value for cell in sheet[5]] == [
        "𫍽𬭎㛃䶮赟",
        None,
        "——",
        "面议",
        "约12人",
        "2026年春",
    ]


def test_no_formula_and_no_link_is_ever_written(tmp_path: Path) -> None:
    rows = [["=cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "http://a.b", "{=1}", "=2"]]
    write_list(tmp_path / "a.xlsx", "名单", [ListColumn(str(n)) for n in range(6)], rows)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert read(tmp_path / "a.xlsx").sheets[0].rows[1] == rows[0]


def test_the_page_is_set_up_for_screen_and_paper(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", hidden_column=None)
    assert sheet.title == "首贷户名单 3月"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in [(1, 0), (None, 0)]
    assert sheet.print_title_rows == "$1:$1"
    assert "第 &P 页 共 &N 页" in str(sheet.oddFooter.center.text) or "第" in str(sheet.oddFooter)
    assert "首贷户名单" in str(sheet.oddHeader.center.text)
    assert sheet["A2"].font.name == "宋体"
    assert sheet.column_dimensions["A"].width == pytest.approx(28, abs=1)


def test_hidden_columns_carry_tokens(tmp_path: Path) -> None:
    rows = [[*row, f"tok{n}"] for n, row in enumerate(ROWS)]
    count = write_list(tmp_path / "a.xlsx", "名单", COLUMNS, rows, hidden_column=("记录码",))
    sheet = read(tmp_path / "a.xlsx").sheets[0]
    assert count == 4
    assert sheet.hidden_columns == {7}
    assert [row[6] for row in sheet.rows] == ["记录码", "tok0", "tok1", "tok2", "tok3"]
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.auto_filter.ref == "A1:G5"  # type: ignore[union-attr]


def test_two_runs_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a.xlsx")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    written(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_list_read_back_has_its_headings_units_and_rows(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx")
    found = layout.find(read(tmp_path / "a.xlsx").sheets[0])
    assert found.header_rows == (1, 1)
    assert [(h.text, h.unit) for h in found.headings][2:4] == [("授信金额", "万元"), ("利率", "%")]
    assert list(found.data_rows) == [2, 3, 4, 5]


def test_an_empty_list_still_has_its_headings(tmp_path: Path) -> None:
    assert write_list(tmp_path / "a.xlsx", "", COLUMNS, []) == 0
    sheet = read(tmp_path / "a.xlsx").sheets[0]
    assert (sheet.name, len(sheet.rows)) == ("名单", 1)


def test_a_list_broken_off_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def stop(done: int, total: int, note: str = "") -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_list(path, "名单", COLUMNS, ROWS * 200, progress=stop)
    with pytest.raises(ValueError, match="zip"):
        write_list(path, "名单", COLUMNS, [ROWS[0], ["短"]])
    assert path.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "scratch"]
    assert list(scratch.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    with pytest.raises(UserError, match="放不下"):
        written(tmp_path / "a.xlsx")


def test_very_long_text_is_cut_where_excel_would_drop_it(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", "名单", [ListColumn("备注")], [["长" * 40_000]])
    found = read(tmp_path / "a.xlsx").sheets[0].cell(2, 1)
    assert isinstance(found, str)
    assert (len(found), found[-1]) == (32_767, "…")


def test_csv_is_marked_utf8_with_iso_dates_and_exact_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert write_csv(path, COLUMNS, ROWS) == 4
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[1] == "新县甲茶业有限公司,91411523MA40LC9P3X,53.4600,3.85,12,2026-03-05"
    assert lines[2].startswith("'=1+1,110101199003078123,")
    write_csv(tmp_path / "b.csv", COLUMNS, ROWS)
    assert raw == (tmp_path / "b.csv").read_bytes()


def texts() -> st.SearchStrategy[str]:
    letters = st.characters(
        blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), blacklist_characters="\ufffe\uffff"
    )
    return st.one_of(
        st.text(letters, min_size=1, max_size=12),
        st.builds(lambda a, b: a + b, st.sampled_from(["=", "'=", "''+", "-", "@", "'", '="1"', '"', "a,\n"]),
                  st.text(letters, max_size=6)),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts(), texts()), min_size=1, max_size=6))
def test_any_text_comes_back_from_xlsx_and_csv_as_it_went_out(rows: list[tuple[str, str]]) -> None:
    columns = [ListColumn("企业名称"), ListColumn("备注")]
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder) / "a.xlsx", Path(folder) / "a.csv"
        write_list(book, "名单", columns, rows)
        write_csv(text, columns, rows)
        wanted = [[*row] for row in rows]
        assert [*read(book).sheets[0].rows][1:] == wanted
        assert [*read(text).sheets[0].rows][1:] == wanted


def test_rows_may_come_from_a_generator_that_is_read_once(tmp_path: Path) -> None:
    def endless() -> Iterator[list[Any]]:
        for number in range(1_500):
            yield [f"第{number}家", None, number, None, number, None]

    calls: list[int] = []
    count = write_list(
        tmp_path / "a.xlsx", "名单", COLUMNS, endless(),
        progress=lambda done, total, note="": calls.append(done),
    )  # fmt: skip
    assert count == 1_500
    assert calls == [0, 500, 1_000, 1_500]
    assert re.match(r"第1499家", str(read(tmp_path / "a.xlsx").sheets[0].cell(1_501, 1)))
