"""Binary workbooks and OpenDocument: values, and what python-calamine does not tell of them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from random import Random

import pytest
from tests.workbook.making import ods_text, save_ods, save_xlsb
from tests.workbook.test_reading import refusal, save_xlsx

from ledger_desk.errors import UserError
from ledger_desk.workbook import layout
from ledger_desk.workbook.book import Merge
from ledger_desk.workbook.reading import read

ROWS = [
    ["某县名单", None, None, None],
    ["序号", "企业名称", "信用代码", "授信金额（万元）"],
    [1, "某某茶业公司", "91411523MA0000001X", 12.5],
    [2, "䶮某\ue863公司", "91411523MA0000002X", "#DIV/0!"],
    [3, "第三公司", 1.10101e17, True],
]


def test_a_binary_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    path = save_xlsb(tmp_path / "a.xlsb", ROWS, hidden_rows=[4], hidden_column=3)
    book = read(path)
    assert book.kind == "xlsb"
    (sheet,) = book.sheets
    assert (sheet.name, sheet.rows) == ("名单", ROWS)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {3})
    found = layout.find(sheet)
    assert (found.header_rows, list(found.data_rows)) == ((2, 2), [3, 4, 5])
    assert found.title == "某县名单"


def test_a_binary_workbook_that_claims_a_million_columns_of_rows_is_refused(tmp_path: Path) -> None:
    path = save_xlsb(tmp_path / "大.xlsb", ROWS, claims=(1_048_576, 16_384))
    assert "1,048,576 行 × 16,384 列" in refusal(path)
    path = save_xlsb(tmp_path / "远.xlsb", ROWS, claims=(9, 5_000_000))
    assert "9 行 × 5,000,000 列" in refusal(path)


def test_a_csv_of_more_columns_than_any_sheet_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "宽.csv"
    path.write_text("甲" + ",乙" * 20_000 + "\n" + "1" + ",2" * 20_000, encoding="utf-8")
    with pytest.raises(UserError, match=r"“宽”有 20,001 列.*另存为 \.xlsx 后再读入。$"):
        read(path)


def test_merges_errors_and_hidden_lines_of_an_ods_are_found(tmp_path: Path) -> None:
    hidden = 'table:visibility="collapse"'
    title = ods_text("标题", 'table:number-columns-spanned="3"')
    error = ods_text("#DIV/0!", 'calcext:value-type="error"')
    table = (
        f'<table:table-column table:number-columns-repeated="2"/><table:table-column {hidden}/>'
        + f"<table:table-row>{title}"
        + '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + f"<table:table-row {hidden}>{ods_text('甲')}<table:table-cell/>{error}"
        + '</table:table-row><table:table-row table:number-rows-repeated="1048572">'
        + '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (sheet,) = read(save_ods(tmp_path / "a.ods", table)).sheets
    assert sheet.merged == (Merge(1, 1, 1, 3),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {3})
    assert sheet.cell(4, 1) == "甲"
    assert sheet.cell(4, 3) == "#DIV/0!"
    assert len(sheet.rows) == 4


def test_an_ods_that_repeats_one_cell_over_the_whole_sheet_is_refused(tmp_path: Path) -> None:
    cell = ods_text("满", 'table:number-columns-repeated="16384"')
    table = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert "声称有 1,048,576 行" in refusal(save_ods(tmp_path / "大.ods", table))


def test_entities_in_an_ods_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    path = save_ods(
        tmp_path / "体.ods", f"<table:table-row>{ods_text('&c;')}</table:table-row>", bomb
    )
    assert "损坏" in refusal(path)


@pytest.mark.parametrize("gone", ["xl/workbook.bin", "xl/_rels/workbook.bin.rels"])
def test_a_binary_workbook_without_a_part_is_refused(tmp_path: Path, gone: str) -> None:
    whole = save_xlsb(tmp_path / "a.xlsb", ROWS)
    path = tmp_path / "半.xlsb"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != gone:
                new.writestr(name, old.read(name))
    assert refusal(path)


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    """Their last results stand in the file; without one the cell is empty and told as such."""
    path = save_xlsx(tmp_path / "a.xlsx", [["甲", "='[别的.xlsx]Sheet1'!A1"]])
    (sheet,) = read(path).sheets
    assert sheet.rows == [["甲"]]
    assert sheet.uncalculated == {(1, 2)}


def test_broken_binary_and_open_documents_end_in_a_book_or_in_a_sentence(tmp_path: Path) -> None:
    """Bytes inside the parts are broken, so that the readers meet them behind a sound container."""
    random = Random(20260306)
    table = "".join(f"<table:table-row>{ods_text(f'某{n}')}</table:table-row>" for n in range(9))
    sound = [save_xlsb(tmp_path / "a.xlsb", ROWS), save_ods(tmp_path / "a.ods", table)]
    whole, sentences = 0, []
    for turn in range(160):
        path = tmp_path / "b.bin"
        with zipfile.ZipFile(random.choice(sound)) as old, zipfile.ZipFile(path, "w") as new:
            names = old.namelist()
            hurt = random.choice([n for n in names if n.endswith((".bin", "content.xml"))])
            for name in names:
                body = bytearray(old.read(name))
                if name == hurt:
                    for _ in range(random.choice([1, 4, 30])):
                        body[random.randrange(len(body))] = random.randrange(256)
                    if turn % 4 == 0:
                        del body[random.randrange(len(body)) :]
                new.writestr(name, bytes(body))
        try:
            for sheet in read(path).sheets:
                layout.find(sheet)
            whole += 1
        except UserError as error:
            sentences.append(str(error))
    assert min(whole, len(sentences)) > 10
    assert all(sentence.endswith("。") for sentence in sentences)
